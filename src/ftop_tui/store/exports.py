"""All that exports are made of, by plain sqlite3: whole tables, a row a mapping.

Values are those of the store with days as dates. What cannot be read is taken as unknown, so that
one damaged row never hides the others: an export has an empty cell there, which import leaves as it
is.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.stored import flag, number, sure_number
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.store.bodies import whole_json

Row = dict[str, Any]

AGREED = "action-agreed"
"""The kind of record that marks a next action as agreed with somebody: its text is the note's id,
`who` the partner, or empty for the customer (FR-10)."""

_TOLD_EVERY = 1000

_READ: Mapping[tuple[str, bool], Callable[[object], Any]] = {
    ("DATE", False): iso_day,
    ("DATE", True): iso_day,
    ("INTEGER", False): number,
    ("INTEGER", True): sure_number,
    ("BOOLEAN", False): flag,
    ("BOOLEAN", True): sure_number,
}
"""What reads a column, by how the store declares it and whether it is never empty."""
_ORDER = {
    "customer": "id", "tenant": "name, id", "workload": "tenant_id, tag",
    "usage": "tenant_id, tag, month, source DESC", "subscription": "ends_on, id",
    "note": "posted_on, posted_at, updated_at, id", "record": "day, created_at, id",
    "contact": "name, id", "escalation": "raised_on, id", "milestone": "tenant_id, tag, percent",
    "partner": "name", "partnership": "id", "partner_input": "day, id",
    "partner_meeting": "day, id", "activity": "due_on, title, id", "review": "day",
    "nomination": "review_id, id",
}  # fmt: skip
"""The tables that can be read, and the order of their rows."""


_IDS = "(SELECT value FROM json_each(:ids))"
_OF_CUSTOMER = f"customer_id IN {_IDS}"
_OF_TENANT = f"tenant_id IN (SELECT id FROM tenant WHERE {_OF_CUSTOMER})"  # noqa: S608
_OF_PARTNERSHIP = f"partnership_id IN (SELECT id FROM partnership WHERE {_OF_CUSTOMER})"  # noqa: S608
_WHERE = {
    "customer": f"id IN {_IDS}", "workload": _OF_TENANT, "usage": _OF_TENANT,
    "subscription": _OF_TENANT, "milestone": _OF_TENANT, "partner_input": _OF_PARTNERSHIP,
    "partner_meeting": _OF_PARTNERSHIP, "partner": "1", "review": "1",
}  # fmt: skip
"""Which rows are of some customers; where nothing else is said, those with their ids."""


def count_rows(
    connection: sqlite3.Connection, name: str, customer_ids: Collection[str] | None = None
) -> int:
    """How many rows `read_table` gives."""
    where, given = _of(name, customer_ids)
    count = connection.execute(f"SELECT count(*) FROM {name} WHERE {where}", given)  # noqa: S608
    return int(count.fetchone()[0])


def _of(name: str, customer_ids: Collection[str] | None) -> tuple[str, dict[str, str]]:
    """Which rows of a table are meant, and what goes with it."""
    if customer_ids is None:
        return "1", {}
    return _WHERE.get(name, _OF_CUSTOMER), {"ids": json.dumps(sorted(customer_ids))}


def read_table(
    connection: sqlite3.Connection,
    name: str,
    customer_ids: Collection[str] | None = None,
    progress: Progress = unheard,
) -> list[Row]:
    """The rows of a table, of some customers or of all, always in the same order."""
    total = 0 if progress is unheard else count_rows(connection, name, customer_ids)
    where, given = _of(name, customer_ids)
    found = connection.execute(
        f"SELECT * FROM {name} WHERE {where} ORDER BY {_ORDER[name]}",  # noqa: S608 - constants
        given,
    )
    columns = [column[0] for column in found.description]
    readers = _readers(connection, name)
    rows = []
    for values in counted(found, total, progress, every=_TOLD_EVERY):
        row = dict(zip(columns, values, strict=True))
        for column, read in readers:
            row[column] = read(row[column])
        if name == "note":
            del row["number"]  # SQLite's own, and another after an undo
            row["body"] = whole_json(row["body"], row["text"])
        rows.append(row)
    return rows


def _readers(
    connection: sqlite3.Connection, name: str
) -> list[tuple[str, Callable[[object], Any]]]:
    """The columns of a table that are more than text, each with what reads it."""
    declared = connection.execute(
        'SELECT name, type, "notnull" FROM pragma_table_info(?) WHERE type IN '
        "('DATE', 'INTEGER', 'BOOLEAN')",
        (name,),
    )
    return [(column, _READ[kind, bool(never_empty)]) for column, kind, never_empty in declared]


def read_tables(
    connection: sqlite3.Connection,
    names: Iterable[str],
    customer_ids: Collection[str] | None = None,
    progress: Progress = unheard,
) -> dict[str, list[Row]]:
    """The rows of several tables, by their names."""
    sizes = dict.fromkeys(names, 1)
    if progress is not unheard:
        sizes = {name: 1 + count_rows(connection, name, customer_ids) for name in sizes}
    found, done, total = {}, 0, sum(sizes.values())
    for name, size in sizes.items():
        own = between(progress, done / total, (done + size) / total)
        found[name] = read_table(connection, name, customer_ids, own)
        done += size
    return found


def read_partners(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Each partner that is registered on a workload (FR-01), with each of its customers' ids."""
    return connection.execute(
        "SELECT DISTINCT w.partner, t.customer_id FROM workload w "
        "JOIN tenant t ON t.id = w.tenant_id WHERE w.partner IS NOT NULL"
    ).fetchall()
