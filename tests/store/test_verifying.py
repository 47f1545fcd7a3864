"""A copy is of one state of the store, and any difference from it is seen."""

import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ftop_tui.errors import StoreError
from ftop_tui.progress import CalledOffError, Work, unheard
from ftop_tui.services.context import Context
from ftop_tui.store import backup, verifying
from ftop_tui.store.schema import connect_to_read
from house import by_hand, dump


def test_what_is_written_during_the_copy_is_not_in_it(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each few pages, and after the last before the rows are compared, a write comes in."""
    monkeypatch.setattr(backup, "_PAGES_A_STEP", 5)
    before, told = dump(stocked.store), []
    other = sqlite3.connect(stocked.store, isolation_level=None)

    def write(part: float) -> None:
        told.append(part)
        assert len(told) < 1000, "it began anew with each write"
        other.execute("UPDATE customer SET industry = ?, fm = ?", ("x" * len(told) * 50, part))

    backup.copy_store(stocked.store, tmp_path / "copy", write)
    other.close()
    assert len(told) > 3
    assert dump(tmp_path / "copy") == before
    assert dump(stocked.store) != before


DIFFERENCES = (
    "UPDATE customer SET industry = upper(industry) || 'X'",
    "UPDATE tenant SET name = upper(name)",
    "UPDATE note SET body = body || ' ' WHERE number = (SELECT max(number) FROM note)",
    "UPDATE workload SET paid_units = NULL WHERE tag = 'EXO'",
    "DELETE FROM note WHERE number = (SELECT min(number) FROM note)",
    "UPDATE note SET number = number + 1000",
    "INSERT INTO meta (name, value) VALUES ('one', 'more')",
    "DELETE FROM note_search_idx",
    "UPDATE note_search_data SET block = zeroblob(9) WHERE id = 1",
    "CREATE INDEX one_more ON note (text)",
    "PRAGMA user_version = 77",
)


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_a_copy_that_differs_in_anything_is_seen(
    stocked: Context, tmp_path: Path, difference: str
) -> None:
    copy = tmp_path / "copy"
    backup.copy_store(stocked.store, copy)
    with by_hand(copy) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        with closing(connect_to_read(stocked.store)) as original:
            assert verifying.holds_the_same(original, copy)
        connection.execute(difference)
    with (
        closing(connect_to_read(stocked.store)) as original,
        pytest.raises(StoreError, match="differs"),
    ):
        verifying.verify(original, stocked.store, copy, unheard, lambda _go_on: None)


def test_a_copy_is_mapped_only_on_the_disk_of_its_store(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is pulled out must be an error, which a page that is mapped cannot be."""
    sizes: list[int] = []

    def look(connection: sqlite3.Connection) -> bool:
        sizes.append(connection.execute("PRAGMA mmap_size").fetchone()[0])
        return True

    monkeypatch.setattr(verifying, "is_whole", look)
    backup.copy_store(stocked.store, tmp_path / "copy")
    monkeypatch.setattr(verifying, "_on_one_disk", lambda *_: False)
    backup.copy_store(stocked.store, tmp_path / "copy")
    assert sizes[0] > 0
    assert sizes[1] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a disk of its own there")
def test_another_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").touch()
    assert verifying._on_one_disk(tmp_path / "store", tmp_path)
    assert not verifying._on_one_disk(tmp_path / "store", Path("/proc/self/stat"))


def test_a_copy_is_synced_whole_before_it_takes_its_name(
    stocked: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(backup, "sync", lambda path: told.append(f"{path.stat().st_size} synced"))

    def replace(path: Path, to: Path) -> None:
        told.append(to.name)
        path.rename(to)

    monkeypatch.setattr(backup, "replace", replace)
    monkeypatch.setattr(backup, "_sync_folder", lambda folder: told.append(f"{folder} synced"))
    backup.copy_store(stocked.store, tmp_path / "copy")
    size = (tmp_path / "copy").stat().st_size
    total = backup.sum_of(tmp_path / "copy").stat().st_size
    assert told[:3] == [f"{size} synced", f"{total} synced", "copy"]
    assert told[-2:] == ["copy.sha256", f"{tmp_path} synced"]


@pytest.mark.skipif(sys.platform == "win32", reason="it writes names down by itself")
def test_the_names_in_a_folder_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(backup, "flush", lambda h: synced.append(stat.S_ISDIR(os.fstat(h).st_mode)))
    backup._sync_folder(tmp_path)
    assert synced == [True]


def test_a_copy_can_be_called_off_while_its_sum_is_reckoned(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_CHUNK", 4096)

    def call_off(part: float) -> None:
        if part > 0.1:
            raise CalledOffError

    with pytest.raises(CalledOffError):
        backup.file_sum(stocked.store, call_off)


def test_a_copy_can_be_called_off_while_it_is_verified(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "_OPS_A_CALL", 500)
    folder, work = stocked.paths.data_dir / "kept", Work()
    folder.mkdir()

    def call_off_late(part: float) -> None:
        if part > backup._COPIED:
            work.call_off()
        work(part)

    with pytest.raises(CalledOffError):
        backup.copy_store(stocked.store, folder / "copy", call_off_late)
    assert list(folder.iterdir()) == []
