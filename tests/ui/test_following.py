"""What follows a key: each step behind a frame of its own, and no layout for a letter."""

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.following import Following
from ftop_tui.services.context import Context
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.preview import Preview

from .forms import FormApp, settle


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that a screen was laid out."""
    told: list[str] = []
    lay_out = Screen._refresh_layout

    def counted(self: Screen[Any], *arguments: Any, **named: Any) -> None:
        told.append("layout")
        lay_out(self, *arguments, **named)

    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    return told


class Stepped(App[None]):
    """Two places that are told one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("", id="first")
        yield Static("", id="second")

    def on_mount(self) -> None:
        self.following = Following(self.screen, self.one, self.two)

    def one(self) -> None:
        self._tell("first")

    def two(self) -> None:
        self._tell("second")

    def _tell(self, place: str) -> None:
        self.done.append(place)
        self.query_one(f"#{place}", Static).update(f"{len(self.done)}")


async def test_each_step_has_a_frame_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Stepped()
    async with app.run_test() as pilot:
        await pilot.pause()
        draw = Screen._compositor_refresh

        def noted(self: Screen[Any]) -> None:
            app.done.append("frame")
            draw(self)

        monkeypatch.setattr(Screen, "_compositor_refresh", noted)
        app.following.soon()
        app.following.soon()
        await pilot.pause(0.1)
        assert (app.done.count("first"), app.done.count("second")) == (1, 1)
        assert "frame" in app.done[app.done.index("first") : app.done.index("second")]


async def test_what_waits_is_done_at_once_when_a_key_needs_it() -> None:
    app = Stepped()
    async with app.run_test() as pilot:
        app.following.soon()
        app.following.now()
        assert app.done == ["first", "second"]
        await pilot.pause(0.05)
        assert app.done == ["first", "second"]


async def test_a_letter_in_a_line_lays_nothing_out(portfolio: Context, laid_out: list[str]) -> None:
    app = FormApp(portfolio, lambda: EnterpriseScreen("t00000"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, EnterpriseScreen)
        topic = screen.query_one("#topic", NoteLine)
        topic.focus()
        await pilot.press("a", "b")
        await screen.save_now()  # the first save lights the key that deletes the draft
        await settle(pilot)
        before = len(laid_out)
        await pilot.press("c", "d", "e")
        await settle(pilot)
        assert "abcde" in screen.query_one(Preview).text
        assert laid_out[before:] == []


async def test_an_area_is_laid_out_only_while_it_grows(
    portfolio: Context, laid_out: list[str]
) -> None:
    app = FormApp(portfolio, lambda: EntitlementScreen("t00000", "EXO"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = app.screen.query_one("#text", NoteArea)
        area.fill("")
        await settle(pilot)
        height, before = area.size.height, len(laid_out)
        area.insert("a\nb")
        area._refresh_size()
        await pilot.pause()
        assert area.size.height == height
        with_two = len(laid_out) - before
        area.insert("\nc\nd\ne\nf")
        await settle(pilot)
        assert area.size.height == 6
        assert len(laid_out) - before > with_two


async def test_a_key_on_findings_is_about_the_text_as_it_stands(portfolio: Context) -> None:
    """The letter before it may not be judged yet."""
    app = FormApp(portfolio, lambda: EntitlementScreen("t00000", "EXO"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, EntitlementScreen)
        area = screen.query_one("#text", NoteArea)
        area.fill("")
        area.insert("Currently blocked due to the proxy.")
        await settle(pilot)
        area.insert("In Berlin: ", (0, 0))
        screen.action_fix_all()
        assert area.text == "In Berlin: Now blocked due to the proxy."
