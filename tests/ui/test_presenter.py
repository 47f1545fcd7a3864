"""The presenter's view: pages to read from, and nothing of other customers while sharing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from ftop_tui.app import FtopApp
from ftop_tui.playbook.brief import Part
from ftop_tui.screens.presenter import SHARING, PresenterScreen, pages_of
from ftop_tui.services import records
from ftop_tui.services.context import Context

from .seeing import NARROW, press, resized, running, settle, text
from .test_hostile import FORBIDDEN

TENANTS = ("t00000", "t00001", "t00002")


async def opened(
    app: FtopApp, pilot: Pilot[int], tenants: tuple[str, ...] = TENANTS
) -> PresenterScreen:
    screen = PresenterScreen(tenants)
    await app.push_screen(screen)
    await settle(pilot)
    return screen


async def test_one_customer_a_page_by_one_key(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await opened(app, pilot)
        seen = text(app)
        assert "F A B R I K A M" in seen
        assert "R Red" in seen
        assert "HEALTH AND EXPECTED PROGRESS" in seen
        assert screen.check_action("customer", (-1,)) is None
        await press(pilot, "right")
        assert "T A I L S P I N   T O Y S" in text(app)
        await press(pilot, "n", "left", "p")
        assert "F A B R I K A M" in text(app)


async def test_a_brief_is_paged_through_and_begins_anew_for_another(portfolio: Context) -> None:
    async with running(portfolio, NARROW) as (app, pilot):
        screen = await opened(app, pilot)
        shown = [text(app)]
        while screen.check_action("page", (1,)):
            await press(pilot, "down")
            shown.append(text(app))
        assert len(shown) == len(screen.pages)
        assert f"Page {len(shown)} of {len(shown)}" in shown[-1]
        for part in ("BLOCKERS", "WHAT CHANGED"):
            assert any(part in page for page in shown)
        await press(pilot, "home", "end", "up", "right")
        assert screen.at == 0


async def test_it_is_laid_out_anew_when_the_window_changes(portfolio: Context) -> None:
    async with running(portfolio, (120, 40)) as (app, pilot):
        screen = await opened(app, pilot)
        few = len(screen.pages)
        await resized(pilot, (60, 16))
        await settle(pilot)
        assert len(screen.pages) > few


async def test_while_sharing_nothing_names_another_customer(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await opened(app, pilot)
        app.notify("Posted for Tailspin Toys")
        await settle(pilot)
        assert "Tailspin" in text(app)
        await press(pilot, "s")
        assert SHARING in text(app)
        assert "Tailspin" not in text(app)
        screen.announce(records.record(portfolio, "t00001", "event", text="Merger"))
        await settle(pilot)
        assert "Tailspin" not in text(app)
        assert not any(toast.region for toast in screen.query(Toast))
        await press(pilot, "ctrl+p")
        assert app.screen is screen  # no palette, which goes to any customer by name
        await press(pilot, "right")
        seen = text(app)
        assert "T A I L S P I N" in seen
        assert "FABRIKAM" not in seen.upper().replace(" ", "")
        await press(pilot, "s")
        assert "not sharing" in text(app)
        await press(pilot, "ctrl+p")
        assert app.screen is not screen


async def test_leaving_while_sharing_is_asked_first(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "s", "escape", "n")
        assert app.screen is screen
        await press(pilot, "escape", "y")
        assert len(app.screen_stack) == 1
        assert app.use_command_palette


async def test_it_is_read_only_and_says_where_nobody_is_nominated(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        screen = await opened(app, pilot, ())
        assert "Nobody is nominated: esc" in text(app)
        assert screen.check_action("customer", (1,)) is None
        await press(pilot, "down", "right", "end", "e", "r", "x")
        assert app.screen is screen


@pytest.mark.parametrize("size", [(120, 40), NARROW])
async def test_hostile_names_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    tenants = tuple(f"t{place:05}" for place in range(12))
    async with running(hostile, size) as (app, pilot):
        screen = await opened(app, pilot, tenants)
        seen = text(app)
        for _ in tenants[1:]:
            await press(pilot, "right")
            assert not FORBIDDEN.search(text(app).replace("\n", ""))
        assert "[ R E D ] X [ / ]" in seen
        assert screen.place == 11


@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), max_size=400)),
    st.integers(20, 150),
    st.integers(4, 40),
)
def test_no_letter_is_lost_between_pages(lines: list[str], width: int, height: int) -> None:
    part = Part("risks", "Risks", "\n".join(lines), "")
    found = list(pages_of(part, width, height))
    written = "".join("".join(page.lines) for page in found)
    assert written == "".join(line for line in part.text.split("\n") if line.strip())
    assert [page.more for page in found] == [False, *[True] * (len(found) - 1)][: len(found)]
