"""Usage: active users of the units paid for, month by month."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class UsagePoint(NamedTuple):
    """One month's figures. MAU may exceed PAU; that is kept as it is."""

    month: date
    paid_units: int | None
    active_users: int | None

    @property
    def percent(self) -> float | None:
        """Active users per hundred paid units; None where either is unknown or nothing is paid."""
        if self.active_users is None or not self.paid_units:
            return None
        return 100 * self.active_users / self.paid_units


class OwnFigures(NamedTuple):
    """FTOP's own figures, from a `workloads` file, as the store's columns call them.

    Of a workload only the last are known; a posted note keeps those of its time.
    """

    paid_units: int | None
    active_users: int | None
    usage_as_of: date
    """The day on which they were last seen to change."""

    @property
    def point(self) -> UsagePoint:
        """The figures as those of their month."""
        return UsagePoint(self.usage_as_of.replace(day=1), self.paid_units, self.active_users)


def whole(percent: float) -> str:
    """A share in whole points, rounded down: 14.9% is not yet the milestone of 15% (FR-08)."""
    return f"{int(percent + 1e-9)}%"


def trend(points: Sequence[UsagePoint], *, level: int) -> int | None:
    """The change over the last three months in points of usage, 0 where smaller than `level`.

    None where fewer than two months are known.
    """
    known = [point.percent for point in points[-4:] if point.percent is not None]
    if len(known) < 2:
        return None
    change = round(known[-1] - known[0])
    return 0 if abs(change) < level else change


_BARS = "▁▂▃▄▅▆▇█"


def spark(points: Sequence[UsagePoint], width: int) -> str:
    """The last months as bars of an eighth each, full at 100%; a blank for an unknown month."""
    shown = points[-width:]
    return "".join(_bar(point.percent) for point in shown).rjust(width)


def _bar(percent: float | None) -> str:
    if percent is None:
        return " "
    return _BARS[min(len(_BARS) - 1, int(percent / 100 * len(_BARS)))]


def full_bar(percent: float | None) -> str:
    """One month as a bar of an eighth each, full at 100%; a blank where it is unknown."""
    return _bar(percent)
