"""Windows' twin of SIGHUP and SIGTERM: the console's window is closed, or its user logs off."""

import ctypes
import time
from collections.abc import Callable
from typing import Any

BREAK, CLOSE, LOGOFF, SHUTDOWN = 1, 2, 5, 6
_STATUS = {BREAK: 128 + 21, CLOSE: 128 + 1, LOGOFF: 128 + 1, SHUTDOWN: 128 + 15}
"""The exit status of each event: that of the signal which POSIX would send."""

_PATIENCE_SECONDS = 4.5
"""Windows gives a program five seconds, and ends it as soon as its handler returns."""


def answer(
    event: int, leave: Callable[[int], object], wait: Callable[[float], object] = time.sleep
) -> bool:
    """Leave in order on an event of the console; whether it was one of those.

    Windows calls this in a thread of its own. It waits there while the app saves; the end of the
    process ends the waiting.
    """
    status = _STATUS.get(event)
    if status is None:
        return False
    leave(status)
    if event != BREAK:
        wait(_PATIENCE_SECONDS)
    return True


def listen(leave: Callable[[int], object], windows: Any = ctypes) -> object:
    """Have `leave` called with an exit status when the console is closed.

    What is returned must be kept as long as that is to hold; `windows` is the module that knows
    Windows' functions.
    """
    shape = windows.WINFUNCTYPE(ctypes.c_int, ctypes.c_ulong)
    handler = shape(lambda event: int(answer(event, leave)))
    windows.WinDLL("kernel32").SetConsoleCtrlHandler(handler, 1)
    return handler
