"""Foreign text with some of its parts marked: what was found, what has changed."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from ftop_tui.widgets.foreign import foreign


def marked(text: str, spans: Sequence[tuple[int, int]], style: str, rest: str = "") -> Content:
    """Foreign text, letter by letter, its spans in a style and all else in another.

    Spans that lie over one another or past the end are taken as far as they go.
    """
    return Content("").join(_pieces(text, spans, style, rest))


def _pieces(
    text: str, spans: Sequence[tuple[int, int]], style: str, rest: str
) -> Iterator[Content]:
    done = 0
    for start, end in sorted(spans):
        first = max(start, done)
        if first >= end:
            continue
        yield foreign(text[done:first], rest)
        yield foreign(text[first:end], style)
        done = end
    yield foreign(text[done:], rest)
