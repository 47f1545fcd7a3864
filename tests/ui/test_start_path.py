"""What the first paint must not wait for."""

import gc
import subprocess
import sys
from collections import Counter

import pytest
from textual._compositor import LayoutUpdate
from textual.css import stylesheet
from textual.css.parse import parse as stylesheet_parse

from ftop_tui.app import FtopApp
from ftop_tui.services.context import Context

from .seeing import lines, running

HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "python_calamine", "pyperclip",
}  # fmt: skip

LATER = {
    "textual.widgets._text_area", "ftop_tui.widgets.dialogs", "ftop_tui.widgets.working",
    "ftop_tui.screens.unfinished", "ftop_tui.screens.palette", "hashlib", "zipfile",
}  # fmt: skip
"""What opens over the first screen, and what that needs."""

ENOUGH_DATACLASSES = 6

LOADED = """
import dataclasses, sys
import ftop_tui.__main__, ftop_tui.app, ftop_tui.bootstrap, ftop_tui.screens.home
ours = [module for name, module in sys.modules.items() if name.startswith("ftop_tui")]
found = {each for module in ours for each in vars(module).values() if isinstance(each, type)}
made = [each for each in found if "__dataclass_fields__" in vars(each)]
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*[each.__qualname__ for each in made if each.__module__.startswith("ftop_tui")])
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded() -> list[list[str]]:
    """The packages loaded before the first paint, our dataclasses among them, and the modules."""
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return [line.split() for line in done.stdout.splitlines()]


def test_the_app_and_its_first_screen_load_no_orm_and_no_file_format(
    loaded: list[list[str]],
) -> None:
    assert "textual" in loaded[0]
    assert not set(loaded[0]) & HEAVY


def test_values_on_the_way_are_tuples_for_a_dataclass_takes_five_times_as_long_to_make(
    loaded: list[list[str]],
) -> None:
    assert "Context" in loaded[1]
    assert len(loaded[1]) <= ENOUGH_DATACLASSES


def test_what_opens_over_the_first_screen_is_not_loaded_before_it(loaded: list[list[str]]) -> None:
    assert "ftop_tui.screens.home" in loaded[2]
    assert not set(loaded[2]) & LATER


async def test_no_style_is_read_twice_on_the_way(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[str, object]] = []

    def parse(scope: str, css: str, *args: object, **options: object) -> object:
        read.append((css, options["tie_breaker"]))  # a base may be read once for each rank
        return stylesheet_parse(scope, css, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(stylesheet, "parse", parse)
    async with running(portfolio):
        pass
    assert read
    assert {style: number for style, number in Counter(read).items() if number > 1} == {}


async def test_the_first_frame_holds_the_list_as_it_stays(
    portfolio: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are more tenants than lines, too: there is room for the scrollbar, and no bar."""
    frames: list[list[str]] = []

    def display(app: FtopApp, screen: object, shown: object) -> None:
        if isinstance(shown, LayoutUpdate) and not app._batch_count:
            frames.append(["".join(part.text for part in line) for line in shown.strips])

    monkeypatch.setattr(FtopApp, "_display", display)
    async with running(portfolio, (120, 12)) as (app, _):
        left = app.screen.query_one("#list").region.width - 1
        last = [line[:left] for line in lines(app)[:-1]]
    assert "▸ 1" in last[1]
    assert [line[:left] for line in frames[0][:-1]] == last


async def test_garbage_is_looked_for_from_the_first_frame_on(portfolio: Context) -> None:
    gc.disable()
    try:
        async with running(portfolio):
            assert gc.isenabled()
    finally:
        gc.enable()
