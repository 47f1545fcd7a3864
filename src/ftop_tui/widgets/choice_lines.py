"""One of a few choices, each on a line of its own with its meaning beside it."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice

_MARGIN = 6
"""Cells of number and mark before a word, and of the gap behind it."""


class ChoiceLines(ChoiceRow):
    """A `ChoiceRow` set out in lines; `meanings` by the choices' values."""

    DEFAULT_CSS = """
    ChoiceLines { height: auto; width: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Before", id="choice.up", show=False,
                tooltip="Choose the one before"),
        Binding("down", "step(1)", "Next", id="choice.down", show=False,
                tooltip="Choose the next one"),
    ]  # fmt: skip

    def __init__(
        self, choices: Sequence[RowChoice], meanings: Mapping[str, str], *, id: str | None = None  # noqa: A002
    ) -> None:  # fmt: skip
        super().__init__(choices, id=id)
        self.meanings = dict(meanings)
        self._wide = max((len(choice.word) for choice in self.choices), default=0)

    def _meaning(self, place: int, width: int) -> list[str]:
        """The meaning of a choice, wrapped beside its word."""
        words = clean_line(self.meanings.get(self.choices[place].value, ""))
        return wrap(words, max(width - self._wide - _MARGIN, 12)) or [""]

    def _lines(self, width: int) -> list[list[int]]:
        """One choice a line; a long meaning takes more of them."""
        return [[n] for n in range(len(self.choices)) for _ in self._meaning(n, width)]

    def render(self) -> Content:
        """The choices, their meanings in a column of their own."""
        rows = []
        for place, choice in enumerate(self.choices):
            lead = Content.assemble(
                self._cell(place), " " * (self._wide - len(choice.word) + _MARGIN - 4)
            )
            for line in self._meaning(place, self.content_size.width):
                rows.append(Content.assemble(lead, Content.styled(line, looks.MUTED)))
                lead = Content(" " * (self._wide + _MARGIN))
        return Content("\n").join(rows)
