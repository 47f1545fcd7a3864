"""Rows of an import by the ten thousand, held in a few dozens of bytes each."""

import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from ftop_tui.exchange import tables
from ftop_tui.exchange.rows import SubscriptionRow, TenantRow, UsageRow, WorkloadRow

ImportRow = TenantRow | WorkloadRow | UsageRow | SubscriptionRow

_PARTS = 64
_TOGETHER = 250
"""Rows that are packed together: more take less room, and each part may have as many loose."""


class PackedRows:
    """Rows in parts by a key: those of one key are in one part, each kind of row in its order.

    What is done to the rows of one key can be done part by part, with only that part in memory.
    `files` are the names of the files in their order.
    """

    def __init__(self, files: Sequence[str] = ()) -> None:
        self.files = files
        self._packed: list[list[bytes]] = [[] for _ in range(_PARTS)]
        self._loose: list[list[ImportRow]] = [[] for _ in range(_PARTS)]
        self._counts = [0] * _PARTS

    def put(self, key: str, row: ImportRow) -> None:
        """Add a row."""
        self.put_in(zlib.crc32(key.encode()) % _PARTS, row)

    def put_in(self, part: int, row: ImportRow) -> None:
        """Add a row to a part, by its number in `parts`."""
        loose = self._loose[part]
        loose.append(row)
        self._counts[part] += 1
        if len(loose) == _TOGETHER:
            self._packed[part].append(_packed(loose))
            loose.clear()

    def __len__(self) -> int:
        return sum(self._counts)

    def __iter__(self) -> Iterator[ImportRow]:
        for part in self.parts():
            yield from part

    def parts(self) -> Iterator[list[ImportRow]]:
        """The parts one by one, the same ones each time; some may be empty."""
        for packed, loose in zip(self._packed, self._loose, strict=True):
            rows: list[ImportRow] = []
            for blob in packed:
                rows += _unpacked(blob)
            yield rows + loose

    def drained(self) -> Iterator[list[ImportRow]]:
        """The parts one by one, each of which is forgotten once it was given."""
        for number, part in enumerate(self.parts()):
            self._packed[number], self._loose[number] = [], []
            yield part

    def batches(self) -> Iterator[list[ImportRow]]:
        """Whole parts together, as long as they are not more than is worked on at once.

        The rows of a batch are in the order of the files.
        """
        batch: list[ImportRow] = []
        for part in self.parts():
            if batch and len(batch) + len(part) > tables.AT_ONCE:
                yield self._in_order(batch)
                batch = []
            batch += part
        yield self._in_order(batch)

    def _in_order(self, batch: list[ImportRow]) -> list[ImportRow]:
        order = {name: number for number, name in reversed([*enumerate(self.files)])}
        return sorted(batch, key=lambda row: (order[row.file], row.row))

    def changed(self, change: Callable[[ImportRow], ImportRow], key: str) -> "PackedRows":
        """The rows as `change` gives them; those that are others then have this key."""
        found = PackedRows(self.files)
        for number, part in enumerate(self.parts()):
            for row in part:
                new = change(row)
                if new is row:
                    found.put_in(number, row)
                else:
                    found.put(key, new)
        return found


Rows = tuple[ImportRow, ...] | PackedRows
"""The rows of an import: few as they are, very many packed."""


def batches_of(rows: Rows) -> Iterator[Sequence[ImportRow]]:
    """The rows in batches that are worked on at once; at least one, if an empty one."""
    return rows.batches() if isinstance(rows, PackedRows) else iter((rows,))


def _packed(rows: Sequence[ImportRow]) -> bytes:
    """The rows by columns, which take less room and time than one by one."""
    columns = []
    for kind in dict.fromkeys(map(type, rows)):
        values = map(_getter(kind), [row for row in rows if type(row) is kind])
        columns.append((kind, list(zip(*values, strict=True))))
    return zlib.compress(pickle.dumps(columns, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(blob: bytes) -> list[ImportRow]:
    """The rows of a blob that `_packed` made; they were checked when they were read."""
    found: list[ImportRow] = []
    for kind, columns in pickle.loads(zlib.decompress(blob)):  # noqa: S301 - made by `_packed`
        rows = [kind.__new__(kind) for _ in columns[0]]
        for put, values in zip(_setters(kind), columns, strict=True):
            for row, value in zip(rows, values, strict=True):
                put(row, value)
        found += rows
    return found


@cache
def _getter(kind: type[Any]) -> Callable[[ImportRow], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))


@cache
def _setters(kind: type[Any]) -> list[Callable[[ImportRow, Any], None]]:
    """What sets the fields of a frozen row: its slots."""
    return [vars(kind)[field.name].__set__ for field in fields(kind)]
