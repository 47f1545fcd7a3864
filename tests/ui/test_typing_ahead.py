"""Keys typed ahead wait for the screen that the key before them opens."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.events import Key, Paste
from textual.pilot import Pilot

from ftop_tui.errors import RefusedError
from ftop_tui.screens import draft_screen, typing_ahead
from ftop_tui.screens.brief import BriefScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.overall import OverallScreen
from ftop_tui.services import briefs, note_forms
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import ErrorDialog, Prompt
from ftop_tui.widgets.note_area import NoteArea

from .seeing import running, settle

SLOW = 0.4


def slow(call: Callable[..., Any], seconds: float = SLOW) -> Callable[..., Any]:
    """A service on a machine that is busy."""

    def slowly(*given: Any, **options: Any) -> Any:
        time.sleep(seconds)
        return call(*given, **options)

    return slowly


def type_at_once(app: App[Any], keys: str) -> None:
    """All keys in one piece, as from a terminal that was busy."""
    for key in keys:
        app.post_message(Key("enter" if key == "\n" else key, key))


async def until(pilot: Pilot[int], seen: Callable[[], bool]) -> None:
    """Wait for something, not longer than a slow machine may take."""
    for _ in range(200):
        if seen():
            return
        await pilot.pause(0.02)
    raise AssertionError(pilot.app.screen)


def note_of(app: App[Any]) -> str:
    """What stands in the lifecycle note, where that is open."""
    stands = isinstance(app.screen, OverallScreen) and app.screen.is_mounted
    return app.screen.query_one("#text", NoteArea).text if stands else ""


@pytest.fixture
def _slow_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_screen, "start", slow(note_forms.start))


@pytest.mark.usefixtures("_slow_form")
async def test_what_is_typed_at_once_goes_into_the_form(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        type_at_once(app, "labc")
        await until(pilot, lambda: isinstance(app.screen, OverallScreen))
        app.post_message(Paste("pasted"))
        type_at_once(app, "xq")
        await until(pilot, lambda: len(note_of(app)) > 10)
        assert note_of(app) == "abcpastedxq"


async def test_a_key_for_a_screen_that_a_dialog_opens_waits_for_both(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefs, "brief", slow(briefs.brief))
    async with running(portfolio) as (app, pilot):
        type_at_once(app, "dbx")  # more, brief, export: on the list x is an Exec Summary
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        assert isinstance(app.screen_stack[1], BriefScreen)


@pytest.mark.usefixtures("_slow_form")
async def test_escape_does_not_wait_and_takes_what_waits_with_it(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        type_at_once(app, "labc")
        await until(pilot, lambda: type(app.screen) is OverallScreen and app.screen.is_mounted)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_what_was_typed_for_a_form_that_does_not_open_is_dropped(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        time.sleep(SLOW)
        raise RefusedError("not today")

    monkeypatch.setattr(draft_screen, "start", refuse)
    async with running(portfolio) as (app, pilot):
        type_at_once(app, "labc\n")
        await until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OverallScreen))
        assert note_of(app) == ""


async def test_keys_do_not_wait_for_ever_and_are_dropped_then(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_ahead, "MOST_SECONDS", 0.1)
    monkeypatch.setattr(draft_screen, "start", slow(note_forms.start, 1.0))
    async with running(portfolio) as (app, pilot):
        type_at_once(app, "labc")
        await until(pilot, lambda: bool(app.ahead._held))
        await until(pilot, lambda: not app.ahead._held)
        await until(pilot, lambda: isinstance(app.focused, NoteArea))
        await pilot.press("d")
        await until(pilot, lambda: note_of(app) != "")
        assert note_of(app) == "d"


async def test_a_key_pressed_twice_answers_a_dialog_once(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        type_at_once(app, "dbb")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen))
        await settle(pilot)
        assert len(app.screen_stack) == 2
