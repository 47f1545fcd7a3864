"""The reviews screen: meetings, the agenda, and every verb by key."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.screens.brief import BriefScreen
from ftop_tui.screens.presenter import PresenterScreen
from ftop_tui.screens.reviews import ReviewsScreen
from ftop_tui.services import reviews
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Customer
from ftop_tui.widgets.customer_choice import CustomerChoice
from ftop_tui.widgets.key_list import KeyList

from .conftest import TODAY
from .seeing import NARROW, lines, press, resized, running, settle, text
from .test_hostile import FORBIDDEN

THURSDAY = date(2026, 11, 26)


async def opened(app: FtopApp, pilot: Pilot[int]) -> ReviewsScreen:
    screen = ReviewsScreen()
    await app.push_screen(screen)
    await settle(pilot)
    return screen


async def fill(pilot: Pilot[int], text: str) -> None:
    """Type into a dialog's line and say enter."""
    pilot.app.screen.query_one(Input).value = text
    await press(pilot, "enter")


def agenda(context: Context) -> list[tuple[date, str, bool]]:
    return [(m.day, n.name, n.presented) for m in reviews.meetings(context) for n in m.nominations]


@pytest.fixture
def nominated(portfolio: Context) -> Context:
    reviews.nominate(portfolio, "t00000", THURSDAY, on=TODAY - timedelta(days=7))
    reviews.nominate(portfolio, "t00001", THURSDAY)
    return portfolio


async def test_the_agenda_says_who_must_present_and_what_is_missing(nominated: Context) -> None:
    """RA-15: must present, short notice; RA-24: readiness."""
    async with running(nominated) as (app, pilot):
        await opened(app, pilot)
        seen = text(app)
        assert "Reviews  next Thu 26 Nov 2026, 2 to present" in seen
        assert "Fabrikam  must present\n" in seen.replace(" \n", "\n")
        assert "missing: business reason" in seen
        assert "Tailspin Toys  must present  short notice, nominated 2026-11-21" in seen
        assert "Thu  3 Dec 2026   ·" in seen


async def test_what_a_brief_lacks_stays_under_its_customer_in_a_narrow_terminal(
    nominated: Context,
) -> None:
    async with running(nominated, NARROW) as (app, pilot):
        await opened(app, pilot)
        rows = lines(app)
        for size in (NARROW, (70, 24)):
            await resized(pilot, size)
            await settle(pilot)
            rows = lines(app)
            first = next(n for n, row in enumerate(rows) if "missing: " in row)
            assert rows[first].startswith("   missing: ")
            assert rows[first + 1].startswith("   ")
            assert rows[first + 1].strip()


async def test_a_customer_is_nominated_by_typing_a_part_of_its_name(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await opened(app, pilot)
        assert "Nobody is nominated. n nominates a customer." in text(app)
        await press(pilot, "n")
        await fill(pilot, "wood")
        assert agenda(portfolio) == [(THURSDAY, "Woodgrove Bank", False)]
        assert "Short notice: nominated 5 days ahead" in text(app)
        await press(pilot, "left", "j", "n")
        await pilot.press(*"coho", "down", "up")
        await press(pilot, "enter")
        assert agenda(portfolio)[1:] == [(date(2026, 12, 3), "Coho Winery", False)]
        await press(pilot, "n")
        await fill(pilot, "coho")
        assert isinstance(app.screen, CustomerChoice)  # it is nominated there already
        assert "No customer fits." in text(app)


async def test_the_cursor_stays_on_its_customer_when_another_is_nominated_before_it(
    nominated: Context,
) -> None:
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "G")
        before = screen._nominee
        assert before is not None
        reviews.nominate(nominated, "t00003", THURSDAY)
        screen.read()
        await settle(pilot)
        assert screen._nominee is not None
        assert [each.name for each in screen._agenda].index(before.name) == 2
        assert screen._nominee.name == before.name


async def test_a_day_off_the_rhythm_can_be_nominated_for(portfolio: Context) -> None:
    """RA-15."""
    async with running(portfolio) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "o")
        await fill(pilot, "2026-12-01")
        await press(pilot, "enter")
        assert [m.off_rhythm for m in reviews.meetings(portfolio)] == [True]
        assert "Tue  1 Dec 2026   1  off rhythm" in text(app)
        await press(pilot, "o")
        await fill(pilot, "2026-11-20")
        await press(pilot, "enter")
        assert "is past" in text(app)


