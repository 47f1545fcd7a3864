"""Days and months as they come in cells; the order of day and month is never guessed."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ftop_tui.errors import InputError
from ftop_tui.exchange.cells import CellError
from ftop_tui.exchange.tables import Cell, shown


class DateOrder(StrEnum):
    """In which order a date written in numbers stands (`--dates`)."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


_TIME = (
    r"(?:(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"(?:\s*[AP]\.?M\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_FLAGS = re.ASCII | re.IGNORECASE
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, _FLAGS)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME, _FLAGS)
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})\.?[-/ ]?([a-z]{3,9})\.?[-/, ]*(\d{4}|\d{2})", _FLAGS)
_NAME_DAY_YEAR = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", _FLAGS)
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}", _FLAGS)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", _FLAGS)
_MONTH_PATTERNS = (
    re.compile(r"(?P<year>\d{4})[-/. ](?P<number>\d{1,2})", _FLAGS),
    re.compile(r"(?P<number>\d{1,2})[-/. ](?P<year>\d{4})", _FLAGS),
    re.compile(r"(?P<name>[a-z]{3,9})\.?[-/, ]*'?(?P<year>\d{4}|\d{2})", _FLAGS),
    re.compile(r"(?P<year>\d{4})[-/ ](?P<name>[a-z]{3,9})\.?", _FLAGS),
)
_DAY_PATTERNS = (_YEAR_FIRST, _YEAR_LAST, _DAY_NAME_YEAR, _NAME_DAY_YEAR)

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {
    **{name: number for number, name in enumerate(_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_NAMES, 1)},
    "sept": 9,
}
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 90_000)
"""Excel's day numbers from 1954 to 2146; any other number in a date's cell is a mistake."""
_FIRST_YEAR = 1990
_DAY_FORMS = "a date such as 2026-10-28"
_MONTH_FORMS = "a month such as 2026-10 or Oct-2026"


def day(cell: Cell, order: DateOrder | None) -> date:
    """The day a cell means; a time beside it is left out.

    Raises:
        CellError: it is no date, does not exist, or its order is not known.
    """
    found = _ready_made(cell)
    if found is not None:
        return found
    text = str(cell)
    if match := _YEAR_FIRST.fullmatch(text):
        return _existing(text, int(match[1]), int(match[3]), int(match[4]))
    if match := _YEAR_LAST.fullmatch(text):
        return _by_order(text, int(match[1]), int(match[3]), int(match[4]), order)
    if match := _DAY_NAME_YEAR.fullmatch(text):
        return _existing(text, _year(match[3]), _named(text, match[2]), int(match[1]))
    if match := _NAME_DAY_YEAR.fullmatch(text):
        return _existing(text, _year(match[3]), _named(text, match[1]), int(match[2]))
    if _SHORT_YEAR.fullmatch(text):
        raise CellError(f"{shown(text)}: write the year with four digits, {_DAY_FORMS}")
    raise CellError(f"{shown(text)} is no date; accepted is {_DAY_FORMS}")


def month(cell: Cell, order: DateOrder | None) -> date:
    """The first day of the month that a cell means.

    Raises:
        CellError: it is no month.
    """
    found = _ready_made(cell)
    if found is not None:
        return found.replace(day=1)
    text = str(cell)
    for pattern in _MONTH_PATTERNS:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            number = int(parts["number"]) if "number" in parts else _named(text, parts["name"])
            return _existing(text, _year(parts["year"]), number, 1)
    if any(pattern.fullmatch(text) for pattern in _DAY_PATTERNS):
        return day(text, order).replace(day=1)
    raise CellError(f"{shown(text)} is no month; accepted is {_MONTH_FORMS}")


def _ready_made(cell: Cell) -> date | None:
    """The day of a date cell or of Excel's day number; None where there is text to read."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _existing(str(cell), cell.year, cell.month, cell.day)
    if isinstance(cell, bool):
        raise CellError(f"{shown(cell)} is no date; accepted is {_DAY_FORMS}")
    if isinstance(cell, str):
        match = _SERIAL.fullmatch(cell)
        if match is None:
            return None
        cell = int(match[1])
    if isinstance(cell, int | float):
        if int(cell) not in _SERIALS:
            raise CellError(f"{shown(cell)} is no date; accepted is {_DAY_FORMS}")
        return _EXCEL_ZERO + timedelta(days=int(cell))
    return None


def _by_order(text: str, first: int, second: int, year: int, order: DateOrder | None) -> date:
    if order is DateOrder.MDY:
        return _existing(text, year, first, second)
    if order is DateOrder.DMY:
        return _existing(text, year, second, first)
    if first == second:
        return _existing(text, year, second, first)
    raise CellError(f"{shown(text)} does not start with the year; accepted is {_DAY_FORMS}")


def _existing(text: str, year: int, month_number: int, day_number: int) -> date:
    if year < _FIRST_YEAR:
        raise CellError(f"{shown(text)}: the year {year} cannot be meant")
    try:
        return date(year, month_number, day_number)
    except ValueError:
        raise CellError(
            f"{shown(text)} is a day that does not exist "
            f"(year {year}, month {month_number}, day {day_number})"
        ) from None


def _year(digits: str) -> int:
    """Two digits are of this century: Excel shows October 2026 as Oct-26."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _named(text: str, name: str) -> int:
    number = _MONTHS.get(name.lower())
    if number is None:
        raise CellError(f"{shown(text)}: {shown(name)} is no English month")
    return number


class DatedCell(NamedTuple):
    """A cell of a date or month column and where it stands."""

    row: int
    column: str
    cell: Cell


def order_in(file: str, cells: Iterable[DatedCell]) -> DateOrder | None:
    """The order of day and month in a file, from all its date cells; None where none matters.

    One day above 12 decides. Where cells contradict each other the majority decides, and `day`
    then refuses the others.

    Raises:
        InputError: some cell could be read either way and nothing decides.
    """
    votes = {DateOrder.DMY: 0, DateOrder.MDY: 0}
    unclear: DatedCell | None = None
    for dated in cells:
        match = _YEAR_LAST.fullmatch(dated.cell.strip()) if isinstance(dated.cell, str) else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            votes[DateOrder.DMY] += 1
        elif second > 12 >= first:
            votes[DateOrder.MDY] += 1
        elif first != second:
            unclear = unclear or dated
    if votes[DateOrder.DMY] != votes[DateOrder.MDY]:
        return max(votes, key=lambda order: votes[order])
    if unclear is None and not any(votes.values()):
        return None
    if unclear is None:
        raise InputError(
            f"{file}: its dates contradict each other (day first and month first); "
            "say --dates dmy or --dates mdy"
        )
    raise InputError(
        f"{file}: row {unclear.row}, column {unclear.column}: {shown(unclear.cell)} could be day "
        "or month first, and no other date in the file decides; say --dates dmy or --dates mdy"
    )
