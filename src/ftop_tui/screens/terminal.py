"""The terminal of Linux and macOS as Textual 8.2.8 drives it, for all that it can do to the app.

It sends bytes that are no text, goes away while something is drawn, stops reading, is stopped and
woken by others. Textual's own driver then ends without a status, waits for ever, or leaves the
terminal raw. All that is known here of its insides is in this module.
"""

import codecs
import os
import select
import signal
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Full
from threading import Lock
from typing import Any, Protocol, TextIO, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.events import Resize
from textual.geometry import Size

from ftop_tui.signals import Signals

_LOOK_SECONDS = 0.1
"""How often a thread that waits looks whether it is still wanted."""
_LAST_WRITE_SECONDS = 1.0
"""How long a terminal that reads nothing is waited for at the end."""
_IN_ORDER = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What Textual writes when it leaves."""
_AS_DRAWN = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""What it writes when it comes; the keyboard's flags are counted, and not to be set twice."""


class _Told(Protocol):
    signals: Signals


class Outlet:
    """The terminal as Textual's thread writes to it: no write fails, and none is held back.

    Python's own file would keep what a terminal that is gone did not take, and fail over it again
    when the process ends.
    """

    def __init__(self, file: TextIO, gone: Callable[[], object]) -> None:
        self._number = file.fileno()
        self._encoding, self._errors = file.encoding, file.errors or "replace"
        self._parts: list[str] = []
        self._gone: Callable[[], object] | None = gone

    def fileno(self) -> int:
        """The number of the file."""
        return self._number

    def write(self, text: str) -> None:
        """Have a text written with the next flush."""
        self._parts.append(text)

    def flush(self) -> None:
        """Write it; to nobody, once the terminal is gone."""
        left = memoryview("".join(self._parts).encode(self._encoding, self._errors))
        self._parts.clear()
        while left and self._gone is not None:
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:  # another program on the terminal has set it so
                select.select([], [self._number], [], _LOOK_SECONDS)
            except OSError:
                gone, self._gone = self._gone, None
                gone()


class Terminal(linux_driver.LinuxDriver):
    """Textual's driver, whose end always comes and leaves the terminal as it was found."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._signals = cast("_Told", app).signals
        self._outlet = Outlet(cast("TextIO", self._file), self.hang_up)
        self._file = cast("Any", self._outlet)
        self._entered = False
        """Whether the terminal is in the app's mode."""
        self._wanted = False
        """Whether it is to be, once the process goes on."""
        self._to_stop = False
        """Whether it was told to stop and has not yet; one that is woken before must not."""
        self._attrs_within: list[Any] = []
        self._reading = Lock()
        """Held while keys are read and handed on."""
        self._gone = False

    # In and out of the app's mode

    def start_application_mode(self) -> None:
        """Take the terminal; from before the first byte on a signal gives it back."""
        if self._entered:
            return
        self._wanted = True
        self._signals.listen()
        self._signals.at_last = self.abandon
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._entered = self._writer_thread is not None  # else in the background: stopped again
        if self._entered:
            with suppress(termios.error):
                self._attrs_within = termios.tcgetattr(self.fileno)

    def stop_application_mode(self) -> None:
        """Give it back."""
        self._wanted = False
        if self._entered:
            super().stop_application_mode()
            self._entered = False

    def disable_input(self) -> None:
        """Read no more keys."""
        if self._entered:
            super().disable_input()

    def close(self) -> None:
        """End the thread that writes; one that a stuck terminal holds ends with the process."""
        writer, self._writer_thread = self._writer_thread, None
        if writer is not None:
            with suppress(Full):
                writer._queue.put(None, timeout=_LAST_WRITE_SECONDS)
            writer.join(_LAST_WRITE_SECONDS)

    def write(self, data: str) -> None:
        """Have something written. At the end a terminal that reads nothing is not waited for."""
        writer = self._writer_thread
        while writer is not None:
            try:
                writer._queue.put(data, timeout=_LOOK_SECONDS)
                break
            except Full:
                if self._signals.status:
                    break

    def abandon(self) -> None:
        """Put it in order without waiting for anybody; the process ends with this."""
        taken = self._writer_thread is not None and (self._entered or self._wanted)
        if not (taken and self._in_front):
            return
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        out = self._outlet.fileno()
        if select.select([], [out], [], 0)[1]:
            os.write(out, _IN_ORDER.encode())

    @property
    def _in_front(self) -> bool:
        """Whether the terminal is ours to set: to a program in the background that is a stop."""
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return False

    # Stopped and woken

    @contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """While it lasts another program has the terminal."""
        with self._signals.lent(), super().no_automatic_restart():
            yield

    def _sigtstp_application(self, *_: object) -> None:
        self._to_stop = True
        # Not here: a signal may come in the midst of a write, which would then wait for itself.
        if not (self._auto_restart and self._soon(self._stop)):
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        self._to_stop = False
        if self._auto_restart:
            self._soon(self._go_on)

    def _soon(self, call: Callable[[], object]) -> bool:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:  # the loop is closed: the terminal was given back for good
            return False
        return True

    def _stop(self) -> None:
        if self._to_stop and self._entered:
            self.suspend_application_mode()
            self._wanted = self._must_signal_resume = True
        if self._to_stop:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal again if it was given back; else see that it is as it was."""
        if self._signals.status or not self._wanted:
            return
        if not self._entered:
            self.resume_application_mode()
        elif self._in_front:
            self._set_again()
        self._app.refresh(layout=True)

    def _set_again(self) -> None:
        """A shell that had the terminal meanwhile has set it its own way."""
        with suppress(termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, self._attrs_within)
        self.write(_AS_DRAWN)
        self._enable_mouse_support()
        if self._in_band_window_resize:
            self._enable_in_band_window_resize()
        size = Size(*self._get_terminal_size())
        self._app.post_message(Resize(size, size))

    # Keys

    def run_input_thread(self) -> None:
        """Read keys until the app ends, or the terminal is gone."""
        parser = XTermParser(self._debug)
        # A terminal set to Latin-1 sends bytes that are no UTF-8, and so does what is pasted.
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while not (self.exit_event.is_set() or self._gone):
            ready = select.select([self.fileno], [], [], _LOOK_SECONDS)[0]
            with self._reading:
                text = decode(self._read()) if ready else ""
                for event in parser.feed(text) if text else ():  # no text is the end to it
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        with suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _read(self) -> bytes:
        try:
            data = os.read(self.fileno, 1 << 16)
        except BlockingIOError:  # another program on the terminal has set it so, and read it
            return b""
        except OSError:
            self.hang_up()
            return b""
        if not data and not os.isatty(self.fileno):
            self.hang_up()
        elif not data:  # Ctrl+D, where another program has set the terminal to lines
            time.sleep(_LOOK_SECONDS)
        return data

    def hang_up(self) -> None:
        """The terminal is gone: the same as its signal, which not every program is sent."""
        self._gone = True
        self._signals.tell(signal.SIGHUP)

    @property
    def read_up(self) -> bool:
        """Whether the app has all that was typed by now."""
        if not self._reading.acquire(blocking=False):
            return False
        try:
            ended = self._gone or not self._entered
            return ended or not select.select([self.fileno], [], [], 0)[0]
        finally:
            self._reading.release()

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # Textual's own way out tells no status and saves nothing
            self._app.call_later(self._app._handle_exception, error)
