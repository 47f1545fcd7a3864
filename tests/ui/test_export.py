"""Export on the screen: what is chosen is shown before it is written, and the path after it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ftop_tui.screens.export import ExportScreen
from ftop_tui.services import calendars
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Workload
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.dialogs import ErrorDialog
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel

from .forms import FormApp, settle

FABRIKAM = "t00000"


@asynccontextmanager
async def opened(
    context: Context, tenant_id: str | None = None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[ExportScreen, Pilot[Any]]]:
    app = FormApp(context, lambda: ExportScreen(tenant_id))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ExportScreen)
        yield app.screen, pilot


def shown(screen: ExportScreen) -> str:
    return " ".join(screen.query_one("#content", TextPanel).text.split())


async def choose(screen: ExportScreen, pilot: Pilot[Any], row: str, key: str) -> None:
    screen.query_one(f"#{row}", ChoiceRow).focus()
    await pilot.press(key)
    await settle(pilot)


async def name(screen: ExportScreen, pilot: Pilot[Any], path: Path) -> None:
    screen.query_one("#path", Input).value = str(path)
    await pilot.pause()


async def test_the_portfolio_is_shown_and_written(portfolio: Context, tmp_path: Path) -> None:
    async with opened(portfolio) as (screen, pilot):
        assert " 12customers" in shown(screen)
        assert screen.query_one("#path", Input).value == "portfolio.csv"
        await choose(screen, pilot, "format", "3")
        assert screen.query_one("#path", Input).value == "portfolio.json"
        await name(screen, pilot, tmp_path / "out.json")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert f"Wrote {tmp_path / 'out.json'}" in shown(screen)
    assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))["tenants"]) == 14


async def test_a_partners_slide_says_what_is_never_in_it(
    portfolio: Context, tmp_path: Path
) -> None:
    async with opened(portfolio) as (screen, pilot):
        await choose(screen, pilot, "what", "2")
        await choose(screen, pilot, "audience", "2")
        assert screen.has_class("-partner")
        assert " 1customer" in shown(screen)
        assert "Never in it: rank" in shown(screen)
        assert screen.query_one("#path", Input).value == "status-partner.pptx"
        await name(screen, pilot, tmp_path / "s.pptx")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "11 customers were left out" in shown(screen)
    assert (tmp_path / "s.pptx").read_bytes().startswith(b"PK")


async def test_a_customers_text_and_the_calendar(portfolio: Context, tmp_path: Path) -> None:
    async with opened(portfolio, FABRIKAM, (80, 24)) as (screen, pilot):
        await choose(screen, pilot, "what", "3")
        await choose(screen, pilot, "audience", "3")
        await name(screen, pilot, tmp_path / "s.md")
        await pilot.press("ctrl+s")
        await settle(pilot)
        await choose(screen, pilot, "what", "4")
        assert not screen.has_class("-partner")
        assert "update" in shown(screen)
        assert screen.path == tmp_path / "s.ics"
        assert "Export  Fabrikam" in str(screen.query_one("#head", StatusLine).render())
        await pilot.press("ctrl+s")
        await settle(pilot)
    every = calendars.write_calendar(portfolio, tmp_path / "all.ics")[0].path
    assert any(b"Fabrikam" not in title for title in _titles(every))
    assert all(b"Fabrikam" in title for title in _titles(tmp_path / "s.ics"))
    assert (tmp_path / "s.md").read_text("utf-8").startswith("# Fabrikam\n")
    assert b"BEGIN:VEVENT" in (tmp_path / "s.ics").read_bytes()


def _titles(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().splitlines() if line.startswith(b"SUMMARY")]


async def test_an_internal_word_is_shown_before_anything_is_written(
    portfolio: Context, tmp_path: Path
) -> None:
    with portfolio.writer().unit("test") as unit:
        row = unit.session.get(Workload, ("t00001", "EXO"))
        assert row is not None
        row.intent = "[/] an S-1500 [red]one[/]"
    async with opened(portfolio) as (screen, pilot):
        await choose(screen, pilot, "audience", "2")
        assert "intent of workloads says 's-1500'" in shown(screen)
        assert screen.check_action("write", ()) is None
        await name(screen, pilot, tmp_path / "x.csv")
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert not (tmp_path / "x.csv").exists()


async def test_a_path_that_cannot_be_written_is_told_and_all_stays(
    portfolio: Context, tmp_path: Path
) -> None:
    async with opened(portfolio) as (screen, pilot):
        await name(screen, pilot, tmp_path / "none [/]" / "x.csv")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert [type(each) for each in pilot.app.screen_stack[-2:]] == [ExportScreen, ErrorDialog]
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.path == tmp_path / "none [/]" / "x.csv"
        await name(screen, pilot, Path())
        screen.query_one("#path", Input).value = ""
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert pilot.app.screen is screen


async def test_without_a_store_there_is_nothing_and_no_partner(context: Context) -> None:
    async with opened(context) as (screen, pilot):
        assert " 0customers" in shown(screen)
        await choose(screen, pilot, "audience", "2")
        assert "no partner is registered on any workload" in shown(screen)
        assert screen.check_action("write", ()) is None
        assert screen.why_not("write").startswith("Nothing can be written")
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen is not screen


async def test_q_is_a_letter_in_the_path(portfolio: Context) -> None:
    async with opened(portfolio) as (screen, pilot):
        line = screen.query_one("#path", Input)
        line.focus()
        line.value = ""
        await pilot.press("q")
        assert (pilot.app.screen, line.value) == (screen, "q")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_hostile_names_are_drawn_letter_by_letter(
    hostile: Context, tmp_path: Path, size: tuple[int, int]
) -> None:
    with hostile.writer().unit("test") as unit:
        row = unit.session.get(Workload, ("t00002", "EXO"))
        assert row is not None
        row.partner = "[/] [@click=app.quit]x[/]\x1b[31m"
    async with opened(hostile, size=size) as (screen, pilot):
        await choose(screen, pilot, "audience", "2")
        await choose(screen, pilot, "partner", "2")
        await choose(screen, pilot, "partner", "1")
        assert " 1customer" in shown(screen)
        assert (
            screen.query_one("#partner", ChoiceRow)
            .cells()[0]
            .plain.endswith("[/] [@click=app.quit]x[/]")
        )
        await name(screen, pilot, tmp_path / "[red]x[@click=q].csv")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "[red]x[@click=q].csv" in shown(screen)


@pytest.mark.parametrize(
    "path", [f"{'x' * 300}.csv", "~nobody-of-that-name/x.csv"], ids=["too long", "of nobody"]
)
async def test_a_path_that_cannot_be_is_told_and_the_choices_stay(
    portfolio: Context, path: str
) -> None:
    async with opened(portfolio) as (screen, pilot):
        await name(screen, pilot, Path(path))
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert screen.app.is_running
        assert isinstance(pilot.app.screen, ErrorDialog)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.query_one("#path", Input).value == path
