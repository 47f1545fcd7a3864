"""No way back is lost by making another: by a restore, beside damage, with a wrong clock."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ftop_tui.services import backups, doctor, tenants
from ftop_tui.services.context import Context
from ftop_tui.store import backup as copies
from house import FABRIKAM, RunCli, dump, on


def _dated(context: Context, at: datetime) -> Path:
    """A backup of the store as it is, made at that instant and not touched since."""
    made = backups.backup(replace(context, now=lambda: at))
    os.utime(made, (at.timestamp(), at.timestamp()))
    return made


def _two_of_a_day(context: Context) -> tuple[Path, Path]:
    """Two of one day long gone, and three days of later ones: the next backup thins the first."""
    day = context.now() - timedelta(days=9)
    states = []
    for hour in range(2):
        tenants.edit(context, FABRIKAM, {"Industry": f"hour {hour}"})
        states.append(_dated(context, day + timedelta(hours=hour)))
    for later in range(2):
        _dated(context, day + timedelta(days=1 + later))
    return states[0], states[1]


def _spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def _lose_sum(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])
    copies.sum_of(path).unlink()


def _spoil_sum(path: Path) -> None:
    copies.sum_of(path).write_text("no sum at all")


def _there(context: Context) -> set[Path]:
    return {each.path for each in backups.backups(context)}


def test_a_restore_never_loses_what_it_was_told_to_put_back(
    stocked: Context, run_cli: RunCli
) -> None:
    """Promise 3: it makes a backup, and that would thin away the older of two of one day."""
    old, _ = _two_of_a_day(stocked)
    wanted, before = dump(old), _there(stocked)
    tenants.edit(stocked, FABRIKAM, {"Industry": "now"})
    restored = run_cli("restore", str(old))
    assert restored.status == 0, restored.error
    assert dump(stocked.store) == wanted
    assert before < _there(stocked)
    assert copies.sum_of(old).is_file()


def test_another_program_does_not_thin_away_what_is_being_put_back(
    stocked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 3: it makes its backup between two steps of the restore."""
    old, _ = _two_of_a_day(stocked)
    other = on(stocked, stocked.today())
    put_back = copies.put_back

    def meanwhile(copy: Path, store: Path) -> None:
        backups.backup(other)
        put_back(copy, store)

    monkeypatch.setattr(copies, "put_back", meanwhile)
    backups.restore(stocked, old)
    assert old in _there(stocked)
    tomorrow = on(stocked, stocked.today() + timedelta(days=1))
    backups.backup(tomorrow)
    assert old not in _there(stocked)


@pytest.mark.parametrize("damage", [_spoil, _lose_sum, _spoil_sum])
def test_a_damaged_backup_takes_no_good_one_with_it(
    stocked: Context, damage: Callable[[Path], None]
) -> None:
    """Promise 3: of a day the last good one stays, and what is damaged goes for it."""
    good, damaged = _two_of_a_day(stocked)
    damage(damaged)
    backups.backup(stocked)
    assert good in _there(stocked)
    assert damaged not in _there(stocked)


def test_of_a_day_that_has_only_damaged_ones_all_stay(stocked: Context) -> None:
    """Promise 3: somebody may get something out of them."""
    both = _two_of_a_day(stocked)
    for each in both:
        _spoil(each)
    backups.backup(stocked)
    assert set(both) <= _there(stocked)


def test_a_clock_that_was_wrong_once_costs_no_backup(stocked: Context) -> None:
    """Promise 3: years ahead, or before all others; and a right clock then thins as if nothing."""
    now = stocked.now()
    made = [_dated(stocked, now - timedelta(days=days)) for days in range(12, 0, -1)]
    made += [_dated(stocked, now - timedelta(minutes=minutes)) for minutes in (20, 10)]
    before = _there(stocked)
    assert before == set(made)
    odd = [_dated(stocked, datetime(year, 3, 1, hour, tzinfo=UTC)) for year in (2029, 1970)
           for hour in (8, 9)]  # fmt: skip
    assert before | set(odd) == _there(stocked)
    backups.backup(stocked)
    assert before <= _there(stocked)


def test_what_is_ahead_of_the_clock_is_offered_last_and_named(stocked: Context) -> None:
    """Promise 4: the newest good one by a clock that was right is named."""
    real = _dated(stocked, stocked.now())
    ahead = _dated(stocked, datetime(2029, 3, 1, tzinfo=UTC))
    newest = backups.newest_good(stocked)
    assert newest is not None
    assert newest.path == real
    told = [f.message for f in doctor.examine(stocked) if f.check == "backups"]
    assert len(told) == 1
    assert f"{ahead} is dated ahead of the clock" in told[0]
    _spoil(real)
    newest = backups.newest_good(stocked)
    assert newest is not None
    assert newest.path == ahead
