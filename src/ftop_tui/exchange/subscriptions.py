"""The subscriptions format: Partner Center's subscription details, for the renewal dates.

RevenueUSD and ACR are known and never stored nor shown.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ftop_tui.exchange.parsed import ImportOptions, Parsed, Reject, RowWarning
from ftop_tui.exchange.reading import (
    Format,
    build,
    day,
    each,
    month,
    number,
    read,
    tenant_id,
    text,
    yes_no,
)
from ftop_tui.exchange.rows import SubscriptionRow
from ftop_tui.exchange.tables import Table
from ftop_tui.progress import Progress, unheard

SUBSCRIPTIONS = Format(
    "subscriptions",
    (
        text("SubscriptionId", "subscription_id", required=True),
        tenant_id("CustomerTenantId"),
        text("Product", "product"),
        text("SKU", "sku"),
        day("SubscriptionStartDate", "start"),
        day("SubscriptionEndDate", "end", required=True),
        text("SubscriptionState", "state"),
        yes_no("IsAutoRenew", "auto_renew"),
        number("AvailableSeats", "seats"),
        month("Month", "month"),
    ),
    unstored=(
        "CustomerName",
        "CustomerTpid",
        "CustomerSegment",
        "CustomerMarket",
        "MPNId",
        "PartnerName",
        "PartnerLocation",
        "PartnerAttributionType",
        "SalesChannel",
        "RevenueUSD",
        "ACR",
        "EnrollmentId",
    ),
)


def parse(table: Table, options: ImportOptions, progress: Progress = unheard) -> Parsed:
    """The subscriptions of one table, a row for each month and partner still; see `latest`."""
    found = read(table, SUBSCRIPTIONS.columns, options, progress)
    built = [
        build(SubscriptionRow, values, table.source, row) for row, values in each(found, progress)
    ]
    rows = tuple(row for row in built if not isinstance(row, Reject))
    late = tuple(row for row in built if isinstance(row, Reject))
    return Parsed(SUBSCRIPTIONS.name, rows, found.rejects + late)


class Latest(NamedTuple):
    """Each subscription once, and what there is to say of the others."""

    rows: tuple[SubscriptionRow, ...]
    warnings: tuple[RowWarning, ...]


def latest(rows: Iterable[SubscriptionRow]) -> Latest:
    """Each subscription once: the row of its latest month.

    The report repeats a subscription every month and for every partner. Of rows of the same month
    that differ the first counts, with a warning.
    """
    kept: dict[tuple[str, str], SubscriptionRow] = {}
    warnings: list[RowWarning] = []
    for row in rows:
        key = (row.tenant_id, row.subscription_id)
        earlier = kept.setdefault(key, row)
        if earlier is row:
            continue
        if _is_later(row, earlier):
            kept[key] = row
        elif row != earlier and row.month == earlier.month:
            message = (
                f"the same subscription as row {earlier.row} of {earlier.file}, with other values; "
                "the first was kept"
            )
            warnings.append(RowWarning(row.file, row.row, "SubscriptionId", None, message))
    return Latest(tuple(kept.values()), tuple(warnings))


def _is_later(row: SubscriptionRow, than: SubscriptionRow) -> bool:
    return row.month is not None and (than.month is None or row.month > than.month)
