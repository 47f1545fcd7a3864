"""A screen that holds one draft: reads it, has it saved while it is typed, settles conflicts."""

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine, Sequence
from typing import Any, ClassVar

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker

from ftop_tui.errors import ConflictError, FtopError, NotFoundError
from ftop_tui.playbook.notes import NoteBody
from ftop_tui.playbook.render import render
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.autosave import Autosave, Saving
from ftop_tui.screens.conflict import BOTH, MINE, ConflictDialog
from ftop_tui.screens.following import Following, Step
from ftop_tui.screens.frames import SparingScreen
from ftop_tui.screens.walk import Open
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.services.note_forms import FormStart, start
from ftop_tui.services.notes import Draft
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.retelling import retell

_TRYING = "trying again"


class _Stored:
    """The store's drafts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(self, draft: Draft) -> Draft:
        return notes.save_draft(self._context, draft)

    def drop(self, note_id: str) -> object:
        return notes.delete_draft(self._context, note_id)

    def new_id(self) -> str:
        return self._context.new_id()


class DraftScreen(SparingScreen[Open]):
    """Holds the draft of a place, stored while it is typed (`screens.autosave`).

    One that was only looked at is not stored. `form_id` is the part that is typed into; a place of
    the class `saved` tells how saving goes.
    """

    kind: ClassVar[NoteKind]
    form_id = "form"

    def __init__(self, tenant_id: str, tag: str | None = None) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.tag = tag
        self.opened: FormStart | None = None
        self.saver: Autosave | None = None
        self._wrote = False
        self._in_trouble = False
        self._doing = False
        self._state: tuple[str, str] | None = None
        self._following = Following(self, *self.steps())

    # What each form makes its own.

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
    def steps(self) -> Sequence[Step]:
        """What draws anew what is made of the body, the most looked at first: preview, hints.

        After a key each has a frame of its own.
        """

    def repaint(self) -> None:
        """Draw all of it anew, at once."""
        self._following.drop()
        for step in self.steps():
            step()

    def catch_up(self) -> None:
        """Have all that is shown of the body be of what the fields hold this moment."""
        if self.saver is not None:
            before = self.body
            self.saver.edit(self.typed())
            if self.body != before:  # its message is still on its way
                self._following.soon()
            self._following.now()

    @abstractmethod
    def _show_title(self) -> None:
        """Say in the head whose note it is."""

    def first_tag(self) -> str | None:
        """The workload to start with when none was asked for; None for a note on no workload."""
        return None

    # Reading it.

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
            self.saver = Autosave(clean, _Stored(self.context), self._save_behind, self)
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
        """The user changed something: hold it at once, draw what follows from it, save soon.

        Fields are asked what they hold now: a message may come late, even when the form has gone
        on to another workload.
        """
        event.stop()
        if self.saver is not None:
            self.saver.edit(self.typed())
            self._following.soon()

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
        gone = isinstance(error, NotFoundError)
        self._show_state(f"NOT SAVED, {'deleted elsewhere' if gone else _TRYING}", "bold $error")
        if not self._in_trouble:
            self._in_trouble = True
            self.app.notify(
                self.told_gone() if gone else clean_line(error.message),
                title="Not saved" if gone else f"Not saved yet, {_TRYING}", markup=False,
                severity="error", timeout=10,
            )  # fmt: skip

    def told_gone(self) -> str:
        """That the tenant is no longer in the store, so that nothing can be kept for it."""
        name = clean_line(self.opened.facts.name) if self.opened else "The tenant"
        return (
            f"{name} was deleted by another program, so this cannot be saved. "
            "What you typed here can be copied."
        )

    def draft_in_conflict(self, error: ConflictError) -> None:
        """Two texts of one draft: both are shown, the writer decides."""
        self._show_state("NOT SAVED, changed elsewhere", "bold $error")
        self.app.push_screen(ConflictDialog(error, self.plain_text()), self._settle)

    def draft_set_aside(self) -> None:
        """What is typed is safe, though the question stands."""
        at = f"{self.context.now():%H:%M:%S}"
        self._show_state(f"yours kept apart {at}", "$ftop-missing")

    def _settle(self, choice: str | None) -> None:
        """Undecided, what is typed stays on the screen; the next key that saves asks again."""
        saver, tag = self.saver, self.tag
        if saver is None or saver.conflict is None or choice is None:
            return
        if choice == BOTH:
            saver.keep_both()
            self._do(saver.flush())
            return

        def settled(now: FormStart) -> None:
            if choice != MINE:
                self._present(now)
            elif now.draft.version:
                saver.overwrite(now.draft)
            else:  # there is no other any more
                saver.keep_both()
                self._do(saver.flush())

        self.run_service(
            lambda: start(self.context, self.kind, self.tenant_id, tag, beside=saver.aside), settled
        )

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
            self.saver.keep_both()
        self.saver.edit(self.typed())  # its message may still be on its way
        await self.saver.flush()

    def _show_state(self, words: str, style: str) -> None:
        # As wide whichever of the usual ones it is, so that nothing is laid out anew for it.
        words = words.rjust(len("saved 00:00:00"))
        if (words, style) == self._state:  # at every key
            return
        self._state = words, style
        retell(self.query_one(".saved", Static), Content.styled(words, style))

    def plain_text(self) -> str:
        """The note as FTOP gets it."""
        return render(self.body, self.context.pack)

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
