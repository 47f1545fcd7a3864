"""A customer's plan: the activities of each lifecycle phase, and what comes next (RA-02 to RA-04).

The pack names the usual activities; a customer's own steps stand beside them. What recurs by a
clock is shown with that clock's next day and is no step to be ticked off.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Self

from ftop_tui.playbook.crossing import Crossing
from ftop_tui.playbook.days import fiscal_year, later
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import Phase

AWARENESS, ALIGNMENT, PRIORITY, OWN = "awareness", "alignment", "priority", "own"
"""Sorts of activity that the facts and the plan know by name; the rest are the pack's keys."""


class PackStep(NamedTuple):
    """An activity that the playbook asks for in a phase.

    `every` is `once`, `refresh` (after the pack's days), `year`, or `clock` (the clock of This week
    named in `clock` says when). A step of another kind that names a clock is done once that clock
    runs. `then` is the key of what comes after it.
    """

    key: str
    phase: Phase
    title: str
    rule: str
    every: str = "once"
    then: str = ""
    clock: str = ""
    percent: int = 0
    """The milestone of usage that this step leads to."""


class PlanTerms(NamedTuple):
    """The plan's part of the pack."""

    steps: tuple[PackStep, ...]
    renewal_kept_days: int
    """For so many days a renewal that came near is shown on This week (RA-19)."""
    own_then: str
    """What is suggested after a step of one's own."""
    crossed_days: int
    """A milestone of usage that was crossed longer ago asks for nothing."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From the tables of `plan.toml`."""
        steps = tuple(PackStep(**{**step, "phase": Phase(step["phase"])}) for step in data["steps"])
        after = data["after"]
        return cls(steps, data["week"]["renewal_kept_days"], after["own"], after["crossed_days"])

    def step(self, key: str) -> PackStep | None:
        """The pack's step of that key."""
        return next((step for step in self.steps if step.key == key), None)


class Activity(NamedTuple):
    """A row of the plan as it is kept."""

    id: str
    sort: str
    title: str
    phase: str | None
    year: str | None
    due_on: date | None
    done_on: date | None
    text: str | None


class State(StrEnum):
    """Where a line of the plan stands."""

    OPEN = "open"
    DONE = "done"
    CLOCK = "recurs"
    """A clock says when it is due; it is never done for good."""


class Line(NamedTuple):
    """One line of the plan."""

    key: str
    """The pack's key, or the id of a step of one's own."""
    phase: Phase
    title: str
    rule: str
    state: State
    every: str = "once"
    due_on: date | None = None
    done_on: date | None = None
    activity_id: str | None = None
    """The row behind it; None: the playbook asks for it and nobody has planned it yet."""
    own: bool = False
    text: str = ""


class PriorityLink(NamedTuple):
    """A priority of the fiscal year and the awareness that is linked to it (RA-03)."""

    priority: str
    text: str = ""
    activity_id: str | None = None


class Suggestion(NamedTuple):
    """What could come next on the plan (RA-04)."""

    title: str
    key: str
    phase: Phase
    why: str


class Crossed(NamedTuple):
    """A milestone of usage that was crossed since the last planning, on one tenant (RA-04)."""

    tenant_id: str
    tenant_name: str
    crossing: Crossing

    @property
    def mark(self) -> str:
        """What an answer to it is kept under."""
        return f"{self.tenant_id}:{self.crossing.tag}:{self.crossing.percent}"


class Plan(NamedTuple):
    """A customer's plan on a day."""

    customer_id: str
    tenant_id: str
    """The winner tenant."""
    name: str
    """The shown name (ES-13)."""
    phase: Phase | None
    year: str
    """The fiscal year whose priorities count (RA-03)."""
    lines: tuple[Line, ...]
    """By phase; within it those of the playbook first."""
    links: tuple[PriorityLink, ...]
    crossed: tuple[Crossed, ...] = ()
    tenant_name: str = ""

    @property
    def next(self) -> Line | None:
        """The next open step: the earliest with a date, else the first from the present phase on.

        Planned steps go before those that the playbook asks for and nobody has planned.
        """
        steps = [line for line in self.lines if line.state is State.OPEN]
        if not steps:
            return None
        order = list(Phase)
        here = order.index(self.phase) if self.phase else 0

        def place(line: Line) -> tuple[object, ...]:
            passed = order.index(line.phase) < here
            return (line.activity_id is None, line.due_on or date.max, passed)

        return min(steps, key=place)

    @property
    def linked(self) -> int:
        """How many priorities have awareness linked to them."""
        return sum(bool(link.text) for link in self.links)


def year_of(day: date, pack: Pack) -> str:
    """The fiscal year that a day lies in (RA-03)."""
    year = pack.year
    return fiscal_year(day.toordinal(), label=year.label, first_month=year.first_month)


