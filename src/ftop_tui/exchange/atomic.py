"""Writes a file whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from ftop_tui.errors import InputError


def write_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`: readable by its owner alone, and never half of it.

    It is written beside the target and then takes its place, so that a full disk or a lost power
    leaves the old file as it was. What is no file (a pipe, /dev/null) is written to and stays.

    Raises:
        InputError: the folder or the file cannot be written; the message names the path.
    """
    temporary: str | None = None
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(prefix=".ftop-tui-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
