"""Stores of every schema that was ever released, with data, are upgraded whole or not at all."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from ftop_tui.errors import StoreError
from ftop_tui.services import backups, doctor, portfolio, searching
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from ftop_tui.store import migrate
from ftop_tui.store.schema import VERSION
from house import FABRIKAM, SEARCH_TABLES, by_hand, dump, make_house

_IGNORED = ("alembic_version", *SEARCH_TABLES)


def _migrations(folder: Path, *, upto: int, more: str = "") -> Path:
    """The program's migrations up to a version, and one more where it is given."""
    place = folder / "store" / "migrations"
    shutil.copytree(str(files("ftop_tui.store") / "migrations"), place)
    for path in (place / "versions").glob("0*.py"):
        if int(path.name[:4]) > upto:
            path.unlink()
    if more:
        (place / "versions" / f"{upto + 1:04}_more.py").write_text(more)
    return place.parent


def _old_store(
    whole: Context, version: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Context:
    """A store made by the migrations of that version, with as many of the rows as it can hold."""
    house = make_house(folder / "old")
    house.paths.data_dir.mkdir(mode=0o700, parents=True)
    with monkeypatch.context() as then:
        place = _migrations(folder, upto=version)
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
            if table in _IGNORED or table.startswith("sqlite_"):
                continue
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM whole.{table}"  # noqa: S608
            )
    return house


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_store_of_an_earlier_schema_is_upgraded_with_all_it_holds(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """Promise 3."""
    house = _old_store(stocked, version, tmp_path, monkeypatch)
    with by_hand(house.store) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    house.writer()
    kept = house.paths.data_dir / "backups" / f"schema-{version}-{house.store.name}"
    with by_hand(kept) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert copies.is_whole(connection)
    assert dump(house.store, *_IGNORED) == dump(stocked.store, *_IGNORED)
    assert [f.message for f in doctor.examine(house) if f.check not in {"winner", "backups"}] == []
    assert searching.search(house, "blocked") == searching.search(stocked, "blocked")
    assert portfolio.load(house).ranked == portfolio.load(stocked).ranked
    before = dump(kept)
    backups.restore(house, kept)  # the way back: it is upgraded again
    assert dump(house.store) == before
    again = make_house(tmp_path / "old")
    again.writer()
    assert dump(again.store, *_IGNORED) == dump(stocked.store, *_IGNORED)


_REBUILT = '''
"""Replaces a table that others point to, as Alembic's batch mode does."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "{new}", "{old}", None, None

def upgrade():
    with op.batch_alter_table("customer", recreate="always") as batch:
        batch.add_column(sa.Column("motto", sa.String()))
    {then}
'''


def _with_one_more(folder: Path, monkeypatch: pytest.MonkeyPatch, then: str = "pass") -> None:
    more = _REBUILT.format(new=f"{VERSION + 1:04}", old=f"{VERSION:04}", then=then)
    place = _migrations(folder, upto=VERSION, more=more)
    monkeypatch.setattr(migrate, "files", lambda _package: place)
    monkeypatch.setattr(migrate, "VERSION", VERSION + 1)


def test_replacing_a_table_that_others_point_to_takes_no_child_with_it(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 3."""
    before = dump(stocked.store, "customer", *_IGNORED)
    assert before["workload"]
    _with_one_more(tmp_path, monkeypatch)
    migrate.upgrade(stocked.store)
    assert dump(stocked.store, "customer", *_IGNORED) == before
    with by_hand(stocked.store) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(motto), count(*) FROM customer").fetchone()[1]


@pytest.mark.parametrize(
    "then",
    [
        'op.execute("DELETE FROM customer")',  # leaves children that point nowhere
        'op.execute("INSERT INTO nowhere VALUES (1)")',
    ],
)
def test_a_migration_that_fails_changes_nothing(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    """Promise 3 and 4."""
    before = dump(stocked.store)
    _with_one_more(tmp_path, monkeypatch, then)
    with pytest.raises(StoreError):
        migrate.upgrade(stocked.store)
    assert dump(stocked.store) == before
    assert portfolio.find(portfolio.load(stocked), FABRIKAM)
    assert backups.backup(stocked).exists()
