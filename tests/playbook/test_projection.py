"""The projected day of a milestone: honest about what it knows, and right as often as it says."""

from datetime import date
from pathlib import Path
from runpy import run_path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.days import month_end
from ftop_tui.playbook.projection import Fate, ProjectionTerms, outlook, place, project
from ftop_tui.playbook.usage import UsagePoint

TODAY = date(2026, 11, 21)
TERMS = ProjectionTerms.read(shipped("forecasts")["projection"])


def months(*users: int | None, paid: int | None = 1000, last: date = date(2026, 10, 1)) -> Any:
    """A history that ends with the given month, oldest first."""
    end = last.year * 12 + last.month - 1
    places = range(end - len(users) + 1, end + 1)
    return [
        UsagePoint(date(place // 12, place % 12 + 1, 1), paid, each)
        for place, each in zip(places, users, strict=True)
    ]


STEADY = months(*range(50, 350, 20))
"""From 5% to 33%, two points each month."""


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    """The generator and the measurement that the docs show."""
    return run_path(str(Path(__file__).parents[2] / "bench" / "projections.py"))


def test_the_80_percent_range_holds_the_truth_in_75_to_85_of_a_hundred(
    bench: dict[str, Any],
) -> None:
    """RA-04, FR-08: the figures of docs/projections.md, on fewer histories."""
    found = list(bench["scores"](20))
    for what in ("usage in 3 months", "usage in 6 months", "usage in 12 months", "date"):
        share, count = bench["coverage"](found, what)
        assert count > 250
        assert 75 <= share <= 85, what
    right, count = bench["coverage"](found, "not reached")
    assert count > 80
    assert right > 85


def test_a_date_with_its_range_for_steady_growth() -> None:
    found = project(STEADY, 40, TODAY, TERMS)
    assert found.fate in {Fate.DATED, Fate.OPEN}
    assert found.likely is not None
    assert found.earliest is not None
    assert found.earliest < found.likely
    assert date(2027, 1, 15) < found.likely < date(2027, 8, 1)
    assert found.sentence.startswith(f"likely {found.likely}")


def test_what_was_reached_once_is_reached_though_usage_fell_since() -> None:
    """RA-04: the first month at or above counts."""
    found = project(months(50, 100, 150, 160, 90, 80), 15, TODAY, TERMS)
    assert found.fate is Fate.REACHED
    assert found.reached_on == date(2026, 7, 31)
    assert found.sentence == "reached in July 2026"


@pytest.mark.parametrize(
    ("users", "said"),
    [
        ((100, 100, 101, 100, 99, 100, 100, 101), "flat"),
        ((300, 270, 240, 215, 190, 170, 150, 130), "declining"),
    ],
)
def test_what_will_not_be_reached_is_said_with_the_reason(
    users: tuple[int, ...], said: str
) -> None:
    found = project(months(*users), 40, TODAY, TERMS)
    assert found.fate is Fate.NOT_REACHED
    assert (found.likely, found.earliest, found.latest) == (None, None, None)
    assert said in found.sentence


def test_too_few_months_say_how_many_are_needed() -> None:
    found = project(months(10, 20, 30, None), 15, TODAY, TERMS)
    assert found.fate is Fate.UNKNOWN
    assert found.reason == "3 months of usage known, 5 are needed"
    assert project([], 15, TODAY, TERMS).fate is Fate.UNKNOWN


def test_figures_that_are_too_old_say_since_when() -> None:
    old = months(*range(10, 80, 10), last=date(2026, 5, 1))
    assert project(old, 40, TODAY, TERMS).reason == "no usage known since May 2026"


def test_a_renewal_that_adds_units_is_no_fall_of_usage() -> None:
    users = [40, 50, 60, 70, 80, 90, 100, 110]
    before = months(*users)
    renewed = [p._replace(paid_units=800 if n < 5 else 1000) for n, p in enumerate(before)]
    assert outlook(renewed, TODAY, TERMS) == outlook(before, TODAY, TERMS)


def test_no_paid_units_at_all_project_nothing() -> None:
    assert project(months(*range(8), paid=0), 15, TODAY, TERMS).fate is Fate.UNKNOWN
    assert project(months(*range(8), paid=None), 15, TODAY, TERMS).fate is Fate.UNKNOWN


@settings(max_examples=40)
@given(
    users=st.lists(st.none() | st.integers(0, 1300), max_size=24),
    percent=st.sampled_from((15, 40)),
)
def test_ranges_are_in_order_and_never_before_today(users: list[int | None], percent: int) -> None:
    """Whatever the history, nothing raises and the edges stand in their order."""
    points = months(*users)
    ahead = outlook(points, TODAY, TERMS)
    for each in ahead.months:
        edges = [round(edge, 6) for edge in each[1:]]
        assert edges == sorted(edges)
        assert edges[0] >= 0
        assert edges[-1] <= TERMS.ceiling
    found = place(points, percent, TODAY, ahead)
    days = [day for day in (found.earliest, found.likely, found.latest) if day]
    assert days == sorted(days)
    assert all(day >= TODAY for day in days)
    assert found.sentence
    if found.fate is Fate.REACHED:
        assert found.reached_on is not None
    if found.fate is Fate.DATED:
        assert len(days) == 3


def test_the_higher_milestone_is_never_projected_before_the_lower() -> None:
    points = months(*range(50, 140, 15))
    ahead = outlook(points, TODAY, TERMS)
    low, high = (place(points, percent, TODAY, ahead) for percent in (15, 40))
    assert low.earliest is not None
    assert high.earliest is None or high.earliest >= low.earliest


def test_the_present_month_counts_as_of_today() -> None:
    points = months(*range(20, 155, 15), last=TODAY.replace(day=1))
    found = project(points, 15, TODAY, TERMS)
    assert found.likely is not None
    assert TODAY <= found.likely < month_end(date(2027, 1, 1))


def test_seventeen_workloads_take_well_under_a_second() -> None:
    start = perf_counter()
    for _ in range(17):
        outlook(STEADY, TODAY, TERMS)
    assert perf_counter() - start < 0.8
