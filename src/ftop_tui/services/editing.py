"""Hands a text to the writer's own editor and takes back what it has become."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType

from ftop_tui import files
from ftop_tui.errors import InputError
from ftop_tui.text import clean

VARIABLES = ("VISUAL", "EDITOR")
"""Where the editor is named, in the order in which they are asked."""

_OPEN = ".editing-"
"""Begins the name of the folder that holds a text while an editor has it."""
_KEPT = timedelta(days=30)
"""How long a text is kept whose editor outlived the app; as with what was typed and not taken."""

_NEW_CONSOLE = 0x10
"""CREATE_NEW_CONSOLE, which `subprocess` knows on Windows alone."""

Run = Callable[[Sequence[str]], int]
"""Runs a command until it ends; its exit status."""


def editor(environment: Mapping[str, str], *, windows: bool) -> tuple[str, ...]:
    """The editor's command, from `$VISUAL`, else `$EDITOR`; on Windows Notepad without either.

    Raises:
        InputError: none is named, or its quotes do not close; the message names the variable.
    """
    name = next((name for name in VARIABLES if environment.get(name, "").strip()), None)
    if name is None and windows:
        return ("notepad",)
    if name is None:
        raise InputError(
            "no editor is named: set VISUAL or EDITOR, for example EDITOR=nano, and start again"
        )
    if windows and Path(environment[name].strip()).is_file():  # with blanks, as in Program Files
        return (environment[name].strip(),)
    try:
        parts = shlex.split(environment[name], posix=not windows)
    except ValueError as error:
        raise InputError(f"{name} cannot be read as a command: {error}") from error
    return tuple(part.strip('"') for part in parts) if windows else tuple(parts)


def run(command: Sequence[str]) -> int:
    """Run a command in this terminal until it ends; an interrupt is the editor's alone.

    Raises:
        InputError: it cannot be started.
    """
    return _run(command)


def run_in_a_window(command: Sequence[str]) -> int:
    """Run a command in a console of its own until it ends: Windows cannot hand over the app's.

    Raises:
        InputError: it cannot be started.
    """
    return _run(command, creationflags=_NEW_CONSOLE)


def _run(command: Sequence[str], creationflags: int = 0) -> int:
    # Windows starts `code` only by its whole name, which is `code.cmd`.
    program = shutil.which(command[0]) if files.WINDOWS else None
    call = (program or command[0], *command[1:])
    try:
        with _deaf_to_interrupts():
            done = subprocess.run(call, check=False, creationflags=creationflags)  # noqa: S603 - the user named it
            return done.returncode
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"the editor {command[0]} cannot be started: {reason}") from error


def edited(text: str, place: Path, command: Sequence[str], run_editor: Run = run) -> str:
    """What the writer made of a text in an editor, made harmless.

    The text lies in a private file meanwhile, in a folder of its own that goes with what the editor
    leaves beside it. That is within `place`, where `left_open` finds it after a kill: no temporary
    file keeps a customer's text.

    Raises:
        InputError: no file can be made, or the editor failed, or left nothing that can be read; the
            text is as it was.
    """
    with _folder_in(place) as folder:
        file = folder / "note.md"
        given = text if text.endswith("\n") or not text else f"{text}\n"
        _write_private(file, given)
        status = run_editor((*command, str(file)))
        if status:
            raise InputError(
                f"the editor {command[0]} ended with {status}; the text is as it was before"
            )
        try:
            became = file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                "what the editor saved cannot be read as UTF-8; the text is as it was before"
            ) from error
    became = clean(became)
    return became if text.endswith("\n") else became.rstrip("\n")


@contextmanager
def _folder_in(place: Path) -> Iterator[Path]:
    try:
        files.make_folder(place)
        folder = tempfile.TemporaryDirectory(prefix=_OPEN, dir=place, ignore_cleanup_errors=True)
    except OSError as error:
        raise InputError(f"{place}: cannot be written: {error.strerror}") from error
    with folder as name:
        yield Path(name)


def sweep(place: Path) -> None:
    """Remove what has been left open for so long that nobody will come back for it."""
    for left in left_open(place):
        with suppress(OSError):  # another program may do the same right now
            if time.time() - left.stat().st_mtime > _KEPT.total_seconds():
                shutil.rmtree(left, ignore_errors=True)


def left_open(place: Path) -> list[Path]:
    """What an editor of an app that was killed had open, or has now: it holds text of a note."""
    return sorted(place.glob(f"{_OPEN}*"))


def _write_private(file: Path, text: str) -> None:
    """Only the user may read it, from its first byte on."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(text.encode())


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl+C reaches all that share the terminal; it is meant for the editor."""

    def ignore(_signal: int, _frame: FrameType | None) -> None:
        """A handler, for an ignored signal would be ignored by the editor too."""

    before = signal.signal(signal.SIGINT, ignore)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
