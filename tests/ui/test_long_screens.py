"""Import, export and backup on the screen: seen while they run, and called off without a trace."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from ftop_tui.screens import ways
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.export import ExportScreen
from ftop_tui.screens.glance import GlanceScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.transfer import ImportScreen
from ftop_tui.services import backups
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import TextDialog
from house import dump

from .seeing import NARROW, press, running, settle, text
from .test_own_keys import ask
from .test_working import PATIENCE, seen

ROW = "TenantId,TenantName\n11111111-1111-4111-8111-111111111111,Fabrikam [/]\n"


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has a service go on beyond the start of its work, and no further, until it is called off."""

    def held(name: str) -> None:
        module, _, function = name.rpartition(".")
        service = getattr(__import__(module, fromlist=[function]), function)

        def slow(*arguments: Any, progress: Callable[[float], None], **named: Any) -> Any:
            end = time.monotonic() + PATIENCE

            def told(part: float) -> None:
                progress(part)
                while part > 0.1 and time.monotonic() < end:
                    time.sleep(0.01)
                    progress(part)

            return service(*arguments, progress=told, **named)

        monkeypatch.setattr(name, slow)

    return held


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_an_import_is_called_off(
    portfolio: Context, tmp_path: Path, hold: Callable[[str], None]
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(ROW, "utf-8")
    before = dump(portfolio.store, "meta")
    async with running(portfolio, NARROW) as (app, pilot):
        await press(pilot, "i")
        app.screen.query_one("#path", Input).value = str(file)
        await press(pilot, "enter")
        hold("ftop_tui.services.transfer.apply_plan")
        await pilot.press("ctrl+s")
        await seen(pilot)
        assert "Importing" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert "Called off; nothing was changed" in text(app)
        assert "Ready." in text(app)
    assert dump(portfolio.store, "meta") == before


async def test_reading_a_file_is_called_off(
    portfolio: Context, tmp_path: Path, hold: Callable[[str], None]
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(ROW, "utf-8")
    hold("ftop_tui.services.transfer.plan_files")
    async with running(portfolio, NARROW) as (app, pilot):
        await press(pilot, "i")
        app.screen.query_one("#path", Input).value = str(file)
        await pilot.press("enter")
        await seen(pilot)
        assert "Reading what is to be imported" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert app.screen.plan is None  # ctrl+s would read it again, and write nothing yet


async def test_an_export_is_called_off(
    portfolio: Context, tmp_path: Path, hold: Callable[[str], None]
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    (place / "all.csv").write_bytes(b"old")
    hold("ftop_tui.services.sharing_preview.write")
    async with running(portfolio, NARROW) as (app, pilot):
        app.push_screen(ExportScreen())
        await settle(pilot)
        app.screen.query_one("#path", Input).value = str(place / "all.csv")
        await pilot.press("ctrl+s")
        await seen(pilot)
        assert "Writing all.csv" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.path == place / "all.csv"
        assert app.screen.check_action("write", ())
    assert _files(place) == {"all.csv": b"old"}


async def test_the_preview_of_an_export_is_called_off(
    portfolio: Context, hold: Callable[[str], None]
) -> None:
    async with running(portfolio, NARROW) as (app, pilot):
        screen = ExportScreen()
        app.push_screen(screen)
        await settle(pilot)
        hold("ftop_tui.services.sharing_preview.preview")
        await pilot.press("4")
        await seen(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is screen
        assert "f2 looks what will be in it." in text(app)
        assert screen.check_action("write", ()) is None


async def test_a_backup_is_made_from_the_palette(portfolio: Context) -> None:
    async with running(portfolio, NARROW) as (app, pilot):
        await ask(app, pilot, "back up now")
        (made,) = backups.backups(portfolio)
        assert isinstance(app.screen, TextDialog)
        assert app.screen.details == (str(made.path),)
        assert made.why == "by-hand"


async def test_the_whole_portfolio_is_exported_from_the_palette(portfolio: Context) -> None:
    async with running(portfolio, NARROW) as (app, pilot):
        await ask(app, pilot, "export all")
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.tenant_id is None
        assert "12  customers" in text(app)


async def test_a_backup_is_called_off(portfolio: Context, hold: Callable[[str], None]) -> None:
    hold("ftop_tui.services.backups.backup")
    async with running(portfolio, NARROW) as (app, pilot):
        home = app.screen
        assert isinstance(home, FtopScreen)
        ways.back_up(home)
        await seen(pilot)
        assert "Backing up the portfolio" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is home
    assert backups.backups(portfolio) == []
    assert list(backups.folder(portfolio).iterdir()) == []


async def test_the_glance_is_called_off_and_closed(
    portfolio: Context, hold: Callable[[str], None]
) -> None:
    hold("ftop_tui.services.glancing.read")
    async with running(portfolio, NARROW) as (app, pilot):
        app.push_screen(GlanceScreen())
        await seen(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_the_demo_is_called_off_and_nothing_of_it_is_left(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hold: Callable[[str], None]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    hold("ftop_tui.services.demo.elsewhere.elsewhere")
    async with running(context, NARROW) as (app, pilot):
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.action_demo()
        await seen(pilot)
        assert "Making the demo portfolio" in text(app)
        assert list(tmp_path.glob("ftop-tui-demo-*"))
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is home
        assert app.own is None
    assert list(tmp_path.glob("ftop-tui-demo-*")) == []
