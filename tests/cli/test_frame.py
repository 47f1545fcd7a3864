"""The command line's frame: exit statuses, one-line errors, output in UTF-8 whatever happens."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ftop_tui import __version__
from ftop_tui.cli.framework import COMMANDS
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli, by_hand

_HOSTILE = "\x1b]52;c;aGFjaw==\x07Con\x9b31mtoso\u202e\x7f\x00 [red]x[/]"


def _program(
    tmp_path: Path, *arguments: str, stdin: bytes = b"", locale: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """`python -m ftop_tui` with next to nothing in its environment."""
    call = [sys.executable, "-m", "ftop_tui", "--data-dir", str(tmp_path / "data"), *arguments]
    places = {"FTOP_TUI_CONFIG_DIR": str(tmp_path / "config"), "FTOP_TUI_TODAY": "2026-11-21"}
    return subprocess.run(  # noqa: S603 - our own program
        call, input=stdin, capture_output=True, env={**places, **(locale or {})}, check=False
    )


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help(command: str, run_cli: RunCli) -> None:
    result = run_cli(command, "--help")
    assert result.status == 0
    assert result.text.startswith(f"usage: ftop-tui {command}")
    assert result.stderr == b""


def test_help_names_every_command(run_cli: RunCli) -> None:
    text = run_cli("--help").text
    for command in COMMANDS:
        assert f"  {command.name} " in text


def test_the_version_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    assert run_cli("--version").text == f"ftop-tui {__version__}\n"
    assert _program(tmp_path, "--version").stdout == f"ftop-tui {__version__}\n".encode()


@pytest.mark.parametrize(
    "call",
    [
        ("no-such-command",),
        ("list", "--no-such-option"),
        ("list", "--limit", "many"),
        ("list", "--limit", "-1"),
        ("list", "--band", "hot"),
        ("list", "--mine"),
        ("why",),
        ("why", "Nobody"),
        ("moved", "--since", "soon"),
        ("moved", "--since", "2026-11-22"),
        ("rules", "XX-99"),
        ("note",),
        ("note", "show", "nothing"),
        ("import", "no-such-file.csv"),
        ("lint", "no-such-file.txt", "--workload", "EXO", "--status", "blocked"),
        ("set", FABRIKAM, "Health"),
        ("record", FABRIKAM, "party"),
        ("demo", "--customers", "0"),
        ("demo", "--customers", "10001"),
    ],
)
def test_a_wrong_call_ends_with_2_and_one_line(
    call: tuple[str, ...], stocked: Context, run_cli: RunCli
) -> None:
    before = stocked.store.read_bytes()
    result = run_cli(*call)
    assert result.status == 2
    assert result.stdout == b""
    assert result.error.startswith("ftop-tui: error: ")
    assert result.error.count("\n") == 1
    assert "unexpected" not in result.error
    assert "Traceback" not in result.error
    assert stocked.store.read_bytes() == before


@pytest.mark.parametrize(
    "day", ["tomorrow", "2026-13-01", "9999-12-31", "21.11.2026", "20261121", "", " "]
)
def test_a_today_that_is_none_is_refused(day: str, run_cli: RunCli) -> None:
    result = run_cli("--today", day, "list")
    assert result.status == 2
    assert "--today" in result.error


def test_debug_shows_the_traceback_and_keeps_the_status(stocked: Context, run_cli: RunCli) -> None:
    result = run_cli("--debug", "why", "Nobody")
    assert result.status == 2
    assert "Traceback" in result.error
    with by_hand(stocked.store) as connection:
        connection.execute("PRAGMA user_version = 99")
    result = run_cli("--debug", "list")
    assert result.status == 3
    assert "Traceback" in result.error


def test_too_little_memory_is_said_in_words(
    stocked: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(portfolio, "load", load)
    result = run_cli("list")
    assert result.status == 2
    assert "not enough memory" in result.error
    assert "unexpected" not in result.error


def test_the_program_ends_with_the_status_of_its_command(tmp_path: Path) -> None:
    for debug in ((), ("--debug",)):
        done = _program(tmp_path, *debug, "why", "Nobody")
        assert done.returncode == 2
        assert (b"Traceback" in done.stderr) is bool(debug)
        assert done.stdout == b""


def test_an_absent_store_is_an_empty_portfolio_and_stays_absent(
    context: Context, run_cli: RunCli
) -> None:
    """Contract, JSON: an empty array with exit 0, and nothing is created."""
    for call in (
        ("list", "--json"),
        ("note", "list", "--json"),
        ("moved", "--json"),
    ):
        result = run_cli(*call)
        assert (result.status, result.json) == (0, []), call
    refused: tuple[tuple[str, ...], ...] = (
        ("why", "640001", "--json"),
        ("show", "640001", "--json"),
        ("opening", "640001", "--json"),
        ("note", "list", "640001"),
        ("note", "show", "abc"),
        ("note", "edit", "abc", "--field", "text=x"),
        ("note", "delete", "abc"),
        ("note", "post", "abc"),
        ("note", "add", "640001", "--kind", "overall"),
        ("set", "640001", "Health=red"),
        ("record", "640001", "event"),
        ("add", "no-guid", "Contoso"),
    )
    for words in refused:
        assert run_cli(*words).status == 2, words
    for quiet in ("undo", "redo", "list", "moved", "note list", "locate"):
        result = run_cli(*quiet.split())
        assert (result.status, result.stderr) == (0, b""), quiet
    assert "nothing to undo" in run_cli("undo").text
    assert not context.paths.data_dir.exists()


def test_rules_are_told_as_the_contract_shapes_them(run_cli: RunCli) -> None:
    rules = run_cli("rules", "--json").json
    assert len({rule["id"] for rule in rules}) == len(rules) > 80
    for rule in rules:
        assert list(rule) == ["id", "doc", "area", "says", "does"]
        assert all(isinstance(value, str) and value for value in rule.values())
    assert [rule["id"] for rule in run_cli("rules", "en-04", "--json").json] == ["EN-04"]
    assert run_cli("rules", "EN-04").text.startswith("EN-04")


def test_the_paths_in_use_are_told(context: Context, run_cli: RunCli) -> None:
    told = run_cli("locate", "--json").json
    assert told["store"] == str(context.store)
    assert told["data_dir"] == str(context.paths.data_dir)


def test_foreign_text_reaches_stdout_without_controls(stocked: Context, run_cli: RunCli) -> None:
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE tenant_facts SET name = ?, customer = ?", (_HOSTILE, _HOSTILE))
        connection.execute("UPDATE customer SET industry = ?", (_HOSTILE,))
        connection.execute("UPDATE workload SET intent = ?", (_HOSTILE,))
        connection.execute("UPDATE note SET text = ?", (_HOSTILE,))
    calls = [
        (command, *who, *how)
        for command, who in (
            ("list", ()),
            ("why", (FABRIKAM,)),
            ("show", (FABRIKAM,)),
            ("opening", (FABRIKAM,)),
            ("note", ("list",)),
            ("moved", ("--since", "2026-11-01")),
        )
        for how in ((), ("--json",))
    ]
    for call in calls:
        result = run_cli(*call)
        assert result.status in {0, 1}, (call, result.error)
        bad = {c for c in result.text if c in "\x00\x07\x1b\x7f\x9b\u202e"}
        assert not bad, call
        if "--json" in call:
            assert json.loads(result.stdout) is not None
    assert run_cli("list", "--json").json[0]["name"] == _HOSTILE, "JSON loses nothing"
    result = run_cli("why", _HOSTILE.replace("\x00", ""))
    assert not {c for c in result.error if c in "\x00\x07\x1b\x7f\x9b\u202e"}


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
     {"PYTHONIOENCODING": "ascii:strict"}],
)  # fmt: skip
def test_output_is_utf8_whatever_the_locale(
    locale: dict[str, str], empty: Context, tmp_path: Path
) -> None:
    table = f"TenantId,TenantName\n{FABRIKAM},Sköld & Söner 株式会社\n".encode()
    done = _program(tmp_path, "import", "-", stdin=table, locale=locale)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Sköld & Söner 株式会社" in _program(tmp_path, "list", locale=locale).stdout.decode()
    assert json.loads(_program(tmp_path, "list", "--json", locale=locale).stdout)[0]["name"] == (
        "Sköld & Söner 株式会社"
    )
    done = _program(tmp_path, "why", "Südwind", locale=locale)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "call",
    [("rules",), ("rules", "--json"), ("--help",), ("list", "--help"), ("template", "portfolio")],
)
def test_a_reader_that_goes_away_is_no_error(call: tuple[str, ...], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "ftop_tui", *call],
            stdout=writing,
            stderr=subprocess.PIPE,
            env={"FTOP_TUI_CONFIG_DIR": str(tmp_path), "FTOP_TUI_DATA_DIR": str(tmp_path)},
            check=False,
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 0


_HOMELESS = """
import sys
try:
    import pwd
