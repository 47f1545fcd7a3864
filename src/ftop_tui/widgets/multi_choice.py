"""Several of a few choices: arrows go from one to the next, blank or its number ticks it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Blur, Focus, Key
from textual.message import Message
from textual.reactive import reactive

from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.flowed import FlowedChoices
from ftop_tui.widgets.foreign import foreign_line


class MultiChoice(FlowedChoices, can_focus=True):
    """Boxes to tick in a row that wraps, or one a line.

    What is chosen and none of the choices is shown behind them, so that it can be unticked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "go(-1)", "Before", id="ticks.before", show=False,
                tooltip="Go to the choice before"),
        Binding("right,down", "go(1)", "Next", id="ticks.next", show=False,
                tooltip="Go to the next choice"),
        Binding("space", "tick", "Tick", id="ticks.tick", show=False,
                tooltip="Tick this choice, or untick it"),
    ]  # fmt: skip

    chosen: reactive[tuple[str, ...]] = reactive((), layout=True)
    at: reactive[int] = reactive(0)

    class Changed(Message):
        """The user ticked or unticked one."""

        def __init__(self, choice: "MultiChoice", values: tuple[str, ...]) -> None:
            super().__init__()
            self.choice = choice
            self.values = values

        @property
        def control(self) -> "MultiChoice":
            """The widget."""
            return self.choice

    def __init__(
        self, choices: Sequence[str], *, one_a_line: bool = False, id: str | None = None  # noqa: A002
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.known = tuple(choices)
        self.one_a_line = one_a_line

    @property
    def choices(self) -> tuple[str, ...]:
        """All that can be ticked or unticked."""
        return (*self.known, *(value for value in self._seen if value not in self.known))

    _seen: tuple[str, ...] = ()

    def fill(self, values: Sequence[str]) -> None:
        """Show what is ticked; nothing is posted, for the user ticked nothing."""
        clean = tuple(dict.fromkeys(line for value in values if (line := clean_line(value))))
        self._seen = clean
        self.chosen = clean
        self.at = min(self.at, max(len(self.choices) - 1, 0))

    def tick(self, value: str) -> None:
        """Tick or untick as the user does; what is ticked stands in the order of the choices."""
        ticked = set(self.chosen) ^ {value}
        self.chosen = tuple(choice for choice in self.choices if choice in ticked)
        self.post_message(self.Changed(self, self.chosen))

    def action_go(self, step: int) -> None:
        """To another choice, around the end."""
        self.at = (self.at + step) % max(len(self.choices), 1)

    def action_tick(self) -> None:
        """Tick or untick the choice that the cursor is on."""
        self._tick_at(self.at)

    def _tick_at(self, place: int) -> None:
        if 0 <= place < len(self.choices):
            self.at = place
            self.tick(self.choices[place])

    def on_key(self, event: Key) -> None:
        """A number ticks at once."""
        if event.character and event.character.isdecimal():
            event.stop()
            self._tick_at(int(event.character) - 1)

    def pick(self, place: int) -> None:
        """A click ticks what is under it."""
        self._tick_at(place)

    def _on_focus(self, event: Focus) -> None:
        super()._on_focus(event)
        self.refresh()

    def _on_blur(self, event: Blur) -> None:
        super()._on_blur(event)
        self.refresh()

    def cells(self) -> Sequence[Content]:
        """The choices, ticked or not."""
        return [self._cell(place) for place in range(len(self.choices))]

    def _cell(self, place: int) -> Content:
        value = self.choices[place]
        on = value in self.chosen
        here = "underline" if self.has_focus and place == self.at else ""
        return Content.assemble(
            Content.styled(f"{place + 1} ", looks.KEY),
            Content.styled("[x] " if on else "[ ] ", looks.STRONG if on else looks.MUTED),
            foreign_line(value, f"{looks.STRONG if on else ''} {here}".strip()),
        )
