"""What the note forms share: they hold a draft, save it by themselves, copy, post, delete it."""

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker

from ftop_tui.errors import ConflictError, FtopError
from ftop_tui.playbook.notes import NoteBody
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.render import render
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.autosave import Autosave, Saving
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.conflict import BOTH, MINE, ConflictDialog
from ftop_tui.screens.external_editor import edited_outside
from ftop_tui.screens.posting import Posting, PostingDialog
from ftop_tui.screens.walk import Open, Walked, WalkScreen
from ftop_tui.services import clipboard, notes
from ftop_tui.services.changes import Changes
from ftop_tui.services.checking import warnings_before_posting
from ftop_tui.services.note_forms import FormStart, start
from ftop_tui.services.notes import Draft
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.retelling import retell

_WIDE = 100
"""From so many columns on, form and side stand beside each other."""


def note_keys(*own: Binding, side: str, later: Sequence[Binding] = ()) -> list[BindingType]:
    """The keys of a note form in the footer's order: back, those of the form, those of all.

    `later` are keys of the form that a narrow footer may leave out.
    """
    return [
        Binding("escape", "leave", "Back", id="note.leave",
                tooltip="Save and go back"),
        *own,
        # TextArea takes F7 for selecting all; it has ctrl+a for that as well.
        Binding("f7", "walk", "Walk", id="note.walk", priority=True,
                tooltip="Copy the note into FTOP field by field, then mark it posted"),
        Binding("f8", "post", "Post", id="note.post",
                tooltip="Mark the note as posted in FTOP, today or on an earlier day"),
        Binding("f9", "copy", "Copy", id="note.copy",
                tooltip="Copy the plain text, to paste it into FTOP"),
        *later,
        Binding("f10", "side", side, id="note.side",
                tooltip="Go to what stands beside the form, and back"),
        Binding("ctrl+o", "editor", "Editor", id="note.editor",
                tooltip="Write on in your own editor, as VISUAL or EDITOR names it"),
        Binding("f12", "delete", "Delete", id="note.delete",
                tooltip="Delete this draft; undo brings it back"),
        Binding("ctrl+s", "save", "Save", id="note.save", show=False,
                tooltip="Save now; drafts save themselves as you type"),
    ]  # fmt: skip


