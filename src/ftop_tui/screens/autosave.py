"""Saves a draft behind the writer's back: soon after the last key, never far behind the typing."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any, Protocol

from ftop_tui.errors import ConflictError, FtopError, NotFoundError, RefusedError
from ftop_tui.playbook.notes import NoteBody
from ftop_tui.services.notes import Draft, IgnoredFinding

QUIET_SECONDS = 0.3
"""A save starts so long after the last key."""
BEHIND_SECONDS = 1.2
"""While keys go on, a save starts so long after the first one that is not yet stored."""
RETRY_SECONDS = 3.0
"""A store that cannot be written is tried again after this."""


Saving = Callable[[], Coroutine[Any, Any, None]]
"""Keeps the store up with the draft until nothing is left to save."""


class Listener(Protocol):
    """Who wants to know how saving goes. All calls come on the app's own thread."""

    def draft_stored(self, draft: Draft) -> None:
        """A save was committed; there may be newer text by now."""

    def draft_unsaved(self) -> None:
        """There is text that is not stored yet."""

    def draft_in_trouble(self, error: FtopError) -> None:
        """The store could not be written; it is tried again, but for a `NotFoundError`."""

    def draft_in_conflict(self, error: ConflictError) -> None:
        """Somebody else changed the draft; it is not written until that is settled."""

    def draft_set_aside(self) -> None:
        """Until then what is typed here is stored as a draft of its own."""


class Drafts(Protocol):
    """Where drafts are stored. Both calls block, and are run in a thread."""

    def save(self, draft: Draft) -> Draft:
        """Store a draft; it comes back with its version, as from `notes.save_draft`."""

    def drop(self, note_id: str) -> object:
        """Delete one."""

    def new_id(self) -> str:
        """An id for another one."""


class Autosave:
    """Holds one draft as it is typed and keeps the store up with it: one save at a time.

    `start` runs what it is given for as long as the screen lives. A draft that nobody has changed
    is never stored. While a conflict waits for its answer, what is typed is set aside: stored as a
    draft of its own, which goes when the answer is given.
    """

    def __init__(
        self,
        draft: Draft,
        drafts: Drafts,
        start: Callable[[Saving], object],
        listener: Listener,
    ) -> None:
        self._drafts = drafts
        self._start = start
        self._listener = listener
        self._lock = asyncio.Lock()
        self._running = False
        self._aside: Draft | None = None
        self._needless: list[str] = []
        """Ids of drafts that were set aside and are no longer needed."""
        self.hold(draft)

    def hold(self, draft: Draft) -> None:
        """Go on with this draft; what is not stored of the one before is let go."""
        self.draft = draft
        self._stored: Draft | None = draft
        self._first = self._last = 0.0
        self.conflict: ConflictError | None = None
        if self._aside is not None:
            self._needless.append(self._aside.id)
            self._aside = None
            self._wake()

    @property
    def aside(self) -> str | None:
        """The id under which what is typed is stored while a conflict waits."""
        return self._aside.id if self._aside is not None else None

    @property
    def unsaved(self) -> bool:
        """Whether the draft holds anything that the store does not."""
        return self._stored is None or _content(self.draft) != _content(self._stored)

    def edit(self, body: NoteBody) -> None:
        """Take what is typed now."""
        self._take(replace(self.draft, body=body))

    def ignore(self, ignored: tuple[IgnoredFinding, ...]) -> None:
        """Take the findings that the writer set aside, each with a reason."""
        self._take(replace(self.draft, ignored=ignored))

    def _take(self, draft: Draft) -> None:
        if _content(draft) == _content(self.draft):
            return
        was_behind, self.draft = self._behind, draft
        self._last = monotonic()
        if not was_behind:
            self._first = self._last
        if self.unsaved:
            self._listener.draft_unsaved()
            self._wake()

    @property
    def _behind(self) -> bool:
        """Whether there is anything that could be stored now and is not."""
        if self.conflict is None:
            return self.unsaved
        return self._aside is None or _content(self.draft) != _content(self._aside)

    def _wake(self) -> None:
        if not self._running:
            self._running = True
            self._start(self._keep_up)

    async def _keep_up(self) -> None:
        try:
            while self._behind or self._needless:
                due = min(self._last + QUIET_SECONDS, self._first + BEHIND_SECONDS)
                if self._behind and (wait := due - monotonic()) > 0:
                    await asyncio.sleep(wait)
                    continue
                try:
                    await (self.flush() if self.conflict is None else self._set_aside())
                except ConflictError:
                    continue  # it is set aside next, or under another id
                except NotFoundError as error:  # what it belongs to is gone: no trying helps
                    self._listener.draft_in_trouble(error)
                    return
                except FtopError as error:
                    self._listener.draft_in_trouble(error)
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._running = False

    async def flush(self) -> None:
        """Store what is not stored yet, whatever is typed meanwhile included.

        Raises:
            ConflictError: somebody else changed the draft; the listener was told.
            FtopError: the store cannot be written.
        """
        async with self._lock:
            while self.unsaved:
                if self.conflict is not None:
                    raise self.conflict
                draft, self._first = self.draft, monotonic()
                try:
                    stored = await asyncio.to_thread(self._drafts.save, draft)
                except ConflictError as error:
                    self.conflict = error
                    self._listener.draft_in_conflict(error)
                    self._wake()
                    raise
                self._stored = replace(stored, body=draft.body, ignored=draft.ignored)
                newest = self.draft
                self.draft = replace(stored, body=newest.body, ignored=newest.ignored)
                self._listener.draft_stored(self.draft)
            await self._drop_needless()

    async def _set_aside(self) -> None:
        async with self._lock:
            conflict, self._first = self.conflict, monotonic()
            fresh = replace(self.draft, id=self._drafts.new_id(), version=0, alone=False)
            of = self._aside or fresh
            draft = replace(of, body=self.draft.body, ignored=self.draft.ignored)
            try:
                stored = await asyncio.to_thread(self._drafts.save, draft)
            except ConflictError:
                self._aside = None  # somebody else has changed that, too: it is left to them
                raise
            stored = replace(stored, body=draft.body, ignored=draft.ignored)
            if self.conflict is conflict:
                self._aside = stored
                self._listener.draft_set_aside()
            elif stored.id == self.draft.id:  # meanwhile the answer was to keep both
                self._stored, self.draft = stored, replace(self.draft, version=stored.version)
            else:
                self._needless.append(stored.id)

    async def _drop_needless(self) -> None:
        while self._needless:
            with suppress(NotFoundError, RefusedError):  # somebody else deleted or posted it
                await asyncio.to_thread(self._drafts.drop, self._needless[0])
            del self._needless[0]

    def overwrite(self, theirs: Draft) -> None:
        """Settle a conflict for what was typed here: it takes the place of theirs."""
        mine = self.draft
        self.hold(theirs)
        self._take(replace(theirs, body=mine.body, ignored=mine.ignored))

    def keep_both(self) -> None:
        """Settle a conflict for good: what was typed here becomes a draft of its own."""
        mine, aside = self.draft, self._aside
        self._aside = None
        fresh = replace(mine, id=self._drafts.new_id(), version=0, alone=False)
        self.hold(replace(aside or fresh, body=mine.body, ignored=mine.ignored))
        self._stored = aside
        self._first = monotonic()


def _content(draft: Draft) -> tuple[object, ...]:
    return (draft.body, draft.ignored)
