"""What follows a key, once the frame with the typed letter is on the screen."""

import asyncio
from collections.abc import Callable

from textual.widget import Widget

Step = Callable[[], None]

_BREATH = 0.001
"""Seconds of rest behind a frame, in which the thread that writes it to the terminal has its turn.

Without them it would wait for the processor until the next step is done, or five milliseconds.
"""


class Following:
    """Draws what is made of a text, each step behind a frame of its own; keys are taken together.

    A step that waits already is not asked for twice, and keeps its place: however fast one types,
    every step has its turn. All calls come on the app's own thread.
    """

    def __init__(self, screen: Widget, *steps: Step) -> None:
        self._screen = screen
        self._steps = steps
        self._due: list[Step] = []
        self._waits = False

    def soon(self) -> None:
        """Do all steps, the first one after the next frame."""
        self._due += [step for step in self._steps if step not in self._due]
        self._wait()

    def now(self) -> None:
        """Do at once what waits: a key is about to use what it shows."""
        while self._due:
            self._due.pop(0)()

    def drop(self) -> None:
        """What waits is not needed: everything is drawn anew."""
        self._due.clear()

    def _wait(self) -> None:
        if self._due and not self._waits:
            self._waits = True
            self._screen.call_after_refresh(self._next)

    async def _next(self) -> None:
        await asyncio.sleep(_BREATH)
        if not self._screen.is_attached:
            self._due.clear()
        if self._due:
            self._due.pop(0)()
            await asyncio.sleep(0)  # the widgets ask for their frame before the next step does
        self._waits = False
        self._wait()
