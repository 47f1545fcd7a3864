"""The notes of one place through time, what differs, corrections, and the list of steps."""

from datetime import date

import pytest

from ftop_tui.errors import NotFoundError, RefusedError
from ftop_tui.playbook.notes import EntitlementBody, OverallBody
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services import history as past
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.services.note_history import before, diff, history
from house import FABRIKAM, WOODGROVE, dump


def _write(context: Context, text: str, posted: date | None = None, tag: str | None = None) -> str:
    kind = NoteKind.ENTITLEMENT if tag else NoteKind.OVERALL
    body = EntitlementBody(text=text) if tag else OverallBody(text=text)
    draft = notes.new_draft(context, kind, FABRIKAM, tag).with_body(body)
    notes.save_draft(context, draft)
    if posted:
        notes.post(context, draft.id, on=posted, anyway="for the test")
    return draft.id


def test_drafts_come_first_then_the_newest_posted(stocked: Context) -> None:
    newer = _write(stocked, "newer", date(2026, 11, 10))
    older = _write(stocked, "older", date(2026, 11, 2))
    same_day = _write(stocked, "later on that day", date(2026, 11, 10))
    first, second = _write(stocked, "a draft"), _write(stocked, "another")
    found = history(stocked, FABRIKAM, NoteKind.OVERALL)
    assert [note.id for note in found] == [second, first, same_day, newer, older]
    assert [note.state for note in found][:3] == [
        NoteState.DRAFT, NoteState.DRAFT, NoteState.POSTED,
    ]  # fmt: skip
    assert history(stocked, WOODGROVE, NoteKind.OVERALL) == []


def test_each_workload_has_a_history_of_its_own(stocked: Context) -> None:
    exo, spo = _write(stocked, "one", tag="EXO"), _write(stocked, "two", tag="SPO")

    def ids(tag: str | None) -> set[str]:
        return {note.id for note in history(stocked, FABRIKAM, NoteKind.ENTITLEMENT, tag)}

    assert exo in ids("EXO")
    assert spo in ids("SPO")
    assert not ids("EXO") & ids("SPO")
    assert ids(None) == set()


def test_without_a_store_there_is_no_history_and_none_is_made(context: Context) -> None:
    assert history(context, FABRIKAM, NoteKind.OVERALL) == []
    assert past.steps(context) == []
    assert not context.store.exists()


def test_the_difference_is_of_the_texts_as_ftop_has_them(stocked: Context) -> None:
    old = _write(stocked, "40 mailboxes moved", date(2026, 11, 2))
    new = _write(stocked, "90 mailboxes moved")
    changed = [line for line in diff(stocked, old, new) if line.sort != "same"]
    assert [(line.sort, line.text) for line in changed] == [
        ("removed", "40 mailboxes moved"),
        ("added", "90 mailboxes moved"),
    ]
    assert [line.sort for line in diff(stocked, new, new)] == ["same"]


def test_before_a_note_is_the_one_posted_last(stocked: Context) -> None:
    first = _write(stocked, "first", date(2026, 11, 2))
    second = _write(stocked, "second", date(2026, 11, 10))
    older_draft, draft = _write(stocked, "draft"), _write(stocked, "draft")
    assert before(stocked, draft).id == second
    assert before(stocked, older_draft).id == second, "a draft is not what stood before"
    assert before(stocked, second).id == first
    with pytest.raises(NotFoundError):
        before(stocked, first)
    with pytest.raises(NotFoundError):
        diff(stocked, first, "nothing-like-it")


def test_a_correction_is_a_new_draft_and_leaves_the_posted_note_alone(stocked: Context) -> None:
    posted = _write(stocked, "40 mailboxes moved", date(2026, 11, 2))
    rows = dump(stocked.store)
    draft = notes.correct(stocked, posted)
    assert dump(stocked.store) == rows, "not stored yet"
    assert draft.id != posted
    assert draft.version == 0
    assert draft.body == notes.load(stocked, posted).draft.body
    saved = notes.save_draft(stocked, draft.with_body(OverallBody(text="41 mailboxes moved")))
    assert before(stocked, saved.id).id == posted
    assert notes.load(stocked, posted).text == "40 mailboxes moved"
    assert notes.load(stocked, saved.id).state is NoteState.DRAFT


def test_a_draft_needs_no_correction(stocked: Context) -> None:
    with pytest.raises(RefusedError):
        notes.correct(stocked, _write(stocked, "a draft"))


def test_the_steps_are_what_undo_takes_back_in_turn(stocked: Context) -> None:
    _write(stocked, "one", date(2026, 11, 2))
    listed = past.steps(stocked)
    assert [step.verb for step in listed][:2] == ["post", "draft"]
    assert listed[0].at > listed[1].at
    assert past.undo(stocked) == listed[0].sentence
    assert [step.undone for step in past.steps(stocked)][:2] == [True, False]
    assert past.undo(stocked) == listed[1].sentence
    assert past.redo(stocked) == listed[1].sentence
    assert [step.undone for step in past.steps(stocked)][:2] == [True, False]
    assert past.steps(stocked, limit=1) == past.steps(stocked)[:1]
