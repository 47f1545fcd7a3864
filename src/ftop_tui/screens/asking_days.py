"""Dialogs that ask for a day, typed in full or as days from today, and for a reason."""

from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ftop_tui.widgets.dialogs import Asking, Prompt
from ftop_tui.widgets.keeping import Answer

HINT = "YYYY-MM-DD, or +7 for a week from today"


def read_when(text: str, today: date) -> date | None:
    """The day that was typed; None where it cannot be read."""
    typed = text.strip()
    try:
        if typed.startswith("+"):
            return today + timedelta(days=int(typed[1:]))
        return date.fromisoformat(typed)
    except (ValueError, OverflowError):
        return None


def ask_day(title: str, message: str, today: date, *, value: str = "") -> Prompt:
    """A prompt for a day from today on."""

    def check(text: str) -> str | None:
        day = read_when(text, today)
        if day is None:
            return f"{text.strip()!r} is no day; write it as {HINT}."
        return "That day is past." if day < today else None

    return Prompt(title, message, value=value, placeholder=HINT, check=check)


class TwoLines(Asking[Answer]):
    """Two lines to type: enter leads from the first to the second, and from there to accept."""

    ALSO = (("enter", "To the second line, then take both"), ("tab", "To the next line or button"))

    def lines(self, first: Input, second: Input, labels: tuple[str, str]) -> ComposeResult:
        """The lines under their labels."""
        self._second = second
        for label, line in zip(labels, (first, second), strict=True):
            yield Static(label)
            yield line

    def entered(self, line: Input) -> None:
        """From the first line to the second, from there on."""
        if line is self._second:
            self.accept()
        else:
            self._second.focus()

    def action_accept(self) -> None:
        """Take both by key."""
        self.accept()


class Until(NamedTuple):
    """A day to wake on, and why until then."""

    day: date
    reason: str


class SnoozeDialog(TwoLines[Until]):
    """Until when something is hidden, and why; both are needed."""

    DEFAULT_CSS = """
    SnoozeDialog Input { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "accept", "Snooze", id="snooze.accept", tooltip="Snooze it"),
    ]

    def __init__(self, title: str, today: date, message: str = "") -> None:
        super().__init__(title, message)
        self.today = today

    def compose_answer(self) -> ComposeResult:
        """Day and reason."""
        day = Input("+7", placeholder=HINT, id="until", compact=True)
        reason = Input(placeholder="why it can wait", id="reason", compact=True)
        yield from self.lines(day, reason, ("Wakes on", "Reason"))
        yield from self.taking("Snooze")

    def accept(self) -> None:
        """Close with the day and the reason, or say what is missing."""
        day = read_when(self.query_one("#until", Input).value, self.today)
        reason = self.query_one("#reason", Input).value.strip()
        if day is None:
            problem = f"Write the day as {HINT}."
        elif day <= self.today:
            problem = "Name a day to come."
        elif not reason:
            problem = "Say why; it is shown when the item wakes."
        else:
            self.dismiss(Until(day, reason))
            return
        self.complain(problem)
