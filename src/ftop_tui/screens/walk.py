"""The posting walk: field by field in FTOP's order, one key each, then marked posted."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ftop_tui.errors import ConflictError
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.posting import Posting, PostingDialog, ask_to_post
from ftop_tui.services import due_notes, notes, walking
from ftop_tui.services.changes import Changes
from ftop_tui.services.checking import warnings_before_posting
from ftop_tui.services.due_notes import DueNote
from ftop_tui.services.walking import Walk
from ftop_tui.widgets import looks
from ftop_tui.widgets.field_list import FieldList
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.preview import Preview
from ftop_tui.widgets.status_line import StatusLine

_Answer = TypeVar("_Answer")
_LONG_NAME = 60
"""A name is cut after so many characters, so that the key behind it is seen."""


class Open(NamedTuple):
    """A note that is to be opened in its form."""

    kind: NoteKind
    tenant_id: str
    tag: str | None


class Walked(NamedTuple):
    """How a walk ended: whether the note is posted now, and what to open next, if anything."""

    posted: bool
    open: Open | None = None


class WalkScreen(FtopScreen[Walked]):
    """Copies a stored note into FTOP field by field; it can be left and gone on with later.

    Takes the note's id; closes with `Walked`. A draft has to be stored before.
    """

    CSS_PATH = "walk.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="walk.leave", key_display="esc",
                tooltip="Leave; what is ticked stays ticked"),
        Binding("c,enter", "copy", "Copy", id="walk.copy", key_display="enter",
                tooltip="Copy this field, tick it, and go on to the next that is not ticked"),
        Binding("down,j", "go(1)", "Down", id="walk.down", show=False,
                tooltip="Go to the field below"),
        Binding("up,k", "go(-1)", "Up", id="walk.up", show=False,
                tooltip="Go to the field above"),
        Binding("space", "tick", "Tick", id="walk.tick",
                tooltip="Take the tick away, or tick without copying"),
        Binding("pagedown", "scroll(1)", "Scroll", id="walk.below", show=False,
                tooltip="Scroll the text down"),
        Binding("pageup", "scroll(-1)", "Scroll up", id="walk.above", show=False,
                tooltip="Scroll the text up"),
        Binding("p,f8", "post", "Mark posted", id="walk.post", key_display="p",
                tooltip="Mark the note as posted, once all of it stands in FTOP"),
        Binding("n", "next", "Next due", id="walk.next",
                tooltip="Write the next note that is due"),
    ]  # fmt: skip

    def __init__(self, note_id: str) -> None:
        super().__init__()
        self.note_id = note_id
        self.walk: Walk | None = None
        self.posted = False
        self.upcoming: DueNote | None = None
        self._looked = False
        self._said = Content("")
        self._busy = False

    def compose(self) -> ComposeResult:
        """Head, fields, the present one's text, a hint, keys."""
        yield StatusLine(id="head")
        yield FieldList(id="fields")
        yield Static("", id="name")
        text = Preview(id="text")
        text.can_focus = False  # the arrows go from field to field
        yield text
        yield Static("", id="hint")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the note; it goes on at the first field that is not ticked."""
        self._read()

    def _read(self) -> None:
        self.run_service(partial(walking.start, self.context, self.note_id), self._opened)

    def _opened(self, walk: Walk) -> None:
        self._present(walk, walk.next_after(-1) if walk.fields else 0)

    # What is seen.

    @property
    def place(self) -> int:
        """The place of the present field, from 0."""
        return self.query_one(FieldList).at

    def _present(self, walk: Walk, place: int) -> None:
        """Show the walk as it has become, with the cursor on a field."""
        self.walk = walk
        self.query_one(FieldList).show(walk.fields, walk.done, place)
        self.query_one("#head", StatusLine).show(_head(walk))
        named, text = self.query_one("#name", Static), self.query_one("#text", Preview)
        if walk.fields:
            field = walk.fields[place]
            named.update(_named(walk, place))
            text.show(field.text)
            text.scroll_home(animate=False)
        self._show_hint()
        self.refresh_bindings()

    def _show_hint(self) -> None:
        """What was just copied, and what to do now."""
        assert self.walk is not None  # noqa: S101 - called once it is read
        parts = [part for part in (self._said, self._advice(self.walk)) if part]
        self.query_one("#hint", Static).update(Content("  ").join(parts))

    def _advice(self, walk: Walk) -> Content:
        if self.posted and self.upcoming is not None:
            due = self.upcoming
            return Content.assemble(
                "Posted. Next: ",
                foreign_line(due.called[:_LONG_NAME], looks.STRONG),
                f", {due.tag or due.kind.word}: ",
                foreign_line(due.reason),
                "; ",
                Content.styled("n", looks.KEY),
                " opens it",
            )
        if self.posted:
            return Content("Posted. No other note is due." if self._looked else "Posted.")
        if walk.is_posted:
            return Content.styled("Posted already; copy what you need.", looks.MUTED)
        if walk.is_complete:
            key = Content.styled("p", looks.KEY)
            return Content.assemble(
                "All copied. Once it stands in FTOP, ", key, " marks it posted."
            )
        return Content("")

    # The keys.

    def why_not(self, action: str) -> str:
        """Why a key is grey: fields that are not ticked, a note that is posted, nothing due."""
        if action == "next":
            return self._why_no_next()
        if self.walk is None or not self.walk.fields:
            return "The note is empty: there is nothing to copy."
        if self.posted or self.walk.is_posted:
            return "It is marked as posted already."
        return "Copy and tick every field first; then it can be marked as posted."

    def _why_no_next(self) -> str:
        if self._looked:
            return "No other note is due."
        if self.posted:
            return "It is being looked for."
        return "What is due next is named here once this note is marked posted."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is grey."""
        walk = self.walk
        if action in {"copy", "go", "tick"}:
            return True if walk is not None and walk.fields else None
        if action == "post":
            done = walk is not None and walk.is_complete and not walk.is_posted
            return True if done and not self.posted else None
        if action == "next":
            return True if self.upcoming is not None else None
        return True

    def action_go(self, step: int) -> None:
        """Another field."""
        assert self.walk is not None  # noqa: S101 - the key is grey until it is there
        self._go_to(max(0, min(len(self.walk.fields) - 1, self.place + step)))

    @on(FieldList.Chosen)
    def _clicked(self, event: FieldList.Chosen) -> None:
        event.stop()
        self._go_to(event.place)

    def _go_to(self, place: int) -> None:
        if self.walk is not None and place != self.place:
            self._said = Content("")
            self._present(self.walk, place)

    def action_scroll(self, way: int) -> None:
        """A page of a long text."""
        text = self.query_one("#text", Preview)
        if way > 0:
            text.scroll_page_down(animate=False)
        else:
            text.scroll_page_up(animate=False)

    def action_copy(self) -> None:
        """Copy the present field, tick it, and go on to the next."""
        place = self.place

        def through_terminal(copied: str) -> None:
            self.app.call_from_thread(self.app.copy_to_clipboard, copied)

        def copied(answer: tuple[Walk, str]) -> None:
            walk, said = answer
            field = walk.fields[place].name
            self._said = foreign_line(f"{field}: {said}", looks.MUTED)
            self._present(walk, walk.next_after(place))

        self._once(lambda walk: walking.copy(self.context, walk, place, through_terminal), copied)

    def action_tick(self) -> None:
        """Tick or untick the present field; nothing is copied."""
        place = self.place

        def turn(walk: Walk) -> Walk:
            name = walk.fields[place].name
            return walking.tick(self.context, walk, name, on=name not in walk.done)

        self._said = Content("")
        self._once(turn, lambda walk: self._present(walk, place))

    def action_post(self) -> None:
        """Ask for the day, with what is remarked on the note, then mark it posted."""

        def remarks(walk: Walk) -> tuple[str, ...]:
            return tuple(warnings_before_posting(self.context, walk.note.draft))

        self._once(remarks, self._ask)

    def _ask(self, remarks: tuple[str, ...]) -> None:
        walk = self.walk
        assert walk is not None  # noqa: S101 - the key is grey until it is there
        draft = walk.note.draft
        dialog = PostingDialog(
            f"{walk.called}, {draft.tag or draft.kind.word}",
            self.context.today(),
            lambda day: notes.blockers(self.context, draft, day),
        )
        dialog.details = remarks

        def mark(answer: Posting) -> Changes:
            return walking.post(self.context, walk, on=answer.day, anyway=answer.anyway)

        ask_to_post(self, dialog, mark, self._posted)

    def _posted(self, changes: Changes) -> None:
        """It stands in FTOP: look for what is due next."""
        self.posted, self._said = True, Content("")
        self._show_hint()
        self.refresh_bindings()
        me = self.context.settings.me
        self.run_service(lambda: due_notes.next_due(self.context, me=me), self._found_next)

    def _found_next(self, due: DueNote | None) -> None:
        self.upcoming, self._looked = due, True
        self._show_hint()
        self.refresh_bindings()

    def action_next(self) -> None:
        """Close, and say what is to be opened."""
        due = self.upcoming
        if due is not None:
            self.dismiss(Walked(self.posted, Open(due.kind, due.tenant_id, due.tag)))

    def action_leave(self) -> None:
        """Close; the ticks are stored."""
        self.dismiss(Walked(self.posted))

    # One thing at a time.

    def _once(self, call: Callable[[Walk], _Answer], then: Callable[[_Answer], object]) -> None:
        """Run a service on the walk; a key pressed while one is under way does nothing.

        Only so do the clipboard and the ticks stay in step.
        """
        walk = self.walk
        if walk is None or self._busy:
            return
        self._busy = True

        def ready(answer: _Answer) -> None:
            self._busy = False
            then(answer)

        self.run_service(lambda: call(walk), ready)

    def failed(self, error: Exception) -> None:
        """Show it as every screen does; a draft that was changed elsewhere is read anew."""
        super().failed(error)
        self._busy = False
        if isinstance(error, ConflictError):
            self._read()


