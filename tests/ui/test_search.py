"""Search on the screen: hits as one types, their text beside, hostile text letter by letter."""

import re
from datetime import date

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList

from ftop_tui.screens.history import HistoryScreen
from ftop_tui.screens.home import HomeScreen
from ftop_tui.screens.search import FoundNote, SearchScreen
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Note
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import HOSTILE
from .forms import FormApp, settle
from .seeing import press, running

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def _write(context: Context, *notes: tuple[str, str, date | None], tenant: str = "t00003") -> None:
    with context.writer().unit("test") as unit:
        for note_id, text, posted in notes:
            unit.session.add(
                Note(
                    id=note_id, kind="overall", customer_id=tenant.replace("t", "c", 1),
                    tenant_id=tenant, state="posted" if posted else "draft", body="{}", text=text,
                    created_at="2026-11-20T08:00:00+00:00", updated_at="2026-11-20T08:00:00+00:00",
                    posted_on=posted, source="app", version=1,
                )
            )  # fmt: skip
            unit.session.flush()


class SearchApp(FormApp):
    """Opens the search, and keeps what was gone to."""

    def __init__(self, context: Context, tenant_id: str | None = None) -> None:
        self.chosen: list[FoundNote] = []
        self.search = SearchScreen(self.chosen.append, tenant_id)
        super().__init__(context, Screen)

    def on_ready(self) -> None:
        self.push_screen(self.search)

    @property
    def hits(self) -> list[str]:
        """The ids of the notes that are shown."""
        return [hit.note.id for hit in self.search.hits]

    @property
    def page(self) -> str:
        """The text beside the hits."""
        return self.search.query_one("#text", TextPanel).text


async def _type(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one("#words", Input).value = text
    await settle(pilot)


@pytest.fixture
def three(portfolio: Context) -> Context:
    """Three notes with a needle, of three days, on one tenant."""
    _write(
        portfolio,
        ("old", "A needle in October.", date(2026, 10, 2)),
        ("new", "The needle of November, and [EXO] needles.", date(2026, 11, 2)),
        ("draft", "A needle to come.", None),
    )
    return portfolio


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_hits_come_as_one_types(three: Context, size: tuple[int, int]) -> None:
    app = SearchApp(three)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert len(app.hits) > 3, "at first the newest notes"
        await pilot.press(*"need")
        await settle(pilot)
        assert app.hits == ["draft", "new", "old"]
        assert "Search  3 notes" in app.seen
        assert "2026-11-02  Contoso" in app.seen
        assert "draft       Contoso" in app.seen
        assert "and [EXO] needles." in app.seen
        await pilot.press(*"zzz")
        await settle(pilot)
        assert app.hits == []
        assert "No note has all of this" in app.seen


async def test_an_answer_that_was_overtaken_is_not_shown(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in "needle octo":
            await pilot.press(key)
        await settle(pilot)
        assert app.hits == ["old"]


async def test_enter_goes_to_the_note_under_the_cursor(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        await _type(pilot, "needle")
        await pilot.press("down", "down", "down", "up")
        await settle(pilot)
        assert "needle of November" in app.page
        await pilot.press("enter")
        await settle(pilot)
        assert app.chosen == [FoundNote("new", "t00003")]


async def test_escape_from_the_note_leads_back_to_the_hit_it_was_opened_from(
    three: Context,
) -> None:
    async with running(three) as (app, pilot):
        await press(pilot, "f", *"needle", "down", "enter", "enter")
        history = app.screen
        assert isinstance(history, HistoryScreen)
        assert isinstance(app.screen_stack[-2], SearchScreen)
        history.announce(Changes(notes=True))
        await press(pilot, "escape")
        search = app.screen
        assert isinstance(search, SearchScreen)
        assert search.query_one("#words", Input).value == "needle"
        assert search.query_one("#hits", OptionList).highlighted == 1
        await press(pilot, "escape")
        home = app.screen
        assert isinstance(home, HomeScreen)


async def test_a_click_on_a_hit_goes_to_it(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await _type(pilot, "needle")
        await pilot.click("#hits", offset=(5, 5))
        await settle(pilot)
        assert app.chosen == [FoundNote("new", "t00003")]


async def test_without_a_hit_enter_does_nothing_and_escape_goes_back(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        await _type(pilot, "no such thing")
        await pilot.press("enter", "down", "up", "pagedown")
        await settle(pilot)
        assert app.chosen == []
        assert app.screen is app.search
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is not app.search


async def test_keys_narrow_and_one_that_is_not_read_says_so(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for typed, ids in (
            ("needle draft", ["draft"]),
            ("needle posted", ["new", "old"]),
            ("needle until:2026-10", ["old"]),
            ("needle since:2026-11-02", ["draft", "new"]),
            ("needle kind:enterprise", []),
            ('needle tenant:"contoso"', ["draft", "new", "old"]),
            ("needle tenant:fabrikam", []),
        ):
            await _type(pilot, typed)
            assert app.hits == ids, typed
        assert "kind:  tag:  tenant:  since:  until:  draft  posted" in app.seen
        await _type(pilot, "needle since:soon")
        assert app.hits == ["draft", "new", "old"]
        assert "since: a day is 2026-11-21" in app.seen


async def test_the_search_of_one_tenant_finds_no_other(three: Context) -> None:
    _write(three, ("other", "Another needle.", None), tenant="t00004")
    app = SearchApp(three, "t00004")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await _type(pilot, "needle")
        assert app.hits == ["other"]
        assert "Northwind Traders" in app.seen.splitlines()[0]


async def test_what_was_found_is_marked_in_snippet_and_text(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await _type(pilot, "november needle")
        content = app.search.query_one("#text", TextPanel).blocks[-1].content
        found = [content.plain[span.start : span.end] for span in content.spans]
        assert found == ["needle", "November", "needles"]
        row = app.search.query_one("#hits", OptionList).get_option_at_index(0).prompt
        assert "bold underline" in str(getattr(row, "spans", ""))


async def test_a_write_elsewhere_is_looked_for_at_once(three: Context) -> None:
    app = SearchApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        await _type(pilot, "needle")
        _write(three, ("fresh", "A fresh needle.", date(2026, 11, 21)))
        app.search.changed(Changes(notes=True))
        await settle(pilot)
        assert app.hits[0] == "fresh"


async def test_without_a_store_it_says_that_there_is_nothing(context: Context) -> None:
    app = SearchApp(context)
    async with app.run_test() as pilot:
        await settle(pilot)
        await _type(pilot, 'needle tenant:"x"')
        assert app.hits == []
        assert not context.store.exists()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    for place, text in enumerate(HOSTILE):
        _write(hostile, (f"n{place}", f"needle {text} end", None), tenant=f"t{place:05}")
    app = SearchApp(hostile, "t00000")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert app.hits
    app = SearchApp(hostile)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await _type(pilot, "needle")
        assert len(app.hits) == len(HOSTILE)
        seen = ""
        for _ in HOSTILE:
            seen += app.seen
            await pilot.press("down")
            await settle(pilot)
        assert not FORBIDDEN.search(seen.replace("\n", ""))
        for said in ("needle [red]x[/] end", "[@click=app.quit]x[/]", "[/EXO] [EXO] [b"):
            assert said in seen
        for text in HOSTILE:
            await _type(pilot, text)
        assert app.is_running
        assert not FORBIDDEN.search(app.seen.replace("\n", ""))
