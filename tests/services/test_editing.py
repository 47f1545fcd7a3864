"""A text goes to the writer's own editor and comes back, or stays as it was."""

import signal
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ftop_tui.errors import InputError
from ftop_tui.services import editing


class FakeEditor:
    """Does to the file what it is told; remembers what it saw."""

    def __init__(self, saves: bytes | None, status: int = 0) -> None:
        self.saves = saves
        self.status = status
        self.file = Path()
        self.found = ""
        self.mode = 0

    def __call__(self, command: Sequence[str]) -> int:
        self.file = Path(command[-1])
        self.found = self.file.read_text("utf-8")
        self.mode = stat.S_IMODE(self.file.stat().st_mode)
        (self.file.parent / "note.md~").write_text("left beside it")
        if self.saves is not None:
            self.file.write_bytes(self.saves)
        return self.status


def test_visual_comes_before_editor_and_arguments_are_split() -> None:
    both = {"VISUAL": "code --wait 'my profile'", "EDITOR": "vi"}
    assert editing.editor(both, windows=False) == ("code", "--wait", "my profile")
    assert editing.editor({"VISUAL": " ", "EDITOR": "vi"}, windows=False) == ("vi",)


def test_windows_has_an_editor_of_its_own_and_keeps_backslashes() -> None:
    assert editing.editor({}, windows=True) == ("notepad",)
    named = {"EDITOR": '"C:\\Program Files\\np.exe" -multi'}
    assert editing.editor(named, windows=True) == ("C:\\Program Files\\np.exe", "-multi")


def test_without_an_editor_the_variable_is_named() -> None:
    with pytest.raises(InputError, match="VISUAL or EDITOR"):
        editing.editor({}, windows=False)
    with pytest.raises(InputError, match="EDITOR cannot be read"):
        editing.editor({"EDITOR": "vi 'open"}, windows=False)


def test_the_text_lies_in_a_private_file_that_goes_with_all_beside_it(tmp_path: Path) -> None:
    fake = FakeEditor(b"Two lines\r\nof it\n")
    assert editing.edited("One line", tmp_path, ("ed",), fake) == "Two lines\nof it"
    assert fake.found == "One line\n"
    assert fake.file.suffix == ".md"
    if sys.platform != "win32":
        assert fake.mode == 0o600
    assert not fake.file.parent.exists()


def test_a_text_that_nobody_changed_is_the_same(tmp_path: Path) -> None:
    for text in ("", "One", "One\n", "One\n\nTwo"):
        assert editing.edited(text, tmp_path, ("ed",), FakeEditor(None)) == text


def test_what_comes_back_is_made_harmless(tmp_path: Path) -> None:
    saved = "\ufeffx\x1b]52;c;aGFjaw==\x07 \u202ey\n".encode()
    assert editing.edited("", tmp_path, ("ed",), FakeEditor(saved)) == "x y"


@pytest.mark.parametrize("fake", [FakeEditor(b"new", status=1), FakeEditor(b"\xff\xfe\x00")])
def test_an_editor_that_fails_leaves_the_text(fake: FakeEditor, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="as it was before"):
        editing.edited("old", tmp_path, ("ed",), fake)
    assert not fake.file.parent.exists()


def test_an_editor_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-editor")
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(InputError, match="no-such-editor cannot be started"):
        editing.edited("old", tmp_path, (missing,))
    assert signal.getsignal(signal.SIGINT) is before


def test_a_real_program_is_run_and_its_status_told() -> None:
    assert editing.run((sys.executable, "-c", "raise SystemExit(3)")) == 3
