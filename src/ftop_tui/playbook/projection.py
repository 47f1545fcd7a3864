"""Where usage is going: a projected day for a milestone with an 80% range, from its history.

The method, in a few words (docs/projections.md tells it in full, and how often the range is right):
active users are set against the units paid for today, so that a renewal is no fall of usage. To
the logarithm of their odds several shapes of growth are fitted, from fading to speeding up, later
months counting more and holidays less; each shape counts as much as it fits. The range comes from
how well they fit, from how they differ, and from how much growth itself may change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import erf, exp, log, sqrt
from typing import Any, ClassVar, NamedTuple, Self

from ftop_tui.playbook.days import month_end, month_text
from ftop_tui.playbook.pack import STRICT
from ftop_tui.playbook.usage import UsagePoint


@dataclass(frozen=True, slots=True)
class ProjectionTerms:
    """The numbers of the method, from the pack; each is told in `forecasts.toml`."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
    fewest_months: int
    stale_months: int
    most_months: int
    horizon_months: int
    half_life: float
    shapes: tuple[float, ...]
    usual_change: float
    quiet_months: tuple[int, ...]
    quiet_weight: float
    noise: float
    noise_months: float
    change: float
    drift: float
    fading: float
    faded: float
    width: float
    ceiling: float
    soften: float

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From the table `projection` of `forecasts.toml`."""
        return cls(
            **{**data, "quiet_months": tuple(data["quiet_months"]), "shapes": tuple(data["shapes"])}
        )


class Expected(NamedTuple):
    """What is expected of a month, in percent of today's paid units.

    Usage stays under `low` in one of ten cases, under `likely` in five, under `upper` in eight and
    under `high` in nine: from `low` to `high` is the 80% range.
    """

    month: date
    low: float
    likely: float
    upper: float
    high: float


class Outlook(NamedTuple):
    """The months to come; without any, `reason` says why nothing can be said."""

    start: Expected
    """The last month known, as the line sees it; its range is a point."""
    months: tuple[Expected, ...]
    reason: str = ""


class Fate(StrEnum):
    """What is said of a milestone."""

    REACHED = "reached"
    DATED = "dated"
    """A likely day with the whole range within the horizon."""
    OPEN = "open"
    """The range runs on beyond the horizon; the likely day may as well."""
    NOT_REACHED = "not reached"
    """Not even the upper edge of the range gets there within the horizon."""
    UNKNOWN = "unknown"
    """The history does not allow to say anything."""


@dataclass(frozen=True, slots=True)
class Projection:
    """What the history says of one milestone (RA-04, FR-08); days that are not known are None."""

    percent: int
    fate: Fate
    reason: str
    """In words, for the reader: a sentence without its full stop."""
    likely: date | None = None
    earliest: date | None = None
    latest: date | None = None
    reached_on: date | None = None
    """The end of the first month at or above the milestone."""

    @property
    def sentence(self) -> str:
        """The whole of it in words, for a line of its own."""
        if self.fate in {Fate.REACHED, Fate.UNKNOWN}:
            return self.reason
        if self.fate is Fate.NOT_REACHED:
            return f"not reached: {self.reason}"
        first = self.earliest.isoformat() if self.earliest else ""
        if self.likely is None:
            return f"{self.reason}, from {first} at the earliest"
        span = f"{first} to {self.latest.isoformat()}" if self.latest else f"from {first}, open"
        return f"likely {self.likely.isoformat()} ({span})"


class _Shape(NamedTuple):
    """One shape of growth, fitted: the line over its own measure of time, in log odds."""

    keeps: float
    """The share of its speed that growth keeps from month to month; above 1 it speeds up."""
    weight: float
    level: float
    slope: float
    noise: float
    var_level: float
    var_slope: float
    cov: float


def project(
    points: Sequence[UsagePoint], percent: int, today: date, terms: ProjectionTerms
) -> Projection:
    """When usage reaches a share, from the months so far, oldest first (RA-04, FR-08)."""
    return place(points, percent, today, outlook(points, today, terms))


def place(points: Sequence[UsagePoint], percent: int, today: date, ahead: Outlook) -> Projection:
    """The same from an outlook that is there already, for several milestones of one workload."""
    for point in points:
        if point.percent is not None and point.percent >= percent:
            reason = f"reached in {month_text(point.month)}"
            day = min(month_end(point.month), today)
            return Projection(percent, Fate.REACHED, reason, reached_on=day)
    if not ahead.months:
        return Projection(percent, Fate.UNKNOWN, ahead.reason)
    path = (ahead.start, *ahead.months)
    likely = _crossing(path, [each.likely for each in path], percent, today)
    latest = _crossing(path, [each.low for each in path], percent, today)
    # Without a late end the early one stands for all that is left out, one case of five.
    ends = [each.upper if latest is None else each.high for each in path]
    earliest = _crossing(path, ends, percent, today)
    if earliest is None:
        return Projection(percent, Fate.NOT_REACHED, _why_not(ahead))
    fate = Fate.OPEN if latest is None else Fate.DATED
    return Projection(
        percent, fate, _words(likely, latest, ahead), likely=likely, earliest=earliest,
        latest=latest,
    )  # fmt: skip


def outlook(points: Sequence[UsagePoint], today: date, terms: ProjectionTerms) -> Outlook:
    """What is expected of the months after the last known one, up to the horizon."""
    now = _index(today)
    near = (p for p in points if abs(_index(p.month) - now) <= _NEAR)
    known = [p for p in near if p.percent is not None][-terms.most_months :]
    nothing = Expected(known[-1].month if known else today.replace(day=1), 0.0, 0.0, 0.0, 0.0)
    if len(known) < terms.fewest_months:
        few = f"{len(known)} month{'' if len(known) == 1 else 's'} of usage known"
        return Outlook(nothing, (), f"{few}, {terms.fewest_months} are needed")
    last = known[-1]
    if now - _index(last.month) > terms.stale_months:
        return Outlook(nothing, (), f"no usage known since {month_text(last.month)}")
    shapes = _fit(known, terms)
    level = _share(sum(shape.weight * shape.level for shape in shapes), terms)
    start = Expected(last.month, level, level, level, level)
    months = tuple(
        _expected(shapes, _month(_index(last.month) + ahead), ahead, terms)
        for ahead in range(1, terms.horizon_months + 1)
    )
    return Outlook(start, months)


def _fit(known: Sequence[UsagePoint], terms: ProjectionTerms) -> list[_Shape]:
    """Every shape of growth fitted to the log odds; each counts as much as it fits."""
    units = known[-1].paid_units or 1
    last = _index(known[-1].month)
    times = [_index(point.month) - last for point in known]
    values = [_odds(100 * (point.active_users or 0) / units, terms) for point in known]
    weights = [_weight(point, time, terms) for point, time in zip(known, times, strict=True)]
    fits = [_fit_shape(keeps, times, values, weights, terms) for keeps in terms.shapes]
    best = max(fit.weight for fit in fits)
    counts = [exp(fit.weight - best) for fit in fits]
    pairs = [pair for pair in zip(fits, counts, strict=True) if pair[1] > _SLIGHT * sum(counts)]
    total = sum(count for _, count in pairs)
    return [fit._replace(weight=count / total) for fit, count in pairs]


def _grown(keeps: float, time: float) -> float:
    """How far growth gets in some months, in months at today's speed; negative for the past."""
    return time if keeps == 1 else keeps * (1 - keeps**time) / (1 - keeps)


