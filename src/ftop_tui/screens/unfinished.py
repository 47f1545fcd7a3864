"""Keeps what is typed and not yet taken, behind the typing; puts it back where it was typed."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, NamedTuple, cast

from textual.app import App
from textual.timer import Timer
from textual.worker import Worker

from ftop_tui.errors import FtopError, NotFoundError
from ftop_tui.screens.base import House
from ftop_tui.screens.places import tenant_of
from ftop_tui.services import unfinished
from ftop_tui.services.context import Context
from ftop_tui.services.unfinished import Place, TakenUp
from ftop_tui.widgets.dialogs import Dialog
from ftop_tui.widgets.keeping import MOST_LETTERS, Keeping

QUIET_SECONDS = 0.5
"""It is kept so long after the last key."""
BEHIND_SECONDS = 1.2
"""While keys go on, so long after the first one that is not yet kept."""
RETRY_SECONDS = 3.0
"""A store that cannot be written, or is not there yet, is tried again after this."""

Fields = Mapping[str, str]


class _Owed(NamedTuple):
    """What the store does not hold yet; no fields: what it should hold no longer."""

    context: Context
    place: Place
    fields: Fields


class _Open:
    """A screen that is open: where its text is kept, what it began with, what is kept or owed."""

    def __init__(self, context: Context, place: Place, began: Fields) -> None:
        self.context, self.place, self.began = context, place, began
        self.held: Fields = {}
        self.known = False
        """Whether the store may hold something of it."""


class Unfinished:
    """The app's one keeper of typed text that no enter has taken yet.

    A dialog or form tells it that it opened, that something was typed, and that it closed. A store
    that cannot be written does not disturb the typing: it is tried again, and said at the end.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._open: dict[Keeping[Any], _Open] = {}
        self._owed: dict[str, _Owed] = {}
        self._timer: Timer | None = None
        self._first = self._last = 0.0
        self._lock = asyncio.Lock()

    # What it is told

    def opened(self, screen: Keeping[Any]) -> None:
        """Put back what was typed the last time and not taken."""
        place = self._place(screen)
        context = cast("House", self._app).context
        opened = self._open[screen] = _Open(context, place, screen.typed_texts)
        owed = self._owed.get(place.name)
        if owed is not None:  # closed a moment ago, or not yet stored
            found = TakenUp(context.now(), owed.fields) if owed.fields else None
        else:
            found = unfinished.find(context, place)
        if found is not None:
            screen.put_back(found.fields)
            screen.say_taken_up(f"taken up again from {_when(context, found)}")
            opened.held, opened.known = self._changed(screen, opened), True

    def typed(self, screen: Keeping[Any]) -> None:
        """Keep it soon; what stands there is looked at then, not at each key."""
        if screen in self._open:
            self._soon()

    def taken(self, screen: Keeping[Any]) -> None:
        """It is written though it stays open: only what is typed from now on is kept."""
        if screen in self._open:
            self._open[screen].began = screen.typed_texts
            self._soon()

    def closed(self, screen: Keeping[Any]) -> None:
        """It was answered or called off: nothing of it is kept any longer."""
        opened = self._open.pop(screen, None)
        if opened is not None and opened.known:
            self._owed[opened.place.name] = _Owed(opened.context, opened.place, {})
            self._soon()

    def _place(self, screen: Keeping[Any]) -> Place:
        tenant_id: str | None = getattr(screen, "tenant_id", None)
        about = (type(screen).__name__, *screen.subject)
        if isinstance(screen, Dialog):
            below = next(s for s in reversed(self._app.screen_stack) if not isinstance(s, Dialog))
            tenant_id = tenant_id or tenant_of(below)
            tag = getattr(below, "tag", None) or ""
            about = (type(screen).__name__, screen.topic, *screen.subject, str(tag))
        return unfinished.place_of(about, tenant_id)

    # Keeping it

    def _soon(self) -> None:
        self._last = monotonic()
        if self._timer is None:
            self._first = self._last
            self._wait(QUIET_SECONDS)

    def _wait(self, seconds: float) -> None:
        self._timer = self._app.set_timer(seconds, self._due)

    def _due(self) -> None:
        self._timer = None
        left = min(self._last + QUIET_SECONDS, self._first + BEHIND_SECONDS) - monotonic()
        if left > 0.01:  # keys went on
            self._wait(left)
        else:
            _: Worker[None] = self._app.run_worker(self._keep, group="unfinished")

    async def _keep(self) -> None:
        """Store what is owed. What was answered goes once the answer itself is written."""
        running = (w for w in self._app.workers if w.group == "write" and not w.is_finished)
        wait = QUIET_SECONDS
        try:
            await self._pay(answered=next(running, None) is None)
        except FtopError:
            wait = RETRY_SECONDS
        if self._owed and self._timer is None:
            self._wait(wait)

    async def _pay(self, *, answered: bool) -> None:
        async with self._lock:
            self._gather()
            for name, owed in list(self._owed.items()):
                if owed.fields or answered:
                    await asyncio.to_thread(unfinished.keep, *owed)
                    if self._owed.get(name) is owed:
                        del self._owed[name]

    def _gather(self) -> None:
        """Look at what is open: what stands there, whatever was heard of it."""
        for screen, opened in self._open.items():
            if screen.typed_texts.keys() != opened.began.keys():
                continue  # it is on its way off the screen, with the app
            changed = self._changed(screen, opened)
            if changed != opened.held:
                opened.held, opened.known = changed, True
                name = opened.place.name
                self._owed[name] = _Owed(opened.context, opened.place, changed)

    @staticmethod
    def _changed(screen: Keeping[Any], opened: _Open) -> Fields:
        """What differs from what it began with, so that newer values stay beside it."""
        return {
            name: text
            for name, text in screen.typed_texts.items()
            if text != opened.began.get(name) and len(text) <= MOST_LETTERS
        }

    async def save_now(self) -> None:
        """The app ends: keep all of it.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            await self._pay(answered=True)
        except NotFoundError:
            return  # before the first import there is no place to keep it


def _when(context: Context, found: TakenUp) -> str:
    """The time, with its day where that is another one than now."""
    now = context.now()
    at = found.at.astimezone(now.tzinfo)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}"
