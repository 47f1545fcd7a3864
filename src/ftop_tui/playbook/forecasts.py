"""Forecasts: the usage that a customer's owner expects, and how it compares with what came (RA-07).

A forecast is the owner's word and is kept as it was made: the newest of a month is in force, the
older ones tell how good the forecasting is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.days import month_end, month_text, quarter_end_after


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was expected of a workload on a day (RA-07)."""

    id: str
    tenant_id: str
    tag: str
    month: date
    """The first day of the month that is meant."""
    active_users: int
    made_on: date


class Outcome(NamedTuple):
    """A forecast beside what came."""

    tenant_id: str
    tag: str
    month: date
    made_on: date
    forecast: int
    actual: int
    paid_units: int

    @property
    def error(self) -> float:
        """Forecast less actual, in points of the month's paid units: above 0 is too high."""
        return 100 * (self.forecast - self.actual) / self.paid_units


class Accuracy(NamedTuple):
    """How good some forecasts were, in points of paid units."""

    judged: int
    mean_error: float
    """How far off on average, whichever way."""
    bias: float
    """The average of what was too high (above 0) and too low (below 0)."""


def in_force(forecasts: Iterable[Forecast]) -> dict[tuple[str, date], Forecast]:
    """The newest forecast of each workload and month, by tag and month."""
    newest: dict[tuple[str, date], Forecast] = {}
    for each in sorted(forecasts, key=lambda forecast: (forecast.made_on, forecast.id)):
        newest[each.tag, each.month] = each
    return newest


def coming_quarter_ends(today: date, count: int) -> list[date]:
    """The last months of the present and the next quarters, each by its first day (RA-07)."""
    ends: list[date] = []
    day = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)  # this quarter's first day
    before = day.toordinal() - 1
    for _ in range(count):
        before = quarter_end_after(before)
        ends.append(date.fromordinal(before).replace(day=1))
    return ends


def problems(
    values: Mapping[tuple[str, date], int], paid: Mapping[str, int | None], today: date
) -> list[str]:
    """What cannot stand in forecasts by tag and month, a sentence each (RA-07).

    A month that is over, a number below nothing, and more active users than units paid for; where
    the paid units are not known, nothing is compared.
    """
    found = []
    for (tag, month), users in sorted(values.items()):
        what = f"{tag}, {month_text(month)}"
        units = paid.get(tag)
        if month_end(month) < today:
            found.append(f"{what}: that month is over; forecast one to come")
        elif users < 0:
            found.append(f"{what}: {users:,} users are fewer than none")
        elif units is not None and users > units:
            found.append(f"{what}: {users:,} active users are more than the {units:,} paid units")
    return found


def judged(
    forecasts: Iterable[Forecast],
    came: Mapping[tuple[str, str, date], tuple[int, int]],
    today: date,
) -> list[Outcome]:
    """Forecasts beside what came, oldest month first (RA-07).

    For each month that is over counts the last forecast made before it began. `came` holds active
    users and paid units by tenant, tag and month.
    """
    before: dict[tuple[str, str, date], Forecast] = {}
    for each in sorted(forecasts, key=lambda forecast: (forecast.made_on, forecast.id)):
        if each.made_on < each.month and month_end(each.month) < today:
            before[each.tenant_id, each.tag, each.month] = each
    return [
        Outcome(*place, made.made_on, made.active_users, *came[place])
        for place, made in sorted(before.items(), key=lambda item: (item[0][2], item[0]))
        if place in came and came[place][1] > 0
    ]


def accuracy(outcomes: Sequence[Outcome]) -> Accuracy | None:
    """How good they were; None where there is none to judge."""
    if not outcomes:
        return None
    errors = [outcome.error for outcome in outcomes]
    return Accuracy(len(errors), sum(map(abs, errors)) / len(errors), sum(errors) / len(errors))


def accuracy_words(found: Accuracy | None) -> str:
    """The same in words, for screen and command line."""
    if found is None:
        return "nothing to judge yet"
    way = "too high" if found.bias > 0 else "too low"
    tend = "no bias" if abs(found.bias) < _NO_BIAS else f"{abs(found.bias):.1f} {way} on average"
    return f"off by {found.mean_error:.1f} points, {tend} ({found.judged} judged)"


_NO_BIAS = 0.05
"""Points that are written as 0.0."""
