"""Rows that come more than once in an import: the same again is left out, another is refused."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from typing import NamedTuple, TypeVar

from ftop_tui.exchange.parsed import Reject, RowWarning
from ftop_tui.exchange.rows import TenantRow, WorkloadRow

T = TypeVar("T", TenantRow, WorkloadRow)


class Sifted(NamedTuple):
    """What is left of the rows, and what there is to say of the others."""

    rows: tuple[TenantRow | WorkloadRow, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[RowWarning, ...]


def sift(rows: Iterable[T], key: Callable[[T], Hashable], what: str, column: str) -> Sifted:
    """Each thing once, by its key: the first row counts.

    A later row with the same values is left out with a warning; one with other values is rejected,
    for nobody but the user can say which is right. `what` names the thing, `column` its key column.
    """
    first: dict[Hashable, T] = {}
    rejects: list[Reject] = []
    warnings: list[RowWarning] = []
    for row in rows:
        name = key(row)
        earlier = first.setdefault(name, row)
        if earlier is row:
            continue
        place = f"row {earlier.row} of {earlier.file}"
        if earlier == row:
            message = f"the same {what} with the same values as {place}; left out"
            warnings.append(RowWarning(row.file, row.row, column, None, message))
        else:
            differing = ", ".join(_differing(earlier, row))
            reason = f"the same {what} as {place} with other values ({differing})"
            rejects.append(Reject(row.file, row.row, column, reason))
    return Sifted(tuple(first.values()), tuple(rejects), tuple(warnings))


def _differing(one: T, other: T) -> list[str]:
    names = [field.name for field in fields(one) if field.compare]
    return [name.replace("_", " ") for name in names if getattr(one, name) != getattr(other, name)]
