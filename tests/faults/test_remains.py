"""What stands in the place of a store or beside it: named in words, and left as it is."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ftop_tui.services import backups
from ftop_tui.services.context import Context
from house import FABRIKAM, RunCli

TABLE = f"TenantId,TenantName\n{FABRIKAM},Fabrikam\n"


def _file_for_folder(store: Path) -> None:
    store.parent.write_text("mine")


def _folder(store: Path) -> None:
    store.mkdir(parents=True)


def _pipe(store: Path) -> None:
    store.parent.mkdir()
    os.mkfifo(store)


@pytest.mark.parametrize(
    ("put", "said"),
    [(_file_for_folder, "is no folder"), (_folder, "is a folder"), (_pipe, "is a pipe")],
)
@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_what_is_no_place_for_a_store_is_named_and_left(
    context: Context, run_cli: RunCli, put: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    """Promise 4."""
    put(context.store)
    table = tmp_path / "table.csv"
    table.write_text(TABLE)
    for call in (("list",), ("import", str(table)), ("set", FABRIKAM, "Health=green")):
        result = run_cli(*call)
        assert result.status == 3, (call, result)
        assert said in result.error
        assert str(context.paths.data_dir) in result.error
    assert run_cli("config", "check").status == 0


def test_the_log_of_a_store_that_is_gone_is_kept_until_it_is_moved_or_a_backup_put_back(
    stocked: Context, run_cli: RunCli, tmp_path: Path
) -> None:
    """Promise 4."""
    kept = backups.backup(stocked)
    log = stocked.store.with_name(f"{stocked.store.name}-wal")
    stocked.store.unlink()
    log.write_bytes(b"what was typed last")
    table = tmp_path / "table.csv"
    table.write_text(TABLE)
    for call in (("list",), ("import", str(table)), ("doctor",)):
        result = run_cli(*call)
        assert result.status == 3, (call, result)
        assert f"{log} is the log of a store that is gone" in result.error
        assert log.read_bytes() == b"what was typed last"
        assert not stocked.store.exists()
    assert run_cli("restore", str(kept)).status == 0
    assert run_cli("list", "--json").json
    (aside,) = kept.parent.glob("unusable-*-wal")
    assert aside.read_bytes() == b"what was typed last"


def test_a_journal_beside_the_store_is_named(stocked: Context, run_cli: RunCli) -> None:
    """Promise 4."""
    beside = stocked.store.with_name(f"{stocked.store.name}-journal")
    beside.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\1" * 4000)
    result = run_cli("list")
    assert result.status == 3, result
    assert f"{beside.name} stands beside it" in result.error
    assert beside.exists()


def _link(place: Path) -> None:
    place.symlink_to(place.with_name("nowhere"))


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
@pytest.mark.parametrize(("put", "said"), [(Path.mkdir, "a folder"), (_link, "a link")])
@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_what_stands_where_sqlite_keeps_its_own_is_named_and_a_backup_can_be_put_back(
    stocked: Context, run_cli: RunCli, ending: str, put: Callable[[Path], None], said: str
) -> None:
    """Promise 4: SQLite says of it that the store is read-only, or cannot be opened."""
    kept = backups.backup(stocked)
    stocked.writer().close()
    before = stocked.store.read_bytes()
    beside = stocked.store.with_name(f"{stocked.store.name}{ending}")
    beside.unlink(missing_ok=True)
    put(beside)
    for call in (("doctor",), ("set", FABRIKAM, "Health=green"), ("undo",)):
        result = run_cli(*call)
        assert result.status in ({1, 3} if call == ("doctor",) else {3}), (call, result)
        told = result.text + result.error
        assert f"{beside} is {said}" in told, (call, result)
        assert "move it away" in told
        assert str(kept) in told
        assert stocked.store.read_bytes() == before
    assert run_cli("restore", str(kept)).status == 0
    assert run_cli("set", FABRIKAM, "Health=green").status == 0
    (aside,) = kept.parent.glob(f"unusable-*{ending}")
    assert aside.is_dir() == (put is Path.mkdir)
    (store,) = kept.parent.glob("unusable-*.sqlite3")
    assert store.read_bytes() == before
