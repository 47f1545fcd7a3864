"""Stores of every schema that was ever released, with data, are upgraded whole or not at all."""

from pathlib import Path

import pytest

from ftop_tui.errors import NotFoundError, StoreError
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.services import backups, doctor, history, notes, portfolio, searching
from ftop_tui.services.context import Context
from ftop_tui.store import migrate
from ftop_tui.store.bodies import to_json, whole_json
from ftop_tui.store.journal import Row, RowChange, pack_changes, unpack_changes
from ftop_tui.store.schema import VERSION
from ftop_tui.store.tables import Note
from ftop_tui.store.verifying import is_whole
from house import FABRIKAM, by_hand, dump, make_house

from .older import IGNORED, migrations, old_store


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_store_of_an_earlier_schema_is_upgraded_with_all_it_holds(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """Promise 3."""
    house = old_store(stocked, version, tmp_path, monkeypatch)
    with by_hand(house.store) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    house.writer()
    kept = house.paths.data_dir / "backups" / f"schema-{version}-{house.store.name}"
    with by_hand(kept) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert is_whole(connection)
    assert dump(house.store, *IGNORED) == dump(stocked.store, *IGNORED)
    assert [f.message for f in doctor.examine(house) if f.check not in {"winner", "backups"}] == []
    assert searching.search(house, "blocked") == searching.search(stocked, "blocked")
    assert portfolio.load(house).ranked == portfolio.load(stocked).ranked
    before = dump(kept)
    backups.restore(house, kept)  # the way back: it is upgraded again
    assert dump(house.store) == before
    again = make_house(tmp_path / "old")
    again.writer()
    assert dump(again.store, *IGNORED) == dump(stocked.store, *IGNORED)


def test_notes_of_schema_4_keep_the_figures_that_stood_when_they_were_posted(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EN-18: those of which nobody knows them any more keep none, as other kinds and drafts."""
    with by_hand(stocked.store) as connection:
        connection.execute("UPDATE workload SET usage_as_of = '2026-11-10'")
        for day in (9, 10, 11):
            connection.execute(_COPIED_NOTE, {"id": f"n{day}", "day": f"2026-11-{day:02}"})
        connection.execute("UPDATE note SET posted_on = '2026-11-20' WHERE id NOT LIKE 'n%'")
        connection.execute(_COPIED_NOTE, {"id": "draft", "day": "2026-11-20"})
        connection.execute("UPDATE note SET state = 'draft' WHERE id = 'draft'")
        connection.execute(_COPIED_NOTE, {"id": "call", "day": "2026-11-20"})
        connection.execute("UPDATE note SET kind = 'overall' WHERE id = 'call'")
    house = old_store(stocked, 4, tmp_path, monkeypatch)
    house.writer()
    with by_hand(house.store) as connection:
        query = "SELECT id, paid_units, active_users, usage_as_of FROM note WHERE tag = 'EXO'"
        found = {note_id: kept for note_id, *kept in connection.execute(query)}
    figures, nothing = [12000, 4900, "2026-11-10"], [None, None, None]
    assert found.pop("n9") == found.pop("draft") == found.pop("call") == nothing
    assert len(found) == 3
    assert all(kept == figures for kept in found.values())


_COPIED_NOTE = (
    "INSERT INTO note (id, kind, customer_id, tenant_id, tag, state, body, text, created_at, "
    "updated_at, posted_on, source, version) SELECT :id, kind, customer_id, tenant_id, tag, state, "
    "body, text, created_at, updated_at, :day, source, version "
    "FROM note WHERE kind = 'entitlement' AND tag = 'EXO' LIMIT 1"
)


def test_what_was_done_before_the_upgrade_can_be_undone_and_done_again(stocked: Context) -> None:
    """Promise 4: steps of schema 3 hold the whole body of a note, whose row no longer does."""
    draft = notes.new_draft(stocked, NoteKind.ENTITLEMENT, FABRIKAM, "EXO")
    status = EntitlementStatus.BLOCKED
    notes.save_draft(stocked, draft.with_body(EntitlementBody(status=status, text="One")))
    with stocked.writer().unit("test", "Changed a note") as unit:
        note = unit.session.get(Note, draft.id)
        assert note is not None
        note.body, note.text = to_json(EntitlementBody(text="Two"), "Two"), "Two"
        unit.session.add(note)
    with by_hand(stocked.store) as connection:
        for step, blob in connection.execute("SELECT id, changes FROM step").fetchall():
            changes = [_as_of_schema_3(change) for change in unpack_changes(blob)]
            connection.execute(
                "UPDATE step SET changes = ? WHERE id = ?", (pack_changes(changes), step)
            )
    assert history.undo(stocked)
    assert notes.load(stocked, draft.id).draft.body == EntitlementBody(status=status, text="One")
    assert history.redo(stocked)
    assert notes.load(stocked, draft.id).draft.body == EntitlementBody(text="Two")
    assert history.undo(stocked)
    assert history.undo(stocked)
    with pytest.raises(NotFoundError):
        notes.load(stocked, draft.id)


def _as_of_schema_3(change: RowChange) -> RowChange:
    def whole(row: Row | None) -> Row | None:
        return row and {**row, "body": whole_json(row["body"], row["text"])}

    if change.table != "note":
        return change
    return change._replace(before=whole(change.before), after=whole(change.after))


_REBUILT = '''
"""Replaces a table that others point to, as Alembic's batch mode does."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "{new}", "{old}", None, None

def upgrade():
    with op.batch_alter_table("customer", recreate="always") as batch:
        batch.add_column(sa.Column("motto", sa.String()))
    {then}
'''


def _with_one_more(folder: Path, monkeypatch: pytest.MonkeyPatch, then: str = "pass") -> None:
    more = _REBUILT.format(new=f"{VERSION + 1:04}", old=f"{VERSION:04}", then=then)
    place = migrations(folder, upto=VERSION, more=more)
    monkeypatch.setattr(migrate, "files", lambda _package: place)
    monkeypatch.setattr(migrate, "VERSION", VERSION + 1)


def test_replacing_a_table_that_others_point_to_takes_no_child_with_it(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 3."""
    before = dump(stocked.store, "customer", *IGNORED)
    assert before["workload"]
    _with_one_more(tmp_path, monkeypatch)
    migrate.upgrade(stocked.store)
    assert dump(stocked.store, "customer", *IGNORED) == before
    with by_hand(stocked.store) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(motto), count(*) FROM customer").fetchone()[1]


@pytest.mark.parametrize(
    "then",
    [
        'op.execute("DELETE FROM customer")',  # leaves children that point nowhere
        'op.execute("INSERT INTO nowhere VALUES (1)")',
    ],
)
def test_a_migration_that_fails_changes_nothing(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    """Promise 3 and 4."""
    before = dump(stocked.store)
    _with_one_more(tmp_path, monkeypatch, then)
    with pytest.raises(StoreError):
        migrate.upgrade(stocked.store)
    assert dump(stocked.store) == before
    assert portfolio.find(portfolio.load(stocked), FABRIKAM)
    assert backups.backup(stocked).exists()
