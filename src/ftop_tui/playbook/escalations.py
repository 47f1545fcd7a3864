"""Escalations: raised, followed, resolved, with the log of what was done (RA-08, FR-13)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ftop_tui.errors import InputError

HEARD, NOTIFIED, PROGRESS, RESOURCE = "heard", "notified", "progress", "resource"
"""Sorts of entries; their words are in the pack."""

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LIKE_TIME = re.compile(r"[\d:.]*")


class Entry(NamedTuple):
    """A line of the log: a party heard or notified, progress, a resource brought in."""

    sort: str
    day: date
    at: str | None = None
    """The time of that day, HH:MM, where it is known (FR-13)."""
    who: str | None = None
    text: str | None = None


class Escalation(NamedTuple):
    """An escalation of a customer, with its log in the order of what happened (RA-08)."""

    id: str
    customer_id: str
    tenant_id: str | None
    """The tenant it is about; None where it is about the customer as a whole."""
    tenant_name: str
    """That tenant's name, or the winner's."""
    tag: str | None
    partner: str | None
    psm: str | None
    """The first escalation contact where a partner is part of it (FR-03)."""
    title: str
    raised_by: str | None
    raised_on: date
    internal: bool | None
    """Whether it was raised within Microsoft; None where nobody said."""
    resolved_on: date | None
    resolution: str | None
    entries: tuple[Entry, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it."""
        return self.resolved_on is None

    @property
    def origin(self) -> str:
        """Internal, external, or empty where nobody said."""
        if self.internal is None:
            return ""
        return "internal" if self.internal else "external"

    def days(self, today: date) -> int:
        """For how many days it has been open, or was."""
        return ((self.resolved_on or today) - self.raised_on).days

    def state(self, today: date) -> str:
        """Whether it is open and since when, or the day it was resolved, in words."""
        if self.resolved_on is not None:
            return f"resolved {self.resolved_on.isoformat()}"
        days = self.days(today)
        return f"open {days} day{'' if days == 1 else 's'}" if days else "open, raised today"

    def of_sort(self, sort: str) -> tuple[Entry, ...]:
        """Its entries of one sort, the earliest first."""
        return tuple(entry for entry in self.entries if entry.sort == sort)

    def summary(self, today: date) -> str:
        """It in a line: title, workload, how long it is open, the PSM of its partner (FR-03)."""
        parts = [f"{self.title} [{self.tag}]" if self.tag else self.title]
        parts.append(self.state(today))
        if self.partner:
            parts.append(f"{self.partner}, {self.psm_text}")
        return " · ".join(parts)

    @property
    def psm_text(self) -> str:
        """Who the PSM is, or that nobody knows; empty without a partner (FR-03)."""
        if not self.partner:
            return ""
        return f"PSM {self.psm}" if self.psm else "PSM not known"


def in_order(escalations: Sequence[Escalation]) -> list[Escalation]:
    """Open ones first, the oldest of them on top; then the resolved, the latest first (RA-08)."""
    still = sorted((e for e in escalations if e.is_open), key=lambda e: (e.raised_on, e.id))
    done = [e for e in escalations if not e.is_open]
    done.sort(key=lambda e: (e.resolved_on or e.raised_on, e.raised_on, e.id), reverse=True)
    return [*still, *done]


class Told(NamedTuple):
    """A party that was notified, and the time HH:MM where it is known (FR-13)."""

    who: str
    at: str | None = None


def read_time(text: str) -> str | None:
    """A time of day as HH:MM; None for an empty text (FR-13).

    Raises:
        InputError: it is no time of day.
    """
    if not text.strip():
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise InputError(f"{text.strip()!r} is no time of day; write it as HH:MM")
    return f"{int(found[1]):02}:{found[2]}"


def read_told(text: str) -> Told:
    """A notified party as it is written: WHO, or WHO@HH:MM (FR-13).

    Raises:
        InputError: nobody is named, or what follows the last @ is no time of day.
    """
    who, at, time = text.strip().rpartition("@")
    if not at or not _LIKE_TIME.fullmatch(time.strip()):
        who, time = text.strip(), ""  # an address of mail has an @ too
    elif not time.strip():
        raise InputError(f"{text.strip()!r} names no time of day after the @; write WHO@HH:MM")
    if not who.strip():
        raise InputError(f"{text.strip()!r} names nobody; write WHO or WHO@HH:MM")
    return Told(who.strip(), read_time(time))


def told_text(told: Told) -> str:
    """A notified party as `read_told` reads it."""
    return f"{told.who}@{told.at}" if told.at else told.who
