"""Undo and redo of every step that the user made, also across a restart, and the list of them."""

from dataclasses import dataclass

from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import past


@dataclass(frozen=True, slots=True)
class StepSummary:
    """One step that the user made."""

    at: str
    """The instant it was made last, ISO 8601 with its offset."""
    verb: str
    """Its sort in a word: post, draft, edit, import."""
    sentence: str
    """What undo says that it took back."""
    undone: bool
    """It was undone and can be done again."""


def steps(context: Context, limit: int = 50) -> list[StepSummary]:
    """The last steps, newest first: undo takes back the first that is not undone."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return [StepSummary(*row) for row in past.read_steps(connection, limit)]


def undo(context: Context) -> str | None:
    """Take the last step back; the sentence of what it was, or None where there is none.

    Raises:
        ConflictError: what it touched has changed since.
    """
    if not context.store.exists():
        return None
    _keep_before(context, next((step for step in steps(context) if not step.undone), None))
    return context.writer().undo()


def redo(context: Context) -> str | None:
    """Do again what was undone last; the sentence of what it was, or None.

    Raises:
        ConflictError: what it touched has changed since.
    """
    if not context.store.exists():
        return None
    _keep_before(context, next((step for step in reversed(steps(context)) if step.undone), None))
    return context.writer().redo()


def _keep_before(context: Context, step: StepSummary | None) -> None:
    """Back up before an import is undone or done again: it changes as much as the import did."""
    if step is not None and step.verb == "import":
        # Deferred for start-up speed: it brings the ORM, which the list of steps needs not.
        from ftop_tui.services import backups  # noqa: PLC0415

        backups.before(context, "undo" if not step.undone else "redo")
