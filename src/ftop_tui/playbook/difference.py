"""What differs between two texts: by lines, and by words within the lines that became others."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MANY_WORDS = 2000
"""More words in a line are not compared one by one: it would take longer than a key may wait."""
_ALIKE = 0.3
"""Lines less alike than this are two lines, not one that was changed."""


class DiffLine(NamedTuple):
    """One line of either text. `spans` are the parts that the other text does not have."""

    sort: Literal["same", "added", "removed"]
    text: str
    spans: tuple[tuple[int, int], ...] = ()


def compare(old: str, new: str) -> list[DiffLine]:
    """The lines of both texts in order; of a changed line first the old, then the new.

    The lines that are not added are the old text, those that are not removed the new one.
    """
    before, after = old.split("\n"), new.split("\n")
    found: list[DiffLine] = []
    for sort, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if sort == "equal":
            found.extend(DiffLine("same", line) for line in before[i:j])
        else:
            found.extend(_changed(before[i:j], after[k:m]))
    return found


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffLine]:
    """Lines in the place of others: the first with the first, as far as both go."""
    for before, after in zip(old, new, strict=False):
        gone, come = _spans(before, after)
        yield DiffLine("removed", before, gone)
        yield DiffLine("added", after, come)
    for line in old[len(new) :]:
        yield DiffLine("removed", line, _whole(line))
    for line in new[len(old) :]:
        yield DiffLine("added", line, _whole(line))


def _spans(old: str, new: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """What of each of two lines the other does not have."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MANY_WORDS:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _likeness(matcher, before, after) < _ALIKE:
        return _whole(old), _whole(new)
    changes = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    return (
        _placed(before, [(i, j) for _, i, j, _, _ in changes]),
        _placed(after, [(k, m) for _, _, _, k, m in changes]),
    )


def _likeness(matcher: "SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]) -> float:
    """How much two lines have in common, 0 to 1; blanks do not make lines alike."""
    shared = sum(
        not word.isspace()
        for start, _, size in matcher.get_matching_blocks()
        for word in old[start : start + size]
    )
    return 2 * shared / max(1, sum(not word.isspace() for word in (*old, *new)))


def _placed(words: Sequence[str], runs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Runs of words as spans of characters."""
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return tuple((ends[start], ends[end]) for start, end in runs if start < end)


def _whole(line: str) -> tuple[tuple[int, int], ...]:
    return ((0, len(line)),) if line else ()
