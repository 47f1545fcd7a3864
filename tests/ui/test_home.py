"""Home: what it shows, how it moves, how it filters."""

from datetime import timedelta
from typing import cast

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.playbook.wording import reason
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services import portfolio as reading
from ftop_tui.services.context import Context
from ftop_tui.services.records import record
from ftop_tui.store.tables import Tenant
from ftop_tui.widgets.triage_list import TriageList

from .conftest import TODAY, build, mine
from .seeing import NARROW, lines, press, resized, running, text


def home(app: FtopApp) -> HomeScreen:
    return cast("HomeScreen", app.screen)


async def test_head_tells_day_quarter_customers_and_bands(portfolio: Context) -> None:
    async with running(portfolio) as (app, _):
        head = lines(app)[0]
    assert "FTOP  Sat 21 Nov 2026 · FY27 Q2  12 customers" in head
    assert "2 breach  2 late  4 due  4 blocked" in head
    assert head.rstrip().endswith("/ filter  ? help")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_every_row_has_rank_colour_word_name_band_and_a_reason(
    portfolio: Context, size: tuple[int, int]
) -> None:
    async with running(portfolio, size) as (app, _):
        shown = lines(app)
        ranked = reading.load(portfolio).ranked[1]
        row = next(number for number, line in enumerate(shown) if "Fabrikam" in line[:60])
    assert shown[row].lstrip().startswith("2 R Red")
    assert "breach" in shown[row]
    assert "24 d, limit 21" in shown[row]
    sentence = reason(ranked.assessment, TODAY.toordinal())
    assert sentence[:12] in shown[row] + shown[row + 1]


async def test_the_whole_reason_is_read_on_a_wide_screen(portfolio: Context) -> None:
    async with running(portfolio, (200, 60)) as (app, _):
        assert "Note 24 days old, limit 21; EXO blocked; INTUNE blocked." in text(app)


@pytest.mark.parametrize("width", [59, 54, 47, 40, 20, 1])
async def test_the_window_may_become_narrow_at_once(portfolio: Context, width: int) -> None:
    """While the panel gives way the list has no room for an instant."""
    async with running(portfolio, (120, 40)) as (app, pilot):
        for size in ((width, 40), (120, 40), (width, 22)):
            await resized(pilot, size)
        assert app._exception is None
        assert {cell_len(line) for line in lines(app)} == {width}
        assert width < 20 or " Fa" in text(app)


async def test_nothing_is_cut_without_an_ellipsis(portfolio: Context) -> None:
    async with running(portfolio, NARROW) as (app, _):
        cut = [line for line in lines(app) if "Note 24 days" in line]
    assert cut
    assert cut[0].rstrip().endswith("…")


async def test_other_tenants_show_their_customers_colour_in_words_and_are_dimmer(
    portfolio: Context,
) -> None:
    async with running(portfolio) as (app, _):
        row = next(line for line in lines(app) if "Adventure Works Labs" in line)
        assert "R Red" in row
        listed = home(app).list
        place = next(i for i, r in enumerate(listed.rows) if not r.facts.winner)
        winner = next(i for i, r in enumerate(listed.rows) if r.facts.winner and i)
        names = []
        for row_of in (listed.rows[place], listed.rows[winner]):
            segments, *_ = listed._draw(row_of, selected=False, width=70)
            name = row_of.facts.name
            fits = (s for s in segments if "Works" in s.text or s.text.strip() == name)
            names.append(next(fits))
        assert names[0].style != names[1].style


async def test_a_waiting_draft_is_marked(portfolio: Context) -> None:
    async with running(portfolio) as (app, _):
        row = next(line for line in lines(app) if "Trey Research" in line[:60])
    assert " D " in row


