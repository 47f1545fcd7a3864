"""The notes of one place through time: each as it was, and what differs between two of them."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.difference import DiffLine, compare
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted, place_of
from ftop_tui.services.changes import Changes
from ftop_tui.services.note_history import history
from ftop_tui.services.searching import tenant_name
from ftop_tui.widgets import looks
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.marked import marked
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

MARK = "●"
"""Beside the note that the others are compared with."""

_LOOK = {
    "same": (" ", "", ""),
    "added": ("+", "$ftop-green", "bold underline $ftop-green"),
    "removed": ("-", "$ftop-red", "bold strike $ftop-red"),
}
"""Of each sort of line its sign, its style, and the style of what has changed in it."""


class HistoryScreen(ListScreen[None]):
    """Notes left, drafts first, then the newest; the text right. Nothing is changed here.

    With a note marked, the text shows what differs between it and the one under the cursor, from
    the older to the newer.
    """

    CSS_PATH = "history.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#notes"
    LIST = "#notes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,space", "mark", "Compare", id="history.mark", key_display="d",
                tooltip="Mark the note to compare the others with, or take the mark off"),
        Binding("pagedown", "scroll_text(1)", "Text down", id="history.text-down", priority=True,
                tooltip="Scroll the text down"),
        Binding("pageup", "scroll_text(-1)", "Text up", id="history.text-up", priority=True,
                tooltip="Scroll the text up"),
        filter_key("history"),
        Binding("escape,q", "leave", "Back", id="history.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str, kind: NoteKind, tag: str | None = None) -> None:
        super().__init__()
        self.tenant_id, self.kind, self.tag = tenant_id, kind, tag
        self.notes: Sequence[NoteSummary] = ()
        self.shown: Sequence[NoteSummary] = ()
        """Those that fit the filter."""
        self.marked: str | None = None
        """The id of the note that the others are compared with."""
        self._whose = ""

    def compose(self) -> ComposeResult:
        """Head, notes and text, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        with Horizontal(id="past"):
            yield KeyList(id="notes")
            yield TextPanel(id="text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Whose notes they are."""
        self.run_service(partial(tenant_name, self.context, self.tenant_id), self._named)

    def changed(self, changes: Changes) -> None:
        """A note was written: look again."""
        if changes.notes:
            self.read()

    def read(self) -> None:
        """Look the notes up."""
        look = partial(history, self.context, self.tenant_id, self.kind, self.tag)
        self.run_service(look, self._fill, group="history", exclusive=True)

    def _named(self, name: str) -> None:
        self._whose = name
        self._say_head()

    def _fill(self, notes: Sequence[NoteSummary]) -> None:
        present = self._present()
        self.notes = notes
        if self.marked not in {note.id for note in notes}:
            self.marked = None
        self._say_head()
        self._fill_rows(present)

    def sift(self) -> None:
        """Show the notes that have the words; the cursor stays on the one that it is on."""
        self._fill_rows(self._present())

    def _fill_rows(self, present: NoteSummary | None) -> None:
        self.shown = self.fitting(self.notes, _said)
        ids = [note.id for note in self.shown]
        self.draw(
            [_row(note, self.marked) for note in self.shown],
            muted("No note here yet. ", "esc", " goes back to where one is written."),
            place_of(present.id if present else None, ids),
        )
        self.follow()
        self.refresh_bindings()

    def _say_head(self) -> None:
        title = Content.styled("History", looks.STRONG)
        place = foreign_line(self.tag or self.kind.word, looks.KEY)
        count = f"  {len(self.notes)} note{'' if len(self.notes) == 1 else 's'}"
        whose = foreign_line(self._whose)
        self.query_one("#head", StatusLine).show(
            [
                Content.assemble(title, "  ", whose, "  ", place, count),
                Content.assemble(title, "  ", place, count),
                title,
            ]
        )

    def choose(self, place: int) -> None:
        """Mark it."""
        self.action_mark()

    def _present(self) -> NoteSummary | None:
        return self.under_cursor(self.shown)

    def follow(self) -> None:
        """The text of the note under the cursor, or what differs from the marked one."""
        note = self._present()
        pair = self._pair(note)
        if note is None or pair is None:
            self._show_blocks(_page(note) if note else ())
            return
        old, new = pair
        self.run_service(
            partial(compare, old.text, new.text),
            lambda lines: self._show_blocks(_difference(old, new, lines)),
            group="compare",
            exclusive=True,
        )

    def _pair(self, note: NoteSummary | None) -> tuple[NoteSummary, NoteSummary] | None:
        """The older and the newer of the marked note and another."""
        if note is None or self.marked in {None, note.id}:
            return None
        both = [each for each in self.notes if each.id in {note.id, self.marked}]
        return both[1], both[0]  # the newest comes first

    def _show_blocks(self, blocks: Iterable[Block]) -> None:
        self.query_one("#text", TextPanel).show(blocks)

    def why_not(self, action: str) -> str:
        """Why the mark cannot be set."""
        return "Comparing needs two notes; there is only one." if self.notes else "No note is here."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One note alone has nothing to be compared with."""
        if action == "mark" and len(self.notes) < 2:
            return None
        return super().check_action(action, parameters)

    def action_mark(self) -> None:
        """Mark the note under the cursor, or take its mark off."""
        note = self._present()
        if note is None or len(self.notes) < 2:
            self.say(self.why_not("mark"))
            return
        self.marked = None if self.marked == note.id else note.id
        rows = self.query_one("#notes", KeyList)
        for place, each in enumerate(self.shown):
            rows.replace_option_prompt_at_index(place, _row(each, self.marked))
        self.follow()

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text by a page."""
        self.query_one("#text", TextPanel).scroll_pages(pages)


def _when(note: NoteSummary) -> str:
    """The day it was posted; of a draft, when it was written last."""
    if note.posted_on is not None:
        return note.posted_on.isoformat()
    return note.updated_at[:16].replace("T", " ")


def _said(note: NoteSummary) -> str:
    """What a note and its row say, for words to be looked for in."""
    look = looks.state(note.state)
    return f"{look.word} {_when(note)} {note.anyway or ''} {note.text}"


def _row(note: NoteSummary, marked_id: str | None) -> Content:
    look = looks.state(note.state)
    mark = Content.styled(MARK if note.id == marked_id else " ", looks.KEY)
    return Content.assemble(mark, " ", look.full, "  ", foreign_line(_when(note)))


def _title(note: NoteSummary) -> Content:
    word = "Draft, written" if note.state is NoteState.DRAFT else "Posted"
    return foreign_line(f"{word} {_when(note)}", looks.STRONG)


def _page(note: NoteSummary) -> list[Block]:
    blocks = [Block(_title(note))]
    if note.anyway:
        blocks.append(Block(foreign_line(f"Posted anyway: {note.anyway}", looks.MUTED)))
    return [*blocks, BLANK, Block(foreign(note.text))]


def _difference(old: NoteSummary, new: NoteSummary, lines: Sequence[DiffLine]) -> list[Block]:
    gone, come = _LOOK["removed"], _LOOK["added"]
    blocks = [
        Block(_title(old), 2, Content.styled(gone[0], gone[1])),
        Block(_title(new), 2, Content.styled(come[0], come[1])),
        BLANK,
    ]
    if all(line.sort == "same" for line in lines):
        blocks += [Block(Content.styled("Both have the same text.", looks.MUTED)), BLANK]
    return [*blocks, *map(_diff_block, lines)]


def _diff_block(line: DiffLine) -> Block:
    sign, style, changed = _LOOK[line.sort]
    return Block(marked(line.text, line.spans, changed, style), 2, Content.styled(sign, style))
