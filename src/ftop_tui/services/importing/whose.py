"""Whose a report is that does not say so itself: the tenant named beside the files."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ftop_tui.errors import InputError, NotFoundError
from ftop_tui.exchange.packed import PackedRows
from ftop_tui.exchange.parsed import ImportRow, Parsed
from ftop_tui.exchange.rows import TenantRow, UsageRow
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context


@dataclass(frozen=True, slots=True)
class _Coming:
    """A tenant of a portfolio that is being imported, by what it can be named."""

    tenant_id: str
    name: str
    tpid: str | None
    customer: str | None
    brand: str | None
    winner: bool


def tenant_in_store(context: Context, name: str) -> str | None:
    """The id of the tenant that a name means: one in the store, else the name where it is an id.

    Raises:
        AmbiguousError: it fits several tenants of the store; they are listed.
    """
    try:
        return portfolio.find(portfolio.load(context), name).facts.tenant_id
    except NotFoundError:
        return _as_id(name)


def _as_id(name: str) -> str | None:
    try:
        return str(UUID(name.strip()))
    except ValueError:
        return None


def named_among(parsed: Parsed, name: str) -> Parsed:
    """The rows with the tenant that `name` means among the portfolio rows that came with them.

    Raises:
        InputError: it means none of them. AmbiguousError: it fits several; they are listed.
    """
    try:
        found = portfolio.choose(name, _coming(parsed.tenants), lambda tenant: tenant)
    except NotFoundError as error:
        raise InputError(
            f"--tenant: no tenant is named {name!r}, in the portfolio or in these files; "
            "`ftop-tui list` shows them all"
        ) from error

    def told(row: ImportRow) -> ImportRow:
        if isinstance(row, UsageRow) and row.tenant_id == name:
            return replace(row, tenant_id=found.tenant_id)
        return row

    rows = parsed.rows
    if isinstance(rows, PackedRows):
        return replace(parsed, rows=rows.changed(told, found.tpid or found.tenant_id))
    return replace(parsed, rows=tuple(map(told, rows)))


def _coming(rows: Sequence[TenantRow]) -> list[_Coming]:
    """The tenants of the rows; of each TPID one is the winner (ES-02)."""
    of_customer: dict[str, list[TenantRow]] = defaultdict(list)
    for row in rows:
        of_customer[row.tpid or row.tenant_id].append(row)
    winners = {
        winner_of([WinnerCandidate(r.tenant_id, bool(r.winner_tenant), r.users) for r in members])
        for members in of_customer.values()
    }
    return [
        _Coming(
            row.tenant_id,
            row.tenant_name,
            row.tpid,
            row.customer_name,
            row.brand_name,
            row.tenant_id in winners,
        )
        for row in rows
    ]
