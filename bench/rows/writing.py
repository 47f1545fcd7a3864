"""Saving a note, and the store's size."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from uuid import UUID

from bench import stores, words
from bench.kit import Kit, rest
from bench.measure import Contestants, Family, Goal, Missing, Sampler
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.services import notes
from ftop_tui.services.notes import Draft

_AGAINST = "a bare insert, committed, into as many"
SAVE_GOALS = (
    Goal("save", "saving a note, 1,000,000 in the store", "ours", 3, "bare", _AGAINST),
    Goal("save-again", "saving it again while it is typed", "again", 3, "bare", _AGAINST),
)  # fmt: skip
FSYNCS_GOALS = (
    Goal("fsyncs", "fsyncs of a save", "fsyncs", 1, unit="", statistic="worst"),
)  # fmt: skip
SIZE_GOALS = (
    Goal("size", "the stress store's size", "store", 1.8, "text", "the bytes of its notes' text",
         unit="MB"),
)  # fmt: skip


# Saving


def _as_bare(kit: Kit, store: Path) -> Path:
    """The notes' text in a table of its own, with no index but its ids; made once."""
    bare = store.with_name("bare.sqlite3")
    if not bare.exists():
        building = kit.fresh("bare-building") / bare.name
        with closing(sqlite3.connect(building, isolation_level=None)) as connection:
            connection.execute("ATTACH ? AS store", (str(store),))
            connection.execute("CREATE TABLE note (id TEXT PRIMARY KEY, tenant_id TEXT, text TEXT)")
            notes_of = "SELECT id, tenant_id, text FROM store.note ORDER BY id"
            connection.execute(f"INSERT INTO note {notes_of}")
        building.rename(bare)
    return bare


def _bare(kit: Kit, store: Path) -> Sampler:
    """A note's text into such a table, with the same promise of being on the disk."""
    path = kit.fresh("bare") / "bare.sqlite3"
    stores.copy(_as_bare(kit, store), path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    chance = Random(1)  # noqa: S311 - made-up data

    def insert() -> list[float]:
        number = chance.getrandbits(64)
        row = (str(UUID(int=chance.getrandbits(128))), "tenant", words.note(chance, number))
        begun = time.perf_counter()
        connection.execute("INSERT INTO note VALUES (?, ?, ?)", row)
        return [(time.perf_counter() - begun) * 1000]

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
    """Each has its log folded into the file now and then, too seldom for the median to tell."""
    store = kit.copy("stress").path
    contestants: dict[str, Sampler] = {
        "ours": Saver(kit, store.parent, again=False),
        "again": Saver(kit, store.parent, again=True),
        "bare": _bare(kit, kit.store("stress").path),
    }
    rest()
    yield contestants


@contextmanager
def _counting(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    yield {"fsyncs": _fsyncs(kit, kit.copy("small").path.parent)}


# Size


@contextmanager
def _size(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    store = kit.store("stress")
    yield {
        "store": lambda: [store.path.stat().st_size / 1e6],
        "text": lambda: [store.text_bytes / 1e6],
    }


SAVE = Family("save", SAVE_GOALS, _save, rounds=25)
FSYNCS = Family("fsyncs", FSYNCS_GOALS, _counting, rounds=2)
SIZE = Family("size", SIZE_GOALS, _size, rounds=1)
