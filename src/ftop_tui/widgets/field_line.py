"""A named line of a form: the name left, the line to type right."""

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Click
from textual.suggester import SuggestFromList
from textual.widgets import Static

from ftop_tui.text import clean_line
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.note_line import NoteLine

_ARROW = "↓ "


class FieldLine(Horizontal):
    """Its `NoteLine` has the field's name as its id."""

    DEFAULT_CSS = """
    FieldLine { height: 1; margin-bottom: 0; }
    FieldLine > .name { width: 17; height: 1; padding: 0 1; color: $text-muted; }
    FieldLine > NoteLine { width: 1fr; margin-bottom: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "offer(1)", "Next choice", id="field.next", show=False,
                tooltip="Put in the next of what is offered"),
        Binding("up", "offer(-1)", "Choice before", id="field.before", show=False,
                tooltip="Put in the one before"),
    ]  # fmt: skip

    def __init__(self, field: str, name: str, placeholder: str = "") -> None:
        super().__init__(id=f"{field}-line")
        self.field = field
        self.words = name
        self.placeholder = placeholder
        self.offered: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Name and line."""
        yield Static(foreign_line(self.words), classes="name")
        yield NoteLine(placeholder=self.placeholder, id=self.field)

    @property
    def line(self) -> NoteLine:
        """What is typed into."""
        return self.query_one(NoteLine)

    def offer(self, choices: Iterable[str]) -> None:
        """Complete what is typed from these, and let arrows put them in; they are named dim."""
        offered = tuple(dict.fromkeys(filter(None, map(clean_line, choices))))
        if offered == self.offered:
            return
        if not offered:
            self.line.placeholder = ""
        self.offered = offered
        self.line.suggester = SuggestFromList(offered, case_sensitive=False) if offered else None
        # A choice is typed over, not typed behind.
        self.line.select_on_focus = bool(offered)
        self._hint()

    def on_resize(self) -> None:
        """Name the choices as the new width has room for."""
        self._hint()

    def _hint(self) -> None:
        """Name the choices where all fit; elsewhere count them, for half a name misleads."""
        if not self.offered:
            return
        named = f"{_ARROW}{' / '.join(self.offered)}"
        room = self.line.content_size.width
        if room and cell_len(named) > room:
            named = f"{_ARROW}{len(self.offered)} choices"
        self.line.placeholder = named

    def action_offer(self, step: int) -> None:
        """Put in the choice after or before the present one."""
        if not self.offered:
            raise SkipAction
        value = self.line.value
        at = self.offered.index(value) + step if value in self.offered else min(step, 0)
        self.line.value = self.offered[at % len(self.offered)]
        self.line.action_end()

    @on(Click, ".name")
    def _name_clicked(self) -> None:
        self.line.focus()
        if self.offered:
            self.action_offer(1)
