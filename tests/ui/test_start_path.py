"""What the first paint must not wait for."""

import subprocess
import sys

HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "python_calamine", "pyperclip",
}  # fmt: skip


def test_the_app_and_its_first_screen_load_no_orm_and_no_file_format() -> None:
    code = (
        "import sys, ftop_tui.app, ftop_tui.screens.home\n"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(done.stdout.split())
    assert "textual" in loaded
    assert not loaded & HEAVY
