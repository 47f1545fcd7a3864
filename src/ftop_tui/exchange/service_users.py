"""The service-users format: Microsoft Graph's counts of active and inactive users by service.

One tenant a file, and the file does not say which. Active users are the MAU, active and inactive
ones together those with a licence: the PAU.
"""

from ftop_tui.exchange import cells
from ftop_tui.exchange.cells import CellError, Convert
from ftop_tui.exchange.parsed import ImportOptions, Parsed, Reject, RowWarning
from ftop_tui.exchange.reading import Column, Format, Values, build, day, each, number, read
from ftop_tui.exchange.rows import UsageRow
from ftop_tui.exchange.tables import Cell, Table, shown
from ftop_tui.progress import Progress, unheard

_SERVICES = ("Exchange", "OneDrive", "SharePoint", "Yammer", "Teams")
_UNTRACKED = ("Skype For Business", "Office 365")
_MONTHLY = 30


def _period(_options: ImportOptions) -> Convert:
    def convert(cell: Cell) -> int:
        days = cells.whole(cell)
        if days != _MONTHLY:
            raise CellError(
                f"the report covers {shown(cell)} days; usage is by month, "
                f"so export the report for {_MONTHLY} days"
            )
        return days

    return convert


SERVICE_USERS = Format(
    "service-users",
    (
        day("Report Refresh Date", "as_of", required=True),
        Column("Report Period", "period", _period, required=True),
        *(number(f"{service} Active", f"{service} active") for service in _SERVICES),
        *(number(f"{service} Inactive", f"{service} inactive") for service in _SERVICES),
    ),
    unstored=tuple(f"{name} {state}" for name in _UNTRACKED for state in ("Active", "Inactive")),
)


def parse(table: Table, options: ImportOptions, progress: Progress = unheard) -> Parsed:
    """The use of one tenant by service; `options.tenant` says whose, and must be there."""
    found = read(table, SERVICE_USERS.columns, options, progress)
    rows: list[UsageRow] = []
    rejects = list(found.rejects)
    warnings: list[RowWarning] = []
    for number_, values in each(found, progress):
        if values["as_of"] > options.today:
            message = f"the report's day {values['as_of']} lies in the future"
            warnings.append(RowWarning(table.source, number_, "Report Refresh Date", None, message))
        for service in _SERVICES:
            row = _usage(service, values, number_, table, options)
            if isinstance(row, Reject):
                rejects.append(row)
            elif row is not None:
                rows.append(row)
    return Parsed(SERVICE_USERS.name, tuple(rows), tuple(rejects), tuple(warnings))


def _usage(
    service: str, values: Values, row: int, table: Table, options: ImportOptions
) -> UsageRow | Reject | None:
    """One service's row; None where the report has no number for it or the pack no tag."""
    active, inactive = values.get(f"{service} active"), values.get(f"{service} inactive")
    tag = options.pack.tag_of(service)
    as_of = values["as_of"]
    if tag is None or active is None:
        return None
    return build(
        UsageRow,
        {
            "tenant_id": options.tenant,
            "tag": tag,
            "month": as_of.replace(day=1),
            "as_of": as_of,
            "active_users": active,
            "paid_units": None if inactive is None else active + inactive,
            "source": SERVICE_USERS.name,
        },
        table.source,
        row,
    )
