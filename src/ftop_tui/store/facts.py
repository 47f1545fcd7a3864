"""The facts of each tenant, kept beside the rows they are drawn from.

One denormalised row a tenant (`tenant_facts`, in the order of `TenantFacts`) is what the list is
ranked from. Every unit of work draws the rows of the customers it touched anew, by the one query
here; a test draws all of them from scratch and compares. Nothing in them depends on today.
`facts_history` keeps each row as it was before the first change of a day, which is what "what
moved" compares with.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Index, Integer, String, Table
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.store.bulk import plain_connection

_KEYS = {"tenant_id"}
_NUMBERS = frozenset(
    name
    for name, kind in TenantFacts.__annotations__.items()
    if kind in (int, bool, int | None, bool | None)
)

FACTS = Table(
    "tenant_facts",
    SQLModel.metadata,
    *(
        Column(name, Integer if name in _NUMBERS else String, primary_key=name in _KEYS)
        for name in TenantFacts._fields
    ),
    Index("ix_tenant_facts_customer", "customer_id"),
)

HISTORY = Table(
    "facts_history",
    SQLModel.metadata,
    Column("tenant_id", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("facts", String),  # JSON in the order of TenantFacts; null: the tenant was not there
)

DERIVED = frozenset({FACTS.name, HISTORY.name})
"""Tables that no one writes by hand and the journal does not hold."""


def _ordinal(column: str) -> str:
    """SQL for a date column as `date.toordinal` counts days."""
    return f"CAST(julianday({column}) - 1721424.5 AS INTEGER)"


def _of_winner(expression: str) -> str:
    return f"CASE WHEN touched.winner_id = t.id THEN ({expression}) END"


def _latest(kind: str) -> str:
    """The latest day recorded of one kind for the customer (contract: record)."""
    return (
        f"SELECT max({_ordinal('r.day')}) FROM record r "
        f"WHERE r.customer_id = c.id AND r.kind = '{kind}'"
    )


def _posted(kind: str) -> str:
    return (
        f"SELECT max({_ordinal('n.posted_on')}) FROM note n "
        f"WHERE n.customer_id = c.id AND n.kind = '{kind}' AND n.state = 'posted' "
        "AND n.kind IN ('enterprise', 'exec-summary')"  # as ix_note_clock has it
    )


def _later(first: str, second: str) -> str:
    """The later of two days that may each be missing."""
    return f"nullif(max(coalesce(({first}), 0), coalesce(({second}), 0)), 0)"


_ENTERPRISE = _later(_posted("enterprise"), _latest("enterprise"))
_OPEN_EVENT = (
    f"FROM record r WHERE r.customer_id = c.id AND r.kind = 'event' "
    f"AND {_ordinal('r.day')} > coalesce({_ENTERPRISE}, 0) ORDER BY r.day, r.id LIMIT 1"
)
_OPEN_REQUEST = (
    f"FROM record r WHERE r.customer_id = c.id AND r.kind = 'exec-request' "
    f"AND {_ordinal('r.day')} > coalesce(({_posted('exec-summary')}), 0) "
    "ORDER BY r.day, r.id LIMIT 1"
)
_HAS_PARTNER = (
    "EXISTS (SELECT 1 FROM workload w JOIN tenant o ON o.id = w.tenant_id "
    "WHERE o.customer_id = c.id AND w.partner IS NOT NULL)"
)
_ESCALATION = (
    "FROM escalation e WHERE e.customer_id = c.id AND e.resolved_on IS NULL "
    "AND coalesce(e.tenant_id, touched.winner_id) = t.id"
)
_REACHED = " UNION ALL ".join(
    f"SELECT 1 FROM {figures} u WHERE u.tenant_id = m.tenant_id AND u.tag = m.tag "
    "AND u.paid_units > 0 AND u.active_users * 100 >= m.percent * u.paid_units"
    for figures in ("usage", "workload")
)
_RENEWALS = (
    "SELECT group_concat(day, ' ') FROM ("
    "SELECT o.renewal_date AS day FROM tenant o "
    "WHERE o.customer_id = c.id AND o.renewal_date IS NOT NULL "
    "UNION SELECT s.ends_on FROM subscription s JOIN tenant o ON o.id = s.tenant_id "
    "WHERE o.customer_id = c.id AND s.ends_on IS NOT NULL ORDER BY day)"
)


def _own(expression: str, where: str = "") -> str:
    """Something gathered over the tenant's own workloads, in a stable order."""
    condition = f" AND {where}" if where else ""
    return (
        f"SELECT group_concat(part, ' ') FROM (SELECT {expression} AS part FROM workload w "
        f"WHERE w.tenant_id = t.id{condition} ORDER BY w.tag)"
    )


