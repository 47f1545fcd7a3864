"""Which customers a set of changes concerns: their facts must be drawn anew."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from ftop_tui.store.journal import RowChange, table_of

_IDS_A_QUERY = 500


def touched_customers(session: Session, changes: Sequence[RowChange]) -> list[str]:
    """The ids of the customers whose rows, or whose tenants' rows, are among the changes.

    A change names its owner in its own columns where the row was made, removed or moved; for the
    rest the row as it stands is asked.
    """
    customers: set[str] = set()
    tenants: set[str] = set()
    rows: dict[str, set[str]] = {}
    for change in changes:
        for part in (change.key, change.before or {}, change.after or {}):
            customers |= _value(part, "customer_id")
            tenants |= _value(part, "tenant_id")
        rows.setdefault(change.table, set()).update(_value(change.key, "id"))
    customers |= rows.pop("customer", set())
    for name, ids in rows.items():
        columns = table_of(name).c
        if "customer_id" in columns:
            customers |= _look_up(session, columns.customer_id, columns.id, ids)
        elif "tenant_id" in columns and "id" in columns:
            tenants |= _look_up(session, columns.tenant_id, columns.id, ids)
    tenant = table_of("tenant").c
    customers |= _look_up(session, tenant.customer_id, tenant.id, tenants)
    return sorted(customers)


def _value(row: dict[str, Any], name: str) -> set[str]:
    return {row[name]} if row.get(name) else set()


def _look_up(
    session: Session, wanted: ColumnElement[str], key: ColumnElement[str], ids: Iterable[str]
) -> set[str]:
    found: set[str] = set()
    ordered = sorted(ids)
    for start in range(0, len(ordered), _IDS_A_QUERY):
        query = select(wanted).where(key.in_(ordered[start : start + _IDS_A_QUERY]))
        found.update(session.execute(query).scalars())
    return found
