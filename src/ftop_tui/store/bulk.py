"""Many rows of a table at once, by plain SQL in the session's own transaction.

SQLAlchemy takes several times as long over a row as SQLite does, which is nothing for one and
seconds for ten thousand.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Table
from sqlalchemy.orm import Session

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.stored import flag, number, sure_number
from ftop_tui.progress import Progress, counted, unheard
from ftop_tui.store.days import sure_day
from ftop_tui.store.sound import readable_row

Row = dict[str, Any]
_TOLD = 250
"""Rows after which it is told how far the writing is."""


def plain_connection(session: Session) -> Any:
    """SQLite's own connection, within the session's transaction; it raises `sqlite3.Error`."""
    return session.connection().connection.dbapi_connection


class BulkTable:
    """The rows of one table, in and out of a store."""

    def __init__(self, session: Session, table: Table) -> None:
        self._connection = plain_connection(session)
        self._table = table.name
        self.keys = tuple(column.name for column in table.primary_key.columns)
        self.names = tuple(column.name for column in table.columns)
        self._typed = {column.name: column.type for column in table.columns}
        self._may_lack = {column.name: column.nullable for column in table.columns}

    def is_empty(self) -> bool:
        """Whether there is no row yet."""
        found = self._connection.execute(f"SELECT 1 FROM {self._table} LIMIT 1")  # noqa: S608
        return found.fetchone() is None

    def read(self, column: str, values: Collection[Any], only: Sequence[str] = ()) -> Iterator[Row]:
        """The rows whose column has one of some values, as the models have them.

        With `only` they have these columns and no others.
        """
        wanted = json.dumps(sorted(values))
        names = only or self.names
        found = self._connection.execute(
            f"SELECT {', '.join(names)} FROM {self._table} "  # noqa: S608 - the table's own
            f"WHERE {column} IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        read = [(name, read) for name in names if (read := self._reader(name)) is not None]
        for values_ in found:
            row = dict(zip(names, readable_row(found, values_), strict=True))
            for name, convert in read:
                value = row[name]
                if value is not None:
                    row[name] = convert(value)
            yield row

    def _reader(self, name: str) -> Any:
        kind = self._typed[name]
        if isinstance(kind, Date):
            return iso_day if self._may_lack[name] else sure_day
        if isinstance(kind, Boolean):
            return flag
        if isinstance(kind, Integer):
            return number if self._may_lack[name] else sure_number
        return None

    def bind(self, rows: Sequence[list[Any]]) -> None:
        """Make rows what SQLite takes, each holding every column in its order: days are text."""
        self._bind(rows, self.names)

    def insert(self, rows: Sequence[Sequence[Any]], progress: Progress = unheard) -> None:
        """Add rows that are bound."""
        places = ", ".join("?" * len(self.names))
        self._connection.executemany(
            f"INSERT INTO {self._table} ({', '.join(self.names)}) VALUES ({places})",  # noqa: S608
            counted(rows, len(rows), progress, _TOLD),
        )

    def update(self, changes: Iterable[tuple[Sequence[Any], Mapping[str, Any]]]) -> None:
        """Change rows, each named by its key; those that change the same columns go together."""
        alike: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
        for key, values in changes:
            alike[tuple(values)].append([*values.values(), *key])
        where = " AND ".join(f"{name} = ?" for name in self.keys)
        for names, rows in alike.items():
            self._bind(rows, (*names, *self.keys))
            marks = ", ".join(f"{name} = ?" for name in names)
            self._connection.executemany(
                f"UPDATE {self._table} SET {marks} WHERE {where}",  # noqa: S608
                rows,
            )

    def _bind(self, rows: Sequence[list[Any]], names: Sequence[str]) -> None:
        days = [place for place, name in enumerate(names) if isinstance(self._typed[name], Date)]
        text = cache(date.isoformat)  # a file holds few different days
        for place in days:
            for row in rows:
                if row[place] is not None:
                    row[place] = text(row[place])
