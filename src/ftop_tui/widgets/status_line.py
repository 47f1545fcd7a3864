"""The one line at the head of a screen: what and when on the left, the way to more on the right."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

_GAP = 2
"""Blanks between the two ends, at least."""


class StatusLine(Widget):
    """A line that says the same in fewer words where it is narrow."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $panel; color: $text; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.variants: tuple[Content, ...] = (Content(""),)
        self.right = Content("")

    def show(self, variants: Sequence[Content], right: Content | None = None) -> None:
        """Show the first of these, longest first, that fits; `right` is the first to give way."""
        self.variants, self.right = tuple(variants), right or Content("")
        self.refresh()

    def render(self) -> Content:
        """The variant that fits."""
        width = self.size.width - 1
        for left in self.variants:
            for right in (self.right, Content("")):
                space = width - left.cell_length - right.cell_length
                if space >= (_GAP if right else 0):
                    return Content(" ") + left + Content(" " * space) + right
        return Content(" ") + self.variants[-1].truncate(width, ellipsis=True)
