"""`backup`, `restore` and `doctor` on the command line."""

import sys
from pathlib import Path

import pytest

from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli


def test_what_was_backed_up_is_put_back(stocked: Context, run_cli: RunCli, tmp_path: Path) -> None:
    place = tmp_path / "kept.sqlite3"
    assert run_cli("backup", "-o", str(place), "--json").json == {"path": str(place)}
    before = run_cli("show", FABRIKAM, "--json").stdout
    run_cli("set", FABRIKAM, "Industry=Space")
    restored = run_cli("restore", str(place))
    assert restored.status == 0
    assert "kept in" in restored.text
    assert run_cli("show", FABRIKAM, "--json").stdout == before
    (kept,) = run_cli("backup", "--list", "--json").json
    assert kept["why"] == "before-restore"


def test_a_file_that_is_no_backup_is_refused(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("no store")
    result = run_cli("restore", str(wrong))
    assert result.status == 2
    assert str(wrong) in result.error
    assert run_cli("restore", str(tmp_path / "none")).status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="modes and users of POSIX")
def test_doctor_ends_with_one_when_it_finds_something(stocked: Context, run_cli: RunCli) -> None:
    sound = run_cli("doctor", "--json")
    assert sound.json["ok"] is (sound.status == 0)
    stocked.store.chmod(0o644)
    found = run_cli("doctor", "--json")
    assert found.status == 1
    assert found.json["ok"] is False
    assert "permissions" in [finding["check"] for finding in found.json["findings"]]
    assert "permissions" in run_cli("doctor").text


def test_without_a_store_doctor_is_content_and_makes_none(
    context: Context, run_cli: RunCli
) -> None:
    assert run_cli("doctor", "--json").json == {"ok": True, "findings": []}
    assert run_cli("backup").status == 2
    assert not context.paths.data_dir.exists()
