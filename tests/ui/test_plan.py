"""The plan of a customer by keyboard: steps, dates, links, and what asks for the next step."""

import re
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.playbook.plan import State
from ftop_tui.screens.plan import PlanScreen
from ftop_tui.screens.planning_next import StepDialog
from ftop_tui.services import plans
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Usage

from .conftest import HOSTILE, TODAY
from .seeing import NARROW, WIDE, lines, press, running, settle, text

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


async def open_plan(app: FtopApp, pilot: Pilot[int], tenant: str = "t00000") -> PlanScreen:
    screen = PlanScreen(tenant)
    await app.push_screen(screen)
    await settle(pilot)
    return screen


def go_to(screen: PlanScreen, key: str) -> None:
    """Put the cursor on a step, or on a priority."""
    steps = screen.steps
    for place, entry in enumerate(steps._entries):
        if entry is not None and key in {getattr(entry, "key", ""), getattr(entry, "priority", "")}:
            steps.highlighted = place
    assert steps.entry is not None


async def test_the_plan_shows_phases_clocks_and_priorities(portfolio: Context) -> None:
    """RA-02 to RA-04; the cursor stands on the next step."""
    async with running(portfolio) as (app, pilot):
        screen = await open_plan(app, pilot)
        shown = text(app)
        for part in ("Plan  Fabrikam", "Initiate", "Drive value", "Priorities of FY27",
                     "Document situational awareness", "nothing linked"):  # fmt: skip
            assert part in shown
        assert screen.line is not None
        assert screen.plan is not None
        assert screen.line == screen.plan.next
        assert bool(screen.check_action("crossed", ())) == bool(screen.plan.crossed)


async def test_documenting_awareness_asks_for_its_text_and_then_the_next_step(
    portfolio: Context,
) -> None:
    """RA-02, RA-04."""
    async with running(portfolio) as (app, pilot):
        screen = await open_plan(app, pilot)
        go_to(screen, "awareness")
        await press(pilot, "d", *"CIO leads", "enter")
        assert isinstance(app.screen, StepDialog)
        assert app.screen.query_one("#title", Input).value.startswith("Align the awareness")
        await press(pilot, "escape")
        line = plans.find_line(plans.read(portfolio, "c00000"), "awareness")
        assert (line.state, line.text) == (State.DONE, "CIO leads")
        assert "to be refreshed by 2027-02-19" in text(app)
        await press(pilot, "u")
        assert plans.find_line(plans.read(portfolio, "c00000"), "awareness").state is State.OPEN


async def test_alignment_without_a_link_is_told_and_allowed(portfolio: Context) -> None:
    """RA-03."""
    async with running(portfolio) as (app, pilot):
        screen = await open_plan(app, pilot)
        go_to(screen, "alignment")
        await press(pilot, "d")
        assert "No awareness is linked to a priority of FY27 yet." in " ".join(text(app).split())
        await press(pilot, "escape")
        go_to(screen, "Teamwork adopted")
        assert screen.check_action("done", ()) is None
        await press(pilot, "l", *"Chat only", "enter")
        assert plans.read(portfolio, "c00000").linked == 1
        await press(pilot, "x")
        assert plans.read(portfolio, "c00000").linked == 0


async def test_a_step_of_one_s_own_is_added_dated_and_dropped(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_plan(app, pilot)
        await press(pilot, "a", "enter", "enter")
        assert "Say what is to be done." in text(app)
        await press(pilot, "shift+tab", *"Call", "enter", *"+3", "enter")
        own = plans.find_line(plans.read(portfolio, "c00000"), "call")
        assert own.due_on == TODAY + timedelta(days=3)
        go_to(screen, own.key)
        await press(pilot, "m", *["backspace"] * 10, "enter")
        assert plans.find_line(plans.read(portfolio, "c00000"), "call").due_on is None
        go_to(screen, own.key)
        await press(pilot, "x")
        assert not [x for x in plans.read(portfolio, "c00000").lines if x.own]


async def test_a_crossed_milestone_stands_on_top_and_asks_for_the_next_step(
    portfolio: Context,
) -> None:
    """RA-04: 15% and 40% of usage."""
    with portfolio.writer().unit("usage") as unit:
        for month, active in ((8, 50), (9, 100)):
            row = unit.session.get(Usage, ("t00000", "EXO", date(2026, month, 1), "license-usage"))
            assert row is not None
            row.active_users = active
            unit.session.add(row)
        for month in (5, 6, 7):
            low = unit.session.get(Usage, ("t00000", "EXO", date(2026, month, 1), "license-usage"))
            assert low is not None
            low.active_users = 10
            unit.session.add(low)
    async with running(portfolio) as (app, pilot):
        screen = await open_plan(app, pilot)
        assert "EXO reached 15% of usage in September 2026." in text(app)
        assert screen.plan is not None
        count = len(screen.plan.crossed)
        await press(pilot, "n")
        assert "Bring it to 40% of usage: " in text(app)
        await press(pilot, "enter", "enter")
        assert len(screen.plan.crossed) == count - 1
        if screen.plan.crossed:
            await press(pilot, "i")
            assert len(screen.plan.crossed) == count - 2


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_hostile_text_is_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    for name in HOSTILE:
        plans.add(hostile, "c00003", name, due_on=TODAY)
    plans.link_priority(hostile, "c00003", "teamwork", "[@click=app.quit]x[/] \x1b]52;c;x\x07")
    async with running(hostile, size) as (app, pilot):
        await open_plan(app, pilot, "t00003")
        seen = ""
        for key in ("g", *["pagedown"] * 3, "G", "k", "g", "m", "escape", "a", "escape"):
            await press(pilot, key)
            assert not FORBIDDEN.search("".join(lines(app)))
            seen += text(app)
        assert "[@click=app.quit]x[/]" in seen
        assert "[red]x[/]" in seen
        assert len(app.screen_stack) == 2


async def test_the_marked_step_is_the_one_the_panel_and_the_keys_are_about(
    portfolio: Context,
) -> None:
    """What comes next has a word of its own, and a step that was done keeps the cursor."""

    def marked() -> list[str]:
        return [line for line in lines(app) if "▸" in line]

    async with running(portfolio, NARROW) as (app, pilot):
        screen = await open_plan(app, pilot)
        go_to(screen, "awareness")
        for keys in ((), ("d", "enter", "escape"), ("u",), ("j",), ("d",), ("escape",), ("G",)):
            await press(pilot, *keys)
            if isinstance(app.screen, StepDialog) or app.screen is not screen:
                continue
            said = (
                screen.line.title if screen.line else screen.priority and screen.priority.priority
            )
            assert said
            assert len(marked()) == 1
            assert said[:11] in marked()[0]  # a notice may lie over the rest
            assert screen.plan is not None
            assert screen.plan.next is not None
            following = [line for line in lines(app) if " next, " in line]
            assert all(screen.plan.next.title[:11] in line for line in following)
        await press(pilot, "slash", *"usage")
        assert len(marked()) == 1
        assert screen.line is not None
        assert screen.line.title[:20] in marked()[0]
