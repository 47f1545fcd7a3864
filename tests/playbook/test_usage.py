"""Usage of what is paid for, and the four DIBS beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.usage import UsagePoint, spark, trend, whole

MONTH = date(2026, 10, 1)


def points(*percents: int | None) -> list[UsagePoint]:
    """Months with so many active users of a hundred paid units."""
    return [UsagePoint(MONTH, 100, percent) for percent in percents]


@pytest.mark.parametrize(
    ("paid", "active", "percent"),
    [
        (12_000, 4_900, 40.833),
        (100, 0, 0),
        (60_500, 66_010, 109.107),
        (0, 5, None),
        (None, 5, None),
        (100, None, None),
    ],
)
def test_usage_is_active_users_of_paid_units(
    paid: int | None, active: int | None, percent: float | None
) -> None:
    """More active users than paid units are kept as they are; nothing paid is no usage."""
    found = UsagePoint(MONTH, paid, active).percent
    assert found == (None if percent is None else pytest.approx(percent, abs=0.001))


@pytest.mark.parametrize(
    ("percents", "change"),
    [
        ((), None),
        ((10,), None),
        ((None, 10), None),
        ((10, 12), 0),
        ((10, 13), 3),
        ((13, 10), -3),
        ((99, 10, 20, 30, 40), 30),
        ((10, None, None, 40), 30),
    ],
)
def test_the_trend_is_the_change_over_three_months(
    percents: tuple[int | None, ...], change: int | None
) -> None:
    """A change smaller than the pack's level is none."""
    assert trend(points(*percents), level=3) == change


@pytest.mark.parametrize(
    ("percents", "width", "bars"),
    [
        ((0, 50, 100), 3, "▁▅█"),
        ((0, 50, 100), 5, "  ▁▅█"),
        ((0, 50, 100), 2, "▅█"),
        ((12, 13, 250), 3, "▁▂█"),
        ((None, 50), 2, " ▅"),
        ((), 3, "   "),
    ],
)
def test_the_last_months_are_drawn_as_bars(
    percents: tuple[int | None, ...], width: int, bars: str
) -> None:
    assert spark(points(*percents), width) == bars


@given(st.lists(st.none() | st.integers(0, 500)), st.integers(1, 12))
def test_bars_are_as_wide_as_asked_for(percents: list[int | None], width: int) -> None:
    assert len(spark(points(*percents), width)) == width


@pytest.mark.parametrize(
    ("workload", "missing"),
    [
        (WorkloadDetail("EXO"), ("due date", "intent", "business reason", "success owner")),
        (
            WorkloadDetail("EXO", due_date=MONTH, intent="Yes", business_reason=""),
            ("business reason", "success owner"),
        ),
        (
            WorkloadDetail(
                "EXO", due_date=MONTH, intent="No", business_reason="Law", success_owner="CIO"
            ),
            (),
        ),
    ],
)
def test_the_missing_dibs_of_a_workload_are_named(
    workload: WorkloadDetail, missing: tuple[str, ...]
) -> None:
    """EN-19: due date, intent, business reason, success owners."""
    assert workload.missing_dibs == missing


def test_the_latest_month_is_the_present() -> None:
    assert WorkloadDetail("EXO").current is None
    usage = tuple(points(10, 20))
    assert WorkloadDetail("EXO", usage=usage).current == usage[-1]


def test_a_share_just_below_a_milestone_does_not_read_as_reached() -> None:
    """FR-08."""
    assert [whole(share) for share in (14.99, 15.0, 100 * 29 / 100, 0.57 * 100, 120.4)] == [
        "14%", "15%", "29%", "57%", "120%",
    ]  # fmt: skip
