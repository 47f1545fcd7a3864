"""Copies of a store in use, checked after they are written, and putting one back.

SQLite's own backup copies what is committed, log and all, while others go on reading and writing.
A copy is written beside its place, verified (whole, and row by row the same as the original),
synced, and only then takes its name. Beside it stands its SHA-256 as `sha256sum -c` reads it.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from ftop_tui.errors import InputError, StoreError
from ftop_tui.files import (
    BESIDE,
    WINDOWS,
    being_built,
    flush,
    impossible,
    make_folder,
    replace,
    sync,
)
from ftop_tui.progress import Progress, between, unheard
from ftop_tui.store.engine import make_file
from ftop_tui.store.outside import head_is_sound
from ftop_tui.store.schema import (
    APPLICATION_ID,
    FILE_NAME,
    VERSION,
    check,
    connect_to_read,
    unusable,
)
from ftop_tui.store.verifying import is_whole, verify

SUM = ".sha256"
"""The ending of the file that holds a copy's sum, after the copy's whole name."""

_PAGES_A_STEP = 4096
_COPIED = 0.2
"""The part of the whole time after which the pages are copied."""
_CHUNK = 1 << 22
_MARK = slice(68, 72)
"""Where a database says which program's it is."""


def copy_store(source: Path, target: Path, progress: Progress = unheard) -> None:
    """Write a checked copy of a store to `target`, which takes its place whole or not at all.

    Raises:
        StoreError: the store is damaged or cannot be read, or the copy is not what it should be.
        InputError: the target cannot be written.
    """
    if fault := impossible(sum_of(target)):
        raise InputError(f"{target}: cannot be written: {fault}")
    # Named after no target: with more letters than that its name might be too long.
    part = target.with_name(f".{FILE_NAME}.{uuid4().hex}.new")
    try:
        with being_built(part):
            make_file(part)
            total = f"{_copy_verified(source, part, progress)}  {target.name}\n"
            _write_sum(sum_of(part), total)
            # A copy without its sum is good, with another's it is not.
            sum_of(target).unlink(missing_ok=True)
            replace(part, target)
            replace(sum_of(part), sum_of(target))
            _sync_folder(target.parent)
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {error.strerror or error}") from error


def _copy_verified(source: Path, place: Path, progress: Progress) -> str:
    """Copy a store, verify the copy and have it reach the disk; its SHA-256."""
    try:
        with closing(connect_to_read(source)) as original:
            version = check(original, source)
            original.execute("BEGIN")  # one state of the store, to be copied and compared with
            original.execute("SELECT 1 FROM sqlite_master").fetchone()  # BEGIN alone fixes none
            _demand_complete(original, source, version)
            _write(original, place, between(progress, 0.0, _COPIED))
            rest = between(progress, _COPIED, 1.0)
            return verify(original, source, place, rest, partial(_kept, place))
    except sqlite3.Error as error:
        raise unusable(source, error) from error


