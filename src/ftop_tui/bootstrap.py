"""The only place that wires settings, clock, pack and store."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError
from ftop_tui.exchange.pack_file import load_pack
from ftop_tui.services.context import Context
from ftop_tui.settings import Paths, Settings, find_paths, load_settings
from ftop_tui.store.schema import FILE_NAME

if TYPE_CHECKING:
    from ftop_tui.store.writer import Writer


_YEARS = (1980, 2999)


def new_id() -> str:
    """A random UUID (version 4). An import makes thousands: `uuid` takes twice the time for one."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def read_today(text: str | None, where: str = "--today") -> Callable[[], date]:
    """The clock's day: a fixed one for a repeatable run, else the local calendar's.

    Raises:
        InputError: the text is no date; `where` it was given is named.
    """
    if text is None:
        return lambda: datetime.now().astimezone().date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # ISO has shorter forms, which say too little
        raise InputError(f"{where}: {text!r} is no date; write it as YYYY-MM-DD")
    if not _YEARS[0] <= day.year <= _YEARS[1]:  # clocks count on from here
        raise InputError(f"{where}: the year {day.year} cannot be meant")
    return lambda: day


def make_paths(data_dir: str | None, environment: Mapping[str, str] = os.environ) -> Paths:
    """The places in use."""
    return find_paths(environment, data_dir)


def make_context(
    *,
    data_dir: str | None = None,
    today: str | None = None,
    environment: Mapping[str, str] = os.environ,
    new_id: Callable[[], str] = new_id,
) -> Context:
    """Everything that the services need, from options and environment."""
    paths = make_paths(data_dir, environment)
    if today is None:
        day = read_today(environment.get("FTOP_TUI_TODAY") or None, "FTOP_TUI_TODAY")
    else:
        day = read_today(today)
    store = paths.data_dir / FILE_NAME

    def now() -> datetime:
        return datetime.now().astimezone()

    return Context(
        store=store,
        paths=paths,
        pack=load_pack(paths.pack),
        settings=_settings(paths, environment),
        today=day,
        now=now,
        new_id=new_id,
        writer=cache(lambda: _open_writer(store, day, now)),
    )


def _settings(paths: Paths, environment: Mapping[str, str]) -> Settings:
    settings = load_settings(paths, environment)
    if not settings.keys:
        return settings
    # Deferred for start-up speed: few have keys of their own.
    from ftop_tui.services.configuring import checked  # noqa: PLC0415

    return checked(settings, paths)


def _open_writer(store: Path, today: Callable[[], date], now: Callable[[], datetime]) -> "Writer":
    # Deferred for start-up speed: the ORM loads with the first write, or after the first paint.
    from ftop_tui.store.opening import open_writer  # noqa: PLC0415

    return open_writer(store, today, now)
