"""What is imported when: measured in a fresh interpreter, on `sys.modules`."""

import subprocess
import sys

import pytest

_HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "python_calamine"}


def _loaded_by(program: str) -> set[str]:
    """The modules that are loaded once the program has run."""
    tail = "\nimport sys\nprint('\\n'.join(sorted(sys.modules)))"
    call = [sys.executable, "-c", program + tail]
    done = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stdout.splitlines())


@pytest.mark.parametrize(
    "module",
    [
        "ftop_tui.services.portfolio",
        "ftop_tui.services.moved",
        "ftop_tui.store.read_model",
        "ftop_tui.cli.framework",
        "ftop_tui.cli.listing",
        "ftop_tui.bootstrap",
    ],
)
def test_the_way_to_the_list_knows_no_orm(module: str) -> None:
    loaded = _loaded_by(f"import {module}")
    assert module in loaded
    assert not loaded & _HEAVY
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "rich"}}


@pytest.mark.parametrize("module", ["ftop_tui.cli.notes", "ftop_tui.cli.importing"])
def test_no_command_needs_the_screens(module: str) -> None:
    loaded = _loaded_by(f"import {module}")
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "rich"}}


def test_the_version_is_told_with_nothing_else_of_ours() -> None:
    program = (
        "import sys\nsys.argv = ['ftop-tui', '--version']\n"
        "from ftop_tui.__main__ import main\nassert main() == 0"
    )
    ours = {name for name in _loaded_by(program) if name.startswith("ftop_tui")}
    assert ours == {"ftop_tui", "ftop_tui.__main__"}


def test_listing_a_store_loads_no_orm(tmp_path: object) -> None:
    program = (
        "import sys\n"
        f"sys.argv = ['ftop-tui', '--data-dir', {str(tmp_path)!r}, 'list', '--json']\n"
        "from ftop_tui.__main__ import main\nassert main() == 0"
    )
    loaded = _loaded_by(program)
    assert "ftop_tui.cli.listing" in loaded
    assert not loaded & _HEAVY