_FRP_DATA = (
    "w.tag || ':' || coalesce((SELECT max("
    + _ordinal("r.day")
    + ") FROM record r WHERE r.customer_id = t.customer_id AND r.kind = 'frp-data' "
    "AND r.tenant_id = w.tenant_id AND coalesce(r.tag, w.tag) = w.tag), '')"
)
_PEAK = (
    "w.tag || ':' || max(coalesce(w.active_users * 100 / nullif(w.paid_units, 0), 0), coalesce(("
    "SELECT max(u.active_users * 100 / nullif(u.paid_units, 0)) FROM usage u "
    "WHERE u.tenant_id = w.tenant_id AND u.tag = w.tag), 0))"
)
_NO_DIBS = (
    "w.status IN ('in_progress', 'blocked') AND (w.due_date IS NULL OR w.intent IS NULL "
    "OR w.business_reason IS NULL OR w.success_owner IS NULL)"
)

_SOURCES: Mapping[str, str] = {
    "tenant_id": "t.id",
    "name": "t.name",
    "tpid": "c.tpid",
    "customer_id": "c.id",
    "customer": "c.name",
    "brand": "c.brand",
    "winner": "touched.winner_id = t.id",
    "s_rank": "c.s_rank",
    "users": "t.users",
    "level": "t.level",
    "assigned": "t.assigned",
    "fm": "c.fm",
    "fta": "c.fta",
    "priority": "c.priority",
    "phase": "c.phase",
    "health": "c.health",
    "group_1": "c.group_1",
    "group_2": "c.group_2",
    "group_3": "c.group_3",
    "forecast_health": "c.forecast_health",
    "forecast_month": "c.forecast_month",
    "status": "c.status",
    "business_reason": "c.business_reason",
    "telemetry_blocked": "t.telemetry_blocked",
    "enterprise": _of_winner(_ENTERPRISE),
    "stricter": _of_winner(_ordinal("c.stricter")),
    "stricter_why": _of_winner("c.stricter_why"),
    "colour_stricter": _of_winner(_ordinal("c.colour_stricter")),
    "progress": _of_winner(_latest("progress")),
    "perspective": _of_winner(_latest("perspective")),
    "forecast": _of_winner(_latest("forecast")),
    "frp_review": _of_winner(_latest("frp-review")),
    "has_frp": _HAS_PARTNER,
    "has_poc": (
        "EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id "
        "AND k.section = 'partner' AND k.role = 'poc')"
    ),
    "event": _of_winner(f"SELECT {_ordinal('r.day')} {_OPEN_EVENT}"),
    "event_text": _of_winner(f"SELECT r.text {_OPEN_EVENT}"),
    "request": _of_winner(f"SELECT {_ordinal('r.day')} {_OPEN_REQUEST}"),
    "request_by": _of_winner(f"SELECT r.who {_OPEN_REQUEST}"),
    "next_update": _of_winner(_ordinal("c.next_update")),
    "renewals": _of_winner(_RENEWALS),
    "blocked": _own("w.tag", "w.status = 'blocked'"),
    "frp_data": _own(_FRP_DATA, "w.partner IS NOT NULL"),
    "no_dibs": _own("w.tag", _NO_DIBS),
    "tags": _own("w.tag"),
    "partners": _own("w.partner", "w.partner IS NOT NULL"),
    "escalations": f"SELECT count(*) {_ESCALATION}",
    "escalation": f"SELECT e.title {_ESCALATION} ORDER BY e.raised_on, e.id LIMIT 1",
    "missed": (
        f"SELECT group_concat(part, ' ') FROM (SELECT m.tag || ':' || m.percent || ':' "
        f"|| {_ordinal('m.due_on')} AS part FROM milestone m WHERE m.tenant_id = t.id "
        f"AND m.due_on IS NOT NULL AND m.reached_on IS NULL AND NOT EXISTS ({_REACHED}) "
        "ORDER BY m.tag, m.percent)"
    ),
    "contacts": _of_winner(
        f"SELECT group_concat(day, ' ') FROM (SELECT "
        f"{_ordinal('coalesce(k.verified_on, k.created_on)')} AS day "
        "FROM contact k WHERE k.customer_id = c.id ORDER BY day)"
    ),
    "open_activities": _of_winner(
        "SELECT count(*) FROM activity a WHERE a.customer_id = c.id AND a.done_on IS NULL"
    ),
    "drafts": "SELECT count(*) FROM note n WHERE n.tenant_id = t.id AND n.state = 'draft'",
    "dated": (
        "SELECT group_concat(part, ' ') FROM (SELECT w.tag || ':' || m.percent AS part "
        "FROM workload w JOIN milestone m ON m.tenant_id = w.tenant_id AND m.tag = w.tag "
        "WHERE w.tenant_id = t.id AND w.partner IS NOT NULL AND m.due_on IS NOT NULL "
        "ORDER BY w.tag, m.percent)"
    ),
    "peaks": _own(_PEAK, "w.partner IS NOT NULL"),
    "awareness": _of_winner(
        f"SELECT max({_ordinal('a.done_on')}) FROM activity a "
        "WHERE a.customer_id = c.id AND a.sort = 'awareness'"
    ),
    "aligned": _of_winner(
        "SELECT max(a.year) FROM activity a "
        "WHERE a.customer_id = c.id AND a.sort = 'alignment' AND a.done_on IS NOT NULL"
    ),
}

