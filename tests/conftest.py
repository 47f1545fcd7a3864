"""Fixtures of all tests: a house without a store, one with the samples in it, and the CLI."""

import gc
import shutil
from pathlib import Path

import pytest

from ftop_tui.services import demo
from ftop_tui.services.context import Context
from house import Result, RunCli, import_samples, make_house, run_in

_GARBAGE_AFTER = 100_000
"""New objects after which garbage is looked for; each test leaves a whole app of it."""


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never in what all tests stand on: 40 % of the time else."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """A context without a store on 2026-11-21; nothing of the developer's own is read."""
    return make_house(tmp_path)


@pytest.fixture(scope="session")
def _stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the five samples imported on 2026-11-21, and an empty one; made once."""
    folder = tmp_path_factory.mktemp("stock")
    stocked, empty = make_house(folder / "stocked"), make_house(folder / "empty")
    import_samples(stocked)
    for context in (stocked, empty):
        context.writer().close()  # or its files go while they are copied
    return folder


@pytest.fixture
def empty(context: Context, _stock: Path) -> Context:
    """A context whose store is there and holds nothing."""
    shutil.copytree(_stock / "empty" / "data", context.paths.data_dir)
    return context


@pytest.fixture
def stocked(context: Context, _stock: Path) -> Context:
    """A context whose store holds the five samples, imported today in one call."""
    shutil.copytree(_stock / "stocked" / "data", context.paths.data_dir)
    return context


@pytest.fixture
def run_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunCli:
    """Carries out a command line in this process; `stdin` is bytes, the rest environment."""
    monkeypatch.setenv("FTOP_TUI_CONFIG_DIR", str(tmp_path / "config"))

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> Result:
        return run_in(tmp_path, arguments, stdin, **environment)

    return call


@pytest.fixture(scope="session")
def _twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo of twelve customers, made once."""
    made = make_house(tmp_path_factory.mktemp("twelve"))
    demo.build(made, 12, 1)
    made.writer().close()
    return made.paths.data_dir


@pytest.fixture
def busy(context: Context, _twelve: Path) -> Context:
    """The demo's twelve customers: something of nearly every sort is due."""
    shutil.copytree(_twelve, context.paths.data_dir)
    return context
