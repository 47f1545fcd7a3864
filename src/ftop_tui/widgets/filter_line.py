"""The line in which the rows of a list are narrowed: what is typed, and how many fit."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.message import Message
from textual.widgets import Input, Static

from ftop_tui.text import fold


class _Words(Input):
    """A line that types every sign: Textual forgets those whose keys have names of their own."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed here, and so is no screen's."""
        named = key in KEY_NAME_REPLACEMENTS.values()
        return named or super().check_consume_key(key, character)


class FilterLine(Horizontal):
    """Hidden until it is asked for; its messages tell the screen what to do with its list."""

    DEFAULT_CSS = """
    FilterLine { height: 1; display: none; background: $surface; }
    FilterLine.-open { display: block; }
    FilterLine .mark { width: 3; padding: 0 1; color: $ftop-key; }
    FilterLine Input, FilterLine Input:focus {
        border: none; height: 1; width: 34; padding: 0;
        background: $surface; background-tint: transparent;
    }
    FilterLine .said {
        width: 1fr; padding: 0 1; color: $ftop-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Show all", id="filter.clear", tooltip="Clear the filter"),
        Binding("down", "walk(1)", "Down", id="filter.down", show=False,
                tooltip="One row down, while one types"),
        Binding("up", "walk(-1)", "Up", id="filter.up", show=False,
                tooltip="One row up, while one types"),
    ]  # fmt: skip

    class Typed(Message):
        """Other rows fit."""

    class Walked(Message):
        """The cursor is to go to another row."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Left(Message):
        """The keys go back to the list."""

    def __init__(self) -> None:
        super().__init__(id="filter")

    def compose(self) -> ComposeResult:
        """The mark, what is typed, how many fit."""
        yield Static("/", classes="mark")
        yield _Words(placeholder="words, in any order", id="filter-text")
        yield Static("", classes="said")

    @property
    def line(self) -> Input:
        """Where one types."""
        return self.query_one(Input)

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for, each word folded."""
        return tuple(fold(self.line.value).split())

    def open(self) -> None:
        """Show the line, and have the keys go there."""
        self.add_class("-open")
        self.line.focus()

    def clear(self) -> bool:
        """Take the filter off; False where there was none."""
        if not self.has_class("-open"):
            return False
        self.remove_class("-open")
        changed, self.line.value = bool(self.words), ""
        if changed:
            self.post_message(self.Typed())
        self.post_message(self.Left())
        return True

    def say(self, fit: int, of: int) -> None:
        """Tell how many of how many rows fit."""
        self.query_one(".said", Static).update(
            Content(f"{fit:,} of {of:,} · enter keep · esc clear")
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.has_class("-open"):
            self.post_message(self.Typed())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.words:
            self.clear()
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Take the filter off."""
        self.clear()

    def action_walk(self, step: int) -> None:
        """Move in the list while one types."""
        self.post_message(self.Walked(step))
