"""Review meetings and nominations as they are stored, by plain sqlite3 (RA-15)."""

import sqlite3
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.stored import flag
from ftop_tui.store.days import sure_day


class ReviewRow(NamedTuple):
    """A meeting."""

    day: date
    region: str | None
    off_rhythm: bool


class NominationRow(NamedTuple):
    """A nomination with its customer's names."""

    id: str
    day: date
    customer_id: str
    tenant_id: str
    tenant_name: str
    customer: str | None
    brand: str | None
    nominated_on: date
    presented: bool


class HintRow(NamedTuple):
    """A customer with the review date that FTOP names (portfolio column ReviewDate)."""

    customer_id: str
    tenant_id: str
    tenant_name: str
    customer: str | None
    brand: str | None
    day: date


def read_meetings(connection: sqlite3.Connection) -> list[ReviewRow]:
    """Every meeting, the earliest first."""
    rows = connection.execute("SELECT day, region, off_rhythm FROM review ORDER BY day")
    return [ReviewRow(sure_day(day), region, bool(flag(off))) for day, region, off in rows]


_NOMINATED = (
    "SELECT n.id, r.day, n.customer_id, f.tenant_id, f.name, f.customer, f.brand, n.nominated_on, "
    "n.presented FROM nomination n JOIN review r ON r.id = n.review_id "
    "JOIN tenant_facts f ON f.customer_id = n.customer_id AND f.winner "
)


def read_nominations(
    connection: sqlite3.Connection, customer_id: str | None = None
) -> list[NominationRow]:
    """The nominations of a customer or of all, by day of the meeting, then by name."""
    rows = connection.execute(
        _NOMINATED + "WHERE :customer IS NULL OR n.customer_id = :customer "
        "ORDER BY r.day, f.name, n.id",
        {"customer": customer_id},
    )
    return [
        NominationRow(
            key, sure_day(day), owner, tenant, name, customer, brand,
            sure_day(on), bool(flag(done)),
        )
        for key, day, owner, tenant, name, customer, brand, on, done in rows
    ]  # fmt: skip


def read_hints(connection: sqlite3.Connection, since: date) -> list[HintRow]:
    """The review dates that FTOP names from a day on, where that customer is not nominated."""
    rows = connection.execute(
        "SELECT c.id, f.tenant_id, f.name, f.customer, f.brand, c.review_date FROM customer c "
        "JOIN tenant_facts f ON f.customer_id = c.id AND f.winner "
        "WHERE c.review_date >= ? AND NOT EXISTS (SELECT 1 FROM nomination n "
        "JOIN review r ON r.id = n.review_id WHERE n.customer_id = c.id AND r.day >= ?) "
        "ORDER BY c.review_date, f.name",
        (since.isoformat(), since.isoformat()),
    )
    return [
        HintRow(owner, tenant, name, customer, brand, sure_day(day))
        for owner, tenant, name, customer, brand, day in rows
    ]
