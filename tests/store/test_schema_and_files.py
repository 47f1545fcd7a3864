"""The store's file: made by migrations, marked as ours, private, and left alone when unusable."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from ftop_tui.errors import StoreError
from ftop_tui.services import portfolio, tenants
from ftop_tui.services.context import Context
from ftop_tui.store import facts, shape, tables
from ftop_tui.store.engine import make_engine
from ftop_tui.store.schema import APPLICATION_ID, VERSION
from house import FABRIKAM, SEARCH_TABLES, RunCli, by_hand, make_house

_MODELS = (facts, tables)  # imported for the metadata that they fill
_TENANT = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0009"


def _is_modelled(name: str | None, sort: str, parents: Mapping[str, str | None]) -> bool:
    if sort == "column" and parents["table_name"] == "note":
        return name != "number"
    return sort != "table" or name not in SEARCH_TABLES


def test_what_a_store_consists_of_is_what_migrations_make(empty: Context) -> None:
    with by_hand(empty.store) as connection:
        rows = connection.execute(
            "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' "
            "AND name <> 'alembic_version' ORDER BY type, name"
        )
        assert rows.fetchall() == shape.expected()
        assert list(shape.missing(connection)) == []
        assert shape.index_of_search_is_sound(connection)


def test_migrating_from_nothing_gives_what_the_models_say(empty: Context) -> None:
    engine = make_engine(empty.store)
    with engine.connect() as connection:
        migrations = MigrationContext.configure(connection, opts={"include_name": _is_modelled})
        assert compare_metadata(migrations, SQLModel.metadata) == []
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
    engine.dispose()


def test_a_new_store_says_whose_it_is_and_of_which_version(empty: Context) -> None:
    with by_hand(empty.store) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_connection_keeps_the_promises(empty: Context) -> None:
    """FULL is 2: what is said to be saved is on the disk."""
    with empty.writer().looking() as session:
        connection = session.connection()
        for pragma, value in (("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_store_and_folder_are_their_owners_even_where_everything_is_open(tmp_path: Path) -> None:
    context = make_house(tmp_path / "new" / "house")
    before = os.umask(0)
    try:
        tenants.add(context, _TENANT, "Contoso", {})
    finally:
        os.umask(before)
    assert stat.S_IMODE(context.store.parent.stat().st_mode) == 0o700
    for path in context.store.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_nothing_but_the_store_is_left_in_its_folder(empty: Context) -> None:
    leftovers = {path.name for path in empty.store.parent.iterdir()} - {
        empty.store.name, f"{empty.store.name}-wal", f"{empty.store.name}-shm",
    }  # fmt: skip
    assert leftovers == set()


def _newer(store: Path) -> None:
    with by_hand(store) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def _foreign(store: Path) -> None:
    store.unlink()
    with by_hand(store) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _foreign_by_id(store: Path) -> None:
    with by_hand(store) as connection:
        connection.execute("PRAGMA application_id = 7")


def _no_bytes(store: Path) -> None:
    store.write_bytes(b"")


def _garbage(store: Path) -> None:
    store.write_bytes(b"Dear diary, this is no database at all.\n" * 200)


def _cut_short(store: Path) -> None:
    whole = store.read_bytes()
    store.write_bytes(whole[: len(whole) // 3])


def _scribbled_over(store: Path) -> None:
    whole = bytearray(store.read_bytes())
    whole[100:8192] = b"\xa5" * (8192 - 100)
    store.write_bytes(whole)


def _header_alone(store: Path) -> None:
    store.write_bytes(store.read_bytes()[:100])


def _marks_wiped(store: Path) -> None:
    """Neither mark, and pages that cannot be read."""
    whole = bytearray(store.read_bytes())
    whole[60:64] = whole[68:72] = bytes(4)
    whole[100:4096] = b"\xa5" * (4096 - 100)
    store.write_bytes(whole)


_SPOIL = [
    _newer, _foreign, _foreign_by_id, _no_bytes, _garbage, _cut_short, _scribbled_over,
    _header_alone, _marks_wiped,
]  # fmt: skip
_CALLS = [
    ("list",),
    ("list", "--json"),
    ("why", FABRIKAM, "--json"),
    ("note", "list", "--json"),
    ("moved", "--json"),
    ("add", _TENANT, "Contoso"),
    ("note", "show", "abc", "--json"),
    ("undo",),
]


def _plain(store: Path) -> None:
    """Nothing in the log, one file: what is compared is all there is."""
    with by_hand(store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize("spoil", _SPOIL)
def test_an_unusable_store_ends_with_3_and_stays_as_it_is(
    spoil: object, stocked: Context, run_cli: RunCli
) -> None:
    assert callable(spoil)
    _plain(stocked.store)
    spoil(stocked.store)
    before = stocked.store.read_bytes()
    for call in _CALLS:
        result = run_cli(*call)
        assert result.status == 3, (call, result)
        assert result.stdout == b""
        assert result.error.startswith("ftop-tui: error: ")
        assert result.error.count("\n") == 1
        assert "unexpected" not in result.error
        assert stocked.store.read_bytes() == before, call


def test_an_import_into_an_unusable_store_ends_with_3(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    _newer(stocked.store)
    table = tmp_path / "portfolio.csv"
    table.write_text(f"TenantId,TenantName\n{_TENANT},Contoso\n")
    for more in ((), ("--json",), ("--dry-run", "--json")):
        assert run_cli("import", str(table), *more).status == 3


def test_a_folder_in_the_stores_place_is_no_store(context: Context, run_cli: RunCli) -> None:
    context.store.mkdir(parents=True)
    assert run_cli("list").status == 3
    assert run_cli("add", _TENANT, "Contoso").status == 3


def test_a_file_in_the_folders_place_ends_with_3(context: Context, run_cli: RunCli) -> None:
    context.paths.data_dir.write_text("not a folder")
    assert run_cli("add", _TENANT, "Contoso").status == 3
    assert context.paths.data_dir.read_text() == "not a folder"


def test_a_locked_store_ends_with_3(
    stocked: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ftop_tui.store.engine.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(stocked.store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = run_cli("set", FABRIKAM, "Health=green")
    assert result.status == 3
    assert "locked" in result.error
    assert run_cli("list").status == 0, "reading goes on meanwhile"
    other.rollback()
    other.close()
    assert run_cli("set", FABRIKAM, "Health=green").status == 0


@pytest.fixture
def read_only(stocked: Context) -> Iterator[Context]:
    """The samples' store in a folder that this process may only read, root or not."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(stocked.paths.data_dir, folder / "data")
    house = make_house(folder)
    portfolio.load(house)
    house.writer()  # what it needs is imported before rights are dropped
    for path in (*(folder / "data").iterdir(), folder / "data", folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    uid = os.geteuid()
    if uid == 0:
        os.seteuid(65534)
    try:
        yield make_house(folder)
    finally:
        if uid == 0:
            os.seteuid(0)
        for path in (folder, folder / "data"):
            path.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_a_read_only_store_is_refused_for_writing(read_only: Context) -> None:
    before = read_only.store.read_bytes()
    with pytest.raises(StoreError):
        tenants.edit(read_only, FABRIKAM, {"Health": "green"})
    with pytest.raises(StoreError):
        tenants.add(read_only, _TENANT, "Contoso", {})
    assert read_only.store.read_bytes() == before


def test_two_processes_that_make_the_store_at_once_both_go_on(tmp_path: Path) -> None:
    """Each adds a tenant of its own right after; both are there."""
    program = "from ftop_tui.__main__ import main; import sys; sys.exit(main())"
    ids = [f"7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b01{number:02}" for number in range(4)]
    running = [
        subprocess.Popen(  # noqa: S603 - our own program
            [
                sys.executable,
                "-c",
                program,
                "--data-dir",
                str(tmp_path / "data"),
                "add",
                each,
                each,
            ],
            env={**os.environ, "FTOP_TUI_CONFIG_DIR": str(tmp_path / "config")},
            stdout=subprocess.DEVNULL,
        )
        for each in ids
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    found = portfolio.load(make_house(tmp_path))
    assert sorted(ranked.facts.tenant_id for ranked in found.ranked) == ids
