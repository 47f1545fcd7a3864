"""Which backups may go: a law of days that were lived, and of copies that are good.

It counts days, weeks and months that have a backup. How old one is by the clock plays no part: a
clock that is years ahead for an hour makes one more day, and all before it stays.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Protocol, TypeVar

ALL_OF_DAYS = 3
"""The latest days with a backup of which all stay; two days' time touches three."""
DAYS = 15
WEEKS = 10
MONTHS = 15
"""The latest days, weeks and months with a backup of which one stays: 14, 60, 400 days and more."""

_AHEAD = timedelta(minutes=1)
"""What a name may be ahead: of two backups in one second the later is named by the next."""


class Dated(Protocol):
    """What was made at an instant."""

    @property
    def at(self) -> datetime:
        """The instant, as the clock had it."""


_Made = TypeVar("_Made", bound=Dated)


def _day(made: Dated) -> Hashable:
    return made.at.date()


def _week(made: Dated) -> Hashable:
    return made.at.isocalendar()[:2]


def _month(made: Dated) -> Hashable:
    return made.at.year, made.at.month


_PERIODS = ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))


def is_ahead(made: Dated, now: datetime) -> bool:
    """Whether the clock has not come there: it was wrong then, or is now."""
    return made.at - now > _AHEAD


def thinned(made: Iterable[_Made], now: datetime, is_good: Callable[[_Made], bool]) -> list[_Made]:
    """What can go, newest first. `is_good` is asked only of what others would go for.

    All of the latest days stay, then the last good one of each day, week and month, as many as
    there is room for. Where a day, week or month has several and none is good, all of them stay.
    What is ahead of the clock stays, and takes nobody's room.
    """
    past = [each for each in made if not is_ahead(each, now)]
    past.sort(key=lambda each: each.at, reverse=True)
    known: dict[_Made, bool] = {}

    def known_good(each: _Made) -> bool:
        if each not in known:
            known[each] = is_good(each)
        return known[each]

    kept = {each for day in _latest(past, _day, ALL_OF_DAYS) for each in day}
    left = past
    for period, number in _PERIODS:
        replaced: set[_Made] = set()
        for members in _latest(left, period, number):
            standing = _standing_for(members, kept, known_good)
            kept.update(standing)
            replaced.update(members)
        # What a good one of its day stands for needs no other of its week.
        left = [each for each in left if each in kept or each not in replaced]
    return [each for each in past if each not in kept]


def _latest(
    newest_first: Sequence[_Made], period: Callable[[Dated], Hashable], number: int
) -> Iterator[list[_Made]]:
    """The members of each of the latest so many days, weeks or months that have any."""
    return (list(members) for _, members in islice(groupby(newest_first, period), number))


def _standing_for(
    members: list[_Made], kept: set[_Made], is_good: Callable[[_Made], bool]
) -> list[_Made]:
    """Those that stay for a day, week or month: its last good one; all, where nobody can say."""
    if len(members) == 1 or kept.issuperset(members):
        return members  # nothing goes on the word of one that nobody looked at
    good = next(filter(is_good, members), None)
    return members if good is None else [good]