def _fit_shape(
    keeps: float,
    times: Sequence[int],
    values: Sequence[float],
    weights: Sequence[float],
    terms: ProjectionTerms,
) -> _Shape:
    """A line by weighted least squares; `weight` is the logarithm of how likely it makes the data.

    A slope is held to what is usual (`usual_change` in a year), lest a few points bolt.
    """
    year = _grown(keeps, _YEAR)
    reach = [_grown(keeps, time) / year for time in times]
    total = sum(weights)
    middle = sum(w * g for w, g in zip(weights, reach, strict=True)) / total
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / total
    hold = (terms.noise / terms.usual_change) ** 2
    spread = hold + sum(w * (g - middle) ** 2 for w, g in zip(weights, reach, strict=True))
    slope = sum(
        w * (g - middle) * (v - mean) for w, g, v in zip(weights, reach, values, strict=True)
    ) / spread  # fmt: skip
    level = mean - slope * middle
    misfit = hold * slope**2 + sum(
        w * (v - level - slope * g) ** 2 for w, g, v in zip(weights, reach, values, strict=True)
    )
    freedom = terms.noise_months + total - 1
    variance = (terms.noise_months * terms.noise**2 + misfit) / freedom
    var_slope = variance / spread
    return _Shape(
        keeps=keeps,
        weight=-0.5 * log(spread / hold) - 0.5 * freedom * log(variance * freedom),
        level=level,
        slope=slope / year,
        noise=sqrt(variance),
        var_level=variance / total + middle**2 * var_slope,
        var_slope=var_slope / year**2,
        cov=-middle * var_slope / year,
    )


