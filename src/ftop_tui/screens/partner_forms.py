"""What is asked before something about a partner is written: days, and an input."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ftop_tui.text import clean_line
from ftop_tui.widgets.dialogs import Asking, Prompt, date_problem
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine


def done_prompt(title: str, message: str, today: date, value: date | None = None) -> Prompt:
    """A prompt for the day on which something was done: today or earlier."""

    def problem(text: str) -> str | None:
        wrong = date_problem(text)
        if wrong is None and date.fromisoformat(text.strip()) > today:
            return f"{text.strip()} is still to come; say it when it is done."
        return wrong

    day = (value or today).isoformat()
    return Prompt(title, message, value=day, placeholder="YYYY-MM-DD", check=problem)


def coming_prompt(title: str, message: str, today: date, value: date | None = None) -> Prompt:
    """A prompt for a day to come: today or later."""

    def problem(text: str) -> str | None:
        wrong = date_problem(text)
        if wrong is None and date.fromisoformat(text.strip()) < today:
            return f"{text.strip()} is past; a review is set for today or later."
        return wrong

    day = value.isoformat() if value else ""
    return Prompt(title, message, value=day, placeholder="YYYY-MM-DD", check=problem)


class TypedInput(NamedTuple):
    """What was typed into the form of an input."""

    text: str
    source: str
    day: date


class InputForm(Asking[TypedInput]):
    """Logs what a partner gave: text, source and day (FR-09).

    Escape closes at once where nothing was typed; else it asks to be pressed again.
    """

    DEFAULT_CSS = """
    InputForm .label { color: $text-muted; height: 1; }
    InputForm NoteLine { margin-bottom: 1; }
    InputForm NoteArea { height: 5; margin-bottom: 1; }
    InputForm > .dialog { overflow-y: auto; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "save", "Log it", id="input.save", priority=True, tooltip="Log the input"
        ),
        Binding("escape", "leave", "Close", id="input.leave", tooltip="Close; what is typed goes"),
    ]

    def __init__(self, partner: str, today: date) -> None:
        super().__init__(f"Input of {partner}")
        self.today = today
        self._warned = False

    def compose_answer(self) -> ComposeResult:
        """The lines, what is wrong with them, and the buttons."""
        yield Static("What was said or sent", classes="label")
        yield NoteArea(id="text")
        yield Static("Where it came from: a mail, a call ...", classes="label")
        yield NoteLine(id="source")
        yield Static("On which day", classes="label")
        yield NoteLine(self.today.isoformat(), id="day")
        yield from self.taking("Log it  ctrl+s")

    def on_mount(self) -> None:
        """Begin with the text."""
        self.query_one("#text", NoteArea).focus()

    def edited(self) -> None:
        """Escape asks again."""
        super().edited()
        self._warned = False

    def entered(self, line: Input) -> None:
        """On to the next; from the last line it is handed over."""
        if line.id == "day":
            self.accept()
        else:
            self.focus_next()

    @property
    def _lines(self) -> tuple[str, str, str]:
        return (
            self.query_one("#text", NoteArea).text.strip(),
            clean_line(self.query_one("#source", NoteLine).value),
            self.query_one("#day", NoteLine).value.strip(),
        )

    def action_save(self) -> None:
        """Hand it over by key."""
        self.accept()

    def accept(self) -> None:
        """Hand over what was typed, or say at once what is missing."""
        text, source, day = self._lines
        for place, wrong in self._problems(text, source, day):
            self.complain(wrong)
            self.query_one(f"#{place}").focus()
            return
        self.dismiss(TypedInput(text, source, date.fromisoformat(day)))

    def _problems(self, text: str, source: str, day: str) -> list[tuple[str, str]]:
        found = []
        if not text:
            found.append(("text", "Type what the partner gave."))
        if not source:
            found.append(("source", "Say where it came from, such as a mail or a call."))
        wrong = date_problem(day)
        if wrong is None and date.fromisoformat(day) > self.today:
            wrong = f"{day} is still to come; say it when it is there."
        return [*found, ("day", wrong)] if wrong else found

    def action_leave(self) -> None:
        """Close; where something was typed, only at the second press."""
        text, source, _ = self._lines
        if (text or source) and not self._warned:
            self._warned = True
            self.complain("Press escape again to close without logging it.")
            return
        self.dismiss(None)


def day_of(then: Callable[[date], object]) -> Callable[[str | None], None]:
    """Hands the day on that a prompt was answered with; nothing where it was closed."""

    def answered(text: str | None) -> None:
        if text and text.strip():
            then(date.fromisoformat(text.strip()))

    return answered
