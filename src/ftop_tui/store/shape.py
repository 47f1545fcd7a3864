"""What a store of this version consists of, and which of it is not there.

SQLite finds a file whole that lacks a table, a column or a trigger; what needs it then fails.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import SQLModel

from ftop_tui.errors import StoreError
from ftop_tui.store import facts, tables

_MODELS = (facts, tables)
"""Imported for the metadata that they fill."""

_SEARCH = (
    ("table", "note_search"), ("table", "note_search_config"), ("table", "note_search_data"),
    ("table", "note_search_docsize"), ("table", "note_search_idx"), ("view", "note_content"),
    ("trigger", "note_search_insert"), ("trigger", "note_search_update"),
    ("trigger", "note_search_delete"),
)  # fmt: skip
_BY_SQL = {"note": ("number",)}
"""What migrations make by SQL alone: parts, and columns of a table."""


def expected() -> list[tuple[str, str]]:
    """The kind and name of every part, in the words of SQLite's own schema."""
    found = [*_SEARCH]
    for table in SQLModel.metadata.tables.values():
        found += [("table", table.name), *(("index", str(each.name)) for each in table.indexes)]
    return sorted(found)


def missing(connection: sqlite3.Connection) -> Iterator[str]:
    """What is not there: the part, or the column of a table that is."""
    there = set(connection.execute("SELECT type, name FROM sqlite_master"))
    yield from (f"the {kind} {name}" for kind, name in expected() if (kind, name) not in there)
    for name, table in sorted(SQLModel.metadata.tables.items()):
        if ("table", name) in there:
            rows = connection.execute("SELECT name FROM pragma_table_info(?)", (name,))
            columns = {column for (column,) in rows}
            wanted = [*(each.name for each in table.columns), *_BY_SQL.get(name, ())]
            yield from (f"the column {each} of {name}" for each in wanted if each not in columns)


def demand_complete(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a store or copy of this version that lacks a part, or an index of the search to open.

    Raises:
        StoreError: it does; the part is named.
    """
    fault = next((f"{part} is not there" for part in missing(connection)), None)
    if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        fault = "its first bytes are not those of a store"
    if fault is None and not _opens(connection):
        fault = "the index of the search is damaged"
    if fault is not None:
        raise StoreError(f"{path} is damaged: {fault}. Nothing was changed.")


def _opens(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT rowid FROM note_search LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def index_of_search_is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the full-text index can be read from its first word to its last."""
    if not _opens(connection):
        return False
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'note_search', 'row')"
        )
        connection.execute("SELECT sum(cnt) FROM words").fetchone()
        connection.execute("DROP TABLE temp.words")
    except sqlite3.DatabaseError:
        return False
    return True
