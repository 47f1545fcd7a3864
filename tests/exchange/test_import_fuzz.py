"""Whatever is in a file, an import gives rows, rejects or an InputError and nothing else."""

import csv
import io
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from import_helpers import ONE, options, parse

from ftop_tui.errors import InputError
from ftop_tui.exchange.csv_table import read_csv
from ftop_tui.exchange.days import DateOrder
from ftop_tui.exchange.formats import FORMAT_NAMES, parse_sources
from ftop_tui.exchange.license_usage import LICENSE_USAGE
from ftop_tui.exchange.parsed import Source
from ftop_tui.exchange.portfolio import PORTFOLIO
from ftop_tui.exchange.reading import Column, Format, _from_text, _Reader
from ftop_tui.exchange.service_users import SERVICE_USERS
from ftop_tui.exchange.subscriptions import SUBSCRIPTIONS
from ftop_tui.exchange.tables import Table
from ftop_tui.exchange.workloads import WORKLOADS
from ftop_tui.exchange.xlsx_table import read_xlsx
from ftop_tui.text import clean

FORMATS = (PORTFOLIO, WORKLOADS, LICENSE_USAGE, SUBSCRIPTIONS, SERVICE_USERS)
LIKELY = st.sampled_from(
    [ONE, "EXO", "Power BI", "2026-10", "1/2/2026", "31/12/2026", "12,000", "-1", "Y", "30", "1E+9"]
)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
T = TypeVar("T")


def table_or_message(read: Callable[[], T]) -> T | str:
    """What is read, or the message of the one error that may come of it."""
    try:
        return read()
    except InputError as error:
        return error.message


@given(st.binary(max_size=200))
@example(b'a,b\n"')
@example(b"\xff\xfe\x00\xd8\x00\x00")
def test_any_bytes_are_a_table_or_an_input_error(data: bytes) -> None:
    table = table_or_message(lambda: read_csv("a.csv", data))
    if isinstance(table, Table):
        assert all(len(row.cells) == len(table.header) for row in table.rows)
    else:
        assert table.startswith("a.csv: ")


@given(st.binary(max_size=200))
def test_any_bytes_after_a_workbook_s_mark_are_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^b\.xlsx: "):
        read_xlsx("b.xlsx", b"PK\x03\x04" + data)


@given(st.sampled_from(FORMATS), st.data())
def test_any_text_in_any_cell_gives_a_row_or_a_reject(format_: Format, data: st.DataObject) -> None:
    header = [column.name for column in format_.columns]
    cells = [data.draw(st.one_of(LIKELY, TEXT), label=name) for name in header]
    out = io.StringIO()
    csv.writer(out).writerows([header, cells])
    dates = data.draw(st.sampled_from(list(DateOrder)))
    asked = options(format=format_.name, tenant=ONE, dates=dates)
    parsed = parse_sources([Source("a.csv", out.getvalue().encode())], asked)
    assert parsed.rows or parsed.rejects or parsed.warnings
    for reject in parsed.rejects:
        assert (reject.file, reject.row) == ("a.csv", 2)
        assert clean(reject.reason) == reject.reason


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(TEXT, max_size=4))
def test_any_header_is_a_format_or_an_input_error(header: list[str], cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([header, cells])
    parsed = table_or_message(lambda: parse(out.getvalue()))
    if isinstance(parsed, str):
        assert clean(parsed) == parsed
    else:
        assert parsed.format in FORMAT_NAMES


@pytest.mark.parametrize(
    "column",
    {column.quick: column for each in FORMATS for column in each.columns if column.quick}.values(),
    ids=lambda column: column.name,
)
@given(st.data())
@settings(max_examples=30)
def test_what_is_read_quickly_is_read_to_the_same_value(
    column: Column, data: st.DataObject
) -> None:
    assert column.quick
    text = data.draw(st.from_regex(column.quick.pattern, fullmatch=True))
    looked_at_closely = _from_text(_Reader(0, column, column.make(options())), text)
    quickly = column.quick.make(text)
    assert (quickly, type(quickly)) == (looked_at_closely, type(looked_at_closely))
