"""How often the projected range holds the truth, on generated histories whose future is known.

Run it with `python bench/projections.py [HISTORIES]`; it prints the tables of docs/projections.md.
The same seed gives the same histories; those that the pack's numbers were chosen on have others.
"""

import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.days import month_end
from ftop_tui.playbook.projection import Fate, ProjectionTerms, outlook, place
from ftop_tui.playbook.usage import UsagePoint

KINDS = ("growth", "plateau", "linear", "flat", "decline", "summer", "renewal")
NOISE = {"low": 0.01, "middle": 0.03, "high": 0.06}
"""Month-to-month noise as a share of usage."""
MILESTONES = (15, 40)
AHEAD = (3, 6, 12)
SEED = "told"
_FUTURE = 24
_FIRST_YEAR = 2025


class History(NamedTuple):
    """A generated history: what was reported, and what usage is without noise, future included."""

    kind: str
    noise: str
    points: tuple[UsagePoint, ...]
    truth: tuple[float, ...]
    """Percent of the last paid units, month by month, the months to come included."""
    reported: tuple[float, ...]
    """The same with noise."""

    @property
    def today(self) -> date:
        """The first day after the last month that is known."""
        return month_end(self.points[-1].month) + timedelta(days=1)


def terms() -> ProjectionTerms:
    """The numbers of the method as they ship."""
    return ProjectionTerms.read(shipped("forecasts")["projection"])


def _growing(chance: Random) -> Callable[[float], float]:
    """A logistic curve from a first share to a ceiling, its middle anywhere in two years."""
    first, ceiling = chance.uniform(0.5, 12), chance.uniform(30, 90)
    middle, rate = chance.uniform(4, 26), chance.uniform(0.12, 0.4)
    low = 1 / (1 + math.exp(rate * middle))

    def share(month: float) -> float:
        part = 1 / (1 + math.exp(-rate * (month - middle)))
        return first + (ceiling - first) * max(0.0, (part - low) / (1 - low))

    return share


def _curve(kind: str, chance: Random) -> Callable[[float], float]:
    """Usage without noise and holidays, as percent by month."""
    if kind == "plateau":
        first = chance.uniform(0.5, 12)
        ceiling, slow = chance.uniform(first + 5, 60), chance.uniform(4, 14)
        return lambda month: first + (ceiling - first) * (1 - math.exp(-month / slow))
    if kind == "linear":
        first, slope = chance.uniform(1, 20), chance.uniform(0.3, 2.2)
        return lambda month: min(95.0, first + slope * month)
    if kind == "flat":
        first, slope = chance.uniform(2, 36), chance.uniform(-0.12, 0.12)
        return lambda month: max(0.3, first + slope * month)
    if kind == "decline":
        first, half = chance.uniform(8, 38), chance.uniform(8, 40)
        return lambda month: float(first * 0.5 ** (month / half))
    return _growing(chance)


def make(kind: str, noise: str, number: int, seed: str = SEED) -> History:
    """One history of 6 to 18 months; a renewal in the past adds paid units, not users."""
    chance = Random(f"{seed}/{kind}/{noise}/{number}")  # noqa: S311 - no secret, the same each time
    curve = _curve(kind, chance)
    known, first = chance.randint(6, 18), chance.randrange(12)
    summer = chance.uniform(0.65, 0.85) if kind == "summer" else 0.96
    paid = chance.randint(400, 20_000)
    step = chance.uniform(0.05, 0.2) if kind == "renewal" else 0.0
    renewed = chance.randrange(1, known) if step else 0
    months = [_month(first + place) for place in range(known + _FUTURE)]
    truth = [
        curve(place) * (summer if month.month in (7, 8) else 1.0)
        for place, month in enumerate(months)
    ]
    reported = [max(0.0, share * (1 + NOISE[noise] * chance.gauss(0, 1))) for share in truth]
    points = tuple(
        UsagePoint(
            months[place],
            paid if place >= renewed else round(paid * (1 - step)),
            round(paid * reported[place] / 100),
        )
        for place in range(known)
    )
    return History(kind, noise, points, tuple(truth), tuple(reported))


