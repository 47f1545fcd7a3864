"""The signals that tell the app to end, apart from any app: the first counts, and an end comes."""

import signal
import subprocess
import sys

import pytest

from ftop_tui.signals import Signals

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has one of these signals")


def test_the_first_signal_is_told_on_and_no_other() -> None:
    told: list[int] = []
    heard = Signals()
    heard.then(told.append)
    heard.tell(15)
    heard.tell(1)
    assert told == [143]
    assert heard.status == 143


def test_a_signal_that_came_before_anybody_listened_is_told_at_once() -> None:
    told: list[int] = []
    heard = Signals()
    heard.tell(2)
    heard.then(told.append)
    assert told == [130]


@POSIX
def test_keys_pressed_in_another_program_on_the_terminal_are_not_for_the_app() -> None:
    heard = Signals()
    with heard.lent():
        heard._hear(signal.SIGINT, None)
        heard._hear(signal.SIGQUIT, None)
        assert heard.status == 0
        heard._hear(signal.SIGTERM, None)
    assert heard.status == 143


def _run(program: str) -> subprocess.CompletedProcess[str]:
    begin = (
        "import os, signal, sys, time\nfrom ftop_tui import signals\nheard = signals.Signals()\n"
    )
    return subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-c", begin + program],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@POSIX
@pytest.mark.parametrize("limit", ["SAVING_SECONDS", "ENDING_SECONDS"])
def test_an_end_that_does_not_come_is_brought_about(limit: str) -> None:
    """The terminal is put in order before it; where all is saved it comes sooner."""
    ended = _run(
        f"signals.{limit} = 0.2\nheard.at_last = lambda: os.write(1, b'in order')\n"
        "heard.listen()\nos.kill(os.getpid(), signal.SIGTERM)\n"
        f"if {limit!r} == 'ENDING_SECONDS': heard.saved()\n"
        "time.sleep(50)"
    )
    assert (ended.returncode, ended.stdout) == (143, "in order")


@POSIX
def test_what_whoever_starts_the_app_ignores_stays_ignored_but_a_closed_window_is_heard() -> None:
    """As `nohup` does; the app needs its terminal."""
    ended = _run(
        "for name in ('SIGHUP', 'SIGUSR1'): signal.signal(getattr(signal, name), signal.SIG_IGN)\n"
        "heard.listen()\nos.kill(os.getpid(), signal.SIGUSR1)\nassert heard.status == 0\n"
        "os.kill(os.getpid(), signal.SIGHUP)\nsys.exit(heard.status)"
    )
    assert ended.returncode == 129, ended.stderr


@POSIX
def test_once_the_app_has_ended_no_signal_changes_its_status() -> None:
    ended = _run(
        "heard.listen()\nheard.ignore()\nos.kill(os.getpid(), signal.SIGTERM)\nsys.exit(7)"
    )
    assert ended.returncode == 7
