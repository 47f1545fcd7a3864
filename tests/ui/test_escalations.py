"""Escalations on the screen: raised, logged, resolved and reopened by keys alone (RA-08, FR-13)."""

from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from ftop_tui.app import FtopApp
from ftop_tui.playbook.escalations import Told
from ftop_tui.screens.escalation_form import EscalationForm, raise_for
from ftop_tui.screens.escalations import EscalationsScreen
from ftop_tui.services import escalations
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Escalation, Partner
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import HOSTILE
from .seeing import fill, lines, over_home, press, settle, text, top
from .test_hostile import FORBIDDEN

LITWARE = "t00007"  # has an open escalation, and a tenant of its own
CONTOSO = "t00003"


def opened(
    context: Context, tenant: str = CONTOSO, size: tuple[int, int] = (120, 40)
) -> AbstractAsyncContextManager[tuple[FtopApp, Pilot[int], EscalationsScreen]]:
    """The escalations of a tenant's customer on the screen."""
    return over_home(context, EscalationsScreen(tenant), size)


def raised(context: Context, title: str = "Mail is slow", **more: Any) -> str:
    """The id of one that was just raised for Contoso."""
    made = context.new_id()
    escalations.add(context, CONTOSO, title, escalation_id=made, **more)
    return made


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_list_stands_left_and_the_log_right(
    portfolio: Context, size: tuple[int, int]
) -> None:
    """FR-03: with the PSM where the partner is part of it."""
    with portfolio.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud", psm="Kim Akers"))
    one = raised(portfolio, partner="Relecloud", tag="EXO", on=date(2026, 11, 18), internal=True,
                 raised_by="Ada", notified=[Told("PSM", "09:10")])  # fmt: skip
    escalations.resolve(portfolio, raised(portfolio, "Older one"), "Rebuilt")
    async with opened(portfolio, size=size) as (app, _, screen):
        assert [e.is_open for e in screen.escalations] == [True, False]
        assert screen.present is not None
        assert screen.present.id == one
        seen = text(app)
        assert "Escalations  Contoso  1 open  1 resolved" in seen
        for part in ("open 3 days", "Raised     2026-11-18 by Ada", "internal", "PSM Kim Akers",
                     "2026-11-18 09:10  notified  PSM"):  # fmt: skip
            assert part in seen
        assert all(len(line.rstrip()) <= size[0] for line in lines(app))


async def test_one_is_raised_by_keys_and_stands_under_the_cursor(portfolio: Context) -> None:
    raised(portfolio, "Older one", on=date(2026, 11, 1))
    async with opened(portfolio) as (app, pilot, screen):
        await press(pilot, "n")
        await fill(pilot, title="Mail is slow", by="Kim", origin="ext", tag="exo", heard="Kim, Lee",
                   notified="PSM@9:10, FM", text="Since today")  # fmt: skip
        await press(pilot, "enter")
        assert top(app) is screen
        assert screen.present is not None
        one = escalations.find(portfolio, screen.present.id)
        assert (one.title, one.raised_by, one.internal, one.tag) == (
            "Mail is slow", "Kim", False, "EXO",
        )  # fmt: skip
        assert [(e.sort, e.who, e.at) for e in one.of_sort("notified")] == [
            ("notified", "PSM", "09:10"), ("notified", "FM", None),
        ]  # fmt: skip
        assert len(one.of_sort("heard")) == 2
        assert "Raised an escalation of Contoso: Mail is slow" in text(app)


async def test_what_is_refused_is_said_in_the_form_and_nothing_typed_is_lost(
    portfolio: Context,
) -> None:
    async with opened(portfolio) as (app, pilot, _):
        await press(pilot, "n")
        await fill(pilot, by="Kim")
        for values, told in (
            ({"title": ""}, "needs a title"),
            ({"title": "x", "on": "2026-11-22"}, "still to come"),
            ({"on": "soon"}, "no date"),
            ({"on": "", "notified": "PSM@25:00"}, "no time of day"),
            ({"notified": "", "partner": "Nobody"}, "no partner on record"),
            ({"partner": "", "origin": "odd"}, "neither of"),
        ):
            await fill(pilot, **values)
            await press(pilot, "ctrl+s")
            form = top(app)
            assert isinstance(form, EscalationForm)
            assert told in text(app)
            assert form.values["by"] == "Kim"
        assert escalations.read(portfolio, "c00003") == []


async def test_each_letter_writes_its_sort_into_the_log(portfolio: Context) -> None:
    key = raised(portfolio)
    async with opened(portfolio) as (app, pilot, screen):
        for letter, values in (
            ("h", {"who": "Kim", "text": "Slow since Monday"}),
            ("y", {"who": "PSM", "at": "14:05"}),
            ("p", {"text": "Rebuilt tonight"}),
            ("r", {"who": "Intune CAT"}),
        ):
            await press(pilot, letter)
            await fill(pilot, **values)
            await press(pilot, "enter")
            assert top(app) is screen, letter
        log = escalations.find(portfolio, key).entries
        assert {e.sort for e in log} == {"heard", "notified", "progress", "resource"}
        assert "heard 1 · notified 1 · progress 1 · resource 1" in text(app)
        await press(pilot, "y", "enter")
        assert "needs: who" in text(app)


