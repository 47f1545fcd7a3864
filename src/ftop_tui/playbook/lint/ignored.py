"""Findings that the writer has set aside, each with a reason, and which ones they are later on.

A note goes on being written. What was set aside is known again by its rule, what it asked for, the
words it marked and the words around them; the same words in another place are another finding.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from ftop_tui.playbook.values import Finding
from ftop_tui.text import fold

_AROUND = 3
"""So many words on either side tell one occurrence from another."""
_REACH = 200
"""Characters in which these words are looked for."""
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class IgnoredFinding:
    """A finding that the writer has set aside: its rule, the words it marked, and why.

    `before` and `after` are the words around it and `asked` is its message without numbers; None is
    not known, as in notes of older versions: there the words alone decide.
    """

    rule: str
    words: str
    reason: str
    before: str | None = None
    after: str | None = None
    asked: str | None = None


class _Match(NamedTuple):
    likeness: float
    finding: int
    ignored: int


def set_aside(finding: Finding, text: str, reason: str) -> IgnoredFinding:
    """What is kept of a finding on a text that the writer lets stand."""
    before, after = _around(finding, text)
    words = text[finding.start : finding.end]
    asked = _asked(finding)
    return IgnoredFinding(finding.rule, words, reason, " ".join(before), " ".join(after), asked)


def those_aside(
    findings: Sequence[Finding], text: str, ignored: Iterable[IgnoredFinding]
) -> dict[Finding, IgnoredFinding]:
    """Which of the findings are set aside, and by what.

    One that was set aside with the words around it hides one finding, the one whose surroundings
    are most like its own and at least half the same.
    """
    kept = tuple(ignored)
    matches = [
        _Match(likeness, at, by)
        for at, finding in enumerate(findings)
        for by, each in enumerate(kept)
        if (likeness := _likeness(finding, text, each)) is not None
    ]
    taken: set[int] = set()
    found: dict[Finding, IgnoredFinding] = {}
    for match in sorted(matches, key=lambda m: (-m.likeness, m.finding, m.ignored)):
        finding, each = findings[match.finding], kept[match.ignored]
        if finding not in found and match.ignored not in taken:
            found[finding] = each
            if each.before is not None:
                taken.add(match.ignored)
    return found


def _likeness(finding: Finding, text: str, ignored: IgnoredFinding) -> float | None:
    """The share of the words around that still stand, from the marked ones outwards."""
    words = text[finding.start : finding.end]
    if (finding.rule, words) != (ignored.rule, ignored.words):
        return None
    if ignored.asked is not None and ignored.asked != _asked(finding):
        return None
    if ignored.before is None or ignored.after is None:
        return 0.0
    before, after = _around(finding, text)
    then = ignored.before.split(), ignored.after.split()
    kept = _same(reversed(before), reversed(then[0])) + _same(after, then[1])
    known = len(then[0]) + len(then[1])
    if not known:
        return None if before or after else 1.0
    return kept / known if 2 * kept >= known else None


def _same(now: Iterable[str], then: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(now, then, strict=False)))


def _around(finding: Finding, text: str) -> tuple[list[str], list[str]]:
    before = _WORD.findall(fold(text[max(0, finding.start - _REACH) : finding.start]))
    after = _WORD.findall(fold(text[finding.end : finding.end + _REACH]))
    return before[-_AROUND:], after[:_AROUND]


def _asked(finding: Finding) -> str:
    return _DIGITS.sub("", finding.message)
