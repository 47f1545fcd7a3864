"""Search over a million notes, beside ripgrep on the same text."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from bench import words
from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Missing, Sampler
from bench.rows.work import timed
from ftop_tui.services.searching import search

_FILES = 64
"""The notes lie in so many files, so that ripgrep can use every processor."""

_RG = "rg on the same text"
GOALS = (
    Goal("search-rare", "search, 1,000,000 notes, a rare word", "ours-rare", 0.2, "rg-rare", _RG),
    Goal("search-common", "the same, the commonest word", "ours-common", 0.2, "rg-common", _RG),
    Goal("search-begun", "the same, the first letters of common words", "ours-begun", 0.2,
         "rg-begun", _RG),
    Goal("search-apart", "the same, two common words that no note holds together", "ours-apart",
         0.2, "rg-apart", f"{_RG} for one of them"),
    Goal("search-narrow", "the same, the commonest word in one tenant's notes", "ours-narrow",
         0.2, "rg-common", _RG),
)  # fmt: skip

_QUERIES = {
    "rare": words.RARE,
    "common": words.COMMONEST,
    "begun": words.BEGUN,
    "apart": " ".join(words.APART),
}
_PATTERNS = {**_QUERIES, "apart": words.APART[0]}


def _as_files(kit: Kit, store: Path) -> Path:
    """The notes' text, one a line, in files beside the store; made once."""
    folder = store.parent / "text"
    if not folder.exists():
        building = kit.fresh("text")
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT text FROM note ORDER BY rowid")
            count = connection.execute("SELECT count(*) FROM note").fetchone()[0]
            for number in range(_FILES):
                lines = (text.replace("\n", " ") for (text,) in rows.fetchmany(count // _FILES + 1))
                (building / f"{number:02}.txt").write_text("\n".join(lines) + "\n")
        building.rename(folder)
    return folder


def _rg(pattern: str, folder: Path) -> Callable[[], object]:
    command = ["rg", "--no-config", "--fixed-strings", "--count", pattern, str(folder)]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def _search(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    store = kit.store("stress").path
    context = kit.context(store.parent)
    with closing(sqlite3.connect(store)) as connection:
        tenant = connection.execute("SELECT max(tenant_id) FROM note").fetchone()[0]
    contestants: dict[str, Sampler | Missing] = {
        f"ours-{name}": _timer(partial(search, context, query)) for name, query in _QUERIES.items()
    }
    narrow = partial(search, context, words.COMMONEST, tenant_id=tenant)
    contestants["ours-narrow"] = _timer(narrow)
    there = shutil.which("rg") is not None
    folder = _as_files(kit, store) if there else store.parent
    for name, pattern in _PATTERNS.items():
        absent = Missing("rg is not installed")
        contestants[f"rg-{name}"] = _timer(_rg(pattern, folder)) if there else absent
    yield contestants


def _timer(work: Callable[[], object]) -> Sampler:
    return lambda: [timed(work)]


FAMILY = Family("search", GOALS, _search, rounds=9)
