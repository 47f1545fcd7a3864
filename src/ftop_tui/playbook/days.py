"""Days, quarters and fiscal years.

A `Day` is a whole local day as `date.toordinal` counts it: clocks do nothing but compare and
subtract, and ten thousand of them are ranked at a time.
"""

from calendar import monthrange
from datetime import date
from functools import lru_cache

Day = int
"""A day as a proleptic ordinal (`date.toordinal`)."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_QUARTER = 3
_DECEMBER = 12


@lru_cache(maxsize=10_000)
def iso_day(text: object) -> date | None:
    """A day as it is stored, `YYYY-MM-DD`; None where there is none or it cannot be read."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None


def day_text(day: Day) -> str:
    """The day as `YYYY-MM-DD`."""
    return day_of(day).isoformat()


def long_day(day: Day) -> str:
    """The day as it stands in a heading, in English whatever the locale: Sat 21 Nov 2026."""
    then = date.fromordinal(day)
    return f"{_WEEKDAYS[then.weekday()]} {then.day} {_MONTHS[then.month - 1][:3]} {then.year}"


_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def day_of(day: Day) -> date:
    """The day as a date; the first or last one there is where it lies beyond."""
    return date.fromordinal(min(max(day, _FIRST), _LAST))


def later(day: date, days: int) -> date:
    """So many days after a day, or before it; the first or last day there is where that is over."""
    return day_of(day.toordinal() + days)


def month_text(month: date) -> str:
    """The month as the opening sentence has it, in English whatever the locale (RA-17)."""
    return f"{_MONTHS[month.month - 1]} {month.year}"


def month_end(month: date) -> date:
    """The last day of the month that the date lies in."""
    return month.replace(day=monthrange(month.year, month.month)[1])


@lru_cache(maxsize=4096)
def quarter_end_after(day: Day) -> Day:
    """The last day of the first calendar quarter after that of the given day (ES-04)."""
    then = date.fromordinal(day)
    quarter = (then.month - 1) // _QUARTER + 1  # this one, 1-4
    year, last_month = then.year, (quarter + 1) * _QUARTER
    if last_month > _DECEMBER:
        year, last_month = year + 1, last_month - _DECEMBER
    if year > date.max.year:  # some programs write 9999-12-31 for "never"
        return _LAST
    return month_end(date(year, last_month, 1)).toordinal()


def fiscal_year(day: Day, *, label: str, first_month: int) -> str:
    """The fiscal year's name: 2026-11-21 lies in FY27 when the year starts in July (ES-04)."""
    then = date.fromordinal(day)
    year = then.year + (1 if first_month > 1 and then.month >= first_month else 0)
    return f"{label}{year % 100:02}"


def fiscal_quarter(day: Day, *, label: str, first_month: int) -> str:
    """The fiscal quarter's name: 2026-11-21 is FY27 Q2 when the year starts in July (ES-04)."""
    then = date.fromordinal(day)
    months = (then.month - first_month) % 12
    year = fiscal_year(day, label=label, first_month=first_month)
    return f"{year} Q{months // _QUARTER + 1}"
