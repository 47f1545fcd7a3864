"""Columns of the portfolio typed by hand, read by the same converters as those from a file."""

from collections.abc import Mapping

from ftop_tui.errors import InputError
from ftop_tui.exchange.parsed import ImportOptions
from ftop_tui.exchange.portfolio import PORTFOLIO, parse
from ftop_tui.exchange.rows import TenantRow
from ftop_tui.exchange.tables import Row, Table, column_key, shown

PORTFOLIO_COLUMNS = tuple(column.name for column in PORTFOLIO.columns)

_UNCLEARABLE = {
    "TPID": "it can be changed, not emptied",
    "LastEnterpriseNote": "what was recorded is taken back with undo",
    "LastCustomerProgress": "what was recorded is taken back with undo",
    "LastCustomerPerspective": "what was recorded is taken back with undo",
}


def read_tenant(
    tenant_id: str, values: Mapping[str, str], options: ImportOptions
) -> tuple[TenantRow, frozenset[str]]:
    """A tenant's row from texts by column, and the fields that an empty text clears.

    Raises:
        InputError: an unknown column, or a value that its column cannot hold; both are named.
    """
    known = {column_key(column.name): column for column in PORTFOLIO.columns}
    header, cells, cleared = ["TenantId"], [tenant_id], set()
    for name, text in values.items():
        column = known.get(column_key(name))
        if column is None or column.name == "TenantId":
            raise InputError(
                f"{shown(name)} is no column to set; there are: {', '.join(PORTFOLIO_COLUMNS[1:])}"
            )
        if not text.strip():
            if column.name in _UNCLEARABLE:
                raise InputError(f"{column.name}: {_UNCLEARABLE[column.name]}")
            cleared.add(column.field)
        header.append(column.name)
        cells.append(text)
    row = Row(2, tuple(cell.strip() or None for cell in cells))
    parsed = parse(Table("", None, tuple(header), (row,)), options)
    if parsed.rejects:
        faults = [f"{reject.column}: {reject.reason}" for reject in parsed.rejects]
        raise InputError("; ".join(faults), details=faults)
    return parsed.tenants[0], frozenset(cleared)
