"""The read model: what the list, the panel and `show` need, by plain sqlite3 and without the ORM.

Rows become playbook values here. A row with a value that this version does not know, or that is
none, is shown with that value missing; it never hides the others.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby, repeat
from typing import Any

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.detail import NoteSummary, Renewal, TenantDetail, WorkloadDetail
from ftop_tui.playbook.facts import TenantFacts, readable
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.stored import flag, json_of, number
from ftop_tui.playbook.urgency import ASKED
from ftop_tui.playbook.usage import OwnFigures, UsagePoint
from ftop_tui.playbook.values import EntitlementStatus, NoteKind, NoteState
from ftop_tui.store.days import sure_day
from ftop_tui.store.sound import ODD_FACT, known_before

_FACTS = ", ".join(TenantFacts._fields)
_ANY_ODD = " OR ".join(ODD_FACT.values())
_ODD_UNASKED = " OR ".join(
    odd for name, odd in ODD_FACT.items() if name not in ASKED | {"tenant_id", "customer_id"}
)
"""Not of keys either: with another one a row would be nobody's."""


def read_facts(connection: sqlite3.Connection, *, to_rank: bool = False) -> list[TenantFacts]:
    """The facts of every tenant: the one query that the list is ranked from.

    Those `to_rank` are not gone through for what `rank` looks at itself.
    """
    odd = _ODD_UNASKED if to_rank else _ANY_ODD
    found = connection.execute(f"SELECT 1 FROM tenant_facts WHERE {odd} LIMIT 1").fetchone()
    cursor = _as_stored(connection).execute(f"SELECT {_FACTS} FROM tenant_facts")
    rows = chain.from_iterable(iter(lambda: cursor.fetchmany(_BATCH), []))
    if found:
        return list(map(readable, rows))
    return list(map(tuple.__new__, repeat(TenantFacts), rows))


