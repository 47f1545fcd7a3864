"""Backups: checked copies, thinned with age, put back whole; what they replace is kept."""

import os
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from ftop_tui.errors import FtopError, InputError, NotFoundError
from ftop_tui.services import backups, history, tenants
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from house import FABRIKAM, by_hand, dump


def health(context: Context) -> object:
    """A value that a restore brings back."""
    with by_hand(context.store) as connection:
        return connection.execute(
            "SELECT health FROM customer JOIN tenant ON tenant.customer_id = customer.id "
            "WHERE tenant.id = ?",
            (FABRIKAM,),
        ).fetchone()[0]


def test_a_backup_holds_the_same_and_is_its_owners_alone(stocked: Context) -> None:
    before = dump(stocked.store)
    path = backups.backup(stocked)
    assert dump(path) == before
    assert copies.examine(path)
    assert [each.why for each in backups.backups(stocked)] == ["by-hand"]
    if os.name == "posix":
        for file in (path, copies.sum_of(path)):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(p.suffix for p in path.parent.iterdir()) == [".sha256", ".sqlite3"]


def test_a_backup_takes_what_is_committed_and_not_yet_in_the_file(stocked: Context) -> None:
    stocked.writer()
    tenants.edit(stocked, FABRIKAM, {"Health": "blue"})
    path = backups.backup(stocked)
    with by_hand(path) as connection:
        assert connection.execute("SELECT 1 FROM customer WHERE health = 'blue'").fetchone()


def test_restore_brings_back_what_was_and_keeps_what_it_replaces(stocked: Context) -> None:
    was = health(stocked)
    path = backups.backup(stocked)
    tenants.edit(stocked, FABRIKAM, {"Health": "blue"})
    done = backups.restore(stocked, path)
    assert health(stocked) == was
    assert done.kept is not None
    backups.restore(stocked, done.kept)
    assert health(stocked) == "blue"
    assert history.undo(stocked)


def test_a_restore_is_seen_by_a_program_that_has_the_store_open(stocked: Context) -> None:
    path = backups.backup(stocked)
    tenants.edit(stocked, FABRIKAM, {"Health": "blue"})
    other = sqlite3.connect(stocked.store)
    query = "SELECT count(*) FROM customer WHERE health = 'blue'"
    there = other.execute(query).fetchone()[0]
    backups.restore(stocked, path)
    assert other.execute(query).fetchone()[0] == there - 1
    other.close()


def test_into_an_empty_place_a_backup_is_put_as_it_is(stocked: Context, tmp_path: Path) -> None:
    path = backups.backup(stocked, tmp_path / "kept.sqlite3")
    stocked.store.unlink()
    done = backups.restore(stocked, path)
    assert done.kept is None
    assert dump(stocked.store) == dump(path)


def test_a_damaged_store_is_moved_aside_whole(stocked: Context) -> None:
    path = backups.backup(stocked)
    stocked.store.write_bytes(b"no database at all, " * 500)
    damaged = stocked.store.read_bytes()
    done = backups.restore(stocked, path)
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged
    assert dump(stocked.store) == dump(path)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


# One byte changed within a text cannot be seen without the sum.
@pytest.mark.parametrize(
    ("damage", "with_sum"),
    [(_cut, True), (_flip, True), (_empty, True), (_cut, False), (_empty, False)],
)
def test_a_damaged_backup_is_refused_and_nothing_changes(
    stocked: Context, damage: object, with_sum: bool
) -> None:
    path = backups.backup(stocked)
    assert callable(damage)
    damage(path)
    if not with_sum:
        copies.sum_of(path).unlink()
    before = dump(stocked.store)
    with pytest.raises(InputError):
        backups.restore(stocked, path)
    assert dump(stocked.store) == before
    assert backups.newest_good(stocked) is None


def test_the_newest_good_backup_is_the_one_offered(stocked: Context) -> None:
    first, second = backups.backup(stocked), backups.backup(stocked)
    _flip(second)
    found = backups.newest_good(stocked)
    assert found is not None
    assert found.path == first


def test_there_is_one_daily_backup(stocked: Context) -> None:
    assert backups.daily(stocked)
    assert backups.daily(stocked) is None


@pytest.mark.parametrize("place", ["nowhere/b.sqlite3", "."])
def test_a_place_that_cannot_be_written_is_named(
    stocked: Context, tmp_path: Path, place: str
) -> None:
    with pytest.raises(InputError, match=place if place != "." else "folder"):
        backups.backup(stocked, tmp_path / place)


def test_the_store_is_no_place_for_a_backup_of_itself(stocked: Context) -> None:
    with pytest.raises(InputError, match="itself"):
        backups.backup(stocked, stocked.store)
    with pytest.raises(FtopError, match="itself"):
        backups.restore(stocked, stocked.store)


def test_without_a_store_there_is_nothing_to_back_up(context: Context) -> None:
    assert backups.daily(context) is None
    assert backups.before(context, "import") is None
    with pytest.raises(NotFoundError):
        backups.backup(context)
    assert not context.paths.data_dir.exists()


def test_a_copy_that_was_called_off_leaves_nothing(stocked: Context, tmp_path: Path) -> None:
    def stop(part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.backup(stocked, tmp_path / "kept.sqlite3", progress=stop)
    assert not list(tmp_path.glob("*kept*"))


def test_what_a_killed_backup_left_is_swept_away_later(stocked: Context) -> None:
    kept = backups.folder(stocked)
    kept.mkdir()
    old, young = kept / ".a.sqlite3.1.new", kept / ".b.sqlite3.2.new"
    for path, age in ((old, 7200), (young, 60)):
        path.touch()
        then = stocked.now().timestamp() - age
        os.utime(path, (then, then))
    backups.backup(stocked)
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own there")
def test_a_backup_by_hand_gives_way_to_keys(stocked: Context, tmp_path: Path) -> None:
    seen: list[int] = []

    def look(_part: float) -> None:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    backups.backup(stocked, progress=look)
    backups.backup(stocked, tmp_path / "copy", progress=look)
    assert set(seen) == {19}
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 19
