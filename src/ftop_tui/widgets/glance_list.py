"""Customers in rows, workloads in columns. It draws only the rows that are seen."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
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

from ftop_tui.playbook.glance import GlanceCell, GlanceRow
from ftop_tui.playbook.health_strip import MONTHS, HealthMonth
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.usage import full_bar, whole
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit, short_name
from ftop_tui.widgets.scrolling import set_virtual_size
from ftop_tui.widgets.strips import health_letters

NONE = "·"
"""A workload that the customer does not have."""
_BAND = 8
_SIGNS = MONTHS + 2
_ROOMY = ((9, _SIGNS, 7), (9, _SIGNS, 6), (9, _SIGNS, 3), (9, 0, 3))
_TIGHT = ((2, 0, 3), (2, 0, 2))
"""Cells for the colour, the months and a workload, the most telling first. A workload is letter,
bar and share in 7 or 6 cells, letter and bar in 3, the letter alone in 2."""
_WIDE, _SHARE, _LETTER = 7, 6, 2


class Measures(NamedTuple):
    """How wide each column is, in cells; 0 where there is no room for it."""

    health: int
    name: int
    strip: int
    cell: int


def measures(width: int, tags: int) -> Measures:
    """The columns for so many cells: the more there are, the more is told of a workload."""
    for choices, least in ((_ROOMY, 20), (_TIGHT, 12)):
        for health, strip, cell in choices:
            name = width - 1 - health - _BAND - strip - cell * tags
            if name >= least:
                return Measures(health, min(name, 36), strip, cell)
    return Measures(2, max(4, width - 1 - 2 - _BAND - 2 * tags), 0, 2)


def heads(tags: Sequence[str], width: int) -> Content:
    """Two lines that name the columns: narrow ones take turns, a line each."""
    found = measures(width, len(tags))
    lead = 1 + found.health + found.name + _BAND
    strip = fit(f"{MONTHS} months", found.strip)
    if found.cell >= _WIDE:
        line = "".join(fit(tag, found.cell) for tag in tags)
        return Content.styled(f"\n{' ' * lead}{strip}{line}", looks.MUTED)
    upper = "".join(fit(tag, 2 * found.cell - 1) + " " for tag in tags[::2])
    lower = "".join(fit(tag, 2 * found.cell - 1) + " " for tag in tags[1::2])
    blank = " " * (lead + found.strip)
    said = f"{blank}{upper}\n{' ' * lead}{strip}{' ' * found.cell}{lower}"
    return Content.styled(said, looks.MUTED)


class GlanceList(ScrollView, can_focus=True):
    """A customer a row. Posts `Highlighted` when the cursor moves, `Chosen` on enter."""

    DEFAULT_CSS = """
    GlanceList {
        background: $background; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    GlanceList > .glance--cursor { background: $primary $cursor-share; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"glance--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", id="glance.up", show=False, tooltip="One customer up"),
        Binding("down,j", "move(1)", "Down", id="glance.down", show=False,
                tooltip="One customer down"),
        Binding("pageup", "page(-1)", "Page up", id="glance.pageup", show=False,
                tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", id="glance.pagedown", show=False,
                tooltip="A page down"),
        Binding("home,g", "jump(0)", "First", id="glance.first", show=False,
                tooltip="The most urgent customer"),
        Binding("end,G", "jump(-1)", "Last", id="glance.last", show=False,
                tooltip="The least urgent customer"),
        Binding("enter", "choose", "To the list", id="glance.choose",
                tooltip="Go to this customer in the list"),
    ]  # fmt: skip

    class Highlighted(Message):
        """The cursor came to another customer."""

    class Chosen(Message):
        """The list is to go to the customer under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[GlanceRow] = ()
        self.cursor = 0
        self._months: Callable[[GlanceRow], Sequence[HealthMonth]] = lambda row: ()
        self._drawn: dict[tuple[int, bool, int], Strip] = {}

    def show(
        self, rows: Sequence[GlanceRow], months: Callable[[GlanceRow], Sequence[HealthMonth]]
    ) -> None:
        """Show these customers; `months` tells the colours of one, asked when it is seen."""
        kept = self.current.ranked.facts.customer_id if self.current else None
        ids = [row.ranked.facts.customer_id for row in rows]
        self.rows, self._months = rows, months
        last = max(0, len(rows) - 1)
        self.cursor = ids.index(kept) if kept in ids else min(self.cursor, last)
        self._drawn.clear()
        self._measure()
        self.refresh()
        self.post_message(self.Highlighted())

    @property
    def current(self) -> GlanceRow | None:
        """The customer under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def _measure(self) -> None:
        width = self.scrollable_content_region.width
        set_virtual_size(self, Size(width, len(self.rows)))

    def on_resize(self) -> None:
        """Other widths, other columns."""
        self._drawn.clear()
        self._measure()
        self._reveal()

    def notify_style_update(self) -> None:
        """Another theme: draw anew."""
        super().notify_style_update()
        self._drawn.clear()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if place >= len(self.rows):
            return Strip.blank(width, self.visual_style.rich_style)
        key = (place, place == self.cursor, width)
        if key not in self._drawn:
            self._drawn[key] = self._draw(self.rows[place], selected=key[1], width=width)
        return self._drawn[key]

    def _style(self, name: str, *, selected: bool) -> RichStyle:
        style = self.visual_style
        if selected:
            cursor = self.get_component_styles("glance--cursor").background
            style += Style(background=cursor)
        return (style + Style.parse(name) if name else style).rich_style

    def _draw(self, row: GlanceRow, *, selected: bool, width: int) -> Strip:
        found = measures(width, len(row.cells))
        health, band = looks.health(row.health), looks.band(row.band)
        word = f"{health.letter} {health.word}" if found.health > 2 else health.letter
        facts = row.winner
        name = shown_name(facts.brand, facts.customer, facts.name) or facts.name
        parts = [
            ("▸" if selected else " ", looks.KEY),
            (fit(word, found.health), health.style),
            (fit(short_name(name, found.name - 1), found.name - 1) + " ", ""),
            (fit(band.word, _BAND), band.style),
        ]
        if found.strip:
            parts += [*health_letters(self._months(row)), ("  ", "")]
        for cell in row.cells:
            parts += _cell(cell, found.cell)
        styled = [Segment(text, self._style(name, selected=selected)) for text, name in parts]
        return Strip(styled).adjust_cell_length(width, self._style("", selected=selected))

    # Moving

    def _go(self, place: int) -> None:
        place = max(0, min(len(self.rows) - 1, place))
        if not self.rows or place == self.cursor:
            return
        self.cursor = place
        self._reveal()
        self.refresh()
        self.post_message(self.Highlighted())

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        if self.cursor < self.scroll_offset.y:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= self.scroll_offset.y + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def action_move(self, by: int) -> None:
        """Move the cursor by so many customers."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self._go(self.cursor + by * max(1, self.scrollable_content_region.height - 1))

    def action_jump(self, place: int) -> None:
        """Go to the first or, with -1, the last customer."""
        self._go(len(self.rows) - 1 if place < 0 else place)

    def action_choose(self) -> None:
        """Go to the customer in the list."""
        if self.rows:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a double click chooses it."""
        place = event.y + self.scroll_offset.y
        if place < len(self.rows):
            self._go(place)
            if event.chain > 1:
                self.action_choose()


def _cell(cell: GlanceCell | None, width: int) -> list[tuple[str, str]]:
    """A workload: the letter of its status, its usage as a bar and, with room, in percent."""
    if cell is None:
        return [(NONE.ljust(width), looks.MUTED)]
    status = looks.entitlement(cell.status)
    parts = [(status.letter, status.style)]
    if width > _LETTER:
        parts.append((full_bar(cell.percent), looks.KEY))
    if width >= _SHARE:
        parts.append((f"{whole(cell.percent) if cell.percent is not None else '':>4}", ""))
    used = sum(cell_len(text) for text, _ in parts)
    return [*parts, (" " * (width - used), "")]
