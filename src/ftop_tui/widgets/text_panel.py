"""A panel of wrapped text that scrolls; it wraps once for a width and draws by line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.timer import Timer

from ftop_tui.widgets.scrolling import LineView, filtered, set_virtual_size
from ftop_tui.widgets.typeset import Typesetter


class Block(NamedTuple):
    """A paragraph set in by `indent` cells; `lead` stands in that margin on its first line."""

    content: Content
    indent: int = 0
    lead: Content = Content("")


BLANK = Block(Content(""))


class Page:
    """Blocks of text in lines of one width; each line is set when it is first asked for."""

    def __init__(self, blocks: Iterable[Block], typesetter: Typesetter) -> None:
        self.blocks = tuple(blocks)
        self.typesetter = typesetter
        self.lines: list[Strip] = []
        self.whole = False
        """Whether all lines are set."""
        self._rest: Iterator[Strip] = (
            line
            for block in self.blocks
            for line in typesetter.lines(block.content, block.indent, block.lead)
        )

    def set_to(self, number: int | None) -> None:
        """Set so many of the lines, all with None."""
        if not self.whole:
            wanted = None if number is None else max(0, number - len(self.lines))
            self.lines.extend(islice(self._rest, wanted))
            self.whole = number is None or len(self.lines) < number


class TextPanel(LineView, can_focus=True):
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
        self._typesetter: Typesetter | None = None
        self._page = Page((), self._set_with)
        self._timer: Timer | None = None

    def page(self, blocks: Iterable[Block]) -> Page:
        """Blocks laid out for this panel, to be shown at once when they are asked for."""
        return Page(blocks, self._set_with)

    def prepare(self, page: Page) -> None:
        """Do all for a page that can be done before it is shown."""
        page.set_to(None)
        console = self.app.console
        for strip in filtered(self, page.lines[: self.size.height]):
            strip.render(console)

    def scroll_pages(self, pages: int) -> None:
        """Go on by so many pages, or back; two lines of the last one stay seen."""
        self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)

    def show(self, shown: Iterable[Block] | Page, *, keep_place: bool = False) -> None:
        """Show these blocks, from the top unless it is the same text anew."""
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self._page = shown if isinstance(shown, Page) else self.page(shown)
        self._begin()
        self.refresh()
        if self._timer is not None:
            self._timer.stop()
        # What is not seen is set a moment later, so that no key waits for it.
        self._timer = None if self._sized else self.set_timer(_REST_AFTER, self._set_rest)

    @property
    def blocks(self) -> Sequence[Block]:
        """What is shown."""
        return self._page.blocks

    @property
    def text(self) -> str:
        """All that is shown, as plain text, a line a block."""
        return "\n".join(f"{block.lead.plain}{block.content.plain}" for block in self.blocks)

    @property
    def _set_with(self) -> Typesetter:
        """What sets the lines; another one where the width or the theme is another."""
        width = self.scrollable_content_region.width
        if self._typesetter is None or self._typesetter.width != width:
            self._typesetter = Typesetter(width, self.visual_style, self._get_style)
        return self._typesetter

    def on_resize(self) -> None:
        """Another width: wrap anew."""
        self.show(self._page, keep_place=True)

    def notify_style_update(self) -> None:
        """Another theme: draw anew."""
        super().notify_style_update()
        self._typesetter = None

    def _begin(self) -> None:
        if self._page.typesetter is not self._set_with:
            self._page = self.page(self.blocks)
        page = self._page
        page.set_to(self.scroll_offset.y + self.size.height)
        height = len(page.lines)
        bar = height > self.size.height
        if not page.whole or bar != self.show_vertical_scrollbar:
            # Not less than before, or the scrollbar would go and come with every text.
            height = max(height, self.virtual_size.height)
        set_virtual_size(self, Size(page.typesetter.width, height))

    @property
    def _sized(self) -> bool:
        """Whether the scrollbar tells how long the text is."""
        return self._page.whole and self.virtual_size.height == len(self._page.lines)

    def _set_rest(self) -> None:
        self._page.set_to(None)
        set_virtual_size(self, Size(self._set_with.width, len(self._page.lines)))

    def make_ready(self) -> None:
        """The first paint comes before the first resize."""
        if self._page.typesetter is not self._set_with:
            self._begin()

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        page, line = self._page, y + round(self.scroll_y)
        if line >= len(page.lines):
            page.set_to(line + 1)
        return page.lines[line] if line < len(page.lines) else page.typesetter.blank


_REST_AFTER = 0.08
"""Seconds after which what is not seen is set as well."""
