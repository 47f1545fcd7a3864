"""Empty import files, and files written whole."""

import csv
import io
import os
import stat
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from import_helpers import options

from ftop_tui.errors import InputError
from ftop_tui.exchange.atomic import write_file
from ftop_tui.exchange.blank_files import BlankFormat, BlankKind, blank
from ftop_tui.exchange.formats import parse_sources
from ftop_tui.exchange.parsed import Source

PORTFOLIO_COLUMNS = (
    "TenantId, TenantName, TPID, CustomerName, BrandName, WinnerTenant, SRank, Users, "
    "EnterpriseLevel, Assigned, FM, FTA, Priority, Industry, Health, Group1Health, Group2Health, "
    "Group3Health, ForecastHealth, ForecastMonth, EnterpriseStatus, LastEnterpriseNote, "
    "LastCustomerProgress, LastCustomerPerspective, NextUpdate, RenewalDate, TelemetryBlocked, "
    "BusinessReason, ReviewDate, Phase"
)
WORKLOAD_COLUMNS = (
    "TenantId, Workload, Status, PrimaryRM, PaidUnits, ActiveUsers, Note, DueDate, Intent, "
    "BusinessReason, SuccessOwner"
)


@pytest.mark.parametrize(
    ("format_", "columns"), [("portfolio", PORTFOLIO_COLUMNS), ("workloads", WORKLOAD_COLUMNS)]
)
def test_a_blank_file_has_the_columns_in_their_order(format_: BlankFormat, columns: str) -> None:
    header = next(csv.reader(io.StringIO(blank(format_, "csv").decode())))
    assert header == columns.split(", ")


@pytest.mark.parametrize("format_", ["portfolio", "workloads"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_blank_file_imports_as_it_is(format_: BlankFormat, kind: BlankKind) -> None:
    parsed = parse_sources([Source("blank", blank(format_, kind))], options())
    assert parsed.format == format_
    assert (len(parsed.rows), parsed.rejects, parsed.warnings) == (1, (), ())
    (row,) = parsed.rows
    assert None not in asdict(row).values()


def test_both_kinds_of_a_blank_file_say_the_same() -> None:
    rows = [
        parse_sources([Source("x", blank("portfolio", kind))], options()).rows
        for kind in ("csv", "xlsx")
    ]
    assert rows[0] == rows[1]


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes of this kind")
def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.*cannot be written"):
        write_file(tmp_path / "none" / "out.csv", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="folder: cannot be written"):
        write_file(tmp_path / "folder", b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]
