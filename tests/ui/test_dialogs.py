"""The family of dialogs: each answers with a value, escape with none."""

from typing import Any

import pytest
from textual.app import App
from textual.screen import ModalScreen

from ftop_tui.errors import InputError
from ftop_tui.widgets import themes
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import (
    Choice,
    Confirm,
    ErrorDialog,
    Prompt,
    TextDialog,
    date_problem,
    date_prompt,
)

ITEMS = (ChoiceItem("a", "first", "The first", "[/]"), ChoiceItem("b", "second", "[red]2[/]"))


class Asking(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(themes.VARIABLES)


async def answer(dialog: ModalScreen[Any], *keys: str) -> Any:
    """What a dialog answers to keys; "open" while it is still there."""
    given: list[Any] = ["open"]
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(dialog, given.append)
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        return given[-1]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("y", True), ("n", False), ("enter", True), ("escape", None), ("right enter", False)],
)
async def test_confirm(keys: str, expected: bool | None) -> None:
    assert await answer(Confirm("Sure?", "[/] really"), *keys.split()) is expected


async def test_a_dangerous_question_has_its_focus_on_no() -> None:
    assert await answer(Confirm("Delete?", danger=True), "enter") is False


async def test_prompt_gives_the_line_that_was_typed() -> None:
    assert await answer(Prompt("Who?", value="A"), "end", "d", "a", "enter") == "Ada"
    assert await answer(Prompt("Who?"), "escape") is None


async def test_prompt_stays_open_until_its_check_passes() -> None:
    assert await answer(date_prompt("When?"), *"2026-13-01", "enter") == "open"
    assert await answer(date_prompt("When?"), *"2026-11-01", "enter") == "2026-11-01"
    assert await answer(date_prompt("When?", needed=False), "enter") == ""


def test_a_day_is_checked_in_words() -> None:
    assert date_problem("2026-02-29") == "'2026-02-29' is no date; write it as YYYY-MM-DD."
    assert date_problem("") == "Type a date, as YYYY-MM-DD."
    assert date_problem(" 2028-02-29 ") is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("a", "first"), ("b", "second"), ("down enter", "second"), ("escape", None), ("z", "open")],
)
async def test_choice(keys: str, expected: str | None) -> None:
    assert await answer(Choice("[/] which?", ITEMS), *keys.split()) == expected


async def test_something_to_read_closes_with_enter_or_escape() -> None:
    assert await answer(TextDialog("Note", "[/]"), "enter") is True
    assert await answer(TextDialog("Note"), "escape") is None
    error = InputError("\x1b[31m[/] bad", details=["[x]"] * 40)
    assert await answer(ErrorDialog(error), "enter") is True
