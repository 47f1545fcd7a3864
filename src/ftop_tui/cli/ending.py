"""A command that is told to end by SIGTERM or SIGHUP ends as orderly as by Ctrl+C."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130


class Ending:
    """What a command was told, if anything, and the exit status that says so."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Do what Ctrl+C does at this moment: call long work off, or interrupt."""
        self._told = number
        asked = signal.getsignal(signal.SIGINT)
        if not callable(asked):  # a shell starts what is in the background deaf to Ctrl+C
            raise KeyboardInterrupt
        asked(number, frame)

    @property
    def status(self) -> int:
        """The exit status of a command that was called off or interrupted."""
        return 128 + self._told if self._told else INTERRUPTED


@contextmanager
def orderly() -> Iterator[Ending]:
    """While it lasts SIGTERM and SIGHUP end a command in order; what is ignored stays so.

    On Windows no such signals are sent; only the main thread may hear of them.
    """
    ending = Ending()
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield ending
        return
    heard = [
        number
        for number in (signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) == signal.SIG_DFL  # `nohup` has SIGHUP ignored
    ]
    for number in heard:
        signal.signal(number, ending)
    try:
        yield ending
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)
