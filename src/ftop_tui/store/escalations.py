"""Escalations with their logs, read by plain sqlite3 (RA-08)."""

import sqlite3

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.escalations import Entry, Escalation
from ftop_tui.playbook.stored import flag
from ftop_tui.store.days import sure_day
from ftop_tui.store.sound import by_name

_ALL, _ONE = "WHERE :customer IS NULL ", "WHERE e.customer_id = :customer "
"""Two queries and not one with OR, which would look at all of them for the one customer."""
_WHERE = (
    "AND (NOT :open OR e.resolved_on IS NULL) "
    "AND (:begin IS NULL OR substr(e.id, 1, length(:begin)) = :begin) "
)
_QUERY = (
    "SELECT e.id, e.customer_id, e.tenant_id, coalesce(t.name, w.name, '') AS tenant_name, "
    "e.tag, p.name AS partner, "
    "coalesce(p.psm, ("
    "SELECT k.name FROM contact k WHERE k.customer_id = e.customer_id AND k.role = 'psm' "
    "AND k.partner_id = e.partner_id ORDER BY k.verified_on DESC, k.id LIMIT 1)) AS psm, "
    "e.title, e.raised_by, e.raised_on, e.internal, e.resolved_on, e.resolution "
    "FROM escalation e LEFT JOIN tenant t ON t.id = e.tenant_id "
    "LEFT JOIN tenant_facts w ON w.customer_id = e.customer_id AND w.winner "
    "LEFT JOIN partner p ON p.id = e.partner_id "
)
"""With the PSM that the partner has, or else the customer's contact who is it (FR-03)."""
_ENTRIES = (
    "SELECT n.escalation_id, n.sort, n.day, n.at, n.who, n.text "
    "FROM escalation_entry n JOIN escalation e ON e.id = n.escalation_id "
)
_IN_ORDER = "ORDER BY n.day, n.at IS NULL, n.at, n.created_at, n.id"
"""In the order of what happened; those of a day without a time as they came."""


def read_escalations(
    connection: sqlite3.Connection,
    customer_id: str | None = None,
    *,
    open_only: bool = False,
    begin: str | None = None,
) -> list[Escalation]:
    """The escalations of a customer or of all; `begin`: whose ids begin so."""
    which = {"customer": customer_id, "open": open_only, "begin": begin}
    where = (_ALL if customer_id is None else _ONE) + _WHERE
    entries: dict[str, list[Entry]] = {}
    rows = connection.execute(_ENTRIES + where + _IN_ORDER, which)
    for escalation_id, sort, day, at, who, text in rows:
        entry = Entry(sort, sure_day(day), at, who, text)
        entries.setdefault(escalation_id, []).append(entry)
    return [
        Escalation(
            **{
                **row,
                "raised_on": sure_day(row["raised_on"]),
                "internal": flag(row["internal"]),
                "resolved_on": iso_day(row["resolved_on"]),
                "entries": tuple(entries.get(row["id"], ())),
            }
        )
        for row in by_name(connection.execute(_QUERY + where, which))
    ]
