"""Long work on the command line: one line that tells how far it is, and Ctrl+C."""

import io
import signal
from contextlib import redirect_stderr
from typing import Any

import pytest

from ftop_tui.cli import progress_line
from ftop_tui.cli.progress_line import watched
from ftop_tui.progress import CalledOffError
from ftop_tui.services import transfer
from ftop_tui.services.context import Context
from house import SAMPLES, RunCli, dump


class _Terminal(io.StringIO):
    """What is written to a terminal's stderr."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """A terminal on which every word is shown at once."""
    monkeypatch.setattr(progress_line, "_AFTER", 0.0)
    monkeypatch.setattr(progress_line, "_EVERY", 0.0)
    return _Terminal()


def test_a_terminal_shows_one_line_that_is_gone_at_the_end(terminal: _Terminal) -> None:
    with redirect_stderr(terminal), watched("Importing") as progress:
        progress(0.05)
        progress(0.42)
        assert terminal.getvalue().split("\r")[-1].startswith("Importing: 42%")
    text = terminal.getvalue()
    assert "\n" not in text
    assert text.split("\r")[-2:] == [" " * len("Importing: 42% (Ctrl+C calls it off)"), ""]


def test_short_quiet_and_unseen_work_shows_nothing(
    terminal: _Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with redirect_stderr(terminal), watched("Importing", quiet=True) as progress:
        progress(0.5)
    with monkeypatch.context() as patched, redirect_stderr(terminal):
        patched.setattr(terminal, "isatty", lambda: False)
        with watched("Importing") as progress:
            progress(0.5)
    monkeypatch.setattr(progress_line, "_AFTER", 60.0)
    with redirect_stderr(terminal), watched("Importing") as progress:
        progress(0.5)
    assert terminal.getvalue() == ""


def test_a_first_ctrl_c_is_heard_at_the_next_word_a_second_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with watched("Importing") as progress:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(CalledOffError):
            progress(0.5)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_in_an_import_leaves_the_store_as_it_was(
    stocked: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = transfer.write

    def interrupted(*given: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        write(*given)

    monkeypatch.setattr(transfer, "write", interrupted)
    before = dump(stocked.store)
    table = (SAMPLES / "workloads.csv").read_bytes().replace(b"Blocked", b"In Progress")
    result = run_cli("import", "-", stdin=table)
    assert (result.status, result.text) == (130, "")
    assert result.error == "ftop-tui: error: called off; nothing was changed\n"
    assert dump(stocked.store) == before
