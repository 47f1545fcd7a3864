"""Writes files whole or not at all."""

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from ftop_tui.errors import InputError
from ftop_tui.files import BESIDE, flush, impossible, replace

_PREFIX, _SUFFIX = ".ftop-tui-", ".part"
_IN_USE_SECONDS = 3600
_STDOUT = Path("-")
"""What other programs take for their output; a file of that name is never meant."""


def write_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`: readable by its owner alone, and never half of it.

    It is written beside the target and then takes its place, so that a full disk or a lost power
    leaves the old file as it was. What is no file (a pipe, /dev/null) is written to and stays.

    Raises:
        InputError: the folder or the file cannot be written; the message names the path.
    """
    write_files({path: data})


def demand_file_name(path: Path) -> None:
    """Refuse what other programs take for their output, and what no file can be called.

    Raises:
        InputError: it is that; the message names the path.
    """
    fault = "it is no file's name" if path == _STDOUT else impossible(path)
    if fault:
        raise _refusal(path, OSError(errno.EINVAL, fault))


def write_files(files: Mapping[Path, bytes]) -> None:
    """Put several files in their places, as `write_file` does: all of them, or none.

    A program that is killed in the midst may leave hidden files of its own there; the next that
    writes into the folder sweeps them, once they are too old to be in use.

    Raises:
        InputError: one cannot be written; the message names its path.
    """
    made: list[Path] = []
    written: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            demand_file_name(path)
            if path.is_dir() or not path.exists() or path.is_file():
                written[path] = _beside(path, data)
                made.append(written[path])
        _put(written, made)
        for path, data in files.items():
            if path not in written:
                path.write_bytes(data)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from error
    finally:
        for temporary in made:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    for folder in {path.parent for path in written}:
        _sweep(folder)


def _refusal(path: Path, error: Exception) -> InputError:
    return InputError(f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}")


def _put(written: Mapping[Path, Path], made: list[Path]) -> None:
    """Let files take their places; where one cannot, or is interrupted, all is as it was."""
    before: dict[Path, Path | None] = {}
    path = Path()
    try:
        for path, temporary in written.items():
            if len(written) > 1:
                before[path] = _kept(path, made)
            replace(temporary, path)
    except BaseException as error:
        for place, old in before.items():
            if old is not None:
                replace(old, place)
            elif not written[place].exists():  # it had taken its place
                place.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refusal(path, error) from error
        raise


def _kept(path: Path, made: list[Path]) -> Path | None:
    """The file that stands in a place, under another name as well; None where there is none."""
    if not (path.exists() or path.is_symlink()):
        return None
    kept = path.with_name(f"{_PREFIX}{uuid4().hex}{_SUFFIX}")
    made.append(kept)
    try:
        os.link(path, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without links
        shutil.copy2(path, kept, follow_symlinks=False)
    return kept


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed left in a folder; what is in use is younger."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            found = left.lstat()  # a file under a second name has its old time of writing
            if time.time() - max(found.st_mtime, found.st_ctime) > _IN_USE_SECONDS:
                left.unlink()


def _beside(path: Path, data: bytes) -> Path:
    """Write the data to a file of its own in the same folder."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder; add a file's name")
    if _is_of_a_database(path):
        raise FileExistsError(errno.EEXIST, "it is a database, such as your portfolio is stored in")
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            flush(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _is_of_a_database(path: Path) -> bool:
    """Whether a store or a backup stands there, or what SQLite keeps beside one."""
    name = path.name
    for tail in BESIDE:
        name = name.removesuffix(tail)
    with contextlib.suppress(OSError), path.with_name(name).open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
    return False


_SQLITE = b"SQLite format 3\0"
"""How every database of SQLite begins."""
