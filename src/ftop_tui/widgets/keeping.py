"""What is typed and not yet taken: who keeps it hears of it, and may put it back."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import on
from textual.await_complete import AwaitComplete
from textual.events import Mount
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

from ftop_tui.text import clean, clean_line

Answer = TypeVar("Answer")

MOST_LETTERS = 500_000
"""A longer text is not kept: writing it again and again would be felt, and half of it is none."""


class Keeper(Protocol):
    """Who keeps what is typed until it is taken, so that no ending of the app loses it."""

    def opened(self, screen: "Keeping[Any]") -> None:
        """It stands there with what it begins with; what was typed before may be put back."""

    def typed(self, screen: "Keeping[Any]") -> None:
        """Something in it changed."""

    def taken(self, screen: "Keeping[Any]") -> None:
        """What stands in it is written; it begins with that now."""

    def closed(self, screen: "Keeping[Any]") -> None:
        """It was answered or called off."""


class Keeping(Screen[Answer], Generic[Answer]):
    """A screen whose typed text the app's `unfinished`, a `Keeper`, is told of.

    It says itself when it stands there with what it begins with: `tell_opened`.
    """

    KEEPS: ClassVar[bool] = True
    """Whether what is typed is worth keeping; not where it only looks something up."""

    @property
    def subject(self) -> tuple[str, ...]:
        """What tells the thing that is asked about from others of the same tenant."""
        return ()

    def say_taken_up(self, said: str) -> None:
        """Say that what was typed before stands here again."""
        raise NotImplementedError

    @property
    def _typed_into(self) -> dict[str, Input | TextArea]:
        """What can be typed into, by id or place."""
        found = enumerate(self.query("Input, TextArea"))
        return {
            field.id or str(place): field
            for place, field in found
            if isinstance(field, Input) or (isinstance(field, TextArea) and not field.read_only)
        }

    @property
    def typed_texts(self) -> dict[str, str]:
        """What stands in the fields now; other names once they go off the screen."""
        return {
            name: field.value if isinstance(field, Input) else field.text
            for name, field in self._typed_into.items()
        }

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Fill in what was typed before, made harmless."""
        for name, field in self._typed_into.items():
            if name in texts and isinstance(field, Input):
                field.value = clean_line(texts[name])
                field.cursor_position = len(field.value)
                field.select_on_focus = False  # or the next letter would take its place
            elif name in texts and isinstance(field, TextArea):
                field.load_text(clean(texts[name]))
                field.move_cursor(field.document.end)

    @property
    def _keeper(self) -> Keeper | None:
        return getattr(self.app, "unfinished", None) if self.KEEPS else None

    def tell_opened(self) -> None:
        """It stands there with what it begins with."""
        if self._keeper is not None and self._typed_into:
            self._keeper.opened(self)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def tell_typed(self) -> None:
        """Something in it changed."""
        if self._keeper is not None:
            self._keeper.typed(self)

    def tell_taken(self) -> None:
        """What stands in it is written."""
        if self._keeper is not None:
            self._keeper.taken(self)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close; what was typed is taken or dropped by that."""
        closing = super().dismiss(result)
        if self._keeper is not None:
            self._keeper.closed(self)
        return closing


class Typing(ModalScreen[Answer | None], Keeping[Answer | None], Generic[Answer]):
    """A question that is answered by typing."""

    @on(Mount)
    def _stands_there(self) -> None:
        self.tell_opened()
