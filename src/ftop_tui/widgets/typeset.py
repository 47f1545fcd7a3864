"""Text set in lines as the terminal takes them; each combination of styles is made once.

Textual gives each piece of a text a style of its own that says where it stands, for selecting with
the mouse. What is drawn by line has no use for that, and it takes longer than all the rest.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

_WORD = re.compile(r"\s*\S+\s*")
_LEAST = 8
"""Cells that a text has however far it is set in."""
_TAB = 8


def breaks(text: str, width: int) -> list[int]:
    """Where lines break: before a word, and within one only where no line holds it."""
    found: list[int] = []
    if cell_len(text) <= width:
        return found
    used = 0
    for match in _WORD.finditer(text):
        start, word = match.start(), match[0]
        cells = cell_len(word.rstrip())
        if cells <= width - used:
            used += cell_len(word)
        elif cells <= width:
            found.append(start)
            used = cell_len(word)
        else:
            for part in chop_cells(word, width):
                if start:
                    found.append(start)
                start += len(part)
                used = cell_len(part)
    return found


class Typesetter:
    """Sets contents in lines of `width` cells over a background."""

    def __init__(self, width: int, style: Style, parse: Callable[[str | Style], Style]) -> None:
        self.width = width
        self._style, self._parse = style, parse
        self._base = style.rich_style
        self.blank = Strip.blank(width, self._base)
        self._known: dict[tuple[str | Style, ...], RichStyle] = {(): self._base}

    def lines(
        self, content: Content, indent: int = 0, lead: Content | None = None
    ) -> Iterator[Strip]:
        """A text set in by so many cells; `lead` stands in that margin on its first line."""
        blank = self._blank(indent)
        margin = self._lead(lead, indent) if lead else blank
        inner = max(_LEAST, self.width - indent)
        for part in content.split(allow_blank=True) if "\n" in content.plain else (content,):
            line = part.expand_tabs(_TAB) if "\t" in part.plain else part
            text = line.plain
            for start, end in _line_ends(text, inner):
                pieces = self._pieces(line, start, end)
                used = indent + cell_len(text[start:end])
                yield self._strip([*margin, *pieces, *self._blank(self.width - used)], used)
                margin = blank

    def _strip(self, segments: list[Segment], cells: int) -> Strip:
        if cells <= self.width:
            return Strip(segments, self.width)
        return Strip(segments, cells).adjust_cell_length(self.width)  # narrower than can be set

    def _blank(self, cells: int) -> list[Segment]:
        return [Segment(" " * cells, self._base)] if cells > 0 else []

    def _lead(self, lead: Content, indent: int) -> list[Segment]:
        strip = Strip(self._pieces(lead, 0, len(lead.plain)))
        return list(strip.adjust_cell_length(indent, self._base))

    def _pieces(self, content: Content, start: int, end: int) -> list[Segment]:
        """A part of a content, cut where its style changes."""
        text = content.plain
        spans = [span for span in content.spans if span.start < end and span.end > start]
        if not spans:
            return [Segment(text[start:end], self._base)] if end > start else []
        inside = chain.from_iterable((span.start, span.end) for span in spans)
        edges = sorted({start, end, *(edge for edge in inside if start < edge < end)})
        return [
            Segment(
                text[left:right],
                self._look(tuple([s.style for s in spans if s.start <= left and s.end >= right])),
            )
            for left, right in pairwise(edges)
        ]

    def _look(self, styles: tuple[str | Style, ...]) -> RichStyle:
        """Styles one over the other over the background."""
        known = self._known.get(styles)
        if known is None:
            known = sum(map(self._parse, styles), self._style).rich_style
            self._known[styles] = known
        return known


def _line_ends(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; the blanks at its end are left out where it is broken."""
    starts = [0, *breaks(text, width)]
    for start, end in pairwise(starts):
        yield start, start + len(text[start:end].rstrip())
    last = text[starts[-1] :]
    yield starts[-1], starts[-1] + len(last if cell_len(last) <= width else last.rstrip())
