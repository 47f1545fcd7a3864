"""What the Customer Health motion keeps: meetings with partners, planned days, times of a log.

Facts that are new are filled in by SQL here: drawing all of them anew would make every tenant look
as if it had moved today. Columns are added in place, since a batch change replaces the table.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STATEMENTS = (
    "ALTER TABLE escalation ADD COLUMN internal BOOLEAN",
    "ALTER TABLE escalation_entry ADD COLUMN at VARCHAR",
    "ALTER TABLE activity ADD COLUMN text VARCHAR",
    """
    CREATE TABLE partner_meeting (
        id VARCHAR NOT NULL PRIMARY KEY,
        partnership_id VARCHAR NOT NULL REFERENCES partnership (id),
        day DATE NOT NULL,
        held BOOLEAN,
        text VARCHAR,
        UNIQUE (partnership_id, day)
    )
    """,
    "CREATE INDEX ix_partner_meeting_partnership_id ON partner_meeting (partnership_id)",
    """
    CREATE TABLE planned (
        id VARCHAR NOT NULL PRIMARY KEY,
        customer_id VARCHAR NOT NULL REFERENCES customer (id),
        what VARCHAR NOT NULL,
        day DATE NOT NULL,
        UNIQUE (customer_id, what)
    )
    """,
    "CREATE INDEX ix_planned_customer_id ON planned (customer_id)",
    "ALTER TABLE tenant_facts ADD COLUMN dated VARCHAR",
    "ALTER TABLE tenant_facts ADD COLUMN peaks VARCHAR",
    "ALTER TABLE tenant_facts ADD COLUMN awareness INTEGER",
    "ALTER TABLE tenant_facts ADD COLUMN aligned VARCHAR",
    """
    UPDATE tenant_facts SET dated = (
        SELECT group_concat(part, ' ') FROM (
            SELECT w.tag || ':' || m.percent AS part
            FROM workload w JOIN milestone m ON m.tenant_id = w.tenant_id AND m.tag = w.tag
            WHERE w.tenant_id = tenant_facts.tenant_id AND w.partner IS NOT NULL
            AND m.due_on IS NOT NULL ORDER BY w.tag, m.percent
        )
    )
    """,
    """
    UPDATE tenant_facts SET peaks = (
        SELECT group_concat(part, ' ') FROM (
            SELECT w.tag || ':' || max(
                coalesce(w.active_users * 100 / nullif(w.paid_units, 0), 0),
                coalesce((
                    SELECT max(u.active_users * 100 / nullif(u.paid_units, 0)) FROM usage u
                    WHERE u.tenant_id = w.tenant_id AND u.tag = w.tag
                ), 0)
            ) AS part
            FROM workload w
            WHERE w.tenant_id = tenant_facts.tenant_id AND w.partner IS NOT NULL ORDER BY w.tag
        )
    )
    """,
)


def upgrade() -> None:
    """Bring the schema up and fill in the facts that it adds."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
