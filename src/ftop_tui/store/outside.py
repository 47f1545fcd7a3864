"""What SQLite does not tell of a store: marks at its head, and what stands in its way beside it."""

import os
import stat
from pathlib import Path

from ftop_tui import files
from ftop_tui.errors import StoreError

_HEAD = 100
_WAYS_OF_WRITING = slice(18, 20)
_TEXT_ENCODING = 59
_NEWEST_WAY = 2
_UTF8, _ENCODINGS = 1, 3
"""Of the number there SQLite heeds two bits, and takes none for UTF-8."""


def head_is_sound(path: Path) -> bool:
    """Whether the first bytes of a database say what those of every store say.

    A later way of writing makes SQLite read a file and refuse to write it; its integrity check says
    nothing of it. Only for who has no connection to the store open: closing a file lets go of all
    locks that this process has on it.
    """
    with path.open("rb", buffering=0) as file:
        head = file.read(_HEAD)
    if len(head) < _HEAD:
        return False
    known = max(head[_WAYS_OF_WRITING]) <= _NEWEST_WAY
    return known and head[_TEXT_ENCODING] & _ENCODINGS in {0, _UTF8}


def read_only(path: Path) -> list[Path]:
    """What of a store this user may only read: it, its folder, or what SQLite keeps beside it.

    The latter takes on the mode of the store, and keeps it when that is changed.
    """
    real = path.resolve()
    beside = (real.with_name(real.name + ending) for ending in files.BESIDE)
    places = [real, *(place for place in beside if place.exists()), real.parent]
    return [place for place in places if not _may_be_written(place)]


def _may_be_written(path: Path) -> bool:
    if not files.WINDOWS or path.is_dir():
        return os.access(path, os.W_OK)
    try:  # there a mode says little; and the locks of others outlive the closing of this
        os.close(os.open(path, os.O_RDWR))
    except OSError:
        return False
    return True


def in_the_way(path: Path) -> str | None:
    """What stands where SQLite keeps its own files beside a store and is none, in words; or None.

    SQLite says of it that the store is read-only, or cannot be opened.
    """
    real = path.resolve()
    for ending in files.BESIDE:
        place = real.with_name(real.name + ending)
        try:
            mode = place.lstat().st_mode
        except OSError:
            continue
        if not stat.S_ISREG(mode):
            return f"{place} is {kind(mode)}, where SQLite keeps a file of its own; move it away"
    return None


def refuse_in_the_way(path: Path) -> None:
    """Refuse a store beside which something stands in SQLite's way.

    Raises:
        StoreError: it does; it is named.
    """
    if beside := in_the_way(path):
        raise StoreError(f"{path}: {beside}. Nothing was changed.")


def kind(mode: int) -> str:
    """What something is that is no file, by its mode."""
    if stat.S_ISLNK(mode):
        return "a link"
    return "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
