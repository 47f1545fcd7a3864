"""This week by keyboard alone: done, moved, snoozed, marked; spread over days; hostile names."""

import re
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from ftop_tui.app import FtopApp
from ftop_tui.playbook.week import Item, Sort
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.screens.plan import PlanScreen
from ftop_tui.screens.planning_next import StepDialog
from ftop_tui.screens.week import WeekScreen
from ftop_tui.screens.week_answers import key_words
from ftop_tui.services import demo, plans, records, week
from ftop_tui.services.context import Context
from ftop_tui.widgets.week_load import WeekLoad

from .conftest import TODAY, mine
from .seeing import NARROW, WIDE, lines, press, resized, running, settle, text

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


async def open_week(app: FtopApp, pilot: Pilot[int]) -> WeekScreen:
    screen = WeekScreen()
    await app.push_screen(screen)
    await settle(pilot)
    return screen


def go_to(screen: WeekScreen, sort: Sort, customer: str) -> Item:
    """Put the cursor on an item."""
    rows = screen.items.rows
    place = next(
        place for place, row in enumerate(rows)
        if row.item and row.item.sort is sort and customer in (row.item.customer or "")
    )  # fmt: skip
    screen.items._go(place, 1)
    item = screen.items.current
    assert item is not None
    return item


def keys(context: Context) -> set[str]:
    return {item.key for item in week.week(context).items}


