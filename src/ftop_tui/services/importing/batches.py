"""The rows of an import in batches, none of which says anything about a customer of another."""

from collections.abc import Iterator, Sequence

from ftop_tui.exchange.packed import PackedRows, Rows, batches_of
from ftop_tui.exchange.parsed import ImportRow
from ftop_tui.exchange.rows import TenantRow
from ftop_tui.progress import Progress, unheard
from ftop_tui.services.importing.state import Reader


def batches(
    rows: Rows, read: Reader | None = None, progress: Progress = unheard
) -> Iterator[Sequence[ImportRow]]:
    """The rows batch by batch: all that concerns a customer is in one.

    Few rows are one batch as they are. Of very many, `read` tells whose tenants are already; it is
    None where no tenant is stored.
    """
    if isinstance(rows, PackedRows) and read is not None:
        rows = _by_customers(rows, read, progress)
    return batches_of(rows)


def _by_customers(rows: PackedRows, read: Reader, progress: Progress) -> PackedRows:
    """The rows with each tenant beside its customer's others, where it is and where it goes."""
    links = _Links()
    for part in rows.parts():
        progress(0.0)
        here = _places(read, part)
        for row in part:
            if isinstance(row, TenantRow) and row.tpid and row.tenant_id in here:
                links.join(row.tpid, here[row.tenant_id])
    found = PackedRows(rows.files)
    for part in rows.parts():
        progress(0.0)
        here = _places(read, part)
        tpids = {row.tenant_id: row.tpid for row in part if isinstance(row, TenantRow)}
        for row in part:
            place = tpids.get(row.tenant_id) or here.get(row.tenant_id) or row.tenant_id
            found.put(links.of(place), row)
    return found


def _places(read: Reader, rows: Sequence[ImportRow]) -> dict[str, str]:
    """Where tenants are that are stored: the TPID of their customer, or its id where it has none.

    A TPID means the same customer in the store and in the files.
    """
    named = {row.tenant_id for row in rows}
    tenants = {
        row["id"]: row["customer_id"] for row in read("tenant", "id", named, "id", "customer_id")
    }
    customers = read("customer", "id", set(tenants.values()), "id", "tpid")
    tpids = {row["id"]: row["tpid"] for row in customers}
    return {tenant: tpids.get(customer) or customer for tenant, customer in tenants.items()}


class _Links:
    """Places that a tenant links by going from one to the other; few do."""

    def __init__(self) -> None:
        self._nearer: dict[str, str] = {}

    def of(self, place: str) -> str:
        """The one that stands for all places that are linked with this one."""
        first = place
        while place in self._nearer:
            place = self._nearer[place]
        if first != place:
            self._nearer[first] = place  # the next way is short
        return place

    def join(self, one: str, other: str) -> None:
        """Link two places."""
        one, other = self.of(one), self.of(other)
        if one != other:
            self._nearer[one] = other
