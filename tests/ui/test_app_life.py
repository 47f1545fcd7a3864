"""The app's life: errors, the way out, themes, signals; nothing typed is lost, nothing leaks."""

import asyncio
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input, Static

from ftop_tui.app import FtopApp
from ftop_tui.errors import InputError, RefusedError, StoreError
from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.ending import last_words
from ftop_tui.services import backups, clipboard, editing
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Confirm, ErrorDialog

from .seeing import NARROW, WIDE, press, running, settle, text


class Holding(FtopScreen[None]):
    """A screen with unsaved text."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error
        self.saved = 0

    async def save_now(self) -> None:
        self.saved += 1
        if self.error:
            raise self.error


async def test_leaving_saves_what_is_typed_first(portfolio: Context) -> None:
    screen = Holding()
    async with running(portfolio) as (app, pilot):
        await app.push_screen(screen)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert screen.saved == 1
    assert app.return_code == 0


class Slow(Holding):
    """Its field takes a key only after the app has handed it on."""

    taken = ""

    def compose(self) -> ComposeResult:
        yield Input(id="field")

    async def save_now(self) -> None:
        self.taken = self.query_one(Input).value


async def test_leaving_saves_keys_that_are_on_their_way(portfolio: Context) -> None:
    screen = Slow()
    async with running(portfolio) as (app, _):
        await app.push_screen(screen)
        screen.query_one(Input).focus()
        await asyncio.sleep(0.1)
        for key in (*"last", "ctrl+q"):
            event = Key(key, key if len(key) == 1 else None)
            event.set_sender(app)
            app.post_message(event)
    assert screen.taken == "last"


async def test_leaving_asks_where_saving_failed(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await app.push_screen(Holding(RefusedError("the note has changed meanwhile")))
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, Confirm)
        assert "the note has changed meanwhile" in text(app)
        await press(pilot, "n")
        assert app.is_running
        await press(pilot, "ctrl+q", "y")
    assert app.return_code == 0


async def test_a_signal_saves_and_ends_with_128_and_its_number(portfolio: Context) -> None:
    screen = Holding(RefusedError("cannot be held"))
    async with running(portfolio) as (app, pilot):
        await app.push_screen(screen)
        app.leave(128 + signal.SIGTERM)
        await settle(pilot)
    assert screen.saved == 1
    assert app.return_code == 143


async def test_a_foreseen_error_of_a_service_is_a_dialog(portfolio: Context) -> None:
    def refuse() -> None:
        raise RefusedError("not [bold]today[/]", details=["[/] because", "of that"])

    async with running(portfolio) as (app, pilot):
        app.screen_stack[0].run_service(refuse)  # type: ignore[attr-defined]
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        shown = text(app)
        assert "Refused" in shown
        assert "Not [bold]today[/]" in shown
        assert "• [/] because" in shown
        await press(pilot, "enter")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_c_copies_what_an_error_says_and_nothing_is_copied_before(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    copied: list[str] = []

    def take(text: str) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(clipboard, "copy_natively", take)

    def refuse() -> None:
        raise RefusedError("not [bold]today[/]", details=["[/] because", "of that"])

    async with running(portfolio, size) as (app, pilot):
        app.screen_stack[0].run_service(refuse)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "c copy   f1 help" in text(app)
        assert not copied
        await press(pilot, "c")
        assert copied == ["Refused\nNot [bold]today[/]\n- [/] because\n- of that"]
        assert isinstance(app.screen, ErrorDialog)  # it stays to be read
        assert "Copied to the clipboard" in text(app)


async def test_any_other_error_ends_the_app_with_one_line_and_no_values(
    portfolio: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down() -> None:
        words = "the customer's own words"
        raise KeyError(words)

    app = FtopApp(portfolio)
    with pytest.raises(KeyError):  # noqa: PT012 - the app raises on its way out
        async with app.run_test() as pilot:
            await pilot.pause()
            app.screen_stack[0].run_service(break_down)  # type: ignore[attr-defined]
            await settle(pilot)
    assert app.return_code == 1
    said = capsys.readouterr().err
    assert said.startswith("ftop-tui: error: a defect in ftop-tui (KeyError at test_app_life.py:")
    assert said.count("\n") == 1
    assert "own words" not in said


async def test_the_first_start_of_a_day_backs_up(portfolio: Context) -> None:
    async with running(portfolio) as (app, _):
        await app.back_up_daily()
        await app.back_up_daily()
        assert [each.why for each in backups.backups(portfolio)] == ["daily"]


async def test_a_start_sweeps_what_an_editor_left_a_month_ago(portfolio: Context) -> None:
    place = portfolio.paths.data_dir
    for name, days in (("old", 31), ("new", 29)):
        (place / f".editing-{name}").mkdir()
        then = time.time() - days * 86400
        os.utime(place / f".editing-{name}", (then, then))
    async with running(portfolio) as (app, _):
        await app.sweep()
    assert [left.name for left in editing.left_open(place)] == [".editing-new"]


async def test_a_backup_that_could_not_be_made_is_said(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_context: Context, _progress: Progress) -> None:
        raise InputError("the disk is full")

    monkeypatch.setattr(backups, "daily", full)
    async with running(portfolio) as (app, pilot):
        await app.back_up_daily()
        await settle(pilot)
        (told,) = app._notifications
        assert "the disk is full" in told.message


async def test_the_end_of_the_app_does_not_wait_for_the_backup(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[float] = []

    def endless(_context: Context, progress: Progress) -> None:
        for number in range(1000):
            try:
                progress(number / 1000)
            except CalledOffError:
                ended.append(number)
                raise
            time.sleep(0.01)

    monkeypatch.setattr(backups, "daily", endless)
    async with running(portfolio) as (app, pilot):
        app.run_worker(app.back_up_daily())
        await pilot.pause(0.05)
    await asyncio.sleep(0.1)
    assert ended


def test_debug_prints_the_traceback_with_no_value() -> None:
    name = "Zyzzyva"
    try:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(name) from error
    except ValueError as error:
        told, short = last_words(error, debug=True), last_words(error, debug=False)
    assert told.count("Traceback") == 2
    assert "ValueError" in told
    assert "KeyError" in told
    assert name not in told
    assert "Traceback" not in short


async def test_a_store_that_cannot_be_used_ends_the_app_with_status_3(
    context: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    context.store.parent.mkdir(parents=True)
    context.store.write_bytes(b"no database at all" * 100)
    app = FtopApp(context)
    with pytest.raises(StoreError):
        async with app.run_test() as pilot:
            await pilot.pause()
    assert app.return_code == 3
    assert capsys.readouterr().err.startswith("ftop-tui: error: ")


@pytest.mark.parametrize(
    ("setting", "theme"),
    [("", "ftop-dark"), ("light", "ftop-light"), ("ftop-light", "ftop-light"),
     ("nord", "nord"), ("no such", "ftop-dark")],
)  # fmt: skip
async def test_the_setting_picks_the_theme(portfolio: Context, setting: str, theme: str) -> None:
    settings = replace(portfolio.settings, theme=setting)
    async with running(replace(portfolio, settings=settings)) as (app, _):
        assert app.theme == theme
        assert "Fabrikam" in text(app)


class Unready(FtopScreen[None]):
    """A screen that a slow machine is still putting together."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.begun = False

    def compose(self) -> ComposeResult:
        yield Static("", id="field")

    async def on_mount(self) -> None:
        self.begun = True
        await self.go_on.wait()
        self.query_one("#gone")

    async def save_now(self) -> None:
        self.query_one("#gone")


