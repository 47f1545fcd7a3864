"""The partners' screen: what it shows, what its keys write, and names that must stay text."""

import re
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ftop_tui.screens.base import Changed
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.escalation_form import EscalationForm
from ftop_tui.screens.partner_forms import InputForm
from ftop_tui.screens.partners import PartnersScreen
from ftop_tui.services import partner_inputs, partners
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Workload
from ftop_tui.widgets.dialogs import Choice, Prompt
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import HOSTILE, TODAY
from .forms import FormApp, rows, settle

PARTNER = "Wide World Importers"
TENANT = "t00001"  # Tailspin Toys, with the partner on EXO
ELSEWHERE = "t00003"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])


class PartnersApp(FormApp):
    """Opens the partners of a tenant's customer, or all."""

    def __init__(self, context: Context, tenant_id: str | None = None) -> None:
        self.partners = PartnersScreen(tenant_id)
        super().__init__(context, lambda: self.partners)

    def on_changed(self, message: Changed) -> None:
        """Hand it on, as the app does."""
        super().on_changed(message)
        self.partners.changed(message.changes)

    @property
    def page(self) -> str:
        """What is said of the partner under the cursor."""
        return self.partners.query_one("#page", TextPanel).text


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, wait for what was written, and for the page that is read anew after it."""
    await pilot.press(*keys)
    await settle(pilot)


async def answer(pilot: Pilot[None], text: str) -> None:
    """Type into the prompt that is open, in place of what it proposes."""
    line = pilot.app.screen.query_one("#line")
    line.value = text  # type: ignore[attr-defined]
    await press(pilot, "enter")


def register(context: Context, partner: str, tenant: str = ELSEWHERE, tag: str = "SPO") -> None:
    """Register a partner on a workload that is there, as an import does."""
    with context.stored().unit("test") as unit:
        workload = unit.session.get_one(Workload, (tenant, tag))
        workload.partner = partner
        unit.session.add(workload)


@SIZES
async def test_partners_stand_left_and_the_page_of_one_right(
    portfolio: Context, size: tuple[int, int]
) -> None:
    partners.agree(portfolio, TENANT, PARTNER, on=ago(20))
    partners.set_psm(portfolio, PARTNER, "Nadia Petrov")
    app = PartnersApp(portfolio)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Partners  1 partnership" in app.seen
        assert PARTNER in app.seen
        assert "Tailspin Toys" in app.seen
        assert "no next review set" in app.seen
        assert "Nadia Petrov  first to escalate to; not at reviews" in app.page
        assert f"✓ {ago(20)}Agreement to work together" in app.page
        assert f"1 missed review, on {ago(6)}." in app.page  # FR-12
        assert "team manager and the PSM. FR-02" in app.page


async def test_talking_points_are_below_the_next_step_and_t_shows_all(portfolio: Context) -> None:
    """FR-03, FR-04."""
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "aka.ms/fasttrackreadypartners" in app.page
        assert "Better together" not in app.page
        await press(pilot, "t")
        assert "Better together" in app.page


async def test_a_step_is_done_on_a_day_and_opened_again(portfolio: Context) -> None:
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "s", "2")
        await answer(pilot, ago(3).isoformat())
        assert rows(portfolio, "SELECT step, done_on FROM partner_step") == [
            ("introduction", ago(3).isoformat())
        ]
        assert "1 of 5" in app.page
        await press(pilot, "s", "2", "y")
        assert rows(portfolio, "SELECT step FROM partner_step") == []
        await press(pilot, "u")
        assert "1 of 5" in app.page
        assert app.told[-1].sentence.startswith("Undone: Tailspin Toys")


async def test_a_day_to_come_is_refused_in_the_prompt(portfolio: Context) -> None:
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        await answer(pilot, "2027-01-01")
        assert isinstance(app.screen, Prompt)
        assert "still to come" in str(app.screen.query_one(".problem", Static).content)
        await answer(pilot, "2026-11-20")
        assert partners.one(portfolio, TENANT).agreed_on == date(2026, 11, 20)


async def test_a_review_is_set_for_a_day_to_come_and_held_later(portfolio: Context) -> None:
    """FR-05: a review in the past cannot be set."""
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "s")
        await answer(pilot, "2026-11-20")
        assert "is past" in str(app.screen.query_one(".problem", Static).content)
        await answer(pilot, TODAY.isoformat())
        assert f"· {TODAY}set" in app.page
        await press(pilot, "r", "h", "enter")
        assert f"✓ {TODAY}held" in app.page
        assert rows(portfolio, "SELECT kind, who FROM record WHERE kind = 'frp-review'") == [
            ("frp-review", PARTNER)
        ]
        await press(pilot, "r", "m")
        await answer(pilot, ago(1).isoformat())
        assert f"! {ago(1)}missed" in app.page


async def test_input_is_logged_by_its_form_and_becomes_a_note(portfolio: Context) -> None:
    """FR-09."""
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.partners.check_action("verb", ("note",)) is None
        await press(pilot, "i", "ctrl+s")
        form = app.screen
        assert isinstance(form, InputForm)
        assert "Type what" in str(form.query_one(".problem", Static).content)
        form.query_one("#text", NoteArea).fill("Pilot is done [/]")
        form.query_one("#source", NoteLine).fill("a call")
        await press(pilot, "escape")
        assert app.screen is form, "what is typed is not lost by one press"
        await press(pilot, "ctrl+s")
        assert "Pilot is done [/]" in app.page
        assert app.partners.check_action("verb", ("note",))
        await press(pilot, "n", "1")
        assert isinstance(app.screen, EntitlementScreen)
        kinds = rows(portfolio, "SELECT n.kind, n.tag, n.text FROM note n JOIN partner_input i "
                                "ON i.note_id = n.id")  # fmt: skip
        assert [(kind, tag) for kind, tag, _ in kinds] == [("entitlement", "EXO")]
        assert "Pilot is done [/]" in kinds[0][2]


async def test_data_psm_and_access_have_keys_of_their_own(portfolio: Context) -> None:
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "d", "1", "enter")
        assert f"data {TODAY}" in app.page
        await press(pilot, "f", "enter")
        assert f"{TODAY}, next by" in app.page
        await press(pilot, "x", "n")
        assert "its input goes through the FM" in app.page
        await press(pilot, "p")
        await answer(pilot, "Hugo Dubois")
        assert "Hugo Dubois  first to escalate to" in app.page


async def test_an_escalation_is_raised_from_the_partners_entry(portfolio: Context) -> None:
    """FR-13."""
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "E")
        assert isinstance(app.screen, EscalationForm)
        assert app.screen.values["partner"] == PARTNER


async def test_a_review_is_called_off(portfolio: Context) -> None:
    partners.schedule(portfolio, TENANT, PARTNER, ago(-5))
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "x", "enter")
        assert rows(portfolio, "SELECT 1 FROM partner_meeting") == []
        assert "no next review set" in app.seen


async def test_the_list_moves_by_letters_and_l_shows_all_partners(portfolio: Context) -> None:
    register(portfolio, "Adatum")
    app = PartnersApp(portfolio, TENANT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert [each.partner for each in app.partners.partnerships] == [PARTNER]
        await press(pilot, "l")
        assert [each.partner for each in app.partners.partnerships] == ["Adatum", PARTNER]
        await press(pilot, "G")
        assert app.partners.present is app.partners.partnerships[1]
        await press(pilot, "k")
        assert app.partners.present is app.partners.partnerships[0]
        await press(pilot, "enter")
        assert isinstance(app.focused, TextPanel)
        await press(pilot, "pagedown", "s")
        assert isinstance(app.screen, Choice)


async def test_without_a_partner_it_says_what_to_do_next(portfolio: Context) -> None:
    app = PartnersApp(portfolio, ELSEWHERE)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Press l to see all partners." in app.seen
        assert app.partners.check_action("verb", ("step",)) is None
        await press(pilot, "s", "t", "j", "escape")
        assert not isinstance(app.screen, PartnersScreen)


async def test_without_a_store_the_list_is_empty(context: Context) -> None:
    app = PartnersApp(context)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "No partner is registered." in app.seen
        assert not context.store.exists()


async def test_hostile_names_and_inputs_are_drawn_letter_by_letter(hostile: Context) -> None:
    for place in (0, 3, 4, 5, 7, 8):
        name, tenant = HOSTILE[place], f"t{place:05}"
        register(hostile, f"{name} {place}", tenant)
        partner_inputs.add_input(hostile, tenant, None, f"x {name}", f"y {name}")
        partners.set_psm(hostile, f"{name} {place}", name)
    app, seen = PartnersApp(hostile), []
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for _ in app.partners.partnerships:
            await pilot.press("j")
            seen.append(app.seen)
        for key in "spin":
            await pilot.press(key)
            await pilot.pause()
            seen.append(app.seen)
            await pilot.press("escape")
        assert app.screen is app.partners
    every = "".join(seen)
    assert "[@click=app.quit]x[/]" in every
    assert not FORBIDDEN.search(every.replace("\n", ""))
