"""Believable months of paid units and active users."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from math import exp
from typing import NamedTuple

from ftop_tui.playbook.days import month_end
from ftop_tui.services.demo.rows import Dice

MONTHS = 18
_SUMMER = frozenset({7, 8})
_STEP = 0.08  # how much a renewal adds to the paid units
_NOISE = 0.015
_YEAR = 365
_FULL = 96.0


class Month(NamedTuple):
    """One reported month."""

    month: date
    as_of: date
    paid: int
    active: int

    @property
    def percent(self) -> float:
        """Active users per hundred paid units."""
        return 100 * self.active / self.paid if self.paid else 0.0


def _logistic(x: float) -> float:
    """A slow start, a fast middle, a slow end: 0 at 0, 1 at 1."""
    low, high = 1 / (1 + exp(4)), 1 / (1 + exp(-4))
    return (1 / (1 + exp(-8 * (x - 0.5))) - low) / (high - low)


def _growth(x: float, first: float, last: float) -> float:
    return first + (last - first) * _logistic(x)


def _plateau(x: float, first: float, last: float) -> float:
    """Most of the way in the first half, then hardly any more."""
    return first + (last - first) * min(1.0, _logistic(min(1.0, 1.8 * x)) * (0.96 + 0.04 * x))


def _rollback(x: float, first: float, last: float) -> float:
    """Grows to a peak well above today's share, then is rolled back."""
    peak = max(last, min(_FULL, 1.7 * last + 6))
    if x < 0.6:
        return first + (peak - first) * _logistic(x / 0.6)
    return peak + (last - peak) * _logistic((x - 0.6) / 0.4)


def _flat(x: float, first: float, last: float) -> float:
    return first + (last - first) * x


CURVES: Mapping[str, Callable[[float, float, float], float]] = {
    "growth": _growth, "plateau": _plateau, "rollback": _rollback, "flat": _flat, "dip": _growth,
}  # fmt: skip
"""Each gives the percentage at a point of time between 0 and 1 (today)."""


def months_before(today: date, count: int) -> list[date]:
    """The first days of the last whole months, oldest first."""
    index = today.year * 12 + today.month - 1
    return [date((index - n) // 12, (index - n) % 12 + 1, 1) for n in range(count, 0, -1)]


def history(
    dice: Dice,
    today: date,
    curve: str,
    ends: tuple[float, float],
    paid_now: int,
    renewals: Sequence[date],
    months: int = MONTHS,
) -> list[Month]:
    """The months up to the last whole one; paid units step up at each past renewal."""
    shape = CURVES[curve]
    found = []
    for place, month in enumerate(months_before(today, months)):
        percent = shape((MONTHS - months + place) / MONTHS, *ends)
        if month.month in _SUMMER:
            percent *= 0.72 if curve == "dip" else 0.96
        percent *= 1 + _NOISE * (2 * dice.random.random() - 1)
        paid = round(paid_now * (1 - _STEP * _steps(month, today, renewals)))
        found.append(Month(month, month_end(month), paid, round(paid * percent / 100)))
    return found


def _steps(month: date, today: date, renewals: Sequence[date]) -> int:
    """How many yearly renewals lie between a month and today."""
    if not renewals:
        return 0
    last = renewals[0] - timedelta(days=_YEAR)
    while last > today:
        last -= timedelta(days=_YEAR)
    return max(0, (last - month_end(month)).days // _YEAR + 1) if last > month_end(month) else 0
