"""The forms on a terminal: whatever was changed, it shows what a fresh painting would."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.screens.exec_summary import ExecSummaryScreen
from ftop_tui.screens.overall import OverallScreen
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine

from .forms import FormApp, paste, settle
from .painting import Painted, anew, at_rest, painted
from .seeing import resized

FORMS: dict[str, Callable[[], Screen[Any]]] = {
    "enterprise": partial(EnterpriseScreen, "t00000"),
    "entitlement": partial(EntitlementScreen, "t00000", "TEAMS"),
    "exec summary": partial(ExecSummaryScreen, "t00000"),
    "overall": partial(OverallScreen, "t00000"),
}
SIZES = ((80, 24), (120, 40), (81, 24), (100, 30), (99, 18), (64, 20), (200, 60))
TEXTS = (
    "Customer is now blocked because of 300 kiosks not on Windows 11 for now until March.",
    " currently",
    "in order to utilise the portal on a daily basis ",
    "one\ntwo\nthree\nfour\nfive\nsix",
    "株式会社コントソ ",
    "Contoso ",
)
WORDS = (
    "Customer is now blocked because of 300 kiosks not on Windows 11 for now until the refresh in "
    "March 2028."
)


async def test_a_text_that_gets_wider_as_its_last_finding_goes_is_drawn_so(
    portfolio: Context,
) -> None:
    """The page loses its scroll bar then, and a line takes up a word of the next."""
    app = FormApp(portfolio, FORMS["entitlement"])
    with painted(FormApp) as terminal:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await paste(pilot, app.screen.query_one("#text"), WORDS)
            await at_rest(pilot)
            await pilot.press("ctrl+t")
            await at_rest(pilot)
            assert "Windows 11 until the  " in "\n".join(terminal.lines(app.screen))
            assert terminal.lines(app.screen) == anew(app.screen)


@pytest.mark.parametrize("width", [71, 80])
async def test_a_stored_draft_is_opened_with_all_its_words(portfolio: Context, width: int) -> None:
    """The page finds only then how wide it is: a line takes up a word of the next."""
    draft = notes.open_draft(portfolio, NoteKind.ENTITLEMENT, "t00000", "EXO")
    text = "Onboarding underway, focusing on 12 of 40 plants in the pilot on Exchange Online."
    body = EntitlementBody(EntitlementStatus.IN_PROGRESS, text)
    notes.save_draft(portfolio, draft.with_body(body))
    app = FormApp(portfolio, partial(EntitlementScreen, "t00000", "EXO"))
    with painted(FormApp) as terminal:
        async with app.run_test(size=(width, 24)) as pilot:
            await settle(pilot)
            await at_rest(pilot)
            assert terminal.lines(app.screen) == anew(app.screen)


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_bears_it_when_the_window_is_narrow_at_once(
    portfolio: Context, form: str
) -> None:
    """What stands beside it gives way only in the next frame; till then it has most of the room."""
    app = FormApp(portfolio, FORMS[form])
    with painted(FormApp) as terminal:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await paste(pilot, app.screen.query(NoteArea).first(), WORDS)
            await at_rest(pilot)
            for size in ((64, 20), (160, 40), (40, 12), (99, 18), (20, 8), (120, 40)):
                await resized(pilot, size)
                await at_rest(pilot)
                assert terminal.lines(app.screen) == anew(app.screen)


@pytest.mark.parametrize("form", FORMS)
async def test_whatever_changes_the_terminal_shows_it(portfolio: Context, form: str) -> None:
    random = Random(form)  # noqa: S311 - the same changes each time
    app = FormApp(portfolio, FORMS[form])
    with painted(FormApp) as terminal:
        async with app.run_test(size=SIZES[0]) as pilot:
            await settle(pilot)
            for _ in range(10):
                await _shown_right(terminal, pilot, random)


async def _shown_right(terminal: Painted, pilot: Pilot[Any], random: Random) -> None:
    """One change more, after which the terminal shows the form as it is."""
    change = random.choice(CHANGES)
    await change(pilot, random)
    await at_rest(pilot)
    screen = pilot.app.screen
    shown = terminal.lines(screen)
    assert shown == anew(screen), f"after {change.__name__}"


def _some(pilot: Pilot[Any], random: Random, kind: type[Widget]) -> Widget | None:
    fields = [each for each in pilot.app.screen.query(kind) if each.is_on_screen]
    return random.choice(fields) if fields else None


async def _type(pilot: Pilot[Any], random: Random) -> None:
    field = _some(pilot, random, NoteLine)
    if field is not None:
        field.focus()
        await pilot.press(*random.choice(("2026-12", "zz", "Megan")), "end")


async def _paste(pilot: Pilot[Any], random: Random) -> None:
    field = _some(pilot, random, NoteArea)
    if field is not None:
        await paste(pilot, field, random.choice(TEXTS))
        await pilot.press(".")


async def _rub_out(pilot: Pilot[Any], random: Random) -> None:
    await pilot.press(*["ctrl+w"] * random.randint(1, 6))


async def _fix_all(pilot: Pilot[Any], _: Random) -> None:
    await pilot.press("ctrl+t")


async def _take_back(pilot: Pilot[Any], random: Random) -> None:
    await pilot.press(random.choice(("ctrl+z", "ctrl+y")))


async def _resize(pilot: Pilot[Any], random: Random) -> None:
    await pilot.resize_terminal(*random.choice(SIZES))


async def _side(pilot: Pilot[Any], _: Random) -> None:
    await pilot.press("f10")


async def _move(pilot: Pilot[Any], random: Random) -> None:
    await pilot.press(*[random.choice(("tab", "shift+tab", "down", "pagedown", "home"))] * 3)


async def _scroll(pilot: Pilot[Any], random: Random) -> None:
    pilot.app.screen.query_one("#form").scroll_to(y=random.randint(0, 30), animate=False)


async def _dress(pilot: Pilot[Any], _: Random) -> None:
    pilot.app.theme = "textual-light" if pilot.app.current_theme.dark else "textual-dark"


async def _ask(pilot: Pilot[Any], _: Random) -> None:
    pilot.app.push_screen(Confirm("Leave?", "Nothing has been written.", yes="Leave"))
    await pilot.pause()
    await pilot.press("escape")


CHANGES = (
    _type, _paste, _paste, _rub_out, _fix_all, _take_back, _resize, _side, _move, _scroll, _dress,
    _ask,
)  # fmt: skip
