"""How the app ends: what is typed is saved first, whatever ends it, and the exit status says what.

Textual's own way out of an error prints local variables, and with them the user's notes.
"""

import asyncio
import contextvars
import sys
import traceback
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, ScreenError
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.widget import MountError

from ftop_tui import files
from ftop_tui.errors import FtopError, StoreError, traced
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.typing_ahead import TypingAhead
from ftop_tui.services.context import Context
from ftop_tui.signals import Signals

if TYPE_CHECKING:
    from ftop_tui.screens.unfinished import Unfinished

_LAST_CHANCE = 5.0
"""Seconds that saving may take when an error ends the app."""
_LAST_KEYS = 3.0
"""Seconds that keys which are on their way to a field are waited for."""
_CLOSED_UNDER = (NoMatches, MountError, NoScreen, ScreenError)
"""What a screen may meet that is put together, or filled, while the app is closed under it."""


class EndingApp(App[int]):
    """An app whose every way out asks the open screens to save first."""

    def __init__(self, context: Context, *, debug_errors: bool, signals: Signals | None) -> None:
        self.context = context
        self.debug_errors = debug_errors
        self.signals = signals or Signals()
        self._last_words: list[str] = []
        self._ending: asyncio.Task[None] | None = None
        self.ahead = TypingAhead(self)
        super().__init__()

    @cached_property
    def unfinished(self) -> "Unfinished":
        """Keeps what is typed into dialogs until it is taken."""
        # Deferred for start-up speed: no dialog stands on the first screen.
        from ftop_tui.screens.unfinished import Unfinished  # noqa: PLC0415

        return Unfinished(self)

    def on_load(self) -> None:
        """A signal that came before the terminal was taken: it is not to be taken any more."""
        if self.signals.status and not self.is_headless:
            self.exit(self.signals.status, return_code=self.signals.status)

    def listen_to_signals(self) -> None:
        """End in order on a signal; without this the terminal stays raw and typed text is lost."""
        if self.is_headless:
            return
        loop, within = asyncio.get_running_loop(), contextvars.copy_context()

        def leave(status: int) -> None:
            with suppress(RuntimeError):  # the loop is closed: the app has ended
                loop.call_soon_threadsafe(self.leave, status, context=within)

        self.signals.then(leave)
        if files.WINDOWS:
            # Deferred for start-up speed: needed on Windows alone.
            from ftop_tui.services.console_closing import listen  # noqa: PLC0415

            self._console_events = listen(leave)  # kept, or Windows calls what is gone

    def leave(self, code: int) -> None:
        """Save what can be saved, then end with an exit status, whatever happens.

        Of several that are asked for the first one counts: its saving is not to be disturbed.
        """
        if self.is_running and not self._exit and self._ending is None:
            self._ending = asyncio.create_task(self._save_and_leave(code))

    async def _save_and_leave(self, code: int) -> None:
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._take_last_keys(), _LAST_KEYS)
            await self._save_all()
        except FtopError as error:
            self._last_words.append(f"not saved: {error.message}")
        except Exception as error:  # a defect; the signal's end goes on all the same
            self._last_words.append(last_words(error, debug=self.debug_errors))
        finally:
            self.signals.saved()
            self.exit(code, return_code=code)

    async def _take_last_keys(self) -> None:
        """Wait until what was typed by now stands in its field."""
        while not getattr(self._driver, "read_up", True):
            await asyncio.sleep(0.005)
        await self.ahead.caught_up()

    async def _save_all(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, FtopScreen):  # first, for its writing would hold the saving up
                await screen.stop_work()
        try:
            for screen in reversed(self.screen_stack):
                # One that is only being put together has no field to look at, and nothing typed.
                if isinstance(screen, FtopScreen) and screen.is_mounted:
                    await screen.save_now()
        finally:  # what is typed into a dialog is kept whatever becomes of the screens
            if "unfinished" in vars(self):  # else nothing was typed
                await self.unfinished.save_now()

    async def action_quit(self) -> None:
        """Save what is typed, then leave; where that fails, ask first."""
        with suppress(TimeoutError):  # the keys before this one may be on their way to the field
            await asyncio.wait_for(self.ahead.reached(), _LAST_KEYS)
        try:
            await self._save_all()
        except FtopError as error:
            # Deferred for start-up speed: seldom needed.
            from ftop_tui.widgets.dialogs import Confirm  # noqa: PLC0415

            question = Confirm(
                "Not everything could be saved", error.message, yes="Leave anyway", no="Stay",
                danger=True, details=error.details,
            )  # fmt: skip
            self.push_screen(question, lambda leave: self._quit() if leave else None)
        else:
            self._quit()

    def _quit(self) -> None:
        if self._ending is None:  # else it is on its way to the end already, with its own status
            self.exit(0)

    def fail(self, error: Exception) -> None:
        """End over an error: one line on stderr, and the exit status that belongs to it."""
        if isinstance(error, StoreError):
            # Deferred for start-up speed: asked for only when something is wrong.
            from ftop_tui.services.backups import offer  # noqa: PLC0415

            error = offer(self.context, error)
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Say no values; save what can still be saved."""
        closing = self._exit or self._ending is not None
        if closing and isinstance(error, _CLOSED_UNDER):  # all is saved, and the status is set
            return
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = error.exit_status if isinstance(error, FtopError) else 1
        self._last_words.append(last_words(error, debug=self.debug_errors))
        if not self.is_running:
            self._close_messages_no_wait()
        elif self._ending is None:  # else it is on its way to the end already
            self._ending = asyncio.create_task(self._save_and_close())

    async def _save_and_close(self) -> None:
        """Save what can still be saved of an app that is broken, then close it in any case."""
        try:
            await asyncio.wait_for(self._save_all(), _LAST_CHANCE)
        except Exception as error:  # whatever it is: the error that ends the app is told already
            said = error.message if isinstance(error, FtopError) else type(error).__name__
            self._last_words.append(f"not everything could be saved: {said}")
        finally:
            self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print what ended the app, once the terminal is itself again."""
        with suppress(OSError):  # the terminal is gone
            for line in self._last_words:
                print(f"ftop-tui: error: {line}", file=sys.stderr, flush=True)
        self._last_words.clear()
        self._exit_renderables.clear()


def last_words(error: Exception, *, debug: bool) -> str:
    """What is said of an error that ends the app: never the values that it happened to."""
    if isinstance(error, FtopError):
        said = " ".join((error.message, *error.details))
    else:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        said = f"a defect in ftop-tui ({type(error).__name__}{place}); --debug says more"
    if debug:
        said = f"{said}\n{traced(error)}"
    return said
