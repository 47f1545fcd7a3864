"""Takes the last change back from any screen, or does it again, and tells every open one."""

from collections.abc import Callable
from typing import Any

from textual.binding import Binding

from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context


def undo_keys(place: str, *, show: bool = True) -> tuple[Binding, Binding]:
    """The keys of undo and redo, named for a screen; it has `action_undo` and `action_redo`."""
    return (
        Binding("u", "undo", "Undo", id=f"{place}.undo", show=show,
                tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", id=f"{place}.redo", show=False,
                tooltip="Do again what was undone"),
    )  # fmt: skip


def undo(screen: FtopScreen[Any]) -> None:
    """Take the last step back, whatever it was, and say what it was."""

    def call(context: Context) -> str | None:
        # Deferred for start-up speed: the ORM loads with the first write.
        from ftop_tui.services import history  # noqa: PLC0415

        return history.undo(context)

    _step(screen, call, "Undone", "Nothing to undo.")


def redo(screen: FtopScreen[Any]) -> None:
    """Do the step again that was undone last, and say what it was."""

    def call(context: Context) -> str | None:
        # Deferred for start-up speed: the ORM loads with the first write.
        from ftop_tui.services import history  # noqa: PLC0415

        return history.redo(context)

    _step(screen, call, "Done again", "Nothing to do again.")


def _step(
    screen: FtopScreen[Any], call: Callable[[Context], str | None], verb: str, nothing: str
) -> None:
    def done(sentence: str | None) -> None:
        if sentence is None:
            screen.say(nothing)
        else:
            screen.announce(Changes(f"{verb}: {sentence}", rank=True, notes=True))

    screen.run_service(lambda: call(screen.context), done, group=WRITING)
