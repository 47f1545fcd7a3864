"""The brief's screen: parts, editing that is never lost, gaps a key from their form."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.playbook.opening import OpeningParts
from ftop_tui.screens import brief_ways, brief_writing, conflict, ways
from ftop_tui.screens.brief import BriefScreen
from ftop_tui.screens.presenter import PresenterScreen
from ftop_tui.screens.tenant_fields import FIELDS
from ftop_tui.screens.tenant_form import TenantForm
from ftop_tui.services import briefs, records, reviews
from ftop_tui.services.context import Context
from ftop_tui.widgets.key_list import KeyList

from .seeing import NARROW, press, running, settle, text
from .test_hostile import FORBIDDEN

THURSDAY = date(2026, 11, 26)


@pytest.fixture
def nominated(portfolio: Context) -> Context:
    for tenant in ("t00000", "t00001"):
        reviews.nominate(portfolio, tenant, THURSDAY)
    return portfolio


async def opened(
    app: FtopApp, pilot: Pilot[int], tenant: str = "t00000", day: date | None = None
) -> BriefScreen:
    screen = BriefScreen(tenant, day)
    await app.push_screen(screen)
    await settle(pilot)
    return screen


async def go_to(screen: BriefScreen, pilot: Pilot[int], key: str) -> None:
    assert screen.brief is not None
    place = [part.key for part in screen.brief.parts].index(key)
    screen.query_one("#parts", KeyList).highlighted = place
    await settle(pilot)


async def test_parts_and_their_text_are_shown_with_what_is_missing(nominated: Context) -> None:
    """RA-17 to RA-24."""
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        seen = text(app)
        assert "Brief  R Red  Fabrikam  for Thu 26 Nov 2026  3 missing" in seen
        assert "Missing  1 business reason  2 intent of EXO  3 intent of INTUNE" in seen
        assert "Customer Fabrikam's overall health is Red" in seen
        assert "Business reason and mindset     gap" in seen
        await go_to(screen, pilot, "blockers")
        assert "• INTUNE blocked" in text(app)


async def test_an_edit_is_saved_as_one_types_and_reset_by_a_key(
    nominated: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RA-22."""
    monkeypatch.setattr(brief_writing, "QUIET_SECONDS", 0.01)
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await go_to(screen, pilot, "wins")
        await press(pilot, "e", "W", "!")
        await pilot.pause(0.05)
        await settle(pilot)
        assert briefs.brief(nominated, "t00000").part("wins").text == "W!"
        await press(pilot, "q", "escape")  # a letter belongs to the text
        assert briefs.brief(nominated, "t00000").part("wins").text == "W!q"
        assert "Edited by you" in text(app)
        assert "Edited 'Wins' of Fabrikam" in text(app)
        assert isinstance(app.screen, BriefScreen)
        await press(pilot, "r")
        assert not briefs.brief(nominated, "t00000").part("wins").edited
        await press(pilot, "u")
        assert "Undone: Took 'Wins' of Fabrikam back" in text(app)
        assert briefs.brief(nominated, "t00000").part("wins").text == "W!q"


async def test_what_is_typed_is_saved_when_the_app_ends(nominated: Context) -> None:
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await go_to(screen, pilot, "asks")
        await press(pilot, "enter", *"Hi")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert briefs.brief(nominated, "t00000").part("asks").text == "Hi"


