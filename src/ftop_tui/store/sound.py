"""SQL for values that may be none: a column as it counts, and where one of them stands.

SQLite keeps a text in a column of numbers, and bytes in one of texts. To a query they are larger
than any number, so that one that compares or computes must ask for a column by these. They say in
SQL what `playbook.stored` says in Python.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ftop_tui.playbook import stored
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.stored import LARGEST


def number(column: str) -> str:
    """A count, or null where it is none: of all that is none, `&` makes another value."""
    return f"iif({column} & {LARGEST} = {column}, {column}, NULL)"


def flag(column: str) -> str:
    """Yes or no as 1 or 0, or null where it is neither."""
    return f"iif({column} IN (0, 1), {column}, NULL)"


def text(column: str) -> str:
    """A text; bytes in its place as SQLite writes them."""
    return f"iif(typeof({column}) = 'blob', quote({column}), {column})"


def share(figures: str, hundred: str = "100") -> str:
    """Active users per hundred paid units of a row of figures, or null where either is unknown."""
    active, paid = number(f"{figures}.active_users"), number(f"{figures}.paid_units")
    return f"{active} * {hundred} / nullif({paid}, 0)"


def reached(figures: str) -> str:
    """Whether a row of figures is at or above the milestone that the query calls m."""
    active, paid = number(f"{figures}.active_users"), number(f"{figures}.paid_units")
    return f"{paid} > 0 AND {active} * 100 >= {number('m.percent')} * {paid}"


def odd_number(column: str) -> str:
    """Whether there is a value that is no count."""
    return f"{column} & {LARGEST} <> {column}"


def odd_flag(column: str) -> str:
    """Whether there is a value that is neither yes nor no."""
    return f"{column} NOT IN (0, 1)"


def odd_text(column: str) -> str:
    """Whether there are bytes: they stand behind all texts."""
    return f"{column} >= x''"


def known_before(facts: str) -> str:
    """Whether it is known what tenant_id was before a change; null: it was not there yet.

    Each is parsed for it, so that it is asked only where something cannot be read.
    """
    own = f"json_type({facts}) = 'array' AND json_extract({facts}, '$[0]') IS tenant_id"
    listed = f"iif(json_valid({facts}), {own}, 0)"
    return f"({facts} IS NULL OR iif(typeof({facts}) = 'text', {listed}, 0))"


_ODD: Mapping[object, Callable[[str], str]] = {
    str: lambda column: f"{column} IS NULL OR {odd_text(column)}",
    str | None: odd_text,
    bool: odd_flag,
    bool | None: odd_flag,
    int: odd_number,
    int | None: odd_number,
}

ODD_FACT: Mapping[str, str] = {
    name: _ODD[kind](name) for name, kind in TenantFacts.__annotations__.items()
}
"""Whether a fact is none, by its name."""


def readable_row(_cursor: object, row: tuple[object, ...]) -> tuple[object, ...]:
    """A row with bytes as text, for connections that only read: none of ours is bytes by right."""
    if bytes in map(type, row):
        return tuple(stored.words(v) if isinstance(v, bytes) else v for v in row)
    return row


def by_name(found: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """The rows that a query found, each by the names of its columns."""
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)
