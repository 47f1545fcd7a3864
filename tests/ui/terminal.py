"""The app as a process in a terminal of its own."""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from ftop_tui.services.context import Context

ENTITLEMENT = "entitlement.EntitlementScreen('t00000', 'EXO')"


class Terminal:
    """The app as a process in a pseudo-terminal of 120 x 40, a screen on top of the list."""

    def __init__(self, context: Context, tmp_path: Path, screen: str = ENTITLEMENT) -> None:
        import fcntl  # noqa: PLC0415 - none of these is on Windows
        import pty  # noqa: PLC0415
        import struct  # noqa: PLC0415
        import termios  # noqa: PLC0415

        script = (
            "import sys; from ftop_tui.bootstrap import make_context;"
            "from ftop_tui.app import FtopApp;"
            "from ftop_tui.screens import entitlement, escalation_form, tenant_form, transfer;"
            "context = make_context(data_dir=sys.argv[1], today='2026-11-21');"
            "app = FtopApp(context);"
            f"app.call_later(lambda: app.push_screen({screen}));"
            "app.run(); sys.exit(app.return_code or 0)"
        )
        environment = {
            **os.environ,
            "FTOP_TUI_CONFIG_DIR": str(tmp_path / "config"),
            "TERM": "xterm-256color",
        }
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            data = str(context.store.parent)
            os.execve(sys.executable, [sys.executable, "-c", script, data], environment)  # noqa: S606
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.set_blocking(self.end, False)
        self.shown = ""

    def read(self) -> None:
        with suppress(BlockingIOError):
            self.shown += os.read(self.end, 1 << 20).decode(errors="replace")

    def wait_for(self, words: str, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while words not in self.shown:
            assert time.monotonic() < until, f"{words!r} never came: {self.shown[-2000:]!r}"
            self.read()
            time.sleep(0.02)

    def key(self, letter: str) -> None:
        os.write(self.end, letter.encode())
        self.read()

    def signal(self, number: int) -> int:
        """Send a signal; the status with which the process ended."""
        os.kill(self.pid, number)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError):  # the other end is closed
                self.read()
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                return status
            time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("the process did not end")
