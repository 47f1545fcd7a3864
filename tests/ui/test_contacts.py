"""Contacts on the screen: by section, stale and duplicate ones marked (RA-09, RA-10)."""

from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from ftop_tui.app import FtopApp
from ftop_tui.screens.contact_form import ContactForm
from ftop_tui.screens.contacts import ContactsScreen
from ftop_tui.services import contacts
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Confirm

from .conftest import HOSTILE, TODAY
from .seeing import fill, lines, over_home, press, text, top
from .test_hostile import FORBIDDEN

CONTOSO = "t00003"


def opened(
    context: Context, size: tuple[int, int] = (120, 40)
) -> AbstractAsyncContextManager[tuple[FtopApp, Pilot[int], ContactsScreen]]:
    """The contacts of Contoso on the screen."""
    return over_home(context, ContactsScreen(CONTOSO), size)


def added(context: Context, name: str, section: str = "customer", **more: Any) -> str:
    """The id of one that was just added to Contoso."""
    made = context.new_id()
    contacts.add(context, CONTOSO, section, name, contact_id=made, **more)
    return made


def ago(days: int) -> date:
    day: date = TODAY - timedelta(days=days)
    return day


@pytest.fixture
def four(portfolio: Context) -> Context:
    """Four contacts: one stale, two of them the same person."""
    added(portfolio, "Zoe Silva", "microsoft", title="Intune CAT", verified=ago(90))
    added(portfolio, "Kim Akers", title="CIO", email="kim@contoso.com", verified=ago(5))
    added(portfolio, "KIM AKERS", title="IT director", verified=ago(10))
    added(portfolio, "Lee Gu", "partner", role="poc", verified=ago(5))
    return portfolio


