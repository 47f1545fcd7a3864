"""Every screen and dialog: hostile text in every column, odd sizes, huge and hostile pastes."""

import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from ftop_tui.services import clipboard, demo
from ftop_tui.services.context import Context
from house import make_house
from ui.seeing import lines, resized

from .killing import ROUNDS
from .tour import STOPS, every_screen, go, poison, touring

ODD_SIZES = ((20, 5), (1, 1), (300, 100))
"""What each screen is made to fit: one of them in turn, all of them in the long loops."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


@pytest.fixture(scope="module")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's store as it is, and one with hostile text in every column."""
    folder = tmp_path_factory.mktemp("demo")
    demo.build(make_house(folder / "plain"), 12, 1)
    shutil.copytree(folder / "plain", folder / "poisoned")
    poison(make_house(folder / "poisoned"))
    return folder


@pytest.fixture
def poisoned(context: Context, _demo: Path) -> Context:
    """The demo's customers with hostile text in every column."""
    shutil.copytree(_demo / "poisoned" / "data", context.paths.data_dir)
    return context


def test_the_tour_leads_through_every_screen_and_dialog() -> None:
    """Promise 6: a new one cannot be forgotten."""
    assert every_screen() - {stop.screen for stop in STOPS} == set()


async def test_hostile_text_is_letters_on_every_screen_at_every_size(
    poisoned: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 6, and promise 7: opening screens puts nothing into the clipboard."""
    copied: list[str] = []

    def copy(_context: Context, text: str, *_: object) -> str:
        copied.append(text)
        return ""

    monkeypatch.setattr(clipboard, "copy", copy)
    async with touring(poisoned, (120, 40)) as (app, pilot):
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        before = None
        for place, stop in enumerate(STOPS):
            await go(app, pilot, stop, before)
            before = stop
            odd = ODD_SIZES if ROUNDS > 4 else ODD_SIZES[place % 3 :][:1]
            for size in ((120, 40), *odd, (120, 40)):
                if size != app.size:
                    await resized(pilot, size)
                shown = lines(app)
                assert not FORBIDDEN.search("".join(shown)), stop
                assert len(shown) == size[1], (stop, size)
                assert {cell_len(line) for line in shown} == {size[0]}, (stop, size)
            assert app.is_running
            assert app._exception is None, stop
    assert copied == []
