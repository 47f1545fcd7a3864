"""The workloads format: a row a tenant and workload."""

from ftop_tui.exchange.cells import CellError, Convert, choice, note
from ftop_tui.exchange.parsed import ImportOptions, Parsed, Reject, RowWarning
from ftop_tui.exchange.reading import (
    Column,
    Format,
    build,
    day,
    each,
    number,
    over_use,
    plain,
    read,
    tenant_id,
    text,
)
from ftop_tui.exchange.rows import WorkloadRow
from ftop_tui.exchange.tables import Cell, Table, shown
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.progress import Progress, unheard


def tags(options: ImportOptions) -> Convert:
    """A converter from any spelling of a workload to its tag (OS-09)."""
    known = ", ".join(options.pack.by_tag)

    def convert(cell: Cell) -> str:
        tag = options.pack.tag_of(str(cell))
        if tag is None:
            raise CellError(f"{shown(cell)} is no workload of the playbook; accepted are {known}")
        return tag

    return convert


WORKLOADS = Format(
    "workloads",
    (
        tenant_id("TenantId"),
        Column("Workload", "workload", tags, required=True),
        Column("Status", "status", plain(choice(EntitlementStatus, "entitlement status"))),
        text("PrimaryRM", "primary_rm"),
        number("PaidUnits", "paid_units"),
        number("ActiveUsers", "active_users"),
        Column("Note", "note", plain(note), long=True),
        day("DueDate", "due_date"),
        text("Intent", "intent"),
        text("BusinessReason", "business_reason"),
        text("SuccessOwner", "success_owner"),
    ),
)


def parse(table: Table, options: ImportOptions, progress: Progress = unheard) -> Parsed:
    """The workloads of one table; the same one twice is for `repeats` to find."""
    found = read(table, WORKLOADS.columns, options, progress)
    rows: list[WorkloadRow] = []
    rejects = list(found.rejects)
    warnings: list[RowWarning] = []
    for number_, values in each(found, progress):
        row = build(WorkloadRow, values, table.source, number_)
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        rows.append(row)
        warning = over_use(row.file, row.row, "ActiveUsers", row.paid_units, row.active_users)
        if warning:
            warnings.append(warning)
    return Parsed(WORKLOADS.name, tuple(rows), tuple(rejects), tuple(warnings))
