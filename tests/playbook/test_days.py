"""Days, quarters and fiscal years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.days import (
    day_text,
    fiscal_quarter,
    long_day,
    month_end,
    month_text,
    quarter_end_after,
)

from .builders import PACK, TODAY, day

DAYS = st.dates(date(1990, 1, 1), date(2200, 12, 31)).map(date.toordinal)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2026-01-01", "2026-06-30"),
        ("2026-03-31", "2026-06-30"),
        ("2026-04-01", "2026-09-30"),
        ("2026-06-30", "2026-09-30"),
        ("2026-07-01", "2026-12-31"),
        ("2026-09-30", "2026-12-31"),
        ("2026-10-01", "2027-03-31"),
        ("2026-12-31", "2027-03-31"),
        ("2024-02-29", "2024-06-30"),
    ],
)
def test_a_quarterly_update_is_due_on_the_last_day_of_the_next_quarter(last: str, due: str) -> None:
    """ES-04: the first calendar quarter after that of the last posted note."""
    assert day_text(quarter_end_after(day(last))) == due


@given(DAYS)
def test_a_quarter_ends_after_the_day_and_within_two_quarters(last: int) -> None:
    """ES-04."""
    due = date.fromordinal(quarter_end_after(last))
    assert 90 <= due.toordinal() - last <= 184
    assert due == month_end(due)
    assert due.month % 3 == 0


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2026-06-30", "FY26 Q4"),
        ("2026-07-01", "FY27 Q1"),
        ("2026-09-30", "FY27 Q1"),
        ("2026-10-01", "FY27 Q2"),
        ("2026-11-21", "FY27 Q2"),
        ("2026-12-31", "FY27 Q2"),
        ("2027-01-01", "FY27 Q3"),
        ("2027-04-01", "FY27 Q4"),
        ("1999-07-01", "FY00 Q1"),
    ],
)
def test_the_fiscal_quarter_is_microsoft_s(text: str, quarter: str) -> None:
    """ES-04: the year that starts on 1 July is called by the year it ends in."""
    year = PACK.year
    assert fiscal_quarter(day(text), label=year.label, first_month=year.first_month) == quarter


@given(DAYS, st.integers(1, 12))
def test_a_fiscal_year_has_four_quarters_and_ends_before_its_first_month(
    today: int, first_month: int
) -> None:
    label, quarter = fiscal_quarter(today, label="FY", first_month=first_month).split()
    then = date.fromordinal(today)
    ends = then.year if first_month == 1 or then.month < first_month else then.year + 1
    assert label == f"FY{ends % 100:02}"
    assert quarter == f"Q{(then.month - first_month) % 12 // 3 + 1}"


@given(DAYS)
def test_a_fiscal_quarter_of_july_changes_on_the_same_day_as_a_calendar_quarter(today: int) -> None:
    """ES-04: the two coincide, so one end serves both."""
    names = [fiscal_quarter(d, label="FY", first_month=7) for d in (today, today + 1)]
    same = quarter_end_after(today) == quarter_end_after(today + 1)
    assert (names[0] == names[1]) is same


def test_days_and_months_are_written_in_english() -> None:
    """RA-17: the opening sentence names the month in English."""
    assert long_day(TODAY) == "Sat 21 Nov 2026"
    assert month_text(date(2027, 3, 1)) == "March 2027"
    assert day_text(TODAY) == "2026-11-21"


@pytest.mark.parametrize(
    ("month", "end"),
    [("2026-02-01", "2026-02-28"), ("2028-02-10", "2028-02-29"), ("2026-12-31", "2026-12-31")],
)
def test_a_month_ends_on_its_last_day(month: str, end: str) -> None:
    assert month_end(date.fromisoformat(month)) == date.fromisoformat(end)
