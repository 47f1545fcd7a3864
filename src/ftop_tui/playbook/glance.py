"""The portfolio at a glance: a row a customer, a cell a workload."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.playbook.values import Band, EntitlementStatus, Health

_GRAVEST = (
    EntitlementStatus.BLOCKED, EntitlementStatus.UNKNOWN, EntitlementStatus.NO_INTENT,
    EntitlementStatus.IN_PROGRESS, EntitlementStatus.DUPLICATE,
)  # fmt: skip
"""Of a customer's tenants the status that is told is the first of these."""


class Use(NamedTuple):
    """A workload of one tenant: its status as stored, and its latest figures."""

    tag: str
    status: str | None
    usage: UsagePoint | None


class GlanceCell(NamedTuple):
    """A workload of a customer, over all its tenants."""

    tag: str
    status: EntitlementStatus | None
    percent: float | None
    """Active users per hundred paid units, of the tenants of which both are known."""


class GlanceRow(NamedTuple):
    """A customer: its most urgent tenant, and its workloads in the pack's order.

    A workload that no tenant has is None.
    """

    ranked: Ranked
    winner: TenantFacts
    cells: tuple[GlanceCell | None, ...]

    @property
    def health(self) -> Health | None:
        """The customer's colour."""
        return Health.read(self.winner.health or "")

    @property
    def band(self) -> Band:
        """The band of its most urgent tenant."""
        return self.ranked.assessment.band


def rows_of(
    ranked: Iterable[Ranked], uses: Mapping[str, Sequence[Use]], tags: Sequence[str]
) -> tuple[GlanceRow, ...]:
    """A row a customer, in the order of their most urgent tenants; `uses` is by tenant id."""
    customers: dict[str, list[Ranked]] = {}
    for each in ranked:
        customers.setdefault(each.facts.customer_id, []).append(each)
    return tuple(_row(tenants, uses, tags) for tenants in customers.values())


def _row(
    tenants: Sequence[Ranked], uses: Mapping[str, Sequence[Use]], tags: Sequence[str]
) -> GlanceRow:
    by_tag: dict[str, list[Use]] = {}
    for tenant in tenants:
        for use in uses.get(tenant.facts.tenant_id, ()):
            by_tag.setdefault(use.tag, []).append(use)
    winner = next((each.facts for each in tenants if each.facts.winner), tenants[0].facts)
    cells = tuple(_cell(tag, by_tag[tag]) if tag in by_tag else None for tag in tags)
    return GlanceRow(tenants[0], winner, cells)


def _cell(tag: str, uses: Sequence[Use]) -> GlanceCell:
    statuses = {EntitlementStatus.read(use.status or "") for use in uses}
    status = next((each for each in _GRAVEST if each in statuses), None)
    known = [use.usage for use in uses if use.usage and use.usage.percent is not None]
    paid = sum(point.paid_units or 0 for point in known)
    active = sum(point.active_users or 0 for point in known)
    return GlanceCell(tag, status, 100 * active / paid if paid else None)