async def test_from_a_partner_s_entry_the_partner_is_named_already(portfolio: Context) -> None:
    """FR-13: any screen raises one, with the notified parties and times."""
    with portfolio.writer().unit("test") as unit:
        unit.session.add(Partner(id="p1", name="Relecloud", psm="Kim Akers"))
    async with opened(portfolio) as (app, pilot, screen):
        raise_for(screen, CONTOSO, partner="Relecloud")
        await settle(pilot)
        form = top(app)
        assert isinstance(form, EscalationForm)
        assert (form.values["partner"], form.values["by"], form.values["origin"]) == (
            "Relecloud", "Relecloud", "external",
        )  # fmt: skip
        assert not form.is_changed
        await fill(pilot, title="Export stands still", notified="FM@08:00, FTA@08:10")
        await press(pilot, "enter")
        (one,) = escalations.read(portfolio, "c00003")
        assert (one.partner, one.psm, one.internal) == ("Relecloud", "Kim Akers", False)
        assert [(e.who, e.at) for e in one.entries] == [("FM", "08:00"), ("FTA", "08:10")]


async def test_a_workload_that_is_not_known_does_not_keep_the_title_from_being_edited(
    portfolio: Context,
) -> None:
    key = raised(portfolio, tag="EXO")
    with portfolio.writer().unit("test") as unit:
        row = unit.session.get(Escalation, key)
        assert row is not None
        row.tag = "ODD"
        unit.session.add(row)
    async with opened(portfolio) as (_, pilot, _):
        await press(pilot, "e")
        await fill(pilot, title="Mail was slow")
        await press(pilot, "enter")
        one = escalations.find(portfolio, key)
        assert (one.title, one.tag) == ("Mail was slow", "ODD")


async def test_it_is_resolved_reopened_and_each_key_is_grey_where_it_cannot_act(
    portfolio: Context,
) -> None:
    key = raised(portfolio, on=date(2026, 11, 10))
    async with opened(portfolio) as (app, pilot, screen):
        assert (screen.check_action("resolve", ()), screen.check_action("reopen", ())) == (
            True,
            None,
        )
        await press(pilot, "x")
        await fill(pilot, text="Rebuilt", on="2026-11-09")
        await press(pilot, "enter")
        assert "before it was raised" in text(app)
        await fill(pilot, on="2026-11-12")
        await press(pilot, "enter")
        assert escalations.find(portfolio, key).resolved_on == date(2026, 11, 12)
        assert (screen.check_action("resolve", ()), screen.check_action("reopen", ())) == (
            None,
            True,
        )
        await press(pilot, "o")
        assert escalations.find(portfolio, key).is_open
        assert "Reopened; resolved on 2026-11-12: Rebuilt" in text(app)


async def test_one_is_edited_deleted_after_a_question_and_brought_back(portfolio: Context) -> None:
    key = raised(portfolio)
    async with opened(portfolio) as (app, pilot, screen):
        await press(pilot, "e")
        await fill(pilot, title="Mail was slow", tag="SPO")
        await press(pilot, "enter")
        assert escalations.find(portfolio, key).title == "Mail was slow"
        await press(pilot, "d")
        assert isinstance(top(app), Confirm)
        assert "Mail was slow" in text(app)
        await press(pilot, "y")
        assert screen.escalations == []
        assert "n raises one" in text(app)
        await press(pilot, "u")
        assert escalations.find(portfolio, key).tag == "SPO"
        assert len(screen.escalations) == 1


async def test_escape_asks_only_where_something_is_typed(portfolio: Context) -> None:
    async with opened(portfolio) as (app, pilot, screen):
        await press(pilot, "n", "escape")
        assert top(app) is screen
        await press(pilot, "n", "M", "escape")
        assert isinstance(top(app), Confirm)
        await press(pilot, "n")
        form = top(app)
        assert isinstance(form, EscalationForm)
        await press(pilot, "escape", "y")
        assert top(app) is screen


async def test_leaving_the_app_keeps_what_is_typed_for_the_next_time(portfolio: Context) -> None:
    async with opened(portfolio) as (app, pilot, _):
        await press(pilot, "n")
        await fill(pilot, by="Kim")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.return_code == 0
    assert escalations.read(portfolio, "c00003") == []
    async with opened(portfolio) as (app, pilot, _):
        await press(pilot, "n")
        await fill(pilot, title="Mail is slow")
        await press(pilot, "ctrl+s")
    assert [e.raised_by for e in escalations.read(portfolio, "c00003")] == ["Kim"]


async def test_a_customer_without_any_says_what_to_do(portfolio: Context) -> None:
    async with opened(portfolio, size=(80, 24)) as (app, pilot, screen):
        assert "No escalation. n raises one." in text(app)
        for action in ("log", "edit", "delete", "resolve", "reopen"):
            assert screen.check_action(action, ()) is None
        await press(pilot, "h", "e", "x", "o", "d", "j", "G", "enter", "pagedown")
        assert top(app) is screen
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_another_tenant_s_escalations_are_the_customer_s(portfolio: Context) -> None:
    async with opened(portfolio, LITWARE) as (app, _, screen):
        assert [e.title for e in screen.escalations] == ["Mail is slow"]
        assert "open 4 days" in text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_titles_names_and_entries_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    for name in HOSTILE:
        raised(hostile, name, raised_by=name, heard=[name], text=name)
    async with opened(hostile, size=size) as (app, pilot, screen):
        for _ in HOSTILE:
            assert not FORBIDDEN.search("".join(lines(app)))
            await pilot.press("j")
        await press(pilot, "g", "e")
        assert not FORBIDDEN.search("".join(lines(app)))
        await press(pilot, "escape", "p", "escape", "x", "escape", "d")
        assert not FORBIDDEN.search("".join(lines(app)))
        await press(pilot, "n")
        assert top(app) is screen
        assert screen.query_one("#log", TextPanel).text
        assert "[@click=app.quit]x[/]" in {e.title for e in screen.escalations}
