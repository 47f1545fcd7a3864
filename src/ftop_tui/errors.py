"""Every error the app raises on purpose: a title, a sentence, and an exit status."""

from collections.abc import Sequence


class FtopError(Exception):
    """A problem that can be shown to the user as it is.

    `title` heads a dialog, `exit_status` is what the command line ends with.
    """

    title = "That did not work"
    exit_status = 2

    def __init__(self, message: str, *, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = tuple(details)


class InputError(FtopError):
    """The call, a file or a field holds something that cannot be used; nothing was changed."""

    title = "Not accepted"


class NotFoundError(FtopError):
    """Nothing in the store has that name or id."""

    title = "Not found"


class AmbiguousError(FtopError):
    """A name fits several tenants; `details` lists them."""

    title = "More than one fits"


class RefusedError(FtopError):
    """The playbook or the state of a thing forbids it; `details` holds the reasons."""

    title = "Refused"


class ConflictError(RefusedError):
    """Somebody else changed the same thing meanwhile; nothing was overwritten."""

    title = "Changed meanwhile"


class DamagedError(RefusedError):
    """What this would need cannot be read, while the rest of the store can; nothing was changed."""

    title = "Damaged"
    exit_status = 3


class PackError(InputError):
    """The playbook pack of the user has a mistake; the message names file and key."""

    title = "Mistake in the playbook pack"


class StoreError(FtopError):
    """The store cannot be used (locked, damaged, read-only, newer); nothing was changed."""

    title = "The store cannot be used"
    exit_status = 3

    def __init__(self, message: str, *, details: Sequence[str] = (), passing: bool = False) -> None:
        super().__init__(message, details=details)
        self.passing = passing
        """The store is whole and in use, or may not be written: no backup is needed."""


def traced(error: BaseException) -> str:
    """Where an error comes from, and those behind it: places in the code and kinds, never values.

    What a library says of an error may hold a customer's text; what we say is shown anyway.
    """
    # Deferred for start-up speed: asked for by hardly anybody.
    import traceback  # noqa: PLC0415

    told: list[str] = []
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:  # an error that is raised again may stand in it
        seen.add(id(one))
        said = f": {one.message}" if isinstance(one, FtopError) else ""
        frames = "".join(traceback.format_tb(one.__traceback__))
        told.append(f"Traceback (most recent call last):\n{frames}{type(one).__name__}{said}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\nbehind which is\n\n".join(told)
