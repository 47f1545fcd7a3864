"""What a terminal shows: the frames it was sent, one over the other; and the same painted anew."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

Cells = dict[tuple[int, int], tuple[str, object]]


def drawn(update: object) -> Cells:
    """The cells that a part of a frame writes, each with its letter and style."""
    assert isinstance(update, ChopsUpdate)
    cells: Cells = {}
    for y, first, end in update.spans:
        for x, strip in update.chops[y].items():
            for at, cell in enumerate(_cells(strip or ()), start=x):
                if first <= at < end:
                    cells[at, y] = cell
    return cells


def _cells(segments: Iterable[Segment]) -> Iterator[tuple[str, object]]:
    """A cell each; behind a wide letter stands an empty one."""
    for segment in segments:
        for letter in segment.text:
            yield letter, segment.style
            yield from [("", segment.style)] * (get_character_cell_size(letter) - 1)


class Painted:
    """The cells of a terminal that was sent every frame."""

    def __init__(self) -> None:
        self.cells: Cells = {}

    def take(self, frame: object) -> None:
        """One frame more."""
        if isinstance(frame, LayoutUpdate):
            self.cells = {}
            for y, row in enumerate(frame.strips):
                letters = _cells(segment for strip in row for segment in strip)
                self.cells |= {(x, y): cell for x, cell in enumerate(letters)}
        elif frame is not None:
            self.cells |= drawn(frame)

    def lines(self, screen: Screen[Any]) -> list[str]:
        """What is read there."""
        width, height = screen.size
        return [
            "".join(self.cells.get((x, y), (" ", None))[0] for x in range(width))
            for y in range(height)
        ]


@contextmanager
def painted(kind: type[App[Any]]) -> Iterator[Painted]:
    """Watch what an app of a kind sends."""
    terminal = Painted()
    display = kind._display

    def noted(self: App[Any], screen: Screen[Any], frame: Any) -> None:
        if screen is self.screen and not self._batch_count:
            terminal.take(frame)
        display(self, screen, frame)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "_display", noted)
        yield terminal


def anew(screen: Screen[Any]) -> list[str]:
    """The lines of a screen, painted from nothing that was painted before."""
    for widget in screen.walk_children(Widget):
        widget._set_dirty()
        if isinstance(widget, TextArea):
            widget._line_cache.clear()
            widget.wrapped_document.wrap(widget.wrap_width, widget.indent_width)
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


async def at_rest(pilot: Pilot[Any]) -> None:
    """Wait until nothing moves any longer and no frame is owed."""
    for _ in range(3):
        await pilot.pause(0.02)
        await pilot.app.workers.wait_for_complete()
        await pilot.wait_for_scheduled_animations()
    while _owes_a_frame(pilot.app.screen):
        await pilot.pause(0.01)


def _owes_a_frame(screen: Screen[Any]) -> bool:
    waiting = screen._dirty_widgets or screen._compositor._dirty_regions
    asked = screen._layout_required or screen._scroll_required or screen._repaint_required
    return bool(waiting or asked)
