"""Short ways through Textual for views that draw by line: how much there is, and what is seen."""

from collections.abc import Sequence
from typing import cast

from rich.color import Color
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget


def set_virtual_size(view: ScrollView, size: Size) -> None:
    """Give what scrolls another size; only a scrollbar that comes or goes moves anything else.

    Textual lays the screen out anew for each such change, which takes longer than all the rest of
    answering a key. This is what it does itself where it sizes a view without a layout.
    """
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)


class LineView(ScrollView):
    """A view that keeps the strips which its `render_line` gives.

    A strip knows how it was cut and written to the terminal. Textual draws copies, which know
    nothing; this hands on the strips themselves, where there are no borders to draw around them.
    """

    def make_ready(self) -> None:
        """Look at size and place once before lines are drawn; not at each line."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for, as they are kept."""
        self.make_ready()
        width = self.size.width
        if self.styles.gutter or crop.column_span != (0, width):
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        if not self._has_bar:  # else the bar itself stands there
            blank = self.visual_style.rich_style
            strips = [strip.adjust_cell_length(width, blank) for strip in strips]
        return filtered(self, strips)

    @property
    def _has_bar(self) -> bool:
        """Whether the scrollbar is there; at the first paint there is room for it and no more.

        A line that leaves that room empty would not be drawn at all.
        """
        bar = self._vertical_scrollbar
        return self.show_vertical_scrollbar and bar is not None and bar.size.width > 0

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar; made when it is first asked for."""
        if self._vertical_scrollbar is None:
            bar = LineBar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar = bar
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar


class LineBar(ScrollBar):
    """A vertical scrollbar that is drawn with few strips, for it is drawn with each step."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """What Textual draws, in less than a tenth of the time."""
        bar = cast("ScrollBarRender", self.render())
        style, beneath = self.app.console.get_style(bar.style), self.visual_style.rich_style
        drawn = bar.render_bar(
            self.size.height, bar.virtual_size, bar.window_size, bar.position, bar.thickness,
            back_color=style.bgcolor or _DEFAULT, bar_color=style.color or _DEFAULT,
        )  # fmt: skip
        pieces = drawn.segments[crop.y : crop.bottom]
        alike = {
            piece: Strip(Segment.apply_style([piece], beneath), bar.thickness)
            for piece in set(pieces)
        }
        return filtered(self, [alike[piece] for piece in pieces])


_DEFAULT = Color.default()


def filtered(widget: Widget, strips: Sequence[Strip]) -> list[Strip]:
    """The strips as the terminal can show them."""
    background = widget.background_colors[1]
    for line_filter in widget.get_line_filters():
        strips = [strip.apply_filter(line_filter, background) for strip in strips]
    return list(strips)
