"""The backup beside a plain copy, and the keys while it goes on."""

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path

from bench.kit import Kit, rest
from bench.measure import Contestants, Family, Goal, Sampler
from bench.probe import Probe
from bench.rows.keys import ready
from bench.rows.paint import ranked
from bench.rows.work import timed
from bench.stores import Store
from ftop_tui.services import backups

_DOWN, _UP = "\x1b[B", "\x1b[A"
_THERE_AND_BACK = (*[_DOWN] * 20, *[_UP] * 20)
_FRAME = 16.7
_USUAL = 40
"""So many keys at rest tell what is usual."""
_AFTER_START = 20
"""So many keys may wait for what an app loads after its start, with a backup or without."""
_BETWEEN = 0.02
_PATIENCE = 10.0
"""Seconds after which a backup has not begun."""

BACKUP_GOALS = (
    Goal("backup", "backup of the stress store", "ours", 1.5, "cp", "cp and sync"),
)  # fmt: skip
KEYS_GOALS = (
    Goal("backup-keys", "the slowest key while it is backed up, beyond the usual", "keys", _FRAME,
         statistic="worst"),
)  # fmt: skip


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb") as copy:
        os.fsync(copy.fileno())


def _written(kit: Kit, write: Callable[[Path], object]) -> Sampler:
    """Milliseconds until a file is on the disk; the one before it is gone, and that synced, too."""

    def sample() -> list[float]:
        target = kit.fresh("written") / "copy.sqlite3"
        rest()
        taken = timed(lambda: write(target))
        kit.fresh("written")
        rest()
        return [taken]

    return sample


@contextmanager
def _backup(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    store = kit.copy("stress").path
    context = kit.context(store.parent)
    yield {
        "ours": _written(kit, lambda target: backups.backup(context, target)),
        "cp": _written(kit, lambda target: _copied(store, target)),
    }


# Keys meanwhile


def _is_under_way(folder: Path) -> bool:
    """Whether the daily backup is not there yet; it is built under a hidden name."""
    limit = time.monotonic() + _PATIENCE
    while time.monotonic() < limit:
        names = [path.name for path in folder.glob("*")]
        if names:
            return any(name.startswith(".") for name in names)
        time.sleep(_BETWEEN)
    raise TimeoutError("the app made no backup of the day")


def _presses(app: Probe) -> Iterator[float]:
    """Milliseconds of one key of the cursor after the other."""
    for key in cycle(_THERE_AND_BACK):
        yield app.press(key) * 1000
        app.settle(_BETWEEN)


def _keys_meanwhile(kit: Kit, store: Store) -> Sampler:
    """Milliseconds by which the slowest key during the backup of the day is behind the usual one.

    The app makes that backup itself, shortly after its start.
    """
    folder = backups.folder(kit.context(store.path.parent))
    seen = ranked(kit, "stress")

    def sample() -> list[float]:
        shutil.rmtree(folder, ignore_errors=True)
        rest()
        with ExitStack() as stack:
            app = ready(kit, stack, kit.app(store), seen, resting=False)
            keys = _presses(app)
            for _ in range(_AFTER_START):
                next(keys)
            taken = [next(keys)]
            while _is_under_way(folder):
                taken.append(next(keys))
            app.rest()
            usual = statistics.median(next(keys) for _ in range(_USUAL))
        return [max(taken) - usual]

    return sample


@contextmanager
def _meanwhile(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    yield {"keys": _keys_meanwhile(kit, kit.copy("stress"))}


BACKUP = Family("backup", BACKUP_GOALS, _backup, rounds=1)
KEYS = Family("meanwhile", KEYS_GOALS, _meanwhile, rounds=1)
