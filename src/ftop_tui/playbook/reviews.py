"""Review meetings: their weekly rhythm, who is nominated for them, and when it is too soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ftop_tui.playbook.days import later

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Nomination:
    """A customer that is to be presented at a meeting: it must be presented (RA-15)."""

    id: str
    customer_id: str
    tenant_id: str
    """Its winner tenant."""
    name: str
    """The customer as the brief calls it (ES-13)."""
    nominated_on: date
    presented: bool
    short_notice: bool
    """It was nominated later than the agenda is to be set (RA-15)."""
    earliest_usual: date | None
    """When it would usually come back; None where it is not too soon (RA-16)."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A Customer Review meeting with its agenda (RA-15)."""

    day: date
    region: str | None
    off_rhythm: bool
    nominations: tuple[Nomination, ...]

    @property
    def to_present(self) -> tuple[Nomination, ...]:
        """Those whose owner must still present."""
        return tuple(each for each in self.nominations if not each.presented)

    def standing(self, each: Nomination, today: date) -> str:
        """Whether a customer was presented, is to be, or was not as far as is known (RA-15)."""
        if each.presented:
            return "presented"
        return "must present" if self.day >= today else "not marked as presented"


@dataclass(frozen=True, slots=True)
class Hint:
    """A customer of which FTOP names a review date and that is not nominated for it."""

    customer_id: str
    tenant_id: str
    name: str
    day: date

    @property
    def words(self) -> str:
        """What is said of it where no nomination is."""
        return f"FTOP says {self.day.isoformat()}"


def usual_day(day: date, weekday: int) -> date:
    """The first day of the weekly rhythm on or after a day; 0 is Monday (RA-15)."""
    return later(day, (weekday - day.weekday()) % _WEEK)


def coming_days(today: date, weekday: int, weeks: int) -> tuple[date, ...]:
    """The days of the next weekly meetings (RA-15)."""
    first = usual_day(today, weekday)
    return tuple(later(first, week * _WEEK) for week in range(weeks))


def is_off_rhythm(day: date, weekday: int) -> bool:
    """Whether a meeting on that day is outside the weekly rhythm (RA-15)."""
    return day.weekday() != weekday


def is_short_notice(nominated_on: date, day: date, ahead: int) -> bool:
    """Whether a nomination came less than so many days before the meeting (RA-15)."""
    return (day - nominated_on).days < ahead


def last_before(days: Iterable[date], day: date) -> date | None:
    """The latest of some days that lies before a day."""
    return max((each for each in days if each < day), default=None)


def earliest_usual(presented: Iterable[date], day: date, interval: int) -> date | None:
    """When a customer presented on some days would usually come back, if not yet (RA-16)."""
    last = last_before(presented, day)
    if last is None or (day - last).days >= interval:
        return None
    return later(last, interval)
