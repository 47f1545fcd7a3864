"""The parts of an import as one: each thing once, whichever of the files it came from."""

from collections.abc import Sequence
from itertools import chain

from ftop_tui.exchange import tables
from ftop_tui.exchange.packed import PackedRows
from ftop_tui.exchange.parsed import ImportRow, Parsed, Reject, RowWarning
from ftop_tui.exchange.repeats import sift
from ftop_tui.exchange.rows import TenantRow
from ftop_tui.exchange.subscriptions import latest
from ftop_tui.exchange.usage import merged


class Gathered:
    """Parts of an import while they come; of very many rows most are packed."""

    def __init__(self) -> None:
        self._formats: dict[str, None] = {}
        self._rows: list[ImportRow] = []
        self._packed: PackedRows | None = None
        self._rejects: list[Reject] = []
        self._warnings: list[RowWarning] = []

    def add(self, part: Parsed) -> None:
        """Add what a part of a file holds."""
        if part.format:
            self._formats[part.format] = None
        self._rows += part.rows
        self._rejects += part.rejects
        self._warnings += part.warnings
        if self._packed is None and len(self._rows) > tables.AT_ONCE:
            self._packed = PackedRows()
        if self._packed is not None:
            for row in self._rows:
                self._packed.put(row.tenant_id, row)
            self._rows.clear()

    def whole(self, files: Sequence[str]) -> Parsed:
        """All of it. What there is to say is in the order of the files and their rows."""
        rows = (
            tuple(self._sifted(self._rows)) if self._packed is None else self._of_customers(files)
        )

        def place(remark: Reject | RowWarning) -> tuple[int, int]:
            return files.index(remark.file), remark.row or 0

        return Parsed(
            "+".join(self._formats),
            rows,
            rejects=tuple(sorted(self._rejects, key=place)),
            warnings=tuple(sorted(self._warnings, key=place)),
        )

    def _of_customers(self, files: Sequence[str]) -> PackedRows:
        """The rows by TPID, where their tenant's has one: those of one customer then are together.

        Whatever comes twice is of one tenant, so each part is looked through by itself.
        """
        found = PackedRows(files)
        for part in self._packed.drained() if self._packed else ():
            rows = self._sifted(part)
            tpids = {row.tenant_id: row.tpid for row in rows if isinstance(row, TenantRow)}
            for row in rows:
                found.put(tpids.get(row.tenant_id) or row.tenant_id, row)
        return found

    def _sifted(self, rows: Sequence[ImportRow]) -> list[ImportRow]:
        """Each thing once; what there is to say of the others is noted."""
        part = Parsed("", tuple(rows))
        tenants = sift(part.tenants, lambda row: row.tenant_id, "tenant", "TenantId")
        of_tenants = sift(
            part.workloads,
            lambda row: (row.tenant_id, row.workload),
            "tenant and workload",
            "Workload",
        )
        usage = merged(part.usage)
        renewals = latest(part.subscriptions)
        self._rejects += chain(tenants.rejects, of_tenants.rejects)
        for found in (tenants, of_tenants, usage, renewals):
            self._warnings += found.warnings
        return [*tenants.rows, *of_tenants.rows, *usage.rows, *renewals.rows]
