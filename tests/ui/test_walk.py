"""The posting walk: copy by key, leave and go on, mark posted, on to the next due note."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets._toast import Toast

from ftop_tui.playbook.notes import with_fields
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.posting import PostingDialog
from ftop_tui.screens.walk import Open, Walked, WalkScreen
from ftop_tui.services import clipboard, notes
from ftop_tui.services.context import Context
from ftop_tui.services.due_notes import next_due
from ftop_tui.services.notes import Draft
from ftop_tui.store.tables import Customer, Note, Tenant
from ftop_tui.widgets.dialogs import ErrorDialog
from ftop_tui.widgets.field_list import FieldList
from ftop_tui.widgets.preview import Preview

from .forms import FormApp, rows
from .seeing import lines, settle
from .test_hostile import FORBIDDEN

_GREEN = (
    ("reason", "Major Brand"), ("status", "green"), ("topic", "Rollout"),
    ("overview", "Plants follow in January"), ("next_update", "2027-03-31"),
)  # fmt: skip
_FIELDS = ["Reason", "Status", "Exec Summary", "O365 Deployment Status Current Overview",
           "Next Update"]  # fmt: skip


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the clipboard was given; the real one is left alone."""
    taken: list[str] = []

    def take(text: str) -> bool:
        taken.append(text)
        return True

    monkeypatch.setattr(clipboard, "copy_natively", take)
    return taken


def _write(context: Context, tenant: str, *more: tuple[str, str]) -> Draft:
    """An Enterprise draft that nothing keeps from being posted."""
    draft = notes.open_draft(context, NoteKind.ENTERPRISE, tenant)
    body = with_fields(draft.body, (*_GREEN, *more), context.pack)
    return notes.save_draft(context, draft.with_body(body))


