"""Holds pictures of screens against those that are kept; `pytest --snapshot-update` keeps the new.

A tour shows all its screens before it fails: the failure names each one that looks otherwise, and
`snapshot_report.html` shows both side by side.
"""

import pickle

import pytest
from pytest_textual_snapshot import (  # type: ignore[import-untyped]
    PseudoApp,
    PseudoConsole,
    SVGImageExtension,
    node_to_report_path,
)
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from textual.filter import LineFilter, Monochrome
from textual.pilot import Pilot

from ftop_tui.app import FtopApp
from ui.drawing import draw

_THEMES = {"dark": "ftop-dark", "plain": "ftop-dark", "light": "ftop-light"}
LOOKS = tuple(_THEMES)
"""The two themes, and the dark one without colour."""
_TRIES = 40
_BEAT = 0.03
_ALIKE = 3
"""So many pictures one behind the other are alike where nothing is on its way any more."""


class Gallery:
    """The kept pictures of one test. `otherwise` names the screens that look otherwise by now."""

    def __init__(self, kept: SnapshotAssertion, node: pytest.Item) -> None:
        self.kept = kept.use_extension(SVGImageExtension)
        self.node = node
        self.seen: set[str] = set()
        self.otherwise: list[str] = []

    async def hold(self, name: str, app: FtopApp, pilot: Pilot[int]) -> None:
        """Compare the screen that is open with its pictures, in every look."""
        assert name not in self.seen, f"two screens are called {name}"
        self.seen.add(name)
        # Back and forth, for to change the look costs more than all else: it stays for the next.
        for look in LOOKS if app.theme == _THEMES[LOOKS[0]] else reversed(LOOKS):
            plain, theme = look == "plain", _THEMES[look]
            other = app.no_color != plain
            app.no_color = plain
            if app.theme != theme:
                app.theme = theme
            elif other:
                app.refresh_css(animate=False)
            picture = await still(app, pilot, Monochrome() if plain else None)
            self._compare(f"{name}-{look}", picture)

    def _compare(self, name: str, picture: str) -> None:
        if self.kept(name=name) != picture:
            self.otherwise.append(name)
            self._report(name, picture)

    def _report(self, name: str, picture: str) -> None:
        """Leave both pictures to the report that is written at the end of the session."""
        done = list(self.kept(name=name).executions.values())[-1]
        path, line, _ = self.node.reportinfo()
        known = done.recalled_data
        console = Console(legacy_windows=False, force_terminal=True)
        told = (
            False, str(known or ""), picture,
            PseudoApp(PseudoConsole(console.legacy_windows, console.size)),
            path, line or 0, name, "", "", known is not None,
        )  # fmt: skip
        place = node_to_report_path(self.node)
        place.with_name(f"{place.name}_{name}").write_bytes(pickle.dumps(told))


async def still(app: FtopApp, pilot: Pilot[int], through: LineFilter | None = None) -> str:
    """The picture of the screen once it no longer changes, without toasts and blinking cursors."""
    app.clear_notifications()
    for field in app.screen.query("Input, TextArea"):
        field.cursor_blink = False  # type: ignore[attr-defined]
    await pilot.pause()
    seen = [draw(app, through)]
    while len(seen) < _TRIES:
        await pilot.pause(_BEAT)
        seen.append(draw(app, through))
        if len(set(seen[-_ALIKE:])) == 1 and len(seen) >= _ALIKE:
            return seen[-1]
    raise AssertionError(f"{app.screen} does not come to rest")
