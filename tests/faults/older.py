"""Stores as earlier versions made them."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from ftop_tui.services.context import Context
from ftop_tui.store import migrate
from ftop_tui.store.bodies import whole_json
from house import SEARCH_TABLES, by_hand, make_house

IGNORED = ("alembic_version", "note_row", *SEARCH_TABLES)
"""Tables that are not the same in two stores with the same rows."""


def migrations(folder: Path, *, upto: int, more: str = "") -> Path:
    """The program's migrations up to a version, and one more where it is given."""
    place = folder / "store" / "migrations"
    shutil.copytree(str(files("ftop_tui.store") / "migrations"), place)
    for path in (place / "versions").glob("0*.py"):
        if int(path.name[:4]) > upto:
            path.unlink()
    if more:
        (place / "versions" / f"{upto + 1:04}_more.py").write_text(more)
    return place.parent


def old_store(
    whole: Context, version: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Context:
    """A store made by the migrations of that version, with as many of the rows as it can hold."""
    house = make_house(folder / "old")
    house.paths.data_dir.mkdir(mode=0o700, parents=True)
    with monkeypatch.context() as then:
        place = migrations(folder, upto=version)
        then.setattr(migrate, "files", lambda _package: place)
        then.setattr(migrate, "VERSION", version)
        migrate.create(house.store)
    with by_hand(house.store) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS whole", (str(whole.store),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (table,) in tables:
            if table in IGNORED or table.startswith("sqlite_"):
                continue
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM whole.{table}"  # noqa: S608
            )
        if version < 4:
            rows = connection.execute("SELECT body, text, id FROM note").fetchall()
            connection.executemany(
                "UPDATE note SET body = ? WHERE id = ?",
                [(whole_json(body, text), note_id) for body, text, note_id in rows],
            )
    return house