def _write(original: sqlite3.Connection, place: Path, progress: Progress) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        progress((total - remaining) / total if total else 1.0)

    with closing(sqlite3.connect(place)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # half a copy is thrown away, not mended
        copy.execute("PRAGMA synchronous = OFF")  # synced once, by us
        original.backup(copy, pages=_PAGES_A_STEP, progress=told, sleep=0)
    with closing(sqlite3.connect(place)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # else all of it is waited for here already
        # One file by itself: a copy that is looked at must not get a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _kept(place: Path, go_on: Progress) -> str:
    """Have a copy reach the disk, beside its verification: the one waits, the other reckons."""
    sync(place)
    return file_sum(place, go_on)


def file_sum(path: Path, go_on: Progress = unheard) -> str:
    """The SHA-256 of a file's bytes; what `go_on` raises between two parts of it ends it."""
    digest, size, done = hashlib.sha256(), path.stat().st_size, 0
    part = memoryview(bytearray(_CHUNK))  # large, and one for all: keys wait for Python between two
    with path.open("rb", buffering=0) as file:
        while read := file.readinto(part):
            digest.update(part[:read])
            done += read
            go_on(min(1.0, done / size))
    return digest.hexdigest()


def sum_of(path: Path) -> Path:
    """Where the sum of a copy stands."""
    return path.with_name(path.name + SUM)


def _write_sum(place: Path, text: str) -> None:
    make_file(place)
    place.write_bytes(os.fsencode(text))  # `sha256sum -c` takes no line ends of Windows
    sync(place)


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk; Windows writes them down by itself."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a share may know no such thing: what is in the files is synced
            flush(handle)
    finally:
        os.close(handle)


def examine(path: Path) -> int:
    """The schema version of a copy that is good: whole, ours, as it was written, not newer.

    Raises:
        StoreError: it is not; the message says why. The file is left as it is.
    """
    expected = _expected_sum(path)
    try:
        if expected is not None and file_sum(path) != expected:
            raise StoreError(f"{path} is not as it was written: its SHA-256 differs.")
    except OSError as error:  # another program may have thinned it away meanwhile
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        with closing(connect_to_read(path)) as connection:
            version = check(connection, path)
            if version == 0:
                raise StoreError(f"{path} is a database that holds nothing, which no store is.")
            if not is_whole(connection):
                raise StoreError(f"{path} is damaged.")
            _demand_complete(connection, path, version)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    if not head_is_sound(path):
        raise StoreError(f"{path} is damaged: its first bytes are not those of a store.")
    return version


def _demand_complete(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse what lacks a part: nothing works on it, so it must not count as good."""
    # Deferred for start-up speed: the models are not needed to look at the backups there are.
    from ftop_tui.store import shape  # noqa: PLC0415

    if version == VERSION:  # of an earlier one the upgrade decides
        shape.demand_complete(connection, path)


def is_as_written(path: Path, go_on: Progress = unheard) -> bool:
    """Whether a copy is good still: its sum fits, for it was verified then; without one, by a look.

    What cannot be read is not known to be good; what `go_on` raises ends it.
    """
    try:
        expected = _expected_sum(path)
        if expected is not None:
            return file_sum(path, go_on) == expected
        examine(path)
    except (StoreError, OSError):
        return False
    return True


def is_of_ours(path: Path) -> bool:
    """Whether a file begins as a database of ours does, whole or not."""
    try:
        with path.open("rb") as file:
            head = file.read(_MARK.stop)
    except OSError:
        return False  # nobody knows
    return head.startswith(b"SQLite format 3\0") and head[_MARK] == APPLICATION_ID.to_bytes(4)


def _expected_sum(path: Path) -> str | None:
    try:
        return sum_of(path).read_bytes().split()[0].decode("ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise StoreError(f"{sum_of(path)} cannot be read.") from error


def put_back(copy: Path, store: Path) -> None:
    """Put a good copy in the place of a store, its log and index of the log with it.

    A store that SQLite can open gets the copy's pages in one transaction, so that other programs
    that have it open see either the one or the other. Anything else is replaced as a file; the
    caller has moved it aside before.

    Raises:
        StoreError: the copy is not good, or the store is in use; nothing was changed.
    """
    version = examine(copy)
    if not store.exists():
        _place(copy, store)
        return
    with closing(connect_to_read(copy)) as source, _target(store) as target:
        source.backup(target, pages=-1)
        if target.execute("PRAGMA user_version").fetchone() != (version,):
            raise StoreError(f"{store}: the copy could not be put back.")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _target(store: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(store, isolation_level=None)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA synchronous = FULL")
        yield connection
    except sqlite3.Error as error:
        raise unusable(store, error) from error
    finally:
        connection.close()


def _place(copy: Path, store: Path) -> None:
    building = store.with_name(f".{store.name}.{uuid4().hex}.new")
    try:
        make_folder(store.parent)
        make_file(building)
        with copy.open("rb") as source, building.open("wb") as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
            target.flush()
            flush(target.fileno())
        replace(building, store)
        _sync_folder(store.parent)
    except OSError as error:
        raise StoreError(f"{store}: {error.strerror}. Nothing was changed.") from error
    finally:
        building.unlink(missing_ok=True)


def set_aside(store: Path, folder: Path, name: str) -> Path:
    """Move a file that is no usable store, with its log, into a folder; nothing is lost.

    Raises:
        StoreError: it cannot be moved; nothing was changed.
    """
    kept = folder / f"{name}-{store.name}"
    try:
        make_folder(folder)
        move_whole(store, kept)
    except OSError as error:
        raise StoreError(f"{store}: {error.strerror}. Nothing was changed.") from error
    return kept


def move_whole(store: Path, place: Path) -> None:
    """Move a file with all that SQLite keeps beside it, whatever stands there.

    Raises:
        OSError: it cannot be moved; all is where it was.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in (*BESIDE, ""):  # the database last: without it the rest is of no use
            part, target = (each.with_name(each.name + ending) for each in (store, place))
            if os.path.lexists(part):  # a link to nothing is in the way as well
                replace(part, target)
                moved.append((part, target))
    except OSError:
        for part, target in moved:
            replace(target, part)
        raise
