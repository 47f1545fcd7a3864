"""What is written for elsewhere: whole or not at all, harmless, nowhere but where it should be."""

import csv
import io
import json
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftop_tui.services import backups, demo, tenants
from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli, by_hand, dump, make_house
from ui.conftest import HOSTILE

from .killing import is_sound, kill_at_random, rounds
from .tour import poison

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def _poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("poisoned")
    house = make_house(folder)
    demo.build(house, 12, 1)
    poison(house)
    return folder


@pytest.fixture
def poisoned(context: Context, _poisoned: Path) -> Context:
    """The demo's customers with hostile text in every column."""
    shutil.copytree(_poisoned / "data", context.paths.data_dir)
    return context


def test_an_export_that_was_killed_is_the_old_file_or_the_new(
    stocked: Context, tmp_path: Path
) -> None:
    """Promise 3: half of a file is never in its place."""
    place = tmp_path / "out"
    place.mkdir()
    names = ["all.json", "all.csv", "all.xlsx"]
    for dice in rounds():
        kill_at_random(dice, "export", stocked.paths.data_dir, *(str(place / n) for n in names))
        is_sound(stocked)
        if (place / "all.json").exists():
            assert json.loads((place / "all.json").read_bytes())["tenants"]
        if (place / "all.xlsx").exists():
            assert zipfile.ZipFile(place / "all.xlsx").testzip() is None
        for path in place.glob("*.csv"):
            assert path.read_bytes().endswith(b"\n")


READING = [
    ("list",), ("list", "--json"), ("why", "610000"), ("show", "610000"),
    ("show", "610000", "--json"),
    ("week",), ("week", "--json"), ("moved",), ("brief",), ("brief", "610000"), ("search", "x"),
    ("plan", "610000"), ("escalation", "list", "610000"), ("contact", "list", "610000"),
    ("forecast", "show", "610000"), ("milestone", "list", "610000"), ("partner", "list"),
    ("review", "list"), ("opening", "610000"), ("note", "list", "610000"), ("doctor",),
    ("action", "list"), ("undo",),
]  # fmt: skip


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_prints_what_a_terminal_would_obey(
    poisoned: Context, run_cli: RunCli, command: tuple[str, ...]
) -> None:
    """Promise 6."""
    result = run_cli(*command)
    assert result.status in {0, 1}, result
    assert not CONTROLS.search(result.text), command
    assert not CONTROLS.search(result.error)
    assert "unexpected" not in result.error


