"""What This week needs beside the facts, by plain sqlite3: dated rows, snoozes, planned days."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.week import Marks, Snoozed, Sort
from ftop_tui.playbook.week_items import Dated
from ftop_tui.store import sound
from ftop_tui.store.next_actions import read_open_actions

_QUERIES = (
    (
        Sort.REVIEW,
        (
            "SELECT n.id, n.customer_id, NULL, r.day, "  # noqa: S608 - constants alone
            f"'present at the review of ' || {sound.text('r.day')}, NULL "
            "FROM nomination n JOIN review r ON r.id = n.review_id WHERE NOT n.presented"
        ),
    ),
    (
        Sort.STEP,
        (
            "SELECT id, customer_id, NULL, due_on, title, NULL FROM activity "
            "WHERE done_on IS NULL AND due_on IS NOT NULL AND sort <> 'priority'"
        ),
    ),
    (
        Sort.MEETING,
        (
            "SELECT m.id, s.customer_id, NULL, m.day, "  # noqa: S608 - constants alone
            f"'status review with ' || {sound.text('p.name')}, p.name "
            "FROM partner_meeting m JOIN partnership s ON s.id = m.partnership_id "
            f"JOIN partner p ON p.id = s.partner_id WHERE {sound.flag('m.held')} IS NULL"
        ),
    ),
)
"""Of each sort: id, customer, tenant, day, words and partner (RA-15, RA-04, FR-05)."""


def read_dated(connection: sqlite3.Connection) -> list[Dated]:
    """Every open row that owns a date, and the next actions that have one (OS-02).

    A row whose day cannot be read is left out; `doctor` names it.
    """
    return [*_rows(connection), *_actions(connection)]


def _rows(connection: sqlite3.Connection) -> Iterator[Dated]:
    for sort, query in _QUERIES:
        for row_id, customer, tenant, day, text, partner in connection.execute(query):
            on = iso_day(day)
            if on is not None:
                yield Dated(sort, row_id, customer, tenant, on, text, partner)


def _actions(connection: sqlite3.Connection) -> Iterator[Dated]:
    for row in read_open_actions(connection, None):
        if row.day is not None:
            owner = f" ({row.owner})" if row.owner else ""
            text = f"{row.action}{owner}"
            yield Dated(Sort.ACTION, row.note_id, "", row.tenant_id, row.day, text)


def read_snoozes(connection: sqlite3.Connection) -> dict[Marks, Snoozed]:
    """What is or was snoozed, by customer and mark; of two, the one that ends last."""
    found = {}
    rows = connection.execute("SELECT customer_id, what, until, reason FROM snooze ORDER BY until")
    for customer, what, until, reason in rows:
        day = iso_day(until)
        if day is not None:
            found[customer, what] = Snoozed(day, reason)
    return found


def read_planned(connection: sqlite3.Connection) -> dict[Marks, date]:
    """The planned days, by customer and mark."""
    found = {}
    rows = connection.execute("SELECT customer_id, what, day FROM planned")
    for customer, what, stored in rows:
        day = iso_day(stored)
        if day is not None:
            found[customer, what] = day
    return found
