"""Types of columns that read leniently, so that one odd value hides no other row.

A model has `playbook.stored`'s reading of what stands in the file. What is not set anew stays there
as it is: only columns that were changed are written.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Date, Dialect, Integer, LargeBinary, String
from sqlalchemy.dialects.sqlite import DATE

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.stored import flag, number, words


class _Day(DATE):
    """A day that cannot be read is none (see `days`)."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        return iso_day


class _Number(Integer):
    """A count that cannot be read is unknown."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], int | None]:
        return number


class _Flag(Boolean):
    """What is neither yes nor no is unknown."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bool | None]:
        return flag


class _Text(String):
    """Bytes are shown as SQLite writes them."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:
        return words


class _Bytes(LargeBinary):
    """What is no bytes holds none."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bytes]:
        return lambda stored: stored if isinstance(stored, bytes) else b""


class SureNumber(_Number):
    """A count in a column that is never empty; 0 where it cannot be read."""

    neutral = 0

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], int | None]:
        """What makes a model's value of a stored one."""
        return lambda stored: self.neutral if (read := number(stored)) is None else read


class Version(SureNumber):
    """How often a note was stored; of one that cannot be read, once: 0 is a note not stored yet."""

    neutral = 1


class SureFlag(_Flag):
    """Yes or no in a column that is never empty; no where it cannot be read."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bool | None]:
        """What makes a model's value of a stored one."""
        return lambda stored: bool(flag(stored))


TYPES: Mapping[type[Any], type[Any]] = {
    Date: _Day,
    Integer: _Number,
    Boolean: _Flag,
    String: _Text,
    LargeBinary: _Bytes,
}
"""What an engine reads a column's type by."""
