"""Working with a FastTrack Ready Partner: the values of a partnership, and how misses are counted.

Misses are said as facts with their days, never as a judgement (FR-12).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Self

from ftop_tui.playbook.days import later

AGREEMENT = "agreement"
"""The step that the first meeting ends with; its day is the partnership's own (FR-04)."""

FIRST_MEETING = "first-meeting"
"""The step with which contact is made; from it on the PSM is kept informed (FR-03)."""


class StepTerms(NamedTuple):
    """A step of the checklist as the pack has it (FR-03)."""

    key: str
    title: str
    about: str
    talking_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartneringTerms:
    """The pack's numbers, in days, and the checklist (FR-03, FR-12)."""

    missed_review_days: int
    missing_input_days: int
    psm_informed_days: int
    steps: tuple[StepTerms, ...]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From the tables of `partners.toml`; an interval is a day at the least."""
        steps = (
            StepTerms(s["key"], s["title"], s.get("about", ""), tuple(s.get("talking_points", ())))
            for s in data["step"]
        )
        return cls(
            missed_review_days=max(1, data["missed_review_days"]),
            missing_input_days=max(1, data["missing_input_days"]),
            psm_informed_days=max(1, data["psm_informed_days"]),
            steps=tuple(steps),
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The steps' keys in their order."""
        return tuple(step.key for step in self.steps)


class Step(NamedTuple):
    """A step of a partnership's checklist, and the day on which it was done (FR-03, FR-04)."""

    key: str
    title: str
    talking_points: tuple[str, ...]
    done_on: date | None = None
    about: str = ""


class Meeting(NamedTuple):
    """A status review set for a day; `held` is None while nobody has said (FR-05)."""

    id: str
    day: date
    held: bool | None = None
    text: str | None = None


class Input(NamedTuple):
    """What the partner gave the FM, with its source, and the note it became (FR-09)."""

    id: str
    day: date
    source: str | None
    text: str
    note_id: str | None = None


class Missed(NamedTuple):
    """One missed review or input: the day it counts for, and why (FR-12)."""

    day: date
    why: str


class WorkloadData(NamedTuple):
    """The partner's data of one workload: the latest update, None before the first (FR-07)."""

    tenant_id: str
    tenant: str
    tag: str
    last: date | None


