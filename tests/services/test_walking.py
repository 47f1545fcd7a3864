"""The posting walk's memory, and the next note that is due."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ftop_tui.errors import ConflictError, NotFoundError, RefusedError
from ftop_tui.playbook.notes import with_fields
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import clipboard, history, notes, walking
from ftop_tui.services.context import Context
from ftop_tui.services.due_notes import DueNote, next_due
from ftop_tui.services.notes import Draft
from ftop_tui.store.tables import Customer, Note, Record, Tenant, Workload
from house import TODAY, by_hand, dump

_GREEN = (
    ("reason", "Major Brand"), ("status", "green"), ("topic", "Rollout"),
    ("overview", "Plants follow in January"), ("next_update", "2026-12-31"),
)  # fmt: skip


def _customer(
    context: Context, letter: str, *, health: str = "green", age: int | None = 10, **more: Any
) -> str:
    """A customer of one tenant with an Enterprise note of so many days; its tenant's id."""
    with context.writer().unit("test") as unit:
        unit.session.add(
            Customer(
                id=f"c-{letter}", tpid=f"64{ord(letter)}", name=f"Customer {letter}",
                health=health, created_on=date(2026, 1, 5), fm=more.get("fm"),
            )
        )  # fmt: skip
        unit.session.flush()
        unit.session.add(
            Tenant(
                id=letter, customer_id=f"c-{letter}", name=f"Tenant {letter}",
                winner_marked=True, created_on=date(2026, 1, 5),
            )
        )  # fmt: skip
        unit.session.flush()
        if age is not None:
            unit.session.add(_note(letter, "enterprise", TODAY - timedelta(days=age)))
        for kind in ("event", "exec-request"):
            if kind in more.get("records", ()):
                unit.session.add(
                    Record(
                        id=f"r-{letter}-{kind}", kind=kind, customer_id=f"c-{letter}", day=TODAY,
                        text="Merger", source="app", created_at="2026-11-21T08:00:00+00:00",
                    )
                )  # fmt: skip
        for tag, since in more.get("blocked", {}).items():
            unit.session.add(
                Workload(tenant_id=letter, tag=tag, status="blocked", status_since=since)
            )
    return letter


def _note(letter: str, kind: str, posted: date, tag: str | None = None) -> Note:
    return Note(
        id=f"n-{letter}-{tag}-{posted}", kind=kind, customer_id=f"c-{letter}", tenant_id=letter,
        tag=tag, state="posted", body="{}", text="Rollout goes on.", source="app", version=1,
        created_at="2026-10-01T08:00:00+00:00", updated_at="2026-10-01T08:00:00+00:00",
        posted_on=posted, posted_at="2026-10-01T08:00:00+00:00",
    )  # fmt: skip


def _draft(context: Context, tenant: str, kind: NoteKind = NoteKind.ENTERPRISE) -> Draft:
    draft = notes.open_draft(context, kind, tenant)
    fields = _GREEN if kind is NoteKind.ENTERPRISE else (("text", "A call."),)
    body = with_fields(draft.body, fields, context.pack)
    return notes.save_draft(context, draft.with_body(body))


def _metas(context: Context) -> list[str]:
    with by_hand(context.store) as connection:
        rows = connection.execute("SELECT name FROM meta WHERE name LIKE 'walk %'")
        return [name for (name,) in rows]


def _due(context: Context, **options: Any) -> tuple[str, str, str | None] | None:
    found = next_due(context, **options)
    return found and (found.tenant_id, found.kind.value, found.tag)


# The walk.


def test_ticks_are_there_after_a_restart(empty: Context) -> None:
    draft = _draft(empty, _customer(empty, "a"))
    walk = walking.start(empty, draft.id)
    assert (walk.done, walk.is_complete, walk.next_after(0)) == (frozenset(), False, 1)
    walk = walking.tick(empty, walk, "Reason")
    walk = walking.tick(empty, walk, "Next Update")
    assert walking.start(empty, draft.id[:9]) == walk
    assert (walk.called, walk.note.tenant_name) == ("Customer a", "Tenant a")
    walk = walking.tick(empty, walk, "Reason", on=False)
    assert walking.start(empty, draft.id).done == {"Next Update"}
    assert walk.next_after(len(walk.fields) - 1) == 0


