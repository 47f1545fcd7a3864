"""What every screen with a list can do: narrow it by words, undo and redo, go back."""

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import ScreenResultType
from textual.widgets import OptionList

from ftop_tui.screens import undoing
from ftop_tui.screens.base import FtopScreen
from ftop_tui.text import fold, has_all
from ftop_tui.widgets import looks
from ftop_tui.widgets.filter_line import FilterLine

Row = TypeVar("Row")

SAY_WHO = "Say who you are first: ftop-tui config set me 'Your Name'."
"""Why mine cannot be told from all."""


def filter_key(place: str) -> Binding:
    """The key of the filter, named for a screen."""
    return Binding("slash", "filter", "Filter", id=f"{place}.filter", key_display="/",
                   tooltip="Show only the rows that have all the words you type")  # fmt: skip


class ListScreen(FtopScreen[ScreenResultType]):
    """A screen with a list and a `FilterLine`; it sifts its rows by `fitting` and draws them anew.

    Undo and redo act where the screen has their keys.
    """

    LIST: ClassVar[str] = "#list"
    """The list that the filter is about."""

    @property
    def narrowed(self) -> bool:
        """Whether words are typed that hide rows."""
        return self.is_mounted and bool(self.query_one(FilterLine).words)

    def fitting(self, rows: Iterable[Row], said: Callable[[Row], str]) -> list[Row]:
        """The rows that have all the words typed in what is `said` of them; the line tells it."""
        line, every = self.query_one(FilterLine), list(rows)
        words = line.words
        found = [row for row in every if has_all(words, fold(said(row)))] if words else every
        line.say(len(found), len(every))
        return found

    def nothing(self, otherwise: Content) -> Content:
        """What stands in the list without rows: that none fits, or what there is to do."""
        if not self.narrowed:
            return otherwise
        key = Content.styled("esc", looks.KEY)
        said = Content.styled("None fits. ", looks.MUTED)
        return Content.assemble(said, key, Content.styled(" shows all.", looks.MUTED))

    def sift(self) -> None:
        """Draw the rows that fit."""
        raise NotImplementedError

    def walk(self, step: int) -> None:
        """Move the list's cursor by a row, while one types."""
        rows = self.query_one(self.LIST, OptionList)
        if step > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    @on(FilterLine.Typed)
    def _narrowed(self) -> None:
        self.sift()

    @on(FilterLine.Walked)
    def _walked(self, event: FilterLine.Walked) -> None:
        self.walk(event.step)

    @on(FilterLine.Left)
    def _left_filter(self) -> None:
        self.query_one(self.LIST).focus()

    def action_filter(self) -> None:
        """Open the filter's line."""
        self.query_one(FilterLine).open()

    def action_undo(self) -> None:
        """Take the last change back, whichever screen made it."""
        undoing.undo(self)

    def action_redo(self) -> None:
        """Do again what was undone."""
        undoing.redo(self)

    def action_leave(self) -> None:
        """Take the filter off; without any go back."""
        if not self.query_one(FilterLine).clear():
            self.dismiss(None)


def muted(text: str, key: str = "", more: str = "") -> Content:
    """What an empty list says: words, the key to press, and what it does."""
    said = [Content.styled(text, looks.MUTED)]
    if key:
        said += [Content.styled(key, looks.KEY), Content.styled(more, looks.MUTED)]
    return Content.assemble(*said)
