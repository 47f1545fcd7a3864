"""All that the panel of a tenant shows beside its facts, read at once and without the ORM."""

from typing import TYPE_CHECKING, NamedTuple

from ftop_tui.playbook.contacts import Contact, is_stale
from ftop_tui.playbook.detail import TenantDetail
from ftop_tui.playbook.entries import days_in
from ftop_tui.playbook.escalations import Escalation, in_order
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.health_strip import HealthMonth, health_months
from ftop_tui.playbook.plan import Activity
from ftop_tui.services.context import Context
from ftop_tui.services.reading import KeptReading, reading
from ftop_tui.store import pictures, read_model
from ftop_tui.store.contacts import read_contacts
from ftop_tui.store.escalations import read_escalations
from ftop_tui.store.plans import read_next_step

if TYPE_CHECKING:
    from sqlite3 import Connection


class Panel(NamedTuple):
    """What is known of a tenant under the cursor."""

    detail: TenantDetail
    escalations: tuple[Escalation, ...] = ()
    """The customer's open ones, the oldest first (RA-08)."""
    stale: tuple[Contact, ...] = ()
    """Contacts to be verified again, the longest forgotten first (RA-09)."""
    step: Activity | None = None
    """The plan's next open step (RA-04)."""
    months: tuple[HealthMonth, ...] = ()
    """The customer's colour by month."""


def read(context: Context, facts: TenantFacts, through: KeptReading | None = None) -> Panel:
    """The panel of a tenant; what its facts say there is none of is not looked for.

    A cursor key waits for this, so that each further query has to be worth it.
    """
    today = context.today()
    with reading(context, through) as connection:
        detail = read_model.read_detail(connection, facts.tenant_id, context.pack)
        customer, escalations = facts.customer_id, []
        if detail.escalations:
            escalations = in_order(read_escalations(connection, customer, open_only=True))
        step = read_next_step(connection, customer) if facts.open_activities else None
        stands = pictures.read_stands(connection, facts.tenant_id) if facts.winner else {}
        stale = _stale(context, connection, facts)
    months = health_months(facts.health, stands.get(facts.tenant_id, ()), today)
    return Panel(detail, tuple(escalations), stale, step, months if facts.winner else ())


def _stale(context: Context, connection: "Connection", facts: TenantFacts) -> tuple[Contact, ...]:
    today, days = context.today(), context.pack.thresholds.contact_stale_days
    oldest = today.toordinal() - days
    if not facts.winner or all(day > oldest for day in days_in(facts.contacts)):
        return ()
    found = (c for c in read_contacts(connection, facts.customer_id) if is_stale(c, today, days))
    return tuple(sorted(found, key=lambda contact: contact.last_seen))
