"""What is typed outlives the app: a kill costs two seconds at most, a signal nothing."""

import os
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ftop_tui.services.context import Context

from .terminal import Terminal


def stored(context: Context) -> str:
    with closing(sqlite3.connect(context.store)) as connection:
        row = connection.execute(
            "SELECT text FROM note WHERE kind = 'entitlement' AND state = 'draft'"
        ).fetchone()
    return str(row[0]) if row else ""


LETTERS = "abcdefghijklmnopqrstuvwxyz" * 8


def typed_for(terminal: Terminal, seconds: float) -> list[float]:
    """Type on, some fifteen letters a second; when each was sent."""
    sent: list[float] = []
    while not sent or time.monotonic() - sent[0] < seconds:
        terminal.key(LETTERS[len(sent)])
        sent.append(time.monotonic())
        time.sleep(0.06)
    return sent


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are POSIX's")
def test_a_killed_app_loses_nothing_older_than_two_seconds(
    portfolio: Context, tmp_path: Path
) -> None:
    terminal = Terminal(portfolio, tmp_path)
    terminal.wait_for("1 of 17")
    sent = typed_for(terminal, 4)
    killed = time.monotonic()
    assert os.WTERMSIG(terminal.signal(signal.SIGKILL)) == signal.SIGKILL
    kept = stored(portfolio)
    assert kept
    assert LETTERS.startswith(kept)
    assert len(kept) >= sum(killed - at > 2 for at in sent)


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are POSIX's")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_saves_the_last_key(portfolio: Context, tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    terminal = Terminal(portfolio, tmp_path)
    terminal.wait_for("1 of 17")
    count = len(typed_for(terminal, 1))
    terminal.wait_for(LETTERS[count - 3 : count])
    assert os.WEXITSTATUS(terminal.signal(number)) == 128 + number
    assert stored(portfolio) == LETTERS[:count], terminal.shown[-500:]
