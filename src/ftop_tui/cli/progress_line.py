"""One line on a terminal that tells how far long work is; Ctrl+C calls the work off."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ftop_tui.progress import Progress, Work

_AFTER = 1.0
"""Seconds that work may take before anything is said."""
_EVERY = 0.1
"""Seconds between two looks of the line."""


@contextmanager
def watched(doing: str, *, quiet: bool = False) -> Iterator[Progress]:
    """The progress of work that somebody waits for, `doing` said: `Importing`.

    Where stderr is a terminal, work of more than a second shows one line there, which is gone when
    it is done; `quiet` shows none. Ctrl+C ends the work where it next tells how far it is, so that
    it is done or undone, never half done; a second Ctrl+C ends it at once.

    Raises:
        CalledOffError: Ctrl+C was pressed; nothing was changed.
    """
    work = Work()
    shows = not quiet and sys.stderr.isatty()
    with _calling_off(work):
        line = _Line(doing, work)
        try:
            yield line if shows else work
        finally:
            line.clear()


class _Line:
    """The line, which hears how far the work is."""

    def __init__(self, doing: str, work: Work) -> None:
        self._doing = doing
        self._work = work
        self._next = time.monotonic() + _AFTER
        self._width = 0

    def __call__(self, part: float) -> None:
        """Be told the part that is done, and show it now and then."""
        self._work(part)
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _EVERY
            text = f"{self._doing}: {part:.0%} (Ctrl+C calls it off)"
            self._draw(text.ljust(self._width))
            self._width = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._draw(" " * self._width + "\r")

    def _draw(self, text: str) -> None:
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()


@contextmanager
def _calling_off(work: Work) -> Iterator[None]:
    """While it lasts, Ctrl+C calls the work off; only the main thread hears of keys."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def asked(*_: object) -> None:
        if work.called_off:
            raise KeyboardInterrupt
        work.call_off()

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
