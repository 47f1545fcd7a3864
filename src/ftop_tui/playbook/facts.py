"""What is known of a tenant when it is ranked: plain facts, nothing that depends on today."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from ftop_tui.playbook.days import Day
from ftop_tui.playbook.stored import flag, number, sure_number, words


class TenantFacts(NamedTuple):
    """One tenant's row of the read model, in its column order.

    Days are ordinals. Customer-wide facts are the same on every tenant of the customer, except for
    those that only the winner tenant carries: there they are filled in, elsewhere they are empty,
    so that they count once. `None` is unknown.
    """

    tenant_id: str
    name: str
    tpid: str | None
    customer_id: str
    customer: str | None
    brand: str | None
    winner: bool
    s_rank: int | None
    users: int | None
    level: int | None
    assigned: bool | None
    fm: str | None
    fta: str | None
    priority: str | None
    phase: str | None
    health: str | None
    group_1: str | None
    group_2: str | None
    group_3: str | None
    forecast_health: str | None
    forecast_month: str | None
    """The first day of the month, as text."""
    status: str | None
    business_reason: str | None
    telemetry_blocked: bool | None
    enterprise: Day | None
    """The latest posted day there is of an Enterprise note."""
    stricter: Day | None
    """When the Enterprise clock became stricter after the first import (FR-06)."""
    stricter_why: str | None
    """`health` or `frp`: what made it so."""
    colour_stricter: Day | None
    """When the colour alone made the recurring updates stricter (RA-05)."""
    progress: Day | None
    perspective: Day | None
    forecast: Day | None
    frp_review: Day | None
    has_frp: bool
    """A partner is registered on a workload of any tenant of the customer (FR-01)."""
    has_poc: bool
    """A partner's point of contact is among the customer's contacts (FR-14)."""
    event: Day | None
    """The oldest flagged event since the last Enterprise note (RA-06)."""
    event_text: str | None
    request: Day | None
    """The oldest request for an Exec Summary since the last one posted (OS-03)."""
    request_by: str | None
    next_update: Day | None
    renewals: str | None
    """All known renewal days of the customer, ISO, blank between them (RA-19)."""
    blocked: str | None
    """The tenant's blocked workloads, tags, blank between them."""
    frp_data: str | None
    """The tenant's FRP workloads as TAG:ordinal of the last data, or TAG: (FR-07)."""
    no_dibs: str | None
    """The tenant's workloads that lack one of due date, intent, reason, owner (EN-19)."""
    tags: str | None
    """All the tenant's workloads, tags, blank between them, for the filter."""
    partners: str | None
    """The partners registered on the tenant's workloads, for the filter."""
    escalations: int
    """Open escalations that sit on this tenant (RA-08)."""
    escalation: str | None
    """The title of the oldest open one."""
    missed: str | None
    """Milestones as TAG:percent:ordinal that are dated and not reached (FR-08)."""
    contacts: str | None
    """Days on which the customer's contacts were last verified, ordinals (RA-09)."""
    open_activities: int
    """Steps of the customer's plan that are open (RA-02, RA-04)."""
    drafts: int
    """Drafts waiting on this tenant; shown, never counted (a draft changes no clock)."""
    dated: str | None = None
    """Milestones of the tenant's FRP workloads that have a date, as TAG:percent (FR-08)."""
    peaks: str | None = None
    """The best share of usage ever seen of the tenant's FRP workloads, as TAG:percent (FR-08)."""
    awareness: Day | None = None
    """When situational awareness was last documented (RA-02)."""
    aligned: str | None = None
    """The latest fiscal year to whose priorities the awareness was aligned, as FY27 (RA-03)."""


def _day(stored: object) -> Day | None:
    day = number(stored)
    return day if day and day <= _LAST_DAY else None


_LAST_DAY = date.max.toordinal()
_COUNTS = frozenset({"s_rank", "users", "level"})
"""The numbers that may be missing and are no days."""
_READ: Mapping[object, Callable[[object], Any]] = {
    str: lambda stored: words(stored) or "",
    str | None: words,
    bool: lambda stored: bool(flag(stored)),
    bool | None: flag,
    int: lambda stored: None if stored is None else sure_number(stored),  # no winner, no count
    int | None: _day,
}

READERS: Mapping[str, Callable[[object], Any]] = {
    name: number if name in _COUNTS else _READ[kind]
    for name, kind in TenantFacts.__annotations__.items()
}
"""What makes of each fact, as it is stored, one that can be ranked and shown."""


def readable(stored: Iterable[object]) -> TenantFacts:
    """A stored row, what cannot be read in it as unknown.

    Of an earlier version it may be short, of a newer one long.
    """
    values = list(stored)[: len(TenantFacts._fields)]
    values += [TenantFacts._field_defaults.get(name) for name in TenantFacts._fields[len(values) :]]
    return TenantFacts._make(
        [read(value) for read, value in zip(READERS.values(), values, strict=True)]
    )
