"""Help says what the playbook says of the place that has the focus, and the keys as they are."""

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, cast

import pytest
from textual.screen import Screen
from textual.widgets import Input

from ftop_tui import screens
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rules import read_rules
from ftop_tui.screens.help import HelpScreen, places
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services.context import Context
from ftop_tui.services.guiding import guidance
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import HOSTILE
from .seeing import press, running, text


def _screens() -> dict[str, type[Screen[Any]]]:
    modules = [import_module(f"ftop_tui.screens.{m.name}") for m in iter_modules(screens.__path__)]
    return {
        name: cls
        for module in modules
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, Screen)
    }


def test_every_place_of_the_guidance_is_a_screen_and_every_rule_is_one() -> None:
    known = {rule.id for rule in read_rules(shipped("rules"))}
    names = _screens()
    for place, entry in shipped("guidance").items():
        assert place.partition(".")[0] in names, place
        assert set(entry) == {"title", "text", "rules"}, place
        assert set(entry["rules"]) <= known, place


def test_the_nearest_place_is_told_and_what_matters_now_comes_first() -> None:
    found = guidance(None, ["EnterpriseScreen.risks", "EnterpriseScreen"], ["FR-08", "ES-12"])
    assert found is not None
    assert found.title == "Risks"
    assert [rule.id for rule in found.rules] == ["FR-08", "ES-12", "OS-04", "RA-13"]
    assert found.rules[1].source.startswith("FastTrack Playbook: Enterprise Status Guidance")
    assert guidance(None, ["no such place"]) is None


@pytest.mark.parametrize("key", ["s", "e", "x", "l"])
async def test_each_field_of_each_form_has_guidance_of_its_own(
    portfolio: Context, key: str
) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, key)
        screen = app.screen
        asked = 0
        for widget in screen.focus_chain:
            if "form" not in {node.id for node in widget.ancestors}:
                continue
            found = [p for p in places(screen, widget)[:-1] if p in shipped("guidance")]
            asked += 1
            assert found, places(screen, widget)
        assert asked > 1


async def test_f1_in_a_text_field_helps_for_that_field_and_comes_back_to_it(
    portfolio: Context,
) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "s")
        app.screen.query_one("#risks").focus()
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        shown = text(app)
        assert "RISKS" in shown
        assert "ES-12" in shown
        assert "Enterprise Status Guidance (2019-11-08)" in shown
        await press(pilot, "escape")
        assert app.focused is not None
        assert app.focused.id == "risks"


async def test_the_list_tells_the_rules_behind_the_tenant_under_the_cursor(
    portfolio: Context,
) -> None:
    async with running(portfolio, (120, 100)) as (app, pilot):
        home = cast("HomeScreen", app.screen)
        home.list.go_to("t00008")  # an Exec Summary is requested
        await press(pilot, "question_mark")
        assert "OS-03" in text(app)


def test_every_topic_that_a_dialog_asks_about_has_guidance() -> None:
    told = {place.partition(".")[2] for place in shipped("guidance")}
    for file in Path(screens.__path__[0]).glob("*.py"):
        for topic in re.findall(r"asking\(\s*\"(\w+)\"", file.read_text("utf-8")):
            assert topic in told, (file.name, topic)


async def test_f1_in_a_dialog_helps_with_what_is_asked_and_keeps_what_was_typed(
    portfolio: Context,
) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "exclamation_mark", *"why?")
        assert "f1 help" in text(app)
        await press(pilot, "f1")
        shown = text(app)
        assert "A SIGNIFICANT EVENT" in shown
        assert "RA-06" in shown
        assert "enter         Take what is typed" in shown
        assert "escape        Close, change nothing" in shown.replace("esc   ", "escape")
        await press(pilot, "escape")
        assert type(app.screen).__name__ == "Prompt"
        assert app.screen.query_one(Input).value == "why?"


async def test_a_key_that_has_another_beside_it_is_told_as_both(portfolio: Context) -> None:
    """The line of keys shows one of them; the page would otherwise name it twice."""
    async with running(portfolio) as (app, pilot):
        await press(pilot, "w", "question_mark")
        shown = app.screen.query_one("#help", TextPanel).text
        assert re.search(r"^esc q", shown, re.MULTILINE)
        assert re.search(r"^\+ =", shown, re.MULTILINE)
        assert not re.search(r"^(\S+) \1 ", shown, re.MULTILINE)


async def test_a_question_mark_helps_in_a_dialog_without_a_text_field(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "r", "question_mark")
        shown = text(app)
        assert "Done today for" in shown
        assert "DONE IN FTOP, WITHOUT A DRAFT HERE" in shown
        assert "Choose what stands beside it" in shown
        await press(pilot, "q", "v")
        assert isinstance(app.screen, HomeScreen)


async def test_the_users_own_guidance_takes_the_place_of_ours_letter_by_letter(
    portfolio: Context,
) -> None:
    portfolio.paths.config_dir.mkdir(parents=True, exist_ok=True)
    own = HOSTILE[3]
    portfolio.paths.pack.write_text(
        f'[guidance."Prompt.event"]\ntext = "Ask Ada. {own}"\n', "utf-8"
    )
    async with running(portfolio) as (app, pilot):
        await press(pilot, "exclamation_mark", "f1")
        shown = text(app)
        assert "A SIGNIFICANT EVENT" in shown
        assert f"Ask Ada. {own}" in shown
        assert "RA-06" in shown
