"""Our own exports import again as unchanged, whatever is in them; no cell is ever a formula."""

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ftop_tui.errors import InputError
from ftop_tui.exchange.atomic import write_files
from ftop_tui.exchange.cells import ERRORS
from ftop_tui.exchange.csv_table import guarded, read_csv
from ftop_tui.exchange.export_tables import (
    LONGEST_CELL,
    OutTable,
    csv_bytes,
    json_bytes,
    parts,
    xlsx_bytes,
)
from ftop_tui.exchange.parsed import Source
from ftop_tui.exchange.xlsx_table import read_xlsx
from ftop_tui.playbook.roles import partner_of
from ftop_tui.services import exports, own_export, transfer
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Customer, Note, Record, Tenant, Workload
from ftop_tui.text import clean, clean_line
from house import TODAY, make_house

_ALPHABET = st.sampled_from([*"=+-@'\"\t,;|\n\r_x0041#é株😀 aB[/]{}<>&%", "\x1b", "\u202e", "\x00"])
_RAW = st.text(_ALPHABET, max_size=14) | st.just("_x0041_=_x000D_")
LINES = _RAW.map(clean_line).filter(lambda text: text and text.upper() not in ERRORS)
NOTES = _RAW.map(lambda t: clean(t).strip()).filter(lambda t: t and t.upper() not in ERRORS)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
PAST = st.dates(date(1990, 1, 1), TODAY)
COLOURS = st.sampled_from(["red", "yellow", "green", "blue"])


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


CUSTOMERS = st.fixed_dictionaries(
    {
        "name": maybe(LINES), "brand": maybe(LINES), "industry": maybe(LINES),
        "s_rank": maybe(st.integers(1, 3000)), "fm": maybe(LINES), "fta": maybe(LINES),
        "priority": maybe(st.sampled_from(["high", "low"])), "phase": maybe(st.just("drive_value")),
        "health": maybe(COLOURS), "group_1": maybe(COLOURS), "group_3": maybe(COLOURS),
        "status": maybe(st.sampled_from(["red", "yellow", "green"])),
        "forecast_health": maybe(COLOURS),
        "forecast_month": maybe(DAYS.map(lambda day: day.replace(day=1))),
        "next_update": maybe(DAYS), "business_reason": maybe(LINES), "review_date": maybe(DAYS),
    }
)  # fmt: skip
TENANTS = st.fixed_dictionaries(
    {
        "name": LINES, "winner_marked": maybe(st.booleans()), "users": maybe(st.integers(0, 10**6)),
        "level": maybe(st.integers(0, 9)), "assigned": maybe(st.booleans()),
        "telemetry_blocked": maybe(st.booleans()), "renewal_date": maybe(DAYS),
    }
)  # fmt: skip
WORKLOADS = st.fixed_dictionaries(
    {
        "status": maybe(st.sampled_from(["in_progress", "blocked", "duplicate"])),
        "primary_rm": maybe(LINES | LINES.map(lambda name: f"FTP {name}")),
        "paid_units": maybe(st.integers(0, 10**6)), "active_users": maybe(st.integers(0, 10**6)),
        "due_date": maybe(DAYS), "intent": maybe(LINES), "business_reason": maybe(LINES),
        "success_owner": maybe(LINES), "note": maybe(NOTES),
    }
)  # fmt: skip


@dataclass
class Made:
    """A customer with its tenants and their workloads."""

    customer: dict[str, Any]
    tpid: str | None
    days: dict[str, date]
    tenants: list[tuple[dict[str, Any], dict[str, dict[str, Any]]]]


@st.composite
def portfolios(draw: st.DrawFn) -> list[Made]:
    found = []
    for place in range(draw(st.integers(1, 3))):
        tpid = draw(st.sampled_from([None, f"00{place}7", f"6400{place}"]))
        kinds = st.sampled_from(["enterprise", "progress", "perspective"])
        tags = st.sampled_from(["EXO", "SPO", "TEAMS", "AADP", "CORE"])
        tenant = st.tuples(TENANTS, st.dictionaries(tags, WORKLOADS, max_size=3))
        found.append(
            Made(
                draw(CUSTOMERS),
                tpid,
                draw(st.dictionaries(kinds, PAST)),
                draw(st.lists(tenant, min_size=1, max_size=3 if tpid else 1)),
            )
        )
    return found


