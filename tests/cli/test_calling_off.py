"""Ctrl+C during long work: exit status 130, one line, nothing half done."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ftop_tui.progress import CalledOffError, Work
from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli, dump


@pytest.mark.parametrize(
    "command",
    [
        ("export", "-o", "x.csv"), ("export", "-o", "x.xlsx"), ("calendar", "-o", "x.ics"),
        ("backup", "-o", "x.sqlite3"), ("brief", FABRIKAM, "-o", "x.pptx"),
        ("brief", FABRIKAM, "-o", "x.md"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_ctrl_c_leaves_nothing_half_done(
    stocked: Context,
    run_cli: RunCli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    heard = Work.__call__

    def interrupted(work: Work, part: float) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.raise_signal(signal.SIGINT)
        elif not work.called_off:  # a key wakes the main thread, which waits for this one
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            while not work.called_off:
                time.sleep(0.001)
        heard(work, part)

    monkeypatch.setattr(Work, "__call__", interrupted)
    place = tmp_path / "out"
    place.mkdir()
    before = dump(stocked.store)
    *start, name = command
    result = run_cli(*start, str(place / name))
    assert result.status == 130
    assert result.error == "ftop-tui: error: called off; nothing was changed\n"
    assert result.text == ""
    assert list(place.iterdir()) == []
    assert dump(stocked.store) == before


TOLD_TO_END = """
import os, signal, sys, time
from ftop_tui.__main__ import main
from ftop_tui.progress import Work

heard = Work.__call__

def told(work, part):
    if not work.called_off:
        os.kill(os.getpid(), NUMBER)
    end = time.monotonic() + 20
    while not work.called_off and time.monotonic() < end:
        time.sleep(0.01)  # the main thread hears of it
    heard(work, part)

Work.__call__ = told
signal.signal(NUMBER, signal.SIG_DFL)  # whoever runs the tests may have it ignored
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_backup_that_is_told_to_end_leaves_no_part(stocked: Context, name: str) -> None:
    """Promise 3: as Ctrl+C does, with the exit status of the signal."""
    number = int(getattr(signal, name))
    ended = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-c", TOLD_TO_END.replace("NUMBER", str(number)), "backup"],
        env={**os.environ, "FTOP_TUI_DATA_DIR": str(stocked.paths.data_dir)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 128 + number, ended.stderr
    assert ended.stderr == "ftop-tui: error: called off; nothing was changed\n"
    assert list((stocked.paths.data_dir / "backups").iterdir()) == []


def test_of_a_demo_that_is_called_off_nothing_is_left(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Work, __: float) -> None:
        raise CalledOffError

    monkeypatch.setattr(Work, "__call__", interrupted)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run_cli("demo").status == 130
    assert list(tmp_path.glob("ftop-tui-demo-*")) == []


@pytest.mark.parametrize("there", [False, True])
def test_a_demo_that_is_called_off_leaves_its_folder_as_it_was(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """An empty store would be opened as a portfolio without customers."""

    def interrupted(_: Work, __: float) -> None:
        raise CalledOffError

    place = tmp_path / "new" / "demo"
    if there:
        place.mkdir(parents=True)
        (place / "mine.txt").write_text("kept", encoding="utf-8")
    monkeypatch.setattr(Work, "__call__", interrupted)
    assert run_cli("demo", "--into", str(place)).status == 130
    left = [path.name for path in tmp_path.glob("new/**/*")]
    assert left == (["demo", "mine.txt"] if there else [])
    assert (tmp_path / "new").exists() == there
