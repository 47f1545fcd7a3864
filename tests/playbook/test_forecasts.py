"""Forecasts: which is in force, what cannot stand, and how good they were (RA-07)."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.days import month_end
from ftop_tui.playbook.forecasts import (
    Forecast,
    accuracy,
    accuracy_words,
    coming_quarter_ends,
    in_force,
    judged,
    problems,
)

TODAY = date(2026, 11, 21)
SEP, DEC = date(2026, 9, 1), date(2026, 12, 1)


def forecast(made: date, users: int, month: date = SEP, tag: str = "EXO") -> Forecast:
    return Forecast(f"{made}-{users}", "t", tag, month, users, made)


def test_the_newest_of_a_month_is_in_force_and_the_older_are_kept_out() -> None:
    made = [forecast(date(2026, 8, 1), 5), forecast(date(2026, 5, 1), 9)]
    assert in_force(made) == {("EXO", SEP): made[0]}


@pytest.mark.parametrize(
    ("today", "first"), [(date(2026, 10, 1), DEC), (date(2026, 12, 31), DEC), (TODAY, DEC)]
)
def test_quarter_ends_begin_with_the_present_quarter(today: date, first: date) -> None:
    """RA-07: projected usage is updated quarterly."""
    ends = coming_quarter_ends(today, 4)
    assert ends == [first, date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1)]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_quarter_ends_are_ahead_and_three_months_apart(today: date) -> None:
    ends = coming_quarter_ends(today, 3)
    assert month_end(ends[0]) >= today
    assert all(end.month % 3 == 0 for end in ends)
    places = [end.year * 12 + end.month for end in ends]
    assert [b - a for a, b in pairwise(places)] == [3, 3]


def test_what_cannot_stand_is_named_with_its_numbers() -> None:
    """RA-07: a month that is over, and more users than units are paid for."""
    values = {("EXO", date(2026, 10, 1)): 5, ("EXO", DEC): 501, ("SPO", DEC): -1}
    assert problems(values, {"EXO": 500, "SPO": None}, TODAY) == [
        "EXO, October 2026: that month is over; forecast one to come",
        "EXO, December 2026: 501 active users are more than the 500 paid units",
        "SPO, December 2026: -1 users are fewer than none",
    ]


def test_as_many_users_as_paid_units_and_the_present_month_stand() -> None:
    values = {("EXO", DEC): 500, ("EXO", TODAY.replace(day=1)): 0, ("SPO", DEC): 10**6}
    assert problems(values, {"EXO": 500, "SPO": None}, TODAY) == []


def test_the_last_forecast_made_before_a_month_is_judged_by_what_came() -> None:
    made = [
        forecast(date(2026, 5, 1), 900),
        forecast(date(2026, 8, 31), 500),
        forecast(date(2026, 9, 1), 410),  # made when the month had begun
        forecast(date(2026, 8, 1), 700, tag="SPO"),  # nothing came of it
        forecast(date(2026, 8, 1), 700, month=DEC),  # still ahead
    ]
    came = {("t", "EXO", SEP): (400, 1000), ("t", "EXO", DEC): (1, 1000)}
    found = judged(made, came, TODAY)
    assert [(o.tag, o.month, o.forecast, o.actual) for o in found] == [("EXO", SEP, 500, 400)]
    assert found[0].error == 10.0


def test_accuracy_tells_how_far_off_and_which_way() -> None:
    made = [
        forecast(date(2026, 8, 1), 500),
        forecast(date(2026, 8, 1), 300, tag="SPO"),
        forecast(date(2026, 8, 1), 500, tag="OPP"),
    ]
    came = {("t", tag, SEP): (400, 1000) for tag in ("EXO", "SPO", "OPP")}
    found = accuracy(judged(made, came, TODAY))
    assert found is not None
    assert (found.judged, round(found.mean_error, 2), round(found.bias, 2)) == (3, 10.0, 3.33)
    assert accuracy_words(found) == "off by 10.0 points, 3.3 too high on average (3 judged)"
    assert accuracy_words(accuracy([])) == "nothing to judge yet"
