"""A rare word in a customer's text is found nowhere but in the store, whatever goes wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from ftop_tui.services import editing, week
from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli, by_hand
from ui.conftest import build
from ui.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="/proc and modes of POSIX")

WORD = "Zyzzyvaquux"


def call(context: Context, home: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the program with a home and a temporary folder of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "ftop_tui", "--today", "2026-11-21",
         "--data-dir", str(context.paths.data_dir), *arguments],
        capture_output=True, check=False, stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home / "tmp"),
             "FTOP_TUI_CONFIG_DIR": str(context.paths.config_dir)},
    )  # fmt: skip


def _places_with_the_word(*folders: Path) -> list[Path]:
    word = WORD.encode()
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and word in path.read_bytes()
    ]


def test_errors_tell_nothing_of_what_they_happened_to(stocked: Context, tmp_path: Path) -> None:
    """Promise 7: locked, damaged, refused or broken, no text reaches stderr, home or temp."""
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    with by_hand(stocked.store) as connection:
        for column in ("name", "fm", "business_reason"):
            connection.execute(f"UPDATE customer SET {column} = ?", (f"{WORD} {column}",))  # noqa: S608
        connection.execute("UPDATE note SET text = ?", (WORD,))
    secret = home / "secret"  # the file that the user imports holds the word, of course
    secret.mkdir()
    table = secret / "table.csv"
    table.write_text(f"TenantId,TenantName,Health\n{FABRIKAM},{WORD},no such colour\n")
    said = []
    said.append(call(stocked, home, "import", str(table)))  # rejected
    other = sqlite3.connect(stocked.store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said.append(call(stocked, home, "record", FABRIKAM, "progress"))  # locked for five seconds
    other.rollback()
    other.close()
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE customer SET created_on = ?", (f"{WORD} is no day",))
        connection.execute("UPDATE workload SET paid_units = ?", (WORD,))
        connection.execute("UPDATE note SET body = ?", (f"{{{WORD}",))
    for arguments in (
        ("set", FABRIKAM, "Health=green"), ("note", "list", FABRIKAM), ("export", "-o", "/dev/null",
        "--format", "xlsx"), ("brief",), ("doctor",),
    ):  # fmt: skip
        said.append(call(stocked, home, *arguments))
    said.append(call(stocked, home, "rules"))
    for done in said:
        assert WORD.encode() not in done.stderr, done.args
        assert b"Traceback" not in done.stderr, done.args
    assert [p for p in _places_with_the_word(home) if p.parent != secret] == []
    assert _places_with_the_word(stocked.paths.config_dir) == []


def test_with_debug_the_place_of_a_defect_is_told_and_none_of_its_values(
    stocked: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 7: what a library says of an error holds the text that it stumbled over."""

    def defect(*_given: object, **_named: object) -> None:
        int(f"EXO:15:{WORD}")

    monkeypatch.setattr(week, "all_items", defect)
    for debug in ((), ("--debug",)):
        said = run_cli(*debug, "week")
        assert said.status == 2
        assert ("Traceback" if debug else "unexpected ValueError") in said.error
        assert WORD not in said.error


def test_a_pack_that_cannot_be_read_is_named_by_its_place(stocked: Context, tmp_path: Path) -> None:
    """Promise 7: one's own pack may hold names; what is wrong with it is said by line or key."""
    (tmp_path / "tmp").mkdir()
    pack = stocked.paths.pack
    pack.parent.mkdir(parents=True, exist_ok=True)
    for text in (f'[clocks\nx = "{WORD}"', f'mistyped = "{WORD}"', f'clocks = "{WORD}"'):
        pack.write_text(text)
        for debug in ((), ("--debug",)):
            said = call(stocked, tmp_path, *debug, "list")
            assert said.returncode == 2
            assert str(pack).encode() in said.stderr
            assert WORD.encode() not in said.stderr


class Seen(NamedTuple):
    """What others could see of a running app: its arguments, its surroundings, its screen."""

    arguments: bytes
    environment: bytes
    shown: str


def _seen_running(context: Context, home: Path, number: int) -> Seen:
    """Open the Entitlement form over a store with the word in it, look, and send a signal."""
    (home / "tmp").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("TMPDIR", str(home / "tmp"))
        patch.setenv("TEXTUAL_LOG", "")
        terminal = Terminal(context, home)
        terminal.wait_for("1 of 17")
        terminal.wait_for(WORD)
        for letter in WORD:
            terminal.key(letter)
        time.sleep(0.3)
        place = Path("/proc") / str(terminal.pid)
        seen = (place / "cmdline").read_bytes(), (place / "environ").read_bytes()
        shown = len(terminal.shown)
        terminal.signal(number)
        os.close(terminal.end)
    return Seen(*seen, terminal.shown[shown:])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGABRT, signal.SIGKILL])
def test_nothing_of_a_session_is_left_outside_the_store_however_it_ends(
    empty: Context, tmp_path: Path, number: int
) -> None:
    """Promise 7: neither while it runs nor after a crash with a hostile note open."""
    build(empty)
    with by_hand(empty.store) as connection:
        hostile = f"{WORD} [/] [@click=app.quit]x[/] \x1b]52;c;aGFjaw==\x07"
        connection.execute("UPDATE tenant SET name = name || ?", (hostile,))
        connection.execute("UPDATE tenant_facts SET name = name || ?", (hostile,))
        connection.execute("UPDATE note SET text = ?", (hostile,))
    home = tmp_path / "home"
    seen = _seen_running(empty, home, number)
    assert WORD.encode() not in seen.arguments + seen.environment
    assert "Traceback" not in seen.shown
    assert "]52;" not in seen.shown
    assert _places_with_the_word(home) == []
    assert list(tmp_path.glob("core*")) == []


def test_no_process_names_a_text_in_its_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 7: an editor is given a file for its owner alone, never the text."""
    spy = tmp_path / "spy"
    spy.write_text(
        "#!/bin/sh\n"
        f'tr "\\0" " " < /proc/$$/cmdline > "{tmp_path}/cmdline"\n'
        f'for last; do :; done; stat -c "%a" "$last" > "{tmp_path}/mode"\n'
        f'echo "$last" > "{tmp_path}/place"\n'
    )
    spy.chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert editing.edited(WORD, tmp_path, (str(spy),)).strip() == WORD
    assert WORD not in (tmp_path / "cmdline").read_text()
    assert (tmp_path / "mode").read_text().strip() == "600"
    assert not Path((tmp_path / "place").read_text().strip()).exists()
