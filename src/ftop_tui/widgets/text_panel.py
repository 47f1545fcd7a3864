"""A panel of wrapped text that scrolls; it wraps once for a width and draws by line."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


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
        self._lines: list[Strip] | None = None
        self._width = 0

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
        self._lines = None

    def _wrap(self) -> None:
        self._lines = None
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.lines))
        self.refresh()

    @property
    def lines(self) -> list[Strip]:
        """The lines for the present width."""
        width = self.scrollable_content_region.width
        if self._lines is None or self._width != width:
            self._width = width
            self._lines = [line for block in self.blocks for line in self._strips(block, width)]
        return self._lines

    def _strips(self, block: Block, width: int) -> Iterable[Strip]:
        style = self.visual_style
        base = style.rich_style
        inner = max(8, width - block.indent)

        def drawn(content: Content, cells: int) -> list[Strip]:
            return Visual.to_strips(self, content, cells, None, style, apply_selection=False)

        margin = Strip.blank(block.indent, base)
        lead = drawn(block.lead, block.indent)[0] if block.lead else margin
        for number, strip in enumerate(drawn(block.content, inner)):
            first = (margin if number else lead).adjust_cell_length(block.indent, base)
            yield Strip.join([first, strip]).adjust_cell_length(width, base)

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if line < len(self.lines):
            return self.lines[line].adjust_cell_length(width, self.visual_style.rich_style)
        return Strip.blank(width, self.visual_style.rich_style)
