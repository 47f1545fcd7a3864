"""Takes the last change back from any screen, and tells every open one."""

from functools import partial
from typing import Any

from ftop_tui.screens.base import FtopScreen
from ftop_tui.services import history
from ftop_tui.services.changes import Changes


def undo(screen: FtopScreen[Any]) -> None:
    """Take the last step back, whatever it was, and say what it was."""

    def undone(sentence: str | None) -> None:
        if sentence is None:
            screen.say("Nothing to undo.")
        else:
            screen.announce(Changes(f"Undone: {sentence}", rank=True, notes=True))

    screen.run_service(partial(history.undo, screen.context), undone, group="write")