def _weight(point: UsagePoint, time: int, terms: ProjectionTerms) -> float:
    """How much a month counts: half after the half-life, little in the holidays."""
    quiet = terms.quiet_weight if point.month.month in terms.quiet_months else 1.0
    return float(quiet * 0.5 ** (-time / terms.half_life))


def _expected(
    shapes: Sequence[_Shape], month: date, ahead: int, terms: ProjectionTerms
) -> Expected:
    """The range of a month, from all that the shapes say together."""
    parts = []
    for shape in shapes:
        # Growth may stop soon although nothing in the history has shown it.
        for weight, keeps in (
            (1 - terms.fading, shape.keeps),
            (terms.fading, min(shape.keeps, terms.faded)),
        ):
            middle, deviation = _reach(shape, keeps, ahead, terms)
            parts.append((shape.weight * weight, middle, terms.width * deviation))
    return Expected(month, *(_share(_quantile(parts, share), terms) for share in _SHARES))


def _reach(shape: _Shape, keeps: float, ahead: int, terms: ProjectionTerms) -> tuple[float, float]:
    """How far a shape gets when growth keeps so much of its speed; and how surely."""
    reach = _grown(keeps, ahead)
    variance = (
        shape.var_level
        + 2 * reach * shape.cov
        + reach**2 * shape.var_slope
        + shape.noise**2
        + terms.drift**2 * ahead
        + (terms.change * shape.slope * ahead) ** 2
    )
    return shape.level + shape.slope * reach, sqrt(variance)


def _quantile(parts: Sequence[tuple[float, float, float]], share: float) -> float:
    """Where a mixture of normal distributions (weight, middle, deviation) has a share below it."""
    low = min(middle - 2 * deviation for _, middle, deviation in parts)
    high = max(middle + 2 * deviation for _, middle, deviation in parts)
    for _ in range(_HALVINGS):
        guess = (low + high) / 2
        below = sum(w * 0.5 * (1 + erf((guess - m) / (d * _ROOT_2))) for w, m, d in parts)
        low, high = (guess, high) if below < share else (low, guess)
    return (low + high) / 2


def _odds(percent: float, terms: ProjectionTerms) -> float:
    """The log odds of a share against the ceiling, with a little added, kept away from all."""
    held = min(max(percent, 0.0), terms.ceiling - 1)
    return log((held + terms.soften) / (terms.ceiling - held))


def _share(odds: float, terms: ProjectionTerms) -> float:
    """The share that has these log odds; none is below nothing."""
    ratio = exp(max(-_FAR, min(_FAR, odds)))
    return max(0.0, (terms.ceiling * ratio - terms.soften) / (1 + ratio))


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _crossing(
    path: Sequence[Expected], values: Sequence[float], percent: int, today: date
) -> date | None:
    """The day on which a line through the months' ends first gets to a share; not before today."""
    before, day = values[0], min(month_end(path[0].month), today)
    for each, value in zip(path[1:], values[1:], strict=True):
        end = month_end(each.month)
        if value >= percent:
            part = 1.0 if value <= before else max(0.0, (percent - before) / (value - before))
            return max(today, day + timedelta(days=round(part * (end - day).days)))
        before, day = value, end
    return None


def _why_not(ahead: Outlook) -> str:
    """Why not even the upper edge gets there."""
    change = ahead.months[-1].likely - ahead.start.likely
    if change <= -_LEVEL:
        return "usage is declining"
    if change < _LEVEL:
        return "usage is flat"
    return f"not within {len(ahead.months)} months at the present growth"


def _words(likely: date | None, latest: date | None, ahead: Outlook) -> str:
    months = len(ahead.months)
    if likely is None:
        return f"possible, more likely not within {months} months"
    return "likely" if latest else f"likely, but it may take longer than {months} months"


_LEVEL = 1.0
"""Points of usage over the horizon below which usage is called flat."""
_YEAR = 12
_NEAR = 240
"""Months from today: of a month that is further away a slip of the pen is likelier than usage."""
_SHARES = (0.1, 0.5, 0.8, 0.9)
"""Of the cases, below each part of `Expected`."""
_FAR = 500.0
"""Log odds beyond which a share is nothing; more would be too much for `exp`."""
_SLIGHT = 0.01
"""A shape of growth that counts less changes nothing that one could see."""
_HALVINGS = 14
_ROOT_2 = sqrt(2)
