"""Files that are traps: bombs, huge tables, far cells. Refused or read in words, memory bounded."""

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli

from .killing import ROUNDS, tenant_id

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")

MEMORY = 1_500_000_000
SECONDS = 60


def plan(path: Path, folder: Path, seconds: float = SECONDS) -> tuple[int, str]:
    """Look at what an import would do, in a process that may use only so much memory."""

    def bounded() -> None:
        # Deferred: POSIX alone has it.
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "ftop_tui", "--data-dir", str(folder), "--today", "2026-11-21",
         "import", "--dry-run", str(path)],
        capture_output=True, check=False, preexec_fn=bounded, timeout=seconds,
        env={**os.environ, "FTOP_TUI_CONFIG_DIR": str(folder)},
    )  # fmt: skip
    return done.returncode, done.stderr.decode()


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["TenantId", "TenantName"])
    sheet.append([FABRIKAM, "Fabrikam"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts made another."""
    old, new = zipfile.ZipFile(io.BytesIO(_workbook())), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in old.namelist():
            data = old.read(name)
            archive.writestr(name, change(data) if name == part else data)
    return new.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol" * 10) for n in range(12)
)


def _entities(data: bytes) -> bytes:
    head, _, rest = data.partition(b"<worksheet")
    bomb = b"<!DOCTYPE worksheet [" + _LAUGHS + b"]>"
    rest = rest.replace(b"</sheetData>", b'<row r="3"><c r="A3" t="inlineStr"><is><t>&l11;</t></is>'
                        b"</c></row></sheetData>")  # fmt: skip
    return head + bomb + b"<worksheet" + rest


def _far_entities(data: bytes) -> bytes:
    return _entities(data).replace(b'r="A3"', b'r="XFD3"')


def _claiming(workbook: bytes, size: int) -> bytes:
    """A workbook whose directory gives another size for its sheet than that has."""
    data = bytearray(workbook)
    entry = data.rindex(SHEET.encode()) - 46  # its header in the central directory
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(data)


def _much(data: bytes) -> bytes:
    return data.replace(b"</sheetData>", b" " * 50_000_000 + b"</sheetData>")


def _dimension(data: bytes) -> bytes:
    start = data.index(b"<dimension")
    end = data.index(b"/>", start)
    return data[:start] + b'<dimension ref="A1:XFD1048576"' + data[end:]


def _far_cell(data: bytes) -> bytes:
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return data.replace(b"</sheetData>", last)


_PIECE, _MANY = 1_000_000, 490


def _long(cells: bytes, piece: bytes, after: bytes) -> Callable[[], bytes]:
    """A workbook of 2 MB whose sheet, unpacked, is half a gigabyte."""

    def change(data: bytes) -> bytes:
        head, _, rest = data.partition(b"</sheetData>")
        pieces = piece * (_PIECE // len(piece)) * _MANY
        return b"".join((head, cells, pieces, after, b"</sheetData>", rest))

    return lambda: _changed(SHEET, change)


def _texts(begin: bytes, piece: bytes = b"", end: bytes = b"", cells: int = 0) -> bytes:
    """A workbook with shared texts, the first of which a number of cells name."""
    row = b'<row><c t="s"><v>0</v></c></row>'
    out = io.BytesIO(
        _changed(SHEET, lambda d: d.replace(b"</sheetData>", row * cells + b"</sheetData>"))
    )
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(STRINGS, "w", force_zip64=True) as part,
    ):
        part.write(b"<sst" + begin)
        for _ in range(_MANY if piece else 0):
            part.write(piece * (_PIECE // len(piece)))
        part.write(end + b"</sst>")
    return out.getvalue()


def _corner(data: bytes) -> bytes:
    last = b'<row r="99999"><c r="ZZ99999"><v>1</v></c></row></sheetData>'
    return data.replace(b"</sheetData>", last)


TRAPS: dict[str, tuple[str, Callable[[], bytes], set[int]]] = {
    "entities": ("a.xlsx", lambda: _changed(SHEET, _entities), {0, 1, 2}),
    "entities, read by the other reader": ("a.xlsx", lambda: _changed(SHEET, _far_entities), {2}),
    "a sheet of half a gigabyte": (
        "a.xlsx", lambda: _claiming(_changed(SHEET, bytes), 510_000_000), {2},
    ),
    "a sheet larger than it says": (
        "a.xlsx", lambda: _claiming(_changed(SHEET, _much), 1000), {0, 2},
    ),
    "a dimension of all cells": ("a.xlsx", lambda: _changed(SHEET, _dimension), {0}),
    "a cell at the far end": ("a.xlsx", lambda: _changed(SHEET, _far_cell), {0, 1, 2}),
    "a cell at the end of what has two letters": ("a.xlsx", lambda: _changed(SHEET, _corner), {2}),
    "shared texts without end": (
        "a.xlsx", lambda: _texts(b">", b"<si><t>ab</t></si>"), {2},
    ),
    "shared texts that are claimed": (
        "a.xlsx", lambda: _texts(b' uniqueCount="4000000000">'), {2},
    ),
    "a shared text that is everywhere": (
        "a.xlsx", lambda: _texts(b"><si><t>" + b"a" * 100_000, b"", b"</t></si>", 20_000), {2},
    ),
    "a cell without end": (
        "a.xlsx", _long(b'<row><c t="inlineStr"><is><t>', b"a", b"</t></is></c></row>"), {2},
    ),
    "cells without end": ("a.xlsx", _long(b"<row>", b"<c><v>1</v></c>", b"</row>"), {2}),
    "empty cells without end": (
        "a.xlsx", _long(b"<row>", b"<c/>", b"<c><v>1</v></c></row>"), {2},
    ),
    "a quote that never ends": (
        "a.csv", lambda: b'TenantId,TenantName\n"' + b"x,y\n" * 3_000_000, {2},
    ),
    "one line": ("a.csv", lambda: b"x" * 1_000_000, {2}),
    "nothing but zeros": ("a.csv", lambda: bytes(10_000_000), {2}),
    "columns without end": ("a.csv", lambda: b"TenantId,TenantName" + b"," * 1_000_000, {0, 1, 2}),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
def test_a_trap_is_answered_in_words_with_memory_bounded(
    tmp_path: Path, trap: tuple[str, Callable[[], bytes], set[int]]
) -> None:
    """Promise 6."""
    name, make, statuses = trap
    (tmp_path / name).write_bytes(make())
    began = time.monotonic()
    status, said = plan(tmp_path / name, tmp_path)
    assert status in statuses, said
    assert "unexpected" not in said
    assert "MemoryError" not in said
    assert status != 2 or name in said or "rejected" in said
    assert len(said) < 5000
    assert time.monotonic() - began < SECONDS / 2


def _rows(number: int) -> Iterator[tuple[str, ...]]:
    yield "TenantId", "TenantName", "Users"
    yield from ((tenant_id(n), f"Contoso {n}", str(n)) for n in range(number))


def _csv(number: int) -> bytes:
    return "".join(f"{','.join(row)}\n" for row in _rows(number)).encode()


def _xlsx(number: int) -> bytes:
    """Written by hand: openpyxl would take minutes for a million rows."""
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row)
        for row in _rows(number)
    )
    rows = "".join(f"<row>{row}</row>" for row in cells).encode()
    head, rest = b"<sheetData>", b"</sheetData>"
    return _changed(
        SHEET, lambda old: old[: old.index(head)] + head + rows + old[old.index(rest) :]
    )


@pytest.mark.parametrize("write", [_csv, _xlsx], ids=["csv", "xlsx"])
def test_a_table_of_very_many_rows_is_read(tmp_path: Path, write: Callable[[int], bytes]) -> None:
    """Promise 6: tens of thousands, ten times as many in the long loops, within the same memory."""
    number, seconds = (400_000, 1200) if ROUNDS > 4 else (40_000, SECONDS)
    path = tmp_path / f"many.{write.__name__[1:]}"
    path.write_bytes(write(number))
    status, said = plan(path, tmp_path, seconds)
    assert status == 0, said


def _peak(path: Path, folder: Path) -> int:
    """The most memory, in bytes, that importing a file into a new store takes a process."""
    call = (
        "import sys; from ftop_tui.exchange import tables; from ftop_tui.__main__ import main; "
        "tables.AT_ONCE //= int(sys.argv.pop(1)); main()"
    )
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", call, "1" if ROUNDS > 4 else "5", "--data-dir", str(folder),
         "--today", "2026-11-21", "import", str(path)],
        stdout=subprocess.DEVNULL, env={**os.environ, "FTOP_TUI_CONFIG_DIR": str(folder)},
    )  # fmt: skip
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def test_the_memory_of_an_import_hardly_grows_with_its_rows(tmp_path: Path) -> None:
    """Promise 6: rows are worked on in batches; smaller ones here, so that fewer rows show it."""
    few, many = (100_000, 400_000) if ROUNDS > 4 else (12_000, 30_000)
    peaks = []
    for number in (few, many):
        path, folder = tmp_path / f"{number}.csv", tmp_path / str(number)
        path.write_bytes(_csv(number))
        peaks.append(_peak(path, folder))
    assert (peaks[1] - peaks[0]) / (many - few) < 600, peaks


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x","y")', "'=1", "=cmd|' /C"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_cells_like_formulas_go_out_and_come_in_again_as_they_were(
    stocked: Context, run_cli: RunCli, tmp_path: Path, form: str
) -> None:
    """Promise 6."""
    path = tmp_path / f"all.{form}"
    for text in FORMULAS:
        assert run_cli("set", FABRIKAM, f"BusinessReason={text}").status == 0
        kept = run_cli("show", FABRIKAM, "--json").json
        assert run_cli("export", "-o", str(path)).status == 0
        again = run_cli("import", str(path), "--json")
        assert again.status == 0, again
        assert not any(again.json["updated"].values()), (text, again.json)
        assert run_cli("show", FABRIKAM, "--json").json == kept
        if form == "xlsx":
            cells = [c for row in load_workbook(path).worksheets[0].iter_rows() for c in row]
            assert all(cell.data_type != "f" for cell in cells)