def row(app: FtopApp, name: str) -> str:
    """The line of a contact."""
    return next(line for line in lines(app) if name in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_they_stand_by_section_with_marks_and_a_legend(
    four: Context, size: tuple[int, int]
) -> None:
    """RA-09: stale and duplicate ones are listed as such."""
    async with opened(four, size) as (app, _, screen):
        seen = text(app)
        assert "Contacts  Contoso  4 contacts  1 stale  2 duplicate" in seen
        places = [seen.index(f"{head}  ") for head in ("MICROSOFT", "CUSTOMER", "PARTNER")]
        assert places == sorted(places)
        assert row(app, "Zoe Silva").split()[0] == "!"
        assert row(app, "KIM AKERS").split()[0] == "="
        assert row(app, "Lee Gu").split()[:2] == ["Lee", "Gu"]
        assert "! stale: not verified for 90 days   = listed twice" in seen
        days = [line.rstrip()[-10:] for line in lines(app) if "Akers" in line]
        assert days[0] == ago(5).isoformat()
        assert screen.present is not None
        assert screen.present.name == "Zoe Silva"


async def test_one_is_added_to_the_section_of_the_cursor_with_any_title(four: Context) -> None:
    """RA-10: the pack's titles are offered first, any other may be typed."""
    async with opened(four) as (app, pilot, screen):
        await press(pilot, "n")
        form = top(app)
        assert isinstance(form, ContactForm)
        assert form.values["section"] == "Microsoft"
        assert form.line("title").offered[:2] == ("Intune CAT", "GTP")
        assert form.line("title").offered[-1] == "IT director"
        await fill(pilot, name="Ada Byron", title="Special guest", role="SME", email="ada at home")
        await press(pilot, "enter")
        assert top(app) is screen
        assert screen.present is not None
        assert (screen.present.name, screen.present.title, screen.present.section) == (
            "Ada Byron", "Special guest", "microsoft",
        )  # fmt: skip
        assert "does not look like an e-mail address" in text(app), "it warns and keeps it"
        assert screen.present.email == "ada at home"


async def test_what_is_refused_is_said_in_the_form_and_nothing_typed_is_lost(
    portfolio: Context,
) -> None:
    async with opened(portfolio) as (app, pilot, _):
        await press(pilot, "n")
        await fill(pilot, phone="+1 555 0100")
        for values, told in (
            ({"name": ""}, "needs a name"),
            ({"name": "x", "section": "vendor"}, "no section"),
            ({"section": "customer", "role": "boss"}, "no role"),
            ({"role": "", "partner": "Nobody"}, "no partner on record"),
            ({"partner": "", "verified": "2026-11-22"}, "still to come"),
            ({"verified": "soon"}, "no date"),
        ):
            await fill(pilot, **values)
            await press(pilot, "enter")
            form = top(app)
            assert isinstance(form, ContactForm)
            assert told in text(app)
            assert form.values["phone"] == "+1 555 0100"
        assert contacts.read(portfolio) == []


async def test_editing_touches_only_what_was_changed(four: Context) -> None:
    async with opened(four) as (app, pilot, screen):
        await press(pilot, "G", "e")
        form = top(app)
        assert isinstance(form, ContactForm)
        assert form.values["role"] == "PoC"
        await fill(pilot, phone="+1 555 0100", verified="")
        await press(pilot, "ctrl+s")
        assert screen.present is not None
        assert (screen.present.phone, screen.present.verified_on) == ("+1 555 0100", ago(5))


async def test_v_verifies_the_one_chosen_or_all_that_are_marked(four: Context) -> None:
    async with opened(four) as (app, pilot, _):
        await press(pilot, "v")
        assert "Verified Zoe Silva, 2026-11-21" in text(app)
        assert "0 stale" in text(app)
        await press(pilot, "space", "space")
        assert "●" in row(app, "Zoe Silva")
        await press(pilot, "v")
        assert "Verified 2 contacts" in text(app)
        await press(pilot, "a", "v")
        assert {c.verified_on for c in contacts.read(four, "c00003")} == {TODAY}
        assert "●" not in row(app, "Zoe Silva"), "what is verified is no longer marked"


async def test_m_merges_duplicates_after_naming_what_is_dropped(four: Context) -> None:
    async with opened(four) as (app, pilot, screen):
        assert screen.check_action("merge", ()) is None
        await press(pilot, "m", "j")
        assert screen.check_action("merge", ()) is True
        await press(pilot, "m")
        assert isinstance(top(app), Confirm)
        assert "Dropped: title IT director, for CIO stays" in text(app)
        await press(pilot, "y")
        assert [c.name for c in screen.contacts] == ["Zoe Silva", "Kim Akers", "Lee Gu"]
        await press(pilot, "u")
        assert len(screen.contacts) == 4


async def test_one_is_deleted_after_a_question_and_brought_back(four: Context) -> None:
    async with opened(four) as (app, pilot, screen):
        await press(pilot, "d")
        assert isinstance(top(app), Confirm)
        assert "Zoe Silva" in text(app)
        await press(pilot, "enter")
        assert len(screen.contacts) == 4, "no is the answer that enter gives"
        await press(pilot, "d", "y")
        assert len(screen.contacts) == 3
        await press(pilot, "u")
        assert len(screen.contacts) == 4


async def test_a_customer_without_any_says_what_to_do(portfolio: Context) -> None:
    async with opened(portfolio, (80, 24)) as (app, pilot, screen):
        assert "No contact yet. n adds one." in text(app)
        await press(pilot, "e", "v", "space", "a", "m", "d", "j", "G", "enter")
        assert top(app) is screen
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_names_and_titles_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    for name in HOSTILE:
        added(hostile, name, title=name, email=name, phone=name)
    added(hostile, HOSTILE[0], "partner")
    async with opened(hostile, size) as (app, pilot, screen):
        for _ in HOSTILE:
            assert not FORBIDDEN.search("".join(lines(app)))
            await pilot.press("j")
        await press(pilot, "G", "m")
        assert isinstance(top(app), Confirm)
        await press(pilot, "escape", "d")
        assert not FORBIDDEN.search("".join(lines(app)))
        await press(pilot, "escape", "e")
        assert not FORBIDDEN.search("".join(lines(app)))
        await press(pilot, "escape", "v")
        assert top(app) is screen
