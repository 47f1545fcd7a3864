"""History on the screen: the notes of a place, their texts, and what differs between two."""

import re
from datetime import date

import pytest
from textual.widgets import OptionList

from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.history import MARK, HistoryScreen
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Note
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import HOSTILE
from .forms import FormApp, rows, settle

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])


def _write(context: Context, *notes: tuple[str, str, date | None], tag: str | None = None) -> None:
    with context.writer().unit("test") as unit:
        for note_id, text, posted in notes:
            unit.session.add(
                Note(
                    id=note_id, kind="entitlement" if tag else "overall", tag=tag,
                    customer_id="c00003", tenant_id="t00003", body="{}", text=text,
                    state="posted" if posted else "draft", posted_on=posted,
                    created_at="2026-11-20T08:00:00+00:00", updated_at="2026-11-20T08:30:00+00:00",
                    source="app", version=1, anyway="no reply [/]" if note_id == "old" else None,
                )
            )  # fmt: skip
            unit.session.flush()


class HistoryApp(FormApp):
    """Opens the history of the Overall notes of Contoso."""

    def __init__(
        self, context: Context, kind: NoteKind = NoteKind.OVERALL, tag: str | None = None
    ) -> None:
        self.history = HistoryScreen("t00003", kind, tag)
        super().__init__(context, lambda: self.history)

    @property
    def page(self) -> str:
        """What is right of the notes."""
        return self.history.query_one("#text", TextPanel).text


@pytest.fixture
def three(portfolio: Context) -> Context:
    """Two posted notes and a draft in one place."""
    _write(
        portfolio,
        ("old", "Rollout goes on.\n[EXO] 40 mailboxes", date(2026, 10, 2)),
        ("new", "Rollout goes on.\n[EXO] 90 mailboxes", date(2026, 11, 2)),
        ("draft", "Rollout goes on.\n[EXO] 90 mailboxes\nA new line", None),
    )
    return portfolio


@SIZES
async def test_the_notes_stand_left_and_the_text_of_one_right(
    three: Context, size: tuple[int, int]
) -> None:
    app = HistoryApp(three)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert [note.id for note in app.history.notes] == ["draft", "new", "old"]
        assert "History  Contoso  Overall  3 notes" in app.seen
        assert "D draft  2026-11-20 08:30" in app.seen
        assert "P posted  2026-11-02" in app.seen
        assert app.page.endswith("[EXO] 90 mailboxes\nA new line")
        await pilot.press("down", "down")
        await settle(pilot)
        assert app.page.splitlines()[:2] == ["Posted 2026-10-02", "Posted anyway: no reply [/]"]
        assert "[EXO] 40 mailboxes" in app.seen


@pytest.mark.parametrize("key", ["d", "space", "enter"])
async def test_a_marked_note_is_compared_from_the_older_to_the_newer(
    key: str, three: Context
) -> None:
    app = HistoryApp(three)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("down", key)
        await settle(pilot)
        assert MARK in app.seen
        assert app.page.startswith("Posted 2026-11-02"), "a note is not compared with itself"
        await pilot.press("down")
        await settle(pilot)
        assert app.page.splitlines() == [
            "-Posted 2026-10-02", "+Posted 2026-11-02", "",
            " Rollout goes on.", "-[EXO] 40 mailboxes", "+[EXO] 90 mailboxes",
        ]  # fmt: skip
        await pilot.press("up", "up")
        await settle(pilot)
        assert app.page.splitlines()[:2] == [
            "-Posted 2026-11-02",
            "+Draft, written 2026-11-20 08:30",
        ]
        assert "+A new line" in app.page
        await pilot.press("down", key, "down")
        await settle(pilot)
        assert MARK not in app.seen
        assert app.page.startswith("Posted 2026-10-02")


async def test_what_changed_within_a_line_is_marked(three: Context) -> None:
    app = HistoryApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("down", "d", "down")
        await settle(pilot)
        gone, come = app.history.query_one("#text", TextPanel).blocks[-2:]
        for block, changed, style in ((gone, "40", "strike"), (come, "90", "underline")):
            found = [s for s in block.content.spans if style in str(s.style)]
            assert [block.content.plain[s.start : s.end] for s in found] == [changed]


async def test_one_note_alone_cannot_be_compared(portfolio: Context) -> None:
    _write(portfolio, ("only", "Rollout goes on.", None))
    app = HistoryApp(portfolio)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.history.check_action("mark", ()) is None
        await pilot.press("d", "enter")
        await settle(pilot)
        assert app.history.marked is None
        assert "History  Contoso  Overall  1 note " in app.seen


async def test_a_place_without_notes_says_so(portfolio: Context) -> None:
    app = HistoryApp(portfolio, NoteKind.ENTITLEMENT, "EXO")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "No note here yet." in app.seen
        assert "EXO" in app.seen
        await pilot.press("d", "down", "enter", "pagedown", "escape")
        await settle(pilot)
        assert app.screen is not app.history


async def test_a_workload_shows_its_own_notes_alone(three: Context) -> None:
    _write(three, ("exo", "Moved.", None), tag="EXO")
    _write(three, ("spo", "Moved.", None), tag="SPO")
    app = HistoryApp(three, NoteKind.ENTITLEMENT, "EXO")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert [note.id for note in app.history.notes] == ["exo"]


async def test_it_changes_nothing(three: Context) -> None:
    before = rows(three, "SELECT * FROM note ORDER BY id"), rows(three, "SELECT * FROM step")
    app = HistoryApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("d", "down", "space", "up", "enter", "pagedown", "pageup", "x", "q")
        await settle(pilot)
        assert app.told == []
    after = rows(three, "SELECT * FROM note ORDER BY id"), rows(three, "SELECT * FROM step")
    assert after == before


async def test_a_write_elsewhere_shows_and_keeps_cursor_and_mark(three: Context) -> None:
    app = HistoryApp(three)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("down", "d", "down")
        await settle(pilot)
        _write(three, ("fresh", "Rollout goes on.", date(2026, 11, 21)))
        app.history.changed(Changes(notes=True))
        await settle(pilot)
        assert [note.id for note in app.history.notes] == ["draft", "fresh", "new", "old"]
        assert app.history.marked == "new"
        assert app.history.query_one("#notes", OptionList).highlighted == 3
        assert "-[EXO] 40 mailboxes" in app.page


@SIZES
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, size: tuple[int, int]
) -> None:
    _write(
        hostile,
        *(
            (f"n{place}", f"{text}\nsame", date(2026, 10, 1 + place))
            for place, text in enumerate(HOSTILE)
        ),
    )
    app = HistoryApp(hostile)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "[@click=app.quit]x[/]" in app.seen.splitlines()[0]
        seen = app.seen
        for key in ("d", *["down"] * (len(HOSTILE) - 1)):
            await pilot.press(key)
            await settle(pilot)
            seen += app.seen
        assert not FORBIDDEN.search(seen.replace("\n", ""))
        assert "- [red]x[/]" in seen
        assert "- [/EXO] [EXO] [b" in seen
