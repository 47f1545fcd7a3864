"""Customers' plans as they are kept, by plain sqlite3 (RA-02 to RA-04)."""

import sqlite3
from typing import TYPE_CHECKING, NamedTuple, cast

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.facts import TenantFacts, readable
from ftop_tui.playbook.plan import PRIORITY, Activity

if TYPE_CHECKING:
    from sqlmodel import Session

ANSWERED = "milestone-planned"
"""The kind of record that says a crossed milestone was planned for; its text is the mark."""


class TenantRow(NamedTuple):
    """A tenant of a customer."""

    id: str
    name: str


def read_activities(connection: sqlite3.Connection, customer_id: str) -> list[Activity]:
    """All rows of a customer's plan, links to priorities included, in a stable order."""
    rows = connection.execute(
        "SELECT id, sort, title, phase, year, due_on, done_on, text FROM activity "
        "WHERE customer_id = ? ORDER BY due_on IS NULL, due_on, done_on, title, id",
        (customer_id,),
    )
    return [
        Activity(row_id, sort, title, phase, year, iso_day(due), iso_day(done), text)
        for row_id, sort, title, phase, year, due, done, text in rows
    ]


def read_next_step(connection: sqlite3.Connection, customer_id: str) -> Activity | None:
    """The open step of a customer that comes first, those without a day last (RA-04)."""
    row = connection.execute(
        "SELECT id, sort, title, phase, year, due_on FROM activity "
        "WHERE customer_id = ? AND done_on IS NULL AND sort <> ? "
        "ORDER BY due_on IS NULL, due_on, title, id LIMIT 1",
        (customer_id, PRIORITY),
    ).fetchone()
    if row is None:
        return None
    row_id, sort, title, phase, year, due = row
    return Activity(row_id, sort, title, phase, year, iso_day(due), None, None)


def read_open_steps(connection: sqlite3.Connection) -> dict[str, list[Activity]]:
    """The open steps of every customer, by customer, the earliest first (RA-04)."""
    found: dict[str, list[Activity]] = {}
    rows = connection.execute(
        "SELECT customer_id, id, sort, title, phase, year, due_on FROM activity "
        "WHERE done_on IS NULL AND sort <> ? ORDER BY due_on IS NULL, due_on, title, id",
        (PRIORITY,),
    )
    for customer, row_id, sort, title, phase, year, due in rows:
        row = Activity(row_id, sort, title, phase, year, iso_day(due), None, None)
        found.setdefault(customer, []).append(row)
    return found


def read_tenants(connection: sqlite3.Connection, customer_id: str) -> list[TenantRow]:
    """The tenants of a customer (RA-11)."""
    rows = connection.execute(
        "SELECT id, name FROM tenant WHERE customer_id = ? ORDER BY name, id", (customer_id,)
    )
    return [TenantRow(*row) for row in rows]


def read_customer_id(connection: sqlite3.Connection, tenant_id: str) -> str | None:
    """The id of a tenant's customer; None where there is no such tenant."""
    row = connection.execute("SELECT customer_id FROM tenant WHERE id = ?", (tenant_id,)).fetchone()
    return str(row[0]) if row else None


def read_winner(connection: sqlite3.Connection, customer_id: str) -> TenantFacts | None:
    """The facts of a customer's winner tenant; None where there is no such customer."""
    row = connection.execute(
        f"SELECT {', '.join(TenantFacts._fields)} FROM tenant_facts "  # noqa: S608 - our own names
        "WHERE customer_id = ? AND winner",
        (customer_id,),
    ).fetchone()
    return readable(row) if row else None


def seen_by(session: "Session") -> sqlite3.Connection:
    """The plain connection of a unit's session, so that a read sees what it has written."""
    session.flush()
    return cast("sqlite3.Connection", session.connection().connection.driver_connection)


def read_answered(connection: sqlite3.Connection, customer_id: str) -> frozenset[str]:
    """The marks of crossed milestones that were planned for already (RA-04)."""
    rows = connection.execute(
        "SELECT text FROM record WHERE customer_id = ? AND kind = ?", (customer_id, ANSWERED)
    )
    return frozenset(text for (text,) in rows if text)