def _as_stored(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that looks at no row: ten thousand are felt."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def number_of_tenants(connection: sqlite3.Connection) -> int:
    """How many tenants there are."""
    return int(connection.execute("SELECT count(*) FROM tenant_facts").fetchone()[0])


def number_of_customers(connection: sqlite3.Connection) -> int:
    """How many customers these are of."""
    query = "SELECT count(DISTINCT customer_id) FROM tenant_facts"
    return int(connection.execute(query).fetchone()[0])


def go_through(connection: sqlite3.Connection) -> None:
    """Begin to read all tenants once, in one state of the store, and keep little of it at hand."""
    connection.execute("PRAGMA cache_size = -512")  # KiB; no page is asked for twice
    connection.execute("BEGIN")


def facts_of(
    connection: sqlite3.Connection, columns: Sequence[str], places: Iterable[int] | None = None
) -> Iterator[list[tuple[Any, ...]]]:
    """Some facts of all tenants, or of those at some places of the table, a batch at a time.

    Each row begins with the place; the rows come in its order, and as they are stored.
    """
    chosen = "" if places is None else "WHERE rowid IN (SELECT value FROM json_each(?))"
    # who is asked about as a winner must be one: nobody looks at that fact later
    told = ("winner IS 1" if name == "winner" else name for name in columns)
    cursor = _as_stored(connection).execute(
        f"SELECT rowid, {', '.join(told)} FROM tenant_facts {chosen} ORDER BY rowid",
        () if places is None else (json.dumps(list(places)),),
    )
    return iter(lambda: cursor.fetchmany(_BATCH), [])


_BATCH = 250
"""Rows that are held at a time where all are gone through."""


def facts_at(connection: sqlite3.Connection, day: date) -> dict[str, TenantFacts]:
    """The facts of every tenant as they stood at the end of a day; those made later are absent."""
    rows = connection.execute(
        "SELECT h.tenant_id, h.facts FROM facts_history h WHERE h.day = "
        "(SELECT min(day) FROM facts_history o WHERE o.tenant_id = h.tenant_id AND o.day > ?)",
        (day.isoformat(),),
    )
    before: dict[str, object] = dict(rows.fetchall())
    now = {facts.tenant_id: facts for facts in read_facts(connection)}
    then = {tenant: facts for tenant, facts in now.items() if tenant not in before}
    for tenant, stored in before.items():
        facts = facts_before(connection, tenant, day, stored, now.get(tenant))
        if facts is not None:
            then[tenant] = facts
    return then


def facts_before(
    connection: sqlite3.Connection, tenant: str, day: date, stored: object, now: TenantFacts | None
) -> TenantFacts | None:
    """What a row of facts_history says; None where the tenant was not there yet.

    One that cannot be read is passed over: then the next says what was, or else what is `now`.
    """
    if stored is None:
        return None
    try:
        return readable(_listed(stored, tenant))
    except ValueError:
        row = connection.execute(
            "SELECT facts FROM facts_history WHERE tenant_id = ? AND day > ? "
            f"AND {known_before('facts')} ORDER BY day LIMIT 1",
            (tenant, day.isoformat()),
        ).fetchone()
        if row is None:
            return now
        return None if row[0] is None else readable(_listed(row[0], tenant))


def _listed(stored: object, tenant: str) -> list[object]:
    found = json_of(stored)
    if not isinstance(found, list) or found[:1] != [tenant]:
        raise ValueError
    return found


def statuses_since(connection: sqlite3.Connection, day: date) -> dict[str, list[tuple[str, str]]]:
    """The workloads whose status changed after a day, with their present one, by tenant."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = connection.execute(
        "SELECT tenant_id, tag, status FROM workload "
        "WHERE status_since > ? AND status IS NOT NULL ORDER BY tenant_id, tag",
        (day.isoformat(),),
    )
    for tenant_id, tag, status in rows:
        found.setdefault(tenant_id, []).append((tag, status))
    return found


def read_meta(connection: sqlite3.Connection, name: str) -> str | None:
    """One of the store's own small facts, or None."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def read_detail(connection: sqlite3.Connection, tenant_id: str, pack: Pack) -> TenantDetail:
    """What the panel shows of one tenant beside its facts."""
    row = connection.execute(
        "SELECT c.id, c.industry, c.review_date FROM tenant t "
        "JOIN customer c ON c.id = t.customer_id WHERE t.id = ?",
        (tenant_id,),
    ).fetchone()
    customer_id, industry, review_date = row
    return TenantDetail(
        tenant_id=tenant_id,
        industry=industry,
        review_date=iso_day(review_date),
        workloads=tuple(_workloads(connection, tenant_id, pack)),
        notes=tuple(read_notes(connection, tenant_id)),
        renewals=tuple(_renewals(connection, customer_id)),
        escalations=tuple(
            title
            for (title,) in connection.execute(
                "SELECT title FROM escalation WHERE customer_id = ? AND resolved_on IS NULL "
                "ORDER BY raised_on, id",
                (customer_id,),
            )
        ),
    )


def _workloads(
    connection: sqlite3.Connection, tenant_id: str, pack: Pack
) -> Iterator[WorkloadDetail]:
    usage = _usage(connection, tenant_id)
    rows = connection.execute(
        "SELECT tag, status, status_since, primary_rm, partner, due_date, intent, business_reason,"
        " success_owner, paid_units, active_users, usage_as_of FROM workload WHERE tenant_id = ?",
        (tenant_id,),
    ).fetchall()
    last = len(pack.tag_order)
    for row in sorted(rows, key=lambda row: (pack.tag_order.get(row[0], last), row[0])):
        tag, status, since, manager, partner, due, intent, reason, owner, paid, active, as_of = row
        points = usage.get(tag, [])
        present = own_figures(paid, active, as_of)
        known = with_present(points, present)
        yield WorkloadDetail(
            tag=tag,
            status=EntitlementStatus.read(status or ""),
            status_since=iso_day(since),
            primary_rm=manager,
            partner=partner,
            due_date=iso_day(due),
            intent=intent,
            business_reason=reason,
            success_owner=owner,
            usage=known,
            own=present if len(known) > len(points) else None,
        )


def own_figures(paid: object, active: object, as_of: object) -> OwnFigures | None:
    """FTOP's own figures as they are stored; None where there are none, or no day of them."""
    units, users, day = number(paid), number(active), iso_day(as_of)
    if day is None or (units is None and users is None):
        return None
    return OwnFigures(units, users, day)


def with_present(points: list[UsagePoint], own: OwnFigures | None) -> tuple[UsagePoint, ...]:
    """The reported months with FTOP's own figures as the last, where these are newer."""
    if own is None or (points and points[-1].month >= own.point.month):
        return tuple(points)
    return (*points, own.point)


def _usage(connection: sqlite3.Connection, tenant_id: str) -> dict[str, list[UsagePoint]]:
    """The months of each workload, oldest first; of two reports of a month, licence usage."""
    rows = connection.execute(
        "SELECT tag, month, paid_units, active_users FROM usage WHERE tenant_id = ? "
        "ORDER BY tag, month, source DESC",  # 'service-users' before 'license-usage': last wins
        (tenant_id,),
    )
    return {
        tag: list(
            {
                month: UsagePoint(month, number(paid), number(active))
                for _, stored, paid, active in group
                if (month := iso_day(stored)) is not None
            }.values()
        )
        for tag, group in groupby(rows, key=lambda row: row[0])
    }


NOTE_COLUMNS = (
    "n.id, n.kind, n.tenant_id, n.tag, n.state, n.text, n.updated_at, n.posted_on, n.anyway, "
    "n.source, n.paid_units, n.active_users, n.usage_as_of"
)
"""What `summary` makes a note of, from a query whose notes are named n."""

NoteRow = tuple[
    str, str, str, str | None, str, str, str, str | None, str | None, str, object, object, object
]
"""A row of these columns."""


def read_notes(connection: sqlite3.Connection, tenant_id: str) -> list[NoteSummary]:
    """Every draft of a tenant, and the latest posted note of each kind and workload."""
    rows = connection.execute(
        f"SELECT {NOTE_COLUMNS} FROM note n "
        "WHERE n.tenant_id = ? AND (n.state = 'draft' OR NOT EXISTS ("
        "SELECT 1 FROM note o WHERE o.tenant_id = n.tenant_id AND o.kind = n.kind "
        "AND o.state = 'posted' AND o.tag IS n.tag "
        "AND (o.posted_on, o.posted_at, o.number) > (n.posted_on, n.posted_at, n.number))) "
        "ORDER BY n.state, n.updated_at DESC, n.id",
        (tenant_id,),
    )
    return [note for note in map(summary, rows) if note is not None]


def list_notes(connection: sqlite3.Connection, tenant_id: str | None) -> list[NoteSummary]:
    """All notes and drafts, of one tenant or of all, newest first."""
    where = "WHERE n.tenant_id = ?" if tenant_id else ""
    rows = connection.execute(
        f"SELECT {NOTE_COLUMNS} FROM note n {where} "
        "ORDER BY coalesce(n.posted_on, n.updated_at) DESC, n.updated_at DESC, n.id",
        (tenant_id,) if tenant_id else (),
    )
    return [note for note in map(summary, rows) if note is not None]


def summary(row: NoteRow) -> NoteSummary | None:
    """A note as lists show it; None where its kind or state is of a newer version."""
    note_id, kind, tenant_id, tag, state, text, updated_at, posted_on, anyway, source, *own = row
    known_kind, known_state = NoteKind.read(kind), NoteState.read(state)
    if known_kind is None or known_state is None:
        return None  # `doctor` names it
    return NoteSummary(
        note_id, known_kind, tenant_id, tag, known_state, text, updated_at,
        iso_day(posted_on), anyway, source, own_figures(*own),
    )  # fmt: skip


def _renewals(connection: sqlite3.Connection, customer_id: str) -> Iterator[Renewal]:
    rows = connection.execute(
        "SELECT t.renewal_date, NULL, NULL, NULL FROM tenant t "
        "WHERE t.customer_id = :customer AND t.renewal_date IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM subscription s WHERE s.tenant_id = t.id AND s.ends_on = t.renewal_date) "
        "UNION ALL SELECT s.ends_on, coalesce(s.sku, s.product), s.seats, s.auto_renew "
        "FROM subscription s JOIN tenant t ON t.id = s.tenant_id "
        "WHERE t.customer_id = :customer AND s.ends_on IS NOT NULL ORDER BY 1, 2",
        {"customer": customer_id},
    )
    for day, product, seats, auto_renew in rows:
        yield Renewal(sure_day(day), product, number(seats), flag(auto_renew))