FRESH = (
    "SELECT "
    + ", ".join(f"({_SOURCES[name]}) AS {name}" for name in TenantFacts._fields)
    + " FROM touched JOIN customer c ON c.id = touched.customer_id"
    " JOIN tenant t ON t.customer_id = c.id"
)
"""Draws the facts of the customers in the temporary table `touched`, as TenantFacts has them."""
_AT_ONCE = 250
"""Customers whose facts are drawn in one go."""
_AS_JSON = f"json_array({', '.join(f'f.{name}' for name in TenantFacts._fields)})"


def refresh(
    session: Session, customers: Sequence[str], today: date, progress: Progress = unheard
) -> None:
    """Draw the facts of some customers' tenants anew, keeping what they were this morning."""
    connection = plain_connection(session)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (customer_id, winner_id)")
    connection.execute("DELETE FROM touched")
    winners = _winners(connection, customers)
    connection.executemany(
        "INSERT INTO touched VALUES (?, ?)",
        [(customer, winners.get(customer)) for customer in customers],
    )
    connection.execute("DROP TABLE IF EXISTS temp.fresh")
    connection.execute(f"CREATE TEMP TABLE fresh AS {FRESH} LIMIT 0")
    starts = range(0, len(customers), _AT_ONCE)
    for start in counted(starts, len(starts), between(progress, 0, 0.8)):
        these = f"touched.rowid BETWEEN {start + 1} AND {start + _AT_ONCE}"
        connection.execute(f"INSERT INTO fresh {FRESH} WHERE {these}")
    ours = "SELECT * FROM tenant_facts WHERE customer_id IN (SELECT customer_id FROM touched)"
    changed = f"SELECT tenant_id FROM ({ours} EXCEPT SELECT * FROM fresh)"
    keep = "INSERT OR IGNORE INTO facts_history (tenant_id, day, facts)"
    day = (today.isoformat(),)
    connection.execute(
        f"{keep} SELECT f.tenant_id, ?, {_AS_JSON} FROM tenant_facts f "
        f"WHERE f.tenant_id IN ({changed})",
        day,
    )
    connection.execute(
        f"{keep} SELECT tenant_id, ?, NULL FROM fresh "
        "WHERE tenant_id NOT IN (SELECT tenant_id FROM tenant_facts)",
        day,
    )
    connection.execute(
        "DELETE FROM tenant_facts WHERE customer_id IN (SELECT customer_id FROM touched) "
        "OR tenant_id IN (SELECT tenant_id FROM fresh)"
    )
    connection.execute("INSERT INTO tenant_facts SELECT * FROM fresh")
    progress(1.0)


def _winners(connection: Any, customers: Sequence[str]) -> dict[str, str]:
    """The winner tenant of each customer, by the playbook's rule (ES-02)."""
    rows = connection.execute(
        "SELECT customer_id, id, winner_marked, users FROM tenant "
        "WHERE customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(customers)),),
    )
    tenants: dict[str, list[tuple[str, Any, int | None]]] = {}
    for customer, *tenant in rows:
        tenants.setdefault(customer, []).append((tenant[0], tenant[1], tenant[2]))
    return {
        customer: found[0][0]
        if len(found) == 1  # as most have, of thousands
        else winner_of(
            [WinnerCandidate(each, bool(marked), users) for each, marked, users in found]
        )
        for customer, found in tenants.items()
    }
