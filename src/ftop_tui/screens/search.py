"""Search: the notes that hold what one types, as one types it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.note_query import KEYS, NoteQuery, parse
from ftop_tui.playbook.values import NoteState
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.changes import Changes
from ftop_tui.services.searching import LIMIT, Hit, search_typed, tenant_name
from ftop_tui.text import fold
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.marked import marked
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

FOUND = "bold underline $ftop-key"
"""Style: what was found, to be seen without colour as well."""

_NAME_CELLS = 34
_WORD = re.compile(r"[^\W_]+|[^\w\s.,;:!?'\"()\[\]{}-]+")
_UNREAD = "{keys} a day is 2026-11-21, 2026-11 or 2026"


class FoundNote(NamedTuple):
    """The note that was chosen, and whose it is."""

    note_id: str
    tenant_id: str


class SearchScreen(FtopScreen[None]):
    """An input, and a hit a row; enter opens the note under the cursor, from which esc leads back.

    The keys stay with the input: arrows move through the hits while one goes on typing.
    """

    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-huge")]  # noqa: RUF012
    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go to it", id="search.choose", priority=True,
                tooltip="Go to the note"),
        Binding("down", "move(1)", "Next", id="search.next", priority=True, show=False,
                tooltip="The next note"),
        Binding("up", "move(-1)", "Previous", id="search.previous", priority=True, show=False,
                tooltip="The note before"),
        Binding("pagedown", "scroll_text(1)", "Text down", id="search.text-down", priority=True,
                tooltip="Scroll the note's text down"),
        Binding("pageup", "scroll_text(-1)", "Text up", id="search.text-up", priority=True,
                tooltip="Scroll the note's text up"),
        Binding("escape,q", "leave", "Back", id="search.leave", key_display="esc",
                tooltip="Back to where one was; q where no text is typed"),
    ]  # fmt: skip

    def __init__(self, go_to: Callable[[FoundNote], object], tenant_id: str | None = None) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self._go_to = go_to
        self.hits: Sequence[Hit] = ()
        self._words = ""
        self._whose = ""

    def compose(self) -> ComposeResult:
        """Head, what to find, hits and the text of one of them, keys."""
        yield StatusLine(id="head")
        with Horizontal(id="ask"):
            yield Static(Content("/"), id="ask-mark")
            yield Input(placeholder="words, or a key below", id="words", compact=True)
        yield Static(_hint(), id="ask-hint")
        with Horizontal(id="found"):
            hits = OptionList(id="hits", markup=False)
            hits.can_focus = False  # the keys stay with the input
            yield hits
            yield TextPanel(id="text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the newest notes."""
        self._say_head()
        if self.tenant_id is not None:
            self.run_service(partial(tenant_name, self.context, self.tenant_id), self._named)
        self._search("")

    def changed(self, changes: Changes) -> None:
        """A note was written: look again."""
        if changes.notes:
            self._search(self.query_one("#words", Input).value)

    def _named(self, name: str) -> None:
        self._whose = name
        self._say_head()

    @on(Input.Changed, "#words")
    def _typed(self, event: Input.Changed) -> None:
        self._search(event.value)

    def _search(self, text: str) -> None:
        query = parse(text)
        self.query_one("#ask-hint", Static).update(_hint(query))
        self.run_service(
            partial(search_typed, self.context, query, tenant_id=self.tenant_id),
            partial(self._show, query.words),
            group="search",
            exclusive=True,
        )

    def _show(self, words: str, hits: Sequence[Hit]) -> None:
        present = self._present() if words == self._words else None
        self.hits, self._words = hits, words
        self._say_head()
        rows = self.query_one("#hits", OptionList)
        rows.clear_options()
        if hits:
            rows.add_options([Option(_row(hit)) for hit in hits])
            ids = [hit.note.id for hit in hits]
            rows.highlighted = (
                ids.index(present.note.id) if present and present.note.id in ids else 0
            )
        else:
            said = "No note has all of this; take a word away."
            if not words and not self.query_one("#words", Input).value:
                said = "No note is here yet: esc, then e, s, x or l on the list writes one."
            rows.add_option(Option(Content.styled(said, looks.MUTED), disabled=True))
        self._show_text()
        self.refresh_bindings()

    def _say_head(self) -> None:
        title = Content.styled("Search", looks.STRONG)
        some = f"the {LIMIT} newest" if len(self.hits) == LIMIT else str(len(self.hits))
        count = f"  {some} note{'' if len(self.hits) == 1 else 's'}"
        whose = Content("  ") + foreign_line(self._whose) if self._whose else Content("")
        self.query_one("#head", StatusLine).show(
            [Content.assemble(title, whose, count), Content.assemble(title, count), title]
        )

    @on(OptionList.OptionHighlighted, "#hits")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_text()

    def _show_text(self) -> None:
        hit = self._present()
        self.query_one("#text", TextPanel).show(_page(hit, self._words) if hit else ())

    def _present(self) -> Hit | None:
        place = self.query_one("#hits", OptionList).highlighted
        return self.hits[place] if place is not None and place < len(self.hits) else None

    @on(OptionList.OptionSelected, "#hits")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_choose()

    def why_not(self, action: str) -> str:
        """Why a key is grey: nothing was found."""
        return "No note was found; take a word away."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a hit there is none to go to."""
        if action in {"choose", "move", "scroll_text"} and not self.hits:
            return None
        return super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Open the note under the cursor above the hits."""
        hit = self._present()
        if hit is not None:
            self._go_to(FoundNote(hit.note.id, hit.note.tenant_id))

    def action_move(self, step: int) -> None:
        """To the next hit, or the one before; stops at either end."""
        rows = self.query_one("#hits", OptionList)
        rows.highlighted = min(max(0, (rows.highlighted or 0) + step), len(self.hits) - 1)

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text of the note beside; where it is not shown, the hits."""
        text = self.query_one("#text", TextPanel)
        if text.display:
            text.scroll_relative(y=pages * max(1, text.size.height - 2), animate=False)
        else:
            self.action_move(pages * 4)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def _hint(query: NoteQuery | None = None) -> Content:
    """The keys that can be typed; of one that is not read, how it is written."""
    if query is not None and query.unread:
        return Content.styled(_UNREAD.format(keys=" ".join(query.unread)), "$ftop-late")
    return Content.styled("  ".join(KEYS), looks.MUTED)


def note_day(note: NoteSummary) -> Content:
    """The day a note was posted, or that it is a draft, in ten cells."""
    if note.state is NoteState.DRAFT or note.posted_on is None:
        look = looks.state(note.state)
        return Content.styled(f"{look.word:<10}", look.style)
    return Content(note.posted_on.isoformat())


def note_place(note: NoteSummary) -> str:
    """What a note is about: its workload, or else its kind."""
    return note.tag or note.kind.word


def _row(hit: Hit) -> Content:
    name = foreign(fit(hit.tenant_name, _NAME_CELLS))
    place = foreign_line(note_place(hit.note), looks.KEY)
    head = Content.assemble(note_day(hit.note), "  ", name, "  ", place)
    return Content.assemble(head, "\n", marked(hit.snippet, hit.spans, FOUND, looks.MUTED), "\n")


def _page(hit: Hit, words: str) -> list[Block]:
    """The whole text, with the words that were looked for marked throughout."""
    text = hit.note.text
    return [
        Block(foreign_line(hit.tenant_name, looks.STRONG)),
        Block(Content.assemble(note_day(hit.note), "  ", foreign_line(note_place(hit.note)))),
        BLANK,
        Block(marked(text, list(_places(text, fold(words))), FOUND)),
    ]


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, the last as the beginning of one."""
    wanted = _WORD.findall(words)
    begun = wanted[-1:] if wanted and words.endswith(wanted[-1]) else []
    for found in _WORD.finditer(text):
        word = fold(found.group())
        if word in wanted or any(map(word.startswith, begun)):
            yield found.span()
