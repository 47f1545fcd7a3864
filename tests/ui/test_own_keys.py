"""Keys of one's own, the palette on every screen, what is kept, and the demo in place."""

from dataclasses import replace
from typing import cast

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, TextArea

from ftop_tui.app import FtopApp
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context
from ftop_tui.settings import load_settings

from .conftest import mine
from .seeing import press, running, settle, text


def with_keys(context: Context, **keys: str) -> Context:
    named = {name.replace("_", "."): key for name, key in keys.items()}
    return replace(context, settings=replace(context.settings, keys=named))


async def ask(app: FtopApp, pilot: object, words: str) -> None:
    """Take the first that the palette finds."""
    await press(pilot, "ctrl+p")  # type: ignore[arg-type]
    assert isinstance(app.screen, CommandPalette)
    app.screen.query_one(Input).value = words
    for _ in range(40):
        await pilot.pause(0.1)  # type: ignore[attr-defined]
        if app.screen.query_one(OptionList).option_count:
            break
    await press(pilot, "enter")  # type: ignore[arg-type]
    await pilot.pause(0.2)  # type: ignore[attr-defined]
    await settle(pilot)  # type: ignore[arg-type]


def notices(app: FtopApp) -> list[str]:
    return [notice.message for notice in app._notifications]


def opened(app: FtopApp) -> str:
    return type(app.screen).__name__


async def test_a_remapped_key_acts_and_help_footer_and_hints_follow(portfolio: Context) -> None:
    house = with_keys(portfolio, home_week="z", home_filter="f6", home_help="f9")
    async with running(house, (160, 60)) as (app, pilot):
        assert "z Week" in text(app)
        assert "f6 filter" in text(app)
        await press(pilot, "w")
        assert opened(app) == "HomeScreen"
        await press(pilot, "z")
        assert opened(app) == "WeekScreen"
        await press(pilot, "escape", "f9")
        shown = text(app)
        assert opened(app) == "HelpScreen"
        assert "z             This week: all that is due" in shown


async def test_the_empty_list_names_the_keys_as_they_are_mapped(context: Context) -> None:
    async with running(with_keys(context, home_import="f6")) as (app, pilot):
        assert "f6   import your files" in text(app)
        await press(pilot, "e")
        assert notices(app) == ["There is no tenant yet: f6 imports, a adds one, D is a demo."]


async def test_q_leaves_a_list_but_is_a_letter_where_one_types(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "slash", "q")
        assert app.screen.query_one("#filter-text", Input).value == "q"
        await press(pilot, "escape", "e")
        assert opened(app) == "EntitlementScreen"
        area = app.screen.query(TextArea).first()
        area.focus()
        await press(pilot, "q", "question_mark", "colon")
        assert area.text.endswith("q?:")
        assert opened(app) == "EntitlementScreen"


async def test_the_palette_goes_from_any_screen_to_any_other(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        cast("HomeScreen", app.screen).go_to("t00003")
        for words, screen in (
            ("go to plan", "PlanScreen"),
            ("go to contacts", "ContactsScreen"),
            ("go to this week", "WeekScreen"),
            ("go to enterprise", "EnterpriseScreen"),
            ("go to reviews", "ReviewsScreen"),
            ("go to the list", "HomeScreen"),
        ):
            await ask(app, pilot, words)
            assert opened(app) == screen
            assert len(app.screen_stack) == (1 if screen == "HomeScreen" else 2)


async def test_a_tenant_in_the_palette_opens_the_same_screen_for_it(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await ask(app, pilot, "go to plan")
        await ask(app, pilot, "wingtip")
        assert opened(app) == "PlanScreen"
        assert getattr(app.screen, "tenant_id", None) == "t00007"
        await ask(app, pilot, "go to this week")
        await ask(app, pilot, "proseware")
        assert opened(app) == "HomeScreen"
        assert cast("HomeScreen", app.screen).list.tenant_id == "t00002"


async def test_the_palette_does_what_the_open_screens_keys_do(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "w")
        await ask(app, pilot, "look further ahead")
        assert getattr(app.screen, "days", None) == 14


async def test_the_palette_waits_for_a_question_to_be_answered(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "exclamation_mark", "ctrl+p")
        assert opened(app) == "Prompt"


async def test_theme_mine_panel_and_days_are_kept_with_the_files_comments(
    portfolio: Context,
) -> None:
    house = mine(portfolio, "Ada Byron")
    house.paths.config_dir.mkdir(parents=True, exist_ok=True)
    house.paths.config.write_text('# my own\nme = "Ada Byron" # that is me\n', "utf-8")
    async with running(house) as (app, pilot):
        await press(pilot, "o", "p")
        await ask(app, pilot, "theme ftop-light")
        assert app.theme == "ftop-light"
        await press(pilot, "w", "plus")
        await settle(pilot)
    kept = load_settings(house.paths, {})
    assert (kept.mine, kept.panel, kept.theme, kept.week_days) == (False, False, "ftop-light", 14)
    written = house.paths.config.read_text("utf-8")
    assert "# my own" in written
    assert "# that is me" in written
    async with running(replace(house, settings=kept)) as (app, pilot):
        assert app.screen.has_class("-no-panel")
        assert not cast("HomeScreen", app.screen).only_mine


async def test_a_setting_that_cannot_be_kept_is_told_and_holds_for_now(
    portfolio: Context,
) -> None:
    portfolio.paths.config_dir.mkdir(parents=True, exist_ok=True)
    portfolio.paths.config.write_text("theme = \n", "utf-8")
    async with running(portfolio) as (app, pilot):
        await press(pilot, "p")
        assert app.screen.has_class("-no-panel")
        assert "Not kept for the next time" in text(app)
    assert portfolio.paths.config.read_text("utf-8") == "theme = \n"


async def test_the_demo_opens_in_place_and_never_touches_the_users_store(
    context: Context,
) -> None:
    async with running(context) as (app, pilot):
        await press(pilot, "D")
        for _ in range(100):
            await pilot.pause(0.1)
            if cast("HomeScreen", app.screen).portfolio.ranked:
                break
        await settle(pilot)
        assert "FTOP demo" in text(app)
        assert len(reading.load(app.context).ranked) >= 12
        assert not context.store.exists()
        folder = app.context.paths.data_dir
        assert app.context.store.parent == folder != context.paths.data_dir
        await press(pilot, "D")
        assert app.context is context
        assert "Nothing here yet." in text(app)
        assert not context.store.exists()


async def test_the_demo_is_not_offered_over_a_portfolio(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "D")
        assert app.own is None
        assert "leave and run: ftop-tui demo" in notices(app)[0]


@pytest.mark.parametrize("theme", ["ftop-light", "nord"])
async def test_a_theme_of_the_environment_is_not_written(portfolio: Context, theme: str) -> None:
    settings = replace(portfolio.settings, origins={"theme": "environment"})
    async with running(replace(portfolio, settings=settings)) as (app, pilot):
        await ask(app, pilot, f"theme {theme}")
        assert app.theme == theme
    assert not portfolio.paths.config.exists()


@pytest.mark.parametrize(("theme", "told"), [("ftop-lihgt", True), ("light", False), ("", False)])
async def test_a_theme_that_is_none_is_told_once_at_the_start(
    portfolio: Context, theme: str, told: bool
) -> None:
    settings = replace(portfolio.settings, theme=theme)
    async with running(replace(portfolio, settings=settings)) as (app, _):
        said = ["'ftop-lihgt' is no theme; did you mean ftop-light? This is ftop-dark."]
        assert notices(app) == (said if told else [])