def test_a_text_that_changed_is_to_be_copied_again(empty: Context) -> None:
    draft = _draft(empty, _customer(empty, "a"))
    walk = walking.start(empty, draft.id)
    for field in walk.fields:
        walk = walking.tick(empty, walk, field.name)
    assert walk.is_complete
    body = with_fields(draft.body, [("topic", "Pilot"), ("risks", "Licences end")], empty.pack)
    notes.save_draft(empty, draft.with_body(body))
    again = walking.start(empty, draft.id)
    assert {f.name for f in again.fields} - again.done == {"Exec Summary", "Risks"}


def test_a_posted_note_has_no_ticks_in_the_store(empty: Context) -> None:
    draft = _draft(empty, _customer(empty, "a"))
    walk = walking.tick(empty, walking.start(empty, draft.id), "Reason")
    assert _metas(empty) == [f"walk {draft.id}"]
    changes = walking.post(empty, walk, on=TODAY - timedelta(days=1))
    assert changes.rank
    assert changes.notes
    assert _metas(empty) == []
    assert notes.load(empty, draft.id).posted_on == TODAY - timedelta(days=1)
    again = walking.start(empty, draft.id)
    assert again.is_posted
    assert walking.tick(empty, again, "Status").done == {"Status"}
    assert _metas(empty) == [], "a note that is posted is copied without a trace"
    assert (history.undo(empty) or "").startswith("Marked Tenant a"), "forgetting is no step"


def test_what_was_changed_elsewhere_is_not_marked_posted(empty: Context) -> None:
    """FTOP holds the text that was copied; the record must not say that it holds another."""
    draft = _draft(empty, _customer(empty, "a"))
    walk = walking.tick(empty, walking.start(empty, draft.id), "Reason")
    body = with_fields(draft.body, [("topic", ""), ("progress", "Done")], empty.pack)
    notes.save_draft(empty, draft.with_body(body))
    before = dump(empty.store)
    with pytest.raises(ConflictError) as caught:
        walking.post(empty, walk)
    assert list(caught.value.details) == ["Exec Summary"]
    assert dump(empty.store) == before


def test_what_blocks_posting_blocks_it_in_the_walk(empty: Context) -> None:
    tenant = _customer(empty, "a")
    draft = notes.save_draft(empty, notes.open_draft(empty, NoteKind.ENTERPRISE, tenant))
    walk = walking.tick(empty, walking.start(empty, draft.id), "Next Update")
    with pytest.raises(RefusedError):
        walking.post(empty, walk)
    assert _metas(empty) == [f"walk {draft.id}"]
    walking.post(empty, walk, anyway="It stands there so.")
    assert notes.load(empty, draft.id).anyway == "It stands there so."


@pytest.mark.parametrize("kept", ["", "[1]", "{", '{"Reason": 3}', '"x"', "null"])
def test_ticks_that_cannot_be_read_are_none(kept: str, empty: Context) -> None:
    draft = _draft(empty, _customer(empty, "a"))
    empty.writer().remember(f"walk {draft.id}", kept)
    assert walking.start(empty, draft.id).done == frozenset()


def test_copying_ticks_and_a_copy_that_failed_does_not(
    empty: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = _draft(empty, _customer(empty, "a"))
    walk = walking.start(empty, draft.id)
    taken: list[str] = []

    def take(text: str) -> bool:
        taken.append(text)
        return True

    monkeypatch.setattr(clipboard, "copy_natively", take)
    walk, said = walking.copy(empty, walk, 1, taken.append)
    assert (taken, walk.done) == (["Green"], frozenset({"Status"}))
    assert said.startswith("Copied")

    def fail(*_: object) -> str:
        raise NotFoundError("no clipboard")

    monkeypatch.setattr(clipboard, "copy", fail)
    with pytest.raises(NotFoundError):
        walking.copy(empty, walk, 0, taken.append)
    assert walking.start(empty, draft.id).done == {"Status"}


# The next note that is due.


def test_without_a_store_or_a_tenant_nothing_is_due(context: Context) -> None:
    assert next_due(context) is None
    assert not context.store.exists()
    context.writer()
    assert next_due(context) is None


def test_the_most_urgent_tenant_comes_first(empty: Context) -> None:
    _customer(empty, "a")
    _customer(empty, "b", health="red", age=16)
    _customer(empty, "c", health="red", age=24)
    _customer(empty, "d", health="yellow", age=12)
    due = next_due(empty)
    assert due == DueNote(
        "c", "Tenant c", NoteKind.ENTERPRISE, None, "Note 24 days old, limit 21", "Customer c"
    )
    assert _due(empty, after="c") == ("b", "enterprise", None)
    assert _due(empty, after="b") == ("d", "enterprise", None)
    assert _due(empty, after="d") == ("c", "enterprise", None), "from the top again"
    assert _due(empty, after="nobody") == ("c", "enterprise", None)
    notes.post(empty, _draft(empty, "c").id)
    assert _due(empty) == ("b", "enterprise", None)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"records": ("event",)}, "enterprise"),
        ({"records": ("exec-request",)}, "exec-summary"),
        ({"health": "red", "age": None}, "enterprise"),
    ],
)
def test_the_factor_says_which_kind_of_note(more: Any, kind: str, empty: Context) -> None:
    _customer(empty, "a", **more)
    assert _due(empty) == ("a", kind, None)


