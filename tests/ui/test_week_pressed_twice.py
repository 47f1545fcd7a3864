"""Keys pressed faster than the store writes: each acts on the row that stands there by then."""

from time import sleep

import pytest
from textual.events import Key
from textual.pilot import Pilot

from ftop_tui.app import FtopApp
from ftop_tui.errors import RefusedError
from ftop_tui.screens.plan import PlanScreen
from ftop_tui.screens.week import WeekScreen
from ftop_tui.services import plans, week
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import ErrorDialog

from .seeing import over_home, settle
from .test_plan import go_to

SLOW = 0.15
"""Seconds that a write takes here: longer than the keys."""


def at_once(app: FtopApp, keys: str) -> None:
    """Send keys as a terminal does that has them in one chunk."""
    for key in keys:
        app.post_message(Key(key, key))


async def rest(app: FtopApp, pilot: Pilot[int]) -> None:
    """Wait until no key waits and nothing runs."""
    for _ in range(200):
        await settle(pilot)
        if not app.ahead._held and not app.ahead._waiting:
            return


def steps(context: Context) -> list[str]:
    """What undo would take back, the newest last."""
    taken = []
    while sentence := context.writer().undo():
        taken.append(sentence)
    return taken[::-1]


async def test_done_three_times_at_once_is_done_for_three_items(portfolio: Context) -> None:
    async with over_home(portfolio, WeekScreen()) as (app, pilot, screen):
        before = [item.key for item in week.week(portfolio).items]
        assert screen.items.current is not None
        at_once(app, "ddd")
        await rest(app, pilot)
        after = {item.key for item in week.week(portfolio).items}
        assert len([key for key in before if key not in after]) == 3
    told = steps(portfolio)
    assert len(told) == len(set(told)) == 3


async def test_undo_pressed_at_once_takes_back_one_after_the_other(portfolio: Context) -> None:
    async with over_home(portfolio, WeekScreen()) as (app, pilot, _screen):
        before = {item.key for item in week.week(portfolio).items}
        at_once(app, "dduu")
        await rest(app, pilot)
        assert {item.key for item in week.week(portfolio).items} == before


async def test_a_step_is_taken_off_the_plan_by_one_press_of_two(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    drop = plans.drop

    def slow(context: Context, customer_id: str, key: str) -> Changes:
        asked.append(key)
        sleep(SLOW)
        return drop(context, customer_id, key)

    plans.add(portfolio, "c00000", "Call")
    monkeypatch.setattr(plans, "drop", slow)
    async with over_home(portfolio, PlanScreen("t00000")) as (app, pilot, screen):
        own = plans.find_line(plans.read(portfolio, "c00000"), "call").key
        go_to(screen, own)
        at_once(app, "xx")
        await rest(app, pilot)
        assert asked.count(own) == 1


async def test_what_was_typed_is_no_answer_to_an_error(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Changes:
        sleep(SLOW)
        raise RefusedError("No")

    monkeypatch.setattr(week, "done", refuse)
    async with over_home(portfolio, WeekScreen()) as (app, pilot, _screen):
        at_once(app, "dd")
        await rest(app, pilot)
        assert [isinstance(each, ErrorDialog) for each in app.screen_stack].count(True) == 1
        assert not app.ahead._waiting
    assert not steps(portfolio)
