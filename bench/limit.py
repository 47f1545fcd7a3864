"""A time limit for a family of rows: one that hangs keeps no other from its figures."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTimeError(Exception):
    """Something took longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End what takes longer, in the main thread, as soon as Python has a say again.

    Raises:
        OutOfTimeError: it did.
    """

    def over(*_: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, over)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, before)
