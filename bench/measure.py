"""Goals, the samples of one interleaved run, and what several runs come to."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bench.kit import Kit

Sampler = Callable[[], Sequence[float]]
"""One turn of a contestant: one sample or several, all in its goal's unit."""


class Missing(NamedTuple):
    """A contestant that cannot take part here, with the reason in a few words."""

    why: str


Contestants = Mapping[str, Sampler | Missing]


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


def run_once(contestants: Mapping[str, Sampler], rounds: int) -> dict[str, list[float]]:
    """One interleaved run: in each round everyone's turn, in an order that goes round.

    A first round warms caches and is thrown away.
    """
    names = list(contestants)
    samples: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        contestants[name]()
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            samples[name].extend(contestants[name]())
    return samples


def measure(family: Family, goals: Sequence[Goal], kit: "Kit") -> list[Result]:
    """All runs of some goals of a family."""
    needed = frozenset(name for g in goals for name in (g.ours, g.base) if name is not None)
    runs = []
    for _ in range(kit.runs):
        with family.open(kit, needed) as contestants:
            there = {
                name: sampler
                for name, sampler in contestants.items()
                if name in needed and not isinstance(sampler, Missing)
            }
            absent = {n: each.why for n, each in contestants.items() if isinstance(each, Missing)}
            runs.append(run_once(there, kit.rounds(family.rounds)) if there else {})
    return [_result(goal, runs, absent) for goal in goals]


def _result(
    goal: Goal, runs: Sequence[Mapping[str, list[float]]], absent: Mapping[str, str]
) -> Result:
    for name in (goal.ours, goal.base):
        if name is not None and name in absent:
            return Result(goal, missing=absent[name])

    def of(name: str) -> tuple[float, ...]:
        return tuple(boil_down(run[name], goal.statistic) for run in runs)

    return Result(goal, of(goal.ours), of(goal.base) if goal.base else ())
