"""Makes a new store and upgrades an old one, by Alembic.

Imported only when there is something to make or upgrade: the start path compares `user_version`.
"""

import os
import sqlite3
from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, pool
from sqlalchemy.exc import DBAPIError

from ftop_tui.errors import StoreError
from ftop_tui.files import make_folder, replace
from ftop_tui.store import odd_text
from ftop_tui.store.engine import make_file, url_of
from ftop_tui.store.schema import APPLICATION_ID, VERSION, connect_to_read, unusable

BACKUPS = "backups"
"""The folder beside the store that holds what it was before an upgrade."""


def keep_copy(path: Path, version: int) -> None:
    """Keep a verified copy of a store of that version, before it is upgraded.

    Raises:
        StoreError: there is no room for it, or the store is damaged; nothing was changed.
    """
    kept = path.parent / BACKUPS / f"schema-{version}-{path.name}"
    building = kept.with_name(f".{kept.name}.{uuid4().hex}.new")
    try:
        make_folder(kept.parent)
        make_file(building)
        if _copied(path, building) == version:  # else another program was quicker to upgrade it
            replace(building, kept)
    except OSError as error:
        raise StoreError(f"{kept}: {error.strerror}. Nothing was changed.") from error
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    finally:
        for leftover in kept.parent.glob(f"{building.name}*"):
            leftover.unlink()


def _copied(path: Path, place: Path) -> int:
    """Copy a store in use, through SQLite, and check the copy; the version that it holds."""
    with closing(connect_to_read(path)) as source, closing(sqlite3.connect(place)) as copy:
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise StoreError(f"{path}: it is damaged; put a backup in its place.")
        return int(copy.execute("PRAGMA user_version").fetchone()[0])


def upgrade(path: Path) -> None:
    """Bring the database at that path to the present schema, in one transaction.

    Foreign keys are off meanwhile and checked at the end: Alembic's batch mode replaces tables, and
    a cascade would take the children with it.

    Raises:
        StoreError: it cannot be written, or its rows do not fit together; nothing was changed.
    """
    try:
        _upgrade(path)
    except DBAPIError as error:
        raise unusable(path, error.orig or error) from error


def _upgrade(path: Path) -> None:
    config = Config()
    scripts = str(files("ftop_tui.store") / "migrations")
    config.set_main_option("script_location", scripts.replace("%", "%%"))
    engine = create_engine(
        url_of(path),
        connect_args={"factory": odd_text.Connection},
        poolclass=pool.NullPool,
        hide_parameters=True,
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreError(f"{path}: {len(broken)} rows point nowhere; nothing was changed.")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
        connection.commit()
    engine.dispose()


def compact(path: Path) -> None:
    """Give back the room that an upgrade has freed, and leave no trace of it in the file.

    Raises:
        sqlite3.Error: there is no room to do it in; the store is as it was.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")


def create(path: Path) -> None:
    """Make a new store beside its place and move it there whole.

    Of two programs that do this at once, one wins and both go on with its store.
    """
    building = path.with_name(f".{path.name}.{uuid4().hex}.new")
    try:
        make_file(building)
        upgrade(building)
        with closing(sqlite3.connect(building)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        _place(building, path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}. Nothing was changed.") from error
    finally:
        for leftover in path.parent.glob(f"{building.name}*"):
            leftover.unlink()


def _place(building: Path, path: Path) -> None:
    try:
        os.link(building, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        with suppress(FileExistsError):  # on Windows, where the other program won meanwhile
            if not path.exists():
                building.rename(path)
