"""What every screen with a list can do: narrow it by words, follow its cursor, go back."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import ScreenResultType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ftop_tui.screens.reading import ReadingScreen
from ftop_tui.text import fold, has_all
from ftop_tui.widgets import looks
from ftop_tui.widgets.filter_line import FilterLine

Row = TypeVar("Row")
Key = TypeVar("Key")

SAY_WHO = "Say who you are first: ftop-tui config set me 'Your Name'."
"""Why mine cannot be told from all."""


def filter_key(place: str) -> Binding:
    """The key of the filter, named for a screen."""
    return Binding("slash", "filter", "Filter", id=f"{place}.filter", key_display="/",
                   tooltip="Show only the rows that have all the words you type")  # fmt: skip


class ListScreen(ReadingScreen[ScreenResultType]):
    """A screen with a list and a `FilterLine`; it sifts its rows by `fitting` and draws them anew.

    What the cursor comes to is shown by `follow`, what is chosen there opened by `choose`.
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

    def draw(self, rows: Sequence[Content | Option], otherwise: Content, place: int = 0) -> None:
        """Put rows in the list with the cursor on one; without any, what is said in their place."""
        drawn = self.query_one(self.LIST, OptionList)
        drawn.clear_options()
        if rows:
            drawn.add_options(rows)
            drawn.highlighted = place
        else:
            drawn.add_option(Option(self.nothing(otherwise), disabled=True))

    def under_cursor(self, rows: Sequence[Row]) -> Row | None:
        """Of the rows that are drawn the one under the cursor; None without any."""
        place = self.query_one(self.LIST, OptionList).highlighted
        return rows[place] if place is not None and place < len(rows) else None

    def follow(self) -> None:
        """Show what the cursor is on."""

    def choose(self, place: int) -> None:
        """Open, or change, the row that was chosen."""

    @on(OptionList.OptionHighlighted)
    def _followed(self, event: OptionList.OptionHighlighted) -> None:
        if f"#{event.option_list.id}" == self.LIST:
            event.stop()
            self.follow()

    @on(OptionList.OptionSelected)
    def _chose(self, event: OptionList.OptionSelected) -> None:
        if f"#{event.option_list.id}" == self.LIST:
            event.stop()
            self.choose(event.option_index)

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

    def action_leave(self) -> None:
        """Take the filter off; without any go back."""
        if not self.query_one(FilterLine).clear():
            self.dismiss(None)


def place_of(wanted: Key | None, keys: Sequence[Key], otherwise: int = 0) -> int:
    """Where the row stands now that the cursor is to be on."""
    return keys.index(wanted) if wanted is not None and wanted in keys else otherwise


def muted(text: str, key: str = "", more: str = "") -> Content:
    """What an empty list says: words, the key to press, and what it does."""
    said = [Content.styled(text, looks.MUTED)]
    if key:
        said += [Content.styled(key, looks.KEY), Content.styled(more, looks.MUTED)]
    return Content.assemble(*said)
