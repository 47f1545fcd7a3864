"""A posted entitlement note keeps its workload's own figures as they were then (EN-18).

Those of a report are stored by month; of FTOP's own only the last are. Of notes that are there
already, those keep them that were posted since they last changed; nobody knows others any more.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STATEMENTS = (
    "ALTER TABLE note ADD COLUMN paid_units INTEGER",
    "ALTER TABLE note ADD COLUMN active_users INTEGER",
    "ALTER TABLE note ADD COLUMN usage_as_of DATE",
    """
    UPDATE note SET (paid_units, active_users, usage_as_of) = (
        SELECT w.paid_units, w.active_users, w.usage_as_of FROM workload w
        WHERE w.tenant_id = note.tenant_id AND w.tag = note.tag
    )
    WHERE number IN (
        SELECT n.number FROM workload w JOIN note n
        ON n.tenant_id = w.tenant_id AND n.kind = 'entitlement' AND n.tag = w.tag
        AND n.state = 'posted' AND n.posted_on >= w.usage_as_of
    )
    """,
)


def upgrade() -> None:
    """Bring the schema up; columns are added in place, since a batch change replaces the table."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
