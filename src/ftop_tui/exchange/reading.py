"""Reads the rows of a table by a format's columns: values for each row, or rejects with reasons."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from ftop_tui.exchange import cells, days
from ftop_tui.exchange.cells import ERRORS, CellError, Convert, Quick
from ftop_tui.exchange.days import DatedCell
from ftop_tui.exchange.parsed import ImportOptions, Reject, RowWarning
from ftop_tui.exchange.rows import SubscriptionRow, TenantRow, UsageRow, WorkloadRow
from ftop_tui.exchange.tables import Cell, Table, column_key, shown
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.text import clean_line

Values = dict[str, Any]
"""Converted values by field; pydantic checks their types when a row is built."""

T = TypeVar("T", TenantRow, WorkloadRow, UsageRow, SubscriptionRow)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a format: its name in the file, the field it fills, and how it is read.

    `make` gives the converter for this import (a date's depends on the order, a workload's on the
    pack). A `required` column must be there and filled in every row, a `present` one must be there.
    `dated` columns count when the order of day and month is looked for; a `long` one keeps its
    lines. `quick` reads the usual texts of a column without looking closer, to the same value.
    """

    name: str
    field: str
    make: Callable[[ImportOptions], Convert]
    required: bool = False
    present: bool = False
    dated: bool = False
    long: bool = False
    quick: Quick | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of import: the columns that are stored, and those known and left out on purpose."""

    name: str
    columns: tuple[Column, ...]
    unstored: tuple[str, ...] = ()

    def missing(self, header: Sequence[str]) -> tuple[str, ...]:
        """The required columns that the header lacks."""
        keys = {column_key(name) for name in header}
        needed = (c.name for c in self.columns if c.required or c.present)
        return tuple(name for name in needed if column_key(name) not in keys)

    def unknown(self, header: Sequence[str]) -> tuple[str, ...]:
        """The columns of the header that the format does not know."""
        known = {column_key(c.name) for c in self.columns}
        known |= {column_key(name) for name in self.unstored}
        return tuple(name for name in header if name and column_key(name) not in known)


_CONVERTED, _READ = 0.4, 0.6
"""The parts of the work on a table after which its cells are converted, and its rows are read."""
_TOLD = 250
"""Rows after which it is told how far the building is."""


class Read(NamedTuple):
    """What came of a table: the values of each sound row, and the rejects of the others."""

    rows: tuple[tuple[int, Values], ...]
    rejects: tuple[Reject, ...]


class _Refusal(NamedTuple):
    """Why a cell was not taken."""

    reason: str


class _Reader(NamedTuple):
    """A column found in a table, with its converter."""

    place: int
    column: Column
    convert: Convert


class _Found(NamedTuple):
    """What a column holds: values, refusals and None for what is empty; which places are unfit."""

    values: list[object]
    unfit: list[int]


def plain(convert: Convert) -> Callable[[ImportOptions], Convert]:
    """A converter that is the same for every import."""
    return lambda _options: convert


def dates(options: ImportOptions) -> Convert:
    """A converter to a day."""
    return lambda cell: days.day(cell, options.dates)


def past_dates(options: ImportOptions) -> Convert:
    """A converter to a day that is not after today: what was done cannot lie ahead."""

    def convert(cell: Cell) -> object:
        found = days.day(cell, options.dates)
        if found > options.today:
            raise CellError(f"{shown(cell)} lies in the future (today is {options.today})")
        return found

    return convert


def months(options: ImportOptions) -> Convert:
    """A converter to the first day of a month."""
    return lambda cell: days.month(cell, options.dates)


def text(name: str, field: str, *, required: bool = False) -> Column:
    """A column of text on one line."""
    return Column(name, field, plain(cells.line), required, quick=cells.QUICK_LINE)


def number(name: str, field: str, *, present: bool = False) -> Column:
    """A column of whole numbers from 0 on."""
    return Column(name, field, plain(cells.whole), present=present, quick=cells.QUICK_WHOLE)


def yes_no(name: str, field: str) -> Column:
    """A column of yes and no."""
    return Column(name, field, plain(cells.yes_no))


def day(name: str, field: str, *, required: bool = False, past: bool = False) -> Column:
    """A column of days; with `past`, of days up to today."""
    return Column(name, field, past_dates if past else dates, required, dated=True)


def month(name: str, field: str, *, required: bool = False) -> Column:
    """A column of months."""
    return Column(name, field, months, required, dated=True)


def tenant_id(name: str) -> Column:
    """The required column of the tenant's id."""
    return Column(name, "tenant_id", plain(cells.guid), required=True, quick=cells.QUICK_GUID)


def dated_cells(table: Table, columns: Sequence[Column]) -> Iterator[DatedCell]:
    """Every cell of the table's date and month columns."""
    dated = [(index, column.name) for index, column in _present(table, columns) if column.dated]
    for part in table.parts() if dated else ():
        for index, name in dated:
            for row in part.rows:
                yield DatedCell(row.number, name, row.cells[index])


