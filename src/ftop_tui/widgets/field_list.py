"""The fields of a note on their way into FTOP, a row each."""

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ftop_tui.playbook.walk import WalkField
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign_line

_BEGINNING = 400
"""So many characters of a text are enough to fill its row in the list."""


class FieldList(Widget):
    """A row a field: its tick, its name, and how its text begins. The screen moves its cursor."""

    DEFAULT_CSS = """
    FieldList { height: auto; width: 1fr; }
    """

    at: reactive[int] = reactive(0)

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.fields: Sequence[WalkField] = ()
        self.done: frozenset[str] = frozenset()

    def show(self, fields: Sequence[WalkField], done: frozenset[str], at: int) -> None:
        """Show these fields, with those ticked that are done."""
        self.fields, self.done, self.at = fields, done, at
        self.styles.height = max(1, len(fields))
        self.refresh()

    def render(self) -> Content:
        """The rows, as wide as there is room."""
        if not self.fields:
            return Content.styled(" The note is empty; there is nothing to paste.", looks.MUTED)
        rows = [self._row(place, field) for place, field in enumerate(self.fields)]
        return Content("\n").join(rows)

    def _row(self, place: int, field: WalkField) -> Content:
        named = min(max(len(f.name) for f in self.fields), self.size.width // 2)
        ticked = field.name in self.done
        lead = Content.assemble(
            "> " if place == self.at else "  ",
            Content.styled("[x] " if ticked else "[ ] ", "$ftop-green" if ticked else looks.MUTED),
            f"{fit(field.name, named)}  ",
        )
        room = max(0, self.size.width - lead.cell_length)
        beginning = foreign_line(fit(field.text[:_BEGINNING], room))
        pad = " " * (room - beginning.cell_length)
        if place == self.at:
            return Content.assemble(lead, beginning, pad).stylize("bold on $primary 24%")
        return Content.assemble(lead, beginning.stylize(looks.MUTED), pad)

    def on_click(self, event: Click) -> None:
        """Go to the row; only a key copies."""
        if 0 <= event.y < len(self.fields):
            self.post_message(self.Chosen(event.y))
