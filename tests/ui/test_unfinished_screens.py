"""The form of a tenant and the ways in from files keep what is typed, as dialogs do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from ftop_tui.app import FtopApp
from ftop_tui.screens import transfer as importing
from ftop_tui.screens import unfinished as keeper
from ftop_tui.screens.tenant_form import TenantForm
from ftop_tui.screens.transfer import ImportScreen, PasteScreen
from ftop_tui.screens.transferring import PAUSE
from ftop_tui.services import forgetting, tenants, unfinished
from ftop_tui.services.context import Context
from ftop_tui.widgets.keeping import Keeping
from ftop_tui.widgets.text_panel import TextPanel
from ftop_tui.widgets.tick import Tick

from .conftest import HOSTILE
from .seeing import NARROW, press, running, settle, text
from .test_unfinished import kept, until

TENANT = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001"
TABLE = "TenantId\tTenantName\n11111111-2222-4333-8444-555555555555\tFabrikam"

Make = Callable[[], Keeping[Any]]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.05)


@pytest.fixture
def fabrikam(portfolio: Context) -> Context:
    """A store with one more tenant, whose id can be written."""
    tenants.add(portfolio, TENANT, "Fabrikam", {"Industry": "Toys"})
    return portfolio


@asynccontextmanager
async def opened(
    context: Context, make: Make, size: tuple[int, int] = NARROW
) -> AsyncIterator[tuple[FtopApp, Pilot[int], Keeping[Any]]]:
    """The app with the screen open; on leaving it is dropped as it stands, as by a kill."""
    async with running(context, size) as (app, pilot):
        screen = make()
        app.push_screen(screen)
        await settle(pilot)
        yield app, pilot, screen


async def test_a_tenants_form_takes_up_what_was_typed_and_saves_it(fabrikam: Context) -> None:
    async with opened(fabrikam, lambda: TenantForm(TENANT)) as (_, pilot, screen):
        screen.query_one("#field-Industry", Input).value = "Ships"
        await until(lambda: kept(fabrikam))
        await settle(pilot)
    assert tenants.current_values(fabrikam, TENANT)["Industry"] != "Ships"
    tenants.edit(fabrikam, TENANT, {"FM": "Ada Byron"})  # newer than what was typed
    async with opened(fabrikam, lambda: TenantForm(TENANT)) as (app, pilot, screen):
        assert isinstance(screen, TenantForm)
        assert "taken up again from " in text(app)
        assert screen.changes == {"Industry": "Ships"}
        assert screen.typed["FM"] == "Ada Byron"
        await press(pilot, "ctrl+s")
        await until(lambda: not kept(fabrikam))
    assert tenants.current_values(fabrikam, TENANT)["Industry"] == "Ships"


async def test_a_form_that_is_closed_without_saving_keeps_nothing(portfolio: Context) -> None:
    async with opened(portfolio, lambda: TenantForm(None)) as (app, pilot, screen):
        await press(pilot, *"t1")
        await until(lambda: kept(portfolio))
        await press(pilot, "escape", "d")
        assert app.screen is not screen
        await until(lambda: not kept(portfolio))
        app.push_screen(TenantForm(None))
        await settle(pilot)
        assert "taken up" not in text(app)


async def test_what_ending_the_app_saves_is_not_offered_again(fabrikam: Context) -> None:
    async with opened(fabrikam, lambda: TenantForm(TENANT)) as (app, _, screen):
        screen.query_one("#field-Industry", Input).value = "Ships"
        await until(lambda: kept(fabrikam))
        app.leave(143)
        await until(lambda: not app.is_running)
    assert tenants.current_values(fabrikam, TENANT)["Industry"] == "Ships"
    assert not kept(fabrikam)


async def test_what_ending_the_app_cannot_save_is_kept(fabrikam: Context) -> None:
    async with opened(fabrikam, lambda: TenantForm(TENANT)) as (app, _, screen):
        screen.query_one("#field-SRank", Input).value = "many"
        app.leave(143)
        await until(lambda: not app.is_running)
    assert len(app.screen_stack) <= 2  # no dialog that nobody could answer
    assert '"field-SRank": "many"' in kept(fabrikam)[0][1]


async def test_a_form_goes_with_its_tenant(fabrikam: Context) -> None:
    async with opened(fabrikam, lambda: TenantForm(TENANT)) as (_, _pilot, screen):
        screen.query_one("#field-Industry", Input).value = "Zyzzyva"
        await until(lambda: kept(fabrikam))
    forgetting.forget_tenant(fabrikam, TENANT)
    assert not kept(fabrikam)
    assert b"Zyzzyva" not in fabrikam.store.read_bytes()


async def test_a_pasted_table_and_how_it_is_read_are_taken_up_and_planned(
    portfolio: Context,
) -> None:
    async with opened(portfolio, PasteScreen) as (_, pilot, screen):
        screen.query_one("#table", TextArea).load_text(TABLE)
        screen.query_one("#dates", Select).value = "mdy"
        screen.query_one("#removals", Tick).value = True
        await until(lambda: any("mdy" in value for _, value in kept(portfolio)))
        await settle(pilot)
    async with opened(portfolio, PasteScreen) as (app, pilot, screen):
        assert isinstance(screen, PasteScreen)
        assert "taken up again from " in text(app)
        assert screen.query_one("#table", TextArea).text == TABLE
        assert (screen.reading.dates, screen.reading.accept_removals) == ("mdy", True)
        await asyncio.sleep(PAUSE)
        await until(lambda: screen.plan is not None)
        await press(pilot, "ctrl+s")
        await until(lambda: not kept(portfolio))
        assert app.screen is not screen
    assert tenants.current_values(portfolio, "11111111-2222-4333-8444-555555555555")


async def test_a_table_that_is_too_long_is_not_kept_and_the_screen_says_so(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (keeper, importing):
        monkeypatch.setattr(module, "MOST_LETTERS", len(TABLE))
    async with opened(portfolio, PasteScreen) as (app, pilot, screen):
        table = screen.query_one("#table", TextArea)
        table.load_text(TABLE)
        await until(lambda: kept(portfolio))
        assert "not kept when the app ends" not in text(app)
        table.load_text(f"{TABLE}\n")
        await until(lambda: not kept(portfolio))  # half of it, or an older one, is none
        await asyncio.sleep(PAUSE)
        await settle(pilot)
        assert "not kept when the app ends" in text(app)


async def test_the_files_of_an_import_are_listed_again(portfolio: Context, tmp_path: Path) -> None:
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for file in files:
        file.write_text(TABLE.replace("\t", ","))
    async with opened(portfolio, ImportScreen) as (_, pilot, screen):
        for file in files:
            screen.query_one("#path", Input).value = str(file)
            await press(pilot, "enter")
        screen.query_one("#path", Input).value = "thr"
        await until(lambda: any('"thr"' in value for _, value in kept(portfolio)))
    async with opened(portfolio, ImportScreen) as (app, pilot, screen):
        assert isinstance(screen, ImportScreen)
        assert "taken up again from " in text(app)
        assert screen.paths == [str(file) for file in files]
        assert screen.query_one("#path", Input).value == "thr"
        await press(pilot, "escape")
        await until(lambda: not kept(portfolio))
        assert app.screen is not screen


async def test_hostile_text_comes_back_harmless(portfolio: Context) -> None:
    for make, name in ((PasteScreen, "table"), (ImportScreen, "paths")):
        for bad in HOSTILE[4:7]:
            async with opened(portfolio, make) as (app, pilot, screen):
                app.unfinished._open.clear()
                place = app.unfinished._place(screen)
                unfinished.keep(portfolio, place, {name: bad, "dates": bad, "tenant": bad})
                await app.pop_screen()
                await app.push_screen(again := make())
                await settle(pilot)
                assert "taken up again from " in text(app)
                typed = "".join(again.typed_texts.values())
                assert not set("\x1b\x00\u202e\x9b") & set(typed + text(app))
                assert again.query_one("#plan", TextPanel).text


async def test_before_the_first_import_nothing_is_kept_and_nothing_is_made(
    context: Context,
) -> None:
    async with opened(context, PasteScreen) as (_, pilot, _screen):
        await press(pilot, "x")
        await asyncio.sleep(0.2)
    assert not context.store.exists()
