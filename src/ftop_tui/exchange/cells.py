"""What the cells of a column mean: pure converters from a cell to a value.

Each takes a cell that is not empty (text has been cleaned and is on one line) and gives its value,
or raises `CellError` with the value and what would be accepted.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from ftop_tui.exchange.tables import Cell, shown
from ftop_tui.playbook.values import (
    EnterpriseStatus,
    EntitlementStatus,
    Health,
    Phase,
    Priority,
)
from ftop_tui.text import clean

Convert = Callable[[Cell], object]
Choice = Health | EnterpriseStatus | EntitlementStatus | Priority | Phase


class CellError(ValueError):
    """A cell cannot be what its column holds; the text says why, and what would do."""


ERRORS = frozenset(
    {"#N/A", "#NA", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"}
    | {"#CALC!", "#FIELD!", "#BLOCKED!", "#BUSY!", "#CONNECT!", "#UNKNOWN!", "#EXTERNAL!"}
)
"""What Excel shows where a formula failed, in a workbook and in the CSV saved from it."""


class Quick(NamedTuple):
    """Texts that a column is full of: what they look like, and how such a one is read.

    What is read this way is what the column's converter makes of it; it only takes less long.
    """

    pattern: re.Pattern[str]
    make: Callable[[str], object]


QUICK_LINE = Quick(re.compile(r'[!"$-~](?: ?[!-~]){0,199}'), str)
QUICK_WHOLE = Quick(re.compile(r"[0-9]{1,9}"), int)
QUICK_POSITIVE = Quick(re.compile(r"[1-9][0-9]{0,8}"), int)
QUICK_TPID = Quick(re.compile(r"[0-9]{1,40}"), str)
QUICK_GUID = Quick(
    re.compile(r"(?!0{8}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), str
)

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_EMPTY_GUID = "00000000-0000-0000-0000-000000000000"
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_TPID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_TPID_FLOAT = re.compile(r"(\d+)[.,]0{1,2}", re.ASCII)  # three would be thousands
_DIGITS = re.compile(r"\d+", re.ASCII)
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([ ,.'’])\d{3})(?:\2\d{3})*)(?:[.,]0+)?", re.ASCII)
_WHOLE_DECIMAL = re.compile(r"(\d+)[.,]0+", re.ASCII)
_FRACTION = re.compile(r"\d[\d ,.'’]*[.,]\d+", re.ASCII)
_LEVEL = re.compile(r"level\s*(\d+)", re.ASCII | re.IGNORECASE)
_LARGEST = 1_000_000_000
_LONGEST_LINE = 1_000
_LONGEST_NOTE = 50_000
_EXACT = 10**15
"""Excel keeps 15 digits of a number; a longer id has lost its end."""
_YES = {"y": True, "yes": True, "true": True, "1": True}
_NO = {"n": False, "no": False, "false": False, "0": False}
_YES_NO = _YES | _NO


def line(cell: Cell) -> str:
    """Text on one line."""
    text = _written(cell)
    if len(text) > _LONGEST_LINE:
        raise CellError(f"{shown(text)} has more than {_LONGEST_LINE} characters")
    return text


def note(cell: Cell) -> str | None:
    """Text of several lines, as it is but for harmful characters and blanks around it."""
    text = clean(_written(cell)).strip()
    if len(text) > _LONGEST_NOTE:
        raise CellError(f"{shown(text)} has more than {_LONGEST_NOTE} characters")
    return text or None


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell)


def whole(cell: Cell) -> int:
    """A whole number from 0 on, with or without marks between the thousands."""
    number = _number(cell)
    if number > _LARGEST:
        raise CellError(f"{shown(cell)} is too large")
    return number


def positive(cell: Cell) -> int:
    """A whole number from 1 on."""
    number = whole(cell)
    if number == 0:
        raise CellError(f"{shown(cell)} is not a whole number above 0")
    return number


def level(cell: Cell) -> int:
    """An Enterprise level: a whole number, alone or after the word level."""
    match = _LEVEL.fullmatch(cell) if isinstance(cell, str) else None
    return whole(match[1] if match else cell)


def _number(cell: Cell) -> int:
    if isinstance(cell, bool):
        raise CellError(f"{shown(cell)} is no whole number")
    if isinstance(cell, float | int):
        return _plain_number(cell)
    text = str(cell)
    if _DIGITS.fullmatch(text):
        return _digits_of(text)
    if match := _GROUPED.fullmatch(text):
        return _digits_of(match[1])
    if match := _WHOLE_DECIMAL.fullmatch(text):
        return _digits_of(match[1])
    raise CellError(_why_no_number(text))


def _digits_of(text: str) -> int:
    digits = text if text.isdigit() else "".join(c for c in text if c.isdigit())
    return int(digits) if len(digits) < 20 else _LARGEST + 1


def _plain_number(number: float) -> int:
    if number < 0:
        raise CellError(f"{shown(number)} is negative; accepted is a whole number such as 12000")
    if number != int(number):
        raise CellError(f"{shown(number)} has a fraction; accepted is a whole number such as 12000")
    return int(number)


def _why_no_number(text: str) -> str:
    accepted = "accepted is a whole number such as 12000"
    if text.startswith(("-", "−", "(")) and any(c.isdigit() for c in text):
        return f"{shown(text)} is negative; {accepted}"
    if _FRACTION.fullmatch(text):
        return f"{shown(text)} has a fraction; {accepted}"
    return f"{shown(text)} is no whole number; {accepted}"


def yes_no(cell: Cell) -> bool:
    """A yes or a no, in whichever way reports write it."""
    found = _YES_NO.get(str(cell).lower())
    if found is None:
        raise CellError(f"{shown(cell)} is neither yes nor no; accepted are Y, N, Yes, No, 1, 0")
    return found


def guid(cell: Cell) -> str:
    """A tenant id: a GUID in small letters, with or without braces around it in the cell."""
    text = str(cell).lower()
    bare = text[1:-1] if text.startswith("{") and text.endswith("}") else text
    if not _GUID.fullmatch(bare):
        raise CellError(
            f"{shown(cell)} is no tenant id; "
            "accepted is a GUID such as 7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001"
        )
    if bare == _EMPTY_GUID:
        raise CellError(f"{shown(cell)} is the empty GUID, no tenant's id")
    return bare


def tpid(cell: Cell) -> str:
    """A TPID as text, for it may start with zeros."""
    if isinstance(cell, bool | date | datetime):
        raise CellError(f"{shown(cell)} is no TPID; accepted is a number such as 640001")
    if isinstance(cell, int | float):
        return _tpid_from_number(cell)
    text = str(cell)
    if _EXPONENT.fullmatch(text):
        raise CellError(
            f"{shown(text)} is a TPID that Excel has turned into a rounded number; "
            "format the column as Text in Excel, enter the TPID again and save"
        )
    if match := _TPID_FLOAT.fullmatch(text):
        return match[1]
    if not _TPID.fullmatch(text):
        raise CellError(f"{shown(text)} is no TPID; accepted is a number such as 640001")
    return text


def _tpid_from_number(number: float) -> str:
    if number >= _EXACT:
        raise CellError(
            f"{shown(number)} has more digits than Excel keeps; "
            "format the column as Text in Excel and enter the TPID again"
        )
    if number < 0 or int(number) != number:
        raise CellError(f"{shown(number)} is no TPID; accepted is a number such as 640001")
    return str(int(number))


def choice(vocabulary: type[Choice], name: str) -> Convert:
    """A converter to one of a closed list of values; `name` says what they are."""
    accepted = ", ".join(value.value for value in vocabulary)

    def convert(cell: Cell) -> Choice:
        text = str(cell)
        found = vocabulary.read(text)
        if found is None:
            raise CellError(f"{shown(text)} is no {name}; accepted are {accepted}")
        return found

    return convert
