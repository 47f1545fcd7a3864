"""The SQLAlchemy engine of a store file, with the pragmas that keep its promises.

WAL with synchronous FULL: what is said to be saved is on the disk. BEGIN IMMEDIATE for every
transaction: two programs that read, change and write never lose each other's update.
"""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from ftop_tui import files
from ftop_tui.errors import StoreError
from ftop_tui.store import lenient, odd_text
from ftop_tui.store.schema import BUSY_SECONDS, check, connect_to_read

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",  # on macOS FULL alone leaves a commit in the drive's own memory
    "foreign_keys = ON",
    "secure_delete = ON",
)


def make_engine(path: Path) -> Engine:
    """An engine on a store file that is there and ours."""
    engine = create_engine(
        url_of(path),
        connect_args={
            "timeout": BUSY_SECONDS,
            "isolation_level": None,
            "check_same_thread": False,
            "factory": odd_text.Connection,
        },
        hide_parameters=True,  # an error must not carry a customer's text into a log
        poolclass=QueuePool,
    )
    engine.dialect.colspecs = {**engine.dialect.colspecs, **lenient.TYPES}
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def url_of(path: Path) -> URL:
    """A path as SQLAlchemy takes it; in a text a `?` in a folder's name would end the path."""
    return URL.create("sqlite", database=str(path))


def version_of(path: Path) -> int:
    """The schema version of a store file.

    Raises:
        StoreError: the file is empty, damaged, another program's or of a newer version.
    """
    # Opened to read only: closing a file that is not ours must not fold its log into it.
    connection = connect_to_read(path)
    try:
        return check(connection, path)
    finally:
        connection.close()


def make_folder(path: Path) -> None:
    """Make the store's folder, for its owner only.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        files.make_folder(path.parent)
    except OSError as error:
        raise StoreError(f"{path.parent}: {error.strerror}. Nothing was changed.") from error


def _on_connect(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read, for SQLite to fill."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
