"""A customer's colour month by month, from what was recorded; what is not known stays unknown."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ftop_tui.playbook.values import Health

MONTHS = 18
"""How many months are shown, the present one included."""


class Stand(NamedTuple):
    """What was recorded until a day changed it: whether the tenant was there, and its colour."""

    until: date
    """The first day on which this no longer held at the end of the day."""
    there: bool
    health: str | None


class HealthMonth(NamedTuple):
    """The colour at the end of a month; of the present month, today."""

    month: date
    """Its first day."""
    known: bool
    """False where nothing was recorded yet."""
    health: Health | None
    """None in a known month: no colour was set."""


def health_months(
    present: str | None, before: Sequence[Stand], today: date, months: int = MONTHS
) -> tuple[HealthMonth, ...]:
    """The last months, oldest first; `before` is what held before each change, oldest first.

    Usage is never asked: a colour that nobody recorded is not made up (ES-08).
    """
    found = []
    month = today.replace(day=1)
    for _ in range(months):
        end = min(today, (month + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        stand = next((each for each in before if each.until > end), None)
        known = stand.there if stand else True
        colour = stand.health if stand else present
        found.append(HealthMonth(month, known, Health.read(colour or "") if known else None))
        month = (month - timedelta(days=1)).replace(day=1)
    return tuple(reversed(found))