async def test_cursor_moves_by_keys_and_the_panel_follows(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        listed = home(app).list
        await press(pilot, "j")
        assert home(app).current is listed.rows[1]
        assert "Customer Fabrikam's overall health is Red" in home(app).panel.text
        for key, place in (("G", 13), ("k", 12), ("g", 0), ("end", 13), ("home", 0), ("down", 1)):
            await press(pilot, key)
            assert listed.cursor == place
        await press(pilot, "pagedown")
        assert listed.cursor > 5
        await press(pilot, "pageup")
        assert listed.cursor < 5


async def test_panel_shows_why_with_points_rules_and_what_clears_them(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "j")
        ranked = home(app).current
        shown = home(app).panel.text
    assert ranked is not None
    points = [int(line.split()[0]) for line in shown.splitlines() if line.lstrip().startswith("+")]
    assert sum(points) == ranked.assessment.urgency
    assert "ES-03" in shown
    assert "post an Enterprise note in FTOP and mark it posted" in shown
    assert "INTUNE Blocked" in shown
    assert "44%" in shown
    assert "Renewal" in shown


async def test_panel_marks_what_the_opening_sentence_lacks(portfolio: Context) -> None:
    async with running(portfolio) as (app, _):
        shown = home(app).panel.text
        assert "to [forecast health] by the end of [month/year]" in shown
        sentence = next(b for b in home(app).panel.blocks if "[month/year]" in b.content.plain)
    start = sentence.content.plain.index("[month/year]")
    assert any(span.start == start for span in sentence.content.spans)


async def test_click_moves_and_double_click_opens(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await pilot.click("#list", offset=(10, 3))
        assert home(app).list.cursor == 1
        await pilot.click("#list", offset=(10, 3), times=2)
        await pilot.pause()
        assert app.screen is not app.screen_stack[0]


async def test_list_tells_what_is_highlighted_and_chosen(portfolio: Context) -> None:
    said: list[object] = []
    highlighted: list[str | None] = []
    app = FtopApp(portfolio)
    async with app.run_test(size=(120, 40), message_hook=said.append) as pilot:
        home(app).list.highlighted.subscribe(home(app), highlighted.append, immediate=True)
        await press(pilot, "j", "enter")
    chosen = {id(m): m.tenant_id for m in said if isinstance(m, TriageList.Chosen)}
    assert highlighted == ["t00000"]
    assert list(chosen.values()) == ["t00000"]


async def test_filter_narrows_while_typing_and_counts_follow(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "slash", *"trey")
        assert [r.facts.name for r in home(app).list.rows] == ["Trey Research"]
        assert "1 customer" in lines(app)[0]
        await press(pilot, "escape")
        assert len(home(app).list.rows) == 14
        assert home(app).list.has_focus


async def test_filter_knows_keys_and_keeps_on_enter(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "slash", *"band", "colon", *"breach", "enter")
        assert {r.assessment.band.value for r in home(app).list.rows} == {"breach"}
        assert home(app).list.has_focus
        assert home(app).query_one("#filter-text", Input).value == "band:breach"


async def test_a_filter_that_nothing_fits_says_what_to_do(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "slash", *"zzz")
        assert "No tenant fits. Press esc" in text(app)
        app.screen.query_one("#filter-text", Input).value = "health:purple"
        await pilot.pause()
        assert "health: is one of red, yellow, green, blue, none." in text(app)
        assert home(app).panel.text == ""


async def test_an_empty_store_says_how_to_begin_and_makes_nothing(context: Context) -> None:
    async with running(context) as (app, _):
        shown = text(app)
    assert "import your files" in shown
    assert "D   look around first: a made-up portfolio" in shown
    assert not context.store.exists()


async def test_mine_shows_and_counts_only_ones_own_until_o_is_pressed(portfolio: Context) -> None:
    async with running(mine(portfolio, "grace lee")) as (app, pilot):
        assert {r.facts.fm for r in home(app).list.rows} == {"Grace Lee"}
        assert "mine  2 customers" in lines(app)[0]
        await press(pilot, "o")
        assert len(home(app).list.rows) == 14
        assert "all  12 customers" in lines(app)[0]


async def test_the_cursor_keeps_its_tenant_when_the_list_is_read_anew(portfolio: Context) -> None:
    async with running(portfolio) as (app, pilot):
        await press(pilot, "j", "j", "j")
        kept = home(app).list.tenant_id
        record(portfolio, "t00009", "enterprise")
        home(app).reload()
        await press(pilot)
        await pilot.pause(0.1)
        assert home(app).list.tenant_id == kept
        assert home(app).list.cursor == 2


async def test_ten_thousand_rows_draw_only_what_is_seen(context: Context) -> None:
    build(context)
    many = reading.load(context).ranked * 800
    async with running(context) as (app, pilot):
        listed = home(app).list
        listed.show(many, TODAY.toordinal())
        await press(pilot, "G")
        assert listed.cursor == len(many) - 1
        assert len(listed._strips) < 120


async def test_narrow_screen_puts_the_panel_below_and_p_hides_it(portfolio: Context) -> None:
    async with running(portfolio, NARROW) as (app, pilot):
        panel = home(app).panel
        assert panel.region.y > home(app).list.region.y
        assert panel.region.width > 70
        await press(pilot, "p")
        assert not home(app).query_one("#side").display


async def test_first_start_of_a_day_says_how_much_moved(portfolio: Context) -> None:
    with portfolio.writer().unit("test") as unit:
        tenant = unit.session.get(Tenant, "t00000")
        assert tenant is not None
        tenant.users = 9
        unit.session.add(tenant)
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    portfolio.writer().remember("last_seen_day", yesterday)
    async with running(portfolio) as (app, pilot):
        await pilot.pause(0.1)
        assert f"moved since {yesterday}" in text(app)
        await press(pilot, "m")
        assert "What moved" in text(app)
        assert "is new" in text(app)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, HomeScreen)
    async with running(portfolio) as (app, _):
        assert "moved since" not in text(app)
