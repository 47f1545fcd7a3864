"""Draws the pictures of the docs from the real app: `python dev.py pictures`.

The app runs on the demo portfolio of a fixed day, without a terminal, so that the same pictures
come out everywhere. Fonts are left to the reader's browser: nothing is fetched when one is seen.
"""

import asyncio
import re
import tempfile
from pathlib import Path

from ftop_tui.app import FtopApp
from ftop_tui.bootstrap import make_context
from ftop_tui.services import demo

TODAY = "2026-11-21"
HERE = Path(__file__).parent / "pictures"
PICTURES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "home": ((120, 36), ()),
    "home-80x24": ((80, 24), ()),
    "entitlement": ((120, 40), ("e",)),
    "exec-summary": ((120, 40), ("x",)),
    "week": ((120, 40), ("w",)),
    "glance": ((120, 30), ("y",)),
    "reviews": ((120, 30), ("b",)),
    "brief": ((120, 30), ("d", "b")),
    "forecasts": ((120, 40), ("d", "f")),
    "partners": ((120, 40), ("j", "j", "j", "d", "r")),
}
"""Each picture's size in cells, and the keys that lead to it."""

_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_SETTLED = 0.5


async def draw(name: str, folder: str) -> None:
    """Run the app, press the keys, and write what is on its screen."""
    size, keys = PICTURES[name]
    context = make_context(
        data_dir=folder, today=TODAY, environment={"FTOP_TUI_CONFIG_DIR": folder}
    )
    if not context.store.exists():
        demo.build(context, demo.USUAL, 1)
    app = FtopApp(context)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(_SETTLED)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(_SETTLED)
        picture = app.export_screenshot(title="ftop-tui")
    (HERE / f"{name}.svg").write_text(plain(picture), "utf-8")
    print(f"docs/pictures/{name}.svg")


def plain(picture: str) -> str:
    """A picture without fonts that would be fetched when it is seen."""
    return _FONT_FACES.sub("", picture).replace("Fira Code", "ui-monospace, monospace")


def main() -> None:
    """Draw every picture."""
    HERE.mkdir(exist_ok=True)
    for name in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(draw(name, folder))


if __name__ == "__main__":
    main()
