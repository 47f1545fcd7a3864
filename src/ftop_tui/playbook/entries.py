"""What a fact of several parts holds, as one text: days, or workloads each with its numbers.

A part that is none, as another program or a failing disk leaves it, is left out: it hides no other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from ftop_tui.playbook.days import Day

_LAST_DAY = date.max.toordinal()


def days_in(text: str | None) -> list[Day]:
    """The days of a text of ordinals, blank between them."""
    if not text:
        return []
    try:
        days = list(map(int, text.split()))  # ten thousand tenants are ranked by this
    except ValueError:
        days = [int(each) for each in text.split() if _is_count(each)]
    if days and (min(days) < 1 or max(days) > _LAST_DAY):
        return [day for day in days if 1 <= day <= _LAST_DAY]
    return days


def milestones_in(text: str | None) -> Iterator[tuple[str, int, Day]]:
    """Tag, percent and day of each part TAG:percent:ordinal."""
    for tag, percent, ordinal in _parts(text, 3):
        if _is_count(percent):
            for day in days_in(ordinal):
                yield tag, int(percent), day


def shares_in(text: str | None) -> Iterator[tuple[str, int]]:
    """Tag and percent of each part TAG:percent."""
    for tag, percent in _parts(text, 2):
        if _is_count(percent):
            yield tag, int(percent)


def updates_in(text: str | None) -> Iterator[tuple[str, Day | None]]:
    """Tag and day of each part TAG:ordinal; None where it is TAG: alone."""
    for tag, ordinal in _parts(text, 2):
        days = days_in(ordinal)
        if days or not ordinal:
            yield tag, days[0] if days else None


READERS: Mapping[str, Callable[[str | None], Iterable[object]]] = {
    "missed": milestones_in,
    "contacts": days_in,
    "dated": shares_in,
    "peaks": shares_in,
    "frp_data": updates_in,
}
"""What reads each fact of several parts, by its name."""


def are_sound(name: str, text: str) -> bool:
    """Whether every part of such a fact can be read."""
    return len(list(READERS[name](text))) == len(text.split())


def _parts(text: str | None, number: int) -> Iterator[list[str]]:
    split = (each.split(":") for each in (text or "").split())
    return (parts for parts in split if len(parts) == number)


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) < len("1000000000")
