"""Forecasts and what came of them, by plain sqlite3 (RA-07)."""

import sqlite3
from collections.abc import Collection
from datetime import date

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.forecasts import Forecast
from ftop_tui.playbook.stored import number
from ftop_tui.store import sound
from ftop_tui.store.days import sure_day

Came = dict[tuple[str, str, date], tuple[int, int]]
"""Active users and paid units by tenant, tag and month."""


def read_forecasts(connection: sqlite3.Connection, tenant_id: str | None) -> list[Forecast]:
    """All forecasts of a tenant or of all, in the order of month and making.

    One whose month or number cannot be read foretells nothing and is left out.
    """
    rows = connection.execute(
        "SELECT id, tenant_id, tag, month, active_users, made_on FROM forecast "
        "WHERE ?1 IS NULL OR tenant_id = ?1 ORDER BY tenant_id, tag, month, made_on, id",
        (tenant_id,),
    )
    return [
        Forecast(key, tenant, tag, month, users, sure_day(made))
        for key, tenant, tag, stored, told, made in rows
        if (month := iso_day(stored)) is not None and (users := number(told)) is not None
    ]


def read_came(connection: sqlite3.Connection, tenant_id: str | None) -> Came:
    """What came in the months that were forecast; of two reports of a month, licence usage."""
    rows = connection.execute(
        "SELECT u.tenant_id, u.tag, u.month, u.active_users, u.paid_units FROM usage u "  # noqa: S608 - constants alone
        f"WHERE {sound.number('u.active_users')} IS NOT NULL "
        f"AND {sound.number('u.paid_units')} > 0 AND (?1 IS NULL OR u.tenant_id = ?1)"
        " AND EXISTS (SELECT 1 FROM forecast f WHERE f.tenant_id = u.tenant_id"
        " AND f.tag = u.tag AND f.month = u.month) ORDER BY u.source DESC",
        (tenant_id,),
    )  # 'service-users' before 'license-usage': the last one wins
    return {
        (tenant, tag, month): (active, paid)
        for tenant, tag, stored, active, paid in rows
        if (month := iso_day(stored)) is not None
    }


def read_names(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The names of some tenants by their ids."""
    rows = connection.execute("SELECT id, name FROM tenant")
    return {tenant: name for tenant, name in rows if tenant in ids}


def guidance_known(connection: sqlite3.Connection, tenant_id: str) -> bool:
    """Whether the tenant's customer has a forecast already, or the guidance was read (RA-07)."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM record r WHERE r.customer_id = t.customer_id"
        " AND r.kind IN ('guidance', 'forecast')) OR EXISTS (SELECT 1 FROM forecast f"
        " JOIN tenant o ON o.id = f.tenant_id WHERE o.customer_id = t.customer_id)"
        " FROM tenant t WHERE t.id = ?",
        (tenant_id,),
    ).fetchone()
    return bool(row and row[0])
