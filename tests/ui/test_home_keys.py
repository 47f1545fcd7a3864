"""Home: what its keys do to the store and which screens they open."""

import re
from typing import cast

import pytest
from textual.widgets import Input, OptionList

from ftop_tui.app import FtopApp
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.exec_summary import ExecSummaryScreen
from ftop_tui.screens.help import HelpScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.moved import MovedScreen
from ftop_tui.screens.tenant_form import TenantForm
from ftop_tui.screens.transfer import ImportScreen, PasteScreen
from ftop_tui.services import clipboard
from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Choice

from .seeing import press, running, settle, text


def home(app: FtopApp) -> HomeScreen:
    return cast("HomeScreen", app.screen)


def opened(app: FtopApp) -> tuple[str, str | None]:
    """The screen that is open, and the workload that it is on."""
    return type(app.screen).__name__, getattr(app.screen, "tag", None)


@pytest.mark.parametrize(
    ("key", "screen"),
    [("a", TenantForm), ("t", TenantForm), ("i", ImportScreen), ("v", PasteScreen),
     ("m", MovedScreen), ("question_mark", HelpScreen), ("f1", HelpScreen),
     ("x", ExecSummaryScreen), ("e", EntitlementScreen), ("r", Choice)],
)  # fmt: skip
async def test_a_key_opens_its_screen_and_escape_comes_back(
    portfolio: Context, key: str, screen: type
) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, key)
        assert isinstance(app.screen, screen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_enter_opens_the_form_of_what_is_most_urgent(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        assert home(app).list.go_to("t00008")  # an Exec Summary is requested
        await press(pilot, "enter")
        assert opened(app) == ("ExecSummaryScreen", None)
        await press(pilot, "escape")
        home(app).list.go_to("t00005")  # AADP is blocked
        await press(pilot, "enter")
        assert opened(app) == ("EntitlementScreen", "AADP")
        await press(pilot, "escape")
        home(app).list.go_to("t00003")  # only its clock asks
        await press(pilot, "enter")
        assert opened(app)[0] == "EnterpriseScreen"


async def test_r_and_a_letter_record_what_was_done_today_and_u_takes_it_back(
    portfolio: Context,
) -> None:
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00000")
        await press(pilot, "r", "e")
        assert isinstance(app.screen, HomeScreen)
        found = reading.find(reading.load(portfolio), "t00000")
        assert found.facts.enterprise == found.facts.event or found.assessment.band != "breach"
        assert home(app).list.tenant_id == "t00000"
        await press(pilot, "u")
        assert reading.find(reading.load(portfolio), "t00000").assessment.band == "breach"
        await press(pilot, "U")
        assert reading.find(reading.load(portfolio), "t00000").assessment.band != "breach"
        assert home(app).list.tenant_id == "t00000"


async def test_partner_data_is_recorded_for_the_workload_that_has_one(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00001")
        await press(pilot, "r", "d")
        facts = reading.find(reading.load(portfolio), "t00001").facts
        assert re.fullmatch(r"EXO:\d+", facts.frp_data or "")
        home(app).list.go_to("t00000")
        await press(pilot, "r", "d")
        assert "No partner is registered" in text(app)


async def test_undo_with_nothing_to_undo_says_so(context: Context) -> None:
    async with running(context) as (app, pilot):
        await press(pilot, "u")
        assert "Nothing to undo." in text(app)


async def test_c_copies_the_opening_sentence_and_says_where_it_went(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copy_natively", lambda text: False)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00000")
        await press(pilot, "c")
        copied = (portfolio.store.parent / clipboard.FILE_NAME).read_text("utf-8")
        assert copied.startswith("Customer Fabrikam's overall health is Red, with groups")
        assert "No clipboard here" in text(app)


async def test_keys_that_need_a_tenant_are_greyed_out_without_one(context: Context) -> None:
    async with running(context) as (app, pilot):
        for action in ("entitlement", "exec_summary", "tenant", "copy", "record"):
            assert home(app).check_action(action, ()) is None
        assert home(app).check_action("toggle_mine", ()) is None
        await press(pilot, "e", "x", "t", "c", "r", "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_every_binding_has_an_id_and_a_tooltip(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        for key in ("", "t", "i", "m", "question_mark"):
            if key:
                await press(pilot, key)
            for _, binding, _, tooltip in app.screen.active_bindings.values():
                node = binding.action
                if binding.id is None:
                    # Textual's own bindings of inputs, lists and scrolling have none.
                    assert not binding.show, node
                else:
                    assert tooltip, binding
            if key:
                await press(pilot, "escape")


async def test_palette_finds_tenants_and_actions(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "colon", *"wingtip")
        await pilot.pause(0.5)
        await settle(pilot)
        hits = app.screen.query_one(OptionList)
        assert hits.option_count
        await press(pilot, "enter")
        await pilot.pause(0.2)
        await press(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert home(app).list.tenant_id == "t00007"


async def test_palette_runs_what_the_keys_do(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00003")
        for words, screen in (
            ("most urgent form", "EnterpriseScreen"),
            ("import files", "ImportScreen"),
        ):
            await press(pilot, "colon")
            app.screen.query_one(Input).value = words
            await pilot.pause(0.5)
            await press(pilot, "enter")
            await pilot.pause(0.3)
            assert opened(app)[0] == screen
            await press(pilot, "escape")


async def test_help_lists_the_keys_of_the_screen_one_comes_from(portfolio: Context) -> None:
    async with running(portfolio, (120, 110)) as (app, pilot):
        await press(pilot, "question_mark")
        shown = text(app)
    for said in ("Import files", "Copy the opening sentence", "home g", "breach", "health:"):
        assert said in shown


async def test_each_kind_of_note_is_one_key_away(portfolio: Context) -> None:
    """OS-11: a lifecycle note starts from the list in one key."""
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00000")
        for key, screen in (
            ("s", "EnterpriseScreen"),
            ("e", "EntitlementScreen"),
            ("x", "ExecSummaryScreen"),
            ("l", "OverallScreen"),
            ("f", "SearchScreen"),
        ):
            await press(pilot, key)
            assert opened(app)[0] == screen
            await press(pilot, "escape")
            assert isinstance(app.screen, HomeScreen)


async def test_h_asks_for_a_kind_and_shows_its_history(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00000")
        await press(pilot, "h", "s")
        assert opened(app)[0] == "HistoryScreen"


async def test_an_event_is_flagged_with_a_word_on_it(portfolio: Context) -> None:
    """RA-06: an update is due from that day."""
    async with running(portfolio) as (app, pilot):
        home(app).list.go_to("t00003")
        await press(pilot, "exclamation_mark", *"merger", "enter")
        await pilot.pause(0.3)
        found = reading.find(reading.load(portfolio), "t00003").facts
        assert found.event_text == "merger"
        assert home(app).list.tenant_id == "t00003"


async def test_n_opens_the_next_note_that_is_due(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "n")
        await pilot.pause(0.3)
        assert opened(app)[0] == "EnterpriseScreen"
        await press(pilot, "escape")
        assert home(app).list.tenant_id == home(app).list.rows[0].facts.tenant_id
