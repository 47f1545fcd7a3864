"""Long work: a dialog says how far it is and calls it off; the app ends whatever runs."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from ftop_tui.app import FtopApp
from ftop_tui.errors import InputError
from ftop_tui.progress import Progress
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import ErrorDialog
from ftop_tui.widgets.working import Working, bar_of, left_words

from .seeing import NARROW, running, settle, text

PATIENCE = 20.0


class Slow:
    """Work that tells how far it is again and again until it is let go, or called off."""

    def __init__(self, part: float = 0.42) -> None:
        self.part = part
        self.go_on = Event()
        self.ended = Event()

    def __call__(self, progress: Progress) -> str:
        try:
            while not self.go_on.wait(0.01):
                progress(self.part)
            return "done"
        finally:
            self.ended.set()


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.01)


async def seen(pilot: Pilot[Any]) -> Working:
    """The dialog, once it is there to be seen."""
    await until(lambda: pilot.app.screen.has_class("-seen"))
    await pilot.pause(0.15)
    assert isinstance(pilot.app.screen, Working)
    return pilot.app.screen


def start(app: FtopApp, work: Callable[[Progress], Any], **more: Any) -> list[str]:
    """Have the list run it; what it came to is added to what is given."""
    told: list[str] = []
    home = app.screen_stack[0]
    assert isinstance(home, FtopScreen)
    home.run_long("Fill [/] it", work, told.append, off=lambda: told.append("off"), **more)
    return told


@pytest.mark.parametrize("key", ["escape", "mouse"])
async def test_long_work_is_seen_and_called_off(portfolio: Context, key: str) -> None:
    work = Slow()
    async with running(portfolio, NARROW) as (app, pilot):
        told = start(app, work)
        await seen(pilot)
        assert "Fill [/] it" in text(app)
        assert "42%" in text(app)
        assert "escape calls it off" in text(app)
        await pilot.press("enter", "j", "q")  # typed ahead: neither the list nor the button has it
        assert not work.ended.is_set()
        if key == "mouse":
            await pilot.click(Button)
        else:
            await pilot.press("escape")
        await settle(pilot)
        assert app.screen is app.screen_stack[0]
        assert told == ["off"]
        assert "Called off; nothing was changed" in text(app)
    assert work.ended.is_set()


async def test_short_work_flashes_no_dialog(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        told = start(app, lambda _: "done")
        assert not app.screen.has_class("-seen")
        await settle(pilot)
        assert told == ["done"]
        assert len(app.screen_stack) == 1


async def test_what_cannot_be_called_off_any_more_just_ends(portfolio: Context) -> None:
    go_on = Event()

    def work(progress: Progress) -> str:
        progress(0.9)
        go_on.wait(PATIENCE)  # the commit: nothing is told until it is done
        return "done"

    async with running(portfolio) as (app, pilot):
        told = start(app, work)
        await seen(pilot)
        await pilot.press("escape")
        await pilot.pause(0.15)
        assert "being called off…" in text(app)
        go_on.set()
        await settle(pilot)
        assert told == ["done"]


async def test_only_one_runs_at_a_time_and_an_error_is_a_dialog(portfolio: Context) -> None:
    go_on = Event()

    def work(progress: Progress) -> str:
        go_on.wait(PATIENCE)
        raise InputError("no [/] room")

    async with running(portfolio) as (app, pilot):
        start(app, work)
        other = start(app, lambda progress: "done")
        go_on.set()
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert "No [/] room" in text(app)
        assert other == []


async def test_work_that_overtakes_leaves_the_keys_to_the_screen(portfolio: Context) -> None:
    first, second = Slow(), Slow()
    async with running(portfolio) as (app, pilot):
        old = start(app, first, overtakes=True)
        home = app.screen
        await pilot.pause()
        new = start(app, second, overtakes=True)
        await pilot.pause()
        assert app.screen is home
        await until(first.ended.is_set)
        await seen(pilot)
        second.go_on.set()
        await settle(pilot)
        assert app.screen is home
        assert (old, new) == ([], ["done"])


async def test_a_dialog_under_another_goes_with_it(portfolio: Context) -> None:
    work = Slow()
    async with running(portfolio) as (app, pilot):
        told = start(app, work)
        await seen(pilot)
        await app.push_screen(ErrorDialog(InputError("something else")))
        work.go_on.set()
        await until(work.ended.is_set)
        await pilot.pause()
        assert isinstance(app.screen, ErrorDialog)
        assert told == []
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is app.screen_stack[0]
        assert told == ["done"]


@pytest.mark.parametrize("way", ["key", "signal"])
async def test_leaving_calls_it_off(portfolio: Context, way: str) -> None:
    work = Slow()
    async with running(portfolio) as (app, pilot):
        start(app, work)
        await seen(pilot)
        if way == "key":
            await pilot.press("ctrl+q")
        else:
            app.leave(128 + signal.SIGTERM)
        await settle(pilot)
    assert work.ended.is_set()
    assert app.return_code == (0 if way == "key" else 143)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind there")
def test_no_thread_keeps_the_process_alive(tmp_path: Any) -> None:
    """A call that hears nothing ends with the program, a few seconds after it was asked to."""
    code = """
import sys, time
from ftop_tui.app import FtopApp
from ftop_tui.bootstrap import make_context
from ftop_tui.screens import long_work
long_work.LAST_WAIT_SECONDS = 0.2
app = FtopApp(make_context(data_dir=sys.argv[1]), preload=False)
async def deaf(pilot):
    app.screen.run_long("Deaf", lambda progress: time.sleep(60))
    await pilot.pause(0.5)
    app.leave(143)
app.run(headless=True, auto_pilot=deaf)
sys.exit(app.return_code)
"""
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "FTOP_TUI_CONFIG_DIR": str(tmp_path)}, timeout=45, check=False,
    )  # fmt: skip
    assert done.returncode == 143
    assert time.monotonic() - began < 40


def test_the_bar_reads_without_colour() -> None:
    assert bar_of(0.5, 25).plain == "█" * 10 + "░" * 10 + "  50%"
    assert bar_of(1.2, 6).plain == "█ 100%"
    assert bar_of(0.0, 0).plain == "░   0%"


@pytest.mark.parametrize(
    ("part", "seconds", "words"),
    [
        (0.5, 1.0, ""), (0.01, 60.0, ""), (0.5, 10.0, "about 10 s left"),
        (0.5, 240.0, "about 4 min left"), (0.99, 9.0, "nearly done"), (1.0, 9.0, "nearly done"),
    ],
)  # fmt: skip
def test_the_time_left_is_told_once_it_can_be_guessed(
    part: float, seconds: float, words: str
) -> None:
    assert left_words(part, seconds) == words
