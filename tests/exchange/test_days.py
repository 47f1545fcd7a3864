"""Days and months in cells, and the order of day and month."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_helpers import ONE, TWO, messages, parse, portfolio, reasons

from ftop_tui.errors import InputError
from ftop_tui.exchange.cells import CellError
from ftop_tui.exchange.days import DateOrder, day, month
from ftop_tui.exchange.tables import Cell

OCT_28 = date(2026, 10, 28)
DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-28",
        "2026/10/28",
        "2026.10.28",
        "2026-10-28T09:30:00Z",
        "2026-10-28 09:30:00.123+02:00",
        "28-Oct-2026",
        "28 October 2026",
        "28. Oct 2026",
        "28-Oct-26",
        "Oct 28, 2026",
        "46323",
        46323,
        46323.75,
        OCT_28,
        datetime(2026, 10, 28, 9, 30),  # noqa: DTZ001
    ],
)
def test_a_day_that_says_its_order_itself_is_read(cell: Cell) -> None:
    assert day(cell, None) == OCT_28


@pytest.mark.parametrize("cell", ["28/10/2026", "28.10.2026", "28-10-2026 09:30"])
def test_day_first_is_read_when_the_order_is_known(cell: str) -> None:
    assert day(cell, DateOrder.DMY) == OCT_28


@pytest.mark.parametrize("cell", ["10/28/2026", "10/28/2026 9:30:00 AM"])
def test_month_first_is_read_when_the_order_is_known(cell: str) -> None:
    assert day(cell, DateOrder.MDY) == OCT_28


@pytest.mark.parametrize(
    "cell",
    ["2026-02-30", "2026-13-01", "31/04/2026", "0026-10-28", "1899-12-31", "28-Foo-2026"],
)
def test_a_day_that_does_not_exist_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        day(cell, DateOrder.DMY)


@pytest.mark.parametrize(
    "cell", ["soon", "1/2", "12000", 12000, "28/10/26", True, 1e300, -5, "10/28-2026", "Q4 2026"]
)
def test_what_is_no_date_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        day(cell, DateOrder.DMY)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10",
        "2026-10-01",
        "2026/10",
        "10/2026",
        "Oct-2026",
        "October 2026",
        "oct 2026",
        "Oct-26",
        "2026 October",
        "46296",
        46296,
        "2026-10-01T00:00:00",
        OCT_28,
    ],
)
def test_a_month_is_its_first_day(cell: Cell) -> None:
    assert month(cell, None) == date(2026, 10, 1)


@pytest.mark.parametrize("cell", ["2026", "2026-13", "Octember 2026", "FY27 Q2", "202610", 3.5])
def test_what_is_no_month_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        month(cell, None)


@given(DATES)
def test_every_day_is_read_back_from_each_order(when: date) -> None:
    assert day(f"{when:%d/%m/%Y}", DateOrder.DMY) == when
    assert day(f"{when:%m/%d/%Y}", DateOrder.MDY) == when
    assert day(f"{when:%Y/%m/%d}", DateOrder.YMD) == when
    assert month(f"{when:%Y-%m}", None) == when.replace(day=1)


def rows(*dates: str) -> str:
    lines = [f"{ONE[:-2]}{place:02},Tenant {place},{day}" for place, day in enumerate(dates)]
    return "\n".join(["TenantId,TenantName,RenewalDate", *lines])


def test_one_day_above_twelve_decides_for_the_whole_file() -> None:
    assert [row.renewal_date for row in parse(rows("01/02/2027", "28/02/2027")).tenants] == [
        date(2027, 2, 1),
        date(2027, 2, 28),
    ]
    assert [row.renewal_date for row in parse(rows("01/02/2027", "02/28/2027")).tenants] == [
        date(2027, 1, 2),
        date(2027, 2, 28),
    ]


def test_nothing_decides_and_the_order_is_asked_for_by_file_row_and_column() -> None:
    with pytest.raises(InputError, match=r"a\.csv: row 3, column RenewalDate: '01/02/2027' .*dmy"):
        parse(rows("2027-01-02", "01/02/2027"))


def test_the_order_that_the_caller_gives_is_taken() -> None:
    (row,) = parse(rows("01/02/2027"), dates=DateOrder.MDY).tenants
    assert row.renewal_date == date(2027, 1, 2)
    assert (
        "does not start with the year" in reasons(parse(rows("1/2/2027"), dates=DateOrder.YMD))[0]
    )


def test_days_that_read_the_same_either_way_need_no_order() -> None:
    (row,) = parse(rows("02/02/2027")).tenants
    assert row.renewal_date == date(2027, 2, 2)


def test_dates_against_the_order_of_the_file_are_rejected() -> None:
    parsed = parse(rows("28/02/2027", "27/02/2027", "02/28/2027"))
    assert len(parsed.tenants) == 2
    assert [(reject.row, reject.column) for reject in parsed.rejects] == [(4, "RenewalDate")]


def test_a_file_at_odds_with_itself_is_asked_about() -> None:
    with pytest.raises(InputError, match="contradict each other"):
        parse(rows("28/02/2027", "02/28/2027"))


def test_each_file_has_its_own_order() -> None:
    first = f"TenantId,TenantName,RenewalDate\n{ONE},Contoso,28/02/2027\n"
    second = f"TenantId,TenantName,RenewalDate\n{TWO},Fabrikam,02/28/2027\n"
    assert [row.renewal_date for row in parse(first, second).tenants] == [date(2027, 2, 28)] * 2


def test_a_day_that_does_not_exist_is_rejected_with_its_row_and_column() -> None:
    (reject,) = portfolio("RenewalDate", "2026-02-30").rejects
    assert (reject.file, reject.row, reject.column) == ("a.csv", 2, "RenewalDate")
    assert "does not exist" in reject.reason


@pytest.mark.parametrize(
    "column", ["LastEnterpriseNote", "LastCustomerProgress", "LastCustomerPerspective"]
)
def test_what_was_done_cannot_lie_in_the_future(column: str) -> None:
    assert portfolio(column, "2026-11-21").rejects == ()
    assert "lies in the future" in reasons(portfolio(column, "2026-11-22"))[0]
    assert messages(portfolio(column, "2026-11-22")) == []
