"""The typed rows that an import yields, checked by pydantic at this border.

A field is None where the cell was empty or the column absent: an empty cell never erases what is
stored. `file` and `row` say where a row came from; they do not count when rows are compared.
"""

from dataclasses import field
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from ftop_tui.playbook.values import (
    EnterpriseStatus,
    EntitlementStatus,
    Health,
    Phase,
    Priority,
)

_STRICT = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
UsageSource = Literal["license-usage", "service-users"]


@dataclass(config=_STRICT, frozen=True, slots=True, kw_only=True)
class TenantRow:
    """A row of the portfolio format: one tenant; the fields are the format's columns."""

    file: str = field(compare=False)
    row: int = field(compare=False)
    tenant_id: Text
    tenant_name: Text
    tpid: Text | None = None
    customer_name: Text | None = None
    brand_name: Text | None = None
    winner_tenant: bool | None = None
    s_rank: Annotated[int, Field(ge=1)] | None = None
    users: Count | None = None
    enterprise_level: Count | None = None
    assigned: bool | None = None
    fm: Text | None = None
    fta: Text | None = None
    priority: Priority | None = None
    industry: Text | None = None
    health: Health | None = None
    group_1_health: Health | None = None
    group_2_health: Health | None = None
    group_3_health: Health | None = None
    forecast_health: Health | None = None
    forecast_month: date | None = None
    enterprise_status: EnterpriseStatus | None = None
    last_enterprise_note: date | None = None
    last_customer_progress: date | None = None
    last_customer_perspective: date | None = None
    next_update: date | None = None
    renewal_date: date | None = None
    telemetry_blocked: bool | None = None
    business_reason: Text | None = None
    review_date: date | None = None
    phase: Phase | None = None


@dataclass(config=_STRICT, frozen=True, slots=True, kw_only=True)
class WorkloadRow:
    """A row of the workloads format: one workload of a tenant, `workload` being its tag."""

    file: str = field(compare=False)
    row: int = field(compare=False)
    tenant_id: Text
    workload: Text
    status: EntitlementStatus | None = None
    primary_rm: Text | None = None
    paid_units: Count | None = None
    active_users: Count | None = None
    note: Text | None = None
    due_date: date | None = None
    intent: Text | None = None
    business_reason: Text | None = None
    success_owner: Text | None = None


@dataclass(config=_STRICT, frozen=True, slots=True, kw_only=True)
class UsageRow:
    """The use of one workload by one tenant in one month.

    `month` is its first day. `partners` are all that the use is attributed to; it is the same use,
    counted once. `as_of` is the day of the report where the report has one.
    """

    file: str = field(compare=False)
    row: int = field(compare=False)
    tenant_id: Text
    tpid: Text | None = None
    tag: Text
    month: date
    paid_units: Count | None = None
    active_users: Count | None = None
    partners: tuple[Text, ...] = ()
    as_of: date | None = None
    source: UsageSource


@dataclass(config=_STRICT, frozen=True, slots=True, kw_only=True)
class SubscriptionRow:
    """A subscription of a tenant with its end, from which the renewals come; never its revenue.

    `month` is the month of the report that the row is from.
    """

    file: str = field(compare=False)
    row: int = field(compare=False)
    subscription_id: Text
    tenant_id: Text
    product: Text | None = None
    sku: Text | None = None
    start: date | None = None
    end: date
    state: Text | None = None
    auto_renew: bool | None = None
    seats: Count | None = None
    month: date | None = field(default=None, compare=False)
