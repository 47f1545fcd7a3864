"""Writes files whole or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ftop_tui.errors import InputError
from ftop_tui.files import flush, replace


def write_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`: readable by its owner alone, and never half of it.

    It is written beside the target and then takes its place, so that a full disk or a lost power
    leaves the old file as it was. What is no file (a pipe, /dev/null) is written to and stays.

    Raises:
        InputError: the folder or the file cannot be written; the message names the path.
    """
    write_files({path: data})


def write_files(files: Mapping[Path, bytes]) -> None:
    """Put several files in their places, as `write_file` does: all of them, or none.

    Raises:
        InputError: one cannot be written; the message names its path.
    """
    written: dict[Path, str] = {}
    path = Path()
    try:
        for path, data in files.items():
            if path.is_dir() or not path.exists() or path.is_file():
                written[path] = _beside(path, data)
        for path, data in files.items():
            if path in written:
                replace(Path(written[path]), path)
                del written[path]
            else:
                path.write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be written: {reason}") from error
    finally:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _beside(path: Path, data: bytes) -> str:
    """Write the data to a file of its own in the same folder; its name."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder; add a file's name")
    if _is_of_a_database(path):
        raise FileExistsError(errno.EEXIST, "it is a database, such as your portfolio is stored in")
    handle, temporary = tempfile.mkstemp(prefix=".ftop-tui-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            flush(file.fileno())
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary


def _is_of_a_database(path: Path) -> bool:
    """Whether a store or a backup stands there, or what SQLite keeps beside one."""
    name = path.name
    for tail in ("-wal", "-shm", "-journal"):
        name = name.removesuffix(tail)
    with contextlib.suppress(OSError), path.with_name(name).open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
    return False


_SQLITE = b"SQLite format 3\0"
"""How every database of SQLite begins."""
