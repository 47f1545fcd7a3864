"""What a terminal, a shell and signals can do to the app: it ends or goes on, in order."""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from ftop_tui.services import backups
from ftop_tui.services.context import Context
from house import by_hand
from ui.conftest import build

if sys.platform == "win32":
    pytest.skip("signals and terminals of POSIX", allow_module_level=True)

from .window import PROGRAM, Window

Open = Callable[..., Window]


@pytest.fixture
def window(empty: Context) -> Iterator[Open]:
    """Opens the app on a small portfolio; whatever becomes of it is over with the test."""
    build(empty)
    empty.writer().close()
    opened: list[Window] = []

    def open_(program: str = PROGRAM) -> Window:
        opened.append(Window(empty, program))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


def typed(context: Context) -> str:
    """What the store holds of a lifecycle note."""
    with by_hand(context.store) as connection:
        rows = connection.execute("SELECT text || body FROM note WHERE state = 'draft'")
        return " ".join(str(text) for (text,) in rows)


@pytest.mark.parametrize("stuck", [False, True])
def test_a_closed_window_ends_the_app_with_the_last_key_saved(
    window: Open, empty: Context, *, stuck: bool
) -> None:
    """Promise 1: also one that has long ceased to show what is drawn."""
    app = window()
    app.open_note()
    if stuck:
        app.type_unseen("until nothing fits lastkeys")
    else:
        app.type("lastkeys")
        app.wait_for(b"lastkeys")  # a window that goes takes with it what was not yet read
    app.shut()
    assert app.end() == 128 + signal.SIGHUP
    assert "lastkeys" in typed(empty)


def test_a_signal_on_a_terminal_that_shows_nothing_saves_the_last_key(
    window: Open, empty: Context
) -> None:
    """Promise 1."""
    app = window()
    app.open_note()
    app.type_unseen("until nothing fits lastkeys")
    app.send("SIGTERM")
    app.wait(lambda: app.process.poll() is not None, draining=False)
    assert app.end() == 128 + signal.SIGTERM
    assert "lastkeys" in typed(empty)
    assert "modes" not in app.disorder


@pytest.mark.parametrize(
    ("how", "ends"),
    [("woken", "SIGTERM"), ("woken", "ctrl+q"), ("stopped", "ctrl+q"), ("suspended", "SIGTERM")],
)
def test_stopped_and_woken_the_app_goes_on_and_leaves_the_terminal_in_order(
    window: Open, empty: Context, how: str, ends: str
) -> None:
    """Promise 1."""
    app = window()
    app.open_note()
    if how != "woken":
        app.send("SIGSTOP" if how == "stopped" else "SIGTSTP")
        app.wait(lambda: _is_stopped(app))
    if how == "suspended":
        app.wait(lambda: app.disorder == [])
    entered = app.drawn.count(b"\x1b[?1049h")
    app.send("SIGCONT")
    app.wait_for(b"\x1b[?1049h", entered + 1)
    app.type("lastkeys")
    app.wait_for(b"lastkeys")
    if ends == "ctrl+q":
        app.type("\x11")
    else:
        app.send(ends)
    assert app.end() == (0 if ends == "ctrl+q" else 128 + signal.SIGTERM)
    assert app.disorder == []
    assert "lastkeys" in typed(empty)


def _is_stopped(app: Window) -> bool:
    pid, status = os.waitpid(app.process.pid, os.WUNTRACED | os.WNOHANG)
    assert not pid or os.WIFSTOPPED(status)
    return bool(pid)


@pytest.mark.parametrize(("name", "delay"), [("SIGTERM", 0.0), ("SIGINT", 0.02), ("SIGHUP", 0.05)])
def test_a_signal_in_the_first_moment_leaves_the_terminal_in_order(
    window: Open, name: str, delay: float
) -> None:
    """Promise 1."""
    app = window()
    app.wait_for(b"\x1b[?1049h")
    time.sleep(delay)
    app.send(name)
    app.send("SIGTERM")
    assert app.end() in {128 + getattr(signal, name), 128 + signal.SIGTERM}
    assert app.disorder == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT", "SIGALRM", "SIGUSR1"])
def test_any_signal_that_can_be_heard_saves_the_last_key(
    window: Open, empty: Context, name: str
) -> None:
    """Promise 1."""
    app = window()
    app.open_note()
    app.type("lastkeys")
    app.wait_for(b"lastk")
    app.send(name)
    assert app.end() == 128 + getattr(signal, name)
    assert app.disorder == []
    assert "lastkeys" in typed(empty)


@pytest.mark.parametrize("first", ["SIGTERM", "SIGHUP"])
def test_a_second_signal_does_not_disturb_the_saving(
    window: Open, empty: Context, first: str
) -> None:
    """Promise 1: even where another program has the store for a while."""
    app = window()
    app.open_note()
    app.wait(lambda: "begun" in typed(empty))
    with closing(sqlite3.connect(empty.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        app.type("lastkeys")
        app.wait_for(b"lastk")
        app.send(first)
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            app.send("SIGINT")
            time.sleep(0.1)
            app.send("SIGTERM")
        other.execute("ROLLBACK")
    # Of two that come as one nobody knows which is told first.
    assert app.end() in {128 + getattr(signal, name) for name in (first, "SIGINT", "SIGTERM")}
    assert app.disorder == []
    assert "lastkeys" in typed(empty)


INTERRUPTED = f"""
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "MODULE":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupting())
{PROGRAM}
"""
"""Presses Ctrl+C when a module is loaded."""


@pytest.mark.parametrize(
    "module",
    ["ftop_tui.cli.framework", "ftop_tui.signals", "textual.app", "ftop_tui.screens.terminal"],
)
def test_ctrl_c_while_the_app_starts_ends_it_without_a_word(window: Open, module: str) -> None:
    """Promise 1."""
    app = window(INTERRUPTED.replace("MODULE", module))
    assert app.end() == 128 + signal.SIGINT
    assert app.disorder == []
    assert app.drawn in {b"", b"^C"} or app.drawn.endswith(b"\x1b[?1004l")


STANDING = PROGRAM.replace("from ftop_tui.__main__", "import time, ftop_tui.signals as told\n"
    "told.ENDING_SECONDS = 1\n"
    "from ftop_tui.screens.ending import EndingApp\n"
    "EndingApp.exit = lambda *_, **__: time.sleep(600)\n"
    "from ftop_tui.__main__")  # fmt: skip
"""An app that stands still at its end."""


def test_an_end_that_does_not_come_is_brought_about(window: Open, empty: Context) -> None:
    """Promise 1."""
    app = window(STANDING)
    app.open_note()
    app.type("lastkeys")
    app.wait_for(b"lastk")
    app.send("SIGTERM")
    assert app.end() == 128 + signal.SIGTERM
    assert app.disorder == []
    assert "lastkeys" in typed(empty)


COPYING = PROGRAM.replace("from ftop_tui.__main__", "import time, ftop_tui.signals as told\n"
    "told.ENDING_SECONDS = 1\n"
    "from ftop_tui.store import backup\n"
    "backup.verify = lambda *_: time.sleep(600)\n"
    "from ftop_tui.__main__")  # fmt: skip
"""An app whose backup of the day is written and takes long to be looked at."""


def test_a_backup_that_holds_the_end_up_leaves_no_part(window: Open, empty: Context) -> None:
    """Promise 3: as on a machine that has much to do, for it gives way to all else."""
    app = window(COPYING)
    app.wait(lambda: bool(backups.parts(empty)))
    app.send("SIGTERM")
    assert app.end() == 128 + signal.SIGTERM
    assert list(backups.folder(empty).iterdir()) == []
