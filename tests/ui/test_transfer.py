"""Import on the screen: the plan is shown before anything is written."""

import threading
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from ftop_tui.app import FtopApp
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.transfer import ImportScreen, PasteScreen, plain_path
from ftop_tui.services import portfolio as reading
from ftop_tui.services import transfer
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.path_suggester import PathSuggester
from ftop_tui.widgets.text_panel import TextPanel
from house import SAMPLES, make_house

from .seeing import press, running, settle, text

HEAD = "TenantId,TenantName,Health,LastEnterpriseNote"
GOOD = "11111111-1111-4111-8111-111111111111,Fabrikam [/],red,2026-11-10"
BAD = "22222222-2222-4222-8222-222222222222,Contoso,[purple],2026-11-20"


def table(*rows: str) -> str:
    return "\n".join((HEAD, *rows)) + "\n"


def plan(app: FtopApp) -> str:
    return app.screen.query_one("#plan", TextPanel).text


async def name_files(pilot: Pilot[int], *paths: Path | str) -> None:
    for path in paths:
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await press(pilot, "enter")


async def test_a_good_file_is_planned_then_imported(context: Context, tmp_path: Path) -> None:
    file = tmp_path / "portfolio [x].csv"
    file.write_text(table(GOOD), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        assert app.screen.check_action("apply", ()) is None
        await press(pilot, "ctrl+s")
        assert "Nothing is named to be imported yet." in text(app)
        await name_files(pilot, file)
        assert "Ready. ctrl+s imports it." in plan(app)
        assert not reading.load(context).ranked
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "Imported: created 1 customer" in text(app)
        assert "Fabrikam [/]" in text(app)
    assert reading.load(context).ranked[0].facts.name == "Fabrikam [/]"


async def test_an_import_says_how_much_moved_but_not_of_what_is_new(
    portfolio: Context, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    data = str(portfolio.paths.data_dir)
    tomorrow = make_house(tmp_path, "2026-11-22", FTOP_TUI_DATA_DIR=data)
    for context, row, said in ((portfolio, GOOD, 0), (tomorrow, GOOD.replace("red", "blue"), 1)):
        context.writer().remember("last_seen_day", context.today().isoformat())
        file.write_text(table(row), "utf-8")
        async with running(context) as (app, pilot):
            await press(pilot, "i")
            await name_files(pilot, file)
            await press(pilot, "ctrl+s")
            await settle(pilot)
            assert text(app).count("moved since yesterday") == said
            await press(pilot, "escape")
            assert "moved since" not in text(app)


async def test_rejected_rows_are_named_and_hold_everything_back(
    context: Context, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(table(GOOD, BAD), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, file)
        shown = plan(app)
        assert "1 row is rejected, so nothing goes in." in shown
        assert "row 3, Health: '[purple]' is no health" in shown
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ImportScreen)
        app.screen.query_one("#partial").focus()
        await press(pilot, "space")
        assert "the rest can go in" in plan(app)
        await press(pilot, "ctrl+s")
    assert [r.facts.name for r in reading.load(context).ranked] == ["Fabrikam [/]"]


async def test_with_all_rows_rejected_the_key_says_so(context: Context, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text(table(BAD), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, file)
        await press(pilot, "ctrl+s")
        assert "Rows are rejected: mend them. Nothing else in it is new." in text(app)


async def test_what_cannot_be_read_is_said_in_place_of_the_plan(
    context: Context, tmp_path: Path
) -> None:
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, tmp_path / "[/]gone.csv")
        assert "[/]gone.csv" in plan(app)
        assert cast("ImportScreen", app.screen).plan is None
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_order_of_days_can_be_given(context: Context, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text(table(GOOD.replace("2026-11-10", "05/10/2026")), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, file)
        assert cast("ImportScreen", app.screen).plan is None or "rejected" in plan(app)
        app.screen.query_one("#dates", Select).value = "dmy"
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await settle(pilot)
    facts = reading.load(context).ranked[0].facts
    assert facts.enterprise is not None
    assert facts.enterprise == 739894  # 2026-10-05


async def test_several_files_are_one_import_and_can_be_taken_out(
    context: Context, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(table(GOOD), "utf-8")
    two.write_text(table(GOOD.replace("1", "3").replace("Fabrikam", "Litware")), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, one, two, one)
        screen = cast("ImportScreen", app.screen)
        assert screen.paths == [str(one), str(two)]
        screen.query_one("#paths").focus()
        await press(pilot, "home", "enter")
        assert screen.paths == [str(two)]


async def test_a_typed_tenant_is_planned_with_without_another_key(
    portfolio: Context, tmp_path: Path
) -> None:
    report = tmp_path / "users.csv"
    report.write_bytes((SAMPLES / "service_users.csv").read_bytes())
    async with running(portfolio) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, report)
        assert "give its tenant (Tenant id in the app" in plan(app)
        tenant = reading.load(portfolio).ranked[0].facts.tenant_id
        app.screen.query_one("#tenant", Input).value = tenant
        await pilot.pause(0.4)
        await settle(pilot)
        assert "Ready." in plan(app)


async def test_ctrl_s_plans_a_path_that_was_typed_without_enter(
    context: Context, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(table(GOOD), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        app.screen.query_one("#path", Input).value = str(file)
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "Ready." in plan(app)
        assert not reading.load(context).ranked


async def test_a_path_typed_after_a_plan_is_not_left_out(context: Context, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(table(GOOD), "utf-8")
    two.write_text(table(BAD.replace("[purple]", "red")), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, one)
        app.screen.query_one("#path", Input).value = str(two)
        await pilot.pause()
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert not reading.load(context).ranked
        await press(pilot, "ctrl+s")
        await settle(pilot)
    assert len(reading.load(context).ranked) == 2


async def test_a_plan_that_comes_late_is_of_no_other_files(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of two files is read to its end while the second is being named."""
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text(table(GOOD), "utf-8")
    second.write_text(table(BAD.replace("[purple]", "red")), "utf-8")
    read_on, plan_files = threading.Event(), transfer.plan_files

    def slow(*arguments: Any, **options: Any) -> transfer.Plan:
        found = plan_files(*arguments, **options)
        assert read_on.wait(20)
        return found

    monkeypatch.setattr(transfer, "plan_files", slow)
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        app.screen.query_one("#path", Input).value = str(first)
        await pilot.press("enter")
        await pilot.pause(0.1)
        app.screen.query_one("#path", Input).value = str(second)
        read_on.set()
        await settle(pilot)
        await press(pilot, "ctrl+s")  # plans both
        await press(pilot, "ctrl+s")
        await settle(pilot)
    assert len(reading.load(context).ranked) == 2


async def test_a_pasted_table_is_imported(context: Context) -> None:
    async with running(context) as (app, pilot):
        await press(pilot, "v")
        assert isinstance(app.screen, PasteScreen)
        app.screen.query_one("#table", TextArea).text = table(GOOD).replace(",", "\t")
        await pilot.pause(0.4)
        await settle(pilot)
        assert "Ready." in plan(app)
        await press(pilot, "ctrl+s")
        await settle(pilot)
    assert reading.load(context).ranked[0].facts.health == "red"


async def test_leaving_with_a_plan_that_was_not_applied_asks(
    context: Context, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(table(GOOD), "utf-8")
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, file)
        await press(pilot, "escape")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "y")
        assert isinstance(app.screen, HomeScreen)
    assert not context.store.exists()


async def test_an_import_of_the_same_says_that_nothing_is_new(
    context: Context, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text(table(GOOD), "utf-8")
    async with running(context) as (app, pilot):
        for _ in range(2):
            await press(pilot, "i")
            await name_files(pilot, file)
            shown = plan(app)
            await press(pilot, "ctrl+s")
            await settle(pilot)
        assert "Nothing new" in shown
        assert isinstance(app.screen, ImportScreen)


@pytest.mark.parametrize(
    ("typed", "path"),
    [(" /a b.csv ", "/a b.csv"), ("'/a b.csv'", "/a b.csv"), ('"c:\\x.csv"', "c:\\x.csv"),
     ("'", "'"), ("", "")],
)  # fmt: skip
def test_a_path_may_be_dropped_onto_the_terminal_in_quotes(typed: str, path: str) -> None:
    assert plain_path(typed) == path


async def test_a_path_is_completed_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "portfolio.xlsx").touch()
    (tmp_path / "reports" / "picture.png").touch()
    suggester = PathSuggester()
    assert await suggester.get_suggestion(f"{tmp_path}/re") == f"{tmp_path}/reports/"
    found = await suggester.get_suggestion(f"{tmp_path}/reports/p")
    assert found == f"{tmp_path}/reports/portfolio.xlsx"
    assert await suggester.get_suggestion(f"{tmp_path}/none/x") is None
    assert await suggester.get_suggestion("") is None


@pytest.mark.parametrize(
    "path", [f"{'x' * 300}.csv", "~nobody-of-that-name/x.csv"], ids=["too long", "of nobody"]
)
async def test_a_path_that_cannot_be_is_told(context: Context, path: str) -> None:
    """Already while it is typed it is looked for what begins so."""
    async with running(context) as (app, pilot):
        await press(pilot, "i")
        await name_files(pilot, path)
        await settle(pilot)
        assert "cannot be read" in plan(app)