@pytest.mark.parametrize(
    ("keys", "kept"),
    [("m", "mine!"), ("t", "theirs"), ("b", "theirs\n\nmine!"), ("", "theirs\n\nmine!")],
)
async def test_a_part_written_elsewhere_meanwhile_is_asked_about(
    nominated: Context, monkeypatch: pytest.MonkeyPatch, keys: str, kept: str
) -> None:
    """Both texts are shown; where the app ends before an answer, both are kept."""
    monkeypatch.setattr(brief_writing, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(conflict, "GRACE_SECONDS", 0.0)
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await go_to(screen, pilot, "wins")
        await press(pilot, "e", *"mine")
        await screen.save_now()
        briefs.edit(nominated, "t00000", "wins", "theirs")
        await press(pilot, "!")
        await pilot.pause(0.05)
        await settle(pilot)
        assert isinstance(app.screen, conflict.ConflictDialog)
        assert (app.screen.mine, app.screen.theirs) == ("mine!", "theirs")
        now = briefs.brief(nominated, "t00000").part("wins").text
        assert now == "theirs\n\nmine!", "promise 1: no ending, however sudden, loses either"
        await press(pilot, *(keys or ("ctrl+q",)))
        await pilot.pause(0.05)
        await settle(pilot)
    assert briefs.brief(nominated, "t00000").part("wins").text == kept


async def test_an_edited_part_shows_that_newer_facts_exist(nominated: Context) -> None:
    briefs.edit(nominated, "t00000", "opportunities", "- A merger")
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await go_to(screen, pilot, "opportunities")
        assert "facts have changed" not in text(app)
        records.record(nominated, "t00000", "event", text="New CIO")
        screen.changed(Any)  # type: ignore[arg-type]
        await settle(pilot)
        seen = text(app)
        assert "• A merger" in seen
        assert "The facts have changed since you edited this." in seen
        assert "• New CIO (2026-11-21)" in seen


async def test_editing_offers_to_nominate_first(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await opened(app, pilot)
        assert "not nominated" in text(app)
        await press(pilot, "e", "n")
        assert reviews.meetings(portfolio) == []
        await press(pilot, "e", "y")
        assert [m.day for m in reviews.meetings(portfolio)] == [THURSDAY]
        await press(pilot, "e")
        assert screen.editing == "opening"
        await press(pilot, "escape")
        assert not briefs.brief(portfolio, "t00000").part("opening").edited


async def test_each_gap_is_a_key_from_its_form(
    nominated: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RA-24."""
    went: list[tuple[Any, ...]] = []
    for name in ("entitlement", "enterprise", "forecasts"):
        monkeypatch.setattr(ways, name, lambda app, *to, name=name: went.append((name, *to)))
    for key, way in list(brief_ways.BY_PART.items()):
        told = partial(lambda name, app, *to: went.append((name, *to)), way.__name__)
        monkeypatch.setitem(brief_ways.BY_PART, key, told)
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "2", "4")
        assert went == [("entitlement", "t00000", "EXO"), ("forecasts", "t00000")]
        for key in ("issues", "milestones", "asks", "risks"):
            await go_to(screen, pilot, key)
            await press(pilot, "o")
        assert [name for name, *_ in went[2:]] == [
            "escalations", "forecasts", "exec_summary", "enterprise",
        ]  # fmt: skip
        await press(pilot, "1")
        assert isinstance(app.screen, TenantForm)
        assert screen.gaps[0].key == "business_reason"
        assert app.screen.focused is app.screen.query_one("#field-BusinessReason")
        assert screen.check_action("gap", (9,)) is (True if len(screen.gaps) > 8 else None)


def test_every_gap_of_a_tenant_has_its_column_in_the_form() -> None:
    """RA-17, RA-19, RA-20."""
    assert set(brief_ways.COLUMNS) == {*OpeningParts._fields, "renewal_date", "business_reason"}
    assert set(brief_ways.COLUMNS.values()) <= {field.column for field in FIELDS}


async def test_the_next_customer_of_the_meeting_is_a_key_away(nominated: Context) -> None:
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        assert screen.check_action("other", (-1,)) is None
        await go_to(screen, pilot, "renewals")
        await press(pilot, "n")
        assert "Y Yellow  Tailspin Toys" in text(app)
        assert screen.part is not None
        assert screen.part.key == "renewals"
        assert screen.check_action("other", (1,)) is None
        await press(pilot, "P")
        assert isinstance(app.screen, PresenterScreen)
        assert app.screen.place == 1
        await press(pilot, "escape", "p")
        assert "R Red  Fabrikam" in text(app)


async def test_it_is_exported(nominated: Context, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    async with running(nominated) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "x")
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        assert "Wrote" in text(app)
    assert path.read_text("utf-8").startswith("Fabrikam\n========\n")


async def test_a_failed_save_keeps_the_text_on_the_screen(nominated: Context) -> None:
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await go_to(screen, pilot, "wins")
        await press(pilot, "e", "W", "o")
        for each in reviews.meetings(nominated)[0].nominations:
            reviews.withdraw(nominated, each.id)
        await press(pilot, "escape")
        assert "is not nominated" in text(app)
        await press(pilot, "enter")
        assert screen.editing == "wins"
        assert "Wo" in text(app)


@pytest.mark.parametrize(
    ("size", "places"), [((120, 40), range(0, 12, 4)), (NARROW, range(2, 12, 4))]
)
async def test_hostile_names_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int], places: range
) -> None:
    async with running(hostile, size) as (app, pilot):
        for place in places:
            screen: Screen[Any] = await opened(app, pilot, f"t{place:05}")
            await press(pilot, "G")
            seen = text(app)
            assert not FORBIDDEN.search(seen.replace("\n", ""))
            if place == 0:
                assert "[red]x[/]" in seen
            await press(pilot, "escape")
            assert app.screen is not screen
