"""Milestones of usage: shares of the paid units, and when each is due (RA-04, FR-08)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Milestone:
    """A share of usage of a tenant's workload, and the day by which it is due (RA-04, FR-08)."""

    id: str
    tenant_id: str
    tag: str
    percent: int
    due_on: date | None
    reached_on: date | None
    """The day given by hand, else the end of the first month at or above the share."""
    given_by: str | None
    """Who gave the date: the partner's point of contact, as a rule."""
    reached: bool


class Standing(StrEnum):
    """Where a milestone stands on a day."""

    REACHED = "reached"
    MISSED = "missed"
    DUE = "due"
    UNDATED = "no date"


class Missing(NamedTuple):
    """A milestone of a partner's workload that has no date and is not reached (FR-08)."""

    tenant_id: str
    tag: str
    percent: int
    partner: str


def standing(milestone: Milestone, today: date) -> Standing:
    """Where it stands: a date passed below the milestone is missed (FR-08)."""
    if milestone.reached:
        return Standing.REACHED
    if milestone.due_on is None:
        return Standing.UNDATED
    return Standing.MISSED if milestone.due_on < today else Standing.DUE


def order_problem(dates: Mapping[int, date | None]) -> str | None:
    """What is wrong with the order of a workload's dates, by percent; None when it is right.

    A higher milestone cannot be due before a lower one; the same day will do (FR-08).
    """
    dated = [(percent, day) for percent, day in sorted(dates.items()) if day is not None]
    for (low, first), (high, second) in pairwise(dated):
        if second < first:
            return (
                f"{high}% on {second.isoformat()} would come before {low}% on {first.isoformat()}"
            )
    return None


def missing(
    partners: Iterable[tuple[str, str, str]],
    known: Sequence[Milestone],
    peaks: Mapping[tuple[str, str], float],
    percents: Sequence[int],
) -> list[Missing]:
    """The milestones that a partner still has to date, in the order given (FR-08).

    `partners` names tenant, tag and partner of each partner's workload; `peaks` the best share of
    usage ever seen of it.
    """
    done = {(m.tenant_id, m.tag, m.percent) for m in known if m.due_on or m.reached}
    return [
        Missing(tenant_id, tag, percent, partner)
        for tenant_id, tag, partner in partners
        for percent in percents
        if (tenant_id, tag, percent) not in done and peaks.get((tenant_id, tag), 0.0) < percent
    ]
