"""What stands on the kept pictures can be read: each word is set off from its own ground."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from textual.color import Color

from ui.test_colours import READABLE, contrast, linear
from ui.test_pictures import FIRST_DAY, KEPT, STOPS

GREYED = 3.0
"""What a key that cannot act has at least: seen, and seen to be off."""
_RECT = re.compile(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="24" fill="(#\w+)"')
_TEXT = re.compile(r'<text x="(\d+)" y="(\d+)" textLength="\d+"(?: fill="(#\w+)")?[^>]*>([^<]*)<')
_HEAD = re.compile(r'fill="(#\w+)">.*?<rect width="\d+" height="(\d+)" fill="(#\w+)"', re.DOTALL)
_LETTER = re.compile(r"[^\W_]")


def _whole() -> set[str]:
    """The stops that no dialog lies upon: what shows beneath one is faded on purpose."""
    return {stop.name for stop in (*STOPS, *FIRST_DAY) if stop.screen.endswith("Screen")}


def _faint(path: Path) -> set[tuple[str, str, str, float]]:
    """The words with too little contrast: word, ink, ground, contrast."""
    picture = path.read_text("utf-8")
    head = _HEAD.search(picture)
    assert head
    ink, foot, paper = head[1], int(head[2]) - 24, head[3]
    grounds: dict[int, list[tuple[range, str]]] = defaultdict(list)
    for x, y, width, colour in _RECT.findall(picture):
        grounds[int(y)].append((range(int(x), int(x) + int(width)), colour))
    found = set()
    for x, base, fill, words in _TEXT.findall(picture):
        top = int(base) - 18
        ground = next((colour for across, colour in grounds[top] if int(x) in across), paper)
        got = contrast(*(linear(Color.parse(each)) for each in (fill or ink, ground)))
        if _LETTER.search(words) and got < (GREYED if top == foot else READABLE):
            found.add((words, fill or ink, ground, round(got, 2)))
    return found


@pytest.mark.parametrize("look", ["dark", "light"])
def test_every_word_is_set_off_from_its_ground(look: str) -> None:
    whole = _whole()
    seen = {
        path.stem: _faint(path)
        for path in sorted(KEPT.glob(f"*-{look}].svg"))
        if re.sub(r".*\]\[(.*)-\w+\]$", r"\1", path.stem) in whole
    }
    assert len(seen) > len(whole)
    assert not {name: words for name, words in seen.items() if words}
