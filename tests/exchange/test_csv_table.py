"""Reading CSV, TSV and pasted text as a table."""

import pytest

from ftop_tui.errors import InputError
from ftop_tui.exchange.csv_table import read_csv
from ftop_tui.exchange.tables import Table


def cells(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows]


def test_a_plain_file_gives_its_header_and_numbered_rows() -> None:
    table = read_csv("a.csv", b"Name,Users\nContoso,5\nFabrikam,\n")
    assert table.header == ("Name", "Users")
    assert cells(table) == [("Contoso", "5"), ("Fabrikam", None)]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_encoding_that_excel_writes_is_read(encoding: str) -> None:
    table = read_csv("a.csv", "Name,Town\nContoso,Zürich\n".encode(encoding))
    assert table.header == ("Name", "Town")
    assert cells(table) == [("Contoso", "Zürich")]


def test_utf16_with_the_big_end_first_and_its_mark_is_read() -> None:
    data = b"\xfe\xff" + "Name\nÅse\n".encode("utf-16-be")
    assert cells(read_csv("a.csv", data)) == [("Åse",)]


def test_windows_1252_is_remarked_upon_and_utf8_is_not() -> None:
    assert "Windows-1252" in read_csv("a.csv", "Name\nZürich".encode("cp1252")).remarks[0]
    assert read_csv("a.csv", "Name\nZürich".encode()).remarks == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_the_header_has_most_of(delimiter: str) -> None:
    text = delimiter.join(["Name", '"a,;,;b"', "Users"]) + "\n" + delimiter.join("x1,"[:2] + "2")
    table = read_csv("a.csv", text.encode())
    assert table.header == ("Name", "a,;,;b", "Users")
    assert cells(table) == [("x", "1", "2")]


def test_the_separator_line_of_excel_decides_and_counts_as_a_row() -> None:
    table = read_csv("a.csv", b"sep=;\r\nName;A,B,C\r\nContoso;1\r\n")
    assert table.header == ("Name", "A,B,C")
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("Contoso", "1"))]
    assert table.header_row == 2


def test_a_note_of_several_lines_is_one_row() -> None:
    table = read_csv("a.csv", b'Name,Note\nA,"one\n\ntwo ""quoted"""\nB,three\n')
    assert cells(table) == [("A", 'one\n\ntwo "quoted"'), ("B", "three")]
    assert [row.number for row in table.rows] == [2, 3]


def test_blank_rows_are_skipped_and_still_counted() -> None:
    table = read_csv("a.csv", b"Name,Users\n\n , \nContoso,1\n")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("Contoso", "1"))]


def test_an_open_quote_is_an_error_that_names_the_row() -> None:
    with pytest.raises(InputError, match=r"a\.csv: row 3 cannot be read"):
        read_csv("a.csv", b'Name,Note\nA,fine\nB,"never closed\nC,x\n')


def test_a_cell_of_a_million_characters_is_read() -> None:
    table = read_csv("a.csv", b"Name\n" + b"x" * 1_000_000)
    assert cells(table) == [("x" * 1_000_000,)]


def test_short_rows_are_filled_up_and_long_ones_are_misfits() -> None:
    table = read_csv("a.csv", b"A,B\n1\n1,2,3\n1,2,,\n")
    assert cells(table) == [("1", None), ("1", "2")]
    assert [(misfit.number, misfit.reason[:22]) for misfit in table.misfits] == [
        (3, "3 values for 2 columns")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0rest",
        b"\x1f\x8brest",
        b"Name\0\0\0\x01,\0\x03x",
        b"Name\n\x81\x8d",
        b"\xff\xfeN\x00a\x00m",
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.csv: "):
        read_csv("a.csv", data)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" , \nContoso,1"])
def test_a_file_without_a_header_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.csv: "):
        read_csv("a.csv", data)


def test_the_same_column_twice_is_refused_by_its_name() -> None:
    with pytest.raises(InputError, match="'Tenant Id'"):
        read_csv("a.csv", b"Tenant Id,Name,TENANT_ID\n")


def test_the_apostrophe_that_an_export_sets_before_a_formula_is_taken_off() -> None:
    table = read_csv("a.csv", b"A,B,C,D\n'=1+1,'@x,'tis,'-5\n")
    assert cells(table) == [("=1+1", "@x", "'tis", "-5")]
