"""Milestones of usage: where they stand, their order, and what a partner still has to date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.milestones import (
    Milestone,
    Missing,
    Standing,
    missing,
    order_problem,
    standing,
)

TODAY = date(2026, 11, 21)


def milestone(percent: int = 15, due: date | None = None, reached: date | None = None) -> Milestone:
    return Milestone("m", "t", "EXO", percent, due, reached, None, reached is not None)


@pytest.mark.parametrize(
    ("due", "reached", "stands"),
    [
        (None, None, Standing.UNDATED),
        (TODAY, None, Standing.DUE),
        (TODAY - timedelta(days=1), None, Standing.MISSED),
        (TODAY - timedelta(days=1), TODAY, Standing.REACHED),
        (None, TODAY, Standing.REACHED),
    ],
)
def test_a_date_passed_below_the_milestone_is_missed(
    due: date | None, reached: date | None, stands: Standing
) -> None:
    """FR-08: on its day it is not missed yet."""
    assert standing(milestone(due=due, reached=reached), TODAY) is stands


def test_a_milestone_before_its_predecessor_names_both() -> None:
    """FR-08."""
    said = order_problem({40: date(2026, 12, 1), 15: date(2027, 1, 1)})
    assert said == "40% on 2026-12-01 would come before 15% on 2027-01-01"
    assert order_problem({40: date(2026, 12, 1), 15: date(2026, 12, 1)}) is None
    assert order_problem({40: date(2026, 12, 1), 15: None}) is None


@given(st.dictionaries(st.integers(1, 100), st.none() | st.dates(), max_size=5))
def test_dates_are_in_order_exactly_when_nothing_is_said(dates: dict[int, date | None]) -> None:
    days = [day for _, day in sorted(dates.items()) if day is not None]
    assert (order_problem(dates) is None) == (days == sorted(days))


def test_a_partner_s_workload_lacks_what_is_neither_dated_nor_reached() -> None:
    """FR-08: a share that usage has passed needs no date."""
    partners = [("t", "EXO", "Trey"), ("t", "SPO", "Trey")]
    known = [milestone(40, due=TODAY)]
    found = missing(partners, known, {("t", "EXO"): 3.0, ("t", "SPO"): 20.0}, (15, 40))
    assert found == [Missing("t", "EXO", 15, "Trey"), Missing("t", "SPO", 40, "Trey")]