class PartnerMilestone(NamedTuple):
    """A milestone of the partner's workload: missing, missed, ahead or reached (FR-08)."""

    tenant_id: str
    tag: str
    percent: int
    state: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """One partner at one customer. `id` is None until the first thing is written about it."""

    id: str | None
    partner: str
    psm: str | None
    customer_id: str
    tenant_id: str
    """The winner tenant of the customer (ES-02)."""
    customer: str
    workloads: tuple[tuple[str, str], ...]
    """Tenant id and tag, as registered at import (FR-01); empty for a former partner."""
    poc: str | None = None
    agreed_on: date | None = None
    access: bool | None = None
    """Whether the partner can write into FTOP itself (FR-09)."""
    steps: tuple[Step, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    inputs: tuple[Input, ...] = ()
    missed_reviews: tuple[Missed, ...] = ()
    missing_inputs: tuple[Missed, ...] = ()
    reviews: tuple[date, ...] = ()
    """The days on which a review was held, the latest last."""
    review_due: date | None = None
    """By when the next one is due, by the phase's interval; None before the first (FR-05)."""
    data: tuple[WorkloadData, ...] = ()
    milestones: tuple[PartnerMilestone, ...] = ()
    informed: tuple[date, ...] = ()
    """When the PSM was told how it goes, the latest last."""
    inform_psm_by: date | None = None
    owners: tuple[str, ...] = ()
    """FM and FTA of the customer."""

    @property
    def former(self) -> bool:
        """The partner is registered nowhere at the customer any more; its history stays."""
        return not self.workloads

    @property
    def tags(self) -> tuple[str, ...]:
        """The workloads' tags, each once."""
        return tuple(dict.fromkeys(tag for _, tag in self.workloads))

    @property
    def next_step(self) -> Step | None:
        """The first step of the checklist that is not done (FR-03)."""
        return next((step for step in self.steps if step.done_on is None), None)

    def next_review(self, today: date) -> Meeting | None:
        """The earliest review that is set for today or later and not held yet (FR-05)."""
        return next((m for m in self.meetings if m.held is None and m.day >= today), None)

    def unsaid(self, today: date) -> tuple[Meeting, ...]:
        """Reviews whose day has passed and of which nobody has said whether they were held."""
        return tuple(m for m in self.meetings if m.held is None and m.day < today)

    @property
    def attendees(self) -> tuple[str, ...]:
        """Who is expected at the reviews: FM, FTA and the partner's PoC; never the PSM (FR-03)."""
        expected = dict.fromkeys(name for name in (*self.owners, self.poc) if name)
        return tuple(name for name in expected if name != self.psm)


def reviews_held(recorded: Iterable[date], meetings: Collection[Meeting]) -> tuple[date, ...]:
    """The days of reviews with one partner (FR-05).

    `recorded` are the days on record for it. A meeting marked as held counts as well; where one was
    marked as not held, that outweighs what was recorded for all partners of the customer.
    """
    held = {meeting.day for meeting in meetings if meeting.held}
    unheld = {meeting.day for meeting in meetings if meeting.held is False}
    return tuple(sorted((set(recorded) | held) - unheld))


def missed_reviews(
    agreed_on: date | None,
    held: Collection[date],
    unheld: Collection[date],
    until: date,
    days: int,
) -> tuple[Missed, ...]:
    """The missed reviews up to a day, the earliest first (FR-12).

    Each scheduled review that was not held is one. So is each full `days` days without a review,
    counted from a review held, or from the agreement where that came before the first; a stretch
    that is not over, or in which a scheduled review was missed already, adds nothing.
    """
    skipped = sorted({day for day in unheld if day <= until})
    missed = [Missed(day, "scheduled and not held") for day in skipped]
    begins = {day for day in (agreed_on, *held) if day is not None and day <= until}
    if begins:
        missed += [
            Missed(end, f"no review in the {days} days from {begin.isoformat()}")
            for begin, end in _stretches({min(begins), *held}, until, days)
            if not any(begin < day <= end for day in skipped)
        ]
    return tuple(sorted(missed))


def missing_data(what: str, given: Collection[date], until: date, days: int) -> tuple[Missed, ...]:
    """Each full `days` days without data of a workload, from the first record on (FR-07, FR-12)."""
    return tuple(
        Missed(end, f"no data for {what} in the {days} days from {begin.isoformat()}")
        for begin, end in _stretches(given, until, days)
    )


def _stretches(marks: Collection[date], until: date, days: int) -> Iterator[tuple[date, date]]:
    """The full stretches of so many days between two marks, and from the last one to a day.

    One is full once its last day has passed without the next mark.
    """
    ordered = sorted(mark for mark in set(marks) if mark <= until)
    span = timedelta(days=days)
    for begin, following in zip(ordered, [*ordered[1:], until], strict=False):
        while following - begin > span:
            yield begin, begin + span
            begin += span  # noqa: PLW2901 - the stretch after this one


def inform_psm_by(steps: Iterable[Step], informed: Collection[date], days: int) -> date | None:
    """The day by which the PSM is to hear again; None before contact was made (FR-03)."""
    made = [s.done_on for s in steps if s.key in {FIRST_MEETING, AGREEMENT} and s.done_on]
    if not made and not informed:
        return None
    return later(max(*made, *informed, date.min), days)


def milestone_states(
    tenant_id: str,
    tags: Iterable[str],
    percents: Iterable[int],
    peaks: Mapping[str, int],
    dated: Collection[tuple[str, int]],
    unreached: Mapping[tuple[str, int], date],
    today: date,
) -> Iterator[PartnerMilestone]:
    """Where the milestones of a partner's workloads stand (FR-08).

    `peaks` holds the highest usage seen of a tag in percent; `unreached` the days of those that
    are dated and not reached.
    """
    steps = tuple(percents)
    for tag in tags:
        for percent in steps:
            due = unreached.get((tag, percent))
            if due is not None:
                state = "missed" if due < today else "ahead"
            elif (tag, percent) in dated or percent <= peaks.get(tag, 0):
                state = "reached"
            else:
                state = "missing"
            yield PartnerMilestone(tenant_id, tag, percent, state, due)


def counted(missed: Collection[Missed], noun: str) -> str:
    """Misses as a fact: `2 missed reviews, on 2026-10-05 and 2026-10-19` (FR-12)."""
    if not missed:
        return f"no {noun}s"
    days = [day.isoformat() for day in sorted(miss.day for miss in missed)]
    listed = " and ".join(part for part in (", ".join(days[:-1]), days[-1]) if part)
    return f"{len(days)} {noun}{'' if len(days) == 1 else 's'}, on {listed}"
