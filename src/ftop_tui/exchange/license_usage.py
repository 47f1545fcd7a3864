"""The license-usage format: Partner Center's reports of licences and their use."""

from ftop_tui.exchange.cells import QUICK_TPID, Convert, tpid
from ftop_tui.exchange.parsed import ImportOptions, Parsed, Reject, RowWarning
from ftop_tui.exchange.reading import (
    Column,
    Format,
    build,
    each,
    month,
    number,
    plain,
    read,
    tenant_id,
    text,
)
from ftop_tui.exchange.rows import UsageRow
from ftop_tui.exchange.tables import Cell, Table, shown
from ftop_tui.exchange.workloads import tags
from ftop_tui.progress import Progress, unheard


class _Untracked(str):
    """The name of a service that the reports know and the playbook has no tag for."""

    __slots__ = ()


def _services(options: ImportOptions) -> Convert:
    tagged = tags(options)

    def convert(cell: Cell) -> object:
        name = str(cell)
        if options.pack.tag_of(name) is None and options.pack.is_untracked(name):
            return _Untracked(name)
        return tagged(cell)

    return convert


LICENSE_USAGE = Format(
    "license-usage",
    (
        tenant_id("CustomerTenantId"),
        Column("CustomerTpid", "tpid", plain(tpid), quick=QUICK_TPID),
        Column("WorkloadName", "tag", _services, required=True),
        month("Month", "month", required=True),
        number("PaidAvailableUnits", "paid_units", present=True),
        number("MonthlyActiveUsers", "active_users", present=True),
        text("PartnerName", "partners"),
    ),
    unstored=(
        "CustomerName",
        "CustomerMarket",
        "CustomerSegment",
        "MPNId",
        "PartnerLocation",
        "PartnerAttributionType",
    ),
)


def parse(
    table: Table,
    options: ImportOptions,
    progress: Progress = unheard,
    left_out: set[str] | None = None,
) -> Parsed:
    """The use of one table, a row for each partner still; `usage.merged` makes them one.

    Services without a tag are left out with one warning for each name, but those `left_out` that
    were told of before, and rows without any number with one each.
    """
    left_out = set() if left_out is None else left_out
    found = read(table, LICENSE_USAGE.columns, options, progress)
    rows: list[UsageRow] = []
    rejects = list(found.rejects)
    warnings: list[RowWarning] = []
    for number_, values in each(found, progress):
        tag = values["tag"]
        if isinstance(tag, _Untracked):
            if tag not in left_out:
                left_out.add(tag)
                message = f"the playbook does not track {shown(tag)}; its rows were left out"
                warnings.append(RowWarning(table.source, number_, "WorkloadName", None, message))
            continue
        if values["paid_units"] is None and values["active_users"] is None:
            message = "neither units nor users are given; the row was left out"
            warnings.append(RowWarning(table.source, number_, None, None, message))
            continue
        partner = values.pop("partners", None)
        complete = {
            **values,
            "partners": (partner,) if partner else (),
            "source": LICENSE_USAGE.name,
        }
        row = build(UsageRow, complete, table.source, number_)
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        rows.append(row)
        if row.month > options.today:
            message = f"the month {row.month:%Y-%m} lies in the future (today is {options.today})"
            warnings.append(RowWarning(row.file, row.row, "Month", None, message))
    return Parsed(LICENSE_USAGE.name, tuple(rows), tuple(rejects), tuple(warnings))
