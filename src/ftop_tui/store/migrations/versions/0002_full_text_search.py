"""Full-text search over the texts of notes.

FTS5 finds by rowid, and the rowids of `note` may change when the file is compacted; so `note_row`
gives each note a number that stays, higher for a later note. The index keeps no copy of the text:
it reads it through a view, in which the two characters that mark hits become blanks, so that no
note can forge a mark. Triggers keep it right whichever way a note is written.

Alembic's batch mode replaces a table and with it drops its triggers: a later migration that does so
to `note` makes them again.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STATEMENTS = (
    "CREATE TABLE note_row (row INTEGER PRIMARY KEY, note_id TEXT NOT NULL UNIQUE)",
    """
    CREATE VIEW note_content AS
    SELECT r.row AS row, replace(replace(n.text, char(2), ' '), char(3), ' ') AS text
    FROM note_row r JOIN note n ON n.id = r.note_id
    """,
    """
    CREATE VIRTUAL TABLE note_search USING fts5(
        text, content='note_content', content_rowid='row',
        tokenize='unicode61 remove_diacritics 2', prefix='3'
    )
    """,
    """
    CREATE TRIGGER note_search_insert AFTER INSERT ON note BEGIN
        INSERT INTO note_row (note_id) VALUES (new.id);
        INSERT INTO note_search (rowid, text)
            SELECT row, new.text FROM note_row WHERE note_id = new.id;
    END
    """,
    """
    CREATE TRIGGER note_search_update AFTER UPDATE OF text ON note WHEN old.text IS NOT new.text
    BEGIN
        INSERT INTO note_search (note_search, rowid, text)
            SELECT 'delete', row, old.text FROM note_row WHERE note_id = old.id;
        INSERT INTO note_search (rowid, text)
            SELECT row, new.text FROM note_row WHERE note_id = new.id;
    END
    """,
    """
    CREATE TRIGGER note_search_delete AFTER DELETE ON note BEGIN
        INSERT INTO note_search (note_search, rowid, text)
            SELECT 'delete', row, old.text FROM note_row WHERE note_id = old.id;
        DELETE FROM note_row WHERE note_id = old.id;
    END
    """,
    """
    INSERT INTO note_row (note_id) SELECT id FROM note
    ORDER BY coalesce(posted_on, substr(updated_at, 1, 10)), updated_at, id
    """,
    "INSERT INTO note_search (note_search) VALUES ('rebuild')",
)


def upgrade() -> None:
    """Bring the schema up; the notes that are there can be found at once."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