def store(context: Context, portfolio: list[Made]) -> None:
    with context.writer().unit("test") as unit:
        for place, made in enumerate(portfolio):
            customer = f"c{place}"
            unit.session.add(
                Customer(id=customer, tpid=made.tpid, created_on=TODAY, **made.customer)
            )
            unit.session.flush()
            for number, (tenant, workloads) in enumerate(made.tenants):
                tenant_id = f"{place:08}-0000-4000-8000-{number:012}"
                unit.session.add(
                    Tenant(id=tenant_id, customer_id=customer, created_on=TODAY, **tenant)
                )
                unit.session.flush()
                for row in _workloads(context, customer, tenant_id, workloads):
                    unit.session.add(row)
            for kind, day in made.days.items():
                unit.session.add(
                    Record(id=f"{customer}{kind}", kind=kind, customer_id=customer, day=day,
                           source="app", created_at="2026-01-01T00:00:00+00:00")
                )  # fmt: skip


def _workloads(
    context: Context, customer: str, tenant: str, workloads: dict[str, dict[str, Any]]
) -> Iterator[Any]:
    for tag, values in workloads.items():
        note = values.pop("note")
        partner = partner_of(values["primary_rm"], context.pack)
        yield Workload(tenant_id=tenant, tag=tag, partner=partner, usage_as_of=TODAY, **values)
        if note:
            yield Note(
                id=f"{tenant}{tag}", kind="entitlement", customer_id=customer, tenant_id=tenant,
                tag=tag, state="posted", body="{}", text=note, created_at="x", updated_at="x",
                posted_on=TODAY, posted_at="2026-01-01", source="app", version=1,
            )  # fmt: skip


@pytest.fixture(scope="module")
def stock_folder(_stock: Path) -> Path:
    """Where the empty store is that the examples copy."""
    return _stock


@contextmanager
def house(stock: Path) -> Iterator[Context]:
    with TemporaryDirectory() as folder:
        context = make_house(Path(folder))
        shutil.copytree(stock / "empty" / "data", context.paths.data_dir)
        yield context


def import_files(context: Context, *paths: Path) -> transfer.Plan:
    parsed = transfer.read_files(context, [Source(str(path)) for path in paths])
    return transfer.apply(context, parsed)


def contents(context: Context) -> list[Any]:
    tables, _ = own_export.tables_of(exports.read_whole(context), context.pack, context.today())
    return [table.rows for table in tables[:2]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@given(portfolio=portfolios())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_export_of_our_own_imports_again_as_unchanged(
    stock_folder: Path, form: str, portfolio: list[Made]
) -> None:
    with house(stock_folder) as full, house(stock_folder) as empty:
        store(full, portfolio)
        path = full.paths.data_dir.parent / f"out.{form}"
        shared = exports.export(full, path)
        assert shared.warnings == ()
        files = [path, *(p for p in shared.others if not p.name.endswith("notes.csv"))]
        again = import_files(full, *files)
        assert not again.rejected
        assert not again.changes_something, (again.created, again.updated)
        import_files(empty, *files)
        assert contents(empty) == contents(full)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "'=x", "''+", "\t=1", "'", "'a", "\r-2"]
)
def test_a_cell_that_begins_as_a_formula_is_harmless_and_reads_back(text: str) -> None:
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    table = read_csv("x", f'A,B\n"{guarded(text)}",1\n'.encode())
    assert table.rows[0].cells[0] == text


@given(_RAW)
@settings(max_examples=25, deadline=None)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    data = xlsx_bytes([OutTable("t", ("A", "B"), [(text, 1)])])
    cell = load_workbook(io.BytesIO(data))["t"]["A2"]
    assert cell.data_type in {"s", "n"}  # n: an empty one
    back = read_xlsx("t", data)[0]
    assert (back.rows[0].cells[0] or "") == clean(text)


@given(_RAW)
def test_no_cell_of_a_csv_file_begins_as_a_formula(text: str) -> None:
    data = csv_bytes(OutTable("t", ("A", "B"), [(text, 1)])).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(data, newline="")))[1]
    assert cells[0][:1] not in set("=+-@\t\r") or not cells[0]


def test_a_workbook_has_typed_cells_a_fixed_header_and_sensible_widths() -> None:
    day, month = date(2027, 2, 26), date(2026, 10, 1)
    table = OutTable(
        "t", ("Day", "Month", "Number", "Yes", "Id"), [(day, month, 8000, True, "007")],
        frozenset({"Month"}),
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(xlsx_bytes([table])))["t"]
    cells = [sheet.cell(2, place) for place in range(1, 6)]
    assert [c.number_format for c in cells[:2]] == ["yyyy-mm-dd", "yyyy-mm"]
    assert [c.data_type for c in cells] == ["d", "d", "n", "s", "s"]
    assert sheet.freeze_panes == "A2"
    assert all(10 <= width.width <= 60 for width in sheet.column_dimensions.values())


