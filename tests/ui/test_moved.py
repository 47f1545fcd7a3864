"""What moved: a line a change, the day to compare with, and the way to the tenant."""

from datetime import date

import pytest

from ftop_tui.screens.moved import MovedScreen
from ftop_tui.services.context import Context

from .seeing import press, running, settle, text


async def test_every_change_is_a_line_and_enter_goes_to_its_tenant(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        given: list[str | None] = []
        await app.push_screen(MovedScreen(), given.append)
        await settle(pilot)
        assert "What moved  since yesterday  14 changes" in text(app)
        assert "new       Woodgrove Bank              is new" in text(app)
        await press(pilot, "down", "enter")
    assert given == ["t00000"]


async def test_nothing_moved_says_what_to_do(context: Context) -> None:
    async with running(context) as (app, pilot):
        await app.push_screen(MovedScreen())
        await settle(pilot)
        assert "Nothing moved. d compares" in text(app)
        await press(pilot, "enter", "escape")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(("typed", "since"), [("2026-11-01", date(2026, 11, 1)), ("soon", None)])
async def test_the_day_to_compare_with_can_be_chosen(
    portfolio: Context, typed: str, since: date | None
) -> None:
    async with running(portfolio) as (app, pilot):
        screen = MovedScreen()
        await app.push_screen(screen)
        await settle(pilot)
        await press(pilot, "d", *typed, "enter")
        assert screen.since == since
        assert ("since 2026-11-01" in text(app)) == (since is not None)
        assert ("is no date" in text(app)) == (since is None)