def test_what_is_well_is_not_due(empty: Context) -> None:
    _customer(empty, "a")
    _customer(empty, "b", health="blue")
    assert next_due(empty) is None


def test_a_blocked_workload_is_due_when_its_note_is_older_than_its_status(empty: Context) -> None:
    """EN-18."""
    since = TODAY - timedelta(days=3)
    _customer(empty, "a", blocked={"EXO": since, "INTUNE": since, "SPO": since})
    with empty.writer().unit("test") as unit:
        unit.session.add(_note("a", "entitlement", since, "EXO"))
        unit.session.add(_note("a", "entitlement", since - timedelta(days=1), "INTUNE"))
        unit.session.add(_note("a", "entitlement", since + timedelta(days=1), "SPO"))
    due = next_due(empty)
    assert due is not None
    assert (due.kind, due.tag, due.reason) == (
        "entitlement", "INTUNE", "INTUNE blocked, its note is older",
    )  # fmt: skip
    with empty.writer().unit("test") as unit:
        unit.session.add(_note("a", "entitlement", TODAY, "INTUNE"))
    assert next_due(empty) is None


def test_a_blocked_workload_without_a_note_is_due(empty: Context) -> None:
    _customer(empty, "a", blocked={"EXO": None})
    due = next_due(empty)
    assert due is not None
    assert (due.tag, due.reason) == ("EXO", "EXO blocked, and no note says so")


def test_a_draft_waits_after_what_is_due(empty: Context) -> None:
    _customer(empty, "a")
    draft = _draft(empty, "a", NoteKind.OVERALL)
    _customer(empty, "b", health="red", age=12)
    assert _due(empty) == ("b", "enterprise", None)
    assert _due(empty, after="b") == ("a", "overall", None)
    notes.post(empty, draft.id)
    assert _due(empty, after="b") == ("b", "enterprise", None)


def test_what_is_marked_posted_today_on_an_earlier_day_is_not_due_again(empty: Context) -> None:
    """Else a note that was posted late would be offered again and again."""
    _customer(empty, "a", health="red", age=40)
    notes.post(empty, _draft(empty, "a").id, on=TODAY - timedelta(days=18))
    assert next_due(empty) is None


def test_with_me_only_my_own_are_due(empty: Context) -> None:
    _customer(empty, "a", health="red", age=30, fm="Grace Lee")
    _customer(empty, "b", health="red", age=12, fm="Ada Byron")
    assert _due(empty, me=("ada byron",)) == ("b", "enterprise", None)
    assert _due(empty, me=("Nobody",)) is None
    assert _due(empty) == ("a", "enterprise", None)


def test_twelve_green_customers_at_the_end_of_a_quarter_are_written_in_a_row(
    empty: Context,
) -> None:
    """ES-04: next due, draft, walk, posted, until none is left."""
    last_days = replace(empty, today=lambda: date(2026, 12, 20))
    for letter in "abcdefghijkl":
        _customer(empty, letter, age=80)  # in the quarter before
    assert next_due(empty) is None
    written = []
    while (due := next_due(last_days)) is not None:
        assert due.kind is NoteKind.ENTERPRISE
        walk = walking.start(last_days, _draft(last_days, due.tenant_id).id)
        for field in walk.fields:
            walk = walking.tick(last_days, walk, field.name)
        walking.post(last_days, walk)
        written.append(due.tenant_id)
    assert written == sorted("abcdefghijkl")
    assert _metas(empty) == []
