"""What a brief is made of: plain values of one customer, nothing that depends on today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.days import month_end
from ftop_tui.playbook.detail import Renewal, WorkloadDetail
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.values import EntitlementStatus


class Place(NamedTuple):
    """One workload of one tenant, with its latest posted entitlement note."""

    tenant_id: str
    label: str
    """The tag; with the tenant's name where the customer has several tenants."""
    detail: WorkloadDetail
    note: str | None = None
    noted_on: date | None = None

    @property
    def is_active(self) -> bool:
        """Whether there is a deployment that intent and DIBS can be asked of (EN-19)."""
        return self.detail.status in {EntitlementStatus.IN_PROGRESS, EntitlementStatus.BLOCKED}

    @property
    def percent(self) -> float | None:
        """Its present usage."""
        return self.detail.current.percent if self.detail.current else None

    def change_since(self, day: date) -> int | None:
        """The change of usage since a day, in points; None where either end is not known."""
        before = [
            point.percent
            for point in self.detail.usage
            if month_end(point.month) <= day and point.percent is not None
        ]
        if not before or self.percent is None:
            return None
        return round(self.percent - before[-1])


class Trouble(NamedTuple):
    """An escalation (RA-08) with the last entry of its log."""

    title: str
    label: str | None
    raised_by: str | None
    raised_on: date
    resolved_on: date | None
    resolution: str | None
    last_day: date | None
    last_text: str | None


class Target(NamedTuple):
    """A milestone of usage (RA-04, FR-08)."""

    tenant_id: str
    tag: str
    label: str
    percent: int
    due_on: date | None
    reached_on: date | None


class Expectation(NamedTuple):
    """What the owner forecast of a workload for a month (RA-07)."""

    tenant_id: str
    tag: str
    label: str
    month: date
    active_users: int
    made_on: date


class Told(NamedTuple):
    """Something said on a day: an ask (OS-13), an event (RA-06)."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class BriefSource:
    """Everything on record that the brief of a customer tells."""

    facts: TenantFacts
    """Of the winner tenant."""
    tenants: tuple[TenantFacts, ...]
    """Of all tenants, the winner first."""
    then: Mapping[str, TenantFacts]
    """By tenant id, as they stood on `since`; a tenant that was not there is absent."""
    since: date
    """The day the brief looks back to: the last review, else as the pack says."""
    last_review: date | None
    """The last meeting at which the customer was presented."""
    renewals: tuple[Renewal, ...] = ()
    places: tuple[Place, ...] = ()
    noted_on: date | None = None
    """When the latest Enterprise note was posted that is on record with its text."""
    risks: str = ""
    """Of that note (ES-12)."""
    objectives: tuple[str, ...] = ()
    """Of that note: those ticked (ES-16)."""
    troubles: tuple[Trouble, ...] = ()
    targets: tuple[Target, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    asks: tuple[Told, ...] = ()
    events: tuple[Told, ...] = ()

    def place_of(self, target: Target) -> Place | None:
        """The workload that a milestone is about."""
        wanted = (target.tenant_id, target.tag)
        return next((p for p in self.places if (p.tenant_id, p.detail.tag) == wanted), None)

    def reached(self, target: Target) -> date | None:
        """The day on which a milestone was reached, as said or as the usage shows (FR-08)."""
        if target.reached_on is not None:
            return target.reached_on
        place = self.place_of(target)
        for point in place.detail.usage if place else ():
            if point.percent is not None and point.percent >= target.percent:
                return month_end(point.month)
        return None

    def open_targets(self) -> Iterator[Target]:
        """The dated milestones that are not reached, soonest first."""
        dated = [t for t in self.targets if t.due_on is not None and self.reached(t) is None]
        yield from sorted(dated, key=lambda t: (t.due_on or date.max, t.label, t.percent))
