"""The rows of This week: a head a day, an item a row, some of them marked."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.week import OF_TENANTS, Item
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit, short_name
from ftop_tui.widgets.week_rows import Row

_WIDE = 100
"""From so many cells on there is room for the rule."""
_DUE = 10
"""Cells of the due column, without the blank behind it."""


class WeekList(ScrollView, can_focus=True):
    """Items by day with a cursor and marks. It draws only what is seen.

    Posts `Highlighted` when the cursor comes to another item and `Chosen` on enter.
    """

    DEFAULT_CSS = """
    WeekList {
        background: $background; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    WeekList > .week--cursor { background: $primary $cursor-share; }
    WeekList > .week--head { background: $panel; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"week--cursor", "week--head"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", id="week.up", show=False, tooltip="One item up"),
        Binding("down,j", "move(1)", "Down", id="week.down", show=False, tooltip="One item down"),
        Binding("pageup", "page(-1)", "Page up", id="week.pageup", show=False,
                tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", id="week.pagedown", show=False,
                tooltip="A page down"),
        Binding("home,g", "jump(0)", "First", id="week.first", show=False,
                tooltip="The most urgent item"),
        Binding("end,G", "jump(-1)", "Last", id="week.last", show=False, tooltip="The last item"),
        Binding("space", "mark", "Mark", id="week.mark",
                tooltip="Mark the item, to change several together"),
        Binding("asterisk", "mark_day", "Mark day", id="week.mark-day", key_display="*", show=False,
                tooltip="Mark all items of the day, or take the marks off"),
        Binding("enter", "choose", "Open", id="week.open",
                tooltip="Open the form that answers the item"),
    ]  # fmt: skip

    class Highlighted(Message):
        """The cursor came to an item, or the marks changed."""

    class Chosen(Message):
        """An item is to be answered."""

        def __init__(self, item: Item) -> None:
            super().__init__()
            self.item = item

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.cursor = 0
        self.marked: set[str] = set()
        self.empty = Content("")
        """What stands in place of rows where there are none."""
        self._today = date.min
        self._noted = 0
        """How many letters the longest word on what was decided has."""
        self._styles: dict[tuple[str, str], RichStyle] = {}

    def show(self, rows: Iterable[Row], today: date) -> None:
        """Show these rows; the cursor stays on its item, else near its place."""
        kept = self.current.key if self.current else None
        self.rows, self._today = tuple(rows), today
        planned = [self._planned(row.item)[0] for row in self.rows if row.item]
        self._noted = max(map(len, planned), default=0)
        keys = {row.item.key: place for place, row in enumerate(self.rows) if row.item}
        self.marked &= keys.keys()
        place = keys.get(kept or "", min(self.cursor, max(0, len(self.rows) - 1)))
        self.cursor = self._nearest(place)
        self._lay_out()
        self.post_message(self.Highlighted())

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self.rows[self.cursor].item if self.cursor < len(self.rows) else None

    @property
    def chosen(self) -> list[Item]:
        """The marked items, or the one under the cursor where none is marked."""
        marked = [row.item for row in self.rows if row.item and row.item.key in self.marked]
        return marked or ([self.current] if self.current else [])

    def clear_marks(self) -> None:
        """Take all marks off."""
        self.marked.clear()
        self.refresh()
        self.post_message(self.Highlighted())

    # Drawing

    def _lay_out(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.rows))
        self.refresh()
        self._reveal()

    def on_resize(self) -> None:
        """Other widths, other columns."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Another theme: draw anew."""
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if not self.rows and y == 1:
            said = fit(self.empty.plain, width - 1)
            return Strip([Segment(f" {said}", self._style(looks.MUTED))])
        if place >= len(self.rows):
            return Strip.blank(width, self._style(""))
        row = self.rows[place]
        if row.item is None:
            style = self._style("bold $ftop-late" if row.alarming else "bold", "week--head")
            return Strip([Segment(f" {fit(row.head, width - 1)}", style)])
        return self._draw(row.item, width, selected=place == self.cursor)

    def _style(self, name: str, part: str = "") -> RichStyle:
        if (name, part) not in self._styles:
            style = self.visual_style
            if part:
                style += Style(background=self.get_component_styles(part).background)
            if name:
                style += Style.parse(name)
            self._styles[name, part] = style.rich_style
        return self._styles[name, part]

    def _draw(self, item: Item, width: int, *, selected: bool) -> Strip:
        part = "week--cursor" if selected else ""

        def cell(text: str, cells: int, style: str = "") -> Segment:
            return Segment(fit(text, cells), self._style(style, part))

        rule = 6 if width >= _WIDE else 0
        word, note = (22, min(20, self._noted)) if width >= _WIDE else (20, min(12, self._noted))
        left = width - 3 - _DUE - 1 - rule - word - note - 2
        name = min(32, max(12, left * 2 // 5))
        when, look = self._when(item)
        planned, planned_look = self._planned(item)
        segments = [
            cell("▸" if selected else " ", 1, looks.KEY),
            cell("●" if item.key in self.marked else "", 2, looks.KEY),
            cell(when, _DUE, look),
            cell("", 1),
            cell(item.rule, rule, looks.MUTED),
            cell(item.sort.word, word - 1),
            cell("", 1),
            cell(short_name(_whose(item), name), name, "bold" if selected else ""),
            cell("", 1),
            cell(item.text, left - name),
            cell("", 1),
            cell(planned, note, planned_look),
        ]
        return Strip(segments).adjust_cell_length(width, self._style("", part))

    def _when(self, item: Item) -> tuple[str, str]:
        """How far past or ahead an item is due, and how that looks."""
        left = item.days_left(self._today)
        if item.late:
            style = looks.band(item.band).style
            style = "$ftop-late" if item.band.order > 1 else style
            return ("never" if left is None else f"{-left} d over"), style
        if left is None:
            return "no date", looks.MUTED
        return ("today" if left == 0 else f"in {left} d"), "$ftop-due" if left == 0 else looks.MUTED

    def _planned(self, item: Item) -> tuple[str, str]:
        """What was decided about an item: planned, snoozed, woken."""
        if item.until is not None:
            return f"z {_short(item.until)}", looks.MUTED
        if item.woken is not None:
            return f"woke: {item.woken}", "$ftop-draft"
        if item.planned is not None:
            late = item.plan_is_late or item.planned < self._today
            return f"→ {_short(item.planned)}{' late' if late else ''}", (
                "$ftop-late" if late else looks.KEY
            )
        return "", ""

    # Moving and marking

    def _nearest(self, place: int, step: int = 1) -> int:
        """The item at that place or the next one that way, else the other way."""
        items = [number for number, row in enumerate(self.rows) if row.item is not None]
        down = [number for number in items if number >= place]
        up = [number for number in reversed(items) if number <= place]
        first, second = (down, up) if step > 0 else (up, down)
        return next(iter((*first, *second)), 0)

    def _go(self, place: int, step: int) -> None:
        place = self._nearest(max(0, min(len(self.rows) - 1, place)), step)
        if place != self.cursor:
            self.cursor = place
            self.refresh()
            self._reveal()
            self.post_message(self.Highlighted())

    def _reveal(self) -> None:
        """Scroll no further than needed to see the cursor, with the head right above it."""
        height = self.scrollable_content_region.height
        top = self.cursor
        while top > 0 and self.rows[top - 1].item is None:
            top -= 1
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif self.cursor >= self.scroll_offset.y + height > 0:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def action_move(self, by: int) -> None:
        """Move the cursor by so many items."""
        self._go(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        page = max(1, self.scrollable_content_region.height - 1)
        self._go(self.cursor + by * page, by)

    def action_jump(self, place: int) -> None:
        """Go to the first or, with -1, the last item."""
        self._go(len(self.rows) - 1 if place < 0 else 0, 1)

    def action_mark(self) -> None:
        """Mark the item under the cursor, or take its mark off, and go on to the next."""
        if self.current is not None:
            self.marked ^= {self.current.key}
            self.refresh()
            self._go(self.cursor + 1, 1)
            self.post_message(self.Highlighted())

    def action_mark_day(self) -> None:
        """Mark all items under the same head; where all are marked, take the marks off."""
        keys = {item.key for item in self._same_head()}
        if keys <= self.marked:
            self.marked -= keys
        else:
            self.marked |= keys
        self.refresh()
        self.post_message(self.Highlighted())

    def _same_head(self) -> Sequence[Item]:
        first = last = self.cursor
        while first > 0 and self.rows[first - 1].item is not None:
            first -= 1
        while last + 1 < len(self.rows) and self.rows[last + 1].item is not None:
            last += 1
        return [row.item for row in self.rows[first : last + 1] if row.item is not None]

    def action_choose(self) -> None:
        """Answer the item under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on an item; a double click opens it."""
        place = event.y + self.scroll_offset.y
        if place < len(self.rows) and self.rows[place].item is not None:
            self._go(place, 1)
            if event.chain > 1:
                self.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an item there is nothing to mark or open."""
        return None if action in {"choose", "mark", "mark_day"} and not self.current else True


def _whose(item: Item) -> str:
    """The customer, or its tenant where what is due is that tenant's alone."""
    return item.name if item.sort in OF_TENANTS else item.customer or item.name


def _short(day: date) -> str:
    return " ".join(long_day(day.toordinal()).split()[:3])
