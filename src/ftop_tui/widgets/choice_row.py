"""One of a few choices in a row: by its number, by arrows, or by mouse."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.reactive import reactive

from ftop_tui.widgets import looks
from ftop_tui.widgets.flowed import FlowedChoices


class RowChoice(NamedTuple):
    """A choice: its value, its words, and their style when it is the chosen one."""

    value: str
    word: str
    style: str = "bold"


class ChoiceRow(FlowedChoices, can_focus=True):
    """A row of choices of which one holds, or none. It wraps where the row is too narrow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", id="choice.before", show=False,
                tooltip="Choose the one before"),
        Binding("right,space", "step(1)", "Next", id="choice.next", show=False,
                tooltip="Choose the next one"),
        Binding("delete,backspace,0", "clear", "None", id="choice.none", show=False,
                tooltip="Choose none of them"),
    ]  # fmt: skip

    chosen: reactive[str] = reactive("", layout=True)

    class Changed(Message):
        """The user chose another; empty means none."""

        def __init__(self, row: "ChoiceRow", value: str) -> None:
            super().__init__()
            self.row = row
            self.value = value

        @property
        def control(self) -> "ChoiceRow":
            """The row."""
            return self.row

    def __init__(
        self, choices: Sequence[RowChoice], chosen: str = "", *, id: str | None = None  # noqa: A002
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.choices = tuple(choices)
        self.set_reactive(ChoiceRow.chosen, chosen)

    def fill(self, value: str) -> None:
        """Show another choice; nothing is posted, for the user chose nothing."""
        self.chosen = value

    def choose(self, value: str) -> None:
        """Choose as the user does."""
        if value != self.chosen:
            self.chosen = value
            self.post_message(self.Changed(self, value))

    def cycle(self, step: int = 1) -> None:
        """Choose the next in turn."""
        values = [choice.value for choice in self.choices]
        at = values.index(self.chosen) + step if self.chosen in values else min(step, 0)
        self.choose(values[at % len(values)])

    def action_step(self, step: int) -> None:
        """Choose the next, or the one before."""
        self.cycle(step)

    def action_clear(self) -> None:
        """Choose none."""
        self.choose("")

    def on_key(self, event: Key) -> None:
        """A number chooses at once."""
        if event.character and event.character.isdecimal():
            place = int(event.character) - 1
            if 0 <= place < len(self.choices):
                event.stop()
                self.choose(self.choices[place].value)

    def pick(self, place: int) -> None:
        """A click chooses what is under it."""
        self.choose(self.choices[place].value)

    def cells(self) -> Sequence[Content]:
        """The choices with the chosen one marked."""
        return [self._cell(place) for place in range(len(self.choices))]

    def _cell(self, place: int) -> Content:
        value, word, style = self.choices[place]
        chosen = value == self.chosen
        return Content.assemble(
            Content.styled(f"{place + 1} ", looks.KEY),
            Content.styled("● " if chosen else "○ ", style if chosen else looks.MUTED),
            Content.styled(word, style if chosen else ""),
        )
