"""Milestones with what usage says of them, by plain sqlite3 (RA-04, FR-08)."""

import sqlite3
from datetime import date

from ftop_tui.playbook.days import iso_day, month_end
from ftop_tui.playbook.milestones import Milestone
from ftop_tui.playbook.stored import number
from ftop_tui.store.sound import reached, share

_FIRST_MONTH = (
    "SELECT min(u.month) FROM usage u WHERE u.tenant_id = m.tenant_id AND u.tag = m.tag "  # noqa: S608 - constants alone
    f"AND {reached('u')}"
)


def read_milestones(
    connection: sqlite3.Connection, tenant_id: str | None, today: date
) -> list[Milestone]:
    """The milestones of a tenant or of all; reached by hand, by a month, or by FTOP's figures.

    One whose share cannot be read is a goal of nothing and is left out.
    """
    rows = connection.execute(
        "SELECT m.id, m.tenant_id, m.tag, m.percent, m.due_on, m.reached_on, m.given_by, "  # noqa: S608 - constants of this module
        f"({_FIRST_MONTH}), CASE WHEN {reached('w')} THEN w.usage_as_of END "
        "FROM milestone m LEFT JOIN workload w ON w.tenant_id = m.tenant_id AND w.tag = m.tag "
        "WHERE ?1 IS NULL OR m.tenant_id = ?1 ORDER BY m.tenant_id, m.tag, m.percent",
        (tenant_id,),
    )
    found = []
    for key, tenant, tag, stored, due, by_hand, given_by, month, present in rows:
        on = iso_day(by_hand) or _end(month, today) or iso_day(present)
        if (percent := number(stored)) is not None:
            found.append(
                Milestone(key, tenant, tag, percent, iso_day(due), on, given_by, on is not None)
            )
    return found


def read_partners(
    connection: sqlite3.Connection, tenant_id: str | None
) -> list[tuple[str, str, str]]:
    """Tenant, tag and partner of every workload with a partner (FR-01)."""
    rows = connection.execute(
        "SELECT tenant_id, tag, partner FROM workload WHERE partner IS NOT NULL "
        "AND (?1 IS NULL OR tenant_id = ?1) ORDER BY tenant_id, tag",
        (tenant_id,),
    )
    return [(tenant, tag, partner) for tenant, tag, partner in rows]


def read_peaks(
    connection: sqlite3.Connection, tenant_id: str | None
) -> dict[tuple[str, str], float]:
    """The best share of usage ever seen of the partners' workloads, in percent."""
    rows = connection.execute(
        f"SELECT w.tenant_id, w.tag, max(coalesce({share('w', '100.0')}, 0), "  # noqa: S608 - as above
        f"coalesce((SELECT max({share('u', '100.0')}) FROM usage u"
        " WHERE u.tenant_id = w.tenant_id AND u.tag = w.tag), 0)) FROM workload w "
        "WHERE w.partner IS NOT NULL AND (?1 IS NULL OR w.tenant_id = ?1)",
        (tenant_id,),
    )
    return {(tenant, tag): peak for tenant, tag, peak in rows}


def _end(month: str | None, today: date) -> date | None:
    first = iso_day(month)
    return min(month_end(first), today) if first else None
