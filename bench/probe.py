"""Watches a program through a pseudo-terminal: when its text appears, and what a key costs.

The program gets a terminal of 120 by 40 cells that knows synchronized output (mode 2026), as
today's terminals do: so the end of a frame is known to the byte.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from bench.screen import Screen

COLUMNS, ROWS = 120, 40
PATIENCE = 20.0
"""Seconds after which something that has not appeared never will."""

_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
_ASKED, _ANSWER = "\x1b[?2026$p", b"\x1b[?2026;2$y"
_KEPT = 1 << 16
_RESTING, _IDLE = 0.5, 0.05


class NotSeenError(Exception):
    """What was waited for did not appear."""


class Memory(NamedTuple):
    """Resident and proportional set of a process, in MiB."""

    resident: float
    proportional: float


Seen = Callable[["Probe"], bool]
"""Whether what is waited for has come; asked when no frame is half drawn."""


def holds(*texts: str, column: int = 1) -> Seen:
    """All of these texts stand on the screen, from that column on."""
    return lambda probe: all(text in probe.screen.text(column) for text in texts)


def a_frame(probe: "Probe") -> bool:
    """Anything was drawn since the key."""
    return bool(probe.drawn)


class Probe:
    """A program in a terminal of its own. Times are seconds of the machine's monotonic clock."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        self.screen = Screen(COLUMNS, ROWS)
        self.drawn = ""
        """The end of what was written to the terminal since the last key."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.began = time.perf_counter()
        with warnings.catch_warnings():
            # Newer Pythons warn of forking beside threads; the child turns into another program.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process, self._terminal = pty.fork()
        if self.process == 0:
            _become(command, environment, folder)
        self._running = True
        self._came = self.began
        """The instant at which the latest of what was drawn had come."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # What is drawn

    def wait_for(self, seen: Seen, patience: float = PATIENCE) -> float:
        """The instant at which the frame that holds it was whole.

        Raises:
            NotSeenError: it does not come, or the program ended.
        """
        last = time.perf_counter()
        limit = last + patience
        while not (self._whole and seen(self)):
            if time.perf_counter() > limit:
                raise NotSeenError(f"not seen in time:\n{self.screen.text()}")
            if self._read(0.1):
                last = self._came
        return last

    def press(self, keys: str, seen: Seen = a_frame) -> float:
        """Type, and the seconds until the frame that answers is whole."""
        self.drawn = ""
        begun = time.perf_counter()
        os.write(self._terminal, keys.encode())
        return self.wait_for(seen) - begun

    def settle(self, quiet: float = 0.15, most: float = 5.0) -> None:
        """Wait until nothing was drawn for so many seconds."""
        limit = time.perf_counter() + most
        while self._read(quiet) and time.perf_counter() < limit:
            pass

    def changes(self, column: int) -> Seen:
        """What stands from that column on is other than now."""
        before = self.screen.text(column)
        return lambda probe: probe.screen.text(column) != before

    @property
    def _whole(self) -> bool:
        """Whether no frame is half drawn."""
        return self.drawn.rfind(_BEGIN) <= self.drawn.rfind(_END)

    def _read(self, patience: float) -> bool:
        """Take in what was drawn; False where nothing came."""
        data = b""
        while self._has_more(0 if data else patience):  # all of it, before time goes into looking
            try:
                data += os.read(self._terminal, _KEPT)
            except OSError as error:
                if data:
                    break  # its last words
                raise NotSeenError(f"the program has ended:\n{self.screen.text()}") from error
            self._came = time.perf_counter()
        if not data:
            return False
        text = self._decoder.decode(data)
        if _ASKED in text:
            os.write(self._terminal, _ANSWER)
        self.drawn = (self.drawn + text)[-_KEPT:]
        self.screen.feed(text)
        return True

    def _has_more(self, patience: float) -> bool:
        return bool(select.select([self._terminal], [], [], patience)[0])

    def rest(self, most: float = 60.0) -> None:
        """Wait until it has nothing left to do: hardly any processor time for half a second."""
        limit = time.perf_counter() + most
        while time.perf_counter() < limit:
            before = self.cpu()
            self.settle(_RESTING, _RESTING)
            if self.cpu() - before < _RESTING * _IDLE:
                return

    # What it costs

    def cpu(self) -> float:
        """Seconds of processor time that the process has used so far, in all its threads."""
        return time.clock_gettime((~self.process << 3) | 2)  # Linux: the CPU clock of a process

    def memory(self) -> Memory:
        """What it holds now, stopped at this instant."""
        os.kill(self.process, signal.SIGSTOP)
        try:
            rolled = Path(f"/proc/{self.process}/smaps_rollup").read_text()
        finally:
            os.kill(self.process, signal.SIGCONT)
        known = {name: int(kib) / 1024 for name, kib in re.findall(r"(\w+): +(\d+) kB", rolled)}
        return Memory(known["Rss"], known["Pss"])

    def stop(self) -> None:
        """End it at once: nothing of it is to run on beside the next."""
        if self._running:
            self._running = False
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            os.close(self._terminal)


def _become(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
    """Turn this forked process into the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.chdir(folder)
        os.execve(command[0], list(command), dict(environment))  # noqa: S606 - our own program
    finally:
        os._exit(127)


def first_paint(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, seen: Seen
) -> float:
    """Milliseconds from the start of a program to the frame that holds what is waited for."""
    with Probe(command, environment, folder) as probe:
        return (probe.wait_for(seen) - probe.began) * 1000
