"""Each text of a note once, in a smaller file.

A body left its text to the note's column where both are the same. The rows of `note` are numbered
by SQLite itself, which is what the full-text index finds them by: `note_row` did that beside them.
The index of beginnings goes, since the few words that begin so are found in the index of words.
The index by customer holds no more than that; the days of clocks have a small one of their own.

The table is made anew under its name, as Alembic's batch mode would: foreign keys are off then.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_AFTER_BODY = "text, ignored, created_at, updated_at, posted_on, posted_at, anyway, source, version"
_COLUMNS = f"id, kind, customer_id, tenant_id, tag, state, body, {_AFTER_BODY}"
_COPIED = f"""
    n.id, kind, customer_id, tenant_id, tag, state,
    CASE WHEN kind IN ('entitlement', 'overall') AND text <> '' AND json_valid(body)
        AND json_type(body, '$.text') = 'text' AND json_extract(body, '$.text') = text
        THEN json_replace(body, '$.text', NULL) ELSE body END,
    {_AFTER_BODY}
"""

_STATEMENTS = (
    "DROP TABLE note_search",
    "DROP VIEW note_content",
    """
    CREATE TABLE new_note (
        number INTEGER PRIMARY KEY,
        id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        customer_id VARCHAR NOT NULL REFERENCES customer (id),
        tenant_id VARCHAR NOT NULL REFERENCES tenant (id),
        tag VARCHAR,
        state VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        ignored VARCHAR,
        created_at VARCHAR NOT NULL,
        updated_at VARCHAR NOT NULL,
        posted_on DATE,
        posted_at VARCHAR,
        anyway VARCHAR,
        source VARCHAR NOT NULL,
        version INTEGER NOT NULL
    )
    """,
    f"""
    INSERT INTO new_note (number, {_COLUMNS}) SELECT r.row, {_COPIED}
    FROM note_row r CROSS JOIN note n ON n.id = r.note_id ORDER BY r.row
    """,  # noqa: S608 - constants
    f"""
    INSERT INTO new_note ({_COLUMNS}) SELECT {_COPIED}
    FROM note n WHERE id NOT IN (SELECT note_id FROM note_row)
    """,  # noqa: S608 - constants
    "DROP TABLE note",
    "DROP TABLE note_row",
    "ALTER TABLE new_note RENAME TO note",
    "CREATE UNIQUE INDEX ix_note_id ON note (id)",
    "CREATE INDEX ix_note_place ON note (tenant_id, kind, tag, state, posted_on)",
    "CREATE INDEX ix_note_customer ON note (customer_id)",
    """
    CREATE INDEX ix_note_clock ON note (customer_id, kind, state, posted_on)
    WHERE state = 'posted' AND kind IN ('enterprise', 'exec-summary')
    """,
    """
    CREATE VIEW note_content AS
    SELECT number, replace(replace(text, char(2), ' '), char(3), ' ') AS text FROM note
    """,
    """
    CREATE VIRTUAL TABLE note_search USING fts5(
        text, content='note_content', content_rowid='number',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER note_search_insert AFTER INSERT ON note BEGIN
        INSERT INTO note_search (rowid, text) VALUES (new.number, new.text);
    END
    """,
    """
    CREATE TRIGGER note_search_update AFTER UPDATE OF text ON note WHEN old.text IS NOT new.text
    BEGIN
        INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.number, old.text);
        INSERT INTO note_search (rowid, text) VALUES (new.number, new.text);
    END
    """,
    """
    CREATE TRIGGER note_search_delete AFTER DELETE ON note BEGIN
        INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.number, old.text);
    END
    """,
    "INSERT INTO note_search (note_search) VALUES ('rebuild')",
)


def upgrade() -> None:
    """Bring the schema up; every note keeps its number."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
