"""What the first paint must not wait for."""

import subprocess
import sys

import pytest

HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "python_calamine", "pyperclip",
}  # fmt: skip

ENOUGH_DATACLASSES = 20

LOADED = """
import dataclasses, sys
import ftop_tui.__main__, ftop_tui.app, ftop_tui.bootstrap, ftop_tui.screens.home
ours = [module for name, module in sys.modules.items() if name.startswith("ftop_tui")]
found = {each for module in ours for each in vars(module).values() if isinstance(each, type)}
made = [each for each in found if "__dataclass_fields__" in vars(each)]
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*[each.__qualname__ for each in made if each.__module__.startswith("ftop_tui")])
"""


@pytest.fixture(scope="module")
def loaded() -> list[list[str]]:
    """The packages that are loaded before the first paint, and our dataclasses among them."""
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
    assert "Pack" in loaded[1]
    assert len(loaded[1]) <= ENOUGH_DATACLASSES
