"""The law of thinning: days that were lived, copies that are good, whatever a clock once said."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.services.thinning import ALL_OF_DAYS, DAYS, MONTHS, WEEKS, is_ahead, thinned

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
Period = Callable[[datetime], Hashable]
PERIODS: tuple[tuple[Period, int], ...] = (
    (lambda at: at.date(), DAYS),
    (lambda at: at.isocalendar()[:2], WEEKS),
    (lambda at: (at.year, at.month), MONTHS),
)


@dataclass(frozen=True)
class Made:
    """A backup by its instant, and whether it can be read still."""

    at: datetime
    good: bool = True


def left_of(made: Iterable[Made], now: datetime = NOW) -> list[Made]:
    """What is left of them, newest first."""
    made = sorted(made, key=lambda each: each.at, reverse=True)
    gone = thinned(made, now, lambda each: each.good)
    return [each for each in made if each not in gone]


def latest(made: Iterable[Made], period: Period, number: int) -> set[Hashable]:
    """The latest so many days, weeks or months of them, up to now."""
    return set(sorted({period(e.at) for e in made if not is_ahead(e, NOW)}, reverse=True)[:number])  # type: ignore[type-var]


def made_hours_ago(*ages: int) -> list[Made]:
    return [Made(NOW - timedelta(hours=age)) for age in ages]


_near = st.integers(-2 * 24, 40 * 24)
"""Hours before now, some ahead of the clock; close enough for several in a day."""
_any_age = st.one_of(_near, st.integers(-3000 * 24, 900 * 24))
made_ones = st.lists(
    st.builds(lambda age, good: Made(NOW - timedelta(hours=age), good), _any_age, st.booleans()),
    max_size=60,
    unique_by=lambda each: each.at,
)


@given(made_ones)
def test_all_of_the_latest_days_stay_and_what_is_ahead_of_the_clock(made: list[Made]) -> None:
    left = left_of(made)
    days = latest(made, PERIODS[0][0], ALL_OF_DAYS)
    assert {e for e in made if e.at.date() in days or is_ahead(e, NOW)} <= set(left)


@given(made_ones)
def test_of_each_day_week_and_month_the_last_good_one_stays(made: list[Made]) -> None:
    left = left_of(made)
    for period, number in PERIODS:
        for one in latest(made, period, number):
            good = [e for e in made if period(e.at) == one and e.good and not is_ahead(e, NOW)]
            assert not good or max(good, key=lambda e: e.at) in left


@given(made_ones)
def test_nothing_goes_on_the_word_of_a_damaged_one(made: list[Made]) -> None:
    """What goes has a good one of its day, its week or its month; or it is beyond all of them."""
    left = left_of(made)
    for each in set(made) - set(left):
        for period, number in PERIODS:
            if period(each.at) in latest(made, period, number):
                assert any(e.good and period(e.at) == period(each.at) for e in left)


@given(made_ones)
def test_what_was_thinned_once_stays_as_it_is(made: list[Made]) -> None:
    left = left_of(made)
    assert left_of(left) == left


@given(made_ones, st.datetimes(timezones=st.just(UTC)))
def test_how_late_it_is_decides_nothing(made: list[Made], later: datetime) -> None:
    past = [each for each in made if not is_ahead(each, NOW)]
    assert left_of(past, max(NOW, later)) == left_of(past)


@given(made_ones, st.lists(st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=6))
def test_a_clock_that_is_wrong_for_a_day_costs_no_good_day(
    made: list[Made], odd: list[datetime]
) -> None:
    """However many are made on one wrong day; each thins, and so does the next that is right."""
    before = after = [each for each in left_of(made) if not is_ahead(each, NOW)]
    for number, at in enumerate(odd):
        wrong = odd[0].replace(hour=at.hour, minute=at.minute, second=number)
        after = left_of([*after, Made(wrong)], wrong)
    after = left_of(after)
    recent = latest(before, PERIODS[0][0], ALL_OF_DAYS - 1)
    assert {each for each in before if each.at.date() in recent} <= set(after)
    for period, number in PERIODS:
        for one in latest(before, period, number - 1):
            there = [any(e.good and period(e.at) == one for e in some) for some in (before, after)]
            assert there in ([False, False], [True, True])


@given(made_ones)
def test_by_age_all_of_two_days_then_one_a_day_a_week_a_month_stays(made: list[Made]) -> None:
    """Who uses it each day has what the clock's days would leave: of 2, 14, 60 and 400 days."""
    left = left_of(made)
    assert all(e in left for e in made if NOW - e.at <= timedelta(days=2))
    for (period, _), days in zip(PERIODS, (14, 60, 400), strict=True):
        young = [e for e in made if timedelta() <= NOW - e.at <= timedelta(days=days)]
        for one in {period(e.at) for e in young if e.good}:
            assert any(e.good and period(e.at) == one for e in left)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 4)), max_size=60), st.data())
def test_over_time_every_day_that_should_have_a_good_one_has_it(
    uses: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Days of use with gaps, several backups on each, any of which may rot later."""
    made: list[Made] = []
    day = NOW
    for gap, number in uses:
        day += timedelta(days=gap)
        for hour in range(number):
            made = left_of([*made, Made(day + timedelta(hours=hour))], day + timedelta(hours=hour))
        if data.draw(st.booleans()):
            rotten = data.draw(st.sampled_from(made))
            made = [Made(e.at, e.good and e != rotten) for e in made]
        young = {e.at.date() for e in made if e.good and e.at.date() in _last_days(made)}
        assert young <= {e.at.date() for e in left_of(made, day + timedelta(days=1)) if e.good}
    assert len(made) <= 4 * ALL_OF_DAYS + 4 * (DAYS + WEEKS + MONTHS)


def _last_days(made: list[Made]) -> set[object]:
    return set(sorted({e.at.date() for e in made}, reverse=True)[:DAYS])


def test_nobody_is_asked_but_those_that_others_go_for() -> None:
    """To look at a large copy takes seconds."""
    asked: list[Made] = []

    def is_good(each: Made) -> bool:
        asked.append(each)
        return True

    made = made_hours_ago(*range(0, 24 * 10, 24), 9 * 24 + 1)
    assert thinned(made, NOW, is_good) == [made[-1]]
    assert asked == [made[-2]]
    asked.clear()
    assert thinned(made[:-1], NOW, is_good) == []
    assert asked == []


def test_with_time_one_a_day_a_week_a_month_is_left() -> None:
    left = left_of(made_hours_ago(*range(0, 12000, 6)))
    hours = [(NOW - each.at) // timedelta(hours=1) for each in left]
    assert len([h for h in hours if h <= 48]) == 9
    assert len([h for h in hours if 56 < h <= 14 * 24 + 8]) == 12
    assert len([h for h in hours if 15 * 24 < h <= 60 * 24]) in {6, 7, 8}
    assert len([h for h in hours if h > 65 * 24]) in {11, 12, 13}
