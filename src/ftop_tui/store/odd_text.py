"""Text in the store that is no UTF-8, as a failing disk or another program may leave it.

It is shown with U+FFFD in the place of what cannot be read, and hides nothing else. Decoding each
cell in Python would cost the list half its time again, so SQLite's own way is gone until it fails.
"""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

_T = TypeVar("_T")
_ASKING = ("SELECT", "WITH", "PRAGMA")


def decoded(stored: bytes) -> str:
    """Stored text as it is shown."""
    return stored.decode("utf-8", "replace")


class Cursor(sqlite3.Cursor):
    """Reads on leniently from the first text that is no UTF-8."""

    _asked: tuple[str, Any] = ("", ())
    _given = 0
    """Rows that were handed out."""

    def execute(self, sql: str, parameters: Any = (), /) -> "Cursor":
        """As ever; remembered, to be asked again."""
        self._asked, self._given = (sql, parameters), 0
        super().execute(sql, parameters)
        return self

    def __next__(self) -> Any:
        """The next row."""
        try:
            row = super().__next__()
        except sqlite3.OperationalError as error:
            self._turn_lenient(error)
            row = super().__next__()  # it is still the one that failed
        self._given += 1
        return row

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        number = self.arraysize if size is None else size
        many = super().fetchmany
        return self._several(lambda: many(number))

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return self._several(super().fetchall)

    def _several(self, fetch: Callable[[], list[_T]]) -> list[_T]:
        given = self._given
        try:
            rows = fetch()
        except sqlite3.OperationalError as error:
            self._turn_lenient(error)
            if not self._asked[0].lstrip().upper().startswith(_ASKING):
                raise  # what writes is not done twice
            self.execute(*self._asked)  # what came before the odd text in this call is lost
            if given:  # asked for none, SQLite gives all
                super().fetchmany(given)
            rows = fetch()
        self._given = given + len(rows)
        return rows

    def _turn_lenient(self, error: sqlite3.OperationalError) -> None:
        """Decode leniently from here; another error, or one in spite of it, is raised again."""
        if "Could not decode" not in str(error) or self.connection.text_factory is decoded:
            raise error
        self.connection.text_factory = decoded


class Connection(sqlite3.Connection):
    """A connection that no text makes stumble; for `sqlite3.connect(…, factory=…)`."""

    def cursor(self, factory: Any = Cursor) -> Any:
        """A cursor that reads leniently where it must."""
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """As ever; SQLite's own would take its own cursor."""
        return self.cursor().execute(sql, parameters)