async def test_a_signal_while_a_screen_is_put_together_is_no_defect(
    portfolio: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    screen, typed_into = Unready(), Holding()
    async with running(portfolio) as (app, _):
        await app.push_screen(typed_into)
        app.push_screen(screen)
        while not screen.begun:
            await asyncio.sleep(0.01)
        app.leave(128 + signal.SIGTERM)
        while not app._exit:
            await asyncio.sleep(0.01)
        screen.go_on.set()
    assert typed_into.saved == 1
    assert app.return_code == 143
    assert capsys.readouterr().err == ""


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


@POSIX
async def test_what_breaks_in_the_thread_that_reads_keys_ends_the_app_with_a_line(
    portfolio: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    from ftop_tui.screens.terminal import Terminal  # noqa: PLC0415 - Windows has none of it

    class Breaking(Terminal):
        def __init__(self, app: FtopApp) -> None:
            self._app = app

        def run_input_thread(self) -> None:
            words = "the customer's own words"
            raise OSError(words)

    app, screen = FtopApp(portfolio), Holding()
    with pytest.raises(OSError, match="own words"):  # noqa: PT012 - the app raises on its way out
        async with app.run_test() as pilot:
            await app.push_screen(screen)
            await asyncio.to_thread(Breaking(app)._run_input_thread)
            await settle(pilot)
    assert screen.saved == 1
    assert app.return_code == 1
    said = capsys.readouterr().err
    assert said.startswith("ftop-tui: error: a defect in ftop-tui (OSError at test_app_life.py:")
    assert said.count("\n") == 1
    assert "own words" not in said


@POSIX
@pytest.mark.parametrize(("woken", "stops"), [(False, 1), (True, 0)])
def test_who_is_woken_before_it_came_to_stop_does_not_stop(
    monkeypatch: pytest.MonkeyPatch, *, woken: bool, stops: int
) -> None:
    from ftop_tui.screens.terminal import Terminal  # noqa: PLC0415 - Windows has none of it

    class Busy(Terminal):
        def __init__(self) -> None:
            self._auto_restart, self._entered, self._to_stop = True, False, False
            self.later: list[Callable[[], object]] = []

        def _soon(self, call: Callable[[], object]) -> bool:
            self.later.append(call)
            return True

    sent: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _, number: sent.append(number))
    terminal = Busy()
    terminal._sigtstp_application()
    if woken:
        terminal._sigcont_application()
    terminal.later[0]()
    assert sent == [signal.SIGSTOP] * stops


class Terminal:
    """The app in a terminal of its own."""

    def __init__(self, portfolio: Context) -> None:
        import pty  # noqa: PLC0415 - Windows has none

        self.master, slave = pty.openpty()
        environment = {
            **os.environ, "TERM": "xterm-256color",
            "FTOP_TUI_CONFIG_DIR": str(portfolio.store.parent / "none"),
        }  # fmt: skip
        command = [sys.executable, "-m", "ftop_tui", "--data-dir", str(portfolio.store.parent)]
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--today", "2026-11-21"],
            stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=Path.cwd(),
        )  # fmt: skip
        os.close(slave)
        self.seen = b""

    def read_until(self, wanted: bytes) -> bool:
        """Read what the app draws until something is in it."""
        deadline = time.monotonic() + 30
        while wanted not in self.seen and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.master, 65536)
                except OSError:  # the other end is closed: the process is gone
                    break
        return wanted in self.seen

    def end(self, number: int) -> int:
        """Send a signal, read what still comes, and give the exit status."""
        self.process.send_signal(number)
        while True:
            try:
                part = os.read(self.master, 65536)
            except OSError:
                break
            if not part:
                break
            self.seen += part
        return self.process.wait(20)


@POSIX
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_real_signal_leaves_the_terminal_in_order(portfolio: Context, name: str) -> None:
    number = getattr(signal, name)
    terminal = Terminal(portfolio)
    terminal.read_until(b"Fabrikam")
    assert terminal.end(number) == 128 + number
    assert b"\x1b[?1049l" in terminal.seen
    assert b"Traceback" not in terminal.seen


@POSIX
def test_a_byte_that_is_no_text_does_not_end_the_app(portfolio: Context) -> None:
    terminal = Terminal(portfolio)
    assert terminal.read_until(b"Fabrikam")
    os.write(terminal.master, b"/caf\xe9 ")
    assert terminal.read_until("\ufffd".encode())
    os.write(terminal.master, b"\x9b\x1b[200~pasted \xe9t\xe9.\x1b[201~")
    assert terminal.read_until(b"pasted")
    assert terminal.end(signal.SIGTERM) == 128 + signal.SIGTERM
