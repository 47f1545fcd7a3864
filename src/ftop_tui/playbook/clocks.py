"""The clocks: what must recur, and where each stands on a day.

Contract, table of clocks. A clock tells its state, when it is due and when it breaks; it knows
nothing of points or words.
"""

from enum import IntEnum
from typing import NamedTuple

from ftop_tui.playbook.days import Day, quarter_end_after
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.pack import Interval, Pack
from ftop_tui.playbook.values import Band, Health

_QUARTERLY = frozenset({Health.GREEN.value, Health.BLUE.value})


class State(IntEnum):
    """Where a clock stands; the higher the worse."""

    ON_TRACK = 0
    DUE_SOON = 1
    LATE = 2
    BREACH = 3


BAND_OF = (Band.WATCH, Band.DUE, Band.LATE, Band.BREACH)
"""The band that each state puts a tenant in, by the state's number."""


class Clock(NamedTuple):
    """One clock on one day.

    `last` is the day of the last post, None when there is none on record. `counts_from` is the day
    it counts from where that is later than `last` (FR-06). `due` and `limit` are None without a
    start; `opens` is the first day of the due-soon state.
    """

    rule: str
    what: str
    state: State
    last: Day | None
    counts_from: Day | None = None
    due: Day | None = None
    limit: Day | None = None
    opens: Day | None = None

    @property
    def band(self) -> Band:
        """The band that the clock's state asks for."""
        return BAND_OF[self.state]


def is_fortnightly(health: str | None) -> bool:
    """Whether the colour asks for an update every 14 days (ES-03); not set or unknown does."""
    return health not in _QUARTERLY


def cadence_rule(health: str | None, *, has_frp: bool) -> str:
    """The rule that the Enterprise clock runs by: ES-03, ES-04, or FR-06 through a partner."""
    if is_fortnightly(health):
        return "ES-03"
    return "FR-06" if has_frp else "ES-04"


def enterprise(facts: TenantFacts, today: Day, pack: Pack) -> Clock:
    """The Enterprise clock of a winner tenant (ES-03, ES-04, FR-06).

    Where it became stricter it counts from that day, but that never excuses what the quarterly
    clock already holds against the customer: turning Red makes nobody less urgent.
    """
    rule = cadence_rule(facts.health, has_frp=facts.has_frp)
    last = facts.enterprise
    if rule == "ES-04":
        return _quarterly("ES-04", "enterprise", last, today, pack, missed=State.BREACH)
    strict = _fortnightly(rule, "enterprise", last, facts.stricter, today, pack, breaks=True)
    if strict.counts_from is None:
        return strict
    loose = _quarterly("ES-04", "enterprise", last, today, pack, missed=State.BREACH)
    return _worse(strict, loose)


def recurring(what: str, last: Day, facts: TenantFacts, today: Day, pack: Pack) -> Clock:
    """Customer Progress or Customer Perspective (RA-05): late at the worst, blind to FR-06."""
    if not is_fortnightly(facts.health):
        return _quarterly("RA-05", what, last, today, pack, missed=State.LATE)
    strict = _fortnightly("RA-05", what, last, facts.colour_stricter, today, pack, breaks=False)
    if strict.counts_from is None:
        return strict
    return _worse(strict, _quarterly("RA-05", what, last, today, pack, missed=State.LATE))


def forecast(last: Day, today: Day, pack: Pack) -> Clock:
    """The quarterly forecast of usage (RA-07): a missed quarter is late, never a breach."""
    return _quarterly("RA-07", "forecast", last, today, pack, missed=State.LATE)


def frp_review(last: Day, phase: str | None, today: Day, pack: Pack) -> Clock:
    """The status review with the partner (FR-05); a phase may ask for it more often."""
    usual = pack.cadence.frp_review
    due = pack.cadence.frp_review_by_phase.get(phase or "", usual.due)
    return _interval("FR-05", "frp-review", last, Interval(min(usual.due_soon, due), due), today)


def frp_data(tag: str, last: Day, today: Day, pack: Pack) -> Clock:
    """The partner's weekly data of one workload (FR-07)."""
    return _interval("FR-07", tag, last, pack.cadence.frp_data, today)


