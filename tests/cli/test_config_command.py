"""`config` and what `locate` says of settings."""

from pathlib import Path

from house import RunCli


def test_the_file_is_made_checked_and_changed(tmp_path: Path, run_cli: RunCli) -> None:
    path = tmp_path / "config" / "config.toml"
    assert "Nothing is set" in run_cli("config", "check").text
    assert run_cli("config", "init").text == f"Written: {path}\n"
    assert run_cli("config", "init").text == f"There already: {path}\n"
    assert run_cli("config", "set", "theme", "ftop-light").status == 0
    assert run_cli("config", "check").text == f"No mistakes in {path}\n"
    told = run_cli("locate", "--json").json["settings"]
    assert told["theme"] == {"value": "ftop-light", "from": "file"}
    assert told["panel"] == {"value": True, "from": "default"}
    assert "ftop-light" in run_cli("locate").text
    assert "FTOP_TUI_THEME" in run_cli("locate", FTOP_TUI_THEME="x").text


def test_mistakes_are_told_with_exit_status_2_and_stop_every_other_command(
    tmp_path: Path, run_cli: RunCli
) -> None:
    (tmp_path / "config").mkdir()
    path = tmp_path / "config" / "config.toml"
    path.write_text("\nthme = 1\nweek_days = 0\n", "utf-8")
    result = run_cli("config", "check")
    assert result.status == 2
    assert result.text.startswith(f"{path}, line 2: thme: unknown setting; there are: me,")
    assert f"{path}, line 3: week_days:" in result.text
    document = run_cli("config", "check", "--json").json
    assert [(found["line"], found["key"]) for found in document] == [(2, "thme"), (3, "week_days")]
    stopped = run_cli("list")
    assert stopped.status == 2
    assert "line 2: thme" in stopped.error
    assert run_cli("config", "set", "theme", "x", "y").status == 2
    assert run_cli("config").status == 2
