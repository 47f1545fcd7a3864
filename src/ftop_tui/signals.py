"""The signals that tell the app to end: the first is remembered and acted on, the rest wait.

An end that does not come is brought about: nobody has to look for a process that hangs.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep

_ALWAYS = ("SIGHUP", "SIGINT", "SIGTERM")
_UNLESS_IGNORED = (
    "SIGABRT", "SIGALRM", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGVTALRM",
    "SIGXCPU",
)  # fmt: skip
"""What else would end a process where it stands, the terminal raw and the last keys unsaved."""
_KEYS = frozenset({"SIGINT", "SIGQUIT"})
"""What a terminal sends to all programs on it by a key, Ctrl+C or Ctrl+backslash."""

SAVING_SECONDS = 30.0
"""How long a signal's orderly end may take: a few writes that each wait for a locked store."""
ENDING_SECONDS = 5.0
"""How long it may take once all is saved."""


def _nothing() -> None:
    """Nothing is left to put in order."""


class Signals:
    """What the process was told. Only the first signal counts: its end is not to be disturbed."""

    def __init__(self) -> None:
        self.status = 0
        """The exit status that says which signal came; 0 while none did."""
        self.at_last: Callable[[], object] = _nothing
        """Called from another thread before an end that does not come is brought about."""
        self.sweep: Callable[[], object] = _nothing
        """Called before `at_last`: what was begun and will not be ended is to go."""
        self._then: Callable[[int], object] | None = None
        self._lent = False
        self._heard: list[int] = []
        self._told = Event()
        self._deadline = 0.0

    def listen(self) -> None:
        """From now on no signal ends the process by itself; on the main thread only."""
        if self._heard:
            return
        Thread(target=self._watch, name="ftop-tui-end", daemon=True).start()
        if sys.platform == "win32":  # the others are the console's events there
            self._heard.append(signal.SIGINT)
        else:
            others = [getattr(signal, name, signal.SIGHUP) for name in _UNLESS_IGNORED]
            used = [number for number in others if signal.getsignal(number) != signal.SIG_IGN]
            self._heard += [*(getattr(signal, name) for name in _ALWAYS), *used]
        for number in self._heard:
            signal.signal(number, self._hear)

    def ignore(self) -> None:
        """The app has ended; in the moment that Python takes to do so, its status is to stay."""
        for number in self._heard:
            signal.signal(number, signal.SIG_IGN)

    def _hear(self, number: int, _frame: object) -> None:
        if not (self._lent and signal.Signals(number).name in _KEYS):
            self.tell(number)

    def tell(self, number: int) -> None:
        """A signal came, or what is like one; from any thread."""
        if self.status:
            return
        self.status = 128 + number
        self._deadline = monotonic() + SAVING_SECONDS
        self._told.set()
        if self._then is not None:
            self._then(self.status)

    def then(self, leave: Callable[[int], object]) -> None:
        """Have this called with the exit status, at once if a signal was there before."""
        self._then = leave
        if self.status:
            leave(self.status)

    def saved(self) -> None:
        """All is saved: little is left to do."""
        self._deadline = min(self._deadline, monotonic() + ENDING_SECONDS)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While it lasts another program has the terminal: its keys' signals are meant for it."""
        self._lent = True
        try:
            yield
        finally:
            self._deadline = monotonic() + SAVING_SECONDS
            self._lent = False

    def _watch(self) -> None:
        """Bring the end about that does not come by itself."""
        self._told.wait()
        while self._lent or monotonic() < self._deadline:
            sleep(0.1)
        try:
            self.sweep()
            self.at_last()
        finally:
            os._exit(self.status)
