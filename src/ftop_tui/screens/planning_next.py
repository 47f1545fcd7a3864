"""Asks what comes next on a customer's plan, with what the playbook suggests (RA-04)."""

from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ftop_tui.playbook.plan import OWN, Crossed, Suggestion
from ftop_tui.playbook.values import Phase
from ftop_tui.screens.asking_days import HINT, TwoLines, read_when
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.changes import Changes
from ftop_tui.text import clean_line


class Planned(NamedTuple):
    """A step to put on the plan, and by when."""

    title: str
    due_on: date | None


class StepDialog(TwoLines[Planned]):
    """A step's title and, where there is one, its due date."""

    DEFAULT_CSS = """
    StepDialog Input { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "accept", "Plan it", id="step.accept", tooltip="Put the step on the plan"),
    ]

    def __init__(
        self, title: str, today: date, message: str = "", *, step: str = "", due: str = ""
    ) -> None:
        super().__init__(title, message)
        self.today, self.step, self.due = today, step, due

    def compose_answer(self) -> ComposeResult:
        """The step and its day."""
        step = Input(
            clean_line(self.step), placeholder="what is to be done", id="title", compact=True
        )
        due = Input(self.due, placeholder=HINT, id="due", compact=True)
        yield from self.lines(step, due, ("Next step", "Due (may be empty)"))
        yield from self.taking("Plan it", "Not now")

    def accept(self) -> None:
        """Close with the step, or say what cannot be used."""
        title = self.query_one("#title", Input).value.strip()
        typed = self.query_one("#due", Input).value.strip()
        due = read_when(typed, self.today) if typed else None
        if not title:
            problem = "Say what is to be done."
        elif typed and due is None:
            problem = f"Write the day as {HINT}, or leave it empty."
        elif due is not None and due < self.today:
            problem = "That day is past."
        else:
            self.dismiss(Planned(title, due))
            return
        self.complain(problem)


def ask_next(
    screen: FtopScreen[None],
    customer_id: str,
    suggestion: Suggestion | None,
    *,
    why: str = "",
    answers: Crossed | None = None,
) -> None:
    """Ask for the next step, the suggestion filled in; what is planned goes on the plan.

    A suggestion that is taken as it is becomes the playbook's own step; other words make a step of
    one's own in the same phase.
    """
    step = suggestion.title if suggestion else ""
    said = why or (suggestion.why if suggestion else "")
    message = f"{said[:1].upper()}{said[1:]}".rstrip(".") + "." if said else ""
    dialog = StepDialog(
        "What comes next?", screen.context.today(), message, step=step, due="+14" if step else ""
    )
    keep = partial(_plan, screen, customer_id, suggestion, answers)
    screen.app.push_screen(dialog, lambda planned: keep(planned) if planned else None)


def _plan(
    screen: FtopScreen[None],
    customer_id: str,
    suggestion: Suggestion | None,
    answers: Crossed | None,
    planned: Planned,
) -> None:
    taken = suggestion is not None and planned.title == suggestion.title
    key = suggestion.key if taken and suggestion else OWN
    phase: Phase | None = suggestion.phase if suggestion else None

    def call() -> Changes:
        # Deferred for start-up speed: the ORM loads with the first write.
        from ftop_tui.services import plans  # noqa: PLC0415

        return plans.add(
            screen.context, customer_id, planned.title, key=key, phase=phase,
            due_on=planned.due_on, answers=answers,
        )  # fmt: skip

    screen.write(call)
