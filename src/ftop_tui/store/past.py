"""What was before, by plain sqlite3: the notes of one place, and the steps that can be undone."""

import sqlite3
from typing import NamedTuple

from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.stored import flag
from ftop_tui.playbook.values import NoteKind
from ftop_tui.store.read_model import NOTE_COLUMNS, summary


class StepRow(NamedTuple):
    """One step of the journal, without the rows that it holds."""

    at: str
    verb: str
    sentence: str
    undone: bool


def notes_of_place(
    connection: sqlite3.Connection, tenant_id: str, kind: NoteKind, tag: str | None
) -> list[NoteSummary]:
    """All notes of a kind on a tenant or one workload of it: drafts, then the newest first."""
    rows = connection.execute(
        f"SELECT {NOTE_COLUMNS} FROM note n "  # noqa: S608 - constants of ours alone
        "WHERE n.tenant_id = ? AND n.kind = ? AND n.tag IS ? "
        "ORDER BY n.state, n.posted_on DESC, coalesce(n.posted_at, n.updated_at) DESC, "
        "n.number DESC",
        (tenant_id, kind.value, tag),
    )
    return [note for note in map(summary, rows) if note is not None]


def tenant_name(connection: sqlite3.Connection, tenant_id: str) -> str | None:
    """A tenant's name; None where there is no such tenant."""
    row = connection.execute("SELECT name FROM tenant WHERE id = ?", (tenant_id,)).fetchone()
    return None if row is None else str(row[0])


def read_steps(connection: sqlite3.Connection, limit: int) -> list[StepRow]:
    """The last steps, newest first, those that were undone among them."""
    rows = connection.execute(
        "SELECT at, verb, sentence, undone FROM step ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [StepRow(at, verb, sentence, bool(flag(undone))) for at, verb, sentence, undone in rows]
