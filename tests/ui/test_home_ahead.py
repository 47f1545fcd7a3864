"""A cursor key on the list: all it shows is in one frame, made ready before it is pressed."""

from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar

from ftop_tui.screens.home import HomeScreen
from ftop_tui.services import panel
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Tenant
from ftop_tui.widgets.scrolling import LineBar
from ui.seeing import press, running


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tenants whose panel was read."""
    tenants: list[str] = []
    reading = panel.read

    def noted(context: Context, facts: Any, through: Any) -> Any:
        tenants.append(facts.tenant_id)
        return reading(context, facts, through)

    monkeypatch.setattr(panel, "read", noted)
    return tenants


async def at_rest(pilot: Pilot[int]) -> HomeScreen:
    screen = cast("HomeScreen", pilot.app.screen)
    await pilot.pause(0.1)
    return screen


async def test_the_next_tenant_is_read_before_the_key(portfolio: Context, read: list[str]) -> None:
    async with running(portfolio) as (_, pilot):
        await press(pilot, "j", "k")  # what is written at the start is written by now
        screen = await at_rest(pilot)
        rows = [ranked.facts for ranked in screen.list.rows]
        assert rows[1].tenant_id in read
        read.clear()
        screen.list.action_move(1)
        assert rows[1].name in screen.panel.text
        assert read == []


async def test_what_was_written_since_is_read_again(portfolio: Context, read: list[str]) -> None:
    async with running(portfolio) as (_, pilot):
        screen = await at_rest(pilot)
        below = screen.list.rows[1].facts.tenant_id
        with portfolio.writer().unit("test") as unit:
            unit.session.get_one(Tenant, below).renewal_date = portfolio.today()
        read.clear()
        screen.list.action_move(1)
        assert read == [below]
        assert f"{portfolio.today()}, today" in screen.panel.text


async def test_nothing_is_made_ready_while_a_filter_is_typed(
    portfolio: Context, read: list[str]
) -> None:
    async with running(portfolio) as (_, pilot):
        await at_rest(pilot)
        read.clear()
        await press(pilot, "slash", "a", "d", "v")
        screen = await at_rest(pilot)
        assert set(read) <= {screen.list.rows[0].facts.tenant_id}


async def test_the_panel_follows_within_the_key(portfolio: Context) -> None:
    async with running(portfolio) as (_, pilot):
        screen = await at_rest(pilot)
        for place in (1, 2, 1):
            screen.list.action_move(place - screen.list.cursor)
            assert screen.list.rows[place].facts.name in screen.panel.text


async def test_the_scrollbar_is_drawn_as_textual_draws_it(portfolio: Context) -> None:
    async with running(portfolio, (120, 24)) as (_, pilot):
        for key in ("down", "end", "up"):
            await press(pilot, key)
            bar = (await at_rest(pilot)).panel.vertical_scrollbar
            assert isinstance(bar, LineBar)
            crop = bar.size.region
            ours, theirs = bar.render_lines(crop), ScrollBar.render_lines(bar, crop)
            assert [list(strip) for strip in ours] == [list(strip) for strip in theirs]