class WalkApp(FormApp):
    """Opens walks over an empty screen, and keeps how each ended; `then` may name the next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Screen)
        self.ended: list[Walked | None] = []
        self.then: Callable[[Walked], str | None] = lambda _: None

    def go(self, note_id: str) -> None:
        """Open the walk of a note."""
        self.push_screen(WalkScreen(note_id), self._ended)

    def _ended(self, walked: Walked | None) -> None:
        self.ended.append(walked)
        following = self.then(walked) if walked else None
        if following:
            self.go(following)


@asynccontextmanager
async def _walking(
    context: Context, note_id: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[WalkApp, Pilot[Any]]]:
    app = WalkApp(context)
    async with app.run_test(size=size) as running:
        pilot: Pilot[Any] = running
        await settle(pilot)
        app.go(note_id)
        await settle(pilot)
        yield app, pilot


def _walk(app: WalkApp) -> WalkScreen:
    screen = app.screen
    assert isinstance(screen, WalkScreen)
    return screen


def _done(app: WalkApp) -> set[str]:
    walk = _walk(app).walk
    assert walk is not None
    return set(walk.done)


def _hint(app: WalkApp) -> str:
    return str(app.screen.query_one("#hint", Static).render())


async def _press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def test_one_key_copies_ticks_and_goes_on(portfolio: Context, copied: list[str]) -> None:
    async with _walking(portfolio, _write(portfolio, "t00003").id) as (app, pilot):
        assert [f.name for f in app.screen.query_one(FieldList).fields] == _FIELDS
        assert app.screen.query_one("#text", Preview).text == "Major Brand"
        await _press(pilot, "enter", "c")
        assert copied == ["Major Brand", "Green"]
        assert _hint(app).startswith("Status: Copied to the clipboard")
        assert _done(app) == {"Reason", "Status"}
        assert app.screen.query_one("#text", Preview).text == "High Level Topic: Rollout"
        named = str(app.screen.query_one("#name", Static).render())
        assert named == "Exec Summary  3 of 5  not yet copied"
        await _press(pilot, "k", "k", "j", "space")
        assert _done(app) == {"Reason"}
        assert _hint(app) == ""
        await _press(pilot, "down", "down", "enter")
        assert copied[2:] == ["Plants follow in January"]
        await _press(pilot, "enter")
        assert app.screen.query_one(FieldList).at == 1, "to the first that is not ticked"
        assert len(app.screen_stack) == 3
        assert copied[3:] == ["2027-03-31"]


async def test_it_is_left_and_gone_on_with(portfolio: Context, copied: list[str]) -> None:
    draft = _write(portfolio, "t00003")
    async with _walking(portfolio, draft.id, (80, 24)) as (app, pilot):
        await _press(pilot, "enter", "enter", "escape")
        assert app.ended == [Walked(posted=False)]
        notes.save_draft(
            portfolio,
            draft.with_body(with_fields(draft.body, [("status", "yellow")], portfolio.pack)),
        )
        app.go(draft.id)
        await settle(pilot)
        assert _done(app) == {"Reason"}
        assert app.screen.query_one("#text", Preview).text == "Yellow"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_what_was_done_is_not_said_over_what_comes_next(
    portfolio: Context, size: tuple[int, int]
) -> None:
    draft = _write(portfolio, "t00003")
    app = WalkApp(portfolio)
    async with app.run_test(size=size, notifications=True) as pilot:
        app.go(draft.id)
        await settle(pilot)
        app.notify("Marked it as posted", markup=False)
        await pilot.pause()
        toast = app.screen.query_one(Toast)
        hint = app.screen.query_one("#hint")
        assert toast.region.bottom <= hint.region.bottom - 1
        assert hint.content_size.height <= 3


async def test_posting_is_offered_when_all_is_copied(portfolio: Context, copied: list[str]) -> None:
    draft = _write(portfolio, "t00003")
    async with _walking(portfolio, draft.id) as (app, pilot):
        await _press(pilot, "p", "n", *["enter"] * 4, "p")
        assert _walk(app).check_action("post", ()) is None
        await _press(pilot, "enter")
        assert "p marks it posted" in _hint(app)
        await _press(pilot, "enter")
        assert rows(portfolio, "SELECT state FROM note WHERE id = ?", draft.id) == [("draft",)]
        await _press(pilot, "p")
        assert isinstance(app.screen, PostingDialog)
        await _press(pilot, "escape")
        assert not _walk(app).posted
        await _press(pilot, "p", "enter")
        assert _walk(app).posted
        assert any(told.rank and told.notes for told in app.told)
        due = next_due(portfolio)
        assert due is not None
        assert _hint(app).startswith(f"Posted. Next: {due.called}, ")
        assert _walk(app).check_action("post", ()) is None
        await _press(pilot, "n")
        assert app.ended == [Walked(True, Open(due.kind, due.tenant_id, due.tag))]
    query = "SELECT state, posted_on FROM note WHERE id = ?"
    assert rows(portfolio, query, draft.id) == [("posted", "2026-11-21")]
    assert rows(portfolio, "SELECT count(*) FROM meta WHERE name LIKE 'walk %'") == [(0,)]


async def test_before_posting_nobody_says_that_nothing_else_is_due(
    portfolio: Context, copied: list[str]
) -> None:
    """What is due next is looked for once this note stands in FTOP; other notes may well be due."""
    async with _walking(portfolio, _write(portfolio, "t00003").id, (80, 24)) as (app, pilot):
        await _press(pilot, "n")
        assert isinstance(app.screen, WalkScreen)
        assert "once this note is marked posted" in _walk(app).why_not("next")
        await _press(pilot, *["enter"] * 5, "p", "enter")
        assert _walk(app).upcoming is not None


async def test_the_question_shows_what_the_checks_warn_of(
    portfolio: Context, copied: list[str]
) -> None:
    """As in the form: the walk is no way around a warning."""
    async with _walking(
        portfolio, _write(portfolio, "t00003", ("next_update", "2027-06-30")).id
    ) as (app, pilot):
        await _press(pilot, *["enter"] * 5, "p")
        dialog = app.screen
        assert isinstance(dialog, PostingDialog)
        assert any(detail.startswith("ES-14: ") for detail in dialog.details)


async def test_a_draft_changed_elsewhere_is_read_anew_and_not_posted(
    portfolio: Context, copied: list[str]
) -> None:
    draft = _write(portfolio, "t00003")
    async with _walking(portfolio, draft.id) as (app, pilot):
        await _press(pilot, *["enter"] * 5)
        body = with_fields(draft.body, [("overview", "Plants wait")], portfolio.pack)
        notes.save_draft(portfolio, draft.with_body(body))
        await _press(pilot, "p", "enter")
        assert isinstance(app.screen, ErrorDialog)
        await _press(pilot, "escape")
        assert app.screen.query_one("#text", Preview).text == "Plants wait"
        assert _done(app) == set(_FIELDS) - {"O365 Deployment Status Current Overview"}
        await _press(pilot, "enter", "p", "enter")
        assert _walk(app).posted
    assert "Plants wait" in rows(portfolio, "SELECT text FROM note WHERE id = ?", draft.id)[0][0]


async def test_a_posted_or_an_empty_note_offers_no_posting(
    portfolio: Context, copied: list[str]
) -> None:
    draft = _write(portfolio, "t00003")
    notes.post(portfolio, draft.id)
    async with _walking(portfolio, draft.id, (80, 24)) as (app, pilot):
        await _press(pilot, *["enter"] * 5, "p")
        assert len(copied) == 5
        assert isinstance(app.screen, WalkScreen)
        await _press(pilot, "escape")
        empty = notes.save_draft(portfolio, notes.open_draft(portfolio, NoteKind.OVERALL, "t00003"))
        app.go(empty.id)
        await settle(pilot)
        await _press(pilot, "enter", "down", "space", "p", "n")
        assert isinstance(app.screen, WalkScreen)
        assert len(copied) == 5


async def test_a_note_that_is_gone_is_said_and_left(portfolio: Context) -> None:
    async with _walking(portfolio, "gone", (80, 24)) as (app, pilot):
        assert isinstance(app.screen, ErrorDialog)
        await _press(pilot, "escape", "enter", "p", "escape")
        assert app.ended == [Walked(posted=False)]


async def test_a_click_goes_to_a_field_and_copies_nothing(
    portfolio: Context, copied: list[str]
) -> None:
    async with _walking(portfolio, _write(portfolio, "t00003").id) as (app, pilot):
        await pilot.click(FieldList, offset=(8, 3))
        await settle(pilot)
        assert app.screen.query_one("#text", Preview).text == "Plants follow in January"
        assert copied == []


@pytest.mark.parametrize(
    ("tenant", "size"),
    [("t00000", (80, 24)), ("t00001", (120, 40)), ("t00002", (80, 24)), ("t00003", (200, 60)),
     ("t00004", (80, 24)), ("t00006", (120, 40)), ("t00007", (80, 24)), ("t00008", (80, 24))],
)  # fmt: skip
async def test_hostile_names_and_texts_are_drawn_letter_by_letter(
    hostile: Context, tenant: str, size: tuple[int, int], copied: list[str]
) -> None:
    text = "[/] [red]x[/] [@click=app.quit]y[/] \x1b]52;c;aGFjaw==\x07 \u202eabc\x00 株式会社" * 9
    draft = _write(hostile, tenant, ("topic", text), ("risks", text), ("brand", text))
    async with _walking(hostile, draft.id, size) as (app, pilot):
        await _press(pilot, *["enter"] * 7)
        assert not FORBIDDEN.search("".join(lines(app)))
        await _press(pilot, "p", "enter")
        assert not FORBIDDEN.search("".join(lines(app)))
        assert _walk(app).posted
        assert app.failed_with is None
    assert len(copied) == 7
    assert "[@click=app.quit]y[/]" in copied[2]
    assert not FORBIDDEN.search("".join(copied))


async def test_twelve_green_notes_at_the_end_of_a_quarter_in_a_row(
    context: Context, copied: list[str]
) -> None:
    """ES-04: next due, write, walk, posted, next, until none is left."""
    house = replace(context, today=lambda: date(2026, 12, 20))
    letters = "abcdefghijkl"
    _twelve_green(house, letters)
    first = next_due(house)
    assert first is not None

    def write_the_next(walked: Walked) -> str | None:
        if walked.open is None:
            return None
        assert walked.open.kind is NoteKind.ENTERPRISE
        return _write(house, walked.open.tenant_id).id

    async with _walking(house, _write(house, first.tenant_id).id) as (app, pilot):
        app.then = write_the_next
        for _ in letters:
            await _press(pilot, *["enter"] * 5, "p", "enter")
            assert _walk(app).posted
            last = _walk(app).upcoming is None
            if not last:
                await _press(pilot, "n")
        assert last
        assert _hint(app) == "Posted. No other note is due."
        await _press(pilot, "n", "escape")
    assert len(app.ended) == len(letters)
    assert app.ended[-1] == Walked(posted=True)
    assert next_due(house) is None
    query = "SELECT tenant_id FROM note WHERE state = 'posted' AND posted_on = '2026-12-20'"
    assert sorted(rows(house, query)) == [(letter,) for letter in letters]
    assert rows(house, "SELECT count(*) FROM note WHERE state = 'draft'") == [(0,)]
    assert rows(house, "SELECT count(*) FROM meta WHERE name LIKE 'walk %'") == [(0,)]
    assert len(copied) == len(letters) * len(_FIELDS)


def _twelve_green(context: Context, letters: str) -> None:
    """Customers whose Enterprise note is of the quarter before."""
    made, day = date(2026, 1, 5), date(2026, 9, 3)
    with context.writer().unit("test") as unit:
        for letter in letters:
            unit.session.add(
                Customer(id=f"c-{letter}", tpid=f"6{ord(letter)}", name=f"Contoso {letter}",
                         health="green", created_on=made)
            )  # fmt: skip
            unit.session.flush()
            unit.session.add(
                Tenant(id=letter, customer_id=f"c-{letter}", name=f"Contoso {letter}",
                       winner_marked=True, created_on=made)
            )  # fmt: skip
            unit.session.flush()
            instant = f"{day.isoformat()}T08:00:00+00:00"
            unit.session.add(
                Note(id=f"n-{letter}", kind="enterprise", customer_id=f"c-{letter}",
                     tenant_id=letter, state="posted", body="{}", text="Goes on.",
                     created_at=instant, updated_at=instant, posted_on=day, posted_at=instant,
                     source="app", version=1)
            )  # fmt: skip
