"""What is kept of partners, by plain sqlite3: one pass over a customer, or over all of them.

A row that this version cannot read is left out; it never hides the others.
"""
# ruff: noqa: S608 - SQL put together from constants of this module

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.stored import flag

INFORMED = "psm-informed"
"""The kind of record that says the PSM was told how it goes; `who` is the partner (FR-03)."""

REVIEW = "frp-review"
DATA = "frp-data"


class CustomerRow(NamedTuple):
    """A customer, with its winner tenant."""

    id: str
    name: str
    tenant_id: str
    fm: str | None
    fta: str | None
    phase: str | None


class RegisteredRow(NamedTuple):
    """A workload on which a partner is registered (FR-01)."""

    customer_id: str
    partner: str
    tenant_id: str
    tenant: str
    tag: str


class PartnershipRow(NamedTuple):
    """A partner at a customer, as far as something was written about it."""

    id: str
    customer_id: str
    partner_id: str
    partner: str
    agreed_on: date | None
    access: bool | None


class RecordRow(NamedTuple):
    """A record about a partner; `who` may name the partner it is about."""

    customer_id: str
    kind: str
    tenant_id: str | None
    tag: str | None
    day: date
    who: str | None


class ContactRow(NamedTuple):
    """A point of contact of a partner; of any partner where `partner_id` is None."""

    customer_id: str
    name: str
    partner_id: str | None


class MeetingRow(NamedTuple):
    """A review with a partner."""

    partnership_id: str
    id: str
    day: date
    held: bool | None
    text: str | None


class InputRow(NamedTuple):
    """What a partner gave."""

    partnership_id: str
    id: str
    day: date
    source: str | None
    text: str
    note_id: str | None


class TenantRow(NamedTuple):
    """What the facts of a tenant say of the milestones of partners' workloads (FR-08)."""

    tenant_id: str
    dated: str | None
    peaks: str | None
    missed: str | None


@dataclass(frozen=True, slots=True)
class PartnerRows:
    """All rows about partners, of one customer or of all."""

    customers: list[CustomerRow]
    registered: list[RegisteredRow]
    partners: dict[str, tuple[str, str | None]]
    """Name and PSM by the partner's id."""
    partnerships: list[PartnershipRow]
    steps: dict[str, dict[str, date]]
    """Days by step, by partnership."""
    meetings: list[MeetingRow]
    inputs: list[InputRow]
    records: list[RecordRow]
    contacts: list[ContactRow]
    facts: dict[str, TenantRow]


def read_partner_rows(connection: sqlite3.Connection, customer_id: str | None) -> PartnerRows:
    """Everything that is kept about partners."""
    given = {"customer": customer_id, "review": REVIEW, "data": DATA, "informed": INFORMED}

    def ask(query: str) -> Iterable[tuple[Any, ...]]:
        return connection.execute(query, given)

    return PartnerRows(
        customers=[CustomerRow(*row) for row in ask(_CUSTOMERS)],
        registered=[RegisteredRow(*row) for row in ask(_REGISTERED)],
        partners={ident: (name, psm) for ident, name, psm in ask(_PARTNERS)},
        partnerships=list(_partnerships(ask(_PARTNERSHIPS))),
        steps=_steps(ask(_STEPS)),
        meetings=[
            MeetingRow(row[0], row[1], day, flag(row[3]), row[4])
            for row, day in _dated(ask(_MEETINGS), 2)
        ],
        inputs=[
            InputRow(row[0], row[1], day, row[3], row[4], row[5])
            for row, day in _dated(ask(_INPUTS), 2)
        ],
        records=[
            RecordRow(row[0], row[1], row[2], row[3], day, row[5])
            for row, day in _dated(ask(_RECORDS), 4)
        ],
        contacts=[ContactRow(*row) for row in ask(_CONTACTS)],
        facts={row[0]: TenantRow(*row) for row in ask(_FACTS)},
    )


def customer_of(connection: sqlite3.Connection, tenant_id: str) -> tuple[str, str] | None:
    """The id and the name of a tenant's customer; None where there is no such tenant."""
    row = connection.execute(
        "SELECT t.customer_id, coalesce(c.name, t.name) FROM tenant t "
        "JOIN customer c ON c.id = t.customer_id WHERE t.id = ?",
        (tenant_id,),
    ).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def _partnerships(rows: Iterable[tuple[Any, ...]]) -> Iterator[PartnershipRow]:
    for ident, customer, partner_id, name, agreed, access in rows:
        yield PartnershipRow(ident, customer, partner_id, name, iso_day(agreed), flag(access))


def _steps(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, date]]:
    found: dict[str, dict[str, date]] = {}
    for row, day in _dated(rows, 2):
        found.setdefault(row[0], {})[row[1]] = day
    return found


def _dated(rows: Iterable[tuple[Any, ...]], place: int) -> Iterator[tuple[tuple[Any, ...], date]]:
    """Those rows that have a day in a column, with it."""
    for row in rows:
        day = iso_day(row[place])
        if day is not None:
            yield row, day


_OF = "(:customer IS NULL OR {0}.customer_id = :customer)"
_JOINED = "JOIN partnership s ON s.id = {0}.partnership_id WHERE " + _OF.format("s")

_CUSTOMERS = (
    "SELECT f.customer_id, coalesce(f.customer, f.name), f.tenant_id, f.fm, f.fta, f.phase "
    "FROM tenant_facts f WHERE f.winner AND " + _OF.format("f")
)
_REGISTERED = (
    "SELECT t.customer_id, w.partner, t.id, t.name, w.tag FROM workload w "
    "JOIN tenant t ON t.id = w.tenant_id WHERE w.partner IS NOT NULL AND "
    + _OF.format("t")
    + " ORDER BY w.partner, t.name, t.id, w.tag"
)
_PARTNERS = "SELECT id, name, psm FROM partner"
_PARTNERSHIPS = (
    "SELECT s.id, s.customer_id, s.partner_id, p.name, s.agreed_on, s.access_to_ftop "
    "FROM partnership s JOIN partner p ON p.id = s.partner_id WHERE " + _OF.format("s")
)
_STEPS = "SELECT x.partnership_id, x.step, x.done_on FROM partner_step x " + _JOINED.format("x")
_MEETINGS = (
    "SELECT m.partnership_id, m.id, m.day, m.held, m.text FROM partner_meeting m "
    + _JOINED.format("m")
    + " ORDER BY m.day"
)
_INPUTS = (
    "SELECT i.partnership_id, i.id, i.day, i.source, i.text, i.note_id FROM partner_input i "
    + _JOINED.format("i")
    + " ORDER BY i.day DESC, i.id"
)
_RECORDS = (
    "SELECT r.customer_id, r.kind, r.tenant_id, r.tag, r.day, r.who FROM record r "
    "WHERE r.kind IN (:review, :data, :informed) AND " + _OF.format("r") + " ORDER BY r.day"
)
_CONTACTS = (
    "SELECT k.customer_id, k.name, k.partner_id FROM contact k "
    "WHERE k.section = 'partner' AND k.role = 'poc' AND "
    + _OF.format("k")
    + " ORDER BY k.partner_id IS NULL, k.verified_on DESC, k.name, k.id"
)
_FACTS = (
    "SELECT f.tenant_id, f.dated, f.peaks, f.missed FROM tenant_facts f "
    "WHERE f.peaks IS NOT NULL AND " + _OF.format("f")
)
