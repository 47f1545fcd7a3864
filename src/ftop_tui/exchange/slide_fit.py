"""How much text fits a box of a slide: estimated, on the safe side, for no renderer is at hand."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NARROW = frozenset("iljI.,;:'’|! ")
_SLIM = frozenset('tfrcsz()[]/\\-*"')
_WIDE = frozenset("mwMW@%—…")
_LEADING = 1.22
"""A line's height in sizes of its type."""

MORE = "… and {} more"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Paragraphs with the size of type in points at which they fit, and what had to go."""

    lines: tuple[str, ...]
    size: float
    left_out: int = 0
    cut: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything is there."""
        return not self.left_out and not self.cut


def width_of(text: str, size: float) -> float:
    """The width of a line in points."""
    return size * sum(map(_em, text))


def _em(char: str) -> float:
    """A character's width in sizes of its type, as broad as in the broader of usual fonts."""
    if char in _NARROW:
        return 0.28
    if char in _SLIM:
        return 0.41
    if char in _WIDE:
        return 0.86
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    return 0.64 if char.isupper() else 0.53


def wrapped(text: str, size: float, width: float) -> int:
    """How many lines a paragraph takes; a word that is too long is broken."""
    lines, at = 1, 0.0
    blank = _em(" ") * size
    for word in text.split():
        needed = width_of(word, size)
        if at and at + blank + needed > width:
            lines, at = lines + 1, 0.0
        if needed > width:
            whole, rest = divmod(needed, width)
            lines, at = lines + int(whole), rest
        else:
            at += needed + (blank if at else 0.0)
    return lines


def cut(text: str, size: float, width: float, lines: int = 1) -> str:
    """The text as far as it fits, with an ellipsis where it does not."""
    if wrapped(text, size, width) <= lines and (lines > 1 or width_of(text, size) <= width):
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits with the ellipsis
        middle = (low + high + 1) // 2
        tried = f"{text[:middle].rstrip()}…"
        too_long = lines == 1 and width_of(tried, size) > width
        if too_long or wrapped(tried, size, width) > lines:
            high = middle - 1
        else:
            low = middle
    return f"{text[:low].rstrip()}…"


def fit(
    paragraphs: Sequence[str],
    width: float,
    height: float,
    *,
    largest: float,
    smallest: float,
    gap: float = 0.35,
) -> Fitted:
    """The paragraphs at the largest size at which all fit; else as many as the smallest allows.

    `width` and `height` are points, `gap` the space after a paragraph in sizes of type.
    """
    size = largest
    while size >= smallest:
        if _height(paragraphs, size, width, gap) <= height:
            return Fitted(tuple(paragraphs), size)
        size -= 0.5
    return _shortened(paragraphs, width, height, smallest, gap)


def _height(paragraphs: Sequence[str], size: float, width: float, gap: float) -> float:
    lines = sum(wrapped(paragraph, size, width) for paragraph in paragraphs)
    return size * (_LEADING * lines + gap * max(0, len(paragraphs) - 1))


def _shortened(
    paragraphs: Sequence[str], width: float, height: float, size: float, gap: float
) -> Fitted:
    room = max(1, int(height / (size * (_LEADING + gap / 2))))
    most = max(2, room // 2)
    """Lines that one paragraph may take, so that a long one does not push all others out."""
    kept: list[str] = []
    was_cut = False
    for place, paragraph in enumerate(paragraphs):
        left = room - (1 if place < len(paragraphs) - 1 else 0)
        if left < 1:
            break
        allowed = min(most, left) if len(paragraphs) > 1 else left
        shown = cut(paragraph, size, width, allowed)
        was_cut = was_cut or shown != paragraph
        kept.append(shown)
        room -= wrapped(shown, size, width)
    left_out = len(paragraphs) - len(kept)
    if left_out:
        kept.append(MORE.format(left_out))
    return Fitted(tuple(kept), size, left_out, was_cut)
