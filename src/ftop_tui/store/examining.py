"""What `doctor` asks of a store, by plain sqlite3 and reading only: is it whole, do its rows fit?

Values of a vocabulary are compared with what the caller knows; one bad row never hides the rest.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple, TypeVar

from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.playbook.stored import number
from ftop_tui.store import sound
from ftop_tui.store.facts_query import FRESH
from ftop_tui.store.odd_text import decoded
from ftop_tui.store.schema import in_fixed_words

_MOST = 20

_T = TypeVar("_T")
_CALLED = "iif(typeof(t.name) = 'text', t.name, t.id)"
"""A tenant as findings call it: bytes in the place of its name are not quoted."""


def gathered(found: Iterable[_T]) -> tuple[list[_T], str | None]:
    """All that a check finds, and in SQLite's words why it could not go on, or None."""
    told: list[_T] = []
    try:
        told.extend(found)
    except sqlite3.Error as error:
        return told, in_fixed_words(error)
    return told, None


class Stray(NamedTuple):
    """What stands in a column and does not belong there: never quoted, named by its rows' keys."""

    table: str
    column: str
    rows: tuple[str, ...]


def faults_of_file(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the pages and indexes; at most twenty, in its words."""
    rows = connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    return [str(told) for (told,) in rows if told != "ok"]


def rows_that_point_nowhere(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows of each table name a row of another that is not there."""
    found: dict[str, int] = {}
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        found[table] = found.get(table, 0) + 1
    return found


def notes_not_searchable(connection: sqlite3.Connection) -> int:
    """How many notes the full-text index does not know."""
    row = connection.execute(
        "SELECT count(*) FROM note WHERE number NOT IN (SELECT id FROM note_search_docsize)"
    ).fetchone()
    return int(row[0])


def posted_later_than(connection: sqlite3.Connection, today: date) -> list[tuple[str, str]]:
    """Notes with the name of their tenant that count as posted on a day to come."""
    rows = connection.execute(
        f"SELECT n.id, {_CALLED} FROM note n JOIN tenant t ON t.id = n.tenant_id "  # noqa: S608
        "WHERE n.state = 'posted' AND n.posted_on > ? AND date(n.posted_on) IS n.posted_on "
        "ORDER BY n.id",
        (today.isoformat(),),
    )
    return [(note_id, name) for note_id, name in rows]


def columns_of(connection: sqlite3.Connection, *kinds: str) -> list[tuple[str, str]]:
    """Every table and column that is declared as one of some kinds, such as DATE."""
    return connection.execute(
        "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' "
        "AND c.type IN (SELECT value FROM json_each(?)) ORDER BY 1, 2",
        (json.dumps(kinds),),
    ).fetchall()


def unreadable_days(connection: sqlite3.Connection) -> Iterator[Stray]:
    """Where a day should stand and none does, but for what `odd_texts` names."""
    for table, column in columns_of(connection, "DATE"):
        yield from _unfit(
            connection, table, column, f'date("{column}", \'+0 days\') IS NOT "{column}"'
        )


def unreadable_numbers(connection: sqlite3.Connection) -> Iterator[Stray]:
    """Where a count should stand and none does."""
    for table, column in columns_of(connection, "INTEGER"):
        yield from _unfit(connection, table, column, sound.odd_number(f'"{column}"'), any_text=True)


def unreadable_flags(connection: sqlite3.Connection) -> Iterator[Stray]:
    """Where yes or no should stand and neither does."""
    for table, column in columns_of(connection, "BOOLEAN"):
        yield from _unfit(connection, table, column, sound.odd_flag(f'"{column}"'), any_text=True)


def unreadable_texts(connection: sqlite3.Connection) -> Iterator[Stray]:
    """Where bytes stand in columns of texts."""
    for table, column in columns_of(connection, "VARCHAR"):
        yield from _unfit(connection, table, column, sound.odd_text(f'"{column}"'), any_text=True)


def _unfit(
    connection: sqlite3.Connection, table: str, column: str, condition: str, *,
    any_text: bool = False, given: tuple[object, ...] = (),
) -> Iterator[Stray]:  # fmt: skip
    """The rows whose column fulfils a condition, without texts that are no UTF-8 unless `any`."""
    keys = _keys(connection, table)
    # the column itself never tells where it stands, nor do bytes
    told = (
        "NULL" if key == column else f'iif(typeof("{key}") = \'blob\', NULL, "{key}")'
        for key in keys
    )
    value = f"iif(typeof(\"{column}\") = 'text', \"{column}\", '')"
    with _texts_read_by(connection, bytes):
        rows = connection.execute(
            f'SELECT {", ".join((*told, value))} FROM "{table}" '  # noqa: S608 - the schema's names
            f'WHERE "{column}" IS NOT NULL AND ({condition})',
            given,
        )
        found = tuple(_named(row[:-1]) for row in rows if any_text or _is_text(row[-1]))
    if found:
        yield Stray(table, column, found)


@contextmanager
def _texts_read_by(connection: sqlite3.Connection, factory: Any) -> Iterator[None]:
    before = connection.text_factory, connection.row_factory
    connection.text_factory, connection.row_factory = factory, None
    try:
        yield
    finally:
        connection.text_factory, connection.row_factory = before


class OddText(NamedTuple):
    """A text that is none as it should be: where it stands, the row by its key."""

    table: str
    row: str
    column: str


def odd_texts(connection: sqlite3.Connection) -> Iterator[OddText]:
    """Every text that is no UTF-8."""
    tables: dict[str, list[str]] = {}
    for table, column in columns_of(connection, "VARCHAR", "VARCHAR(32)", "DATE", "TEXT"):
        tables.setdefault(table, []).append(column)
    with _texts_read_by(connection, bytes):
        for table, columns in tables.items():
            yield from _odd_texts(connection, table, columns)


def _odd_texts(connection: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[OddText]:
    keys = _keys(connection, table)
    texts = (f'iif(typeof("{name}") = \'text\', "{name}", NULL)' for name in columns)
    names = ", ".join((*(f'"{name}"' for name in keys), *texts))
    for row in connection.execute(f'SELECT {names} FROM "{table}"'):  # noqa: S608 - from the schema
        for column, value in zip(columns, row[len(keys) :], strict=True):
            if isinstance(value, bytes) and not _is_text(value):
                yield OddText(table, _named(row[: len(keys)]), column)


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns that a row is named by; the numbers that SQLite gives to notes tell nobody."""
    found = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
    names = [(_shown(name), key) for name, key in found]
    return ["id"] if ("id", 0) in names else [name for name, key in names if key]


def _named(keys: Iterable[object]) -> str:
    return "/".join(map(_shown, keys))


def _shown(key: object) -> str:
    if not isinstance(key, bytes):
        return "?" if key is None else str(key)
    return decoded(key) if _is_text(key) else "?"


def strays(
    connection: sqlite3.Connection, table: str, column: str, known: Collection[str]
) -> Iterator[Stray]:
    """Where a text stands that is none of those known.

    What is no UTF-8 is left to `odd_texts`, and bytes to `unreadable_texts`.
    """
    name = f'"{column}"'
    condition = f"{name} < x'' AND {name} NOT IN (SELECT value FROM json_each(?))"  # noqa: S608
    return _unfit(connection, table, column, condition, given=(json.dumps([*known]),))


def candidates(
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, list[WinnerCandidate]]]:
    """Each customer's shown name and its tenants, for the question who its winner is (ES-02)."""
    rows = connection.execute(
        "SELECT c.id, coalesce(iif(typeof(c.name) = 'text', c.name, NULL), "  # noqa: S608
        f"min({_CALLED}) OVER (PARTITION BY c.id)), t.id, "
        "t.winner_marked, t.users "
        "FROM customer c JOIN tenant t ON t.customer_id = c.id "
        "ORDER BY c.id, t.id"
    ).fetchall()
    names: dict[str, str] = {}
    tenants: dict[str, list[WinnerCandidate]] = {}
    for customer_id, name, tenant_id, marked, users in rows:
        names[customer_id] = name
        candidate = WinnerCandidate(tenant_id, bool(marked), number(users))
        tenants.setdefault(customer_id, []).append(candidate)
    for customer_id, found in tenants.items():
        yield names[customer_id], found


def customers_without_tenant(connection: sqlite3.Connection) -> list[str]:
    """The ids of customers that no tenant belongs to."""
    rows = connection.execute(
        "SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM tenant) ORDER BY id"
    )
    return [customer_id for (customer_id,) in rows]


def stale_facts(connection: sqlite3.Connection) -> list[str]:
    """The names of tenants whose facts for the list are not what their rows say."""
    connection.execute("CREATE TEMP TABLE touched (customer_id, winner_id)")
    connection.executemany(
        "INSERT INTO touched SELECT customer_id, id FROM tenant WHERE id = ?",
        [(winner_of(tenants),) for _, tenants in candidates(connection)],
    )
    rows = connection.execute(
        f"SELECT coalesce((SELECT {_CALLED} FROM tenant t WHERE t.id = tenant_id), tenant_id)"  # noqa: S608
        " AS named FROM ("
        f"SELECT tenant_id FROM (SELECT * FROM tenant_facts EXCEPT {FRESH}) "
        f"UNION SELECT tenant_id FROM ({FRESH} EXCEPT SELECT * FROM tenant_facts)) ORDER BY named"
    ).fetchall()
    connection.execute("DROP TABLE touched")
    return [name for (name,) in rows]
