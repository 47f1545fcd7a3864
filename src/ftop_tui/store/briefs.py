"""What a brief needs of the store beside the read model's detail, by plain sqlite3."""

import sqlite3
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.brief_source import Expectation, Target, Told, Trouble
from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.facts import TenantFacts, readable
from ftop_tui.playbook.stored import json_of, number
from ftop_tui.store.days import sure_day
from ftop_tui.store.read_model import facts_before

_COLUMNS = ", ".join(TenantFacts._fields)


class EnterpriseRow(NamedTuple):
    """What a brief takes from the latest posted Enterprise note."""

    posted_on: date | None = None
    risks: str = ""
    objectives: tuple[str, ...] = ()


def read_tenants(connection: sqlite3.Connection, tenant_id: str) -> list[TenantFacts]:
    """The facts of all tenants of a tenant's customer, the winner first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM tenant_facts WHERE customer_id = "  # noqa: S608 - our own names
        "(SELECT customer_id FROM tenant WHERE id = ?) ORDER BY winner DESC, name, tenant_id",
        (tenant_id,),
    )
    return list(map(readable, rows))


def tenants_at(
    connection: sqlite3.Connection, tenants: list[TenantFacts], day: date
) -> dict[str, TenantFacts]:
    """The facts of some tenants as they stood at the end of a day; those made later are absent."""
    then = {}
    for facts in tenants:
        row = connection.execute(
            "SELECT facts FROM facts_history WHERE tenant_id = ? AND day > ? ORDER BY day LIMIT 1",
            (facts.tenant_id, day.isoformat()),
        ).fetchone()
        if row is None:
            then[facts.tenant_id] = facts
        elif before := facts_before(connection, facts.tenant_id, day, row[0], facts):
            then[facts.tenant_id] = before
    return then


def read_enterprise(connection: sqlite3.Connection, customer_id: str) -> EnterpriseRow:
    """The latest posted Enterprise note that has its fields; imported days have none."""
    row = connection.execute(
        "SELECT posted_on, body FROM note WHERE customer_id = ? AND kind = 'enterprise' "
        "AND state = 'posted' AND kind IN ('enterprise', 'exec-summary') AND json_valid(body) "
        "ORDER BY posted_on DESC, posted_at DESC, number DESC LIMIT 1",
        (customer_id,),
    ).fetchone()
    body = json_of(row[1]) if row else None
    if not isinstance(body, dict):
        return EnterpriseRow()
    ticked = body.get("objectives")
    objectives = tuple(map(str, ticked)) if isinstance(ticked, list) else ()
    return EnterpriseRow(iso_day(row[0]), str(body.get("risks") or ""), objectives)


def read_troubles(
    connection: sqlite3.Connection, customer_id: str, labels: dict[tuple[str, str], str]
) -> list[Trouble]:
    """The escalations of a customer, the oldest first, with the last entry of each log (RA-08)."""
    rows = connection.execute(
        "SELECT e.title, e.tenant_id, e.tag, e.raised_by, e.raised_on, e.resolved_on, "
        "e.resolution, l.day, l.text FROM escalation e LEFT JOIN escalation_entry l ON l.id = "
        "(SELECT x.id FROM escalation_entry x WHERE x.escalation_id = e.id "
        "ORDER BY x.day DESC, coalesce(x.at, '') DESC, x.created_at DESC, x.id DESC LIMIT 1) "
        "WHERE e.customer_id = ? ORDER BY e.raised_on, e.id",
        (customer_id,),
    )
    return [
        Trouble(
            title, labels.get((tenant, tag), tag), raised_by, sure_day(raised),
            iso_day(resolved), resolution, iso_day(last_day), last_text,
        )
        for title, tenant, tag, raised_by, raised, resolved, resolution, last_day, last_text in rows
    ]  # fmt: skip


def read_targets(
    connection: sqlite3.Connection, customer_id: str, labels: dict[tuple[str, str], str]
) -> list[Target]:
    """The milestones of a customer's workloads (RA-04, FR-08)."""
    rows = connection.execute(
        "SELECT m.tenant_id, m.tag, m.percent, m.due_on, m.reached_on FROM milestone m "
        "JOIN tenant t ON t.id = m.tenant_id WHERE t.customer_id = ? "
        "ORDER BY m.tenant_id, m.tag, m.percent",
        (customer_id,),
    )
    return [
        Target(tenant, tag, labels.get((tenant, tag), tag), percent, iso_day(due), iso_day(reached))
        for tenant, tag, stored, due, reached in rows
        if (percent := number(stored)) is not None
    ]


def read_expectations(
    connection: sqlite3.Connection, customer_id: str, labels: dict[tuple[str, str], str]
) -> list[Expectation]:
    """The forecasts of a customer's workloads, by workload as labelled, then month (RA-07)."""
    rows = connection.execute(
        "SELECT f.tenant_id, f.tag, f.month, f.active_users, f.made_on FROM forecast f "
        "JOIN tenant t ON t.id = f.tenant_id WHERE t.customer_id = ? "
        "ORDER BY f.month, f.made_on, f.id",
        (customer_id,),
    )
    found = [
        Expectation(
            tenant, tag, labels.get((tenant, tag), tag), sure_day(month), users, sure_day(made),
        )
        for tenant, tag, month, stored, made in rows
        if (users := number(stored)) is not None
    ]  # fmt: skip
    places = {place: number for number, place in enumerate(labels)}
    last = len(places)
    return sorted(found, key=lambda e: (places.get((e.tenant_id, e.tag), last), e.label))


def read_asks(connection: sqlite3.Connection, customer_id: str) -> list[Told]:
    """The open requests for support, the oldest first (OS-13)."""
    rows = connection.execute(
        "SELECT opened_on, text FROM support_request WHERE customer_id = ? "
        "AND closed_on IS NULL ORDER BY opened_on, id",
        (customer_id,),
    )
    return [Told(sure_day(day), text) for day, text in rows]


def read_events(connection: sqlite3.Connection, customer_id: str) -> list[Told]:
    """The events flagged of a customer, the oldest first (RA-06)."""
    rows = connection.execute(
        "SELECT day, coalesce(text, '') FROM record WHERE customer_id = ? AND kind = 'event' "
        "ORDER BY day, id",
        (customer_id,),
    )
    return [Told(sure_day(day), text) for day, text in rows]


def read_parts(connection: sqlite3.Connection, nomination_id: str) -> dict[str, str]:
    """What was edited of a nomination's brief, by the name of the row."""
    rows = connection.execute(
        "SELECT part, text FROM brief_part WHERE nomination_id = ?", (nomination_id,)
    )
    return dict(rows.fetchall())
