"""Full-text search over the texts of notes, by plain sqlite3 and FTS5.

Any text is a query. What FTS5 would read as its own language (quotes, AND, a leading minus) is only
text here: each word goes in as a quoted phrase. FTS5 knows neither symbols nor scripts that write
no blanks between words: what holds these (`c++`, `AT&T`, an emoji) is looked for letter by letter
as well, without case in ASCII.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.values import NoteState
from ftop_tui.store.read_model import NOTE_COLUMNS, summary
from ftop_tui.text import clean

Span = tuple[int, int]
"""From a character to before another."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Mark a hit in what SQLite gives; migration 0002 sees to it that no text holds them."""

_MARK = re.compile(f"([{_OPEN}{_CLOSE}])")
_DAY = "coalesce(n.posted_on, substr(n.updated_at, 1, 10))"
"""The day of a note: when it was posted, of a draft when it was written last."""

_SORTED = 2000
"""So many notes are sorted by their day."""

_SNIPPET_WORDS = 24
_AROUND = 60
"""Characters of a snippet before a word that was found letter by letter."""
_SNIPPET_CHARACTERS = 220

_LIKE = re.compile("(?=[!%_])")
"""Before what LIKE does not take as a letter."""

_SYMBOLS = re.compile(r"[&+#%@$€£*=^~<>|\\/_]")
"""Symbols that make another word of one: c++ is not c. Of other symbols FTS5 may make blanks."""

_PUNCTUATION = ".,;:!?'\"()[]{}-"

_SOLID = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Scripts that write no blanks between words; FTS5 takes a whole run of them for one word."""


class NoteFilter(NamedTuple):
    """What a note must be beside holding the words; None narrows nothing, an empty set all."""

    kinds: Collection[str] | None = None
    tenants: Collection[str] | None = None
    """Tenant ids."""
    tags: Collection[str] | None = None
    since: date | None = None
    """Its day or later: the day it was posted, of a draft the day it was written last."""
    until: date | None = None
    state: NoteState | None = None


class Found(NamedTuple):
    """A note that fits, with the part of its text that does; `spans` of it are what was found."""

    note: NoteSummary
    tenant_name: str
    snippet: str
    spans: tuple[Span, ...]


class _Words(NamedTuple):
    """A query taken apart: an FTS5 expression, and what is looked for letter by letter."""

    match: str
    literals: tuple[str, ...]


def find_notes(
    connection: sqlite3.Connection, text: str, narrow: NoteFilter, limit: int
) -> list[Found]:
    """The notes that hold all the words, by their day, newest first; without words, the newest.

    The last word may be the beginning of one. Case and accents do not count. Where very many notes
    fit, these are the newest of those that came into the store last: that order the index gives at
    once, and no key waits for the days of a hundred thousand notes.
    """
    words = _words_of(text)
    where, values = _conditions(narrow, words)
    source, shown = "note_row r", "NULL"
    if words.match:
        source = "note_search s CROSS JOIN note_row r ON r.row = s.rowid"
        shown = f"snippet(note_search, 0, char(2), char(3), '…', {_SNIPPET_WORDS})"
        where.append("note_search MATCH :match")
        values["match"] = words.match
    order = "s.rowid" if words.match else "r.row"
    source = f"FROM {source} CROSS JOIN note n ON n.id = r.note_id WHERE {' AND '.join(where)}"
    newest = connection.execute(
        f"SELECT row FROM (SELECT r.row AS row, {_DAY} AS day {source} "  # noqa: S608 - our own
        f"ORDER BY {order} DESC LIMIT {_SORTED}) ORDER BY day DESC, row DESC LIMIT :limit",
        {**values, "limit": limit},
    )
    places = {row: place for place, (row,) in enumerate(newest)}
    rows = connection.execute(
        f"SELECT r.row, {NOTE_COLUMNS}, (SELECT name FROM tenant WHERE id = n.tenant_id), {shown} "  # noqa: S608
        # The plus keeps FTS5 from looking each of them up by itself, which takes far longer.
        f"{source} AND {order} >= :first AND +{order} IN (SELECT value FROM json_each(:rows))",
        {**values, "first": min(places, default=0), "rows": json.dumps(list(places))},
    ).fetchall()
    rows.sort(key=lambda row: places[row[0]])
    return list(_found((row[1:] for row in rows), words.literals))


def _words_of(text: str) -> _Words:
    phrases: list[str] = []
    literals: list[str] = []
    begun = False
    for word in clean(text).split():
        begun = False
        if _SOLID.search(word) or not any(map(str.isalnum, word)):
            literals.append(word)
            continue
        if _SYMBOLS.search(word):
            literals.append(word.strip(_PUNCTUATION))
        else:
            begun = word[-1].isalnum()
        phrases.append('"' + word.replace('"', '""') + '"')
    if begun:
        phrases[-1] += "*"
    return _Words(" AND ".join(phrases), tuple(literals))


def _conditions(narrow: NoteFilter, words: _Words) -> tuple[list[str], dict[str, Any]]:
    where, values = ["1"], dict[str, Any]()
    for place, literal in enumerate(words.literals):
        where.append(f"n.text LIKE :literal{place} ESCAPE '!'")
        values[f"literal{place}"] = f"%{_LIKE.sub('!', literal)}%"
    for column, wanted in (
        ("kind", narrow.kinds),
        ("tenant_id", narrow.tenants),
        ("tag", narrow.tags),
    ):
        if wanted is not None:
            where.append(f"n.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            values[column] = json.dumps(sorted(wanted))
    if narrow.state is not None:
        where.append("n.state = :state")
        values["state"] = narrow.state.value
    for name, sign, bound in (("since", ">=", narrow.since), ("until", "<=", narrow.until)):
        if bound is not None:
            where.append(f"{_DAY} {sign} :{name}")
            values[name] = bound.isoformat()
    return where, values


def _found(rows: Iterable[Sequence[Any]], literals: Sequence[str]) -> Iterator[Found]:
    for *row, tenant_name, marked in rows:
        note = summary(tuple(row))
        if note is None:
            continue
        shown, spans = _unmarked(_excerpt(note.text, literals) if marked is None else marked)
        yield Found(
            note, tenant_name, shown, tuple(sorted({*spans, *_literal_spans(shown, literals)}))
        )


def _excerpt(text: str, literals: Sequence[str]) -> str:
    """A piece of the text around the first thing found, or its beginning."""
    plain = _MARK.sub(" ", text)
    at = min((start for start, _ in _literal_spans(plain, literals)), default=0)
    start = max(0, at - _AROUND)
    if start:
        start = plain.find(" ", start, at) + 1 or start
    end = start + _SNIPPET_CHARACTERS
    return ("…" if start else "") + plain[start:end] + ("…" if end < len(plain) else "")


def _unmarked(marked: str) -> tuple[str, list[Span]]:
    """A snippet on one line without its marks, and the spans that these held."""
    said = ""
    spans: list[Span] = []
    start: int | None = None
    for part in _MARK.split(marked):
        if part == _OPEN:
            start = len(said)
        elif part == _CLOSE:
            if start is not None and start < len(said):
                spans.append((start, len(said)))
            start = None
        else:
            line = re.sub(r"\s+", " ", clean(part))
            said += line.lstrip() if not said or said.endswith(" ") else line
    return said.rstrip(), spans


def _literal_spans(text: str, literals: Sequence[str]) -> Iterator[Span]:
    for word in literals:
        for found in re.finditer(re.escape(word), text, re.IGNORECASE):
            yield found.span()
