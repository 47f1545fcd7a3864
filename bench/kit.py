"""What the rows of the table are handed: folders, stores, and how to start programs."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import stores
from bench.stores import Size, Store
from ftop_tui.services.context import Context

BENCH = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Kit:
    """One call of the harness."""

    cache: Path
    """Keeps what is dear to make: stores, the peers' environments, the last results."""
    work: Path
    """A throw-away folder on the same disk."""
    runs: int = 3
    most_rounds: int = 1_000
    many: int = 10_000
    """Rows of an import, tasks of a peer."""
    sizes: Mapping[str, Size] = field(default_factory=lambda: stores.SIZES)

    def rounds(self, usual: int) -> int:
        """How many rounds a run has."""
        return min(usual, self.most_rounds)

    def store(self, name: str) -> Store:
        """The store of that size, to read from only: it is kept for the next call."""
        return stores.made(self.cache, self.sizes[name])

    def copy(self, name: str) -> Store:
        """A copy of the store of that size; what is done to it is forgotten."""
        made = self.store(name)
        path = self.fresh(f"copy-of-{name}") / made.path.name
        stores.copy(made.path, path)
        rest()
        return Store(path, made.text_bytes)

    def fresh(self, name: str) -> Path:
        """An empty folder, whatever was there before."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def environment(self, **more: str) -> dict[str, str]:
        """What programs see: no real home, no settings of the user's."""
        home = self.work / "home"
        home.mkdir(exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        places = {f"XDG_{each}_HOME": str(home / each) for each in ("CONFIG", "DATA", "CACHE")}
        return {
            **kept, **places, "HOME": str(home), "FTOP_TUI_CONFIG_DIR": str(home),
            "LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor", **more,
        }  # fmt: skip

    @property
    def home(self) -> Path:
        """Where programs run."""
        folder = self.work / "home"
        folder.mkdir(exist_ok=True)
        return folder

    def app(self, store: Store, *arguments: str) -> list[str]:
        """Our program on a store."""
        places = ("--data-dir", str(store.path.parent), "--today", stores.TODAY)
        return [sys.executable, "-m", "ftop_tui", *places, *arguments]

    def bare(self, kind: str, rows: int = 50) -> list[str]:
        """A bare app of bench/bare.py."""
        return [sys.executable, str(BENCH / "bare.py"), kind, str(rows)]

    def context(self, folder: Path) -> Context:
        """The services' house on a folder, as the program makes it."""
        return stores.house(folder)


@contextmanager
def open_kit(
    cache: Path,
    *,
    runs: int,
    most_rounds: int = 1_000,
    many: int = 10_000,
    sizes: Mapping[str, Size] = stores.SIZES,
) -> Iterator[Kit]:
    """A kit whose throw-away folder is gone afterwards."""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="work-", dir=cache) as work:
        yield Kit(cache, Path(work), runs, most_rounds, many, sizes)


def rest() -> None:
    """Have all that was written reach the disk, so that it slows down nothing measured next."""
    os.sync()


def usual_cache() -> Path:
    """Where the harness keeps what is dear to make."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "ftop-tui-bench"
