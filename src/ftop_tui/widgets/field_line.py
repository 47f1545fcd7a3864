"""A named line of a form: the name left, the line to type right."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Static

from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.note_line import NoteLine


class FieldLine(Horizontal):
    """Its `NoteLine` has the field's name as its id."""

    DEFAULT_CSS = """
    FieldLine { height: 1; margin-bottom: 0; }
    FieldLine > .name { width: 17; height: 1; padding: 0 1; color: $text-muted; }
    FieldLine > NoteLine { width: 1fr; margin-bottom: 0; }
    """

    def __init__(self, field: str, name: str, placeholder: str = "") -> None:
        super().__init__(id=f"{field}-line")
        self.field = field
        self.words = name
        self.placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Name and line."""
        yield Static(foreign_line(self.words), classes="name")
        yield NoteLine(placeholder=self.placeholder, id=self.field)

    @property
    def line(self) -> NoteLine:
        """What is typed into."""
        return self.query_one(NoteLine)

    def offer(self, choices: Iterable[str]) -> None:
        """Complete what is typed from these; the placeholder names them."""
        offered = tuple(choices)
        self.line.suggester = SuggestFromList(offered, case_sensitive=False) if offered else None
        self.line.placeholder = " / ".join(offered)
