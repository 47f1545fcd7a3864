"""What the list's due column says: how far past, how long left, or what asks for an update."""

from ftop_tui.playbook.clocks import Clock, State
from ftop_tui.playbook.days import Day
from ftop_tui.playbook.urgency import Assessment, Factor


def due_text(assessment: Assessment, today: Day) -> str:
    """A few words on the clock or the event behind a tenant's band; empty where none runs."""
    first = assessment.factors[0] if assessment.factors else None
    if first is not None and first.sort in _ASKS:
        return _asks(first, today)
    clock = _leading(assessment)
    return _clock(clock, today) if clock else ""


_ASKS = {"event": "event", "request": "asked", "next_update": "due"}
"""Factors that ask for an update on a day, without a clock (RA-06, OS-03, ES-14)."""


DUE_WIDTH = 14
"""Cells of the due column: no word that decides is cut."""


def _fitting(*said: str) -> str:
    """The fullest of these, which come first, that fits the column."""
    return next((each for each in said if len(each) <= DUE_WIDTH), said[-1])


def _asks(factor: Factor, today: Day) -> str:
    word, day = _ASKS[factor.sort], factor.data[0]
    if day == today:
        return f"{word} today"
    return _fitting(f"{word} {today - day} d ago", f"{word} {today - day} d")


def _leading(assessment: Assessment) -> Clock | None:
    """The clock behind the band; where none is, the one that is due first."""
    clocks = [factor.clock for factor in assessment.factors if factor.clock is not None]
    behind = [clock for clock in clocks if clock.band is assessment.band]
    started = [clock for clock in behind or clocks if clock.due is not None]
    if started:
        return min(started, key=lambda clock: clock.due or 0)
    return next(iter(behind or clocks), None)


def _clock(clock: Clock, today: Day) -> str:
    if clock.last is None or clock.due is None:
        return "no note"
    if clock.state in {State.LATE, State.BREACH}:
        start = clock.last if clock.counts_from is None else clock.counts_from
        if clock.limit is not None and clock.limit != clock.due:
            age, limit = today - start, clock.limit - start
            return _fitting(f"{age} d, limit {limit}", f"{age} d, max {limit}")
        return f"{today - clock.due} d over"
    left = clock.due - today
    return "due today" if left == 0 else f"due in {left} d"
