"""Backups: made by hand, before what changes much, and daily; thinned; put back.

They stand in the folder `backups` beside the store, each named by its instant and its reason.
"""

import os
import re
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path
from typing import ParamSpec, TypeVar

from ftop_tui.errors import FtopError, InputError, NotFoundError, StoreError
from ftop_tui.exchange.atomic import demand_file_name
from ftop_tui.files import make_folder, quoted
from ftop_tui.progress import CalledOffError, Progress, unheard
from ftop_tui.services.context import Context
from ftop_tui.services.own_files import check_target
from ftop_tui.services.thinning import is_ahead, thinned
from ftop_tui.store import backup as copies
from ftop_tui.store.outside import refuse_in_the_way
from ftop_tui.store.schema import refuse_remains

FOLDER = "backups"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{6})-([a-z-]+)\.sqlite3")
_STAMP = "%Y-%m-%dT%H%M%S"
_DAILY = "daily"
_LAST = 19
"""The lowest of priorities."""
_LEFT_BEHIND = timedelta(hours=1)
_IN_USE = timedelta(hours=1)
"""How long a restore may take with the backup that it puts back."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, by the name of its file: when it was made (UTC) and why."""

    path: Path
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the backup in force now, and where that lies which it replaced."""

    path: Path
    kept: Path | None


def folder(context: Context) -> Path:
    """Where the backups of the store are."""
    return context.paths.data_dir / FOLDER


def backups(context: Context) -> list[Backup]:
    """The backups there are, newest first; files of other names are none."""
    found = []
    for path in folder(context).glob("*.sqlite3") if folder(context).is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, at, match[2]))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def parts(context: Context) -> list[Path]:
    """What a backup or a restore that was killed left, or one has in use that runs right now.

    It holds what the store held, in part or whole. Whether it is in use nobody can tell.
    """
    beside = context.paths.data_dir.glob(f".{escape(context.store.name)}.*.new*")
    found = [*folder(context).glob(".*.new*"), *beside]
    return sorted(path for path in found if path.suffix != copies.SUM)  # a sum holds no text


def backup(context: Context, path: Path | None = None, *, progress: Progress = unheard) -> Path:
    """Write a checked backup of the store, to `path` or among the others; its path.

    Raises:
        NotFoundError: there is no store. InputError: the path cannot be written, or is the store.
        StoreError: the store is damaged or cannot be read.
    """
    if path is None:
        return _gently(_make, context, "by-hand", progress)
    _demand_store(context)
    demand_file_name(path)
    if path.exists() and path.samefile(context.store):
        raise InputError(f"{path} is the store itself; choose another place")
    check_target(context, path)
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    _gently(copies.copy_store, context.store, path, progress)
    return path


def before(context: Context, what: str) -> Path | None:
    """Back up before something that changes much, such as an import; None without a store.

    Called within the unit of work that is about to change it: what is copied is what is committed,
    and no other program writes in between.

    Raises:
        InputError, StoreError: no backup can be made, so that the change must not be either.
    """
    if not context.store.exists():
        return None
    try:
        return _make(context, f"before-{what}", unheard)
    except FtopError as error:
        said = f"no backup could be made before it, so nothing was changed: {error.message}"
        if isinstance(error, StoreError):
            raise StoreError(said, details=error.details, passing=error.passing) from error
        raise InputError(said, details=error.details) from error


def before_several(context: Context, number: int) -> Path | None:
    """Back up before several things are changed at once; a single one has undo."""
    return before(context, "bulk-change") if number > 1 else None


def daily(context: Context, progress: Progress = unheard) -> Path | None:
    """The first backup of a day, made behind the keys; None where there is one, or no store."""
    if not context.store.exists():
        return None
    day = context.now().astimezone(UTC).date()
    if any(backup.at.date() == day for backup in backups(context)):
        return None
    return _gently(_make, context, _DAILY, progress)


def _gently(work: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
    """Have something done so that keys go first, where a thread has a priority of its own.

    Those that it starts share it. Elsewhere it is done at once: on Windows a wait heeds no Ctrl+C.
    """
    if sys.platform != "linux":
        return work(*arguments, **named)
    with ThreadPoolExecutor(1, initializer=_give_way) as pool:
        return pool.submit(work, *arguments, **named).result()


def _give_way() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LAST)


def _demand_store(context: Context) -> None:
    if not context.store.exists():
        raise NotFoundError(f"there is no portfolio yet; it would be in {context.store}")


def _make(context: Context, why: str, progress: Progress) -> Path:
    """Write a backup, then thin the others and sweep what killed ones left."""
    at = _instant(context)
    path = _write(context, at, why, progress)
    with suppress(CalledOffError):  # it is made, so the rest is only left for the next
        _thin(context, at, path, lambda _part: progress(1.0))
    _sweep(folder(context), at)
    return path


def _instant(context: Context) -> datetime:
    return context.now().astimezone(UTC).replace(microsecond=0)


def _write(context: Context, at: datetime, why: str, progress: Progress = unheard) -> Path:
    _demand_store(context)
    place = folder(context)
    try:
        make_folder(place)
    except OSError as error:
        raise InputError(f"{place}: cannot be written: {error.strerror}") from error
    path = _free_name(place, at, why)
    copies.copy_store(context.store, path, progress)
    return path


def _thin(context: Context, now: datetime, new: Path, go_on: Progress) -> None:
    """Delete the backups that can go, but for the new one and what a restore puts back just now."""

    def is_good(each: Backup) -> bool:
        return each.path == new or copies.is_as_written(each.path, go_on)

    for old in thinned(backups(context), now, is_good):
        with suppress(OSError):  # on Windows another program has it open: it goes next time
            if old.path == new or _in_use(old.path, now):
                continue
            old.path.unlink()
            copies.sum_of(old.path).unlink(missing_ok=True)


def _claim(path: Path, now: datetime) -> None:
    """Keep other programs from thinning away a backup that is about to be put back."""
    with suppress(OSError):  # what may only be read nobody thins away either
        os.utime(path, (now.timestamp(), now.timestamp()))


def _in_use(path: Path, now: datetime) -> bool:
    return abs(now.timestamp() - path.stat().st_mtime) < _IN_USE.total_seconds()


def _sweep(place: Path, now: datetime) -> None:
    """Remove what a backup left behind that was killed; one that is being written is younger."""
    for path in place.glob(".*.new*"):
        if now.timestamp() - path.stat().st_mtime > _LEFT_BEHIND.total_seconds():
            with suppress(PermissionError):  # as above
                path.unlink(missing_ok=True)


def _free_name(place: Path, at: datetime, why: str) -> Path:
    """A name that no backup has yet; of two in one second the later gets the next second."""
    while (path := place / f"{at.strftime(_STAMP)}-{why}.sqlite3").exists():
        at += timedelta(seconds=1)
    return path


def newest_good(context: Context) -> Backup | None:
    """The newest backup that passes every check; None where there is none.

    One that is ahead of the clock comes after all others: its date says nothing.
    """
    now = context.now()
    for each in sorted(backups(context), key=lambda backup: is_ahead(backup, now)):
        try:
            copies.examine(each.path)
        except StoreError:
            continue  # a damaged one is passed over; `doctor` names it
        return each
    return None


def offer(context: Context, error: StoreError) -> StoreError:
    """The error with the newest good backup named, where the store itself is at fault.

    A store that is in use or may not be written needs no backup; neither does one that is not
    there.
    """
    if error.passing or not context.store.exists():
        return error
    found = newest_good(context)
    if found is None:
        return error
    return StoreError(error.message, details=[*error.details, cure_by(found)])


def cure_by(backup: Backup) -> str:
    """How to put a good backup in the place of a store that is not."""
    call = f"ftop-tui restore {quoted(backup.path)}"
    return f"the newest good backup is {backup.path}; `{call}` puts it back"


def restore(context: Context, path: Path, *, forget: Callable[[], None] = lambda: None) -> Restored:
    """Put a backup in the place of the store; what it replaces is kept among the backups.

    None is thinned away by it: the one that it was told to put back could be among them.
    `forget` is called before, to let go of connections of this process.

    Raises:
        NotFoundError: there is no such file. InputError: it is no good backup. StoreError: the
            store is in use; nothing was changed.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: there is no such file")
    if context.store.exists() and path.samefile(context.store):
        raise InputError(f"{path} is the store itself; name a backup")
    _claim(path, context.now())
    _demand_good(path)
    forget()
    kept = _keep_present(context)
    try:
        copies.put_back(path, context.store.resolve())
    except StoreError:
        if kept is not None and not context.store.exists():  # it was moved aside: the place is free
            copies.move_whole(kept, context.store.resolve())
        raise
    return Restored(path, kept)


def _demand_good(path: Path) -> None:
    """Refuse a file that is no good backup: it is the call that is wrong, not the store."""
    try:
        copies.examine(path)
    except StoreError as error:
        raise InputError(error.message, details=error.details) from error


def _keep_present(context: Context) -> Path | None:
    """Back up the store that is about to be replaced; one that cannot be is moved aside whole."""
    try:
        if not context.store.exists():
            refuse_remains(context.store)
            return None
        refuse_in_the_way(context.store)
        copies.examine(context.store)
        return _write(context, _instant(context), "before-restore")
    except StoreError as error:
        if error.passing:
            raise
        stamp = context.now().astimezone(UTC).strftime(_STAMP)
        return _set_aside(context, f"unusable-{stamp}")


def _set_aside(context: Context, name: str) -> Path:
    """Move the store among the backups, or aside where it is: a link may lead to another disk."""
    real, place = context.store.resolve(), folder(context)
    on_one_disk = real.parent.stat().st_dev == context.paths.data_dir.stat().st_dev
    return copies.set_aside(real, place if on_one_disk else real.parent, name)