class NoteScreen(FtopScreen[Open]):
    """A form for one note. Subclasses say how the body fills the fields and what stands beside.

    The draft is stored while it is typed (`screens.autosave`); a form that was only looked at
    stores nothing. It closes with the form to open next, if any. `form_id` and `side_id` are the
    parts of which a narrow terminal shows one.
    """

    kind: ClassVar[NoteKind]
    form_id = "form"
    side_id = "side"

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - as Textual does

    def __init__(self, tenant_id: str, tag: str | None = None) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.tag = tag
        self.opened: FormStart | None = None
        self.saver: Autosave | None = None
        self._wrote = False
        self._keys_shown: list[tuple[str, bool]] | None = None
        self._in_trouble = False

    # What each form makes its own.

    @abstractmethod
    def compose_form(self) -> ComposeResult:
        """The widgets of the form and of what stands beside it."""

    @abstractmethod
    def harmless(self, body: NoteBody) -> NoteBody:
        """The body as its fields can show it: cleaned of what a terminal would obey."""

    @abstractmethod
    def fill(self) -> None:
        """Put the held draft into the fields."""

    @abstractmethod
    def typed(self) -> NoteBody:
        """What the fields hold this moment; the same as the held body while nobody types."""

    @abstractmethod
    def repaint(self) -> None:
        """Draw anew what is made of the body: preview, grade, hints."""

    def note_name(self) -> str:
        """How the note is called in questions and titles, the tenant included."""
        return f"{self._tenant_name()}, {self.kind.word}"

    def title_details(self) -> Content:
        """What the head says behind the tenant's name."""
        return Content("")

    def first_tag(self) -> str | None:
        """The workload to start with when none was asked for; None for a note on no workload."""
        return None

    # The page.

    def compose(self) -> ComposeResult:
        """Head, form, keys."""
        with Horizontal(classes="head"):
            yield Static("", classes="title")
            yield Static("", classes="saved")
        yield from self.compose_form()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the draft."""
        self._read(self.tag or self.first_tag())

    def _read(self, tag: str | None) -> None:
        """Open the draft of a place; until it is there, nothing can be typed."""
        self._lock(True)
        self.run_service(
            lambda: start(self.context, self.kind, self.tenant_id, tag),
            self._present,
            group="open",
            exclusive=True,
        )

    def _present(self, opened: FormStart) -> None:
        draft = opened.draft
        clean = draft.with_body(self.harmless(draft.body))
        self.opened, self.tag = opened, draft.tag
        if self.saver is None:
            self.saver = Autosave(clean, self._save, self._save_behind, self)
        else:
            self.saver.hold(clean)
        fields = self._fields()
        first = fields.disabled
        self._lock(False)
        with self.prevent(*self._quiet()):
            self.fill()
        self._show_title()
        self._show_state("draft" if draft.version else "new", looks.MUTED)
        self.repaint()
        if first:
            self.focus_first()
        self.refresh_bindings()

    def _quiet(self) -> tuple[type, ...]:
        """Messages of fields that must not count as typing while they are filled."""
        return (Input.Changed, TextArea.Changed)

    def focus_first(self) -> None:
        """Where typing starts."""
        self._fields().query("NoteArea").first().focus()

    def _fields(self) -> Widget:
        return self.query_one(f"#{self.form_id}")

    def _tenant_name(self) -> str:
        if self.opened is None:
            return self.tenant_id
        facts = self.opened.facts
        name = shown_name(facts.brand, facts.customer, facts.name) if facts.winner else None
        return name or facts.name

    def _show_title(self) -> None:
        assert self.opened is not None  # noqa: S101 - called once it is read
        shown, tenant = self._tenant_name(), self.opened.facts.name
        title = [
            Content.styled(self.TITLE_LINE, looks.STRONG),
            Content("  "),
            foreign_line(shown),
        ]
        if shown != tenant:
            title += [Content.styled("  ", looks.MUTED), foreign_line(tenant, looks.MUTED)]
        title.append(self.title_details())
        self.query_one(".title", Static).update(Content.assemble(*title))

    # The draft.

    @property
    def body(self) -> NoteBody:
        """What is typed."""
        assert self.saver is not None  # noqa: S101 - the fields are disabled until it is there
        return self.saver.draft.body

    @on(NoteArea.Changed)
    @on(NoteLine.Changed)
    @on(ChoiceRow.Changed)
    def _field_changed(self, event: Message) -> None:
        """The user changed something: repaint at once, save soon.

        Fields are asked what they hold now: a message may come late, even when the form has gone
        on to another workload.
        """
        event.stop()
        if self.saver is not None:
            self.saver.edit(self.typed())
            self.repaint()

    def _save(self, draft: Draft) -> Draft:
        return notes.save_draft(self.context, draft)

    def _save_behind(self, saving: Saving) -> Worker[None]:
        async def save() -> None:
            await self._guard(saving())

        return self.run_worker(save, group="autosave", exit_on_error=False)

    async def _guard(self, saving: Coroutine[Any, Any, None]) -> None:
        try:
            await saving
        except Exception as error:
            asked = self.saver is not None and self.saver.conflict is error
            if not asked:  # a conflict is a question already
                self.failed(error)

    def failed(self, error: Exception) -> None:
        """Show it as every screen does; what was locked for a write can be typed into again."""
        super().failed(error)
        if self.saver is not None:
            self._lock(False)

    def _lock(self, locked: bool) -> None:
        """Nothing may be typed while a write goes on that ends this draft."""
        self._fields().disabled = locked

    def draft_unsaved(self) -> None:
        """There is something to save."""
        if not self._in_trouble:
            self._show_state("unsaved", "$ftop-missing")

    def draft_stored(self, draft: Draft) -> None:
        """It is in the store, committed."""
        self._wrote, self._in_trouble = True, False
        if self.saver is not None and not self.saver.unsaved:
            self._show_state(f"saved {self.context.now():%H:%M:%S}", "$ftop-green")
        if draft.version == 1:
            self.refresh_bindings()

    def draft_in_trouble(self, error: FtopError) -> None:
        """The store refuses: say it once and beside the form, for a dialog would take the keys."""
        self._show_state("NOT SAVED, trying again", "bold $error")
        if not self._in_trouble:
            self._in_trouble = True
            self.app.notify(
                clean_line(error.message), title="Not saved yet, trying again", markup=False,
                severity="error", timeout=10,
            )  # fmt: skip

    def draft_in_conflict(self, error: ConflictError) -> None:
        """Two texts of one draft: both are shown, the writer decides."""
        self._show_state("NOT SAVED, changed elsewhere", "bold $error")
        self.app.push_screen(ConflictDialog(error, self.plain_text()), self._settle)

    def _settle(self, choice: str | None) -> None:
        """Undecided, what is typed stays on the screen; the next key that saves asks again."""
        saver, tag = self.saver, self.tag
        if saver is None or saver.conflict is None or choice is None:
            return
        if choice == BOTH:
            saver.keep_both(self.context.new_id())
            self._do(saver.flush())
            return

        def settled(now: FormStart) -> None:
            if choice == MINE:
                saver.overwrite(now.draft)
            else:
                self._present(now)

        self.run_service(lambda: start(self.context, self.kind, self.tenant_id, tag), settled)

    async def switch(self, tag: str) -> None:
        """Save this draft, then go on with the one of another workload."""
        if self.saver is None:
            return
        await self.save_now()
        opened = await asyncio.to_thread(start, self.context, self.kind, self.tenant_id, tag)
        self.saver.edit(self.typed())
        while self.saver.unsaved:  # typed while the other one was read
            await self.saver.flush()
            self.saver.edit(self.typed())
        self._present(opened)

    async def save_now(self) -> None:
        """Store what is not stored yet; awaited before the app ends and before the form closes.

        With a conflict that nobody has settled, what is typed is kept as a draft of its own.

        Raises:
            FtopError: the store cannot be written.
        """
        if self.saver is None:
            return
        if self.saver.conflict is not None:
            self.saver.keep_both(self.context.new_id())
        self.saver.edit(self.typed())  # its message may still be on its way
        await self.saver.flush()

    def _show_state(self, words: str, style: str) -> None:
        # As wide whichever of the usual ones it is, so that nothing is laid out anew for it.
        words = words.rjust(len("saved 00:00:00"))
        retell(self.query_one(".saved", Static), Content.styled(words, style))

    def plain_text(self) -> str:
        """The note as FTOP gets it."""
        return render(self.body, self.context.pack)

    # The keys.

    def refresh_bindings(self) -> None:
        """Have the footer made anew."""
        self._keys_shown = None
        super().refresh_bindings()

    def refresh_keys(self) -> None:
        """The same, which is felt, only where a key came, went or turned grey since."""
        keys = [(key, active.enabled) for key, active in self.active_bindings.items()]
        if keys != self._keys_shown:
            self.refresh_bindings()
            self._keys_shown = keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is grey."""
        if action in {"post", "copy", "walk", "delete"}:
            if self.saver is None:
                return None
            if action == "delete" and not self.saver.draft.version:
                return None
        if action == "editor" and (self.saver is None or self._text_to_edit() is None):
            return None
        return True

    def _text_to_edit(self) -> NoteArea | NoteLine | None:
        """The text that has the focus."""
        return self.focused if isinstance(self.focused, NoteArea | NoteLine) else None

    def action_editor(self) -> None:
        """Write on in the user's own editor."""
        field = self._text_to_edit()
        if field is not None:
            self._do(self._edit_outside(field))

    async def _edit_outside(self, field: NoteArea | NoteLine) -> None:
        await self.save_now()  # nothing is saved while the editor has the terminal
        if isinstance(field, NoteArea):
            field.rewrite(edited_outside(self.app, field.text))
        else:
            field.fill(edited_outside(self.app, field.value))

    def action_leave(self) -> None:
        """Save, then close; where saving fails the form stays open."""
        if self.has_class("-narrow") and self.has_class("-beside"):
            self.action_side()
        else:
            self._do(self._leave())

    async def _leave(self) -> None:
        await self.save_now()
        self._announce_saved()
        self.dismiss(None)

    def _announce_saved(self) -> None:
        """The list shows how many drafts wait; it hears of them once, not at every key."""
        if self._wrote:
            self._wrote = False
            self.announce(Changes(rank=True, notes=True, tenants=frozenset({self.tenant_id})))

    def action_save(self) -> None:
        """Save now."""
        self._do(self.save_now())

    def action_copy(self) -> None:
        """Copy the plain text; nothing else ever touches the clipboard."""
        text = self.plain_text()
        if not text.strip():
            self.say("The note is empty; there is nothing to copy.")
            return

        def through_terminal(copied: str) -> None:
            self.app.call_from_thread(self.app.copy_to_clipboard, copied)

        self.run_service(
            lambda: clipboard.copy(self.context, text, through_terminal), self.say, group="copy"
        )

    def action_post(self) -> None:
        """Ask for the day, then mark it posted."""
        self._do(self._ask_to_post())

    async def _ask_to_post(self) -> None:
        assert self.saver is not None  # noqa: S101 - the key is grey until it is there
        await self.save_now()
        draft = self.saver.draft
        others = self.opened.others if self.opened else None
        dialog = PostingDialog(
            self.note_name(),
            self.context.today(),
            lambda day: notes.blockers(self.context, draft, day, others),
        )
        dialog.details = tuple(
            await asyncio.to_thread(warnings_before_posting, self.context, draft)
        )
        self.app.push_screen(dialog, lambda answer: self._mark_posted(draft, answer))

    def _mark_posted(self, draft: Draft, answer: Posting | None) -> None:
        if answer is None:
            return

        def mark() -> Changes:
            if not draft.version:  # as it was filled in from the record: only now worth a row
                notes.save_draft(self.context, draft)
            return notes.post(self.context, draft.id, on=answer.day, anyway=answer.anyway)

        self._lock(True)
        self.write(mark, self.note_posted)

    def action_walk(self) -> None:
        """Copy the note into FTOP field by field."""
        self._do(self._walk())

    async def _walk(self) -> None:
        assert self.saver is not None  # noqa: S101 - the key is grey until it is there
        await self.save_now()
        draft = self.saver.draft
        if not draft.version:  # as it was filled in from the record: only now worth a row
            draft = await asyncio.to_thread(notes.save_draft, self.context, draft)
            self.saver.hold(draft)
        self.app.push_screen(WalkScreen(draft.id), self._walked)

    def _walked(self, walked: Walked | None) -> None:
        if walked is None or not walked.posted:
            return
        if walked.open is None:
            self.note_posted(Changes())
        else:
            self._wrote = False
            self.dismiss(walked.open)

    def note_posted(self, changes: Changes) -> None:
        """It stands in FTOP: this form is done."""
        self._wrote = False
        self.dismiss(None)

    def action_delete(self) -> None:
        """Ask, then delete the draft."""
        self._do(self._ask_to_delete())

    async def _ask_to_delete(self) -> None:
        assert self.saver is not None  # noqa: S101 - the key is grey until it is there
        await self.save_now()
        draft = self.saver.draft
        question = Confirm(
            "Delete the draft?",
            f"{self.note_name()}. Undo brings it back.",
            yes="Delete", no="Keep", danger=True,
        )  # fmt: skip
        self.app.push_screen(question, lambda yes: self._delete(draft.id) if yes else None)

    def _delete(self, note_id: str) -> None:
        self._lock(True)
        self.write(lambda: notes.delete_draft(self.context, note_id), self.note_deleted)

    def note_deleted(self, changes: Changes) -> None:
        """Nothing is left to write here."""
        self._wrote = False
        self.dismiss(None)

    def action_side(self) -> None:
        """The focus goes to the side and back; a narrow terminal shows the one that has it."""
        beside = self.toggle_class("-beside").has_class("-beside")
        target = self.query_one(f"#{self.side_id}") if beside else self._fields()
        if beside:
            self._left_from = self.focused
            target.focus()
        elif self._left_from is not None and self._left_from.is_attached:
            self._left_from.focus()
        else:
            self.focus_first()

    _left_from: Widget | None = None

    def _do(self, doing: Coroutine[Any, Any, None]) -> None:
        """Run what a key asks for, one at a time; what fails is shown by the one handler."""
        conflict = self.saver.conflict if self.saver else None
        if self._doing or conflict is not None:
            doing.close()
            if conflict is not None:
                self.draft_in_conflict(conflict)
            return

        async def once() -> None:
            self._doing = True
            try:
                await self._guard(doing)
            finally:
                self._doing = False

        self.run_worker(once(), group="doing", exit_on_error=False)

    _doing = False
