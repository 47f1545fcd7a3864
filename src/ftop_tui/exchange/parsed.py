"""What an import asks for and what reading its files yields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ftop_tui.exchange.days import DateOrder
from ftop_tui.exchange.packed import ImportRow, Rows
from ftop_tui.exchange.rows import SubscriptionRow, TenantRow, UsageRow, WorkloadRow
from ftop_tui.playbook.pack import Pack

__all__ = ("ImportOptions", "ImportRow", "Parsed", "Reject", "RowWarning", "Source")


class Reject(NamedTuple):
    """A row that does not go in, and why; `column` is None where it is the row as a whole.

    A row with several faults has one of these for each.
    """

    file: str
    row: int
    column: str | None
    reason: str


def rejected_rows(rejects: Iterable[Reject]) -> int:
    """How many rows do not go in, however many faults each has."""
    return len({(reject.file, reject.row) for reject in rejects})


class RowWarning(NamedTuple):
    """Something the user should know that stops nothing; `row` is None for a file as a whole.

    `rule` is the id of the playbook's rule behind it, where there is one.
    """

    file: str
    row: int | None
    column: str | None
    rule: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came out of the files. `format` names the formats found, joined by a plus."""

    format: str
    rows: Rows
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[RowWarning, ...] = ()

    @property
    def tenants(self) -> tuple[TenantRow, ...]:
        """The rows of the portfolio format."""
        return tuple(row for row in self.rows if isinstance(row, TenantRow))

    @property
    def workloads(self) -> tuple[WorkloadRow, ...]:
        """The rows of the workloads format."""
        return tuple(row for row in self.rows if isinstance(row, WorkloadRow))

    @property
    def usage(self) -> tuple[UsageRow, ...]:
        """The rows of the license-usage and service-users formats."""
        return tuple(row for row in self.rows if isinstance(row, UsageRow))

    @property
    def subscriptions(self) -> tuple[SubscriptionRow, ...]:
        """The rows of the subscriptions format."""
        return tuple(row for row in self.rows if isinstance(row, SubscriptionRow))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read by its name, or bytes that are here already (stdin, pasted text)."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read: `tenant` is a tenant id; `dates` is the order where the caller gave it."""

    today: date
    pack: Pack
    format: str = "auto"
    tenant: str | None = None
    dates: DateOrder | None = None
