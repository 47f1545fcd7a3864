"""`/` narrows every list that can be long, alike; j, k, g and G walk in each of them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from ftop_tui.app import FtopApp
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.contacts import ContactsScreen
from ftop_tui.screens.escalations import EscalationsScreen
from ftop_tui.screens.forecasts import ForecastsScreen
from ftop_tui.screens.history import HistoryScreen
from ftop_tui.screens.list_screen import ListScreen
from ftop_tui.screens.moved import MovedScreen
from ftop_tui.screens.partners import PartnersScreen
from ftop_tui.screens.plan import PlanScreen
from ftop_tui.screens.reviews import ReviewsScreen
from ftop_tui.screens.week import WeekScreen
from ftop_tui.services import contacts, escalations, partners, reviews
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Note, Workload
from ftop_tui.text import fold, has_all

from .conftest import TODAY
from .seeing import press, running, settle, text


def test_words_are_found_in_any_order_whatever_their_case_and_accents() -> None:
    said = fold("Élodie Brandt, Contoso AG")
    assert has_all(fold("contoso ELO").split(), said)
    assert has_all([], said)
    assert not has_all(fold("contoso fabrikam").split(), said)


def fill(context: Context) -> None:
    """Something in every list: of t00000 mostly, two rows at least."""
    for name in ("Ada Byron", "Élodie Brandt"):
        contacts.add(context, "t00000", "customer", name)
    for title in ("Mail is slow", "Licences run over"):
        escalations.add(context, "t00000", title)
    for tenant in ("t00000", "t00002"):
        reviews.nominate(context, tenant, date(2026, 11, 26))
    with context.writer().unit("test") as unit:
        row = unit.session.get(Workload, ("t00003", "EXO"))
        assert row is not None
        row.primary_rm, row.partner = "FTP Northwind Partners", "Northwind Partners"
        unit.session.add(row)
        unit.session.add(
            Note(
                id="n-older", kind="enterprise", customer_id="c00000", tenant_id="t00000",
                state="posted", body="{}", text="Kickoff was held.", source="app", version=1,
                created_at="2026-09-01T08:00:00+00:00", updated_at="2026-09-01T08:00:00+00:00",
                posted_on=date(2026, 9, 1),
            )
        )  # fmt: skip
    partners.of_tenant(context, None)


LISTS: dict[str, tuple[Callable[[], ListScreen[Any]], str, str]] = {
    "week": (WeekScreen, "note fabrikam", "Fabrikam"),
    "plan": (lambda: PlanScreen("t00000"), "awareness DOCUMENT", "Document situational awareness"),
    "escalations": (lambda: EscalationsScreen("t00000"), "over licences", "Licences run over"),
    "contacts": (lambda: ContactsScreen("t00000"), "brandt elodie", "Élodie Brandt"),
    "reviews": (ReviewsScreen, "proseware", "Proseware"),
    "partners": (lambda: PartnersScreen(None), "contoso northwind", "Northwind Partners"),
    "history": (lambda: HistoryScreen("t00000", NoteKind.ENTERPRISE), "held kick", "Kickoff"),
    "forecasts": (lambda: ForecastsScreen("t00000"), "online EXCHANGE", "Exchange Online"),
    "moved": (lambda: MovedScreen(TODAY - timedelta(days=30)), "fabrikam new", "Fabrikam"),
}
"""Of each screen how it is opened, words in another order, and what they find."""


async def opened(pilot: Pilot[int], name: str) -> ListScreen[Any]:
    screen = LISTS[name][0]()
    await pilot.app.push_screen(screen)
    await settle(pilot)
    return screen


def cursor(screen: ListScreen[Any]) -> int:
    rows = screen.query_one(screen.LIST)
    return int((rows.highlighted if isinstance(rows, OptionList) else rows.cursor) or 0)  # type: ignore[attr-defined]


def count(app: FtopApp) -> tuple[int, int]:
    """How many fit, of how many."""
    found = re.search(r"([\d,]+) of ([\d,]+) · enter keep", text(app))
    assert found
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


def shown(app: FtopApp) -> list[str]:
    """All but the keys and the scrollbars, which are drawn when there is time."""
    return [line.rstrip(" ▁▂▃▄▅▆▇█") for line in text(app).splitlines()[:39]]


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_narrowed_says_how_many_of_how_many_and_is_whole_again(
    portfolio: Context, name: str
) -> None:
    fill(portfolio)
    _, words, found = LISTS[name]
    async with running(portfolio) as (app, pilot):
        screen = await opened(pilot, name)
        before = shown(app)
        await press(pilot, "slash")
        screen.query_one("#filter-text", Input).value = words
        await settle(pilot)
        assert found in text(app)
        fit, every = count(app)
        assert 0 < fit < every
        await press(pilot, "enter")
        assert app.focused is screen.query_one(screen.LIST)
        await press(pilot, "slash", *"zzz")
        assert "None fits. esc shows all." in text(app)
        await press(pilot, "escape")
        assert shown(app) == before
        assert app.screen is screen
        await press(pilot, "q")
        assert app.screen is not screen


@pytest.mark.parametrize("name", LISTS)
async def test_letters_walk_in_every_list(portfolio: Context, name: str) -> None:
    fill(portfolio)
    async with running(portfolio) as (app, pilot):
        screen = await opened(pilot, name)
        screen.query_one(screen.LIST).focus()
        places = []
        for key in ("g", "j", "k", "G"):
            await press(pilot, key)
            places.append(cursor(screen))
        first, second, again, last = places
        assert first < second <= last
        assert again == first
        await press(pilot, "slash", "up")
        assert cursor(screen) < last
        assert app.focused is screen.query_one("#filter-text")


async def test_a_kept_filter_outlives_a_write_and_esc_takes_it_off_before_it_goes_back(
    portfolio: Context,
) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await opened(pilot, "week")
        assert isinstance(screen, WeekScreen)
        await press(pilot, "slash", *"fabrikam", "enter")
        rows = screen.items.rows
        assert {row.item.customer for row in rows if row.item} == {"Fabrikam"}
        await press(pilot, "d")
        assert len(screen.items.rows) < len(rows)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 2
        assert len(screen.items.rows) > len(rows)


async def test_a_click_puts_the_cursor_and_a_double_click_opens(portfolio: Context) -> None:
    fill(portfolio)
    async with running(portfolio) as (app, pilot):
        screen = await opened(pilot, "contacts")
        await pilot.click(screen.LIST, offset=(10, 2))
        await settle(pilot)
        assert app.screen is screen
        assert cursor(screen) == 2
        await pilot.click(screen.LIST, offset=(10, 2), times=2)
        await settle(pilot)
        assert type(app.screen).__name__ == "ContactForm"
