"""Frames of a form: only what changed is drawn, and as soon as it has changed."""

from collections.abc import Iterable
from typing import Generic

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import ScreenResultType
from textual.strip import Strip
from textual.timer import Timer

from ftop_tui.screens.base import FtopScreen

_PERIOD = 1 / 1000
"""Seconds between two frames, at least: a letter, and each thing that follows from it, has one."""


class SparingCompositor(Compositor):
    """Asks for the lines that changed, of the widgets that are seen there.

    Textual asks every widget in the scrolling part of a form for all of its lines.
    """

    _parts: tuple[Region, ...] = ()
    """What changed, while a part of the screen is drawn."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed, to be written to the terminal."""
        self._parts = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._parts = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders()
            return
        parts = self._parts or (crop,)
        for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
            rows = Region(clip.x, crop.y, clip.width, crop.height).intersection(clip)
            seen = region.intersection(rows)
            if seen and any(map(seen.overlaps, parts)):
                yield region, rows, widget.render_lines(seen.translate(-region.offset))
                if seen.contains_region(crop):
                    return  # it hides whatever lies behind it


class SparingScreen(FtopScreen[ScreenResultType], Generic[ScreenResultType]):
    """A screen whose frames cost what changed in them, and do not wait for each other."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self._frames: Timer | None = None

    @property
    def _update_timer(self) -> Timer:
        if self._frames is None:
            self._frames = self.set_interval(
                _PERIOD, self._on_timer_update, name="screen_update", pause=True
            )
        return self._frames
