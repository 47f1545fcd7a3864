"""Makes one row of use of each tenant, workload and month, out of the many that reports hold."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ftop_tui.exchange.parsed import RowWarning
from ftop_tui.exchange.reading import over_use
from ftop_tui.exchange.rows import UsageRow


class MergedUsage(NamedTuple):
    """The rows of use, each tenant, workload and month once, and what there is to say of them."""

    rows: tuple[UsageRow, ...]
    warnings: tuple[RowWarning, ...]


def merged(usage: Iterable[UsageRow]) -> MergedUsage:
    """One row of each tenant, workload, month and source.

    A licence report repeats the same use for every attributed partner: the numbers are taken once,
    never added up, and the partners collected. Where they differ, the first row counts, with a
    warning. Of two reports of service users in one month the later day counts. Overage is told.
    """
    kept: dict[tuple[str, str, object, str], UsageRow] = {}
    warnings: list[RowWarning] = []
    for row in usage:
        key = (row.tenant_id, row.tag, row.month, row.source)
        earlier = kept.setdefault(key, row)
        if earlier is not row:
            kept[key], warning = _joined(earlier, row)
            if warning:
                warnings.append(warning)
    rows = tuple(kept.values())
    over = (over_use(r.file, r.row, None, r.paid_units, r.active_users) for r in rows)
    return MergedUsage(rows, (*warnings, *(warning for warning in over if warning)))


def _joined(first: UsageRow, later: UsageRow) -> tuple[UsageRow, RowWarning | None]:
    if first.as_of != later.as_of and first.as_of is not None and later.as_of is not None:
        newer, older = (first, later) if first.as_of >= later.as_of else (later, first)
        message = (
            f"[{older.tag}] the report of {older.as_of} was left out: row {newer.row} of "
            f"{newer.file} is of {newer.as_of}, later in the same month"
        )
        return newer, RowWarning(older.file, older.row, None, None, message)
    partners = tuple(dict.fromkeys(first.partners + later.partners))
    joined = replace(first, partners=partners, tpid=first.tpid or later.tpid)
    if (first.paid_units, first.active_users) == (later.paid_units, later.active_users):
        return joined, None
    message = (
        f"[{later.tag}] {later.month:%Y-%m}: {_numbers(later)}, but row {first.row} of "
        f"{first.file} says {_numbers(first)}; the first was kept"
    )
    return joined, RowWarning(later.file, later.row, None, None, message)


def _numbers(row: UsageRow) -> str:
    return f"{_known(row.paid_units)} paid units and {_known(row.active_users)} active users"


def _known(number: int | None) -> str:
    return "unknown" if number is None else str(number)
