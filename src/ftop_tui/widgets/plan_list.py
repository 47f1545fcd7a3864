"""The steps of a plan by phase, and the year's priorities, one a row."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content
from textual.strip import Strip
from textual.widgets.option_list import Option

from ftop_tui.playbook.plan import Line, Plan, PriorityLink, State
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_list import KeyList

Entry = Line | PriorityLink
_WHEN = 22
_NEXT = "next"
"""How the step is told that the playbook has next."""


class PlanList(KeyList):
    """Rows of a plan; `entry` is the one under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._entries: list[Entry | None] = []
        self._plan: Plan | None = None
        self._shown: Sequence[Entry] = ()
        self._today = date.min
        self.empty = Content("")
        """What stands in place of rows where there are none."""

    def show_plan(self, plan: Plan, today: date, shown: Sequence[Entry]) -> None:
        """Show those entries of a plan; the cursor stays on its row, at first on the next step."""
        kept, before = self.entry, self._plan
        self._plan, self._shown, self._today = plan, shown, today
        self._fill(self._place_of(plan.next if before is None else kept))

    def render_line(self, y: int) -> Strip:
        """A line; that of the cursor is marked as in the list of tenants, and is no other."""
        drawn, place = super().render_line(y), self.scroll_offset.y + y
        if place >= len(self._lines) or self._lines[place] != (self.highlighted, 0):
            return drawn
        style = self.get_visual_style("option-list--option", "option-list--option-highlighted")
        mark = Content.styled("▸", looks.KEY).render_segments(style)
        return Strip.join([Strip(mark), drawn.crop(1)])

    def on_resize(self) -> None:
        """Other widths, other columns."""
        if self._plan is not None:
            self._fill(None)

    def _fill(self, place: int | None) -> None:
        if self._plan is None:
            return
        kept = self.highlighted
        width = max(40, self.size.width - 2)
        rows = list(_rows(self._plan, self._shown, self._today, width))
        self._entries = [entry for entry, _ in rows]
        self.clear_options()
        if not rows:
            self.add_option(Option(self.empty, disabled=True))
        self.add_options([Option(content, disabled=entry is None) for entry, content in rows])
        usual = next((n for n, entry in enumerate(self._entries) if entry is not None), None)
        if place is None and kept is not None and kept < len(rows):
            place = kept if self._entries[kept] is not None else usual
        self.highlighted = usual if place is None else place

    def _place_of(self, wanted: Entry | None) -> int | None:
        """The row of an entry, once the rows stand; heads are rows as well."""
        if self._plan is None or wanted is None:
            return None
        rows = enumerate(_rows(self._plan, self._shown, self._today, 80))
        return next((n for n, (row, _) in rows if row and _name(row) == _name(wanted)), None)

    @property
    def entry(self) -> Entry | None:
        """The step or priority under the cursor."""
        place = self.highlighted
        return self._entries[place] if place is not None and place < len(self._entries) else None


def _name(entry: Entry) -> str:
    return entry.key if isinstance(entry, Line) else f"priority {entry.priority}"


def entries(plan: Plan) -> list[Entry]:
    """All that has a row: the steps, then the year's priorities."""
    return [*plan.lines, *plan.links]


def said_of(entry: Entry, today: date) -> str:
    """What a row says, and what is known of it, for words to be looked for in."""
    if isinstance(entry, PriorityLink):
        return f"priority {entry.priority} {entry.text or 'nothing linked'}"
    when = standing(entry, today)[0]
    said = (entry.title, entry.rule, entry.phase.word, entry.state.value, when, entry.text)
    return " ".join(filter(None, said))


def _rows(
    plan: Plan, shown: Sequence[Entry], today: date, width: int
) -> Iterator[tuple[Entry | None, Content]]:
    phase = None
    kept = {_name(entry) for entry in shown}
    for line in plan.lines:
        if _name(line) not in kept:
            continue
        if line.phase is not phase:
            phase = line.phase
            here = "  now" if phase is plan.phase else ""
            head = Content.styled(f" {phase.word}", "bold" if not here else f"bold {looks.KEY}")
            yield None, Content.assemble(head, Content.styled(here, looks.KEY))
        yield line, _line(line, plan, today, width)
    links = [link for link in plan.links if _name(link) in kept]
    if links:
        yield None, Content.styled(f" Priorities of {plan.year}", "bold")
    for link in links:
        yield link, _link(link, width)


_BOX = {State.DONE: "[x]", State.OPEN: "[ ]", State.CLOCK: " ~ "}


def _line(line: Line, plan: Plan, today: date, width: int) -> Content:
    following = line is plan.next
    when, style = standing(line, today)
    if following:  # a word: a mark is the cursor's; of a day that is past only how long fits
        when = f"{_NEXT}, {when.partition(',')[0]}"
    title = width - 8 - 7 - _WHEN
    return Content.assemble(
        Content.styled(f"   {_BOX[line.state]} ", looks.MUTED if line.state is State.DONE else ""),
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
