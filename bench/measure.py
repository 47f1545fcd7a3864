"""Goals, the samples of one interleaved run, and what several runs come to."""

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bench.limit import OutOfTimeError, limited

if TYPE_CHECKING:
    from bench.kit import Kit

Sampler = Callable[[], Sequence[float]]
"""One turn of a contestant: one sample or several, all in its goal's unit."""


class Missing(NamedTuple):
    """A contestant that cannot take part here, with the reason in a few words."""

    why: str


Contestants = Mapping[str, Sampler | Missing]

_MEASURING = 0.8
"""The part of a family's time after which no further round begins."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of the table: `ours` over `base`, or `ours` by itself where there is no base."""

    key: str
    what: str
    ours: str
    limit: float | None
    """The goal; None for a figure that is only told."""
    base: str | None = None
    against: str = ""
    """The base, in words."""
    statistic: Literal["median", "p95", "worst"] = "median"
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Family:
    """Goals whose contestants are measured in one interleaved run."""

    name: str
    goals: tuple[Goal, ...]
    open: "Callable[[Kit, frozenset[str]], AbstractContextManager[Contestants]]"
    """Makes the contestants that are needed ready, and clears up behind them."""
    rounds: int
    """Turns of each contestant in a run."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a goal's runs came to: one figure a run."""

    goal: Goal
    ours: tuple[float, ...] = ()
    base: tuple[float, ...] = ()
    missing: str = ""
    ended: bool = True
    """Whether a run came to its end in the time given; one that did not says nothing anew."""

    @property
    def figures(self) -> tuple[float, ...]:
        """The ratio of each run, or its absolute figure where the goal has no base."""
        if self.goal.base is None:
            return self.ours
        return tuple(one / other for one, other in zip(self.ours, self.base, strict=True))

    @property
    def figure(self) -> float:
        """The median of the runs."""
        return statistics.median(self.figures)

    @property
    def is_met(self) -> bool | None:
        """Whether the median of the runs is within the goal; None where that is not known."""
        if self.missing or self.goal.limit is None:
            return None
        return self.figure <= self.goal.limit


def centile(samples: Sequence[float], part: float) -> float:
    """The sample below which that part of them lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def boil_down(samples: Sequence[float], statistic: str) -> float:
    """One figure for a run's samples."""
    if statistic == "worst":
        return max(samples)
    return statistics.median(samples) if statistic == "median" else centile(samples, 0.95)


def run_once(
    contestants: Mapping[str, Sampler], rounds: int, until: float = math.inf
) -> dict[str, list[float]]:
    """One interleaved run: in each round everyone's turn, in an order that goes round.

    A first round warms caches and is thrown away. After that instant (of the machine's monotonic
    clock) no further round begins, but for the first that counts.
    """
    names = list(contestants)
    samples: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        contestants[name]()
    for turn in range(rounds):
        if turn and time.monotonic() > until:
            break
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            samples[name].extend(contestants[name]())
    return samples


def measure(
    family: Family, goals: Sequence[Goal], kit: "Kit", seconds: float = math.inf
) -> list[Result]:
    """All runs of some goals of a family, as far as they end in so many seconds."""
    needed = frozenset(name for g in goals for name in (g.ours, g.base) if name is not None)
    runs: list[Mapping[str, list[float]]] = []
    absent: dict[str, str] = {}
    begun = time.monotonic()

    def run_all() -> None:
        for number in range(1, kit.runs + 1):
            with family.open(kit, needed) as contestants:
                there, lacking = _sorted_out(contestants, needed)
                absent.update(lacking)
                until = begun + seconds * _MEASURING * number / kit.runs
                runs.append(run_once(there, kit.rounds(family.rounds), until) if there else {})

    if math.isinf(seconds):
        run_all()
    else:
        with suppress(OutOfTimeError), limited(seconds):
            run_all()
    if not runs:
        said = f"did not end within {seconds:.0f} s"
        return [Result(goal, missing=said, ended=False) for goal in goals]
    return [_result(goal, runs, absent) for goal in goals]


def _sorted_out(
    contestants: Contestants, needed: frozenset[str]
) -> tuple[dict[str, Sampler], dict[str, str]]:
    """Those that are needed and there, and why others are not."""
    there, absent = {}, {}
    for name, sampler in contestants.items():
        if isinstance(sampler, Missing):
            absent[name] = sampler.why
        elif name in needed:
            there[name] = sampler
    return there, absent


def _result(
    goal: Goal, runs: Sequence[Mapping[str, list[float]]], absent: Mapping[str, str]
) -> Result:
    for name in (goal.ours, goal.base):
        if name is not None and name in absent:
            return Result(goal, missing=absent[name])

    def of(name: str) -> tuple[float, ...]:
        return tuple(boil_down(run[name], goal.statistic) for run in runs)

    return Result(goal, of(goal.ours), of(goal.base) if goal.base else ())
