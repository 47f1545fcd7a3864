"""One customer in the making: what every writer of its rows needs at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ftop_tui.playbook.pack import Pack
from ftop_tui.services.demo.data import DemoData, Scenario, TenantPlan, WorkloadPlan
from ftop_tui.services.demo.rows import Batch, Dice
from ftop_tui.services.demo.usage import Month


@dataclass(frozen=True, slots=True)
class Shared:
    """What all customers of a portfolio share: ids of partners by name, of meetings by week."""

    partners: Mapping[str, str]
    meetings: Mapping[int, tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A customer's plan, its ids, and where its rows go."""

    dice: Dice
    batch: Batch
    pack: Pack
    data: DemoData
    shared: Shared
    plan: Scenario
    customer_id: str
    tenant_ids: tuple[str, ...]
    months: dict[tuple[str, str], list[Month]] = field(default_factory=dict)
    """The usage of each tenant and tag."""
    dibs: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """The DIBS that are known of each tenant and tag (EN-19)."""

    @property
    def today(self) -> date:
        """The day taken as today."""
        return self.batch.today

    @property
    def winner(self) -> tuple[str, TenantPlan]:
        """The winner tenant: the first of the plan."""
        return self.tenant_ids[0], self.plan.tenants[0]

    @property
    def partner(self) -> str | None:
        """The name of the partner registered on a workload."""
        found = (w.partner for tenant in self.plan.tenants for w in tenant.workloads)
        return next((name for name in found if name), None)

    @property
    def workloads(self) -> list[tuple[str, WorkloadPlan]]:
        """All workloads with their tenant's id."""
        return [
            (tenant_id, workload)
            for tenant_id, tenant in zip(self.tenant_ids, self.plan.tenants, strict=True)
            for workload in tenant.workloads
        ]

    def ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.batch.ago(days)

    def ahead(self, days: int) -> date:
        """The day so many days after today."""
        return self.today + timedelta(days=days)
