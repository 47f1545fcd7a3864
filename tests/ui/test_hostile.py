"""Names that have ended an app, run an action or turned a line around: drawn letter by letter."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context
from ftop_tui.text import clean_line
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign_line

from .seeing import lines, press, running, settle, text

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_list_and_the_panel_draw_every_name(
    hostile: Context, size: tuple[int, int]
) -> None:
    async with running(hostile, size) as (app, pilot):
        seen = ""
        for _ in range(14):
            shown = lines(app)
            assert not FORBIDDEN.search("".join(shown))
            seen += text(app)
            assert all(cell_len(line) == size[0] for line in shown)
            await press(pilot, "down")
    assert "[red]x[/]" in seen
    assert "[@click=app.quit]x[/]" in seen


@pytest.mark.parametrize("key", ["t", "r", "e", "x"])
async def test_every_screen_opens_on_a_hostile_name(hostile: Context, key: str) -> None:
    async with running(hostile) as (app, pilot):
        for tenant in ("t00000", "t00001", "t00003", "t00004", "t00006", "t00008"):
            app.screen_stack[0].list.go_to(tenant)  # type: ignore[attr-defined]
            await press(pilot, key)
            assert len(app.screen_stack) == 2
            assert not FORBIDDEN.search("".join(lines(app)))
            await press(pilot, "escape")
            assert len(app.screen_stack) == 1


@pytest.mark.usefixtures("toasts_last")
async def test_a_sentence_that_quotes_a_hostile_name_is_said(hostile: Context) -> None:
    async with running(hostile) as (app, pilot):
        for tenant in ("t00000", "t00001", "t00003", "t00004"):
            app.screen_stack[0].list.go_to(tenant)  # type: ignore[attr-defined]
            await press(pilot, "r", "p")
            assert not FORBIDDEN.search("".join(lines(app)))
        assert "Recorded [red]x[/]: Customer" in text(app)


async def test_clicking_a_name_runs_nothing(hostile: Context) -> None:
    async with running(hostile) as (app, pilot):
        shown = lines(app)
        row = next(number for number, line in enumerate(shown) if "[@click" in line[:60])
        await pilot.click(offset=(20, row))
        await settle(pilot)
        panel = next(number for number, line in enumerate(lines(app)) if "[@click" in line[70:])
        await pilot.click(offset=(lines(app)[panel].index("[@click", 70) + 2, panel))
        await settle(pilot)
        assert app.is_running
        assert len(app.screen_stack) == 1


async def test_what_moved_the_filter_and_the_palette_take_hostile_text(hostile: Context) -> None:
    async with running(hostile) as (app, pilot):
        await press(pilot, "m")
        assert "[red]x[/]" in text(app)
        await press(pilot, "escape", "slash", *"[/]", "enter", "escape")
        await press(pilot, "colon", "[", "slash")
        await pilot.pause(0.3)
        await settle(pilot)
        await press(pilot, "escape")
        assert len(reading.load(hostile).ranked) == 14


@given(st.text(max_size=80), st.integers(0, 60))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_fitted_text_is_exactly_as_wide_as_asked_and_harmless(text: str, width: int) -> None:
    shown = fit(text, width)
    assert cell_len(shown) == width
    assert not FORBIDDEN.search(shown)
    if cell_len(clean_line(text)) <= width:
        assert shown.rstrip() == clean_line(text)
    elif width:
        assert "…" in shown


@given(st.text(max_size=60))
def test_foreign_text_has_no_markup_and_no_controls(text: str) -> None:
    content = foreign_line(text)
    assert content.plain == clean_line(text)
    assert not content.spans
