"""The day of a note as a form has it: the date, or the text that is none yet."""

from datetime import date
from typing import NamedTuple

WRITE_IT = "write the date as YYYY-MM-DD"
"""What is said of a text that is no date."""


class TypedDay(NamedTuple):
    """What stands in the line of a day: at most one of the two, for a text is never dropped."""

    day: date | None
    unread: str

    @property
    def text(self) -> str:
        """What the line shows."""
        return self.day.isoformat() if self.day else self.unread


def typed_day(text: str) -> TypedDay:
    """What is typed, taken as a date where it is one."""
    typed = text.strip()
    try:
        return TypedDay(date.fromisoformat(typed), "")
    except ValueError:
        return TypedDay(None, typed)
