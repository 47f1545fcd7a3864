"""A rare word in a customer's text is found nowhere but in the store, whatever goes wrong."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ftop_tui.services import editing
from ftop_tui.services.context import Context
from house import FABRIKAM, by_hand

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
    pack = stocked.paths.config_dir / "playbook.toml"
    pack.parent.mkdir(parents=True, exist_ok=True)
    said.append(call(stocked, home, "rules"))
    for done in said:
        assert WORD.encode() not in done.stderr, done.args
        assert b"Traceback" not in done.stderr, done.args
    assert [p for p in _places_with_the_word(home) if p.parent != secret] == []
    assert _places_with_the_word(stocked.paths.config_dir) == []


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
    assert editing.edited(WORD, (str(spy),)).strip() == WORD
    assert WORD not in (tmp_path / "cmdline").read_text()
    assert (tmp_path / "mode").read_text().strip() == "600"
    assert not Path((tmp_path / "place").read_text().strip()).exists()
