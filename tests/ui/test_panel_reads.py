"""What the home panel reads beside the facts, and that nothing is looked for in vain."""

from datetime import date
from typing import Any

import pytest

from ftop_tui.screens.home import HomeScreen
from ftop_tui.services import panel, portfolio
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Activity, Contact
from ui.seeing import press, running


def facts_of(context: Context, tenant_id: str) -> Any:
    return portfolio.find(portfolio.load(context), tenant_id).facts


def add_people(context: Context) -> None:
    with context.writer().unit("test") as unit:
        for place, title in enumerate(("Ask for the pilot list", "Talk to the board")):
            unit.session.add(
                Activity(
                    id=f"a{place}", customer_id="c00007", sort="step", title=title,
                    due_on=date(2026, 12, 1 + place),
                )
            )  # fmt: skip
        for place, day in enumerate((date(2026, 11, 1), date(2026, 1, 5))):
            unit.session.add(
                Contact(
                    id=f"k{place}", customer_id="c00007", section="customer",
                    name=f"Person {place}", verified_on=day, created_on=date(2025, 1, 1),
                )
            )  # fmt: skip


def test_escalations_stale_contacts_the_next_step_and_the_colours_come_together(
    portfolio: Context,
) -> None:
    add_people(portfolio)
    told = panel.read(portfolio, facts_of(portfolio, "t00007"))
    assert [each.title for each in told.escalations] == ["Mail is slow"]
    assert [each.name for each in told.stale] == ["Person 1"]
    assert told.step is not None
    assert told.step.title == "Ask for the pilot list"
    assert len(told.months) == 18


def test_what_the_facts_say_there_is_none_of_is_not_looked_for(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("read_escalations", "read_contacts", "read_next_step"):
        monkeypatch.delattr(panel, name)
    told = panel.read(portfolio, facts_of(portfolio, "t00000"))
    assert (told.escalations, told.stale, told.step) == ((), (), None)


def test_a_tenant_that_is_not_the_winner_has_no_colours_of_its_own(portfolio: Context) -> None:
    assert panel.read(portfolio, facts_of(portfolio, "t00005-b")).months == ()


async def test_home_shows_them(portfolio: Context) -> None:
    add_people(portfolio)
    async with running(portfolio, (120, 60)) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        screen.go_to("t00007")
        await press(pilot, "p", "p")
        told = screen.panel.text
        assert "Health  2025-06 " + 17 * "·" + "G 2026-11" in told
        assert "Plan step2026-12-01, in 10 days: Ask for the pilot list" in told
        assert "StalePerson 1" in told
        assert "Mail is slow" in told
