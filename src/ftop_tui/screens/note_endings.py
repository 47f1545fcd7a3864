"""How a note form ends: the note is posted, walked into FTOP, deleted, or only left."""

import asyncio
from abc import abstractmethod

from ftop_tui.errors import NotFoundError
from ftop_tui.screens.draft_screen import DraftScreen
from ftop_tui.screens.posting import Posting, PostingDialog
from ftop_tui.screens.walk import Walked, WalkScreen
from ftop_tui.services import notes
from ftop_tui.services.changes import Changes
from ftop_tui.services.checking import warnings_before_posting
from ftop_tui.services.notes import Draft
from ftop_tui.widgets.dialogs import Confirm


class EndingScreen(DraftScreen):
    """Carries out the keys that may end a draft; each saves it first, and asks."""

    @abstractmethod
    def note_name(self) -> str:
        """How the note is called in questions and titles, the tenant included."""

    async def _leave(self) -> None:
        try:
            await self.save_now()
        except NotFoundError:
            dialog = Confirm("Leave without saving?", self.told_gone(), yes="Leave", no="Stay",
                             danger=True)  # fmt: skip
            self.app.push_screen(dialog, self._leave_unsaved)
            return
        self._announce_saved()
        if self.is_open:  # a second escape while it was saved has closed it already
            self.dismiss(None)

    def _leave_unsaved(self, sure: bool | None) -> None:
        if sure:
            self.announce(Changes(rank=True))  # the list has not heard yet that the tenant is gone
            self.dismiss(None)

    def _announce_saved(self) -> None:
        """The list shows how many drafts wait; it hears of them once, not at every key."""
        if self._wrote:
            self._wrote = False
            self.announce(Changes(rank=True, notes=True, tenants=frozenset({self.tenant_id})))

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
