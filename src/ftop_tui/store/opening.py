"""Opens a store for writing: makes it where there is none, upgrades it where it is older."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from ftop_tui.store.engine import make_engine, make_folder, version_of
from ftop_tui.store.schema import VERSION, refuse_remains
from ftop_tui.store.writer import Writer


def open_writer(path: Path, today: Callable[[], date], now: Callable[[], datetime]) -> Writer:
    """The writer of the store at that path.

    Raises:
        StoreError: it cannot be made or used; nothing was changed.
    """
    refuse_remains(path)
    make_folder(path)
    if not path.exists():
        # Deferred for start-up speed: Alembic is needed only to make or upgrade a store.
        from ftop_tui.store.migrate import create  # noqa: PLC0415

        create(path)
    version = version_of(path)
    if version < VERSION:
        from ftop_tui.store.migrate import compact, keep_copy, upgrade  # noqa: PLC0415

        if version:  # a database that holds nothing needs no copy
            keep_copy(path, version)
        upgrade(path)
        if version:
            with suppress(sqlite3.Error):  # without room for it the file only stays as large
                compact(path)
    return Writer(make_engine(path), today, now)