WRITING = [
    ("export", "-o", "all.csv"), ("export", "-o", "all.xlsx"), ("export", "-o", "all.json"),
    ("brief", "610000", "-o", "one.md"), ("brief", "610000", "-o", "one.txt"),
    ("brief", "610000", "-o", "one.pptx"), ("calendar", "-o", "due.ics"),
]  # fmt: skip


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_no_file_holds_an_action_a_formula_or_a_path(
    poisoned: Context, run_cli: RunCli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Promise 6."""
    place = tmp_path / "out"
    place.mkdir()
    *start, name = command
    result = run_cli(*start, str(place / name))
    assert result.status == 0, result
    stem = Path(name).stem
    assert all(path.name.startswith(stem) for path in place.iterdir()), "names come from -o alone"
    for path in place.iterdir():
        _CHECKS[path.suffix](path.read_bytes())


def _check_csv(data: bytes) -> None:
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or _is_number(cell), cell
            assert not CONTROLS.search(cell)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _check_xlsx(data: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not CONTROLS.search(str(cell.value).replace("_x000D_", ""))


def _check_pptx(data: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(data))
    for part in archive.namelist():
        if part.endswith(".xml"):
            assert not CONTROLS.search(archive.read(part).decode().replace("\r\n", "\n"))
        assert b'TargetMode="External"' not in archive.read(part)


def _check_ics(data: bytes) -> None:
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 0
    for line in lines[:-1]:
        assert re.match(r"[A-Z-]+[;:]", line), line
        assert not CONTROLS.search(line)


def _check_text(data: bytes) -> None:
    assert not CONTROLS.search(data.decode())


_CHECKS = {
    ".csv": _check_csv, ".xlsx": _check_xlsx, ".json": _check_text, ".md": _check_text,
    ".txt": _check_text, ".pptx": _check_pptx, ".ics": _check_ics,
}  # fmt: skip


NAMES = ["../../x", "CON", "a/b", "x" * 300, "~root", "=1+1", "nul\x00byte", *HOSTILE[:5]]


@pytest.mark.parametrize("name", NAMES)
def test_a_customers_name_is_never_a_path(
    stocked: Context, run_cli: RunCli, tmp_path: Path, name: str
) -> None:
    """Promise 6: nothing is written but what was asked for, wherever a name points."""
    tenants.edit(stocked, FABRIKAM, {"CustomerName": name, "TenantName": name or "x"})
    place = tmp_path / "out"
    place.mkdir()
    before = {path for path in tmp_path.rglob("*") if "data" not in path.parts}
    for command in WRITING[2:]:
        *start, target = command
        start = [FABRIKAM if word == "610000" else word for word in start]
        assert run_cli(*start, str(place / target)).status == 0
    new = {path for path in tmp_path.rglob("*") if "data" not in path.parts} - before
    assert {path.name for path in new} == {command[-1] for command in WRITING[2:]}


def test_a_file_name_that_cannot_be_is_refused_in_words(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 6."""
    long = "x" * 300
    for target in (
        f"{long}.json", f"{long}.csv", f"{long[:246]}.csv", "no/such/folder/x.json", "nul\x00.json",
    ):  # fmt: skip
        for command in (
            ("export", "-o"), ("backup", "-o"), ("import",), ("lint", "--jsonl"),
            ("brief", FABRIKAM, "-o"), ("calendar", "-o"), ("template", "portfolio", "-o"),
        ):  # fmt: skip
            if len(target) == 250 and command[0] not in {"export", "backup"}:
                continue  # a name that can be; only what goes beside it has a longer one
            result = run_cli(*command, str(tmp_path / target))
            assert result.status == 2, (command, result)
            assert result.error.startswith("ftop-tui: error: ")
            assert "unexpected" not in result.error, command
            assert not CONTROLS.search(result.error.rstrip("\n"))
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
    assert run_cli("backup", "-o", str(tmp_path / long[:248])).status == 0
    assert run_cli("restore", str(tmp_path / long[:248])).status == 0
    assert run_cli("brief", FABRIKAM, "-o", "~nobody-of-that-name/x.md").status == 2
    long = str(tmp_path / ("x" * 300))
    for call in (
        ("backup", "-o", long), ("restore", long), ("demo", "--into", long),
        ("export", "-o", f"{long}.csv"), ("--data-dir", long, "list"), ("import", long),
    ):  # fmt: skip
        result = run_cli(*call)
        assert result.status in {2, 3}, result
        assert "too long" in result.error, result


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are UTF-8 or UTF-16")
def test_a_name_that_is_no_utf8_is_one(stocked: Context, run_cli: RunCli, tmp_path: Path) -> None:
    """Promise 6: it is only shown in part."""
    place = os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.sqlite3")
    assert run_cli("backup", "-o", place).status == 0
    assert Path(place).exists()
    assert run_cli("restore", place).status == 0
    assert run_cli("list", "--json").json
    Path(place).write_bytes(b"x")
    assert run_cli("restore", place).status == 2


def test_a_link_in_the_place_of_a_file_is_replaced_and_what_it_led_to_is_left(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4: an export or a backup writes nothing but the name that it was given."""
    precious = tmp_path / "precious"
    for command, name in (("export", "all.json"), ("backup", "kept.sqlite3")):
        precious.write_text("dear")
        link = tmp_path / name
        link.symlink_to(precious)
        assert run_cli(command, "-o", str(link)).status == 0
        assert not link.is_symlink()
        assert precious.read_text() == "dear"


def test_a_store_behind_a_link_stays_there(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4: a store that is kept elsewhere is written and restored where it is."""
    kept = backups.backup(stocked)
    real = tmp_path / "elsewhere.sqlite3"
    with by_hand(stocked.store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(stocked.store, real)
    stocked.store.symlink_to(real)
    before = dump(real)
    assert run_cli("set", FABRIKAM, "Industry=Toys").status == 0
    assert dump(real) != before
    assert run_cli("restore", str(kept)).status == 0
    assert dump(real) == before
    assert stocked.store.is_symlink()
    real.write_bytes(b"no database at all, " * 500)
    assert run_cli("restore", str(kept)).status == 0
    assert dump(real) == before
    assert stocked.store.is_symlink()
    (aside,) = kept.parent.glob("unusable-*.sqlite3")
    assert aside.read_bytes() == b"no database at all, " * 500


@pytest.mark.parametrize("command", ["backup", "export", "calendar"])
@pytest.mark.parametrize("tail", ["", "-wal", "-shm", "-journal"])
def test_no_file_takes_the_place_of_the_store_or_its_log(
    stocked: Context, run_cli: RunCli, command: str, tail: str
) -> None:
    """Promise 2: what is committed may be in the log alone."""
    own = stocked.store.with_name(stocked.store.name + tail)
    before = own.read_bytes() if own.exists() else None
    assert run_cli(command, "-o", str(own)).status == 2
    assert (own.read_bytes() if own.exists() else None) == before


def test_a_link_that_leads_nowhere_is_no_store(
    context: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4."""
    context.paths.data_dir.mkdir(parents=True)
    context.store.symlink_to(tmp_path / "nowhere")
    result = run_cli("record", FABRIKAM, "progress")
    assert result.status in {2, 3}
    assert "unexpected" not in result.error
    assert not (tmp_path / "nowhere").exists()
