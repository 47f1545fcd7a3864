"""The portfolio at a glance: what is drawn, where it leads, and that only what is seen is drawn."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.values import Band
from ftop_tui.screens.glance import GlanceScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Customer
from ftop_tui.widgets import looks
from ftop_tui.widgets.glance_list import GlanceList, heads, measures
from ftop_tui.widgets.strips import Share, bar
from house import RunCli
from ui.conftest import build
from ui.seeing import lines, press, running, settle, text

TAGS = tuple(f"TAG{place}" for place in range(17))


@pytest.mark.parametrize("width", [*range(40, 130, 7), 160, 200, 299])
def test_columns_are_never_wider_than_the_list(width: int) -> None:
    found = measures(width, 17)
    assert 1 + found.health + found.name + 8 + found.strip + 17 * found.cell <= max(width, 49)
    named = [len(line.rstrip()) for line in heads(TAGS, width).plain.split("\n")]
    assert max(named) <= max(width, 49) + 3


def test_more_room_tells_more_of_a_workload() -> None:
    assert [measures(width, 17).cell for width in (60, 79, 119, 165, 200)] == [2, 3, 3, 6, 7]


def test_a_bar_has_a_letter_for_each_as_long_as_all_fit_and_else_none_is_lost() -> None:
    shares = [Share(looks.band(Band.BREACH), 1), Share(looks.band(Band.WATCH), 5)]
    assert bar(shares, 10).plain == "!....."
    many = [Share(looks.band(Band.BREACH), 1), Share(looks.band(Band.WATCH), 1499)]
    assert bar(many, 30).plain == "!" + 29 * "."


@given(st.lists(st.integers(0, 2000), max_size=6), st.integers(1, 120))
def test_a_bar_is_in_proportion_in_whatever_room_it_has(numbers: list[int], width: int) -> None:
    """Equal numbers are equally long, a greater one is never shorter, and all fit."""
    present = [number for number in numbers if number]
    drawn = bar([Share(looks.Look(chr(97 + n), "", ""), x) for n, x in enumerate(numbers)], width)
    cells = [drawn.plain.count(chr(97 + n)) for n, x in enumerate(numbers) if x]
    assert len(drawn.plain) <= width
    if len(present) > width:
        return
    assert all(cells)
    order = sorted(zip(present, cells, strict=True))
    assert [c for _, c in order] == sorted(c for _, c in order)
    assert len(set(order)) == len(set(present))


def test_a_narrow_bar_of_a_small_portfolio_is_in_proportion() -> None:
    five = (Band.BREACH, Band.LATE, Band.DUE, Band.BLOCKED, Band.WATCH)
    for numbers, drawn in (
        ((8, 5, 3, 6, 5), [5, 3, 2, 3, 3]),
        ((6, 5, 6, 5, 5), [3, 3, 3, 3, 3]),
    ):
        shown = bar([Share(looks.band(b), n) for b, n in zip(five, numbers, strict=True)], 16).plain
        assert [shown.count(looks.band(band).letter) for band in five] == drawn


async def test_a_row_says_band_colour_months_and_workloads(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "y")
        seen = text(app)
        assert "At a glance  12 customers, 17 workloads" in seen
        assert "! 2 breach" in seen
        assert "R 3 Red" in seen
        row = next(line for line in lines(app) if "R Red    Fabrikam" in line)
        assert "breach" in row
        assert "·" * 17 + "R" in row
        assert "B▂" in row


async def test_enter_goes_to_the_tenant_in_the_list(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "y", "j", "j", "enter")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.list.tenant_id == "t00004"


async def test_a_change_is_seen_at_once(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "y")
        with portfolio.writer().unit("test") as unit:
            customer = unit.session.get(Customer, "c00000")
            assert customer is not None
            customer.health = "blue"
        assert isinstance(app.screen, GlanceScreen)
        app.screen._read()
        await settle(pilot)
        assert "B Blue   Fabrikam" in text(app)


async def test_of_many_customers_only_those_seen_are_drawn(context: Context) -> None:
    build(context, count=300)
    async with running(context, (80, 24)) as (app, pilot):
        await press(pilot, "y")
        shown = app.screen.query_one(GlanceList)
        assert len(shown.rows) == 300
        assert len(shown._drawn) <= 24
        await press(pilot, "G")
        assert shown.current is shown.rows[-1]


async def test_without_a_portfolio_it_says_so(context: Context) -> None:
    async with running(context) as (app, pilot):
        await press(pilot, "y")
        assert "No customer is here yet." in text(app)
        assert not context.store.exists()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10)])
async def test_hostile_names_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    async with running(hostile, size) as (app, pilot):
        await press(pilot, "y")
        seen = text(app)
        await press(pilot, *"jjjjjjjjjjj")
        seen += text(app)
        assert "\x1b" not in seen
        assert "\u202e" not in seen
        if size[1] > 20:
            assert "[red]x[/]" in seen
            assert "[@click" in seen


def test_the_command_says_the_same(stocked: Context, run_cli: RunCli) -> None:
    told = run_cli("glance", "--json").json
    assert sum(told["bands"].values()) == len(told["customers"])
    months = told["customers"][0]["months"]
    assert len(months) == 18
    assert months[-1]["month"] == date(2026, 11, 1).isoformat()[:7]
    assert months[0] == {"month": "2025-06", "known": False, "health": None}
    assert "bands:" in run_cli("glance").text