async def test_overdue_stands_first_then_the_days_with_their_notes(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        shown = text(app)
        assert "This week  Sat 21 Nov 2026 · FY27 Q2  next 7 days" in shown
        first = screen.items.current
        assert first is not None
        assert (first.sort, first.customer) == (Sort.ENTERPRISE, "Woodgrove Bank")
        assert shown.index("Overdue ·") < shown.index("Sat 21 Nov 2026 · today")
        assert "d records the note as posted in FTOP" in shown
        assert "to 31 Dec" in shown
        assert "Note due in 2 days" in shown
        assert [row.head for row in screen.items.rows if row.head][1].startswith("Sat 21 Nov 2026")


@pytest.mark.parametrize("asleep", [True, False])
@pytest.mark.parametrize("sort", Sort)
def test_what_the_keys_do_is_said_whole_at_80_columns(sort: Sort, asleep: bool) -> None:
    narrow = key_words(sort, NARROW[0] - 2, asleep=asleep)
    assert 0 < narrow.cell_length <= NARROW[0] - 2
    keys = ["d", "m", "enter", "w"][: 4 if asleep else 3]
    assert [f"{key} " in narrow.plain for key in keys] == [True] * len(keys)
    assert "wakes it" in key_words(sort, WIDE[0] - 2, asleep=True).plain


async def test_another_width_has_other_words(portfolio: Context) -> None:
    async with running(portfolio, NARROW) as (app, pilot):
        screen = await open_week(app, pilot)
        go_to(screen, Sort.ENTERPRISE, "Fabrikam")
        await pilot.pause()
        assert re.search(r"m plans a day   enter answers$", text(app), re.M)
        await resized(pilot, WIDE)
        await settle(pilot)
        assert "m plans a day, moves no clock   enter answers it" in text(app)


async def test_done_is_one_key_and_u_takes_it_back(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        item = go_to(screen, Sort.ENTERPRISE, "Fabrikam")
        assert item.due == TODAY - timedelta(days=10)
        await press(pilot, "d")
        assert item.key not in keys(portfolio)
        assert "Done: Enterprise note of Fabrikam" in text(app)
        await press(pilot, "u")
        assert item.key in keys(portfolio)
        await press(pilot, "U")
        assert item.key not in keys(portfolio)


async def test_marked_rows_are_changed_together(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        await press(pilot, "g", "space", "space")
        assert len(screen.items.marked) == 2
        assert "2 marked" in text(app)
        chosen = {item.key for item in screen.items.chosen}
        await press(pilot, "d")
        assert not chosen & keys(portfolio)
        assert screen.items.marked == set()
        await press(pilot, "u")
        assert chosen <= keys(portfolio)
        await press(pilot, "g", "asterisk")
        overdue = len(week.week(portfolio).overdue)
        assert len(screen.items.marked) == overdue
        await press(pilot, "escape")
        assert screen.items.marked == set()
        assert app.screen is screen
        await press(pilot, "escape")
        assert app.screen is not screen


async def test_snoozing_asks_for_a_day_and_a_reason(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        item = go_to(screen, Sort.ENTERPRISE, "Fabrikam")
        await press(pilot, "z", "enter", "enter")
        assert "Say why" in text(app)
        await press(pilot, *"on leave", "enter")
        assert item.key not in keys(portfolio)
        assert "1 snoozed" in text(app)
        await press(pilot, "s")
        assert "on leave" in text(app)
        (asleep,) = week.week(portfolio).snoozed
        assert asleep.until == TODAY + timedelta(days=7)
        await press(pilot, "w", "s")
        assert item.key in keys(portfolio)


@pytest.mark.parametrize(("typed", "problem"), [("+0", "Name a day to come"), ("x", "Write the")])
async def test_a_snooze_without_a_day_to_come_is_refused(
    portfolio: Context, typed: str, problem: str
) -> None:
    async with running(portfolio) as (app, pilot):
        await open_week(app, pilot)
        before = keys(portfolio)
        await press(pilot, "z", "backspace", "backspace", *typed, "enter", *"why", "enter")
        assert problem in text(app)
        await press(pilot, "escape")
        assert keys(portfolio) == before


async def test_a_quarter_s_end_is_spread_by_moving_what_falls_on_it(portfolio: Context) -> None:
    """ES-04: widened to the quarter's end, a note is planned sooner, and its clock stays."""
    records.record(portfolio, "t00002", "progress", on=date(2026, 8, 1))
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        while screen.check_action("widen", (1,)):
            await press(pilot, "plus")
        assert screen.days == 40
        assert screen.check_action("widen", (1,)) is None
        load = app.screen.query_one(WeekLoad)
        end = date(2026, 12, 31)
        before = {each.day: each.notes for each in load.load}
        item = go_to(screen, Sort.PROGRESS, "Proseware")
        assert item.due == end
        await press(pilot, "m", *["backspace"] * 10, *"2026-12-10", "enter")
        after = {each.day: each.notes for each in load.load}
        assert after[end] == before[end] - 1
        assert after[date(2026, 12, 10)] == before[date(2026, 12, 10)] + 1
        assert "→ Thu 10 Dec" in text(app)
        (moved,) = [each for each in week.items(portfolio) if each.key == item.key]
        assert (moved.due, moved.planned) == (end, date(2026, 12, 10))
        await press(pilot, "minus", "minus", "minus", "minus")
        assert screen.days == 7


async def test_a_planned_day_after_the_due_day_is_warned_of(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        go_to(screen, Sort.ENTERPRISE, "Contoso")
        await press(pilot, "m", *["backspace"] * 10, *"+5", "enter")
        assert "is due 2026-11-23, before 2026-11-26" in " ".join(text(app).split())
        assert "→ Thu 26 Nov late" in text(app)


async def test_enter_opens_what_answers_the_item(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        go_to(screen, Sort.ENTERPRISE, "Fabrikam")
        await press(pilot, "enter")
        assert isinstance(app.screen, EnterpriseScreen)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 2
        await press(pilot, "p")
        assert type(app.screen).__name__ == PlanScreen.__name__


async def test_completing_a_step_asks_for_the_next_one(portfolio: Context) -> None:
    """RA-04: the playbook's suggestion is filled in."""
    plans.move(portfolio, "c00000", "blockers", TODAY)
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        go_to(screen, Sort.STEP, "Fabrikam")
        await settle(pilot)
        assert "next on the plan: Clear what blocks the next colour" in text(app)
        await press(pilot, "d")
        assert isinstance(app.screen, StepDialog)
        assert "Bring the focus workload to 15% of usage" in text(app)
        await press(pilot, "enter", "enter")
        assert len(app.screen_stack) == 2
        planned = plans.find_line(plans.read(portfolio, "c00000"), "usage-15")
        assert planned.due_on == TODAY + timedelta(days=14)


async def test_only_mine_or_all(portfolio: Context) -> None:
    async with running(mine(portfolio, "Grace Lee")) as (app, pilot):
        screen = await open_week(app, pilot)
        names = {row.item.customer for row in screen.items.rows if row.item}
        assert names <= {"Tailspin Toys", "Proseware"}
        await press(pilot, "o")
        assert "Fabrikam" in {row.item.customer for row in screen.items.rows if row.item}
    async with running(portfolio) as (app, pilot):
        screen = await open_week(app, pilot)
        assert screen.check_action("toggle_mine", ()) is None


async def test_nothing_due_says_what_to_do(context: Context) -> None:
    async with running(context) as (app, pilot):
        screen = await open_week(app, pilot)
        assert "There is no tenant yet. esc goes to the list, where i imports." in text(app)
        for action in ("done", "move", "snooze", "wake", "plan"):
            assert screen.check_action(action, ()) is None
        await press(pilot, "d", "m", "z", "enter", "space", "j", "G", "s")
        assert "Nothing is snoozed" in text(app)


@pytest.mark.parametrize("size", [NARROW, (120, 40)])
async def test_hostile_names_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    async with running(hostile, size) as (app, pilot):
        await open_week(app, pilot)
        seen = ""
        for key in ("g", *["j"] * 5, *["pagedown"] * 2):
            await press(pilot, key)
            assert not FORBIDDEN.search("".join(lines(app)))
            seen += text(app)
        assert "[red]x[/]" in seen
        await press(pilot, "asterisk", "z")
        assert not FORBIDDEN.search("".join(lines(app)))
        await press(pilot, "tab", *"[/]", "enter", "s")
        assert "[/]" in text(app)
        assert app.is_running


async def test_what_twelve_customers_need_by_today_is_worked_through_from_here_alone(
    context: Context,
) -> None:
    """Each item of the demo is done by d; a dialog that asks for what comes next is left by esc."""
    demo.build(context, demo.USUAL, 1)
    async with running(context) as (app, pilot):
        screen = await open_week(app, pilot)
        for _ in range(40):
            due = [item for row in screen.items.rows if (item := row.item) and _by_today(item)]
            if not due:
                break
            await press(pilot, "g", "d")
            for _ in range(3):
                if app.screen is not screen:
                    await press(pilot, "escape")
        assert due == []


def _by_today(item: Item) -> bool:
    """A meeting to come, say, cannot have been held yet."""
    return item.due is None or item.due <= TODAY
