"""RA-15 and RA-16: the weekly rhythm, short notice, and when a customer usually comes back."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.reviews import (
    coming_days,
    earliest_usual,
    is_off_rhythm,
    is_short_notice,
    usual_day,
)

THURSDAY = 3
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
WEEKDAYS = st.integers(0, 6)


@given(DAYS, WEEKDAYS)
def test_the_usual_day_is_the_next_of_its_weekday(day: date, weekday: int) -> None:
    found = usual_day(day, weekday)
    assert found.weekday() == weekday
    assert 0 <= (found - day).days < 7
    assert not is_off_rhythm(found, weekday)
    assert usual_day(found, weekday) == found


def test_the_coming_meetings_are_a_week_apart() -> None:
    """RA-15: weekly."""
    days = coming_days(date(2026, 11, 21), THURSDAY, 3)
    assert days == (date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10))
    assert is_off_rhythm(date(2026, 12, 1), THURSDAY)


def test_a_nomination_is_short_notice_below_seven_days() -> None:
    """RA-15: the agenda is set at least a week ahead."""
    day = date(2026, 11, 26)
    assert not is_short_notice(day - timedelta(days=7), day, 7)
    assert is_short_notice(day - timedelta(days=6), day, 7)


def test_a_customer_usually_comes_back_after_six_weeks() -> None:
    """RA-16: 41 days are too soon, 42 are not; a later presentation counts for nothing."""
    day = date(2026, 11, 26)
    assert earliest_usual([day - timedelta(days=41)], day, 42) == day + timedelta(days=1)
    assert earliest_usual([day - timedelta(days=42)], day, 42) is None
    assert earliest_usual([], day, 42) is None
    assert earliest_usual([day, day + timedelta(days=3)], day, 42) is None


@given(st.lists(DAYS), DAYS, st.integers(1, 100))
def test_the_earliest_usual_date_is_an_interval_after_the_last_review(
    presented: list[date], day: date, interval: int
) -> None:
    found = earliest_usual(presented, day, interval)
    if found is not None:
        assert found - timedelta(days=interval) in presented
        assert found > day
