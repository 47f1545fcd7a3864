"""The journal: what each step changed, row by row, so that it can be undone and done again.

A step holds the rows it made, changed and removed, before and after, and is written in the same
transaction as the rows themselves.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import Connection, Table, and_, delete, insert, select, update
from sqlmodel import SQLModel

from ftop_tui.errors import ConflictError, DamagedError
from ftop_tui.store.bodies import same_body

Row = dict[str, Any]

_QUICK, _USUAL, _LARGE = 1, 6, 1_000_000
"""Levels of zlib, and the bytes from which on the quick one is as good as need be."""
_NOTHING, _BETWEEN = b"[]", b",\n"
"""An empty list, and what stands between two pages of a step; JSON breaks no line by itself."""


class RowChange(NamedTuple):
    """One row before and after; None where it was not there. A change holds only what differs."""

    table: str
    key: Row
    before: Row | None
    after: Row | None

    def inverse(self) -> "RowChange":
        """What takes this change back."""
        return self._replace(before=self.after, after=self.before)


class MadeRows(NamedTuple):
    """Rows of one table that were made together: thousands, which need no value of their own."""

    table: str
    names: tuple[str, ...]
    keys: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    """Every column of each row, as SQLite has it."""

    def column(self, name: str) -> Iterator[Any]:
        """What the rows have in a column; nothing where there is no such column."""
        if name not in self.names:
            return iter(())
        return map(itemgetter(self.names.index(name)), self.rows)

    def places(self) -> set[tuple[Any, ...]]:
        """The keys of the rows."""
        return set(zip(*map(self.column, self.keys), strict=True))

    def changes(self) -> Iterator[RowChange]:
        """Each row as a change of its own."""
        for row in self.rows:
            after = dict(zip(self.names, row, strict=True))
            key = {name: after.pop(name) for name in self.keys}
            yield _typed(RowChange(self.table, key, None, after))


class ChangeLog:
    """The changes of one unit of work, those of one row merged into one."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, tuple[Any, ...]], RowChange] = {}
        self._made: list[tuple[MadeRows, set[tuple[Any, ...]]]] = []

    def __bool__(self) -> bool:
        return bool(self._changes or self._made)

    def add(self, change: RowChange) -> None:
        """Note a change; with an earlier one of the same row it becomes one."""
        place = (change.table, tuple(change.key.values()))
        self._take_apart(change.table, {place[1]})
        old = self._changes.pop(place, None)
        merged = change if old is None else _merged(old, change)
        if merged is not None:
            self._changes[place] = merged

    def add_made(self, made: MadeRows) -> None:
        """Note that rows were made."""
        places = made.places()
        if any(table == made.table and key in places for table, key in self._changes):
            for change in made.changes():  # some were there before, and removed
                self.add(change)
        elif made.rows:
            self._made.append((made, places))

    def _take_apart(self, table: str, places: set[tuple[Any, ...]]) -> None:
        """Rows that were made together and of which one changes again, as single changes."""
        for each in [e for e in self._made if e[0].table == table and not e[1].isdisjoint(places)]:
            self._made.remove(each)
            for change in each[0].changes():
                self._changes[table, tuple(change.key.values())] = change

    def __iter__(self) -> Iterator[RowChange]:
        yield from self.single
        for made in self.made:
            yield from made.changes()

    @property
    def single(self) -> Collection[RowChange]:
        """The changes that are noted one by one."""
        return self._changes.values()

    @property
    def made(self) -> list[MadeRows]:
        """The rows that were made together."""
        return [made for made, _ in self._made]


def _merged(old: RowChange, new: RowChange) -> RowChange | None:
    """Two changes of one row as one; None where nothing is left of them."""
    if old.before is None:  # made in this unit: whatever came later, it was not there before
        if new.after is None:
            return None
        return old._replace(after={**(old.after or {}), **new.after})
    if new.after is None:
        before = {**(new.before or {}), **old.before}
        return old._replace(before=before, after=None)
    if old.after is None:  # removed, then made again
        return old._replace(after=new.after)
    before = {**(new.before or {}), **old.before}
    after = {**old.after, **new.after}
    kept = [name for name in after if before.get(name) != after[name]]
    if not kept:
        return None
    return old._replace(
        before={name: before.get(name) for name in kept}, after={name: after[name] for name in kept}
    )


def pack_changes(changes: Iterable[RowChange], made: Iterable[MadeRows] = ()) -> bytes:
    """The changes as they are stored: compressed JSON, the names of columns once for many rows."""
    pages = Pages()
    pages.add(changes, made)
    return pages.packed()


