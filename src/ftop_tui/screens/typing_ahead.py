"""Keys typed ahead: they wait for the screen that the key before them opens, and go there in order.

Textual hands a key to what has the focus the moment it comes. While a screen is put together, and
its note is read, that is nobody, or the screen below, to which a letter is a command.
"""

import asyncio
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.events import Event, Key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from ftop_tui.screens.until_written import Writing

if TYPE_CHECKING:
    from textual.timer import Timer

MOST_SECONDS = 5.0
"""Keys that waited so long are dropped: what they were meant for did not come."""
_LOST_SECONDS = 0.25
"""A key whose widget is gone is taken for handled after this."""
_MOVING = frozenset({"up", "down", "j", "k", "pageup", "pagedown", "home", "end"})
"""Keys that move a cursor and open nothing: they come many a second, and are not followed."""
_AT_ONCE = frozenset({"escape", "ctrl+c", "ctrl+q"})
"""Keys that do not wait for a screen: who presses one wants out."""


class Followed(Message):
    """Goes the way of a key, behind it: back at the app, all has been done that the key asked for.

    It goes that way twice, for a widget may answer a key by a message of its own.
    """

    verbose = True

    def __init__(self, target: MessagePump, *, again: bool = True) -> None:
        super().__init__()
        self.target, self.again = target, again


class TypingAhead:
    """Holds keys and pastes back while a key is on its way, or the screen that it opened opens.

    While a screen writes, too: a second press would act on the row that the first one takes away.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held: deque[Event] = deque()
        self._delivered: Event | None = None
        self._following: object | None = None
        """What comes back once the last key is done with."""
        self._opening: Screen[Any] | None = None
        self._writing: Writing | None = None
        self._since = 0.0
        self._timer: Timer | None = None

    # Keys

    def holds(self, event: Event) -> bool:
        """Whether a key or paste has to wait; it is held then."""
        if event is self._delivered or not (self._held or self._must_wait(event)):
            return False
        if self._wants_out(event):
            self.drop()
            return False
        self._held.append(event)
        self._watch()
        return True

    def _wants_out(self, event: Event) -> bool:
        key, screen = event.key if isinstance(event, Key) else "", self._opening
        if key not in _AT_ONCE:
            return False
        late = monotonic() - self._since > _LOST_SECONDS
        if screen is None:
            return late
        # One that is only being put together cannot be left, but the app can.
        return screen.is_mounted or (late and key != "escape")

    @property
    def _waiting(self) -> bool:
        return bool(self._following or self._opening or self._writing)

    def _must_wait(self, event: Event) -> bool:
        if self._following is not None or self._opening is not None:
            return True
        return self._writing is not None and not self._is_typed(event, self._app.focused)

    @staticmethod
    def _is_typed(event: Event, target: MessagePump | None) -> bool:
        """Whether it is text to what it goes to, not a command."""
        if not isinstance(event, Key) or not isinstance(target, Widget):
            return False
        return target.check_consume_key(event.key, event.character)

    def follow(self, event: Event, target: MessagePump) -> None:
        """A key went to a widget: the next one waits until it is done with; a typed letter is."""
        if not isinstance(event, Key) or not event.is_forwarded or self._opening is not None:
            return
        if event.key in _MOVING or self._is_typed(event, target):
            return
        self._send(Followed(target))

    def _send(self, followed: Followed) -> None:
        self._following, self._since = followed, monotonic()
        if not followed.target.post_message(followed):
            self._following = None

    async def back(self, followed: Followed) -> None:
        """A key is done with, as far as it came by now."""
        if followed is not self._following:
            return  # a screen opened or closed over it
        self._following = None
        if followed.again:
            self._send(Followed(followed.target, again=False))
        if self._following is None:
            await self._go_on()

    # Screens

    def opening(self, screen: Screen[Any]) -> None:
        """A screen was pushed: what comes now is meant for it.

        One that opens over another that is not open yet, or over a write, is a question or an
        error: what was typed is no answer to it.
        """
        if self._opening is not None or self._writing is not None:
            self._held.clear()
        self._opening, self._following, self._since = screen, None, monotonic()
        screen.call_later(self.look, screen)

    def look(self, screen: Screen[Any]) -> None:
        """See whether a screen has all it opens with; called on the screen's own side."""
        if screen is self._opening and not getattr(screen, "is_reading", False):
            self._app.call_later(self._opened, screen)  # behind the focus that it asked for
        if self._writing is not None and screen is self._writing.screen:
            self._app.call_later(self._written)  # behind what is told of the write

    async def _opened(self, screen: Screen[Any]) -> None:
        if screen is self._opening:
            self._opening = None
            await self._go_on()

    def writing(self, screen: Screen[Any]) -> None:
        """A screen begins to write: commands wait until that is done and what it shows is so."""
        self._writing, self._since = Writing(screen), monotonic()

    async def _written(self) -> None:
        if self._writing is not None and self._writing.is_over:
            self._writing = None
            if not self._waiting:
                await self._go_on()

    def closed(self, screen: Screen[Any], requester: MessagePump | None) -> None:
        """A screen was closed; whoever asked for its answer acts on that first."""
        self._following = None
        if self._writing is not None and screen is self._writing.screen:
            self._writing = None
        if screen is self._opening:
            self._opening = None
            self._held.clear()
        elif requester is not None and requester.is_running:
            self._following = mark = object()
            self._since = monotonic()
            requester.call_next(self._answered, mark)

    def _answered(self, mark: object) -> None:
        self._app.call_later(self._after, mark)

    async def _after(self, mark: object) -> None:
        if mark is self._following:
            await self._go_on()

    # What is held

    async def caught_up(self) -> None:
        """Wait until all that came by now has reached what it was meant for."""
        while self._app.call_later(self._follow_up, passed := asyncio.Event()):
            await passed.wait()
            if not self._held:
                break
            await asyncio.sleep(0.01)

    async def reached(self) -> None:
        """Wait until the field has what the app has handed it; also while the app acts on a key."""
        self._follow_up(passed := asyncio.Event())
        await passed.wait()

    def _follow_up(self, passed: asyncio.Event) -> None:
        """Go behind the keys to the field that they went to."""
        if not (self._app.focused or self._app.screen).call_later(passed.set):
            passed.set()

    def drop(self) -> None:
        """Forget what is held, and what it waits for."""
        self._held.clear()
        self._opening = self._following = self._writing = None

    async def _go_on(self) -> None:
        """Deliver what is held, until a key has to be waited for again."""
        self._following = None
        while self._held and not self._waiting:
            self._delivered = self._held.popleft()
            await self._app.on_event(self._delivered)
        self._delivered = None

    def _watch(self) -> None:
        if self._timer is None:
            self._timer = self._app.set_timer(_LOST_SECONDS, self._look_again)

    async def _look_again(self) -> None:
        self._timer = None
        await self._written()
        if not self._held:
            return
        if monotonic() - self._since > MOST_SECONDS:
            writing = self._writing
            self.drop()
            self._writing = writing  # the list is not to be acted on for all that
            return
        lost = self._following
        if isinstance(lost, Followed) and not lost.target.is_attached:
            await self._go_on()
        if self._held:
            self._watch()
