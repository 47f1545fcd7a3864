"""Customers and tenants by hand: add one, change its columns, read them as text for a form."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ftop_tui.errors import InputError
from ftop_tui.exchange.by_hand import PORTFOLIO_COLUMNS, read_tenant
from ftop_tui.exchange.parsed import ImportOptions
from ftop_tui.exchange.rows import TenantRow
from ftop_tui.exchange.tables import column_key
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.importing.draft import Draft
from ftop_tui.services.importing.state import load_state
from ftop_tui.services.importing.tenants import (
    CLOCK_COLUMNS,
    CUSTOMER_COLUMNS,
    TENANT_COLUMNS,
    plan_stricter,
    plan_tenants,
)
from ftop_tui.services.transfer import write
from ftop_tui.store import repositories
from ftop_tui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlmodel import Session

COLUMNS = PORTFOLIO_COLUMNS
"""The columns by which a tenant and its customer can be changed, as the portfolio names them."""


def edit(context: Context, tenant_id: str, values: Mapping[str, str]) -> Changes:
    """Change columns of a tenant or of its customer; an empty text clears one.

    A form may hand all of them back: those that stand so already are left alone.

    Raises:
        InputError: an unknown column, or a value that it cannot hold, named; nothing was changed.
    """
    with context.stored().unit("edit") as unit:
        tenant = repositories.get_tenant(unit.session, tenant_id)
        present = {column_key(n): text for n, text in _texts(unit.session, tenant_id).items()}
        given = {
            n: text for n, text in values.items() if present.get(column_key(n)) != text.strip()
        }
        row, cleared = read_tenant(
            tenant_id, {"TenantName": tenant.name or tenant_id, **given}, _options(context)
        )
        done = _write(context, unit, row, cleared)
        if not done:
            return Changes("Nothing changed")
        unit.sentence = f"Changed {', '.join(given)} of {row.tenant_name}"
        return Changes(unit.sentence, rank=True, tenants=frozenset({tenant_id}))


def add(context: Context, tenant_id: str, name: str, values: Mapping[str, str]) -> Changes:
    """Make a tenant, and its customer where no other tenant has the TPID.

    Raises:
        InputError: the id is none or taken, or a value cannot be held; nothing was changed.
    """
    row, cleared = read_tenant(tenant_id, {"TenantName": name, **values}, _options(context))
    with context.writer().unit("add") as unit:
        taken = load_state(repositories.reader(unit.session), [row]).tenants.get(row.tenant_id)
        if taken:
            raise InputError(f"TenantId: {row.tenant_id} is there already: {taken['name']}")
        _write(context, unit, row, cleared)
        unit.sentence = f"Added {row.tenant_name}"
        return Changes(unit.sentence, rank=True, tenants=frozenset({row.tenant_id}))


def _options(context: Context) -> ImportOptions:
    return ImportOptions(today=context.today(), pack=context.pack)


def _write(context: Context, unit: UnitOfWork, row: TenantRow, cleared: frozenset[str]) -> bool:
    state = load_state(repositories.reader(unit.session), [row])
    draft = Draft(context, state, by_hand=True, cleared=cleared)
    before = state.cadence()
    plan_tenants(draft, [row])
    plan_stricter(draft, before)
    write(unit, draft)
    return bool(draft.rows)


def current_values(context: Context, tenant_id: str) -> dict[str, str]:
    """Every column of a tenant and its customer as the text that a form shows."""
    with context.stored().looking() as session:
        return _texts(session, tenant_id)


def _texts(session: "Session", tenant_id: str) -> dict[str, str]:
    tenant = repositories.get_tenant(session, tenant_id)
    customer = repositories.get_customer(session, tenant_id)
    state = load_state(
        repositories.reader(session), [_named(tenant_id, tenant.name, customer.tpid)]
    )
    values = {"TenantId": tenant.id, "TPID": customer.tpid or ""}
    values |= {head: _text(getattr(tenant, name)) for name, head in TENANT_COLUMNS.values()}
    values |= {
        head: _text(getattr(customer, name), month=head == "ForecastMonth")
        for name, head in CUSTOMER_COLUMNS.values()
    }
    values |= {
        head: _text(state.days.get((customer.id, kind))) for kind, head in CLOCK_COLUMNS.values()
    }
    return {column: values[column] for column in COLUMNS}


def _named(tenant_id: str, name: str, tpid: str | None) -> TenantRow:
    """A row that names it. Odd values by hand come as texts; an empty one is none."""
    return TenantRow(
        file="", row=0, tenant_id=tenant_id, tenant_name=name or tenant_id, tpid=tpid or None
    )


def _text(value: Any, *, month: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date):
        return value.isoformat()[:7] if month else value.isoformat()
    return str(value)
