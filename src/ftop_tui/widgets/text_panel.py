"""A panel of wrapped text that scrolls; it wraps once for a width and draws by line."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer
from textual.visual import RenderOptions

from ftop_tui.widgets.scrolling import set_virtual_size


class Block(NamedTuple):
    """A paragraph set in by `indent` cells; `lead` stands in that margin on its first line."""

    content: Content
    indent: int = 0
    lead: Content = Content("")


BLANK = Block(Content(""))


class TextPanel(ScrollView, can_focus=True):
    """Shows blocks of text, wrapped at words to its width."""

    DEFAULT_CSS = """
    TextPanel {
        background: $background; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.blocks: tuple[Block, ...] = ()
        self._lines: list[Strip] = []
        self._rest: Iterator[Strip] = iter(())
        self._width = -1
        self._timer: Timer | None = None

    def show(self, blocks: Iterable[Block], *, keep_place: bool = False) -> None:
        """Show these blocks, from the top unless it is the same text anew."""
        self.blocks = tuple(blocks)
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self._wrap()

    @property
    def text(self) -> str:
        """All that is shown, as plain text, a line a block."""
        return "\n".join(f"{block.lead.plain}{block.content.plain}" for block in self.blocks)

    def on_resize(self) -> None:
        """Another width: wrap anew."""
        self._wrap()

    def notify_style_update(self) -> None:
        """Another theme: draw anew."""
        super().notify_style_update()
        self._width = -1

    def _wrap(self) -> None:
        """Wrap what is seen now; what is below it a moment later, so that no key waits for it."""
        self._begin()
        self.refresh()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_REST_AFTER, self._wrap_rest)

    def _begin(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines = []
        self._rest = (line for block in self.blocks for line in self._strips(block, self._width))
        self._wrap_to(self.scroll_offset.y + self.size.height)
        # Not less than before, or the scrollbar would go and come with every text.
        height = max(len(self._lines), self.virtual_size.height)
        set_virtual_size(self, Size(self._width, height))

    def _wrap_to(self, lines: int) -> None:
        self._lines.extend(islice(self._rest, max(0, lines - len(self._lines))))

    def _wrap_rest(self) -> None:
        self._lines.extend(self._rest)
        set_virtual_size(self, Size(self._width, len(self._lines)))

    def _strips(self, block: Block, width: int) -> Iterator[Strip]:
        style, options = self.visual_style, RenderOptions(self._get_style, {})
        base = style.rich_style
        margin = Strip.blank(block.indent, base)
        lead = margin
        if block.lead:
            lead = block.lead.render_strips(block.indent, 1, style, options)[0]
            lead = lead.adjust_cell_length(block.indent, base)
        inner = max(8, width - block.indent)
        for number, strip in enumerate(block.content.render_strips(inner, None, style, options)):
            first = margin if number else lead
            yield Strip.join([first, strip]).adjust_cell_length(width, base)

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if self._width != width:
            self._begin()  # the first paint comes before the first resize
        self._wrap_to(line + 1)
        if line < len(self._lines):
            return self._lines[line]
        return Strip.blank(width, self.visual_style.rich_style)


_REST_AFTER = 0.08
"""Seconds after which what is not seen is wrapped as well."""