def _head(walk: Walk) -> list[Content]:
    """What is walked, and how far it is; in fewer words where it is narrow."""
    draft = walk.note.draft
    title = Content.styled("Into FTOP", looks.STRONG)
    name = foreign_line(walk.called, looks.STRONG)
    tenant = foreign_line(walk.note.tenant_name, looks.MUTED)
    if walk.called != walk.note.tenant_name:
        full = Content.assemble(name, "  ", tenant)
    else:
        full = name
    what = foreign_line(f"{draft.kind.word} {draft.tag}" if draft.tag else draft.kind.word)
    count = f"{len(walk.done)} of {len(walk.fields)} copied"
    return [
        Content.assemble(title, "  ", full, "  ", what, f"  {count}"),
        Content.assemble(title, "  ", name, "  ", what, f"  {count}"),
        Content.assemble(name, f"  {count}"),
        Content(count),
    ]


def _named(walk: Walk, place: int) -> Content:
    """The present field's name, and whether it is copied."""
    field = walk.fields[place]
    state = (
        Content.styled("copied", "$ftop-green")
        if field.name in walk.done
        else Content.styled("not yet copied", looks.MUTED)
    )
    return Content.assemble(
        foreign_line(field.name, looks.STRONG),
        Content.styled(f"  {place + 1} of {len(walk.fields)}  ", looks.MUTED),
        state,
    )
