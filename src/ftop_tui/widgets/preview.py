"""The note as FTOP will get it, letter by letter."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from ftop_tui.widgets.foreign import foreign
from ftop_tui.widgets.retelling import retell


class Preview(VerticalScroll):
    """What the renderer makes of the note; it scrolls, and takes no typing."""

    DEFAULT_CSS = """
    Preview { padding: 0 1; }
    Preview > Static { height: auto; width: 1fr; }
    """

    text = ""
    """What is shown, plain."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="previewed")

    def show(self, text: str) -> None:
        """Show what the note has become."""
        self.text = text
        retell(self.query_one("#previewed", Static), foreign(text))
