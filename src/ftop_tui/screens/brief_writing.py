"""How a part of a brief is kept while it is written: behind the keys, and over nobody's text."""

import asyncio
from functools import partial
from time import monotonic

from textual import on
from textual.timer import Timer
from textual.widgets import TextArea
from textual.worker import Worker

from ftop_tui.errors import ConflictError, StoreError
from ftop_tui.playbook.brief import Brief
from ftop_tui.screens.autosave import BEHIND_SECONDS, RETRY_SECONDS
from ftop_tui.screens.conflict import BOTH, MINE, ConflictDialog
from ftop_tui.screens.reading import ReadingScreen
from ftop_tui.services import briefs
from ftop_tui.text import clean_line
from ftop_tui.widgets.note_area import NoteArea

QUIET_SECONDS = 0.6
"""A save starts so long after the last key."""


class BriefWriting(ReadingScreen[None]):
    """A screen with a brief of which a part may be written in `#area`."""

    def __init__(self, tenant_id: str) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.brief: Brief | None = None
        self.editing: str | None = None
        """The key of the part that is being written."""
        self._stored = ""
        """What was last seen to be stored; another text there is somebody else's."""
        self._theirs: ConflictError | None = None
        """Somebody else's text, until it is settled which stays: below it stands what is typed."""
        self._wrote = False
        self._saving = asyncio.Lock()
        self._timer: Timer | None = None
        self._first = 0.0
        self._in_trouble = False

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.editing is None:
            return
        now = monotonic()
        if self._timer is None:
            self._first = now
        else:
            self._timer.stop()
        behind = self._first + BEHIND_SECONDS - now
        self._timer = self.set_timer(max(0.01, min(QUIET_SECONDS, behind)), self._autosave)

    def _autosave(self) -> None:
        self._timer = None
        _: Worker[None] = self.run_worker(self._keep_up, group="keep", exit_on_error=False)

    async def _keep_up(self) -> None:
        """Save behind the keys; a store that is in use is tried again, and no dialog takes keys."""
        try:
            await self._store()
            self._in_trouble = False
            if self._theirs is not None:
                self._ask_which(self._theirs)
        except StoreError as error:
            if not self._in_trouble:
                self.app.notify(
                    clean_line(error.message), title="Not saved yet, trying again", markup=False,
                    severity="error", timeout=10,
                )  # fmt: skip
            self._in_trouble = True
            self._timer = self._timer or self.set_timer(RETRY_SECONDS, self._autosave)
        except Exception as error:  # shown, or the end of the app: `failed` decides
            self.failed(error)

    async def _keep(self) -> bool:
        """Save, and show what went wrong; whether all is stored now, and nothing is to be asked."""
        try:
            await self._store()
        except Exception as error:  # shown, or the end of the app: `failed` decides
            self.failed(error)
            return False
        if self._theirs is not None:
            self._ask_which(self._theirs)
        return self._theirs is None

    async def save_now(self) -> None:
        """Store what is typed and not yet stored; where nobody can be asked, both texts are."""
        await self._store()

    async def _store(self) -> None:
        """Store what is typed. With somebody else's text both are, until it is settled."""
        async with self._saving:
            try:
                await self._store_once()
            except ConflictError as error:
                self._theirs, self._stored = error, "\n".join(error.details)
                await self._store_once()

    async def _store_once(self) -> None:
        key, text = self.editing, self._to_store()
        if key is None or text == self._stored or self.brief is None:
            return
        call = partial(
            briefs.edit, self.context, self.tenant_id, key, text,
            review_day=self.brief.review_day, seen=self._stored,
        )  # fmt: skip
        changes = await asyncio.to_thread(call)
        self._stored, self._wrote = text, self._wrote or bool(changes.sentence)

    def _to_store(self) -> str:
        typed = self.query_one("#area", NoteArea).text
        return typed if self._theirs is None else _both(self._theirs, typed)

    def _ask_which(self, error: ConflictError) -> None:
        """Show both texts; until one is chosen, the next save asks again."""
        if not isinstance(self.app.screen, ConflictDialog):
            mine = self.query_one("#area", NoteArea).text
            self.app.push_screen(ConflictDialog(error, mine), self._settle)

    def _settle(self, choice: str | None) -> None:
        error = self._theirs
        if choice is None or error is None:
            return
        self._theirs, area = None, self.query_one("#area", NoteArea)
        if choice != MINE:
            area.fill(_both(error, area.text) if choice == BOTH else "\n".join(error.details))
        self._autosave()


def _both(error: ConflictError, mine: str) -> str:
    """Somebody else's text and below it what was typed here."""
    return "\n".join(error.details) + f"\n\n{mine}"
