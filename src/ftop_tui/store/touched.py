"""Which customers a set of changes concerns: their facts must be drawn anew."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from sqlmodel import Session

from ftop_tui.store.bulk import plain_connection
from ftop_tui.store.journal import MadeRows, RowChange, table_of


def touched_customers(
    session: Session, changes: Iterable[RowChange], made: Iterable[MadeRows] = ()
) -> list[str]:
    """The ids of the customers whose rows, or whose tenants' rows, are among the changes.

    A change names its owner in its own columns where the row was made, removed or moved; for the
    rest the row as it stands is asked.
    """
    customers, tenants = _of_made(made)
    changed: dict[str, set[str]] = defaultdict(set)
    for table, key, before, after in changes:
        for part in (key, before, after):
            if part:
                customers.add(part.get("customer_id", ""))
                tenants.add(part.get("tenant_id", ""))
        if "id" in key:
            if table == "customer":
                customers.add(key["id"])
            elif before and after:
                changed[table].add(key["id"])
    for name, ids in changed.items():
        columns = table_of(name).c
        if "customer_id" in columns:
            customers.update(_look_up(session, name, "customer_id", ids))
        elif "tenant_id" in columns:
            tenants.update(_look_up(session, name, "tenant_id", ids))
    customers.update(_look_up(session, "tenant", "customer_id", tenants))
    return sorted(customer for customer in customers if customer)


def _of_made(made: Iterable[MadeRows]) -> tuple[set[str], set[str]]:
    """The customers and the tenants that rows made together name."""
    customers: set[str] = set()
    tenants: set[str] = set()
    for rows in made:
        customers.update(rows.column("id" if rows.table == "customer" else "customer_id"))
        tenants.update(rows.column("tenant_id"))
    return customers, tenants


def _look_up(session: Session, table: str, wanted: str, ids: Collection[str]) -> Iterator[str]:
    """The owners of some rows; no row has the empty id."""
    found = plain_connection(session).execute(
        f"SELECT DISTINCT {wanted} FROM {table} "  # noqa: S608 - the names are our own
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([row_id for row_id in ids if row_id]),),
    )
    return (owner for (owner,) in found)
