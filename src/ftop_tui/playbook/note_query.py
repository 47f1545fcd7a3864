"""The search's query: words to find, and keys such as `kind:overall`, as they are typed."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.days import month_end
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.text import clean_line, fold

KEYS = {
    "kind:": "entitlement, overall, exec-summary, enterprise",
    "tag:": "the workload of an entitlement note",
    "tenant:": 'a part of the name; with blanks in quotes: tenant:"coho winery"',
    "since:": "this day or later: 2026-11-21, 2026-11, or 2026",
    "until:": "this day or earlier",
    "draft": "drafts only",
    "posted": "posted notes only",
}
"""What may be typed beside plain words, for help and completion."""

_PART = re.compile(r'(?P<key>[A-Za-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))|(?P<word>\S+)')
_DAY = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")


class NoteQuery(NamedTuple):
    """What is looked for: words, and what the note must be beside; None and "" narrow nothing."""

    words: str = ""
    """The plain words, one blank between them."""
    kinds: tuple[NoteKind, ...] | None = None
    """The kinds that a note may have; empty where the text fits none."""
    tag: str = ""
    """The beginning of a workload's name, folded."""
    tenant: str = ""
    """A part of a tenant's name, folded."""
    since: date | None = None
    until: date | None = None
    state: NoteState | None = None
    unread: tuple[str, ...] = ()
    """Keys whose value is no day (yet): they narrow nothing."""


def parse(text: str) -> NoteQuery:
    """The query that a text means. Any text is one; of a key typed twice the last counts."""
    words: list[str] = []
    query = NoteQuery()
    for part in _PART.finditer(clean_line(text)):
        key, word = fold(part["key"] or ""), part["word"] or part[0]
        if f"{key}:" in KEYS:
            value = fold(part["plain"] if part["quoted"] is None else part["quoted"])
            query = _READ[key](query, value) if value else query
        elif (state := _STATES.get(fold(word))) is not None:
            query = query._replace(state=state)
        else:
            words.append(word)
    return query._replace(words=" ".join(words))


_STATES = {state.value: state for state in NoteState}


def _kind(query: NoteQuery, value: str) -> NoteQuery:
    wanted = value.replace("_", "-")
    return query._replace(kinds=tuple(k for k in NoteKind if k.value.startswith(wanted)))


def _tag(query: NoteQuery, value: str) -> NoteQuery:
    return query._replace(tag=value)


def _tenant(query: NoteQuery, value: str) -> NoteQuery:
    return query._replace(tenant=value)


def _since(query: NoteQuery, value: str) -> NoteQuery:
    days = _days(value)
    return query._replace(since=days[0]) if days else _unread(query, "since:")


def _until(query: NoteQuery, value: str) -> NoteQuery:
    days = _days(value)
    return query._replace(until=days[1]) if days else _unread(query, "until:")


def _unread(query: NoteQuery, key: str) -> NoteQuery:
    return query._replace(unread=(*query.unread, key))


def _days(text: str) -> tuple[date, date] | None:
    """The first and the last day of a day, month or year; None where the text is none."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year, month, 1), month_end(date(year, month, 1))
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


_READ: Mapping[str, Callable[[NoteQuery, str], NoteQuery]] = {
    "kind": _kind,
    "tag": _tag,
    "tenant": _tenant,
    "since": _since,
    "until": _until,
}
