"""The one query that draws the facts of tenants from the rows they rest on."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.store import sound


def _ordinal(column: str) -> str:
    """SQL for a date column as `date.toordinal` counts days."""
    return f"CAST(julianday({column}) - 1721424.5 AS INTEGER)"


_IF_WINNER = "CASE WHEN touched.winner_id = t.id THEN"


def _of_winner(expression: str) -> str:
    return f"{_IF_WINNER} ({expression}) END"


def _latest(kind: str) -> str:
    """The latest day recorded of one kind for the customer: its clock."""
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
    f"AND {sound.reached('u')}"
    for figures in ("usage", "workload")
)
_RENEWALS = (
    "SELECT group_concat(day, ' ') FROM ("
    f"SELECT {sound.text('o.renewal_date')} AS day FROM tenant o "
    "WHERE o.customer_id = c.id AND o.renewal_date IS NOT NULL "
    f"UNION SELECT {sound.text('s.ends_on')} FROM subscription s "
    "JOIN tenant o ON o.id = s.tenant_id "
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
_OF, _PERCENT = sound.text("m.tag"), sound.number("m.percent")
_PEAK = (
    f"w.tag || ':' || max(coalesce({sound.share('w')}, 0), coalesce(("
    f"SELECT max({sound.share('u')}) FROM usage u "
    "WHERE u.tenant_id = w.tenant_id AND u.tag = w.tag), 0))"
)
_NO_DIBS = (
    "w.status IN ('in_progress', 'blocked') AND (w.due_date IS NULL OR w.intent IS NULL "
    "OR w.business_reason IS NULL OR w.success_owner IS NULL)"
)

_SOURCES: Mapping[str, str] = {
    "tenant_id": "t.id",
    "name": sound.text("t.name"),
    "tpid": sound.text("c.tpid"),
    "customer_id": "c.id",
    "customer": sound.text("c.name"),
    "brand": sound.text("c.brand"),
    "winner": "touched.winner_id = t.id",
    "s_rank": sound.number("c.s_rank"),
    "users": sound.number("t.users"),
    "level": sound.number("t.level"),
    "assigned": sound.flag("t.assigned"),
    "fm": sound.text("c.fm"),
    "fta": sound.text("c.fta"),
    "priority": sound.text("c.priority"),
    "phase": sound.text("c.phase"),
    "health": sound.text("c.health"),
    "group_1": sound.text("c.group_1"),
    "group_2": sound.text("c.group_2"),
    "group_3": sound.text("c.group_3"),
    "forecast_health": sound.text("c.forecast_health"),
    "forecast_month": sound.text("c.forecast_month"),
    "status": sound.text("c.status"),
    "business_reason": sound.text("c.business_reason"),
    "telemetry_blocked": sound.flag("t.telemetry_blocked"),
    "enterprise": _of_winner(_ENTERPRISE),
    "stricter": _of_winner(_ordinal("c.stricter")),
    "stricter_why": _of_winner(sound.text("c.stricter_why")),
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
    "event_text": _of_winner(f"SELECT {sound.text('r.text')} {_OPEN_EVENT}"),
    "request": _of_winner(f"SELECT {_ordinal('r.day')} {_OPEN_REQUEST}"),
    "request_by": _of_winner(f"SELECT {sound.text('r.who')} {_OPEN_REQUEST}"),
    "next_update": _of_winner(_ordinal("c.next_update")),
    "renewals": _of_winner(_RENEWALS),
    "blocked": _own("w.tag", "w.status = 'blocked'"),
    "frp_data": _own(_FRP_DATA, "w.partner IS NOT NULL"),
    "no_dibs": _own("w.tag", _NO_DIBS),
    "tags": _own("w.tag"),
    "partners": _own(sound.text("w.partner"), "w.partner IS NOT NULL"),
    "escalations": f"SELECT count(*) {_ESCALATION}",
    "escalation": (
        f"SELECT {sound.text('e.title')} {_ESCALATION} ORDER BY e.raised_on, e.id LIMIT 1"
    ),
    "missed": (
        f"SELECT group_concat(part, ' ') FROM (SELECT {_OF} || ':' || {_PERCENT} || ':' "
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
        f"SELECT group_concat(part, ' ') FROM (SELECT {_OF} || ':' || {_PERCENT} AS part "
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
        f"SELECT max({sound.text('a.year')}) FROM activity a "
        "WHERE a.customer_id = c.id AND a.sort = 'alignment' AND a.done_on IS NOT NULL"
    ),
}

_WITHOUT: Mapping[str, tuple[str, ...]] = {
    "record WHERE kind = 'progress'": ("progress",),
    "record WHERE kind = 'perspective'": ("perspective",),
    "record WHERE kind = 'forecast'": ("forecast",),
    "record WHERE kind = 'frp-review'": ("frp_review",),
    "record WHERE kind = 'event'": ("event", "event_text"),
    "record WHERE kind = 'exec-request'": ("request", "request_by"),
    "workload": (
        *("has_frp", "blocked", "frp_data", "no_dibs", "tags", "partners", "dated", "peaks"),
    ),
    "escalation": ("escalations", "escalation"),
    "milestone": ("missed",),
    "contact": ("has_poc", "contacts"),
    "activity": ("open_activities", "awareness", "aligned"),
    "note": ("drafts",),
    "(SELECT 1 FROM subscription UNION ALL SELECT 1 FROM tenant WHERE renewal_date IS NOT NULL)": (
        "renewals",
    ),
}
"""Rows, and the facts that are the same of every tenant as long as there are none of them."""


def _query(sources: Mapping[str, str]) -> str:
    drawn = ", ".join(f"({sources[name]}) AS {name}" for name in TenantFacts._fields)
    return (
        f"SELECT {drawn} FROM touched JOIN customer c ON c.id = touched.customer_id"
        " JOIN tenant t ON t.customer_id = c.id"
    )


FRESH = _query(_SOURCES)
"""Draws the facts of the customers in the temporary table `touched`, as TenantFacts has them."""


def fresh_for_many(connection: sqlite3.Connection) -> str:
    """The same query without the questions that this store answers alike for every tenant.

    Of thousands of tenants, most of the time goes into asking each for rows that nobody has yet.
    """
    absent = [rows for rows in _WITHOUT if not _one(connection, f"EXISTS (SELECT 1 FROM {rows})")]
    names = [name for rows in absent for name in _WITHOUT[rows]]
    return _query({**_SOURCES, **dict(_constants(connection, names))})


def _constants(connection: sqlite3.Connection, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the facts are of a winner that has nothing, and null of any other, as SQL."""
    nobody = "(SELECT NULL AS id, NULL AS customer_id) "
    winner = "(SELECT NULL AS customer_id, 0 AS winner_id)"
    for name in names:
        source = _SOURCES[name]
        inner = source.removeprefix(_IF_WINNER).removesuffix("END") if _IF_WINNER in source else ""
        asked = f"quote(({inner or source})) FROM {nobody} AS t, {nobody} AS c, {winner} AS touched"
        value = _one(connection, asked)
        yield name, f"{_IF_WINNER} {value} END" if inner else value


def _one(connection: sqlite3.Connection, asked: str) -> Any:
    return connection.execute(f"SELECT {asked}").fetchone()[0]
