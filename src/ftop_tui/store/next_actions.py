"""Next actions of Overall notes: those that nobody has ticked off (OS-02), by plain sqlite3.

A posted note is not changed, so a tick is a record of its own that names the note.
"""

import sqlite3
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.days import iso_day

DONE = "action-done"
"""The kind of record that ticks an action off; its text is the note's id."""


class NextAction(NamedTuple):
    """What somebody has to do next, as an Overall note says it."""

    note_id: str
    tenant_id: str
    tenant_name: str
    day: date | None
    """By when; None where the note has no date."""
    owner: str
    action: str
    posted_on: date | None
    """When the note was posted; None while it is a draft."""


def read_open_actions(connection: sqlite3.Connection, tenant_id: str | None) -> list[NextAction]:
    """The actions of drafts and posted notes, the earliest first, those without a day last."""
    rows = connection.execute(
        "SELECT n.id, n.tenant_id, t.name, json_extract(n.body, '$.action_date') AS day, "
        "coalesce(json_extract(n.body, '$.action_owner'), ''), "
        "trim(json_extract(n.body, '$.next_action')) AS action, n.posted_on "
        "FROM note n JOIN tenant t ON t.id = n.tenant_id "
        "WHERE n.kind = 'overall' AND n.state IN ('draft', 'posted') AND json_valid(n.body) "
        "AND action <> '' AND (:tenant IS NULL OR n.tenant_id = :tenant) AND NOT EXISTS ("
        "SELECT 1 FROM record r WHERE r.kind = :done AND r.customer_id = n.customer_id "
        "AND r.text = n.id) "
        "ORDER BY day IS NULL, day, t.name, n.created_at, n.id",
        {"tenant": tenant_id, "done": DONE},
    )
    return [
        NextAction(note_id, tenant, name, iso_day(day), owner, action, iso_day(posted))
        for note_id, tenant, name, day, owner, action, posted in rows
    ]
