"""What `doctor` asks of a store, by plain sqlite3 and reading only: is it whole, do its rows fit?

Values of a vocabulary are compared with what the caller knows; one bad row never hides the rest.
"""

import json
import sqlite3
import zlib
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
_PART = 1 << 20

_UNREADABLE = "text that is no UTF-8"
_BYTES = "bytes"
"""Told in the place of such values, which are never quoted."""

_T = TypeVar("_T")


def gathered(found: Iterable[_T]) -> tuple[list[_T], str | None]:
    """All that a check finds, and in SQLite's words why it could not go on, or None."""
    told: list[_T] = []
    try:
        told.extend(found)
    except sqlite3.Error as error:
        return told, in_fixed_words(error)
    return told, None


class Stray(NamedTuple):
    """A value that this version does not know: where it stands, and in how many rows."""

    table: str
    column: str
    value: str
    rows: int


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


def bodies(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """The id, kind, fields and text of every note."""
    return connection.execute("SELECT id, kind, body, text FROM note ORDER BY id")


def rows_of_facts_that_are_none(connection: sqlite3.Connection) -> int:
    """How many rows of what tenants were before a change say nothing that can be read."""
    row = connection.execute(
        f"SELECT count(*) FROM facts_history WHERE NOT {sound.known_before('facts')}"  # noqa: S608
    ).fetchone()
    return int(row[0])


def unreadable_steps(connection: sqlite3.Connection) -> list[int]:
    """The number of each step whose changes are none that undo can read."""
    rows = connection.execute("SELECT id, typeof(changes) = 'blob' FROM step ORDER BY id")
    return [step for step, packed in rows if not (packed and _unpacks(connection, step))]


def _unpacks(connection: sqlite3.Connection, step: int) -> bool:
    """Whether a step's bytes are a whole packed list; one may be too large to hold unpacked."""
    unpacker, found = zlib.decompressobj(), b""
    with connection.blobopen("step", "changes", step, readonly=True) as packed:
        try:
            while (part := packed.read(_PART)) and not unpacker.eof:
                while part:
                    piece = unpacker.decompress(part, _PART)
                    found, part = found or piece[:1], unpacker.unconsumed_tail
        except zlib.error:
            return False
    return unpacker.eof and found == b"["


def posted_later_than(connection: sqlite3.Connection, today: date) -> list[tuple[str, str]]:
    """Notes with the name of their tenant that count as posted on a day to come."""
    rows = connection.execute(
        "SELECT n.id, t.name FROM note n JOIN tenant t ON t.id = n.tenant_id "
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


def unreadable_days(connection: sqlite3.Connection) -> list[Stray]:
    """What stands in columns of days and is none, each with its number of rows."""
    found = _unfit(
        connection, columns_of(connection, "DATE"), 'date("{0}", \'+0 days\') IS NOT "{0}"'
    )
    return [stray for stray in found if stray.value != _UNREADABLE]  # `odd_texts` names those


def unreadable_numbers(connection: sqlite3.Connection) -> list[Stray]:
    """What stands in columns of numbers and is no count."""
    return _unfit(connection, columns_of(connection, "INTEGER"), sound.odd_number('"{0}"'))


def unreadable_flags(connection: sqlite3.Connection) -> list[Stray]:
    """What stands in columns of yes or no and is neither."""
    return _unfit(connection, columns_of(connection, "BOOLEAN"), sound.odd_flag('"{0}"'))


def _unfit(
    connection: sqlite3.Connection, places: list[tuple[str, str]], condition: str
) -> list[Stray]:
    found = []
    for table, column in places:
        rows = _counted(
            connection,
            f'SELECT "{column}", count(*) FROM "{table}" '  # noqa: S608 - the schema's own names
            f'WHERE "{column}" IS NOT NULL AND {condition.format(column)} GROUP BY 1',
        )
        told: dict[str, int] = {}
        for value, count in rows:
            shown = _BYTES if isinstance(value, bytes) else _UNREADABLE if value is None else value
            told[str(shown)] = told.get(str(shown), 0) + count
        found += [Stray(table, column, value, count) for value, count in told.items()]
    return found


def _counted(connection: sqlite3.Connection, query: str) -> list[tuple[Any, int]]:
    """Values, none of them NULL, and their numbers; None stands for a text that is no UTF-8."""
    with _texts_read_by(connection, lambda stored: stored.decode() if _is_text(stored) else None):
        return connection.execute(query).fetchall()


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
    keys = _keys_of(connection, table)
    texts = (f'iif(typeof("{name}") = \'text\', "{name}", NULL)' for name in columns)
    names = ", ".join((*(f'"{name}"' for name in keys), *texts))
    for row in connection.execute(f'SELECT {names} FROM "{table}"'):  # noqa: S608 - from the schema
        for column, value in zip(columns, row[len(keys) :], strict=True):
            if isinstance(value, bytes) and not _is_text(value):
                yield OddText(table, "/".join(map(_shown, row[: len(keys)])), column)


def texts_of_bytes(connection: sqlite3.Connection) -> Iterator[OddText]:
    """Every place where bytes stand in a column of texts."""
    places = columns_of(connection, "VARCHAR")
    with _texts_read_by(connection, bytes):
        for table, column in places:
            keys = ", ".join(f'"{name}"' for name in _keys_of(connection, table))
            condition = sound.odd_text(f'"{column}"')
            rows = connection.execute(f'SELECT {keys} FROM "{table}" WHERE {condition}')  # noqa: S608
            for row in rows:
                yield OddText(table, "/".join(map(_shown, row)), column)


def _keys_of(connection: sqlite3.Connection, table: str) -> list[str]:
    described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    columns = {decoded(name): key for _, name, *_, key in described}
    return ["id"] if "id" in columns else [name for name, key in columns.items() if key]


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _shown(key: object) -> str:
    if not isinstance(key, bytes):
        return str(key)
    return decoded(key) if _is_text(key) else "?"


def strays(
    connection: sqlite3.Connection, table: str, column: str, known: Collection[str]
) -> list[Stray]:
    """The values of a column that are none of those known, each with its number of rows.

    Those that are no UTF-8 are left to `odd_texts`, and bytes to `texts_of_bytes`.
    """
    rows = _counted(
        connection,
        f'SELECT "{column}", count(*) FROM "{table}" WHERE "{column}" IS NOT NULL '  # noqa: S608
        "GROUP BY 1 ORDER BY 1",
    )
    told = ((value, n) for value, n in rows if not isinstance(value, bytes | None))
    return [Stray(table, column, str(value), n) for value, n in told if value not in known]


def candidates(
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, list[WinnerCandidate]]]:
    """Each customer's shown name and its tenants, for the question who its winner is (ES-02)."""
    rows = connection.execute(
        "SELECT c.id, coalesce(c.name, min(t.name) OVER (PARTITION BY c.id)), t.id, "
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
        f"SELECT name FROM (SELECT * FROM tenant_facts EXCEPT {FRESH}) "  # noqa: S608
        f"UNION SELECT name FROM ({FRESH} EXCEPT SELECT * FROM tenant_facts) ORDER BY name"
    ).fetchall()
    connection.execute("DROP TABLE touched")
    return [name for (name,) in rows]
