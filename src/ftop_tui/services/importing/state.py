"""What is stored of the tenants that an import is about, as plain rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from ftop_tui.exchange.parsed import ImportRow
from ftop_tui.exchange.rows import TenantRow, UsageRow
from ftop_tui.progress import Progress, unheard

Row = dict[str, Any]


class Reader(Protocol):
    """Reads rows of a table whose column has one of some values, whole or some columns of them."""

    def __call__(
        self, name: str, column: str, values: Collection[str], *only: str
    ) -> Iterable[Row]:
        """The rows."""


_TOLD = 1_000


@dataclass
class State:
    """Rows by their keys; empty where there is no store yet."""

    customers: dict[str, Row] = field(default_factory=dict)
    tenants: dict[str, Row] = field(default_factory=dict)
    """The tenants of the rows, and all others of the same customers."""
    workloads: dict[tuple[str, str], Row] = field(default_factory=dict)
    usage: dict[tuple[str, str, date, str], Row] = field(default_factory=dict)
    subscriptions: dict[str, Row] = field(default_factory=dict)
    posted: dict[tuple[str, str], str] = field(default_factory=dict)
    """The latest posted entitlement text by tenant and tag."""
    days: dict[tuple[str, str], date] = field(default_factory=dict)
    """The latest day by customer and kind of record, notes counted."""

    def members(self) -> dict[str, list[Row]]:
        """The tenants of each customer; gathered in one pass, for there may be thousands."""
        found: dict[str, list[Row]] = {}
        for tenant in self.tenants.values():
            found.setdefault(tenant["customer_id"], []).append(tenant)
        return found

    def cadence(self) -> dict[str, tuple[str | None, bool]]:
        """Each customer's colour, and whether a partner is registered on a workload (FR-06)."""
        partnered = {
            self.tenants[tenant]["customer_id"]
            for (tenant, _), workload in self.workloads.items()
            if workload["partner"]
        }
        return {
            customer_id: (customer.get("health"), customer_id in partnered)
            for customer_id, customer in self.customers.items()
        }


def load_state(read: Reader, rows: Sequence[ImportRow], progress: Progress = unheard) -> State:
    """What is stored of everything that the rows name."""
    return _load(_told(read, progress), rows)


def _told(read: Reader, progress: Progress) -> Reader:
    """The same reader, which lets whoever watches end it; how much there is nobody knows."""

    def watched(name: str, column: str, values: Collection[str], *only: str) -> Iterator[Row]:
        for number, row in enumerate(read(name, column, values, *only)):
            if number % _TOLD == 0:
                progress(0.0)
            yield row

    return watched


def _load(read: Reader, rows: Sequence[ImportRow]) -> State:
    named = {row.tenant_id for row in rows}
    tpids = {row.tpid for row in rows if isinstance(row, TenantRow) and row.tpid}
    state = State()
    customers = {row["customer_id"] for row in read("tenant", "id", named, "customer_id")}
    customers |= {row["id"] for row in read("customer", "tpid", tpids, "id")}
    state.customers = {row["id"]: row for row in read("customer", "id", customers)}
    state.tenants = {row["id"]: row for row in read("tenant", "customer_id", customers)}
    for row in read("workload", "tenant_id", state.tenants):
        state.workloads[row["tenant_id"], row["tag"]] = row
    if any(isinstance(row, UsageRow) for row in rows):
        for row in read("usage", "tenant_id", named):
            state.usage[row["tenant_id"], row["tag"], row["month"], row["source"]] = row
    for row in read("subscription", "tenant_id", named):
        state.subscriptions[row["id"]] = row
    _load_notes(state, read, customers)
    for row in read("record", "customer_id", customers, "customer_id", "kind", "day"):
        _later(state, row["customer_id"], row["kind"], row["day"])
    return state


def _load_notes(state: State, read: Reader, customers: Collection[str]) -> None:
    notes = read("note", "customer_id", customers)
    posted = [row for row in notes if row["state"] == "posted" and row["posted_on"]]
    for row in sorted(posted, key=lambda row: (row["posted_on"], row["posted_at"] or "")):
        if row["kind"] == "entitlement":
            state.posted[row["tenant_id"], row["tag"]] = row["text"]
        elif row["kind"] == "enterprise":
            _later(state, row["customer_id"], "enterprise", row["posted_on"])


def _later(state: State, customer_id: str, kind: str, day: date) -> None:
    place = (customer_id, kind)
    state.days[place] = max(day, state.days.get(place, day))
