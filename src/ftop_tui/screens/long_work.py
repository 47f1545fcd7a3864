"""Work that takes long: in a thread of its own, seen on the screen, ended with the app."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

from ftop_tui.progress import Progress, Work

Result = TypeVar("Result")

LAST_WAIT_SECONDS = 5.0
"""How long the end of the app waits for work that was called off to put things in order."""


class LongWork:
    """A call in a thread that may be called off.

    The thread keeps no process alive: one that does not end in time ends with it, like work that is
    killed, which leaves a store and a file whole.
    """

    def __init__(self) -> None:
        self.work = Work()
        self._ended = asyncio.Event()

    async def run(self, call: Callable[[Progress], Result]) -> Result:
        """What the call gives; it is told to end where this is cancelled.

        Raises:
            CalledOffError: it was called off. Whatever else the call raises.
        """
        loop = asyncio.get_running_loop()
        given: asyncio.Future[Result] = loop.create_future()

        def settle(result: Result | None, error: BaseException | None) -> None:
            self._ended.set()
            if given.done():
                return
            if error is not None:
                given.set_exception(error)
            else:
                given.set_result(result)  # type: ignore[arg-type]  # of the call, where none failed

        def in_thread() -> None:
            result, error = None, None
            try:
                result = call(self.work)
            except BaseException as raised:  # told to whoever waits, on the loop's own thread
                error = raised
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, result, error)

        Thread(target=in_thread, name="ftop-tui-work", daemon=True).start()
        try:
            return await given
        finally:
            self.work.call_off()  # nothing to say to a call that has ended

    async def stop(self) -> None:
        """Call it off, and wait until it has put things in order, though not for ever."""
        self.work.call_off()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), LAST_WAIT_SECONDS)
