"""The text of a note to type in: findings underlined, slots of a template to tab through."""

from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Document, Selection

from ftop_tui.playbook.templates import Slot
from ftop_tui.playbook.values import Finding, Severity
from ftop_tui.text import clean

SlotFinder = Callable[[str, int], Slot | None]
"""The slot to go to from a text and a place in it, an offset in characters; None without any."""


def _same_head(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


class NoteArea(TextArea):
    """A text of several lines. Pastes are made harmless; tab goes to the next slot, if any."""

    DEFAULT_CSS = """
    NoteArea, NoteArea:focus { border: none; padding: 0 1; }
    NoteArea { background: $panel; height: 4; }
    NoteArea .note-area--error { color: $ftop-red; text-style: underline; }
    NoteArea .note-area--warn { color: $ftop-yellow; text-style: underline; }
    NoteArea .note-area--info { text-style: underline; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"note-area--{severity.value}" for severity in Severity
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_slot", "Next slot", id="note.next-slot", show=False,
                tooltip="Select the next slot of the template; without one, the next field"),
        Binding("shift+tab", "previous_slot", "Previous slot", id="note.previous-slot", show=False,
                tooltip="Select the slot before; without one, the field before"),
    ]  # fmt: skip

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How long the text is. A line more moves something else only while the area grows with it."""

    def __init__(
        self,
        text: str = "",
        *,
        next_slot: SlotFinder | None = None,
        previous_slot: SlotFinder | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(
            clean(text), soft_wrap=True, tab_behavior="focus", id=id, classes=classes,
            highlight_cursor_line=False,
        )  # fmt: skip
        self._next_slot = next_slot
        self._previous_slot = previous_slot
        self._marks: tuple[Finding, ...] = ()
        self._dressed: object = None

    @property
    def _lines(self) -> Document:
        """The text, which counts offsets: it has no language, so it is the plain document."""
        return cast("Document", self.document)

    def fill(self, text: str) -> None:
        """Show another text, made harmless; what was typed before cannot be undone into it."""
        self._marks = ()
        self.load_text(clean(text))
        self.move_cursor(self.document.end)

    def rewrite(self, text: str) -> None:
        """Put another text in place of all of it, as one edit that one undo takes back.

        Only what differs is touched; the cursor stands behind it.
        """
        old, new = self.text, clean(text)
        if old == new:
            return
        head = _same_head(old, new)
        tail = _same_head(old[head:][::-1], new[head:][::-1])
        place = self._lines.get_location_from_index
        start, end = place(head), place(len(old) - tail)
        self.history.checkpoint()
        self.replace(new[head : len(new) - tail], start, end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.select_span(len(new) - tail, len(new) - tail)

    def _rewrap_and_refresh_virtual_size(self) -> None:
        """Wrap the text anew, and draw it: a frame has shown the old lines at the new width.

        Textual draws it only where there are more lines now, or fewer.
        """
        before = self.wrapped_document._width
        super()._rewrap_and_refresh_virtual_size()
        if self.wrapped_document._width != before:
            self.refresh()

    def _refresh_size(self) -> None:
        super()._refresh_size()
        if self.show_vertical_scrollbar:
            self._scroll_update(self.virtual_size)
        if self._grows:
            self.refresh(layout=True)

    def _refresh_scrollbars(self) -> None:
        """Not for a line that the area is about to have room for: it would wrap twice."""
        if not self._grows:
            super()._refresh_scrollbars()

    @property
    def _grows(self) -> bool:
        """Whether another height is wanted; the new size then tells of a scrollbar."""
        return self.styles.is_auto_height and self._height != self.content_size.height

    @property
    def _height(self) -> int:
        """The lines that the area takes for its text, as its styles bound them."""
        height = self.wrapped_document.height
        least, most = self.styles.min_height, self.styles.max_height
        if most is not None and most.is_cells:
            height = min(height, int(most.value))
        return max(height, int(least.value)) if least is not None and least.is_cells else height

    @property
    def cursor_offset(self) -> int:
        """The characters before the cursor."""
        return self._lines.get_index_from_location(self.cursor_location)

    def mark(self, findings: Sequence[Finding]) -> None:
        """Underline the places of these findings; offsets count in the text as it stands."""
        if tuple(findings) != self._marks:  # else they are drawn with the text already
            self._marks = tuple(findings)
            self._line_cache.clear()
            self.refresh()

    def notify_style_update(self) -> None:
        """Another style: it is looked up before the next line is drawn."""
        super().notify_style_update()
        self._dressed = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the text. Textual looks all styles up for each frame; they change by notice."""
        if self._dressed is not self._theme:
            self._dressed = self._theme
            return super().render_lines(crop)
        return ScrollView.render_lines(self, crop)

    def get_line(self, line_index: int) -> Text:
        """The line with its findings underlined, the gravest on top."""
        line = super().get_line(line_index)
        start = self._lines.get_index_from_location((line_index, 0))
        for finding in sorted(self._marks, key=lambda f: -list(Severity).index(f.severity)):
            first, last = max(finding.start - start, 0), min(finding.end - start, len(line))
            if first < last:
                style = self.get_component_rich_style(f"note-area--{finding.severity.value}")
                line.stylize(style, first, last)
        return line

    def insert_template(self, text: str) -> None:
        """Put a template's line at the cursor, blanks around it, its first slot selected."""
        start, end = sorted(self.selection)
        before = self.get_text_range((0, 0), start)
        after = self.get_text_range(end, self.document.end)
        lead = "" if not before or before[-1].isspace() else " "
        trail = "" if not after or after[0].isspace() else " "
        self.replace(f"{lead}{text}{trail}", start, end, maintain_selection_offset=False)
        at = len(before) + len(lead)
        slot = self._next_slot(self.text, at) if self._next_slot else None
        if slot is not None and slot.end <= at + len(text):
            self.select_span(slot.start, slot.end)
        else:
            self.select_span(at + len(text), at + len(text))

    def select_span(self, start: int, end: int) -> None:
        """Select the characters from one offset to another, end exclusive."""
        place = self._lines.get_location_from_index
        last = len(self.text)
        self.selection = Selection(place(min(start, last)), place(min(end, last)))

    def action_next_slot(self) -> None:
        """Select the slot after the cursor; without any, the key moves the focus as usual."""
        self._go(self._next_slot, max(self.selection))

    def action_previous_slot(self) -> None:
        """Select the slot before the cursor; without any, the key moves the focus as usual."""
        self._go(self._previous_slot, min(self.selection))

    def _go(self, find: SlotFinder | None, place: tuple[int, int]) -> None:
        slot = find(self.text, self._lines.get_index_from_location(place)) if find else None
        if slot is None:
            raise SkipAction
        self.select_span(slot.start, slot.end)

    async def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(event.text)

    def action_paste(self) -> None:
        """Paste what was cut or copied within the app."""
        self._put(self.app.clipboard)

    def _put(self, text: str) -> None:
        start, end = sorted(self.selection)
        result = self.replace(clean(text), start, end, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