def _fortnightly(
    rule: str,
    what: str,
    last: Day | None,
    stricter: Day | None,
    today: Day,
    pack: Pack,
    *,
    breaks: bool,
) -> Clock:
    """ES-03's days; only a clock that `breaks` has a limit (RA-05 has none)."""
    if last is None:
        return Clock(rule, what, State.LATE, None)
    days = pack.cadence.fortnightly
    start = last if stricter is None or stricter <= last else stricter
    passed = today - start
    if breaks and passed > days.limit:
        state = State.BREACH
    elif passed > days.due:
        state = State.LATE
    else:
        state = State.DUE_SOON if passed >= days.due_soon else State.ON_TRACK
    return Clock(
        rule,
        what,
        state,
        last,
        counts_from=start if start > last else None,
        due=start + days.due,
        limit=start + days.limit if breaks else None,
        opens=start + days.due_soon,
    )


def _worse(strict: Clock, loose: Clock) -> Clock:
    """Of a clock that became stricter and the quarterly one, what weighs more on the customer.

    In the same state it is the stricter one, standing for as long as either has: else the points
    would fall on the day on which it catches up with the other.
    """
    if loose.state > strict.state:
        return loose
    if loose.state < strict.state or loose.opens is None or strict.opens is None:
        return strict
    return strict._replace(opens=min(strict.opens, loose.opens))


def _quarterly(
    rule: str, what: str, last: Day | None, today: Day, pack: Pack, *, missed: State
) -> Clock:
    if last is None:
        return Clock(rule, what, State.DUE_SOON, None)
    due = quarter_end_after(last)
    opens = due - pack.cadence.quarterly.due_soon + 1
    if today > due:
        state = missed
    else:
        state = State.DUE_SOON if today >= opens else State.ON_TRACK
    return Clock(rule, what, state, last, due=due, limit=due, opens=opens)


def _interval(rule: str, what: str, last: Day, interval: Interval, today: Day) -> Clock:
    passed = today - last
    if passed > interval.due:
        state = State.LATE
    else:
        state = State.DUE_SOON if passed >= interval.due_soon else State.ON_TRACK
    return Clock(rule, what, state, last, due=last + interval.due, opens=last + interval.due_soon)


class Stricter(NamedTuple):
    """The marks a customer carries of clocks that became stricter (FR-06)."""

    enterprise: Day | None = None
    why: str | None = None
    colour: Day | None = None


def became_stricter(
    before: tuple[str | None, bool], after: tuple[str | None, bool], marks: Stricter, today: Day
) -> Stricter:
    """The marks after a customer's (colour, has a partner) changed today (FR-06).

    A clock that turned from quarterly to fortnightly counts from today; one that is quarterly
    again has nothing to remember.
    """
    was = cadence_rule(before[0], has_frp=before[1])
    now = cadence_rule(after[0], has_frp=after[1])
    if now == "ES-04":
        marks = marks._replace(enterprise=None, why=None)
    elif was == "ES-04":
        marks = marks._replace(enterprise=today, why="health" if now == "ES-03" else "frp")
    if not is_fortnightly(after[0]):
        return marks._replace(colour=None)
    return marks if is_fortnightly(before[0]) else marks._replace(colour=today)


def next_update(health: str | None, *, has_frp: bool, posted: Day, pack: Pack) -> Day:
    """The date proposed for the next Enterprise update (ES-14): in step with its clock.

    Posting day + 14, or the end of the next quarter for Green and Blue without a partner.
    """
    if cadence_rule(health, has_frp=has_frp) == "ES-04":
        return quarter_end_after(posted)
    return posted + pack.cadence.fortnightly.due


def next_update_limit(health: str | None, *, has_frp: bool, posted: Day, pack: Pack) -> Day:
    """The last day that the next update may be set to without a warning (ES-14)."""
    if cadence_rule(health, has_frp=has_frp) == "ES-04":
        return quarter_end_after(posted)
    return posted + pack.cadence.fortnightly.limit


__all__ = [
    "BAND_OF",
    "Clock",
    "State",
    "Stricter",
    "became_stricter",
    "cadence_rule",
    "enterprise",
    "forecast",
    "frp_data",
    "frp_review",
    "is_fortnightly",
    "next_update",
    "next_update_limit",
    "recurring",
]
