"""A table as it was found in a file: a header and numbered rows, nothing interpreted yet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from ftop_tui.errors import InputError
from ftop_tui.progress import Progress, unheard
from ftop_tui.text import clean_line

AT_ONCE = 20_000
"""Rows of a file that are worked on, and in memory, together; a larger file goes part by part."""

Cell = str | int | float | date | datetime | bool | None
"""What a cell holds; None is an empty one. From CSV and pasted text every cell is text."""

_SHOWN = 60


class Row(NamedTuple):
    """One row of data; `number` is its place in the file, the first row (the header) being 1."""

    number: int
    cells: tuple[Cell, ...]


class Misfit(NamedTuple):
    """A row that cannot be laid under the header, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A header with its rows; every row has as many cells as the header has columns.

    `source` is the file's name as the caller gave it, `sheet` the sheet of a workbook. `misfits`
    are rows that had to be left out, `remarks` what the reader wants the user to know. A sheet of a
    workbook that is no table at all has a `fault` and nothing else: it matters only if it is meant.

    A table of very many rows holds none: `again` reads them anew, part by part (see `parts`).
    """

    source: str
    sheet: str | None
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    misfits: tuple[Misfit, ...] = ()
    remarks: tuple[str, ...] = ()
    header_row: int = 1
    fault: str = ""
    again: "Callable[[], Iterator[Table]] | None" = None

    def parts(self) -> "Iterator[Table]":
        """The table as tables of no more than `AT_ONCE` rows, one after the other.

        Raises:
            InputError: further down the file cannot be read.
        """
        return iter((self,)) if self.again is None else self.again()


def shown(cell: object) -> str:
    """A value as a message quotes it: harmless, on one line, not too long."""
    text = clean_line(str(cell))
    return f"'{text[: _SHOWN - 1]}…'" if len(text) > _SHOWN else f"'{text}'"


def column_key(name: str) -> str:
    """A column's name as it is matched: without case, spaces, underscores and hyphens."""
    return "".join(c for c in clean_line(name).casefold() if c not in " _-")


def header_of(cells: tuple[Cell, ...], place: str) -> tuple[str, ...]:
    """The column names from the header's cells, without empty ones at the end.

    Raises:
        InputError: there is none, or two columns have the same name; `place` is named.
    """
    names = ["" if cell is None else clean_line(str(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise InputError(f"{place}: the first row must hold the names of the columns; it is empty")
    counts = Counter(column_key(name) for name in names if name)
    twice = next((name for name in names if counts[column_key(name)] > 1), None)
    if twice is not None:
        raise InputError(f"{place}: the column {shown(twice)} is there more than once")
    return tuple(names)


def fitted(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...] | None:
    """The cells of a row made as many as the header has columns; None if some do not fit."""
    extra = len(cells) - width
    if extra == 0:
        return cells
    if extra < 0:
        return cells + (None,) * -extra
    if any(not is_blank(cell) for cell in cells[width:]):
        return None
    return cells[:width]


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing, or nothing but white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


Record = tuple[int, tuple[Cell, ...]]
"""The cells of a row with its number."""


def table_of(
    source: str,
    sheet: str | None,
    records: Callable[[Progress], Iterator[Record]],
    remarks: tuple[str, ...] = (),
    progress: Progress = unheard,
) -> Table:
    """A table from numbered records, the first of which is the header; blank ones are skipped.

    `records` gives them from the start, as often as it is asked.

    Raises:
        InputError: there is no header, or it names a column twice.
    """
    place = source if sheet is None else f"{source}, sheet {shown(sheet)}"
    stream = records(progress)
    first = next(stream, None)
    if first is None:
        raise InputError(f"{place}: there is nothing in it")
    header_row, names = first
    header = header_of(names, place)
    empty = Table(source, sheet, header, (), (), remarks, header_row)
    width = len(header)
    laid = _laid(stream, width)
    part = next(_parts(empty, laid), empty)
    if next(laid, None) is None:
        return part

    def again() -> Iterator[Table]:
        return _parts(empty, _laid(islice(records(unheard), 1, None), width))

    return replace(empty, again=again)


def _parts(empty: Table, laid: Iterator[Row | Misfit]) -> Iterator[Table]:
    while part := list(islice(laid, AT_ONCE)):
        rows = tuple([row for row in part if type(row) is Row])
        misfits = tuple([row for row in part if type(row) is Misfit])
        yield replace(empty, rows=rows, misfits=misfits)


def _laid(records: Iterator[Record], width: int) -> Iterator[Row | Misfit]:
    """The records laid under a header of so many columns."""
    for number, cells in records:
        fit = fitted(cells, width)
        if fit is None:
            filled = max(place for place, cell in enumerate(cells, 1) if not is_blank(cell))
            reason = f"{filled} values for {width} columns; is a separator or a quote mark astray?"
            yield Misfit(number, reason)
        elif any(not is_blank(cell) for cell in fit):
            yield Row(number, fit)
