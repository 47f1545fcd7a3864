"""Damaged stores: refused or read as far as they are whole, never changed, the way back shown."""

import errno
import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from ftop_tui.services import backups
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from ftop_tui.store import verifying
from house import FABRIKAM, RunCli, by_hand

from .killing import ROUNDS

PAGE = 4096
READING = (("list", "--json"), ("show", FABRIKAM, "--json"), ("search", "blocked", "--json"))


def _page(number: int) -> Callable[[bytearray], None]:
    """A page written over with noise, as a failing disk does."""

    def damage(data: bytearray) -> None:
        start = number * PAGE % len(data)
        noise = random.Random(number)  # noqa: S311 - no secret
        data[start : start + PAGE] = noise.randbytes(len(data[start : start + PAGE]))

    return damage


def _cut(part: float) -> Callable[[bytearray], None]:
    def damage(data: bytearray) -> None:
        del data[int(len(data) * part) :]

    return damage


def _zeros(start: int, end: int) -> Callable[[bytearray], None]:
    def damage(data: bytearray) -> None:
        data[start:end] = bytes(len(data[start:end]))

    return damage


def _added(data: bytearray) -> None:
    data.extend(b"\xff" * PAGE)


DAMAGES: dict[str, Callable[[bytearray], None]] = {
    **{f"page {n}": _page(n) for n in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89)},
    **{f"cut at {part}": _cut(part) for part in (0.0, 0.0001, 0.01, 0.3, 0.5, 0.9, 0.999)},
    **{f"zeros {a}-{b}": _zeros(a, b) for a, b in ((0, 16), (16, 100), (100, PAGE), (0, 1 << 22))},
    "more than there was": _added,
    "another's name": lambda data: data.__setitem__(slice(0, 16), b"Dear diary, 1234"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_store_is_never_changed_and_never_a_traceback(
    stocked: Context, run_cli: RunCli, damage: Callable[[bytearray], None]
) -> None:
    """Promise 4."""
    kept = backups.backup(stocked)
    with by_hand(stocked.store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(stocked.store.read_bytes())
    damage(data)
    stocked.store.write_bytes(data)
    for call in (*READING, ("doctor", "--json")):
        result = run_cli(*call)
        assert result.status in {0, 1, 3}, (call, result)
        assert "unexpected" not in result.error
        if result.status == 3:
            assert result.error.count("\n") == 1
            assert str(kept) in result.error, "the newest good backup is offered"
        assert stocked.store.read_bytes() == data, call
    _comes_back(stocked, run_cli, kept)


WRITING = (
    ("set", FABRIKAM, "Health=green"), ("undo",),
    ("note", "add", FABRIKAM, "--kind", "overall", "--field", "text=Hello"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_store_that_is_not_whole_is_not_written_into(
    stocked: Context, run_cli: RunCli, seed: int
) -> None:
    """Promise 4: flipped bits that SQLite can tell are told before the first write."""
    _is_refused(stocked, run_cli, "integrity_check", seed)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_large_store_that_is_not_whole_is_not_written_into(
    stocked: Context, run_cli: RunCli, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 4: each page is looked at where indexes are no longer compared, too."""
    monkeypatch.setattr(verifying, "MOST_COMPARED", PAGE)
    _is_refused(stocked, run_cli, "quick_check", 1000 + seed)


def _is_refused(stocked: Context, run_cli: RunCli, check: str, seed: int) -> None:
    """Flip bits until that check of SQLite sees it: no command writes, the way back is shown."""
    kept = backups.backup(stocked)
    with by_hand(stocked.store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole, dice = stocked.store.read_bytes(), random.Random(seed)  # noqa: S311 - no secret
    seen = "ok"
    while seen == "ok":
        data = bytearray(whole)
        for _ in range(3):
            data[dice.randrange(PAGE, len(data))] ^= 1 << dice.randrange(8)
        stocked.store.write_bytes(data)
        with suppress(sqlite3.DatabaseError), by_hand(stocked.store) as connection:
            (seen,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
            continue
        seen = "unreadable"
    for call in WRITING:
        result = run_cli(*call)
        assert result.status == 3, (call, result)
        assert "damaged" in result.error
        assert str(kept) in result.error
        assert stocked.store.read_bytes() == data, call
        log = stocked.store.with_name(f"{stocked.store.name}-wal")
        assert not log.exists() or log.stat().st_size == 0


@pytest.mark.parametrize("head", [{18: 3}, {18: 255}, {59: 2}, {63: 0}])
def test_a_store_with_a_damaged_head_is_named_refused_and_replaced(
    stocked: Context, run_cli: RunCli, head: dict[int, int]
) -> None:
    """Promise 4: SQLite reads such a file, finds it whole, and refuses to write or to copy it."""
    kept = backups.backup(stocked)
    with by_hand(stocked.store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(stocked.store.read_bytes())
    for place, value in head.items():
        data[place] = value
    stocked.store.write_bytes(data)
    told = run_cli("doctor")
    assert told.status in {1, 3}, told
    assert "damaged" in told.text + told.error
    assert str(kept) in told.text + told.error
    for call in (("backup",), *WRITING):
        result = run_cli(*call)
        assert result.status == 3, (call, result)
        assert "read-only" not in result.error
        assert str(kept) in result.error
        assert stocked.store.read_bytes() == data, call
    assert [each.path for each in backups.backups(stocked)] == [kept]
    copies.sum_of(kept).unlink()
    kept.with_name("damaged.sqlite3").write_bytes(data)
    assert run_cli("restore", str(kept.with_name("damaged.sqlite3"))).status == 2
    assert stocked.store.read_bytes() == data
    _comes_back(stocked, run_cli, kept)
    (aside,) = kept.parent.glob("unusable-*.sqlite3")
    assert aside.read_bytes() == data


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DROP TABLE step", "the table step is not there"),
        (
            "ALTER TABLE customer DROP COLUMN brand",
            "the column brand of customer is not there",
        ),
        ("DROP VIEW note_content", "the view note_content is not there"),
        ("DROP TRIGGER note_search_insert", "the trigger note_search_insert is not there"),
        ("DELETE FROM note_search_data", "the index of the search is damaged"),
    ],
)
def test_a_store_that_lacks_a_part_is_named_and_replaced(
    stocked: Context, run_cli: RunCli, damage: str, said: str
) -> None:
    """Promise 4: SQLite finds such a file whole."""
    kept = backups.backup(stocked)
    with by_hand(stocked.store) as connection:
        connection.execute(damage)
    told = run_cli("doctor")
    assert told.status == 1
    assert said in told.text
    assert str(kept) in told.text
    for call in (("set", FABRIKAM, "Users=5"), ("backup",), ("record", FABRIKAM, "event")):
        refused = run_cli(*call)
        assert refused.status == 3, call
        assert said in refused.error
        assert str(kept) in refused.error
    assert [each.path for each in backups.backups(stocked)] == [kept], "no copy of it counts"
    _comes_back(stocked, run_cli, kept)
    assert said not in run_cli("doctor").text


def test_a_restore_that_fails_leaves_a_damaged_store_in_its_place(
    stocked: Context, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 4: it is moved aside before, and has to come back."""
    kept = backups.backup(stocked)
    stocked.store.write_bytes(b"no database at all, " * 500)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(copies, "flush", full)
        assert run_cli("restore", str(kept)).status == 3
    assert stocked.store.read_bytes() == b"no database at all, " * 500
    _comes_back(stocked, run_cli, kept)


def _comes_back(context: Context, run_cli: RunCli, kept: Path) -> None:
    """The backup that was offered puts everything right."""
    assert run_cli("restore", str(kept)).status == 0
    assert run_cli("list", "--json").status == 0
    with by_hand(context.store) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
