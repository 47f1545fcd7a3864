"""All that exports are made of, by plain sqlite3: whole tables, a row a mapping.

Values are those of the store with days as dates; a day that cannot be read is taken as unknown, so
that one damaged row never hides the others.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

Row = dict[str, Any]

AGREED = "action-agreed"
"""The kind of record that marks a next action as agreed with somebody: its text is the note's id,
`who` the partner, or empty for the customer (FR-10)."""

_DAYS = frozenset(
    {"forecast_month", "next_update", "review_date", "stricter", "colour_stricter", "month", "day"}
    | {"renewal_date", "status_since", "usage_as_of", "due_date", "as_of", "until"}
)
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


def read_table(connection: sqlite3.Connection, name: str) -> list[Row]:
    """Every row of a table, always in the same order."""
    found = connection.execute(f"SELECT * FROM {name} ORDER BY {_ORDER[name]}")  # noqa: S608
    columns = [column[0] for column in found.description]
    days = [name for name in columns if name in _DAYS or name.endswith("_on")]
    rows = []
    for values in found:
        row = dict(zip(columns, values, strict=True))
        for column in days:
            row[column] = _day(row[column])
        rows.append(row)
    return rows


def read_tables(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of several tables, by their names."""
    return {name: read_table(connection, name) for name in names}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
