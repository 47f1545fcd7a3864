"""What a screen that shows the store does: it looks when it opens and after each write."""

from textual.screen import ScreenResultType

from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.undoing import redo, undo
from ftop_tui.services.changes import Changes


class UndoingScreen(FtopScreen[ScreenResultType]):
    """A screen on which `undo_keys` may act."""

    def action_undo(self) -> None:
        """Take the last change back, whichever screen made it."""
        undo(self)

    def action_redo(self) -> None:
        """Do again what was undone."""
        redo(self)


class ReadingScreen(UndoingScreen[ScreenResultType]):
    """A screen whose `read` runs once it stands, and whenever something was written."""

    def read(self) -> None:
        """Look everything up anew, in a thread, and show it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Look it up."""
        self.read()

    def changed(self, changes: Changes) -> None:
        """Something was written, here or elsewhere: look again."""
        self.read()