except ImportError:
    pass
else:
    def nobody(_):
        raise KeyError
    pwd.getpwuid = nobody
from ftop_tui.__main__ import main
sys.exit(main())
"""


def test_without_a_home_the_data_dir_is_enough(tmp_path: Path) -> None:
    """As in a container that runs with a user id of its own."""
    call = [sys.executable, "-c", _HOMELESS, "--data-dir", str(tmp_path / "none"), "list", "--json"]
    done = subprocess.run(call, env={}, capture_output=True, check=False, cwd=tmp_path)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, b"[]\n", b"")
    assert list(tmp_path.iterdir()) == []
    del call[3:5]
    done = subprocess.run(call, env={}, capture_output=True, check=False, cwd=tmp_path)  # noqa: S603
    assert done.returncode == 2
    assert b"--data-dir" in done.stderr


def test_an_interruption_ends_with_130(run_cli: RunCli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ftop_tui.services.portfolio.load", interrupt)
    result = run_cli("list")
    assert (result.status, result.stdout, result.stderr) == (130, b"", b"")


def test_an_error_nobody_foresaw_names_its_kind_and_no_values(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ValueError("secret plan")

    monkeypatch.setattr("ftop_tui.services.portfolio.load", fail)
    result = run_cli("list")
    assert result.status == 2
    assert "ValueError" in result.error
    assert "secret" not in result.error


@pytest.mark.parametrize("call", [("list",), ("record", FABRIKAM, "enterprise"), ()])
def test_a_folder_that_may_not_be_looked_into_is_a_store_that_cannot_be_used(
    call: tuple[str, ...], context: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root, who may look anywhere, cannot show it, the platform's answer is made up."""
    usual = os.stat

    def shut(path: Any, *rest: Any, **more: Any) -> os.stat_result:
        if path == context.store:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return usual(path, *rest, **more)

    monkeypatch.setattr(os, "stat", shut)
    result = run_cli(*call)
    assert result.status == 3
    assert result.error.startswith(f"ftop-tui: error: {context.paths.data_dir}: the folder may not")
    assert run_cli("rules", "ES-03").status == 0


def test_no_color_is_taken_before_the_command(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert run_cli("--no-color", "list").status == 0
