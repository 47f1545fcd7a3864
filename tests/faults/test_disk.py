"""A disk that is full, a folder that may not be written, syncs that are counted."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ftop_tui.services.context import Context
from ftop_tui.store import schema
from house import FABRIKAM, Result, RunCli, by_hand, dump, make_house, run_in

from .killing import tenant_id

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and users of POSIX")

COMMAND = [sys.executable, "-m", "ftop_tui", "--today", "2026-11-21", "--data-dir"]
NOBODY = 65534


def run(
    context: Context, *arguments: str, limit: int | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run the program, with files limited to so many bytes."""

    def before() -> None:
        # Deferred: POSIX alone has it.
        import resource  # noqa: PLC0415
        import signal  # noqa: PLC0415

        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(  # noqa: S603 - our own program
        [*COMMAND, str(context.paths.data_dir), *arguments],
        capture_output=True,
        check=False,
        preexec_fn=before,
        env={**os.environ, "FTOP_TUI_CONFIG_DIR": str(context.paths.config_dir)},
    )


def _flat(context: Context) -> int:
    """Empty the log; the size of the store's file."""
    with by_hand(context.store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return context.store.stat().st_size


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", FABRIKAM, "BusinessReason=" + "words " * 15000),
        ("note", "add", FABRIKAM, "--kind", "overall", "--field", "text=" + "words " * 15000),
        ("backup",),
        ("undo",),
    ],
)
def test_on_a_full_disk_nothing_is_half_written(
    stocked: Context, arguments: tuple[str, ...]
) -> None:
    """Promise 2 and 3."""
    size = _flat(stocked)
    before = dump(stocked.store)
    full = run(stocked, *arguments, limit=size // 2 if arguments == ("backup",) else 60_000)
    assert full.returncode in {2, 3}, full
    assert full.stderr.startswith(b"ftop-tui: error: ")
    assert b"Traceback" not in full.stderr
    assert dump(stocked.store) == before
    assert not list(stocked.paths.data_dir.rglob("*.new*"))
    assert run(stocked, "list").returncode == 0


def test_an_import_on_a_full_disk_changes_nothing(stocked: Context, tmp_path: Path) -> None:
    rows = "".join(f"{tenant_id(n)},Contoso {n}\n" for n in range(3000))
    (tmp_path / "many.csv").write_text(f"TenantId,TenantName\n{rows}")
    size = _flat(stocked)
    before = dump(stocked.store)
    full = run(stocked, "import", str(tmp_path / "many.csv"), limit=size + 20_000)
    assert full.returncode == 3, full
    assert dump(stocked.store) == before


def _as_nobody(call: Callable[[], Result]) -> int:
    """The exit status of a call, made by a user who is not root, in a process of its own."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            result = call()
            status = 98 if b"Traceback" in result.stderr else result.status
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_folder_that_may_only_be_read_is_left_as_it_is(stocked: Context) -> None:
    """Promise 4."""
    _flat(stocked)
    folder = Path(tempfile.mkdtemp())  # where anyone may look, unlike the tests' own
    try:
        house = make_house(folder)
        house.paths.data_dir.mkdir()
        shutil.copy(stocked.store, house.store)
        for path, mode in ((house.store, 0o444), (house.paths.data_dir, 0o555), (folder, 0o755)):
            path.chmod(mode)
        before = house.store.read_bytes()
        run_in(folder, ("rules", "ES-01"))  # what it imports may be out of nobody's reach
        assert _as_nobody(lambda: run_in(folder, ("set", FABRIKAM, "Health=green"))) == 3
        assert _as_nobody(lambda: run_in(folder, ("backup",))) in {2, 3}
        assert house.store.read_bytes() == before
    finally:
        house.paths.data_dir.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("ending", ["", "-shm", "-wal"])
def test_what_may_only_be_read_is_named(
    stocked: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Promise 4: not its folder, where that can be written; whoever is root may write all."""
    place = stocked.store.with_name(f"{stocked.store.name}{ending}")
    place.touch()
    monkeypatch.setattr(os, "access", lambda path, _mode: path != place)
    told = run_cli("doctor")
    assert told.status == 1
    assert f"{place} may only be read" in told.text
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorname = "SQLITE_READONLY"
    assert f"make {place} writable" in schema.unusable(stocked.store, error).message


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace counts the syncs")
def test_each_save_is_one_sync(stocked: Context, tmp_path: Path) -> None:
    """Promise 2: what is said to be saved is on the disk."""
    worker = Path(__file__).parent / "worker.py"
    trace = tmp_path / "trace"
    process = subprocess.Popen(  # noqa: S603
        ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace),  # noqa: S607
         sys.executable, str(worker), "save", str(stocked.paths.data_dir)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for _ in range(31):
        process.stdout.readline()
    process.kill()
    process.wait()
    syncs = len(re.findall(r"f(?:data)?sync\(", trace.read_text()))
    assert 30 <= syncs <= 45
