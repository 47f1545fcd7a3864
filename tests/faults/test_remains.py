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