def lines_of(
    activities: Sequence[Activity],
    terms: PlanTerms,
    clocks: Mapping[str, date | None],
    today: date,
    pack: Pack,
) -> tuple[Line, ...]:
    """Every line: those of the playbook in its order, own ones after those of their phase.

    Awareness is open until documented and again once it is to be refreshed (RA-02); the alignment
    is open again with a new fiscal year (RA-03). `clocks` are the next days of what recurs.
    """
    by_sort: dict[str, list[Activity]] = {}
    for row in activities:
        by_sort.setdefault(row.sort, []).append(row)
    lines = []
    for step in terms.steps:
        if step.every == "clock":
            if step.clock in clocks:
                lines.append(_clock_line(step, clocks[step.clock]))
        else:
            line = _pack_line(step, by_sort.get(step.key, []), today, pack)
            started = step.clock in clocks and line.activity_id is None
            lines.append(line._replace(state=State.DONE) if started else line)
    known = {step.key for step in terms.steps} | {PRIORITY}
    lines += [_own_line(row) for row in activities if row.sort not in known]
    order = list(Phase)
    return tuple(sorted(lines, key=lambda line: (order.index(line.phase), line.own)))


def _clock_line(step: PackStep, due: date | None) -> Line:
    return Line(step.key, step.phase, step.title, step.rule, State.CLOCK, step.every, due)


def _pack_line(step: PackStep, rows: Sequence[Activity], today: date, pack: Pack) -> Line:
    """One line for a step of the playbook: the open row, else the last done, else the bare step."""
    waiting = [row for row in rows if row.done_on is None]
    done = max((row.done_on for row in rows if row.done_on), default=None)
    latest = max(
        (row for row in rows if row.done_on),
        key=lambda row: (row.done_on or date.min, row.id),
        default=None,
    )
    due = _due_again(step, latest, today, pack)
    row = waiting[0] if waiting else latest
    open_again = bool(waiting) or latest is None or (due is not None and due <= today)
    return Line(
        step.key,
        step.phase,
        step.title,
        step.rule,
        State.OPEN if open_again else State.DONE,
        step.every,
        due_on=waiting[0].due_on if waiting else due,
        done_on=done,
        activity_id=row.id if row is not None and (waiting or not open_again) else None,
        text=(latest.text or "") if latest else "",
    )


def _due_again(step: PackStep, latest: Activity | None, today: date, pack: Pack) -> date | None:
    """When a step that was done is open again; None where once is enough."""
    if latest is None or latest.done_on is None:
        return None
    if step.every == "refresh":
        return later(latest.done_on, pack.thresholds.awareness_refresh_days)
    if step.every == "year" and (latest.year or "") < year_of(today, pack):
        return today
    return None


def _own_line(row: Activity) -> Line:
    return Line(
        row.id,
        Phase.read(row.phase or "") or Phase.INITIATE,
        row.title,
        "RA-04",
        State.DONE if row.done_on else State.OPEN,
        due_on=row.due_on,
        done_on=row.done_on,
        activity_id=row.id,
        own=True,
        text=row.text or "",
    )


def links_of(
    activities: Iterable[Activity], priorities: Sequence[str], year: str
) -> tuple[PriorityLink, ...]:
    """The year's priorities with what is linked; a link to one that is gone from the pack stays."""
    linked = {row.title: row for row in activities if row.sort == PRIORITY and row.year == year}
    every = [*priorities, *(title for title in linked if title not in priorities)]
    return tuple(
        PriorityLink(title, linked[title].text or "", linked[title].id)
        if title in linked
        else PriorityLink(title)
        for title in every
    )


def last_planned(activities: Iterable[Activity]) -> date | None:
    """The day of the last planning: when something of the plan was done last (RA-04)."""
    days = [row.done_on for row in activities if row.done_on and row.sort != PRIORITY]
    return max(days, default=None)


def after(line: Line, lines: Sequence[Line], terms: PlanTerms) -> Suggestion | None:
    """What the playbook suggests once a step is done: what follows it and is still open (RA-04)."""
    step = terms.step(line.key)
    seen = {line.key}
    key = step.then if step is not None else terms.own_then
    open_lines = {each.key: each for each in lines if each.state is State.OPEN}
    while key and key not in seen:
        seen.add(key)
        following = terms.step(key)
        if following is None:
            return None
        if key in open_lines:
            why = f"after {line.title}"
            return Suggestion(following.title, key, following.phase, why)
        key = following.then
    return None


def after_crossing(crossed: Crossed, terms: PlanTerms) -> Suggestion | None:
    """What the playbook suggests once a workload crossed a milestone of usage (RA-04)."""
    reached = next((s for s in terms.steps if s.percent == crossed.crossing.percent), None)
    following = terms.step(reached.then) if reached is not None else None
    if following is None:
        return None
    title = f"{following.title}: {crossed.crossing.tag}"
    return Suggestion(title, OWN, following.phase, crossed.crossing.sentence)
