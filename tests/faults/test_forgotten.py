"""What is deleted for good is in no byte of the store's folder, wherever it had been written."""

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import backups, demo, forgetting, history, notes, portfolio, searching
from ftop_tui.services.context import Context
from ftop_tui.store import facts
from house import FABRIKAM, by_hand

from .tour import text_columns

WORD = "Zyzzyvaquux"


def files_with_the_word(*folders: Path) -> list[Path]:
    """Every file in which it stands, in either case: the index keeps words in small letters."""
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and WORD.lower().encode() in path.read_bytes().lower()
    ]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files, SQLite's as well."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("SQLITE_TMPDIR", str(place))
    return place


def test_a_text_leaves_pages_index_log_and_journal_and_only_backups_hold_it(
    stocked: Context, temporary: Path
) -> None:
    """Promise 8: a note that was saved, changed, posted, undone and done again."""
    draft = notes.open_draft(stocked, NoteKind.OVERALL, FABRIKAM)
    for number in range(40):  # over many pages, some of them free again
        text = f"{WORD}{number} " * 300 if number % 2 else WORD
        draft = notes.save_draft(stocked, replace(draft, body=OverallBody(text=text)))
    notes.post(stocked, draft.id, anyway="no next action")
    history.undo(stocked)
    history.redo(stocked)
    kept = backups.backup(stocked)
    reader = sqlite3.connect(stocked.store)  # its log must not keep it either
    assert reader.execute("SELECT count(*) FROM note").fetchone()
    assert files_with_the_word(stocked.paths.data_dir) != [kept]
    said = forgetting.forget_note(stocked, draft.id)
    reader.close()
    assert files_with_the_word(stocked.paths.data_dir, temporary) == [kept]
    assert said.held.backups == (kept,)
    assert searching.search(stocked, WORD) == []
    assert history.undo(stocked) is None
    forgetting.drop_backups(stocked)
    assert files_with_the_word(stocked.paths.data_dir, temporary) == []


NOT_THE_CUSTOMERS = {"partner", "review"}
"""A partner's name and a meeting's region belong to no customer."""


def test_a_customer_takes_every_text_of_every_table_along(
    context: Context, temporary: Path
) -> None:
    """Promise 8: a column or table that is new cannot be forgotten."""
    demo.build(context, 1, 1)
    with by_hand(context.store) as connection:
        for table, column in text_columns(connection):
            if table not in NOT_THE_CUSTOMERS and column != "body":
                query = f'UPDATE "{table}" SET "{column}" = ? || rowid'  # noqa: S608
                connection.execute(query, (WORD,))
        connection.execute("UPDATE note SET body = json_set(body, '$.text', ?)", (WORD,))
    with context.writer().looking() as session:
        ids = [row[0] for row in session.connection().exec_driver_sql("SELECT id FROM customer")]
        facts.refresh(session, ids, context.today())
    assert files_with_the_word(context.paths.data_dir)
    for ranked in portfolio.load(context).ranked:
        forgetting.forget_tenant(context, ranked.facts.tenant_id)
    assert files_with_the_word(context.paths.data_dir, temporary) == []
