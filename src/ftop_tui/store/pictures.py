"""What the pictures of a portfolio are drawn from, by plain sqlite3 and without the ORM."""

import sqlite3
from collections.abc import Mapping

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.glance import Use
from ftop_tui.playbook.health_strip import Stand
from ftop_tui.playbook.stored import number, words
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.store.sound import known_before

_STANDS = (
    "SELECT tenant_id, day, facts IS NOT NULL, json_extract(facts, ?) FROM facts_history WHERE {} "
)
_HEALTH = f"$[{TenantFacts._fields.index('health')}]"


def read_uses(connection: sqlite3.Connection) -> Mapping[str, list[Use]]:
    """Every workload with its latest figures, by tenant; of a month's reports, licence usage."""
    rows = connection.execute(
        "SELECT w.tenant_id, w.tag, w.status, w.paid_units, w.active_users, w.usage_as_of, "
        "u.month, u.paid_units, u.active_users FROM workload w LEFT JOIN ("
        "SELECT tenant_id, tag, month, paid_units, active_users, "
        "max(month || (source = 'license-usage')) FROM usage GROUP BY tenant_id, tag) u "
        "ON u.tenant_id = w.tenant_id AND u.tag = w.tag"
    )
    found: dict[str, list[Use]] = {}
    for tenant, tag, status, own_paid, own_active, as_of, month, *reported in rows:
        told, seen = iso_day(month), iso_day(as_of)
        paid, active = number(own_paid), number(own_active)
        unused = paid is None and active is None
        usage = None
        if told and (seen is None or unused or told >= seen.replace(day=1)):
            usage = UsagePoint(told, *map(number, reported))
        elif seen:
            usage = UsagePoint(seen.replace(day=1), paid, active)
        found.setdefault(tenant, []).append(Use(tag, status, usage))
    return found


def read_stands(
    connection: sqlite3.Connection, tenant_id: str | None = None
) -> Mapping[str, list[Stand]]:
    """The colours that changes replaced, oldest first, by tenant; of one tenant or of all."""
    query = _STANDS + ("AND tenant_id = ? " if tenant_id else "") + "ORDER BY tenant_id, day"
    given = (_HEALTH, tenant_id) if tenant_id else (_HEALTH,)
    try:
        rows = connection.execute(query.format("TRUE"), given).fetchall()
    except sqlite3.OperationalError:  # a row is no JSON; looking at each takes as long again
        rows = connection.execute(query.format(known_before("facts")), given).fetchall()
    found: dict[str, list[Stand]] = {}
    for tenant, stored, there, health in rows:
        day = iso_day(stored)
        if day is not None:
            found.setdefault(tenant, []).append(Stand(day, bool(there), words(health)))
    return found
