"""What is typed into a dialog and not yet taken: who keeps it hears of it, and may put it back."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import on
from textual.events import Mount
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from ftop_tui.text import clean, clean_line

Answer = TypeVar("Answer")


class Keeper(Protocol):
    """Who keeps what is typed until it is taken, so that no ending of the app loses it."""

    def opened(self, dialog: "Typing[Any]") -> None:
        """It stands there with what it begins with; what was typed before may be put back."""

    def typed(self, dialog: "Typing[Any]") -> None:
        """Something in it changed."""


class Typing(ModalScreen[Answer | None], Generic[Answer]):
    """A question whose typed answer the app's `unfinished`, a `Keeper`, is told of.

    That it closed is the app's to tell, which takes it off the screens.
    """

    KEEPS: ClassVar[bool] = True
    """Whether what is typed is worth keeping; not where it only looks something up."""

    @property
    def subject(self) -> tuple[str, ...]:
        """What tells the thing that is asked about from others of the same tenant."""
        raise NotImplementedError

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
        """What stands in the fields now."""
        return {
            name: field.value if isinstance(field, Input) else field.text
            for name, field in self._typed_into.items()
        }

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Fill in what was typed before, made harmless."""
        for name, field in self._typed_into.items():
            if name in texts and isinstance(field, Input):
                field.value = clean_line(texts[name])
            elif name in texts and isinstance(field, TextArea):
                field.load_text(clean(texts[name]))
                field.move_cursor(field.document.end)

    @property
    def _keeper(self) -> Keeper | None:
        return getattr(self.app, "unfinished", None) if self.KEEPS else None

    @on(Mount)
    def _tell_opened(self) -> None:
        if self._keeper is not None and self._typed_into:
            self._keeper.opened(self)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _tell_typed(self) -> None:
        if self._keeper is not None:
            self._keeper.typed(self)
