"""The program: picks the app or the command line; the only module that knows both."""

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` is the larger part of what `--version` would load
if TYPE_CHECKING:
    from ftop_tui.cli.framework import OpenApp
    from ftop_tui.services.context import Context
    from ftop_tui.signals import Signals


_INTERRUPTED = 130

_TURN = 0.001
"""Seconds after which a thread that saves or reads lets a key, or the frame that answers it, pass.

Python's own 5 ms would pass up to three times before the letter stands on the screen.
"""

_GARBAGE_AFTER = 50_000
"""New objects after which garbage is looked for. Python's 700 costs a start a fifth of its time."""


def main() -> int:
    """Run ftop-tui with the process's arguments; its exit status."""
    try:
        return _run()
    except KeyboardInterrupt:  # while it starts: nothing is begun yet, and no traceback is wanted
        return _INTERRUPTED


def _run() -> int:
    gc.set_threshold(_GARBAGE_AFTER)
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from ftop_tui import __version__  # noqa: PLC0415 - nothing else is needed to say this

        print(f"ftop-tui {__version__}")
        return 0
    # Deferred for start-up speed: each way on imports only what it needs.
    from ftop_tui.cli.framework import OpenApp, complain, run  # noqa: PLC0415

    outcome = run(arguments, _make_context)
    if not isinstance(outcome, OpenApp):
        import signal  # noqa: PLC0415 - loaded by now

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Python ends; a traceback is all it could do
        return outcome
    # Deferred for start-up speed: no command needs it.
    from ftop_tui.files import drop_parts  # noqa: PLC0415
    from ftop_tui.signals import Signals  # noqa: PLC0415

    signals = Signals()
    signals.sweep = drop_parts
    signals.listen()
    try:
        if not _has_terminal():
            complain(
                "the app needs a terminal; `ftop-tui list` prints, `ftop-tui --help` tells more"
            )
            return 2
        return _open_app(outcome, signals)
    finally:
        outcome.afterwards()
        drop_parts()  # of work that was called off and has not heard of it
        signals.ignore()


def _has_terminal() -> bool:
    """Whether there are keys to read and a screen to draw on."""
    screen = sys.stdout if sys.platform == "win32" else sys.stderr  # where Textual draws
    return sys.stdin.isatty() and screen.isatty() and os.environ.get("TERM") != "dumb"


def _make_context(*, data_dir: str | None = None, today: str | None = None) -> "Context":
    from ftop_tui.bootstrap import make_context  # noqa: PLC0415 - `--help` needs none of it

    return make_context(data_dir=data_dir, today=today)


def _open_app(outcome: "OpenApp", signals: "Signals") -> int:
    # The preview repaints with Textual's frame timer: at 60 a second it would lag behind the key.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()  # what is made before the first frame stays; the app looks for garbage behind it
    sys.setswitchinterval(_TURN)
    from ftop_tui.app import FtopApp  # noqa: PLC0415

    app = FtopApp(outcome.context, debug_errors=outcome.debug, signals=signals)
    app.run()
    _let_go_of_the_terminal()
    return app.return_code or 0


def _let_go_of_the_terminal() -> None:
    """Drop what a terminal that is gone did not take: Python would end with 120 over it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
