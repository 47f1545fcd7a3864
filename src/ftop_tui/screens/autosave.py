"""Saves a draft behind the writer's back: soon after the last key, never far behind the typing."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from time import monotonic
from typing import Any, Protocol

from ftop_tui.errors import ConflictError, FtopError, NotFoundError
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
        """Somebody else changed the draft; nothing is saved until it is settled."""


class Autosave:
    """Holds one draft as it is typed and keeps the store up with it: one save at a time.

    `save` blocks and is run in a thread; `start` runs what it is given for as long as the screen
    lives. A draft that nobody has changed is never stored.
    """

    def __init__(
        self,
        draft: Draft,
        save: Callable[[Draft], Draft],
        start: Callable[[Saving], object],
        listener: Listener,
    ) -> None:
        self._save = save
        self._start = start
        self._listener = listener
        self._lock = asyncio.Lock()
        self._running = False
        self.hold(draft)

    def hold(self, draft: Draft) -> None:
        """Go on with this draft; what is not stored of the one before is let go."""
        self.draft = draft
        self._stored: Draft | None = draft
        self._first = self._last = 0.0
        self.conflict: ConflictError | None = None

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
        was_unsaved, self.draft = self.unsaved, draft
        self._last = monotonic()
        if not was_unsaved:
            self._first = self._last
        if self.unsaved:
            self._listener.draft_unsaved()
            self._wake()

    def _wake(self) -> None:
        if not self._running:
            self._running = True
            self._start(self._keep_up)

    async def _keep_up(self) -> None:
        try:
            while self.unsaved and self.conflict is None:
                due = min(self._last + QUIET_SECONDS, self._first + BEHIND_SECONDS)
                if (wait := due - monotonic()) > 0:
                    await asyncio.sleep(wait)
                    continue
                try:
                    await self.flush()
                except ConflictError:
                    return
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
                    stored = await asyncio.to_thread(self._save, draft)
                except ConflictError as error:
                    self.conflict = error
                    self._listener.draft_in_conflict(error)
                    raise
                self._stored = replace(stored, body=draft.body, ignored=draft.ignored)
                newest = self.draft
                self.draft = replace(stored, body=newest.body, ignored=newest.ignored)
                self._listener.draft_stored(self.draft)

    def overwrite(self, theirs: Draft) -> None:
        """Settle a conflict for what was typed here: it takes the place of theirs."""
        mine = self.draft
        self.hold(theirs)
        self._take(replace(theirs, body=mine.body, ignored=mine.ignored))

    def keep_both(self, new_id: str) -> None:
        """Settle a conflict for good: what was typed here becomes a draft of its own."""
        mine = self.draft
        self.hold(replace(mine, id=new_id, version=0, alone=False))
        self._stored = None
        self._first = monotonic()


def _content(draft: Draft) -> tuple[object, ...]:
    return (draft.body, draft.ignored)
