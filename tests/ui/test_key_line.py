"""The footer: whole keys only, and the way back whatever the width."""

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.widgets._footer import FooterKey

from ftop_tui.services.context import Context
from ftop_tui.widgets.key_line import KeyLine, ShownKey, that_fit
from ui.seeing import lines, press, resized, running


def key(word: str) -> ShownKey:
    return ShownKey(Binding(word[0].lower(), "x", word), word[0].lower(), word, True, word)


MORE = key("All keys")


def words(names: str, width: int) -> str:
    return " ".join(k.description for k in that_fit(map(key, names.split()), width, MORE))


def test_keys_that_fit_are_shown_and_the_way_back_is_the_last() -> None:
    assert words("Edit Back Post", 60) == "Edit Post Back"


def test_the_last_keys_go_first_and_the_way_to_all_keys_comes() -> None:
    assert words("Edit Back Post Delete", 25) == "Edit All keys Back"


def test_where_there_is_a_key_for_help_it_says_the_rest() -> None:
    assert words("Edit Back Post Delete Help", 21) == "Edit Help Back"


def test_however_narrow_the_way_back_is_there() -> None:
    assert words("Edit Post Help Back", 1) == "Help Back"


@pytest.mark.parametrize("ways", [("",), ("w",), ("s",), ("x",), ("d", "p"), ("b",)])
async def test_no_key_is_cut_at_80_columns(portfolio: Context, ways: tuple[str, ...]) -> None:
    async with running(portfolio, (80, 24)) as (app, pilot):
        await press(pilot, *filter(None, ways))
        shown = list(app.screen.query_one(KeyLine).query(FooterKey))
        assert shown
        assert all(each.region.right <= 80 and each.region.width for each in shown)


async def test_more_room_brings_more_keys(portfolio: Context) -> None:
    async with running(portfolio, (80, 24)) as (app, pilot):
        assert "Moved" not in lines(app)[-1]
        await resized(pilot, (140, 40))
        await pilot.pause()
        assert "Moved" in lines(app)[-1]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_click_at_the_right_end_opens_the_palette_also_while_one_types(
    portfolio: Context, size: tuple[int, int]
) -> None:
    async with running(portfolio, size) as (app, pilot):
        for way in ((), ("slash",), ("escape", "l")):
            await press(pilot, *way)
            menu = app.screen.query_one(KeyLine).query_one(".-menu", FooterKey)
            assert menu.region.right >= size[0] - 1
            await pilot.click(menu)
            await pilot.pause()
            assert isinstance(app.screen, CommandPalette)
            await press(pilot, "escape")


async def test_a_footer_whose_screen_closed_meanwhile_is_left_alone(portfolio: Context) -> None:
    """What is called behind the next frame may come when the screen is gone."""
    async with running(portfolio) as (app, pilot):
        await press(pilot, "w")
        foot = app.screen.query_one(KeyLine)
        await app.pop_screen()
        await foot.recompose()


async def test_a_screen_that_closes_is_asked_for_its_keys_no_more(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes piece by piece, and the footer may be the last that stands."""

    def missing(*_: object) -> bool:
        raise NoMatches

    async with running(portfolio) as (app, pilot):
        await press(pilot, "w")
        screen = app.screen
        foot = screen.query_one(KeyLine)
        closing = app.pop_screen()
        monkeypatch.setattr(screen, "check_action", missing)
        assert foot.is_attached
        await foot.recompose()
        await closing