def read(
    table: Table,
    columns: Sequence[Column],
    options: ImportOptions,
    progress: Progress = unheard,
) -> Read:
    """The rows of the table by these columns; every fault of a row is told, not only the first."""
    readers = [_Reader(i, c, c.make(options)) for i, c in _present(table, columns)]
    cells_of = list(zip(*(row.cells for row in table.rows), strict=True))
    told = counted(readers, len(readers), between(progress, 0, _CONVERTED))
    found = [_values(reader, cells_of[reader.place] if cells_of else ()) for reader in told]
    unfit = {place for column in found for place in column.unfit}
    rejects = [Reject(table.source, n, None, reason) for n, reason in table.misfits]
    for place in sorted(unfit):
        cells_ = [column.values[place] for column in found]
        rejects += _faults(table.source, table.rows[place].number, readers, cells_)
    fields = [reader.column.field for reader in readers]
    numbered = zip(table.rows, zip(*(column.values for column in found), strict=True), strict=True)
    rows = tuple(
        (row.number, dict(zip(fields, values, strict=True)))
        for place, (row, values) in enumerate(numbered)
        if place not in unfit
    )
    progress(_READ)
    return Read(rows, tuple(rejects))


def each(found: Read, progress: Progress) -> Iterator[tuple[int, Values]]:
    """The sound rows one by one, to be built; it is told how far that is."""
    return counted(found.rows, len(found.rows), between(progress, _READ, 1.0), _TOLD)


def _faults(
    file: str, number_: int, readers: Sequence[_Reader], values: Sequence[object]
) -> Iterator[Reject]:
    """Every fault of a row: cells that were refused, then what is empty and must not be."""
    pairs = list(zip(readers, values, strict=True))
    for reader, value in pairs:
        if isinstance(value, _Refusal):
            yield Reject(file, number_, reader.column.name, value.reason)
    for reader, value in pairs:
        if reader.column.required and value is None:
            yield Reject(file, number_, reader.column.name, f"{reader.column.name} is empty")


def build(kind: type[T], values: Values, file: str, row: int) -> T | Reject:
    """The typed row, or the reject where a value is out of its range after all."""
    try:
        return kind(file=file, row=row, **values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return Reject(file, row, None, f"{place}: {first['msg']}")


def over_use(
    file: str, row: int, column: str | None, paid: int | None, active: int | None
) -> RowWarning | None:
    """A warning where more users are active than units are paid for; both numbers are kept.

    Microsoft's reports know the case; the Awareness field calls such overage out (ES-15).
    """
    if paid is None or active is None or active <= paid:
        return None
    message = f"{active} active users are more than {paid} paid units; both are kept as they are"
    return RowWarning(file, row, column, "ES-15", message)


def _present(table: Table, columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """The columns that the table has, with their place in it."""
    places = {column_key(name): place for place, name in enumerate(table.header) if name}
    found = ((places.get(column_key(column.name)), column) for column in columns)
    return [(place, column) for place, column in found if place is not None]


def _values(reader: _Reader, cells_: Sequence[Cell]) -> _Found:
    """What the cells of a column mean; equal texts, which most columns are full of, are read once.

    Only texts are: 1, 1.0 and True are equal and different cells.
    """
    column = reader.column
    if {str, NoneType}.issuperset(map(type, cells_)):
        read = _texts(reader, {*cells_} - {None})
        values = list(map(read.get, cells_))
    else:
        read = _texts(reader, {cell for cell in cells_ if type(cell) is str})
        values = [
            read[cell] if type(cell) is str else None if cell is None else _converted(reader, cell)
            for cell in cells_
        ]
    wrong = {_Refusal, NoneType} if column.required else {_Refusal}
    is_fit = wrong.isdisjoint(map(type, values))
    return _Found(values, [] if is_fit else [n for n, v in enumerate(values) if type(v) in wrong])


def _texts(reader: _Reader, texts: Collection[Any]) -> dict[Cell, object]:
    quick = reader.column.quick
    if quick is None:
        return {text: _from_text(reader, text) for text in texts}
    is_usual, make = quick.pattern.fullmatch, quick.make
    return {text: make(text) if is_usual(text) else _from_text(reader, text) for text in texts}


def _from_text(reader: _Reader, raw: str) -> object:
    tidy = clean_line(raw)
    if not tidy:
        return None
    if tidy[0] == "#" and tidy.upper() in ERRORS:
        return _Refusal(
            f"{shown(tidy)} is an error of Excel; correct the formula or empty the cell"
        )
    return _converted(reader, raw if reader.column.long else tidy)


def _converted(reader: _Reader, cell: Cell) -> object:
    try:
        return reader.convert(cell)
    except CellError as error:
        return _Refusal(str(error))
