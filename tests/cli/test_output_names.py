"""What cannot be the name of a file to write."""

from pathlib import Path

import pytest

from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli


@pytest.mark.parametrize(
    "call",
    [
        ("export", "--format", "json"),
        ("export", "--format", "csv"),
        ("backup",),
        ("calendar",),
        ("brief", FABRIKAM),
        ("brief", FABRIKAM, "--format", "pptx"),
        ("template", "portfolio"),
    ],
)
def test_a_dash_is_no_file_to_write(
    call: tuple[str, ...],
    stocked: Context,
    run_cli: RunCli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Elsewhere it means the output; a file of that name is hard to open and to delete."""
    assert stocked.store.exists()
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    result = run_cli(*call, "-o", "-")
    assert result.status == 2
    assert result.error == "ftop-tui: error: -: cannot be written: it is no file's name\n"
    assert not list(folder.iterdir())
