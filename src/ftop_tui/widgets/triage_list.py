"""The list of tenants by urgency. It draws only the rows that are seen, each once."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.signal import Signal
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from ftop_tui.playbook.days import Day
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.wording import reason
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit, short_name
from ftop_tui.widgets.due import DUE_WIDTH, due_text
from ftop_tui.widgets.scrolling import LineView, filtered, set_virtual_size

_CACHED_ROWS = 2000
_BAND_WIDTH = 7


class Columns(NamedTuple):
    """How wide each column is, in cells; `health` 1 means the letter alone, `reason` 0 none.

    With `lines` 2 the reason stands on a line of its own under the name.
    """

    rank: int
    health: int
    name: int
    due: int
    reason: int
    lines: int


def layout(width: int, height: int, rows: int) -> Columns:
    """The columns for a list of so many cells and rows.

    From 110 cells on there is room for the reason on the same line. Below, it gets a line of its
    own where the list is high enough to bear it; else it shares the line with a shorter name, and
    the narrowest lists keep rank, letter, name and band.
    """
    rank = max(2, len(str(rows)))
    due = DUE_WIDTH if width >= _NARROW else 0
    health = 8 if width >= _NARROW else 1
    taken = 1 + rank + 1 + health + 1 + 1 + 2 + _BAND_WIDTH + (due + 1 if due else 0)
    left = max(0, width - taken)
    below = width - rank - 3
    if width < _WIDE and height >= _HIGH and below > 0:  # while a panel closes there is no room
        return Columns(rank, health, left, due, below, 2)
    if left < _BOTH:
        return Columns(rank, health, left, due, 0, 1)
    name = min(32, max(12, left * 2 // 5))
    return Columns(rank, health, name, due, max(0, left - name - 1), 1)


_NARROW, _WIDE, _HIGH = 48, 110, 22
_BOTH = 28
"""Cells in which a name and the beginning of a reason are both of use."""


class TriageList(LineView, can_focus=True):
    """Tenants, most urgent first, with a cursor.

    Posts `Chosen` on enter or double click. That the cursor came to another tenant is published by
    `highlighted`, at once and not as a message: so that what follows is in the same frame.
    """

    DEFAULT_CSS = """
    TriageList {
        background: $background; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    TriageList > .triage--cursor { background: $primary $cursor-share; }
    TriageList > .triage--cursor-blurred { background: $primary 15%; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"triage--cursor", "triage--cursor-blurred"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", id="list.up", show=False, tooltip="One tenant up"),
        Binding("down,j", "move(1)", "Down", id="list.down", show=False, tooltip="One tenant down"),
        Binding("pageup", "page(-1)", "Page up", id="list.pageup", show=False, tooltip="A page up"),
        Binding(
            "pagedown", "page(1)", "Page down", id="list.pagedown", show=False,
            tooltip="A page down",
        ),
        Binding(
            "home,g", "jump(0)", "First", id="list.first", show=False,
            tooltip="The most urgent tenant",
        ),
        Binding(
            "end,G", "jump(-1)", "Last", id="list.last", show=False,
            tooltip="The least urgent tenant",
        ),
        Binding("enter", "choose", "Open", id="list.open", tooltip="Open the most urgent form"),
    ]  # fmt: skip

    class Chosen(Message):
        """A tenant is to be worked on."""

        def __init__(self, tenant_id: str) -> None:
            super().__init__()
            self.tenant_id = tenant_id

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.highlighted: Signal[str | None] = Signal(self, "highlighted")
        """The tenant under the cursor; None where nothing is listed."""
        self.rows: tuple[Ranked, ...] = ()
        self._many = 0
        self.cursor = 0
        self.empty = Content("")
        """What stands in place of rows where there are none."""
        self._today: Day = 0
        self._columns = layout(80, 24, 0)
        self._measure = (0, 0)
        self._strips: dict[tuple[int, bool], tuple[Ranked, Sequence[Strip]]] = {}
        self._empty_strips: list[Strip] = []
        self._styles: dict[tuple[str, bool, bool], RichStyle] = {}

    # What is shown

    def show(self, rows: Iterable[Ranked], today: Day, of: int = 0) -> None:
        """Show these rows; the cursor stays on the tenant it is on, else near its place.

        Where they are only the first `of` so many, there is room for those that will follow.
        """
        before, kept = self.current, self.tenant_id
        self.rows, self._today = tuple(rows), today
        self._many = max(of, len(self.rows))
        nearest = min(self.cursor, max(0, len(self.rows) - 1))
        places = (at for at, ranked in enumerate(self.rows) if ranked.facts.tenant_id == kept)
        self.cursor = next(places, nearest) if kept else nearest
        self._lay_out()
        self._reveal()
        if before is None or self.current is not before:
            self.highlighted.publish(self.tenant_id)

    @property
    def current(self) -> Ranked | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def tenant_id(self) -> str | None:
        """The tenant under the cursor."""
        return self.current.facts.tenant_id if self.current else None

    @property
    def around(self) -> Sequence[Ranked]:
        """The row under the cursor and those beside it."""
        return self.rows[max(0, self.cursor - 1) : self.cursor + 2]

    def go_to(self, tenant_id: str) -> bool:
        """Put the cursor on a tenant; False where it is not listed."""
        for place, ranked in enumerate(self.rows):
            if ranked.facts.tenant_id == tenant_id:
                self._go(place)
                return True
        return False

    # Layout and drawing

    def _lay_out(self) -> None:
        size = self.scrollable_content_region.size
        self._take_measure()
        set_virtual_size(self, Size(size.width, self._many * self._columns.lines))
        self.refresh()

    def _take_measure(self) -> None:
        width, height = self.scrollable_content_region.width, self.size.height
        columns = layout(width, height, self._many)
        if (columns, width) != (self._columns, self._measure[0]):
            self._strips.clear()
        self._measure, self._columns = (width, height), columns
        self._empty_strips.clear()

    def on_resize(self) -> None:
        """Other widths, other columns."""
        self._lay_out()
        self._reveal()

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went: draw anew."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()
        self._empty_strips.clear()

    def make_ready(self) -> None:
        """The first paint comes before the first resize."""
        if self._measure != (self.scrollable_content_region.width, self.size.height):
            self._take_measure()

    def prepare(self) -> None:
        """Draw in advance what a key up or down changes."""
        self.make_ready()
        for ranked in self.around:
            for selected in (True, False):
                for strip in filtered(self, self._drawn(ranked, selected=selected)):
                    strip.render(self.app.console)

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        width = self._measure[0]
        if not self.rows:
            return self._empty_line(y, width)
        place, part = divmod(y + round(self.scroll_y), self._columns.lines)
        if place >= len(self.rows):
            return Strip.blank(width, self._style("", selected=False))
        return self._drawn(self.rows[place], selected=place == self.cursor)[part]

    def _drawn(self, ranked: Ranked, *, selected: bool) -> Sequence[Strip]:
        key = (id(ranked), selected)
        drawn = self._strips.get(key)
        if drawn is None:
            if len(self._strips) > _CACHED_ROWS:
                self._strips.clear()
            # Kept with its row, so that no other row comes to have the same id.
            drawn = ranked, self._draw(ranked, selected=selected, width=self._measure[0])
            self._strips[key] = drawn
        return drawn[1]

    def _empty_line(self, y: int, width: int) -> Strip:
        style = self.visual_style
        if not self._empty_strips:
            self._empty_strips = Visual.to_strips(self, self.empty, max(1, width - 4), None, style)
        lines = self._empty_strips
        if not 1 <= y <= len(lines):
            return Strip.blank(width, style.rich_style)
        pad = Strip.blank(2, style.rich_style)
        return Strip.join([pad, lines[y - 1]]).adjust_cell_length(width, style.rich_style)

    def _style(self, name: str, *, selected: bool, dim: bool = False) -> RichStyle:
        """A style over the row's background, as the terminal takes it."""
        key = (name, selected, dim)
        if key not in self._styles:
            style = self.visual_style
            if selected:
                focus = "triage--cursor" if self.has_focus else "triage--cursor-blurred"
                style += Style(background=self.get_component_styles(focus).background)
            if dim:
                style += Style.parse(looks.MUTED)
            if name:
                style += Style.parse(name)
            self._styles[key] = style.rich_style
        return self._styles[key]

    def _draw(self, ranked: Ranked, *, selected: bool, width: int) -> Sequence[Strip]:
        columns, facts, found = self._columns, ranked.facts, ranked.assessment
        dim = not facts.winner

        def cell(text: str, cells: int, style: str = "") -> Segment:
            return Segment(fit(text, cells), self._style(style, selected=selected, dim=dim))

        band, health = looks.band(found.band), looks.health(facts.health)
        shown = f"{health.letter} {health.word}" if columns.health > 1 else health.letter
        name = short_name(facts.name, columns.name)
        segments = [
            cell("▸" if selected else " ", 1, looks.KEY),
            cell("", columns.rank - len(str(ranked.rank))),
            cell(f"{ranked.rank} ", len(str(ranked.rank)) + 1, looks.MUTED),
            cell(shown, columns.health, "" if dim else health.style),
            cell("", 1),
            cell(name, columns.name, "bold" if facts.winner and selected else ""),
            cell("", 1),
            cell("D" if facts.drafts else "", 2, "$ftop-draft"),
            cell(band.word, _BAND_WIDTH, band.style),
        ]
        if columns.due:
            segments += [cell("", 1), cell(due_text(found, self._today), columns.due, band.style)]
        if columns.reason:
            why = reason(found, self._today)
            if columns.lines == 1:
                segments += [cell("", 1), cell(why, columns.reason)]
            else:
                indent = columns.rank + 2
                second = [cell("", indent), cell(why, columns.reason, looks.MUTED)]
                return [self._line(segments, width, selected), self._line(second, width, selected)]
        return [self._line(segments, width, selected)]

    def _line(self, segments: Sequence[Segment], width: int, selected: bool) -> Strip:
        strip = Strip(segments)
        return strip.adjust_cell_length(width, self._style("", selected=selected))

    # Moving

    def _go(self, place: int) -> None:
        place = max(0, min(len(self.rows) - 1, place))
        if not self.rows or place == self.cursor:
            return
        lines = self._columns.lines
        self.refresh_lines(self.cursor * lines, lines)
        self.cursor = place
        self.refresh_lines(self.cursor * lines, lines)
        self._reveal()
        self.highlighted.publish(self.tenant_id)

    def _reveal(self) -> None:
        """Scroll, at once, no further than needed to see the cursor."""
        lines, height = self._columns.lines, self.scrollable_content_region.height
        top, bottom = self.cursor * lines, (self.cursor + 1) * lines
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False)

    async def on_key(self, event: events.Key) -> None:
        """Act on the list's own keys here; by way of screen and app it takes twice as long."""
        node, bindings = self.screen._binding_chain[0]  # as the user has mapped them
        for binding in bindings.key_to_bindings.get(event.key, ()) if node is self else ():
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def action_move(self, by: int) -> None:
        """Move the cursor by so many tenants."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        page = max(1, self.scrollable_content_region.height // self._columns.lines - 1)
        self._go(self.cursor + by * page)

    def action_jump(self, place: int) -> None:
        """Go to the first or, with -1, the last tenant."""
        self._go(len(self.rows) - 1 if place < 0 else place)

    def action_choose(self) -> None:
        """Work on the tenant under the cursor."""
        if self.tenant_id is not None:
            self.post_message(self.Chosen(self.tenant_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be opened where nothing is listed."""
        return None if action == "choose" and not self.rows else True

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a double click opens it."""
        place = (event.y + self.scroll_offset.y) // self._columns.lines
        if place < len(self.rows):
            self._go(place)
            if event.chain > 1:
                self.action_choose()

    def on_focus(self) -> None:
        """The cursor shows whether keys come here."""
        self.notify_style_update()
        self.refresh()

    on_blur = on_focus
