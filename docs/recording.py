"""Records a tour of the real app as one moving picture: `python dev.py recording`.

docs/pictures/tour.svg holds the screens one upon the other; CSS shows them in turn, so that it
moves in any browser without a script, and stands still for readers who want no motion.
"""

import asyncio
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from pictures import plain

from ftop_tui.app import FtopApp
from ftop_tui.bootstrap import make_context
from ftop_tui.services import demo

TODAY = "2026-11-21"
SIZE = (110, 32)
TARGET = Path(__file__).parent / "pictures" / "tour.svg"
MOST_BYTES = 1_000_000
_SETTLED = 0.6


class Stop(NamedTuple):
    """A picture of the tour: what it shows, the keys that lead to it, and how long it stays."""

    title: str
    keys: tuple[str, ...]
    seconds: float = 3.0


TOUR = (
    Stop("Who needs you first, and why", (), 4.0),
    Stop("down: the panel says what is behind it, and what clears it", ("down", "down")),
    Stop("w: all that is due this week, by day", ("w",)),
    Stop("e: a note, judged while it is typed", ("escape", "home", "e"), 4.0),
    Stop("ctrl+n: the next finding, with what would read better", ("ctrl+n",)),
    Stop("F7: field by field into FTOP, then marked posted", ("f7",)),
    Stop("b: the review meetings", ("escape", "escape", "b")),
    Stop("b again: the brief, part by part, with its gaps", ("b",), 4.0),
)

_HEAD = re.compile(r"<svg[^>]*>")


async def record(folder: str) -> list[str]:
    """The screens of the tour as pictures, in their order."""
    context = make_context(
        data_dir=folder, today=TODAY, environment={"FTOP_TUI_CONFIG_DIR": folder}
    )
    demo.build(context, demo.USUAL, 1)
    app = FtopApp(context)
    shown = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(_SETTLED)
        for stop in TOUR:
            for key in stop.keys:
                await pilot.press(key)
                await pilot.pause(_SETTLED)
            shown.append(plain(app.export_screenshot(title=f"ftop-tui · {stop.title}")))
    return shown


def joined(shown: list[str], seconds: list[float]) -> str:
    """The pictures as one that shows each for so many seconds, for ever.

    Without motion the first is seen.
    """
    head = _HEAD.search(shown[0])
    if head is None:
        raise ValueError("a picture without a head")
    total, start = sum(seconds), 0.0
    rules, frames = [], []
    for number, (picture, length) in enumerate(zip(shown, seconds, strict=True)):
        first, last = 100 * start / total, 100 * (start + length) / total
        hidden = "" if number == 0 else " 0% {visibility: hidden}"
        rules.append(f"@keyframes stop{number} {{{hidden} {first:.2f}% {{visibility: visible}} "
                     f"{last:.2f}%, 100% {{visibility: hidden}} }}")  # fmt: skip
        seen = "visible" if number == 0 else "hidden"
        rules.append(f".stop{number} {{visibility: {seen}; "
                     f"animation: stop{number} {total:g}s step-end infinite}}")  # fmt: skip
        body = _HEAD.sub("", picture, count=1).strip().removesuffix("</svg>")
        frames.append(f'<g class="stop{number}">{body}</g>')
        start += length
    still = ", ".join(f".stop{number}" for number in range(len(shown)))
    rules.append(f"@media (prefers-reduced-motion: reduce) {{{still} {{animation: none}} }}")
    style = "<style>\n" + "\n".join(rules) + "\n</style>"
    return "\n".join([head[0], style, *frames, "</svg>", ""])


def main() -> None:
    """Record the tour."""
    with tempfile.TemporaryDirectory() as folder:
        shown = asyncio.run(record(folder))
    moving = joined(shown, [stop.seconds for stop in TOUR])
    if len(moving.encode()) > MOST_BYTES:
        raise ValueError(f"the recording has {len(moving.encode()):,} bytes")
    TARGET.write_text(moving, "utf-8")
    print("docs/pictures/tour.svg")


if __name__ == "__main__":
    main()