class Pages:
    """A step's changes as they are stored, packed piece by piece: none is held as it was."""

    def __init__(self) -> None:
        self._packer: Any = None
        self._packed: list[bytes] = []
        self._told = 0
        """Columns that were told so far, by whose number later ones can say that they are equal."""

    def add(self, changes: Iterable[RowChange], made: Iterable[MadeRows] = ()) -> None:
        """Pack changes, and rows that were made together."""
        page = to_json([*_packed(changes), *self._columns(made)])
        if page == _NOTHING:
            return
        if self._packer is None:
            self._packer = zlib.compressobj(_QUICK if len(page) > _LARGE else _USUAL)
        begin = _BETWEEN if self._packed else b"["
        self._packed.append(self._packer.compress(begin + page[1:-1]))

    def packed(self) -> bytes:
        """All that was added; nothing can be added any more."""
        if self._packer is None:
            return zlib.compress(_NOTHING)
        return b"".join([*self._packed, self._packer.compress(b"]"), self._packer.flush()])

    def _columns(self, made: Iterable[MadeRows]) -> Iterator[object]:
        """Rows made together, by columns: one of equal values, or told before, is told so."""
        before, told = self._told, list[list[Any]]()
        for each in made:
            columns: list[object] = []
            for name in each.names:
                values = list(each.column(name))
                if values.count(values[0]) == len(values):
                    columns.append({"all": values[0]})
                elif values in told:
                    columns.append({"as": before + told.index(values)})
                else:
                    told.append(values)
                    columns.append(values)
            yield {
                "made": (each.table, each.keys, each.names),
                "count": len(each.rows),
                "columns": columns,
            }
        self._told = before + len(told)


def _packed(changes: Iterable[RowChange]) -> Iterator[object]:
    for shape, alike in groupby(changes, _shape):
        if shape is None:
            yield from alike
        else:
            yield {
                "made": shape,
                "rows": [
                    (*change.key.values(), *change.after.values())
                    for change in alike
                    if change.after is not None
                ],
            }


def _shape(change: RowChange) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """Table, key and columns of a row that was made; None of another change."""
    if change.before is not None or change.after is None:
        return None
    return change.table, tuple(change.key), tuple(change.after)


class UnreadableStepError(DamagedError):
    """What a step changed can no longer be read, so that it cannot be taken back."""


def unpack_changes(blob: bytes) -> list[RowChange]:
    """The changes of a stored step, with their dates as dates again.

    Raises:
        UnreadableStepError: these are none, as a failing disk or another program leaves them.
    """
    try:
        return _unpacked(blob)
    except (zlib.error, *_OF_SHAPE) as error:
        raise UnreadableStepError("what a step changed can no longer be read") from error


_OF_SHAPE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What comes of something else in the place of a step's changes, whatever its shape."""


def is_readable(blob: bytes) -> bool:
    """Whether these are a step's changes."""
    try:
        unpack_changes(blob)
    except UnreadableStepError:
        return False
    return True


def _unpacked(blob: bytes) -> list[RowChange]:
    found: list[RowChange] = []
    told: list[list[Any]] = []
    for packed in json.loads(zlib.decompress(blob)):
        if isinstance(packed, list):
            found.append(_typed(RowChange(*packed)))
            continue
        table, keys, names = packed["made"]
        if "columns" in packed:
            columns = [_column(told, column, packed["count"]) for column in packed["columns"]]
            rows = list(zip(*columns, strict=True))
            found += MadeRows(table, tuple(names), tuple(keys), rows).changes()
            continue
        for row in packed["rows"]:
            key = dict(zip(keys, row, strict=False))
            after = dict(zip(names, row[len(keys) :], strict=True))
            found.append(_typed(RowChange(table, key, None, after)))
    return found


def _column(told: list[list[Any]], column: Any, count: int) -> list[Any]:
    if isinstance(column, dict):
        same: list[Any] = told[column["as"]] if "as" in column else [column["all"]] * count
        return same
    told.append(column)
    return list(column)


def table_of(name: str) -> Table:
    """The table of a change."""
    return SQLModel.metadata.tables[name]


@cache
def _columns_of(table: str) -> Mapping[str, bool]:
    """The columns of a table, and whether they hold days."""
    return {column.name: column.type.python_type is date for column in table_of(table).columns}


def _typed(change: RowChange) -> RowChange:
    is_day = _columns_of(change.table)

    def typed(row: Mapping[str, Any] | None) -> Row | None:
        if row is None:
            return None
        return {
            name: date.fromisoformat(value) if is_day[name] and value is not None else value
            for name, value in row.items()
        }

    return RowChange(
        change.table, typed(change.key) or {}, typed(change.before), typed(change.after)
    )


def apply(connection: Connection, changes: Sequence[RowChange], sentence: str) -> None:
    """Make the rows what `after` says, provided that they are still what `before` says.

    Raises:
        ConflictError: a row was changed by something else meanwhile; nothing may be kept then.
    """
    for change in changes:
        table = table_of(change.table)
        key = and_(*(table.c[name] == value for name, value in change.key.items()))
        found = connection.execute(select(table).where(key)).mappings().first()
        if not _still(change.table, None if found is None else dict(found), change.before):
            raise ConflictError(
                f"{sentence!r} cannot be taken back or done again: "
                f"a {change.table.replace('_', ' ')} that it touched has changed since"
            )
        if change.after is None:
            connection.execute(delete(table).where(key))
        elif change.before is None:
            connection.execute(insert(table).values(**change.key, **change.after))
        else:
            connection.execute(update(table).where(key).values(**change.after))


def _still(table: str, row: Row | None, expected: Row | None) -> bool:
    if row is None or expected is None:
        return row is None and expected is None
    differs = {name for name, value in expected.items() if row[name] != value}
    if table == "note" and differs == {"body"}:  # steps of schema 3 tell a body with its text
        return same_body(row["body"], expected["body"], row["text"])
    return not differs
