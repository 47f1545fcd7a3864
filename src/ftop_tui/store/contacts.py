"""Contacts, read by plain sqlite3 (RA-09, RA-10)."""

import sqlite3

from ftop_tui.playbook.contacts import Contact
from ftop_tui.playbook.days import iso_day
from ftop_tui.store.days import sure_day
from ftop_tui.store.sound import by_name

_QUERY = (
    "SELECT k.id, k.customer_id, k.section, k.name, k.title, k.role, k.email, k.phone, "
    "p.name AS partner, k.verified_on, k.created_on "
    "FROM contact k LEFT JOIN partner p ON p.id = k.partner_id "
)
_ALL, _ONE = "WHERE :customer IS NULL ", "WHERE k.customer_id = :customer "
"""Two queries and not one with OR, which would look at all of them for the one customer."""
_WHERE = (
    "AND (:begin IS NULL OR substr(k.id, 1, length(:begin)) = :begin) "
    "ORDER BY k.customer_id, k.name, k.id"
)


def read_contacts(
    connection: sqlite3.Connection, customer_id: str | None = None, *, begin: str | None = None
) -> list[Contact]:
    """The contacts of a customer or of all; `begin`: whose ids begin so."""
    query = _QUERY + (_ALL if customer_id is None else _ONE) + _WHERE
    rows = by_name(connection.execute(query, {"customer": customer_id, "begin": begin}))
    return [
        Contact(
            **{
                **row,
                "verified_on": iso_day(row["verified_on"]),
                "created_on": sure_day(row["created_on"]),
            }
        )
        for row in rows
    ]


def read_titles(connection: sqlite3.Connection) -> list[str]:
    """Every title that was typed into the store, each once (RA-10)."""
    rows = connection.execute(
        "SELECT DISTINCT title FROM contact WHERE title IS NOT NULL AND trim(title) <> ''"
    )
    return [title for (title,) in rows]
