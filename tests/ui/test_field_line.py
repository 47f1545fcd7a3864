"""A line of a form that offers choices: whole names or a count, and typed over at once."""

import pytest
from textual.app import App, ComposeResult

from ftop_tui.widgets.field_line import FieldLine

CHOICES = ("Technical feature gap", "License issue", "Lack of resources")


class OneLine(App[None]):
    """A form of one line."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield FieldLine("reason", "Reason")


@pytest.mark.parametrize(
    ("width", "hint"),
    [(100, "↓ Technical feature gap / License issue / Lack of resources"), (60, "↓ 3 choices")],
)
async def test_choices_are_named_where_all_fit_and_counted_elsewhere(width: int, hint: str) -> None:
    app = OneLine()
    async with app.run_test(size=(width, 5)) as pilot:
        field = app.query_one(FieldLine)
        field.offer(CHOICES)
        await pilot.pause()
        assert field.line.placeholder == hint


async def test_the_hint_follows_the_width() -> None:
    app = OneLine()
    async with app.run_test(size=(60, 5)) as pilot:
        field = app.query_one(FieldLine)
        field.offer(CHOICES)
        await pilot.resize_terminal(100, 5)
        await pilot.pause()
        assert field.line.placeholder.endswith("Lack of resources")


async def test_a_choice_is_typed_over_and_free_text_is_typed_on() -> None:
    app = OneLine()
    async with app.run_test(size=(60, 5)) as pilot:
        field = app.query_one(FieldLine)
        field.line.value = "abc"
        field.line.focus()
        await pilot.press("x")
        assert field.line.value == "abcx"
        app.set_focus(None)
        field.offer(CHOICES)
        field.line.focus()
        await pilot.press("L")
        assert field.line.value == "L"
