"""What platforms do differently with files and paths, each with its twin.

Nothing here is asked of the platform at a call: `WINDOWS` is, so that a test can say it is another.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path, PurePath
from urllib.parse import quote

WINDOWS = os.name == "nt"

BESIDE = ("-wal", "-shm", "-journal")
"""How the names of what SQLite keeps beside a database end, after the database's own."""

_building: set[Path] = set()

_NO_NAME = frozenset({errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL})
_FULL_SYNC = "F_FULLFSYNC"
_TRIES = 40
_PAUSE_SECONDS = 0.05


def at_home(path: Path) -> Path:
    """A path as typed, with the home that `~` stands for; where there is none it stays as it is."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def impossible(path: Path) -> str | None:
    """Why no file can have that path, as the system says it; None where one can.

    `Path.exists` raises for a name that is too long, and says no of one that holds a NUL.
    """
    try:
        os.lstat(path)
    except ValueError as error:
        return str(error)
    except OSError as error:
        return error.strerror if error.errno in _NO_NAME else None
    return None


def replace(source: Path, target: Path) -> None:
    """Move a file to a place, over what is there.

    Windows refuses as long as any program has either open. A virus scanner or an indexer has it for
    a moment, which is waited out; Excel has it for longer, which is said.

    Raises:
        OSError: it cannot be moved; both are as they were.
    """
    _when_free(lambda: source.replace(target))


def remove(path: Path) -> None:
    """Delete a file, if it is there; on Windows as `replace` does.

    Raises:
        OSError: it cannot be deleted.
    """
    _when_free(lambda: path.unlink(missing_ok=True))


def _when_free(act: Callable[[], object]) -> None:
    for left in reversed(range(_TRIES if WINDOWS else 1)):
        try:
            act()
        except PermissionError as error:
            if not WINDOWS:
                raise
            if not left:
                said = "another program has it open; close it there and try again"
                raise PermissionError(error.errno, said) from error
            time.sleep(_PAUSE_SECONDS)
        else:
            return


@contextmanager
def being_built(path: Path) -> Iterator[None]:
    """While it lasts a file is built that is to take another name; then it goes, where it has not.

    So does what SQLite keeps beside it.
    """
    _building.add(path)
    try:
        yield
    finally:
        for leftover in _parts(path):
            leftover.unlink(missing_ok=True)
        _building.discard(path)


def drop_parts() -> None:
    """Delete what is being built: the process is brought to an end, and nobody else would."""
    for path in tuple(_building):
        for part in _parts(path):
            with suppress(OSError):  # gone, or on Windows still open
                part.unlink()


def _parts(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{escape(path.name)}*"))


def make_folder(path: Path) -> None:
    """Make a folder where there is none, and those above it: each for its owner alone.

    `mkdir` leaves those above it to the umask.

    Raises:
        OSError: it cannot be made, or something else is in its place.
    """
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def sync(path: Path) -> None:
    """Have a file that was written reach the disk; Windows syncs only what is open to be written.

    Raises:
        OSError: the disk is full or gone.
    """
    with path.open("r+b") as file:
        flush(file.fileno())


def flush(handle: int) -> None:
    """Have what was written to an open file reach the disk itself.

    On macOS `fsync` leaves it in the drive's own memory; a call of its own does not. Where the file
    system knows no such call, as on a share, `fsync` is all there is.

    Raises:
        OSError: the disk is full or gone.
    """
    try:
        # Deferred for start-up speed: needed where something is written. Windows has none.
        import fcntl  # noqa: PLC0415

        fcntl.fcntl(handle, getattr(fcntl, _FULL_SYNC))
    except (ImportError, AttributeError, OSError):
        os.fsync(handle)


def quoted(path: PurePath | str) -> str:
    """A path as it is typed in a shell: `Application Support` would be two words otherwise."""
    text = str(path)
    if not WINDOWS:
        # Deferred for start-up speed: only what is said of a path needs it.
        import shlex  # noqa: PLC0415

        return shlex.quote(text)
    return f'"{text}"' if any(not (c.isalnum() or c in "\\/:._-~") for c in text) else text


def sqlite_uri(path: PurePath, query: str) -> str:
    """An absolute path as SQLite takes it as a URI, with what is to hold of the connection.

    SQLite refuses `file://server/share`, which is how Python writes a Windows share.
    """
    text = path.as_posix()
    rooted = text if text.startswith("/") else f"/{text}"
    return f"file://{quote(os.fsencode(rooted), safe='/:')}?{query}"
