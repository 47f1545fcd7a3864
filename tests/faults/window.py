"""The app in a window of its own, and what it leaves of the terminal; POSIX only."""

import array
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ftop_tui.services.context import Context

PATIENCE = 60.0
"""Seconds that anything may take on a busy machine."""

PROGRAM = "import sys\nfrom ftop_tui.__main__ import main\nsys.exit(main())"

_SWITCHED = re.compile(rb"\x1b\[\?(\d+)([hl])")
_WANTED = {b"25": b"h", b"7": b"h"}
"""What is to be on in the end, a cursor and lines that wrap; all else that is switched is not."""


class Window:
    """A terminal that controls the app's session, as that of a shell does."""

    def __init__(self, context: Context, program: str = PROGRAM) -> None:
        self.master, self.slave = os.openpty()
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.before: list[Any] = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program],
            stdin=self.slave, stdout=self.slave, stderr=self.slave, cwd=Path.cwd(),
            start_new_session=True, preexec_fn=_begin,  # noqa: PLW1509 - nothing is shared there
            env={
                **os.environ, "TERM": "xterm-256color",
                "FTOP_TUI_TODAY": "2026-11-21",
                "FTOP_TUI_DATA_DIR": str(context.store.parent),
                "FTOP_TUI_CONFIG_DIR": str(context.store.parent / "none"),
            },
        )  # fmt: skip
        self.drawn = b""

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.shut()
        os.close(self.slave)

    def shut(self) -> None:
        """Close the window."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def wait(self, come: Callable[[], bool], *, draining: bool = True) -> None:
        """Wait until something has come; read what is drawn meanwhile, if `draining`."""
        until = time.monotonic() + PATIENCE
        while not come():
            assert time.monotonic() < until, self.drawn[-2000:]
            if draining and self.master >= 0 and select.select([self.master], [], [], 0.01)[0]:
                try:
                    self.drawn += os.read(self.master, 1 << 16)
                except OSError:  # nobody writes any more
                    time.sleep(0.01)
            elif not draining:
                time.sleep(0.01)

    def wait_for(self, words: bytes, times: int = 1) -> None:
        """Wait until something is drawn, so many times."""
        self.wait(lambda: self.drawn.count(words) >= times)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    def type_unseen(self, keys: str) -> None:
        """Press them on a terminal that takes nothing that is drawn, until the app has read them.

        They are on their way for a moment before they count as unread.
        """
        for key in keys:
            os.write(self.master, key.encode())
            time.sleep(0.01)
        for _ in range(20):
            self.wait(lambda: not self._unread, draining=False)
            time.sleep(0.01)

    @property
    def _unread(self) -> int:
        count = array.array("i", [0])
        fcntl.ioctl(self.slave, termios.FIONREAD, count)
        return count[0]

    def open_note(self) -> None:
        """Open a lifecycle note of the first tenant, and type a word into it."""
        self.wait_for(b"Fabrikam")
        self.type("lbegun ")  # what is typed ahead waits for the form
        self.wait_for(b"begun")

    def send(self, name: str) -> None:
        """Send the app a signal."""
        self.process.send_signal(getattr(signal, name))

    def end(self) -> int:
        """Wait for the end; the exit status."""
        self.wait(lambda: self.process.poll() is not None)
        while self.master >= 0 and select.select([self.master], [], [], 0)[0]:
            self.drawn += os.read(self.master, 1 << 16)
        return self.process.returncode

    @property
    def disorder(self) -> list[str]:
        """What the app has left of the terminal otherwise than it found it."""
        last = dict(_SWITCHED.findall(self.drawn))
        left = [f"?{mode.decode()}" for mode, to in last.items() if to != _WANTED.get(mode, b"l")]
        pushed = len(re.findall(rb"\x1b\[>\d+u", self.drawn)) - self.drawn.count(b"\x1b[<u")
        return [
            *left,
            *(["keyboard"] if pushed else []),
            *(["modes"] if termios.tcgetattr(self.slave) != self.before else []),
            *[word for word in ("Traceback", "error", "Warning") if word.encode() in self.tail],
        ]

    @property
    def tail(self) -> bytes:
        """What was written when the app had left the screen, or all where it never took it."""
        return self.drawn.rpartition(b"\x1b[?1049l")[2]


def _begin() -> None:
    """In the new process: have the terminal control it; ignore no signal that a test sends."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