async def test_a_nomination_is_withdrawn_moved_and_presented(nominated: Context) -> None:
    async with running(nominated) as (app, pilot):
        screen = await opened(app, pilot)
        assert screen.check_action("presented", ()) is None  # the meeting is to come
        await press(pilot, "m", "enter")
        assert agenda(nominated)[1] == (date(2026, 12, 3), "Fabrikam", False)
        await press(pilot, "left", "k", "w", "n", "w", "y")
        assert agenda(nominated) == [(date(2026, 12, 3), "Fabrikam", False)]
        await press(pilot, "u", "u")
        assert [day for day, _, _ in agenda(nominated)] == [THURSDAY, THURSDAY]


async def test_a_meeting_that_was_is_marked_presented_and_back(portfolio: Context) -> None:
    """RA-16 counts from it."""
    reviews.nominate(portfolio, "t00000", TODAY)
    async with running(portfolio) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "p")
        assert agenda(portfolio) == [(TODAY, "Fabrikam", True)]
        assert "Fabrikam  presented" in text(app)
        assert screen.check_action("withdraw", ()) is None
        await press(pilot, "p")
        assert agenda(portfolio) == [(TODAY, "Fabrikam", False)]
        await press(pilot, "left", "down", "p")
        assert "Nobody is on the agenda" in text(app)
        reviews.nominate(portfolio, "t00001", TODAY + timedelta(days=5))
        screen.read()
        await settle(pilot)
        assert screen.check_action("presented", ()) is None
        assert screen.why_not("presented").startswith("The meeting is still to come; ")


async def test_of_a_meeting_that_is_over_nobody_must_present_any_more(portfolio: Context) -> None:
    reviews.nominate(portfolio, "t00000", TODAY, on=TODAY - timedelta(days=14))
    later = replace(portfolio, today=lambda: TODAY + timedelta(days=1))
    async with running(later) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "left", "g")
        assert "Fabrikam  not marked as presented" in text(app)


async def test_the_brief_and_the_presenter_are_a_key_away(nominated: Context) -> None:
    async with running(nominated) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "down", "enter")
        brief: Screen[Any] = app.screen
        assert isinstance(brief, BriefScreen)
        assert brief.tenant_id == "t00001"
        await press(pilot, "escape", "P")
        presenter: Screen[Any] = app.screen
        assert isinstance(presenter, PresenterScreen)
        assert (presenter.tenant_ids, presenter.place) == (("t00000", "t00001"), 1)
        await press(pilot, "escape", "escape")
        assert len(app.screen_stack) == 1


async def test_the_briefs_of_a_meeting_are_exported(nominated: Context, tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    async with running(nominated) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "x")
        assert "brief-2026-11-26.md" in text(app)
        await fill(pilot, str(path))
        assert path.read_text("utf-8").count("\n# ") == 1
        await press(pilot, "x")
        await fill(pilot, str(tmp_path / "no" / "b.md"))
        assert "cannot be written" in text(app)


async def test_review_dates_of_ftop_are_shown_while_nobody_is_nominated(
    portfolio: Context,
) -> None:
    with portfolio.writer().unit("test") as unit:
        customer = unit.session.get(Customer, "c00002")
        assert customer is not None
        customer.review_date = date(2026, 12, 3)
        unit.session.add(customer)
    async with running(portfolio) as (app, pilot):
        await opened(app, pilot)
        assert "FTOP says 2026-12-03: Proseware  not nominated" in text(app)
        await press(pilot, "n", "enter")  # those with a date come first
        assert agenda(portfolio)[0][1] == "Proseware"
        assert "FTOP says" not in text(app)


async def test_without_a_store_it_says_what_to_do(context: Context) -> None:
    async with running(context) as (app, pilot):
        screen = await opened(app, pilot)
        assert "Nobody is nominated" in text(app)
        for action in ("brief", "withdraw", "move", "presented", "present", "export"):
            assert screen.check_action(action, ()) is None
        await press(pilot, "G", "g", "n")
        assert "There is no customer to choose." in text(app)
        assert not context.store.exists()


@pytest.mark.parametrize("size", [(120, 40), NARROW])
async def test_hostile_names_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    for place in range(12):
        reviews.nominate(hostile, f"t{place:05}", THURSDAY)
    async with running(hostile, size) as (app, pilot):
        await opened(app, pilot)
        seen = text(app)
        for _ in range(12):
            await pilot.press("down")
            await settle(pilot)
            seen += text(app)
        assert "[red]x[/]" in seen
        assert "[@click=app.quit]x[/]" in seen
        assert not FORBIDDEN.search(seen.replace("\n", ""))
        await press(pilot, "w", "y", "m", "escape")
        assert len(reviews.meetings(hostile)[0].nominations) == 11
        assert app.screen.query_one("#agenda", KeyList).option_count == 11
