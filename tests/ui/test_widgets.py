"""The small widgets: looks that read without colour, the due column, lines that fit, the panel."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content

from ftop_tui.playbook.values import (
    Band,
    EnterpriseStatus,
    EntitlementStatus,
    Grade,
    Health,
    NoteState,
    Severity,
)
from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context
from ftop_tui.widgets import looks, themes
from ftop_tui.widgets.due import DUE_WIDTH, due_text
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import Block, TextPanel
from ftop_tui.widgets.tick import Tick
from ftop_tui.widgets.triage_list import layout
from playbook.builders import assessed

from .conftest import TODAY


class Showing(App[None]):
    def __init__(self, *shown: Any) -> None:
        super().__init__()
        self.shown = shown

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(themes.VARIABLES)

    def compose(self) -> ComposeResult:
        yield from self.shown


@pytest.mark.parametrize(
    ("values", "look"),
    [(Health, looks.health), (EnterpriseStatus, looks.enterprise), (Band, looks.band),
     (EntitlementStatus, looks.entitlement), (Grade, looks.grade), (Severity, looks.severity),
     (NoteState, looks.state)],
)  # fmt: skip
def test_every_value_has_a_letter_and_a_word_of_its_own(values: Any, look: Any) -> None:
    shown = [look(value) for value in values]
    assert len({one.letter for one in shown}) == len(shown)
    assert len({one.word for one in shown}) == len(shown)


def test_what_is_not_known_is_said() -> None:
    assert looks.health(None).word == "Unset"
    assert looks.health("chartreuse").word == "Unset"
    assert looks.entitlement(None).word == "No status"


def test_both_themes_set_every_variable() -> None:
    assert {frozenset(theme.variables) for theme in themes.THEMES} == {frozenset(themes.VARIABLES)}


def test_the_due_column_tells_what_matters(portfolio: Context) -> None:
    told = {
        ranked.facts.tenant_id: due_text(ranked.assessment, TODAY.toordinal())
        for ranked in reading.load(portfolio).ranked
    }
    assert told["t00000"] == "24 d, limit 21"
    assert told["t00001"] == "16 d, limit 21"
    assert told["t00002"] == "event today"
    assert told["t00003"] == "due in 2 d"
    assert told["t00004"] == "no note"
    assert told["t00005-b"] == ""
    assert told["t00008"] == "asked today"
    assert told["t00009"] == "52 d over"


@given(
    health=st.sampled_from(["red", "green", ""]),
    since=st.integers(0, 1500),
    asked=st.sampled_from(["enterprise", "event", "request", "next_update"]),
    has_frp=st.booleans(),
)
@example(health="red", since=200, asked="enterprise", has_frp=False)
@example(health="green", since=200, asked="event", has_frp=False)
def test_the_due_column_is_never_cut(health: str, since: int, asked: str, has_frp: bool) -> None:
    day = TODAY.toordinal() - since
    known = {"enterprise": day - 1 if asked != "enterprise" else day, asked: day}
    found = assessed(health=health, has_frp=has_frp, **known)
    assert len(due_text(found, TODAY.toordinal())) <= DUE_WIDTH


@pytest.mark.parametrize("width", range(240))
@pytest.mark.parametrize("height", [10, 40])
def test_a_line_of_its_own_is_for_a_reason(width: int, height: int) -> None:
    columns = layout(width, height, 12_749)
    assert columns.lines == (2 if columns.reason and height > 20 and width < 110 else 1)


@pytest.mark.parametrize("width", range(20, 240))
@pytest.mark.parametrize("height", [10, 40])
def test_columns_never_take_more_than_the_row(width: int, height: int) -> None:
    columns = layout(width, height, 12_749)
    row = 1 + columns.rank + 1 + columns.health + 1 + columns.name + 1 + 2 + 7
    row += columns.due + 1 if columns.due else 0
    row += columns.reason + 1 if columns.reason and columns.lines == 1 else 0
    assert row <= max(width, 27)
    assert columns.health == 8 or width < 48


async def test_the_head_says_less_where_it_is_narrow() -> None:
    line = StatusLine()
    async with Showing(line).run_test(size=(30, 3)) as pilot:
        line.show([Content("x" * 24)], Content("right"))
        assert line.render().plain.rstrip() == " " + "x" * 24, "no words run into each other"
        line.show([Content("a" * 40), Content("b" * 20), Content("c")], Content("right"))
        assert line.render().plain == " " + "b" * 20 + "    right"
        line.show([Content("x" * 28)], Content("right"))
        assert line.render().plain.rstrip() == " " + "x" * 28
        line.show([Content("x" * 50)])
        assert line.render().plain.endswith("…")
        await pilot.pause()


async def test_a_tick_reads_without_colour() -> None:
    tick = Tick("Take the rest", compact=True)
    async with Showing(tick).run_test() as pilot:
        assert "[ ]" in str(tick.render())
        tick.value = True
        await pilot.pause()
        assert "[x]" in str(tick.render())


async def test_the_panel_wraps_at_words_with_a_hanging_margin() -> None:
    panel = TextPanel()
    async with Showing(panel).run_test(size=(24, 10)) as pilot:
        panel.show([Block(Content("one two three four five"), 6, Content("+12"))])
        await pilot.pause(0.2)
        shown = [panel.render_line(y).text.rstrip() for y in range(3)]
    assert shown == ["+12   one two three", "      four five", ""]


async def test_the_panel_wraps_all_of_a_long_text_and_scrolls_to_its_end() -> None:
    panel = TextPanel()
    async with Showing(panel).run_test(size=(40, 10)) as pilot:
        panel.show([Block(Content(f"line {number}")) for number in range(200)])
        await pilot.pause(0.2)
        panel.scroll_end(animate=False)
        await pilot.pause()
        assert "line 199" in panel.render_line(9).text
        panel.show([Block(Content("short"))])
        await pilot.pause(0.2)
        assert panel.virtual_size.height == 1
