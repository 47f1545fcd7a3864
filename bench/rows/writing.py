"""Saving a note, the store's size, and the backup."""

import importlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random

from bench import words
from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Missing, Sampler
from bench.rows.keys import ready
from bench.rows.paint import ranked
from bench.rows.work import timed
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.services import notes
from ftop_tui.services.notes import Draft

_FRAME = 16.7
SAVE_GOALS = (
    Goal("save", "saving a note, 1,000,000 in the store", "ours", 3, "bare",
         "a bare insert, committed"),
    Goal("save-again", "saving it again while it is typed", "again", 3, "bare",
         "a bare insert, committed"),
    Goal("fsyncs", "fsyncs of a save", "fsyncs", 1, unit="", statistic="worst"),
)  # fmt: skip
SIZE_GOALS = (
    Goal("size", "the stress store's size", "store", 1.8, "text", "the bytes of its notes' text",
         unit="MB"),
)  # fmt: skip
BACKUP_GOALS = (
    Goal("backup", "backup of the stress store", "ours", 1.5, "cp", "cp and sync"),
)  # fmt: skip
BACKUP_KEYS_GOALS = (
    Goal("backup-keys", "the slowest key while it is backed up, beyond the usual", "keys", _FRAME,
         statistic="worst"),
)  # fmt: skip


# Saving


def _bare(folder: Path) -> Callable[[], object]:
    """A note's text into a table of its own, with the same promise of being on the disk."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE note (id TEXT PRIMARY KEY, tenant_id TEXT, text TEXT)")
    chance = Random(1)  # noqa: S311 - made-up data

    def insert() -> None:
        number = chance.getrandbits(64)
        row = (f"{number}", "tenant", words.note(chance, number))
        connection.execute("INSERT INTO note VALUES (?, ?, ?)", row)

    return insert


class Saver:
    """Saves new notes, or one and the same over and over, through the product."""

    def __init__(self, kit: Kit, folder: Path, *, again: bool) -> None:
        self._context = kit.context(folder)
        self._again = again
        self._chance = Random(2)  # noqa: S311 - made-up data
        with closing(sqlite3.connect(self._context.store)) as connection:
            self._tenants = connection.execute("SELECT id FROM tenant ORDER BY id").fetchall()
        self._draft = self._new()

    def _new(self) -> Draft:
        body = EntitlementBody(status=EntitlementStatus.BLOCKED, text="")
        tenant = self._chance.choice(self._tenants)[0]
        return Draft(self._context.new_id(), NoteKind.ENTITLEMENT, tenant, "EXO", body)

    def __call__(self) -> list[float]:
        """Milliseconds of one save."""
        draft = self._draft if self._again else self._new()
        text = words.note(self._chance, self._chance.getrandbits(32))
        draft = draft.with_body(EntitlementBody(status=EntitlementStatus.BLOCKED, text=text))
        begun = time.perf_counter()
        self._draft = notes.save_draft(self._context, draft)
        return [(time.perf_counter() - begun) * 1000]


def save_once(kit: Kit, folder: Path, marker: Path) -> None:
    """Save a note twice; the second save begins and ends with a look at the marker's path."""
    saver = Saver(kit, folder, again=True)
    saver()
    marker.exists()
    saver()
    marker.exists()


_COUNTED = """
import sys
from pathlib import Path
from bench.kit import Kit
from bench.rows.writing import save_once
save_once(Kit(Path(), Path()), Path(sys.argv[1]), Path(sys.argv[2]))
"""


def _fsyncs(kit: Kit, folder: Path) -> Sampler | Missing:
    """How often a save waits for the disk, counted by strace."""
    if shutil.which("strace") is None:
        return Missing("strace is not installed")
    trace, marker = kit.work / "trace", "/a-mark-between-saves"
    calls = "trace=fsync,fdatasync,stat,newfstatat,statx"
    command = [
        "strace", "-f", "-e", calls, "-o", str(trace),
        sys.executable, "-c", _COUNTED, str(folder), marker,
    ]  # fmt: skip
    root = Path(__file__).parent.parent.parent

    def count() -> list[float]:
        subprocess.run(  # noqa: S603 - our own arguments
            command, check=True, cwd=root, env=kit.environment(PYTHONPATH=str(root))
        )
        between = trace.read_text().split(marker)[1]
        return [float(between.count("fsync(") + between.count("fdatasync("))]

    return count


@contextmanager
def _save(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    folder = kit.copy("stress").path.parent
    bare = _bare(kit.fresh("bare"))
    contestants: dict[str, Sampler | Missing] = {
        "ours": Saver(kit, folder, again=False),
        "again": Saver(kit, folder, again=True),
        "bare": lambda: [timed(bare)],
    }
    if "fsyncs" in needed:
        contestants["fsyncs"] = _fsyncs(kit, kit.copy("small").path.parent)
    yield contestants


# Size


@contextmanager
def _size(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    store = kit.store("stress")
    yield {
        "store": lambda: [store.path.stat().st_size / 1e6],
        "text": lambda: [store.text_bytes / 1e6],
    }


# Backup

_MODULE = "ftop_tui.services.backups"
_BACK_UP = """
import sys
from pathlib import Path
from bench.stores import house
from ftop_tui.services.backups import backup
backup(house(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb") as copy:
        os.fsync(copy.fileno())


def _backed_up(kit: Kit, folder: Path) -> Callable[[], object]:
    backup = importlib.import_module(_MODULE).backup

    def work() -> None:
        backup(kit.context(folder), kit.fresh("backup") / "backup.sqlite3")

    return work


def _keys_meanwhile(kit: Kit, stack: ExitStack) -> Sampler:
    """Milliseconds by which the slowest key during a backup is behind the usual one."""
    store = kit.copy("stress")
    app = ready(kit, stack, kit.app(store), ranked(kit, "stress"))
    root = Path(__file__).parent.parent.parent

    def press() -> float:
        taken = app.press("\x1b[B") * 1000
        app.settle(0.02)
        return taken

    def sample() -> list[float]:
        usual = sorted(press() for _ in range(20))[10]
        target = kit.fresh("backup-meanwhile") / "backup.sqlite3"
        command = [sys.executable, "-c", _BACK_UP, str(store.path.parent), str(target)]
        environment = kit.environment(PYTHONPATH=str(root))
        with subprocess.Popen(command, cwd=root, env=environment) as running:  # noqa: S603
            taken = [press()]
            while running.poll() is None:
                taken.append(press())
        return [max(taken) - usual]

    return sample


_ABSENT = Missing("there is no backup command yet")


@contextmanager
def _backup(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    if find_spec(_MODULE) is None:
        yield dict.fromkeys(needed, _ABSENT)
        return
    store = kit.copy("stress").path
    work = _backed_up(kit, store.parent)
    yield {
        "ours": lambda: [timed(work)],
        "cp": lambda: [timed(lambda: _copied(store, kit.fresh("cp") / "copy"))],
    }


@contextmanager
def _meanwhile(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    if find_spec(_MODULE) is None:
        yield dict.fromkeys(needed, _ABSENT)
        return
    with ExitStack() as stack:
        yield {"keys": _keys_meanwhile(kit, stack)}


SAVE = Family("save", SAVE_GOALS, _save, rounds=25)
SIZE = Family("size", SIZE_GOALS, _size, rounds=1)
BACKUP = Family("backup", BACKUP_GOALS, _backup, rounds=1)
BACKUP_KEYS = Family("meanwhile", BACKUP_KEYS_GOALS, _meanwhile, rounds=1)
