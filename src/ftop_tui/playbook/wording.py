"""The words of a factor: its fact, what clears it, its short form, and the sentence of the list."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ftop_tui.playbook.clocks import Clock, State
from ftop_tui.playbook.days import Day, day_text
from ftop_tui.playbook.urgency import Assessment, Factor
from ftop_tui.playbook.values import Band, Health

_NAMES = {
    "enterprise": "Enterprise note",
    "progress": "Customer Progress",
    "perspective": "Customer Perspective",
    "forecast": "Usage forecast",
    "frp-review": "Review with the partner",
}
_SHORT = {
    "enterprise": "note",
    "progress": "progress",
    "perspective": "perspective",
    "forecast": "forecast",
    "frp-review": "partner review",
}
_STRICTER = {"health": "the health turned", "frp": "a partner was registered"}
"""Why a clock became stricter (FR-06)."""

_REASON_PARTS = 3


class Words(NamedTuple):
    """What is said of a factor: in full, what clears it, and in a few words for the list."""

    fact: str
    clears: str
    short: str


def days(count: int) -> str:
    """A number of days as it is spoken."""
    return "1 day" if count == 1 else f"{count} days"


def _clock(factor: Factor, today: Day) -> Words:
    clock = factor.clock
    assert clock is not None  # noqa: S101 - a factor of this sort is made with its clock
    name = _NAMES.get(clock.what, f"Partner data for {clock.what}")
    short = _SHORT.get(clock.what, f"{clock.what} data")
    clears = _clock_clears(clock)
    if clock.last is None:
        return Words(f"No {name} on record", clears, f"no {name} yet")
    since = clock.last if clock.counts_from is None else clock.counts_from
    age = today - since
    fact = f"{name} is {days(today - clock.last)} old ({day_text(clock.last)})"
    if clock.counts_from is not None:
        why = _STRICTER.get(factor.data[0], "the clock became stricter")
        fact = f"{fact}, counted from {day_text(since)}, when {why} ({days(age)})"
        told = f"{days(today - clock.last)} old, {age} since {why}"
    else:
        told = f"{days(age)} old"
    return Words(
        f"{fact}: {_standing(clock, today)}", clears, _short_clock(clock, short, today, told)
    )


def _standing(clock: Clock, today: Day) -> str:
    assert clock.due is not None  # noqa: S101 - a clock with a last day has a due day
    due = day_text(clock.due)
    limit = "" if clock.limit in {None, clock.due} else f", limit {day_text(clock.limit or 0)}"
    if clock.state is State.BREACH:
        return f"was due {due}{limit}, broken {days(today - (clock.limit or clock.due))} ago"
    if clock.state is State.LATE:
        return f"was due {due}{limit}"
    return f"due {due}{limit}"


def _short_clock(clock: Clock, short: str, today: Day, told: str) -> str:
    assert clock.due is not None  # noqa: S101 - as above
    if clock.state in {State.BREACH, State.LATE}:
        if clock.rule == "ES-04" or clock.limit == clock.due:
            return f"{short} missed the quarter that ended {day_text(clock.due)}"
        limit = f", limit {clock.limit - (clock.due - _allowed(clock))}" if clock.limit else ""
        return f"{short} {told}{limit}"
    if clock.state is State.DUE_SOON:
        left = clock.due - today
        return f"{short} due today" if left == 0 else f"{short} due in {days(left)}"
    return f"next {short} due {day_text(clock.due)}"


def _allowed(clock: Clock) -> int:
    """The days between what the clock counts from and its due day."""
    assert clock.due is not None  # noqa: S101 - as above
    assert clock.last is not None  # noqa: S101 - as above
    return clock.due - (clock.counts_from or clock.last)


def _clock_clears(clock: Clock) -> str:
    if clock.what == "enterprise":
        return "post an Enterprise note in FTOP and mark it posted"
    if clock.what in _NAMES:
        return f"record the {_NAMES[clock.what].lower().replace('customer p', 'Customer P')}"
    return f"record the partner's data for {clock.what}"


def _within(text: str | None) -> str:
    """Foreign text as part of a sentence of ours: on one line, without a full stop of its own."""
    return " ".join((text or "").split()).rstrip(" .!?;:,…")


def _event(factor: Factor, today: Day) -> Words:
    day, text = factor.data
    what = _within(text) or "significant event"
    return Words(
        f"Event on {day_text(day)}: {what}",
        "post an Enterprise note on or after that day",
        f"event: {what}",
    )


def _request(factor: Factor, today: Day) -> Words:
    day, who = factor.data
    by = f" by {_within(who)}" if _within(who) else ""
    return Words(
        f"Exec Summary requested{by} on {day_text(day)}",
        "post an Exec Summary",
        f"Exec Summary requested{by}",
    )


def _next_update(factor: Factor, today: Day) -> Words:
    (day,) = factor.data
    return Words(
        f"The Next Update date {day_text(day)} is reached",
        "post an Enterprise note with a new date",
        f"Next Update was {day_text(day)}",
    )


def _blocked(factor: Factor, today: Day) -> Words:
    (tag,) = factor.data
    return Words(f"{tag} is blocked", f"unblock {tag} and post its new status", f"{tag} blocked")


def _escalation(factor: Factor, today: Day) -> Words:
    count, title = factor.data
    noun = "1 open escalation" if count == 1 else f"{count} open escalations"
    said = f"{noun}: {_within(title)}" if _within(title) else noun
    return Words(said, "resolve it" if count == 1 else "resolve them", noun)


def _dibs(factor: Factor, today: Day) -> Words:
    tags = ", ".join(factor.data)
    return Words(
        f"DIBS not complete for {tags}",
        "fill in due date, intent, business reason and success owner",
        f"DIBS missing ({len(factor.data)})",
    )


def _milestones(factor: Factor, today: Day) -> Words:
    parts = [f"{tag} {percent}% by {day_text(day)}" for tag, percent, day in factor.data]
    return Words(
        f"Milestone missed: {', '.join(parts)}", "reach it, or date it anew", "milestone missed"
    )


def _health(factor: Factor, today: Day) -> Words:
    (health,) = factor.data
    low = health in {Health.RED, Health.YELLOW}
    plan = "the plan from Red/Yellow to Green/Blue" if low else "the next colour is Blue"
    return Words(
        f"Overall health is {health.word}",
        f"raise the colour: {plan}",
        f"health {health.word}",
    )


def _no_health(factor: Factor, today: Day) -> Words:
    return Words("Overall health is not set", "set the customer's health", "health not set")


def _renewal(factor: Factor, today: Day) -> Words:
    day, left = factor.data
    when = "today" if left == 0 else f"in {days(left)}"
    return Words(
        f"A subscription renews {when} ({day_text(day)})", "passes with the renewal",
        f"renewal {when}",
    )  # fmt: skip


def _contacts(factor: Factor, today: Day) -> Words:
    (count,) = factor.data
    noun = "1 contact" if count == 1 else f"{count} contacts"
    return Words(f"{noun} not verified lately", "verify or remove", f"{noun} stale")


def _activities(factor: Factor, today: Day) -> Words:
    (count,) = factor.data
    noun = "1 step" if count == 1 else f"{count} steps"
    return Words(f"{noun} of the plan open", "do the next step", f"{noun} open")


def _gap(factor: Factor, today: Day) -> Words:
    _, fact, clears = factor.data
    return Words(f"Gap: {fact}", clears, fact)


_WORDS: dict[str, Callable[[Factor, Day], Words]] = {
    "clock": _clock,
    "event": _event,
    "request": _request,
    "next_update": _next_update,
    "blocked": _blocked,
    "escalation": _escalation,
    "dibs": _dibs,
    "milestones": _milestones,
    "health": _health,
    "no_health": _no_health,
    "renewal": _renewal,
    "contacts": _contacts,
    "activities": _activities,
    "gap": _gap,
}


def words(factor: Factor, today: Day) -> Words:
    """What is said of a factor, the same on the screen, the command line and in exports."""
    return _WORDS[factor.sort](factor, today)


def _next_due(factors: Sequence[Factor], due: Day | None) -> list[Factor]:
    """The clock that is due next: while all is well, one date says enough."""
    running = [f for f in factors if f.clock is not None and f.clock.due is not None]
    return [f for f in running if f.clock is not None and f.clock.due == due][:1]


def reason(assessment: Assessment, today: Day) -> str:
    """The one sentence of the list: what put the tenant where it stands, weightiest first."""
    factors = assessment.factors
    telling = [f for f in factors if f.band is not Band.WATCH]
    if not telling:
        telling = [f for f in factors if f.sort in {"renewal", "milestones", "no_health"}]
        telling += _next_due(factors, assessment.due)
    if not telling:
        return "Nothing is due."
    shown = "; ".join(words(factor, today).short for factor in telling[:_REASON_PARTS])
    more = len(telling) - _REASON_PARTS
    tail = f"; {more} more" if more > 0 else ""
    return f"{shown[0].upper()}{shown[1:]}{tail}."
