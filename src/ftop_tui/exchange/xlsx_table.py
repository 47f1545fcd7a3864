"""Reads the sheets of an XLSX workbook as tables."""

import io
import math
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ftop_tui.errors import InputError
from ftop_tui.exchange.tables import Cell, Record, Table, is_blank, table_of
from ftop_tui.exchange.xlsx_look import is_plain
from ftop_tui.progress import CalledOffError, Progress, between, counted, unheard

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TOLD = 500
"""Rows after which it is told how far the reading is."""


class Sheet(NamedTuple):
    """A sheet by its name; its rows can be had as often as need be."""

    name: str
    rows: Callable[[Progress], Iterator[tuple[Cell, ...]]]
    told: Progress
    """To be told how far the first reading is."""


S = TypeVar("S")


def is_workbook(data: bytes) -> bool:
    """Whether the bytes look like a workbook of whatever age, by how they begin."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_xlsx(source: str, data: bytes, progress: Progress = unheard) -> tuple[Table, ...]:
    """Every sheet that is not empty, in the workbook's order; a row has its number in the sheet.

    Formulas give their saved results; an error such as #N/A comes as that text. A sheet whose first
    row does not name the columns has a fault.

    Raises:
        InputError: it is no workbook, is protected, damaged or absurdly large.
    """
    _refuse_old(source, data)
    plain = is_plain(source, data)
    progress(0.2)
    sheets = (_quick if plain else _thorough)(source, data, between(progress, 0.2, 1.0))
    tables = []
    for sheet in sheets:
        if any(not is_blank(cell) for row in sheet.rows(unheard) for cell in row):
            tables.append(_table(source, sheet))
    if not tables:
        raise InputError(f"{source}: there is nothing in it")
    return tuple(tables)


def _table(source: str, sheet: Sheet) -> Table:
    def records(progress: Progress) -> Iterator[Record]:
        return enumerate(sheet.rows(progress), 1)

    try:
        return table_of(source, sheet.name, records, progress=sheet.told)
    except InputError as error:
        return Table(source, sheet.name, (), (), fault=error.message)


def _refuse_old(source: str, data: bytes) -> None:
    if not data.startswith(_OLE):
        return
    if _ENCRYPTED in data:
        raise InputError(f"{source}: the workbook is protected by a password")
    raise InputError(f"{source}: this is an old Office file; save it as .xlsx or CSV")


def _quick(source: str, data: bytes, progress: Progress) -> list[Sheet]:
    # Deferred for start-up speed: only an import of a workbook needs it.
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415

    try:
        book = load_workbook(io.BytesIO(data))
        return [
            Sheet(name, partial(_quick_rows, book.get_sheet_by_name(name)), told)
            for name, told in _stages(book.sheet_names, progress)
        ]
    except CalamineError as error:
        raise InputError(f"{source}: the workbook cannot be read: {error}") from error


def _quick_rows(sheet: "CalamineSheet", progress: Progress) -> Iterator[tuple[Cell, ...]]:
    """The rows from the sheet's first on, each from its first column on."""
    before = (None,) * (sheet.start[1] if sheet.start else 0)
    for row in counted(sheet.iter_rows(), sheet.total_height, progress, _TOLD):
        yield (*before, *map(_cell, row))


def _thorough(source: str, data: bytes, progress: Progress) -> list[Sheet]:
    # Deferred for start-up speed: only a workbook with error cells or far cells needs it.
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        with warnings.catch_warnings():  # of styles and the like, which matter to nobody here
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets: list[Sheet] = []
            for sheet, told in _stages(book.worksheets, progress):
                height = sheet.max_row or 0
                sheet.reset_dimensions()  # a stale dimension would hide rows without an error
                rows = sheet.iter_rows(values_only=True)
                cells = _cells(rows, height, told)
                sheets.append(Sheet(sheet.title, partial(_held, cells), unheard))
    except CalledOffError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise InputError(f"{source}: the workbook cannot be read: {error}") from error
    return sheets


def _held(rows: Sequence[tuple[Cell, ...]], progress: Progress) -> Iterator[tuple[Cell, ...]]:
    return counted(rows, len(rows), progress, _TOLD)


def _stages(sheets: Sequence[S], progress: Progress) -> Iterator[tuple[S, Progress]]:
    """Each sheet with the progress of its reading, all taken to be alike."""
    for number, sheet in enumerate(sheets):
        first, last = (place / len(sheets) for place in (number, number + 1))
        yield sheet, between(progress, first, last)


def _cells(rows: Iterable[Iterable[Any]], total: int, progress: Progress) -> list[tuple[Cell, ...]]:
    told = counted(rows, total, progress, _TOLD)
    return [tuple([_cell(value) for value in row]) for row in told]


def _cell(value: object) -> Cell:
    """The value as a cell: no empty text, whole numbers as such, midnight as a day."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, bool | int | date):
        return value
    return None if value is None else str(value)