def _month(place: int) -> date:
    return date(_FIRST_YEAR + place // 12, place % 12 + 1, 1)


def true_day(history: History, percent: int) -> date | None:
    """When usage without noise really gets to a share; None: not in the months to come."""
    known = len(history.points)
    start = history.points[0].month
    first = (start.year - _FIRST_YEAR) * 12 + start.month - 1
    before, day = history.truth[known - 1], month_end(_month(first + known - 1))
    for month in range(known, len(history.truth)):
        share, end = history.truth[month], month_end(_month(first + month))
        if share >= percent:
            part = max(0.0, (percent - before) / (share - before)) if share > before else 1.0
            return day + timedelta(days=round(part * (end - day).days))
        before, day = share, end
    return None


class Score(NamedTuple):
    """Something that was looked at, and whether the range held the truth."""

    what: str
    kind: str
    noise: str
    held: bool


def scores(histories: int, seed: str = SEED) -> Iterator[Score]:
    """What came of so many histories of each kind and noise.

    `usage` in 3, 6 and 12 months against the figure that is reported then; `date` of each milestone
    that is ahead, where a range is given; `not` where the answer is that it will not be reached.
    """
    method = terms()
    for kind in KINDS:
        for noise in NOISE:
            for number in range(histories):
                yield from _score(make(kind, noise, number, seed), method)


def _score(history: History, method: ProjectionTerms) -> Iterator[Score]:
    known, today = len(history.points), history.today
    ahead = outlook(history.points, today, method)
    for months in AHEAD:
        expected, came = ahead.months[months - 1], history.reported[known - 1 + months]
        held = expected.low <= came <= expected.high
        yield Score(f"usage in {months} months", history.kind, history.noise, held)
    for percent in MILESTONES:
        found = place(history.points, percent, today, ahead)
        if found.fate is Fate.REACHED or max(history.truth[:known]) >= percent:
            continue
        day = true_day(history, percent)
        if found.earliest is None:
            yield Score("not reached", history.kind, history.noise, day is None)
            continue
        late = day is None if found.latest is None else day is not None and day <= found.latest
        held = late or (day is not None and found.latest is None)
        early = day is not None and day < found.earliest
        what = "date, closed range" if found.latest else "date, open range"
        yield Score(what, history.kind, history.noise, held and not early)


def coverage(found: list[Score], what: str, **of: str) -> tuple[float, int]:
    """The share of what was held, in percent, and of how many; `of` narrows kind or noise."""
    some = [
        score.held
        for score in found
        if score.what.startswith(what)
        and all(getattr(score, name) == value for name, value in of.items())
    ]
    return (100 * sum(some) / len(some) if some else math.nan), len(some)


def _cell(found: tuple[float, int]) -> str:
    share, count = found
    return f"{share:.0f}% of {count:,}" if count else "none"


def _table(head: str, rows: Mapping[str, Mapping[str, str]], found: list[Score]) -> Iterator[str]:
    columns = [f"usage in {months} months" for months in AHEAD]
    columns += ["date", "date, closed range", "date, open range", "not reached"]
    yield f"| {head} | {' | '.join(columns)} |"
    yield f"| {'--- | ' * (len(columns) + 1)}".strip()
    for name, of in rows.items():
        cells = [_cell(coverage(found, what, **of)) for what in columns]
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print the tables, and how long a projection takes."""
    histories = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    found = list(scores(histories))
    kinds: dict[str, dict[str, str]] = {"**all**": {}} | {kind: {"kind": kind} for kind in KINDS}
    noises = {noise: {"noise": noise} for noise in NOISE}
    lines = [*_table("history", kinds, found), "", *_table("noise", noises, found)]
    some = [make(kind, "middle", number) for kind in KINDS for number in range(20)]
    method, start = terms(), time.perf_counter()
    for history in some:
        outlook(history.points, history.today, method)
    each = 1000 * (time.perf_counter() - start) / len(some)
    counted = Counter(score.what for score in found)
    lines += ["", f"{sum(counted.values()):,} answers; {each:.1f} ms a workload"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
