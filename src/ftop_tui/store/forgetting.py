"""Deleting for good: rows, what depends on them, and every trace of their text in the file.

What is deleted in SQLite stays in free pages, in the log, in the full-text index until that is
merged, and in our journal, which could undo it. All of these are cleared here.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Delete, Table, delete, select, update
from sqlmodel import Session, SQLModel

from ftop_tui.store import facts
from ftop_tui.store.journal import table_of
from ftop_tui.store.schema import unusable

_OWNED_BY = frozenset({"tenant_id", "customer_id"})
"""Columns that say whose a row is, also where they may be empty."""

Gone = dict[str, set[str]]
"""The ids of deleted rows by table."""


def delete_with_dependants(session: Session, table: str, ids: Iterable[str]) -> dict[str, int]:
    """Delete rows and all that belongs to them; how many rows went from each table.

    A row that merely mentions one of them, such as an input that became a note, stays without the
    mention.
    """
    gone: Gone = {table: set(ids)}
    for child in SQLModel.metadata.sorted_tables:
        _find_dependants(session, child, gone)
    counts: dict[str, int] = {}
    for child in reversed(SQLModel.metadata.sorted_tables):
        removed = _delete(session, child, gone)
        if removed:
            counts[child.name] = removed
    return counts


def _find_dependants(session: Session, child: Table, gone: Gone) -> None:
    """Add the ids of a table's rows that cannot be without those that go."""
    for column in child.columns:
        for key in column.foreign_keys:
            parents = gone.get(key.column.table.name)
            if not parents:
                continue
            if column.nullable and column.name not in _OWNED_BY:
                session.execute(
                    update(child).where(column.in_(parents)).values({column.name: None})
                )
            elif "id" in child.columns:
                rows = session.execute(select(child.c.id).where(column.in_(parents))).scalars()
                gone.setdefault(child.name, set()).update(rows)


def _delete(session: Session, child: Table, gone: Gone) -> int:
    """Delete a table's rows: by their ids, or where they have none by whose they are."""
    if "id" in child.columns:
        ids = gone.get(child.name)
        return _removed(session, delete(child).where(child.c.id.in_(ids))) if ids else 0
    removed = 0
    for column in child.columns:
        for key in column.foreign_keys:
            parents = gone.get(key.column.table.name)
            if parents:
                removed += _removed(session, delete(child).where(column.in_(parents)))
    return removed


def _removed(session: Session, statement: Delete) -> int:
    return session.connection().execute(statement).rowcount


def forget(
    session: Session,
    table: str,
    row_id: str,
    customer_id: str,
    tenant_ids: Iterable[str],
    today: date,
) -> dict[str, int]:
    """Delete a row with all that belongs to it, and what the store remembers of it elsewhere.

    The journal is emptied, for it could bring it back; so are the earlier facts of the tenants that
    go. How many rows went from each table.
    """
    counts = delete_with_dependants(session, table, [row_id])
    facts.refresh(session, [customer_id], today)
    session.execute(delete(table_of("step")))
    history = table_of("facts_history")
    session.execute(delete(history).where(history.c.tenant_id.in_(list(tenant_ids))))
    return counts


def wipe(path: Path) -> None:
    """Leave no trace of deleted rows in the file, its full-text index and its log.

    Raises:
        StoreError: another program has the store open for writing; try again.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout = 5000")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("INSERT INTO note_search (note_search) VALUES ('rebuild')")
            connection.execute("VACUUM")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise sqlite3.OperationalError("database is locked")
    except sqlite3.Error as error:
        raise unusable(path, error) from error
