"""Frames of the note forms: what is drawn for a letter, and that it is what Textual would draw."""

import sys
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._text_area_theme import TextAreaTheme
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from ftop_tui.__main__ import _open_app
from ftop_tui.app import FtopApp
from ftop_tui.cli.framework import OpenApp
from ftop_tui.playbook.values import Finding, Severity
from ftop_tui.screens.draft_screen import DraftScreen
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.following import Following
from ftop_tui.screens.frames import SparingCompositor
from ftop_tui.services.context import Context
from ftop_tui.signals import Signals
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.text_panel import TextPanel

from .forms import FormApp, settle
from .painting import drawn


@pytest.fixture
def enterprise(portfolio: Context) -> FormApp:
    return FormApp(portfolio, lambda: EnterpriseScreen("t00000"))


@pytest.fixture
def nothing_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter stands alone: what is made of it is never drawn, nor how saving goes."""
    monkeypatch.setattr(Following, "soon", lambda _: None)
    monkeypatch.setattr(DraftScreen, "_show_state", lambda *_: None)


async def test_a_part_of_a_frame_is_what_textual_would_draw(enterprise: FormApp) -> None:
    async with enterprise.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        ours = enterprise.screen._compositor
        assert isinstance(ours, SparingCompositor)
        seen = [region.intersection(clip) for region, clip in ours.visible_widgets.values()]
        seen += [Region(0, 3, 9, 2), Region(60, 5, 30, 9), Region(5, 0, 100, 40)]
        assert len(seen) > 40
        for changed in [{part} for part in seen] + [set(two) for two in pairwise(seen)]:
            ours._dirty_regions = set(changed)
            sparing = drawn(ours.render_partial_update())
            ours._dirty_regions = set(changed)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(SparingCompositor, "_get_renders", Compositor._get_renders)
                assert sparing == drawn(ours.render_partial_update())
            assert len(sparing) >= max(part.area for part in changed)


@pytest.mark.usefixtures("nothing_follows")
async def test_a_letter_has_its_own_line_drawn_alone(
    enterprise: FormApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with enterprise.run_test(size=(120, 40)) as pilot:
        await _typing_into(pilot, "topic")
        asked = set()
        draw = Widget.render_lines

        def noted(self: Widget, crop: Region) -> list[Strip]:
            asked.add((self.id, crop.height))
            return draw(self, crop)

        monkeypatch.setattr(Widget, "render_lines", noted)
        await pilot.press("c")
        await pilot.pause(0.05)
        assert asked == {("topic", 1)}


async def test_facts_that_stay_the_same_are_not_drawn_anew(
    enterprise: FormApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with enterprise.run_test(size=(120, 40)) as pilot:
        await _typing_into(pilot, "topic")
        shown = []
        show = TextPanel.show

        def noted(self: TextPanel, *arguments: Any, **named: Any) -> None:
            shown.append(self.id)
            show(self, *arguments, **named)

        monkeypatch.setattr(TextPanel, "show", noted)
        await pilot.press("c")
        await pilot.pause(0.05)
        await settle(pilot)
        assert shown == []
        await pilot.press("backspace", "backspace", "backspace")
        await pilot.pause(0.05)
        await settle(pilot)
        assert "Exec Summary is empty" in enterprise.screen.query_one("#facts", TextPanel).text
        assert shown


async def test_a_letter_in_an_area_looks_no_styles_up(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FormApp(portfolio, lambda: EntitlementScreen("t00000", "EXO"))
    async with app.run_test(size=(120, 40)) as pilot:
        await _typing_into(pilot, "text")
        looked = []
        dress = TextAreaTheme.apply_css

        def noted(self: TextAreaTheme, area: Any) -> None:
            looked.append(area.id)
            dress(self, area)

        monkeypatch.setattr(TextAreaTheme, "apply_css", noted)
        await pilot.press("c", "d")
        await pilot.pause(0.05)
        assert looked == []
        app.theme = "textual-light"
        await pilot.pause(0.05)
        assert "text" in looked


async def test_an_area_that_grows_by_a_line_has_no_scrollbar_meanwhile(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one the text would be wrapped narrower, and once more when there is room."""
    app = FormApp(portfolio, lambda: EntitlementScreen("t00000", "EXO"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = app.screen.query_one("#text", NoteArea)
        area.fill("a\nb\nc\nd")
        await settle(pilot)
        bars: list[bool] = []
        monkeypatch.setattr(NoteArea, "_watch_show_vertical_scrollbar", lambda _: bars.append(True))
        area.insert("\ne")
        await settle(pilot)
        assert (area.size.height, bars) == (5, [])
        area.insert("\nf" * 20)
        await settle(pilot)
        assert (area.size.height, area.show_vertical_scrollbar) == (12, True)
        area.fill("a")
        await settle(pilot)
        assert (area.size.height, area.show_vertical_scrollbar) == (4, False)


async def test_the_same_findings_draw_an_area_once(portfolio: Context) -> None:
    app = FormApp(portfolio, lambda: EntitlementScreen("t00000", "EXO"))
    async with app.run_test(size=(120, 40)) as pilot:
        await _typing_into(pilot, "text")
        area = app.screen.query_one("#text", NoteArea)
        findings = [Finding("EN-01", Severity.WARN, 0, 1, "said twice", None)]
        area.mark(findings)
        await pilot.pause(0.05)
        area._repaint_required = False
        area.mark(list(findings))
        assert not area._repaint_required
        area.mark([])
        assert area._repaint_required


async def test_the_thread_that_writes_a_frame_has_its_turn_before_the_next_step(
    enterprise: FormApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ftop_tui.screens.following._BREATH", 0.05)
    async with enterprise.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        done: list[float] = []
        begun = monotonic()
        Following(enterprise.screen, lambda: done.append(monotonic())).soon()
        await pilot.pause(0.2)
        assert done[0] - begun >= 0.04


def test_a_thread_at_work_lets_a_key_pass_soon(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_FPS", "240")  # which the start would set for the other tests too
    turns: list[float] = []
    monkeypatch.setattr(FtopApp, "run", lambda _: turns.append(sys.getswitchinterval()))
    usual = sys.getswitchinterval()
    try:
        _open_app(OpenApp(portfolio), Signals())
    finally:
        sys.setswitchinterval(usual)
    assert turns == [pytest.approx(0.001)]


async def _typing_into(pilot: Pilot[Any], field: str) -> None:
    """Two letters stand in a field, and the draft is stored."""
    await settle(pilot)
    screen: Any = pilot.app.screen
    screen.query_one(f"#{field}").focus()
    await pilot.press("a", "b")
    await screen.save_now()  # the first save lights the key that deletes the draft
    await pilot.pause(0.05)
    await settle(pilot)
