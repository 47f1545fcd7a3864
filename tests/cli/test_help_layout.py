"""Help starts fast, and looks as argparse lays it out."""

import argparse
import shutil
import subprocess
import sys

import pytest

from ftop_tui.cli.commands import COMMANDS
from ftop_tui.cli.framework import frame
from ftop_tui.cli.parsers import parsers_of


@pytest.mark.parametrize("columns", ["40", "80", "0", "-3", "none", ""])
def test_help_is_laid_out_as_argparse_does_it(
    columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    width = shutil.get_terminal_size().columns - 2
    for parser in (frame(), *(each for command in COMMANDS for each in parsers_of(command))):
        ours = parser.format_help()
        parser.formatter_class = lambda prog: argparse.RawDescriptionHelpFormatter(
            prog, width=width
        )
        assert ours == parser.format_help()


def test_help_imports_nothing_that_it_does_not_need() -> None:
    """What each of these takes is more than laying out the help."""
    script = (
        "import sys; from ftop_tui.cli.framework import run\n"
        "try: run(['--help'], None)\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path}; {script}"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    heavy = {"pathlib", "json", "datetime", "unicodedata", "shutil", "textwrap", "ftop_tui.text"}
    assert "usage: ftop-tui" in done.stdout
    assert heavy.isdisjoint(done.stderr.split())
