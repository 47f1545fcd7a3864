"""From every text of a note form to the writer's own editor and back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import ErrorDialog
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine

from .forms import FormApp, rows, settle, type_in


@pytest.fixture
def app(portfolio: Context, monkeypatch: pytest.MonkeyPatch) -> FormApp:
    """The Entitlement form in a terminal that can be handed over, without an editor."""
    made = FormApp(portfolio, lambda: EntitlementScreen("t00000", "EXO"))

    @contextmanager
    def suspend() -> Iterator[None]:
        handed.append("over")
        yield
        handed.append("back")

    handed: list[str] = []
    made.handed = handed  # type: ignore[attr-defined]
    monkeypatch.setattr(made, "suspend", suspend)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return made


def use_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Name an editor that runs some Python on the text `t` of its file."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\n"
        "f = pathlib.Path(sys.argv[1])\n"
        "t = f.read_text('utf-8')\n"
        f"{code}\n"
        "f.write_text(t, 'utf-8')\n"
    )
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")


async def message(pilot: Pilot[None]) -> str:
    """What the dialog says."""
    await settle(pilot)
    assert isinstance(pilot.app.screen, ErrorDialog)
    return pilot.app.screen.message


async def test_a_text_comes_back_as_one_edit_and_is_saved(
    app: FormApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, "t = t.upper() + '\\x1b[31mnext line\\n'")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = app.screen.query_one("#text", NoteArea)
        await type_in(pilot, area, "One line")
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert area.text == "ONE LINE\nnext line"
        assert app.handed == ["over", "back"]  # type: ignore[attr-defined]
        await pilot.press("ctrl+z")
        assert area.text == "One line"
        await pilot.press("ctrl+y", "ctrl+s")
        await settle(pilot)
    assert rows(app.context, "SELECT text FROM note WHERE kind = 'entitlement'") == [
        ("ONE LINE\nnext line",)
    ]


async def test_a_line_stays_one_line(
    app: FormApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, "t = 'first\\nsecond\\n'")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        line = app.screen.query_one("#intent", NoteLine)
        line.focus()
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert line.value == "first second"
        assert app.screen.note.intent == "first second"  # type: ignore[attr-defined]


async def test_an_editor_that_fails_keeps_the_text_and_gives_the_terminal_back(
    app: FormApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, "f.write_text('half'); sys.exit(1)")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        area = app.screen.query_one("#text", NoteArea)
        await type_in(pilot, area, "Kept")
        await pilot.press("ctrl+o")
        assert "as it was before" in await message(pilot)
        assert area.text == "Kept"
        assert app.handed == ["over", "back"]  # type: ignore[attr-defined]


async def test_without_an_editor_the_variable_is_named(app: FormApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+o")
        assert "VISUAL or EDITOR" in await message(pilot)
        assert app.handed == []  # type: ignore[attr-defined]


async def test_a_terminal_that_cannot_be_handed_over_says_so(
    app: FormApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, "t = 'never'")
    monkeypatch.delattr(app, "suspend")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+o")
        assert "cannot be handed" in await message(pilot)


async def test_the_key_is_grey_where_no_text_has_the_focus(app: FormApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.screen.check_action("editor", ()) is True
        app.screen.query_one("#status").focus()
        await pilot.pause()
        assert app.screen.check_action("editor", ()) is None
