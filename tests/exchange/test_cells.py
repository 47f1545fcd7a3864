"""What the cells of a column mean."""

from datetime import date

import pytest

from ftop_tui.exchange.cells import (
    CellError,
    choice,
    guid,
    level,
    line,
    note,
    positive,
    tpid,
    whole,
    yes_no,
)
from ftop_tui.exchange.tables import Cell
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Health, Phase

GUID = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001"


@pytest.mark.parametrize(
    "cell",
    [
        12000,
        12000.0,
        "12000",
        "12000.0",
        "12000,0",
        "12 000",
        "12,000",
        "12.000",
        "12'000",
        "12,000.00",
        "12.000,00",
        "012000",
    ],
)
def test_a_whole_number_is_read_however_it_is_written(cell: Cell) -> None:
    assert whole(cell) == 12000


def test_millions_are_grouped_by_one_mark_throughout() -> None:
    assert whole("1,234,567") == 1234567
    with pytest.raises(CellError):
        whole("1,234.567,8")


@pytest.mark.parametrize("cell", ["12.5", "12,5", 12.5, "0.25", "1,2345"])
def test_a_fraction_is_refused_as_such(cell: Cell) -> None:
    with pytest.raises(CellError, match="has a fraction"):
        whole(cell)


@pytest.mark.parametrize("cell", [-1, "-1", "−12,000", "(5)", -0.5])
def test_a_negative_number_is_refused_as_such(cell: Cell) -> None:
    with pytest.raises(CellError, match="is negative"):
        whole(cell)


@pytest.mark.parametrize("cell", ["", "x", "1e5", "12 00", "12%", True, "٣", "1,23,456", "5 users"])
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        whole(cell)


@pytest.mark.parametrize("cell", ["9" * 30, "999.999.999.999.999.999.999", 10**12, 1e300])
def test_a_number_that_no_tenant_has_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError, match="too large"):
        whole(cell)


def test_a_rank_is_above_zero() -> None:
    assert positive("1") == 1
    with pytest.raises(CellError, match="above 0"):
        positive(0)


def test_a_level_may_stand_after_its_word() -> None:
    assert [level(cell) for cell in (3, "4", "Level 4")] == [3, 4, 4]
    with pytest.raises(CellError):
        level("3.5")


@pytest.mark.parametrize("cell", ["Y", "yes", "TRUE", "1", 1, True])
def test_yes_in_all_its_spellings(cell: Cell) -> None:
    assert yes_no(cell) is True


@pytest.mark.parametrize("cell", ["n", "No", "False", "0", 0, False])
def test_no_in_all_its_spellings(cell: Cell) -> None:
    assert yes_no(cell) is False


@pytest.mark.parametrize("cell", ["maybe", 2, "ja", date(2026, 1, 1)])
def test_anything_else_is_neither(cell: Cell) -> None:
    with pytest.raises(CellError, match="neither yes nor no"):
        yes_no(cell)


@pytest.mark.parametrize("cell", [GUID, GUID.upper(), f"{{{GUID}}}"])
def test_a_tenant_id_is_a_guid_in_small_letters(cell: str) -> None:
    assert guid(cell) == GUID


@pytest.mark.parametrize(
    "cell",
    [GUID[:-1], GUID.replace("-", ""), f"{{{GUID}", "x" + GUID[1:], 5, "0" * 36, GUID + "\n0"],
)
def test_a_guid_that_is_none_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError, match="no tenant id"):
        guid(cell)


def test_the_empty_guid_is_nobody_s() -> None:
    with pytest.raises(CellError, match="empty GUID"):
        guid("00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("0640001", "0640001"), (640001, "640001"), (640001.0, "640001"), ("640001.0", "640001")],
)
def test_a_tpid_is_text_that_keeps_its_zeros(cell: Cell, meant: str) -> None:
    assert tpid(cell) == meant


@pytest.mark.parametrize("cell", ["1.2E+05", "1,2E+05", "6E+5", "1.2e5"])
def test_a_tpid_that_excel_has_rounded_is_refused_with_the_cure(cell: str) -> None:
    with pytest.raises(CellError, match="Excel has turned into a rounded number; format the col"):
        tpid(cell)


@pytest.mark.parametrize(
    "cell", [640001.5, -3, True, date(2026, 1, 1), "640 001", "640,001", "640.000"]
)
def test_what_is_no_tpid_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError, match="no TPID"):
        tpid(cell)


def test_a_number_of_more_digits_than_excel_keeps_is_refused() -> None:
    with pytest.raises(CellError, match="more digits"):
        tpid(1234567890123456)


def test_choices_are_read_in_any_spelling_and_named_when_they_fail() -> None:
    assert choice(Health, "health")("RED") is Health.RED
    assert choice(Phase, "phase")("Drive Value") is Phase.DRIVE_VALUE
    status = choice(EntitlementStatus, "entitlement status")
    assert status("Status Unknown") is EntitlementStatus.UNKNOWN
    assert status("Duplicate/Invalid") is EntitlementStatus.DUPLICATE
    assert status("no-intent") is EntitlementStatus.NO_INTENT
    with pytest.raises(CellError, match="'Blue' is no Enterprise status; accepted are red, yellow"):
        choice(EnterpriseStatus, "Enterprise status")("Blue")


def test_text_of_other_kinds_is_written_out() -> None:
    assert [line(cell) for cell in (True, False, 365, date(2026, 1, 2))] == [
        "Yes",
        "No",
        "365",
        "2026-01-02",
    ]


def test_a_note_keeps_its_lines_and_loses_what_harms() -> None:
    assert note(" one\r\ntwo\x1b]52;c;aGk=\x07 \n") == "one\ntwo"
    assert note(" \n ") is None


def test_a_reason_quotes_the_value_harmless_and_short() -> None:
    with pytest.raises(CellError) as caught:
        whole("\x1b[31m" + "x" * 500)
    assert "\x1b" not in str(caught.value)
    assert "x" * 59 + "…'" in str(caught.value)
    assert len(str(caught.value)) < 150
