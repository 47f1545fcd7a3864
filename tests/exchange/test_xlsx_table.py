"""Reading workbooks."""

import io
import zipfile
from datetime import date, datetime

import pytest
from import_helpers import workbook
from openpyxl import Workbook, load_workbook

from ftop_tui.errors import InputError
from ftop_tui.exchange.xlsx_table import read_xlsx

ERROR_ROW = (
    b'<row r="9"><c r="A9" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    b'<c r="B9" t="e"><v>#SPILL!</v></c></row></sheetData>'
)


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a text in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as copy:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == name:
                assert old in content
                content = content.replace(old, new)
            copy.writestr(entry.filename, content)
    return out.getvalue()


def test_cells_keep_their_kind_and_whole_numbers_are_whole() -> None:
    day, moment = date(2026, 10, 28), datetime(2026, 10, 28, 9, 30)  # noqa: DTZ001
    data = workbook(one=[["A", "B", "C", "D", "E", "F"], [5, 1.5, "007", day, True, moment]])
    (table,) = read_xlsx("b.xlsx", data)
    assert table.sheet == "one"
    assert table.rows[0].cells == (5, 1.5, "007", day, True, moment)
    assert type(table.rows[0].cells[0]) is int


def test_rows_have_the_number_of_the_sheet_though_blank_ones_are_skipped() -> None:
    data = workbook(one=[["A"], [], [None], ["x"]])
    (table,) = read_xlsx("b.xlsx", data)
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("x",))]


def test_every_sheet_with_something_in_it_is_a_table() -> None:
    tables = read_xlsx("b.xlsx", workbook(one=[["A"], [1]], empty=[], two=[["B"], [2]]))
    assert [(table.sheet, table.header) for table in tables] == [("one", ("A",)), ("two", ("B",))]


def test_failed_formulas_come_as_their_error_text() -> None:
    """The quick reader would show them as empty cells, or refuse the sheet."""
    data = with_part(
        workbook(one=[["A", "B"], [1, date(2026, 10, 28)]]),
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        ERROR_ROW,
    )
    (table,) = read_xlsx("b.xlsx", data)
    assert [row.cells for row in table.rows] == [(1, date(2026, 10, 28)), ("#DIV/0!", "#SPILL!")]
    assert table.rows[-1].number == 9


def test_a_stray_cell_at_the_far_end_of_a_sheet_does_no_harm() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["XFD300000"] = "A", "x", " "
    out = io.BytesIO()
    book.save(out)
    (table,) = read_xlsx("b.xlsx", out.getvalue())
    assert [row.cells for row in table.rows] == [("x",)]


def test_a_stale_dimension_hides_no_row() -> None:
    data = with_part(
        workbook(one=[["A"], *[[number] for number in range(50)]]),
        "xl/worksheets/sheet1.xml",
        b'ref="A1:A51"',
        b'ref="A1:A3"',
    )
    assert len(read_xlsx("b.xlsx", data)[0].rows) == 50
    assert load_workbook(io.BytesIO(data), read_only=True)["one"].max_row == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04junk", "damaged"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0 whatever", "old Office file"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=rf"^b\.xlsx: .*{says}"):
        read_xlsx("b.xlsx", data)


def test_another_zip_file_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(InputError, match="no Excel workbook"):
        read_xlsx("b.xlsx", out.getvalue())


def test_a_damaged_sheet_is_refused_by_name() -> None:
    data = with_part(
        workbook(one=[["A"], [1]]), "xl/worksheets/sheet1.xml", b"</sheetData>", b"</nonsense>"
    )
    with pytest.raises(InputError, match=r"^b\.xlsx: "):
        read_xlsx("b.xlsx", data)


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(InputError, match="nothing in it"):
        read_xlsx("b.xlsx", workbook(one=[]))
