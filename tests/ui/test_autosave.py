"""Drafts save themselves: soon after the last key, never far behind."""

import asyncio
import re
import time
from dataclasses import replace
from itertools import count

import pytest
from textual.widgets import Static

from ftop_tui.errors import ConflictError, FtopError, StoreError
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens import autosave
from ftop_tui.screens.autosave import Autosave, Saving
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.services.forgetting import forget_tenant
from ftop_tui.services.notes import Draft
from ftop_tui.widgets.dialogs import ErrorDialog
from ftop_tui.widgets.note_area import NoteArea

from .entitlement import form, texts
from .forms import FormApp, rows, settle

DRAFT = Draft("n1", NoteKind.ENTITLEMENT, "t1", "EXO", EntitlementBody())


class Desk:
    """Listens, keeps what was saved, and runs what it is told to run."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.saved: list[tuple[float, str]] = []
        self.ids: list[str] = []
        self.numbers = count(1)
        self.at_once = 0
        self.most_at_once = 0
        self.trouble: list[FtopError] = []
        self.conflicts: list[ConflictError] = []
        self.fail_with: list[FtopError] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.dropped: list[str] = []
        self.asides = 0
        self.saver = Autosave(DRAFT, self, self.start, self)

    def save(self, draft: Draft) -> Draft:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.seconds)
        self.at_once -= 1
        if self.fail_with:
            raise self.fail_with.pop(0)
        assert isinstance(draft.body, EntitlementBody)
        self.saved.append((time.monotonic(), draft.body.text))
        self.ids.append(draft.id)
        return replace(draft, version=draft.version + 1)

    def drop(self, note_id: str) -> None:
        self.dropped.append(note_id)

    def new_id(self) -> str:
        return f"aside{next(self.numbers)}"

    def start(self, saving: Saving) -> None:
        self.tasks.append(asyncio.ensure_future(saving()))

    def type(self, text: str) -> None:
        self.saver.edit(EntitlementBody(text=text))

    def draft_stored(self, draft: Draft) -> None: ...

    def draft_unsaved(self) -> None: ...

    def draft_in_trouble(self, error: FtopError) -> None:
        self.trouble.append(error)

    def draft_in_conflict(self, error: ConflictError) -> None:
        self.conflicts.append(error)

    def draft_set_aside(self) -> None:
        self.asides += 1


async def test_a_save_starts_within_half_a_second_of_the_last_key() -> None:
    desk = Desk()
    desk.type("a")
    await asyncio.sleep(0.5)
    assert [text for _, text in desk.saved] == ["a"]
    assert not desk.saver.unsaved


async def test_while_keys_go_on_the_store_is_never_two_seconds_behind() -> None:
    desk = Desk()
    began = time.monotonic()
    typed: list[float] = []
    while time.monotonic() - began < 4:
        typed.append(time.monotonic())
        desk.type("x" * len(typed))
        await asyncio.sleep(0.05)
    await asyncio.gather(*desk.tasks)
    for letters, at in enumerate(typed, start=1):
        stored = next(when for when, text in desk.saved if len(text) >= letters)
        assert stored - at < 2


async def test_one_save_at_a_time_and_the_latest_text_wins() -> None:
    desk = Desk(seconds=0.2)
    desk.type("a")
    flushes = [asyncio.ensure_future(desk.saver.flush()) for _ in range(3)]
    await asyncio.sleep(0.05)
    desk.type("ab")
    await asyncio.gather(*flushes, *desk.tasks)
    assert desk.most_at_once == 1
    assert desk.saved[-1][1] == "ab"
    assert desk.saver.draft.version == len(desk.saved) == 2


async def test_what_was_typed_back_to_what_is_stored_is_not_stored_again() -> None:
    desk = Desk()
    desk.type("a")
    desk.type("")
    await asyncio.sleep(0.5)
    assert desk.saved == []


async def test_a_store_that_refuses_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "RETRY_SECONDS", 0.05)
    desk = Desk()
    desk.fail_with = [StoreError("locked"), StoreError("locked")]
    desk.type("a")
    await asyncio.gather(*desk.tasks)
    assert len(desk.trouble) == 2
    assert [text for _, text in desk.saved] == ["a"]


async def test_until_a_conflict_is_settled_what_is_typed_is_set_aside() -> None:
    """Stored as a draft of its own, which goes when the other one was overwritten."""
    desk = Desk()
    desk.fail_with = [ConflictError("changed")]
    desk.type("mine")
    await asyncio.gather(*desk.tasks)
    desk.type("mine too")
    await asyncio.gather(*desk.tasks)
    assert len(desk.conflicts) == 1
    assert [text for _, text in desk.saved] == ["mine", "mine too"]
    assert desk.ids == ["aside1", "aside1"]
    desk.saver.overwrite(replace(DRAFT, version=7, body=EntitlementBody(text="theirs")))
    await asyncio.gather(*desk.tasks)
    assert desk.saved[-1][1] == "mine too"
    assert desk.ids[-1] == "n1"
    assert desk.saver.draft.version == 8
    assert desk.dropped == ["aside1"]


async def test_what_was_set_aside_and_changed_elsewhere_too_is_set_aside_anew() -> None:
    desk = Desk()
    desk.fail_with = [ConflictError("changed"), ConflictError("changed as well")]
    desk.type("mine")
    await asyncio.gather(*desk.tasks)
    assert [text for _, text in desk.saved] == ["mine"]
    assert desk.asides == 1


async def test_a_locked_store_sets_one_draft_aside_and_not_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(autosave, "RETRY_SECONDS", 0.05)
    desk = Desk()
    desk.fail_with = [ConflictError("changed")]
    desk.type("mine")
    await asyncio.gather(*desk.tasks)
    desk.fail_with = [StoreError("locked")]
    desk.type("mine too")
    await asyncio.gather(*desk.tasks)
    assert set(desk.ids) == {desk.saver.aside}


@pytest.mark.parametrize("typed", ["mine", "mine too"])
async def test_to_keep_both_goes_on_with_the_draft_that_was_set_aside(typed: str) -> None:
    desk = Desk(seconds=0.1)
    desk.fail_with = [ConflictError("changed")]
    desk.type("mine")
    await asyncio.gather(*desk.tasks)
    desk.type(typed)
    await asyncio.sleep(0.35)  # it may be on its way aside this moment
    desk.saver.keep_both()
    await desk.saver.flush()
    await asyncio.gather(*desk.tasks)
    assert set(desk.ids) == {"aside1"}
    assert desk.saved[-1][1] == typed
    assert desk.dropped == []
    assert (desk.saver.draft.id, desk.saver.unsaved) == ("aside1", False)


def saved_line(app: FormApp) -> str:
    return str(app.screen.query_one(".saved", Static).render()).strip()


async def test_saved_is_said_only_after_the_commit(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    real = notes.save_draft

    def slow(context: Context, draft: Draft) -> Draft:
        time.sleep(0.3)
        stored = real(context, draft)
        held.extend(texts(context))
        return stored

    monkeypatch.setattr(notes, "save_draft", slow)
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("a")
        for _ in range(100):
            line = saved_line(app)
            if line.startswith("saved"):
                break
            assert line == "unsaved"
            assert not held or line == "unsaved"
            await asyncio.sleep(0.02)
        assert re.fullmatch(r"saved \d\d:\d\d:\d\d", saved_line(app))
        assert held == ["a"]


async def test_leaving_saves_what_was_typed_a_moment_ago(portfolio: Context) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("a", "b", "escape")
        await settle(pilot)
        assert len(app.screen_stack) == 1
        assert any(told.notes for told in app.told)
    assert texts(portfolio) == ["ab"]


async def test_what_the_fields_hold_is_saved_though_their_messages_are_still_on_the_way(
    portfolio: Context,
) -> None:
    """On a busy machine a signal can come before the form has heard of the last key."""
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, EntitlementScreen)
        with screen.prevent(NoteArea.Changed):
            screen.query_one("#text", NoteArea).insert("unheard of")
        await screen.save_now()
    assert texts(portfolio) == ["unheard of"]


async def test_many_saves_of_one_draft_are_one_step_of_undo(portfolio: Context) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for letter in "abc":
            await pilot.press(letter, "ctrl+s")
            await settle(pilot)
    assert rows(portfolio, "SELECT count(*) FROM step WHERE verb = 'draft'") == [(1,)]


async def test_a_store_in_trouble_is_said_once_and_the_form_stays(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(context: Context, draft: Draft) -> Draft:
        raise StoreError("locked by another program")

    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(notes, "save_draft", locked)
        await pilot.press("a")
        await asyncio.sleep(0.6)
        await pilot.pause()
        (told,) = app._notifications
        assert "locked by another program" in told.message
        await pilot.press("b", "escape")  # leaving is refused, for it would lose text
        await pilot.pause(0.5)
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, EntitlementScreen)
        assert saved_line(app).startswith("NOT SAVED")
        monkeypatch.undo()
        await pilot.press("escape")
        await settle(pilot)
    assert texts(portfolio) == ["ab"]


async def test_a_form_of_a_tenant_that_another_program_deleted_says_so_and_can_be_left(
    portfolio: Context,
) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        forget_tenant(portfolio, "t00000")
        await pilot.press("a")
        await asyncio.sleep(0.6)
        await pilot.pause()
        (told,) = app._notifications
        assert "was deleted by another program" in told.message
        assert "t00000" not in told.message
        assert saved_line(app) == "NOT SAVED, deleted elsewhere"
        await pilot.press("b", "escape")
        await pilot.pause(0.5)
        assert "Leave without saving?" in app.seen
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, EntitlementScreen)
        await pilot.press("escape")
        await pilot.pause(0.5)
        await pilot.press("y")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert len(app._notifications) == 1
    assert any(changes.rank and not changes.tenants for changes in app.told)
