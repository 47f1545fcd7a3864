"""FTOP's present text, pasted: what it holds is shown at once, and the day it was posted asked."""

from datetime import date
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.taking_apart import parts_found, take_apart
from ftop_tui.screens.posting import day_problem
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Asking
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine


class Pasted(NamedTuple):
    """The answer: FTOP's text, and the day on which it was posted there."""

    text: str
    day: date


class PasteDialog(Asking[Pasted]):
    """Asks for FTOP's text of the Enterprise Status note."""

    DEFAULT_CSS = """
    PasteDialog > .dialog { width: 96; height: 90%; max-height: 30; }
    PasteDialog NoteArea { height: 1fr; min-height: 3; margin-bottom: 1; }
    PasteDialog #found { height: auto; min-height: 1; max-height: 3; margin-bottom: 1; }
    PasteDialog .when { height: 1; }
    PasteDialog .when > Static { width: auto; color: $text-muted; margin-right: 1; }
    PasteDialog .when > NoteLine { width: 16; }
    """

    def __init__(self, pack: Pack, proposed: date, today: date) -> None:
        super().__init__(
            "Paste FTOP's text",
            "It is taken apart into the fields, kept as the note that stands in FTOP, and the "
            "draft starts from it.",
        )
        self.pack, self.proposed, self.today = pack, proposed, today

    def compose_answer(self) -> ComposeResult:
        """The text, what was found in it, the day."""
        yield NoteArea(id="pasted")
        yield Static("", id="found")
        with Horizontal(classes="when"):
            yield Static("Posted in FTOP on")
            yield NoteLine(self.proposed.isoformat(), placeholder="YYYY-MM-DD", id="day")
        yield from self.taking("Take it in")

    def on_mount(self) -> None:
        """Start where the text goes."""
        self._show()
        self.query_one("#pasted", NoteArea).focus()

    @property
    def _found(self) -> tuple[str, ...]:
        return parts_found(
            take_apart(self.query_one("#pasted", NoteArea).text, self.pack), self.pack
        )

    def _show(self) -> None:
        found = self._found
        words = (
            Content.assemble("found: ", foreign_line(", ".join(found)))
            if found
            else Content.styled("nothing found yet", looks.MUTED)
        )
        self.query_one("#found", Static).update(words)

    def edited(self) -> None:
        """What is found follows the text."""
        super().edited()
        self._show()

    def accept(self) -> None:
        """Close with the text and its day, or say what is missing."""
        day = self.query_one("#day", NoteLine).value
        problem = day_problem(day, self.today)
        if problem is None and not self._found:
            problem = "Paste the text of the note first."
        if problem is None:
            text = self.query_one("#pasted", NoteArea).text
            self.dismiss(Pasted(text, date.fromisoformat(day.strip())))
        else:
            self.complain(problem)