def test_a_text_that_no_cell_holds_goes_on_in_the_next_one(
    stocked: Context, tmp_path: Path
) -> None:
    text = "😀" * (LONGEST_CELL // 2 + 10)
    assert "".join(parts(text)) == text
    assert len(parts(text)) == 2
    with stocked.writer().unit("test") as unit:
        tenant = unit.session.get(Tenant, "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001")
        assert tenant is not None
        unit.session.add(
            Note(id="long", kind="entitlement", customer_id=tenant.customer_id, tenant_id=tenant.id,
                 tag="EXO", state="posted", body="{}", text=text, created_at="x", updated_at="x",
                 posted_on=TODAY, posted_at="9", source="app", version=1)
        )  # fmt: skip
    shared = exports.export(stocked, tmp_path / "out.xlsx")
    assert ["EXO" in warning and "in parts" in warning for warning in shared.warnings] == [True]
    rows = load_workbook(tmp_path / "out.xlsx")["notes"].iter_rows(values_only=True)
    found = next(row for row in rows if row[0] == "long")
    assert "".join(str(cell) for cell in found[10:12]) == text
    assert not import_files(stocked, tmp_path / "out.xlsx").changes_something


def test_values_of_a_newer_version_are_left_out_and_told_of(
    stocked: Context, tmp_path: Path
) -> None:
    with stocked.writer().unit("test") as unit:
        customer = unit.session.get(Tenant, "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001")
        assert customer is not None
        row = unit.session.get(Customer, customer.customer_id)
        assert row is not None
        row.health = "purple"
    shared = exports.export(stocked, tmp_path / "out.csv")
    assert any("Health 'purple' is not known" in warning for warning in shared.warnings)
    assert not import_files(stocked, tmp_path / "out.csv").changes_something


def test_a_document_keeps_health_and_enterprise_status_apart(stocked: Context) -> None:
    """ES-08."""
    whole = exports.read_whole(stocked)
    document = own_export.document(whole, TODAY)
    assert set(document) == {"made_on", "audience", "tenants", "workloads", "notes", "records"}
    for tenant in document["tenants"]:
        assert {"health", "enterprise_status"} <= set(tenant)
        assert "status" not in tenant
    assert json_bytes(document).endswith(b"}\n")


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"old")
    second.mkdir()
    with pytest.raises(InputError, match="b: cannot be written"):
        write_files({first: b"new", second: b"new"})
    assert first.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("linked", [True, False])
def test_where_a_later_file_cannot_take_its_place_the_earlier_ones_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    """Another program has one of several files open: none of them is new then."""
    names = ("a", "b", "c")
    for name in names[1:]:
        (tmp_path / name).write_bytes(b"old")

    def replace(source: Path, target: Path) -> None:
        if target.name == "c" and source.read_bytes() == b"new":
            raise PermissionError(13, "another program has it open")
        source.replace(target)

    def no_link(*_: object, **__: object) -> None:
        raise OSError(95, "no links here")

    monkeypatch.setattr("ftop_tui.exchange.atomic.replace", replace)
    if not linked:
        monkeypatch.setattr("ftop_tui.exchange.atomic.os.link", no_link)
    with pytest.raises(InputError, match="c: cannot be written: another program has it open"):
        write_files({tmp_path / name: b"new" for name in names})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"b": b"old", "c": b"old"}


def test_no_file_takes_the_place_of_a_portfolio(stocked: Context, tmp_path: Path) -> None:
    """Whatever is written, and by whichever command: not over a store, nor what is beside it."""
    before = stocked.store.read_bytes()
    for tail in ("", "-wal", "-shm"):
        path = stocked.store.with_name(stocked.store.name + tail)
        with pytest.raises(InputError, match="it is a database"):
            write_files({tmp_path / "a": b"new", path: b"new"})
    assert stocked.store.read_bytes() == before
    assert not (tmp_path / "a").exists()


def test_a_workbook_is_written_without_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promise 7: of a program that is killed meanwhile it would stay, unpacked."""

    def refused(*_: object, **__: object) -> None:
        raise OSError("no temporary file")

    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refused)
    tables = [
        OutTable("First", ("Name", "Users"), [("Contoso", 5), ("Fabrikam", None)]),
        OutTable("Second", ("Name",), []),
    ]
    book = load_workbook(io.BytesIO(xlsx_bytes(tables)))
    assert [[cell.value for cell in row] for row in book["First"]] == [
        ["Name", "Users"], ["Contoso", 5], ["Fabrikam", None],
    ]  # fmt: skip
    assert [[cell.value for cell in row] for row in book["Second"]] == [["Name"]]
    assert book["First"].freeze_panes == "A2"
