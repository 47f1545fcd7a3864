"""Pictures of every screen on the demo portfolio; `pytest --snapshot-update` draws them anew.

Each screen is drawn wide and narrow in the dark theme, a few in the light one and without colour.
Look at what changed before you keep it: the report of pytest shows both side by side.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from ftop_tui.app import FtopApp
from ftop_tui.bootstrap import make_context
from ftop_tui.progress import Work
from ftop_tui.services import demo
from ftop_tui.services.context import Context
from ftop_tui.widgets.working import Working
from ui.seeing import NARROW, WIDE, press, settle

WAYS: dict[str, tuple[str, ...]] = {
    "home": ("j",), "week": ("w",), "glance": ("y",), "reviews": ("b",), "presenter": ("b", "P"),
    "brief": ("d", "b"), "plan": ("d", "p"), "escalations": ("d", "e"), "contacts": ("d", "c"),
    "forecasts": ("d", "f"), "partners": ("j", "j", "j", "d", "r"), "entitlement": ("e",),
    "status": ("s",), "exec-summary": ("x",), "import": ("i",),
}  # fmt: skip
"""The keys that lead from the list to each screen."""
SIZES = {"wide": WIDE, "narrow": NARROW}


def _context(folder: Path) -> Context:
    environment = {"FTOP_TUI_CONFIG_DIR": str(folder / "config")}
    return make_context(data_dir=str(folder / "data"), today="2026-11-21", environment=environment)


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio, made once."""
    folder = tmp_path_factory.mktemp("demo")
    demo.build(_context(folder), demo.USUAL, 1)
    return folder / "data"


@pytest.fixture
def shown(tmp_path: Path, _demo: Path) -> Context:
    """A context on a copy of the demo portfolio."""
    shutil.copytree(_demo, tmp_path / "data")
    return _context(tmp_path)


def _compare(
    snap_compare: Any, context: Context, keys: Sequence[str], size: tuple[int, int]
) -> bool:
    async def go(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        if isinstance(pilot.app.focused, TextArea | Input):
            pilot.app.screen.set_focus(None)  # its cursor blinks
        await settle(pilot)

    return bool(snap_compare(FtopApp(context, preload=False), run_before=go, terminal_size=size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", WAYS)
def test_dark(shown: Context, snap_compare: Any, screen: str, size: str) -> None:
    assert _compare(snap_compare, shown, WAYS[screen], SIZES[size])


@pytest.mark.parametrize("screen", ["home", "week", "glance", "entitlement"])
def test_light(shown: Context, snap_compare: Any, screen: str) -> None:
    light = replace(shown, settings=replace(shown.settings, theme="light"))
    assert _compare(snap_compare, light, WAYS[screen], WIDE)


@pytest.mark.parametrize("screen", ["home", "week", "glance"])
def test_without_colour(
    shown: Context, snap_compare: Any, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert _compare(snap_compare, shown, WAYS[screen], NARROW)


def test_long_work(shown: Context, snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ftop_tui.widgets.working.monotonic", lambda: 30.0)

    async def go(pilot: Pilot[int]) -> None:
        await settle(pilot)
        work = Work()
        work(0.42)
        dialog = Working("Importing", work, unseen=False)
        dialog._since = 0.0
        await pilot.app.push_screen(dialog)
        await pilot.pause(0.3)

    app = FtopApp(shown, preload=False)
    assert snap_compare(app, run_before=go, terminal_size=NARROW)
