"""The steps of a plan by phase, and the year's priorities, one a row."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ftop_tui.playbook.plan import Line, Plan, PriorityLink, State
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign_line

Entry = Line | PriorityLink
_WHEN = 22


class PlanList(OptionList):
    """Rows of a plan; `entry` is the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "cursor_up", "Up", id="plan.up", show=False, tooltip="One row up"),
        Binding("j", "cursor_down", "Down", id="plan.down", show=False, tooltip="One row down"),
        Binding("g", "first", "First", id="plan.first", show=False, tooltip="The first row"),
        Binding("G", "last", "Last", id="plan.last", show=False, tooltip="The last row"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self._entries: list[Entry | None] = []
        self._plan: Plan | None = None
        self._today = date.min

    def show_plan(self, plan: Plan, today: date) -> None:
        """Show a plan; the cursor stays on its row, at first on the next step."""
        first = self._plan is None
        self._plan, self._today = plan, today
        self._fill(self._place_of(plan.next) if first else None)

    def on_resize(self) -> None:
        """Other widths, other columns."""
        if self._plan is not None:
            self._fill(None)

    def _fill(self, place: int | None) -> None:
        if self._plan is None:
            return
        kept = self.highlighted
        rows = list(_rows(self._plan, self._today, max(40, self.size.width - 2)))
        self._entries = [entry for entry, _ in rows]
        self.clear_options()
        self.add_options([Option(content, disabled=entry is None) for entry, content in rows])
        usual = next((n for n, entry in enumerate(self._entries) if entry is not None), None)
        self.highlighted = place if place is not None else kept if kept is not None else usual

    def _place_of(self, line: Line | None) -> int | None:
        """The row of a step, once the rows stand; heads are rows as well."""
        if self._plan is None or line is None:
            return None
        rows = _rows(self._plan, self._today, 80)
        return next((place for place, (entry, _) in enumerate(rows) if entry is line), None)

    @property
    def entry(self) -> Entry | None:
        """The step or priority under the cursor."""
        place = self.highlighted
        return self._entries[place] if place is not None and place < len(self._entries) else None


def _rows(plan: Plan, today: date, width: int) -> Iterator[tuple[Entry | None, Content]]:
    phase = None
    for line in plan.lines:
        if line.phase is not phase:
            phase = line.phase
            here = "  now" if phase is plan.phase else ""
            head = Content.styled(f" {phase.word}", "bold" if not here else f"bold {looks.KEY}")
            yield None, Content.assemble(head, Content.styled(here, looks.KEY))
        yield line, _line(line, plan, today, width)
    yield None, Content.styled(f" Priorities of {plan.year}", "bold")
    for link in plan.links:
        yield link, _link(link, width)


_BOX = {State.DONE: "[x]", State.OPEN: "[ ]", State.CLOCK: " ~ "}


def _line(line: Line, plan: Plan, today: date, width: int) -> Content:
    following = line is plan.next
    when, style = standing(line, today)
    title = width - 8 - 7 - _WHEN
    return Content.assemble(
        Content.styled(" ▸ " if following else "   ", looks.KEY),
        Content.styled(f"{_BOX[line.state]} ", looks.MUTED if line.state is State.DONE else ""),
        foreign_line(line.rule, looks.MUTED), "  ",
        Content.styled(fit(line.title, title), _title_style(line, following=following)), " ",
        Content.styled(fit(when, _WHEN), style),
    )  # fmt: skip


def _title_style(line: Line, *, following: bool) -> str:
    if following:
        return "bold"
    return looks.MUTED if line.state is State.DONE else ""


def standing(line: Line, today: date) -> tuple[str, str]:
    """Where a line stands in a few words, and how that looks."""
    if line.state is State.DONE:
        return f"done {line.done_on.isoformat()}" if line.done_on else "done", looks.MUTED
    if line.due_on is not None:
        if line.due_on < today:
            return f"{(today - line.due_on).days} d over, {line.due_on.isoformat()}", "$ftop-late"
        return f"due {line.due_on.isoformat()}", "$ftop-due" if line.due_on == today else ""
    if line.state is State.CLOCK:
        return "not on record yet", "$ftop-missing"
    return ("no date", "") if line.activity_id else ("not planned", looks.MUTED)


def _link(link: PriorityLink, width: int) -> Content:
    title = min(34, width * 2 // 5)
    said = foreign_line(link.text) if link.text else Content.styled("nothing linked", looks.MUTED)
    box = "[x] " if link.text else "[ ] "
    return Content.assemble(
        "   ", box, foreign_line(fit(link.priority, title)).plain.ljust(title), "  ",
        said.truncate(max(8, width - title - 10), ellipsis=True),
    )  # fmt: skip
