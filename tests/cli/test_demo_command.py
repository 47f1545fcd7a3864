"""`demo` from outside."""

import tempfile
from pathlib import Path

import pytest

from ftop_tui.services import demo
from house import RunCli


@pytest.mark.parametrize("into", ["", "  "])
def test_a_folder_without_a_name_is_refused(
    into: str, run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would mean the folder one happens to be in."""
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    result = run_cli("demo", "--into", into)
    assert result.status == 2
    assert "name the folder" in result.error
    assert sorted(tmp_path.iterdir()) == before


def test_one_customer_is_told_as_one(run_cli: RunCli, tmp_path: Path) -> None:
    result = run_cli("demo", "--customers", "1", "--into", str(tmp_path / "made"))
    assert "a demo portfolio of 1 customer in" in result.text


def test_a_demo_called_off_while_it_is_made_leaves_no_folder(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(demo, "build", interrupted)
    assert run_cli("demo").status == 130
    assert not list(tmp_path.glob("ftop-tui-demo-*"))
