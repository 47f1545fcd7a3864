"""Whether a copy of a store is whole and holds the same, asked of SQLite alone.

Nothing of a row comes into Python: SQLite lets go of the interpreter while it looks, so that keys
are answered meanwhile. One thread looks at the pages and indexes, another compares the rows, a
third does what else is to be done with the copy.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from ftop_tui.errors import StoreError
from ftop_tui.files import sqlite_uri
from ftop_tui.progress import Progress
from ftop_tui.store.schema import connect_to_read, unusable

_OPS_A_CALL = 500_000
"""SQLite's own operations between two looks at whether to go on: some hundredths of a second."""
_MOST_MAPPED = 1 << 40
"""Bytes of a copy that are mapped, as far as SQLite was built to: 2 GiB as a rule."""
_OPS_A_PAGE = 300
"""About how many an integrity check takes for each page."""

MOST_COMPARED = 32 << 20
"""Bytes of a store whose indexes are compared with their rows before it is written: a tenth of a
second. In a larger one that took seconds; its pages and rows take a second for a gigabyte."""

_T = TypeVar("_T")


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with a database, every page and index looked at."""
    return _says_ok(connection, "integrity_check")


def _says_ok(connection: sqlite3.Connection, check: str) -> bool:
    return bool(connection.execute(f"PRAGMA {check}(1)").fetchone() == ("ok",))


def demand_whole(path: Path, demand: Callable[[sqlite3.Connection, Path], None]) -> None:
    """Refuse to write into a store that is damaged: every page is looked at, however large it is.

    `demand` is what else is to be seen to, by a connection that reads.

    Raises:
        StoreError: it is damaged, or cannot be read; nothing was changed.
    """
    try:
        with closing(connect_to_read(path)) as connection:
            small = path.stat().st_size <= MOST_COMPARED
            if not _says_ok(connection, "integrity_check" if small else "quick_check"):
                raise unusable(path, sqlite3.DatabaseError("database disk image is malformed"))
            demand(connection, path)
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def verify(
    original: sqlite3.Connection, source: Path, place: Path, progress: Progress,
    meanwhile: Callable[[Progress], _T],
) -> _T:  # fmt: skip
    """See to it that a copy is whole and holds what the original holds in its read transaction.

    What `meanwhile` gives is given back: what else is to be done with the copy, which nobody
    writes. It is handed what to call now and then: that raises where the work was called off.

    Raises:
        StoreError: the copy is not what it should be. sqlite3.Error: one cannot be read.
    """
    with ThreadPoolExecutor(2) as pool:
        whole = pool.submit(_file_is_whole, place, progress, mapped=_on_one_disk(source, place))
        rest = pool.submit(meanwhile, _as_long_as(whole))
        try:
            with _watched(original, _as_long_as(whole), 0):
                same = holds_the_same(original, place)
            found = rest.result()
        finally:
            verdict = whole.result()  # where it was ended, its reason is the one to tell
    if not verdict:
        raise StoreError(f"{source}: it is damaged; no copy was kept.")
    if not same:
        raise StoreError(f"{source}: the copy differs from it and was thrown away.")
    return found


def _on_one_disk(source: Path, place: Path) -> bool:
    return source.stat().st_dev == place.stat().st_dev


def _file_is_whole(place: Path, progress: Progress, *, mapped: bool) -> bool:
    """Whether a copy is whole; `mapped` looks each row up in its indexes in half the time.

    A page that is mapped and cannot be read ends the program where reading it would be an error: so
    this is for a copy on the disk that the program stands on anyway, not for a stick or a share.
    """
    with closing(sqlite3.connect(place)) as connection:
        if mapped:
            connection.execute(f"PRAGMA mmap_size = {_MOST_MAPPED}")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        with _watched(connection, progress, pages * _OPS_A_PAGE):
            return is_whole(connection)


def _as_long_as(other: "Future[bool]") -> Progress:
    def go_on(_part: float) -> None:
        if other.done():
            other.result()

    return go_on


@contextmanager
def _watched(connection: sqlite3.Connection, progress: Progress, expected: int) -> Iterator[None]:
    """Tell how far a connection's work is, of so many operations; what that raises ends it."""
    raised: list[BaseException] = []
    done = 0

    def told() -> int:
        nonlocal done
        done += _OPS_A_CALL
        try:
            progress(min(1.0, done / expected) if expected else 0.0)
        except BaseException as error:  # handed on below; SQLite would drop it
            raised.append(error)
            return 1
        return 0

    connection.set_progress_handler(told, _OPS_A_CALL)
    try:
        yield
    except sqlite3.Error:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


# The rows


def holds_the_same(original: sqlite3.Connection, place: Path) -> bool:
    """Whether another file has the same schema and, value by value, the same rows.

    The full-text index is compared by the tables that it keeps its own pages in.
    """
    original.execute("ATTACH ? AS other", (sqlite_uri(place.absolute(), "mode=ro"),))
    marks = ("application_id", "user_version")
    if any(_value(original, f"PRAGMA main.{m}") != _value(original, f"PRAGMA other.{m}")
           for m in marks):  # fmt: skip
        return False
    schema = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"
    ours, theirs = (original.execute(schema.format(each)).fetchall() for each in ("main", "other"))
    return ours == theirs and all(
        _table_is_same(original, name, str(sql))
        for kind, name, _, sql in ours
        if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL")
    )


def _table_is_same(connection: sqlite3.Connection, name: str, sql: str) -> bool:
    """As many rows in both, and to each of ours one of theirs in its place with the same values."""
    columns = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
    differs = " OR ".join(f'x."{c[1]}" IS NOT y."{c[1]}" COLLATE BINARY' for c in columns)
    if sql.upper().rstrip().endswith("WITHOUT ROWID"):
        same_place = " AND ".join(f'x."{c[1]}" = y."{c[1]}"' for c in columns if c[5])
    else:
        same_place = "x.rowid = y.rowid"
    counts = {
        _value(connection, f'SELECT count(*) FROM {each}."{name}"')  # noqa: S608 - from the schema
        for each in ("main", "other")
    }
    found = connection.execute(
        f'SELECT 1 FROM main."{name}" x LEFT JOIN other."{name}" y '  # noqa: S608 - from the schema
        f"ON {same_place} WHERE {differs} LIMIT 1"
    )
    return len(counts) == 1 and found.fetchone() is None


def _value(connection: sqlite3.Connection, query: str) -> object:
    return connection.execute(query).fetchone()[0]
