"""What a store file says of itself, checked before anything is read: ours, whole, of which version.

Plain sqlite3 and no ORM: this is on the way to the first paint.
"""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ftop_tui.errors import StoreError
from ftop_tui.files import sqlite_uri
from ftop_tui.store import odd_text, outside
from ftop_tui.store.sound import readable_row

VERSION = 5
"""The schema this program reads and writes; migration `000N` makes version N."""

APPLICATION_ID = 0x46544F50
"""Marks a SQLite file as ours: FTOP."""

FILE_NAME = "ftop-tui.sqlite3"
BUSY_SECONDS = 5.0


class OlderStoreError(StoreError):
    """The store is of an earlier version; opening it for writing upgrades it."""


def check(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of an open store; 0 where the database holds nothing yet.

    Raises:
        StoreError: the file is no database, another program's, or of a newer version.
    """
    try:
        application = _pragma(connection, "application_id")
        version = _pragma(connection, "user_version")
        if application == 0 and version == 0 and not _has_tables(connection):
            return 0
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    if application != APPLICATION_ID:
        raise StoreError(
            f"{path} is a database of another program; nothing was changed. "
            "Choose another folder with --data-dir."
        )
    if version < 1:
        raise unusable(path, sqlite3.DatabaseError("database disk image is malformed"))
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer ftop-tui (schema {version}, this one knows {VERSION}); "
            "nothing was changed. Update ftop-tui to open it."
        )
    return version


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


_DAMAGED = "it is damaged or no database; put a backup in its place"


def unusable(path: Path, error: BaseException) -> StoreError:
    """The error to show for what SQLite said of a store."""
    said = str(error)
    passing = any(word in said for word in ("locked", "busy", "readonly", "full"))
    name = getattr(error, "sqlite_errorname", "")
    if "locked" in said or "busy" in said:
        cause = "it is locked by another program; close that one and try again"
    elif beside := outside.in_the_way(path):
        cause, passing = beside, False
    elif "not a database" in said or "malformed" in said or name.startswith("SQLITE_CORRUPT"):
        cause = _DAMAGED
    elif name == "SQLITE_READONLY_ROLLBACK":
        cause = (
            f"{path.name}-journal stands beside it, as another program leaves it that did not end "
            "its write; let that program do so, or move it away if it is not of this store"
        )
    elif "readonly" in said and (places := outside.read_only(path)):
        named = ", ".join(map(str, places))
        cause = f"it is read-only; make {named} writable or choose another place with --data-dir"
    elif name == "SQLITE_READONLY":
        cause, passing = _DAMAGED, False  # the file says of itself that SQLite must not write it
    elif "readonly" in said:
        cause = "it is read-only; make the folder writable or choose another with --data-dir"
    elif "unable to open" in said:
        cause = "it cannot be opened; check that the folder can be read and written"
    else:
        cause = in_fixed_words(error)
    return StoreError(f"{path}: {cause}. Nothing was changed.", passing=passing)


_FIXED = frozenset({
    "disk I/O error", "database or disk is full", "out of memory", "interrupted",
    "database schema has changed", "string or blob too big", "no such table", "no such column",
    "UNIQUE constraint failed", "NOT NULL constraint failed", "FOREIGN KEY constraint failed",
    "database disk image is malformed", "unable to open database file", "database is locked",
})  # fmt: skip


def in_fixed_words(error: BaseException) -> str:
    """What SQLite says, as far as it cannot hold a value: the head of what we know, or a code."""
    head = str(error).partition(":")[0]
    if head in _FIXED:
        return head
    return f"SQLite refuses it ({getattr(error, 'sqlite_errorname', None) or type(error).__name__})"


def refuse_empty(path: Path) -> None:
    """Refuse a file of no bytes, which SQLite would take for a new database, and what is no file.

    Raises:
        StoreError: it is that, or cannot be looked at.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}. Nothing was changed.") from error
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(
            f"{path} is {outside.kind(found.st_mode)}, which no store is. Nothing was changed. "
            "Move it away, or choose another place with --data-dir."
        )
    if found.st_size == 0:
        raise StoreError(
            f"{path} is empty (0 bytes), which no store is. Nothing was changed. "
            "Put a backup in its place, or move the file away to start anew."
        )


def refuse_remains(path: Path) -> None:
    """Where there is no store, refuse a place that none can be made in, or that one has gone from.

    SQLite would throw away the log of the one that is gone, or mix it into another.

    Raises:
        StoreError: a file stands where a folder should be, or the log of a store without it.
    """
    if path.exists():
        return
    above = next(each for each in path.absolute().parents if each.exists())
    if not above.is_dir():
        raise StoreError(
            f"{above} is no folder, so that no store can be in it. Nothing was changed. "
            "Choose another place with --data-dir."
        )
    for log in (path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-journal")):
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"{log} is the log of a store that is gone, and may hold text of it. Nothing was "
                "changed. Put that store or a backup in its place (`ftop-tui restore`), or move "
                "the log away to start anew."
            )


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can only read, to a file that need not be a usable store.

    Raises:
        StoreError: the file is empty or cannot be opened.
    """
    refuse_empty(path)
    try:
        return sqlite3.connect(
            sqlite_uri(path.absolute(), "mode=ro"),
            uri=True, timeout=BUSY_SECONDS, factory=odd_text.Connection,
        )  # fmt: skip
    except sqlite3.Error as error:
        raise unusable(path, error) from error


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can only read, checked to be a store of the present version.

    Raises:
        OlderStoreError: it must be upgraded first.
        StoreError: there is no usable store at that path.
    """
    connection = connect_to_read(path)
    connection.row_factory = readable_row
    try:
        check_present(connection, path)
        yield connection
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    finally:
        connection.close()


def check_present(connection: sqlite3.Connection, path: Path) -> None:
    """See to it that an open store is of the present version.

    Raises:
        OlderStoreError: it must be upgraded first.
        StoreError: it is no usable store.
    """
    version = check(connection, path)
    if version == 0:
        raise StoreError(f"{path} is a database that holds nothing, which no store is.")
    if version < VERSION:
        raise OlderStoreError(
            f"{path} has schema {version} and must be upgraded to {VERSION} first."
        )


class KeptReading:
    """Reads one store after another time over the same connection, for who reads at each key.

    Opening one takes longer than all that a key asks of it. It belongs to one thread. A file put in
    the place of the store is noticed; on Windows none can be while this is open, so close it where
    it is not needed.
    """

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[Path, int, int] | None = None

    @contextmanager
    def __call__(self, path: Path) -> Iterator[sqlite3.Connection]:
        """What `reading` gives, with its errors."""
        try:
            connection = self._open(path)
            check_present(connection, path)
            yield connection
        except (sqlite3.Error, StoreError) as error:
            self.close()
            raise (error if isinstance(error, StoreError) else unusable(path, error)) from error

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            found = path.stat()
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}. Nothing was changed.") from error
        file = path, found.st_dev, found.st_ino
        if self._connection is None or self._file != file or not found.st_size:
            self.close()
            self._connection, self._file = connect_to_read(path), file
            self._connection.row_factory = readable_row
        return self._connection

    def close(self) -> None:
        """Let go of the file; the next time it is opened anew."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = None
