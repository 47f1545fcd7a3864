"""A note that was changed elsewhere shows both texts and asks; neither is lost."""

import asyncio
from dataclasses import replace

import pytest

from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.conflict import ConflictDialog
from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.widgets.note_area import NoteArea

from .entitlement import form, texts
from .forms import settle
from .seeing import lines


async def elsewhere(context: Context, text: str) -> None:
    """Somebody else writes on the same draft."""

    def write() -> None:
        draft = notes.open_draft(context, NoteKind.ENTITLEMENT, "t00000", "EXO")
        assert isinstance(draft.body, EntitlementBody)
        notes.save_draft(context, replace(draft, body=replace(draft.body, text=text)))

    await asyncio.to_thread(write)


@pytest.mark.parametrize(("key", "kept"), [("m", "mine!"), ("t", "theirs")])
async def test_a_conflict_shows_both_texts_and_asks_which_to_keep(
    portfolio: Context, key: str, kept: str
) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        await elsewhere(portfolio, "theirs")
        await pilot.press("!")
        await asyncio.sleep(0.6)
        await settle(pilot)
        assert isinstance(app.screen, ConflictDialog)
        assert (app.screen.mine, app.screen.theirs) == ("mine!", "theirs")
        await pilot.press(key)
        await asyncio.sleep(0.6)
        await settle(pilot)
        assert app.screen.query_one("#text", NoteArea).text == kept
    assert texts(portfolio) == [kept]


async def test_an_undecided_conflict_is_asked_again_and_both_can_be_kept(
    portfolio: Context,
) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        await elsewhere(portfolio, "theirs")
        await pilot.press("!", "escape")  # leaving meets the conflict
        await settle(pilot)
        assert isinstance(app.screen, ConflictDialog)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, EntitlementScreen)
        await pilot.press("?", "f3")
        await settle(pilot)
        assert isinstance(app.screen, ConflictDialog)
        await pilot.press("b")
        await settle(pilot)
    assert texts(portfolio) == ["mine!?", "theirs"]


@pytest.mark.parametrize(
    ("key", "kept"), [("m", ["mine"]), ("t", ["theirs"]), ("b", ["mine", "theirs"])]
)
async def test_a_note_that_two_begin_at_once_is_a_conflict_too(
    portfolio: Context, key: str, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QUIET_SECONDS", "BEHIND_SECONDS"):  # no save but by the key
        monkeypatch.setattr(f"ftop_tui.screens.autosave.{name}", 2)
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await elsewhere(portfolio, "theirs")
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, ConflictDialog)
        assert (app.screen.mine, app.screen.theirs) == ("mine", "theirs")
        await pilot.press(key)
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert texts(portfolio) == kept


async def test_while_the_question_stands_what_is_typed_is_in_the_store(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: no ending, however sudden, loses it."""
    monkeypatch.setattr("ftop_tui.screens.conflict.GRACE_SECONDS", 0)

    async def kept(*expected: str) -> None:
        for _ in range(100):
            if texts(portfolio) == sorted(expected):
                return
            await asyncio.sleep(0.1)
        assert texts(portfolio) == sorted(expected)

    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        await elsewhere(portfolio, "theirs")
        await pilot.press("!")
        await kept("mine!", "theirs")
        assert isinstance(app.screen, ConflictDialog)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("?")
        await kept("mine!?", "theirs")
        assert "yours kept apart" in "".join(lines(app))
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("m")
        await kept("mine!?")
        assert app.screen.query_one("#text", NoteArea).text == "mine!?"


async def test_a_note_that_was_deleted_elsewhere_stays_as_a_draft_of_its_own(
    portfolio: Context,
) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        draft = notes.open_draft(portfolio, NoteKind.ENTITLEMENT, "t00000", "EXO")
        await asyncio.to_thread(notes.delete_draft, portfolio, draft.id)
        await pilot.press("!", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, ConflictDialog)
        await asyncio.sleep(1)
        await pilot.press("m")
        await settle(pilot)
        await pilot.press("?", "ctrl+s")
        await settle(pilot)
    assert texts(portfolio) == ["mine!?"]


async def test_keys_that_were_meant_for_the_text_settle_no_conflict(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ftop_tui.screens.conflict.GRACE_SECONDS", 60)
    for name in ("QUIET_SECONDS", "BEHIND_SECONDS"):
        monkeypatch.setattr(f"ftop_tui.screens.autosave.{name}", 2)
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await elsewhere(portfolio, "theirs")
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        await pilot.press("t", "enter", "m", "b", "escape")
        await settle(pilot)
        assert isinstance(app.screen, ConflictDialog)
    assert texts(portfolio) == ["mine", "theirs"]


async def test_an_end_during_a_conflict_keeps_both_texts(portfolio: Context) -> None:
    app = form(portfolio, "EXO")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, EntitlementScreen)
        await elsewhere(portfolio, "theirs")
        await pilot.press("!")
        await asyncio.sleep(0.6)
        await settle(pilot)
        await screen.save_now()
    assert texts(portfolio) == ["mine!", "theirs"]
