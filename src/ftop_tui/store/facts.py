"""The facts of each tenant, kept beside the rows they are drawn from.

One denormalised row a tenant (`tenant_facts`, in the order of `TenantFacts`) is what the list is
ranked from. Every unit of work draws the rows of the customers it touched anew, by the one query
here; a test draws all of them from scratch and compares. Nothing in them depends on today.
`facts_history` keeps each row as it was before the first change of a day, which is what "what
moved" compares with.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Column, Index, Integer, String, Table
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.store import sound
from ftop_tui.store.bulk import plain_connection
from ftop_tui.store.facts_query import FRESH, fresh_for_many

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


_AT_ONCE = 250
"""Customers whose facts are drawn in one go."""
_AS_JSON = f"json_array({', '.join(sound.text(f'f.{name}') for name in TenantFacts._fields)})"
"""Bytes as text: JSON has none, and a row with some could not be drawn anew."""


_KEEP = "INSERT OR IGNORE INTO facts_history (tenant_id, day, facts)"


def _day(today: date) -> tuple[str]:
    return (today.isoformat(),)


def refresh(
    session: Session, customers: Sequence[str], today: date, progress: Progress = unheard
) -> None:
    """Draw the facts of some customers' tenants anew, keeping what they were this morning."""
    connection = plain_connection(session)
    _touch(connection, customers)
    progress(0.1)
    drawing = between(progress, 0.1, 0.8)
    if connection.execute("SELECT 1 FROM tenant_facts LIMIT 1").fetchone() is None:
        _draw(connection, "tenant_facts", len(customers), drawing)
        connection.execute(f"{_KEEP} SELECT tenant_id, ?, NULL FROM tenant_facts", _day(today))
    else:
        # Made once a connection: with another table the large query would be compiled anew.
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS fresh AS SELECT * FROM tenant_facts LIMIT 0"
        )
        connection.execute("DELETE FROM fresh")
        _draw(connection, "fresh", len(customers), drawing)
        _replace(connection, today)
    progress(1.0)


def _replace(connection: sqlite3.Connection, today: date) -> None:
    """The drawn facts in the place of the kept ones."""
    _keep_history(connection, today)
    connection.execute(
        "DELETE FROM tenant_facts WHERE customer_id IN (SELECT customer_id FROM touched) "
        "OR tenant_id IN (SELECT tenant_id FROM fresh)"
    )
    connection.execute("INSERT INTO tenant_facts SELECT * FROM fresh")
    connection.execute("DELETE FROM fresh")


def _touch(connection: sqlite3.Connection, customers: Sequence[str]) -> None:
    """The customers with their winners, which the playbook's rule finds (ES-02)."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS touched (customer_id PRIMARY KEY, winner_id)"
    )
    connection.execute("DELETE FROM touched")
    connection.execute(  # most have one tenant, which needs no rule
        "INSERT OR IGNORE INTO touched SELECT value, "
        "(SELECT CASE count(*) WHEN 1 THEN min(t.id) END FROM tenant t WHERE t.customer_id = value)"
        " FROM json_each(?)",
        (json.dumps(list(customers)),),
    )
    several = connection.execute(
        "SELECT customer_id, id, winner_marked, users FROM tenant WHERE customer_id IN "
        "(SELECT customer_id FROM touched WHERE winner_id IS NULL)"
    )
    candidates: dict[str, list[WinnerCandidate]] = {}
    for customer, tenant, marked, users in several:
        candidate = WinnerCandidate(tenant, bool(marked), users)
        candidates.setdefault(customer, []).append(candidate)
    connection.executemany(
        "UPDATE touched SET winner_id = ? WHERE customer_id = ?",
        [(winner_of(found), customer) for customer, found in candidates.items()],
    )


def _draw(connection: sqlite3.Connection, table: str, number: int, progress: Progress) -> None:
    """The facts of the touched customers, of whom there are so many, into a table."""
    query = fresh_for_many(connection) if number > _AT_ONCE else FRESH
    starts = range(0, number, _AT_ONCE)
    for start in counted(starts, len(starts), progress):
        connection.execute(
            f"INSERT INTO {table} {query} WHERE touched.rowid BETWEEN ? AND ?",
            (start + 1, start + _AT_ONCE),
        )


def _keep_history(connection: sqlite3.Connection, today: date) -> None:
    """What is about to change, as it was before the first change of the day."""
    ours = "SELECT * FROM tenant_facts WHERE customer_id IN (SELECT customer_id FROM touched)"
    changed = f"SELECT tenant_id FROM ({ours} EXCEPT SELECT * FROM fresh)"
    connection.execute(
        f"{_KEEP} SELECT f.tenant_id, ?, {_AS_JSON} FROM tenant_facts f "
        f"WHERE f.tenant_id IN ({changed})",
        _day(today),
    )
    connection.execute(
        f"{_KEEP} SELECT tenant_id, ?, NULL FROM fresh "
        "WHERE tenant_id NOT IN (SELECT tenant_id FROM tenant_facts)",
        _day(today),
    )
