"""Mark a note as posted in FTOP: the day, what stands in the way, and the reason to go past it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from ftop_tui.playbook.posting import Obstacle
from ftop_tui.playbook.values import Severity
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.changes import Changes
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Dialog, date_problem
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.note_line import NoteLine


class Posting(NamedTuple):
    """The answer: the day on which it was posted, and the reason where something was in the way."""

    day: date
    anyway: str = ""


def day_problem(text: str, today: date) -> str | None:
    """What is wrong with a posting day, or None; a day still to come is refused."""
    if problem := date_problem(text):
        return problem
    if date.fromisoformat(text.strip()) > today:
        return f"{text.strip()} is still to come; a note is posted today or earlier."
    return None


class PostingDialog(Dialog[Posting]):
    """Asks on which day the note was put into FTOP.

    `obstacles_on` gives what blocks it on a day. What stands in FTOP is a fact all the same, so a
    reason lets it through.
    """

    DEFAULT_CSS = """
    PostingDialog .label { color: $text-muted; height: 1; }
    PostingDialog NoteLine { margin-bottom: 1; }
    PostingDialog #obstacles { height: auto; max-height: 10; margin-bottom: 1; }
    PostingDialog > .dialog { overflow-y: auto; scrollbar-size-vertical: 1; }
    PostingDialog .message { max-height: 25vh; scrollbar-size-vertical: 1; }
    """

    def __init__(
        self,
        name: str,
        today: date,
        obstacles_on: Callable[[date], Sequence[Obstacle]],
    ) -> None:
        super().__init__("Mark posted", f"{name}: mark it once the text stands in FTOP.")
        self.today = today
        self._obstacles_on = obstacles_on
        self.obstacles = tuple(obstacles_on(today))

    def compose_answer(self) -> ComposeResult:
        """The day, the obstacles, the reason."""
        yield Static("Posted on", classes="label")
        yield NoteLine(self.today.isoformat(), placeholder="YYYY-MM-DD", id="day")
        yield Static("", id="obstacles")
        yield Static("Posted anyway, because", classes="label reason")
        yield NoteLine(placeholder="a reason, kept with the note", id="reason", classes="reason")
        yield Static("", classes="problem")
        with Horizontal(classes="buttons"):
            yield Button("Mark posted", variant="primary", id="post")
            yield Button("Cancel", id="cancel")

    def on_mount(self) -> None:
        """Start on the day; enter takes it as it is."""
        self._show()
        self.query_one("#day", NoteLine).focus()

    def _show(self) -> None:
        rows = [
            Content.assemble(
                looks.severity(Severity.ERROR).full, "  ",
                Content.styled(obstacle.rule, looks.STRONG), "  ", foreign_line(obstacle.message),
            )
            for obstacle in self.obstacles
        ]  # fmt: skip
        listed = self.query_one("#obstacles", Static)
        listed.update(Content("\n").join(rows))
        listed.display = bool(rows)
        for widget in self.query(".reason"):
            widget.display = bool(rows)
        button = self.query_one("#post", Button)
        button.label = "Posted anyway" if rows else "Mark posted"
        button.variant = "warning" if rows else "primary"

    @on(NoteLine.Changed)
    def _typed(self, event: NoteLine.Changed) -> None:
        event.stop()
        self.query_one(".problem", Static).update("")
        if event.input.id == "day" and day_problem(event.value, self.today) is None:
            self.obstacles = tuple(self._obstacles_on(date.fromisoformat(event.value.strip())))
            self._show()

    @on(NoteLine.Submitted)
    def _submitted(self, event: NoteLine.Submitted) -> None:
        event.stop()
        if event.input.id == "day" and self.obstacles:
            self.query_one("#reason", NoteLine).focus()
        else:
            self._accept()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "post":
            self._accept()
        else:
            self.dismiss(None)

    def _accept(self) -> None:
        day = self.query_one("#day", NoteLine).value
        reason = clean_line(self.query_one("#reason", NoteLine).value)
        problem = day_problem(day, self.today)
        if problem is None and self.obstacles and not reason:
            problem = "Fix what is named above, or give the reason why it is posted as it is."
        if problem is None:
            self.dismiss(Posting(date.fromisoformat(day.strip()), reason if self.obstacles else ""))
        else:
            self.query_one(".problem", Static).update(foreign(problem))


def ask_to_post(
    screen: FtopScreen[Any],
    dialog: PostingDialog,
    mark: Callable[[Posting], Changes],
    then: Callable[[Changes], object],
) -> None:
    """Ask, then `mark` it posted in a worker; `then` follows, and all of it stays undone on no."""

    def answered(answer: Posting | None) -> None:
        if answer is not None:
            screen.write(lambda: mark(answer), then)

    screen.app.push_screen(dialog, answered)
