"""Reading a customer's plan: its rows, its clocks, and the milestones crossed since (RA-04)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.crossing import crossed
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.plan import (
    Activity,
    Crossed,
    Plan,
    last_planned,
    lines_of,
    links_of,
    year_of,
)
from ftop_tui.playbook.urgency import Ranked, assess
from ftop_tui.playbook.values import Phase
from ftop_tui.playbook.week_items import items_of
from ftop_tui.services.context import Context
from ftop_tui.services.plan_terms import plan_terms
from ftop_tui.services.reading import reading
from ftop_tui.store import plans as rows
from ftop_tui.store import read_model

if TYPE_CHECKING:
    from sqlite3 import Connection


def read(context: Context, customer_id: str) -> Plan:
    """The plan of a customer.

    Raises:
        NotFoundError: there is no such customer, or no store yet.
    """
    if not context.store.exists():
        raise NotFoundError("there is no portfolio yet")
    with reading(context) as connection:
        return plan_of(context, connection, customer_id)


def of_tenant(context: Context, tenant_id: str) -> Plan:
    """The plan of a tenant's customer.

    Raises:
        NotFoundError: there is no such tenant.
    """
    if not context.store.exists():
        raise NotFoundError("there is no portfolio yet")
    with reading(context) as connection:
        customer_id = rows.read_customer_id(connection, tenant_id)
        if customer_id is None:
            raise NotFoundError(f"there is no tenant {tenant_id}")
        return plan_of(context, connection, customer_id)


def plan_of(context: Context, connection: "Connection", customer_id: str) -> Plan:
    """The plan as a connection sees it; in a unit of work that is with what it has written."""
    today, terms = context.today(), plan_terms(context)
    facts = rows.read_winner(connection, customer_id)
    if facts is None:
        raise NotFoundError(f"there is no customer {customer_id}")
    activities = rows.read_activities(connection, customer_id)
    year = year_of(today, context.pack)
    return Plan(
        customer_id=customer_id,
        tenant_id=facts.tenant_id,
        name=shown_name(facts.brand, facts.customer, facts.name) or facts.name,
        phase=Phase.read(facts.phase or ""),
        year=year,
        lines=lines_of(activities, terms, _clocks(context, facts), today, context.pack),
        links=links_of(activities, context.pack.priorities.get(year, ()), year),
        crossed=tuple(_crossed(context, connection, customer_id, last_planned(activities))),
        tenant_name=facts.name,
    )


def _clocks(context: Context, facts: TenantFacts) -> dict[str, date | None]:
    """The next day of whatever recurs for the customer, as This week has it."""
    today = context.today()
    assessment = assess(facts, today.toordinal(), context.pack)
    kept = plan_terms(context).renewal_kept_days
    items = items_of(Ranked(0, facts, assessment), today, context.pack, kept=kept)
    return {item.sort.key: item.due for item in items}


def _crossed(
    context: Context, connection: "Connection", customer_id: str, since: date | None
) -> Iterator[Crossed]:
    """The milestones of usage crossed since the last planning and not answered yet (RA-04)."""
    answered = rows.read_answered(connection, customer_id)
    oldest = context.today() - timedelta(days=plan_terms(context).crossed_days)
    start = max(since or oldest, oldest)
    marks = context.pack.thresholds.milestones
    for tenant in rows.read_tenants(connection, customer_id):
        detail = read_model.read_detail(connection, tenant.id, context.pack)
        for workload in detail.workloads:
            for crossing in crossed(workload.tag, workload.usage, marks, start):
                found = Crossed(tenant.id, tenant.name, crossing)
                if found.mark not in answered:
                    yield found


def next_steps(context: Context) -> dict[str, Activity]:
    """The planned step that comes next for each customer that has one, by customer (RA-04)."""
    if not context.store.exists():
        return {}
    with reading(context) as connection:
        return {customer: steps[0] for customer, steps in rows.read_open_steps(connection).items()}
