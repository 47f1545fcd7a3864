"""What the first paint must not wait for: measured on the app up to its first frame."""

import subprocess
import sys

import pytest

HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "python_calamine", "pyperclip",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> dict[str, str]:
    """The modules that the app and its first screen load, and what was looked at in them."""
    code = (
        "import sys, dataclasses, ftop_tui.__main__, ftop_tui.bootstrap, ftop_tui.app\n"
        "made = {c for m in list(sys.modules.values()) if m.__name__.startswith('ftop_tui')\n"
        "        for c in vars(m).values() if isinstance(c, type) and dataclasses.is_dataclass(c)\n"
        "        and c.__module__.startswith('ftop_tui')}\n"
        "print(' '.join(sorted(sys.modules)))\n"
        "slow = [c.__qualname__ for c in made if c.__eq__.__module__ != 'ftop_tui.frozen']\n"
        "print(' '.join(slow))\n"
        "print(len(made))\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    modules, slow, number = done.stdout.splitlines()
    return {"modules": modules, "slow": slow, "number": number}


def test_the_app_and_its_first_screen_load_no_orm_and_no_file_format(
    loaded: dict[str, str],
) -> None:
    roots = {name.partition(".")[0] for name in loaded["modules"].split()}
    assert "textual" in roots
    assert not roots & HEAVY


def test_the_values_on_the_way_are_made_fast(loaded: dict[str, str]) -> None:
    assert int(loaded["number"]) > 20
    assert loaded["slow"] == ""
