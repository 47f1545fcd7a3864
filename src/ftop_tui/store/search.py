"""Full-text search over the texts of notes, by plain sqlite3 and FTS5.

Any text is a query. What FTS5 would read as its own language (quotes, AND, a leading minus) is only
text here: each word goes in as a quoted phrase. FTS5 knows neither symbols nor scripts that write
no blanks between words: what holds these (`c++`, `AT&T`, an emoji) is looked for letter by letter
as well, without case in ASCII.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.values import NoteState
from ftop_tui.store.read_model import NOTE_COLUMNS, summary
from ftop_tui.text import clean

Span = tuple[int, int]
"""From a character to before another."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Mark a hit in what SQLite gives; migration 0004 sees to it that no text holds them."""

_MARK = re.compile(f"([{_OPEN}{_CLOSE}])")
_SPACES = re.compile(r"\s+")
_DAY = "coalesce(n.posted_on, substr(n.updated_at, 1, 10))"
"""The day of a note: when it was posted, of a draft when it was written last."""

_SORTED = 2000
"""So many notes are sorted by their day."""

_FEW = 4000
"""Up to so many notes are searched by an index made for them; it takes about 0.03 ms a note."""

_MOST_WORDS = 1000
"""So many words that begin alike are spelt out."""

_SOME = "some_notes"
_SNIPPET_WORDS = 24
_LONG = 10_000
"""Characters of a text in which the part to be shown is looked for; most notes have a tenth."""
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
    """A query taken apart: phrases of FTS5, and what is looked for letter by letter."""

    phrases: tuple[str, ...]
    begun: str | None
    """The last word where it may be the beginning of one; its phrase is the last one."""
    literals: tuple[str, ...]

    @property
    def whole(self) -> str:
        """What FTS5 looks for: the words as they are."""
        return " AND ".join(self.phrases)

    @property
    def beginning(self) -> str:
        """The same, with the last word as the beginning of one where it may be."""
        return self.whole + "*" if self.begun else self.whole


class _Asked(NamedTuple):
    """A question to a store: what a note must be, and how many are wanted."""

    connection: sqlite3.Connection
    words: _Words
    where: list[str]
    values: dict[str, Any]
    limit: int

    def newest(self, index: str, match: str) -> list[int]:
        """The numbers of the notes that fit, newest first; without an index, whatever they say."""
        source, where = "note n", self.where
        if index:
            source = f"{index} s CROSS JOIN note n ON n.number = s.rowid"
            where = [f"{index} MATCH :match", *where]
        found = self.connection.execute(
            f"SELECT number FROM (SELECT n.number AS number, {_DAY} AS day FROM {source} "  # noqa: S608
            f"WHERE {' AND '.join(where)} ORDER BY {'s.rowid' if index else 'n.number'} DESC "
            "LIMIT :sorted) ORDER BY day DESC, number DESC LIMIT :limit",
            {**self.values, "match": match, "sorted": max(_SORTED, self.limit),
             "limit": self.limit},
        )  # fmt: skip
        return [number for (number,) in found]

    def best(self, index: str, beginning: Callable[[], str | None]) -> list[int]:
        """Those that hold the words as they are, and where these are too few also beginnings."""
        whole = self.newest(index, self.words.whole)
        if not self.words.begun or len(whole) >= self.limit:
            return whole
        match = beginning()
        begun = self.newest(index, match) if match else []
        return list(dict.fromkeys((*whole, *begun)))[: self.limit]


def find_notes(
    connection: sqlite3.Connection, text: str, narrow: NoteFilter, limit: int
) -> list[Found]:
    """The notes that hold all the words, by their day, newest first; without words, the newest.

    The last word may be the beginning of one: where fewer notes than wanted hold it as it is, the
    newest of those in which a word begins so join them. Case and accents do not count. Where very
    many notes fit, these are the newest of those that came into the store last: that order the
    index gives at once, and no key waits for the days of a hundred thousand notes.
    """
    words = _words_of(text)
    asked = _Asked(connection, words, *_conditions(narrow, words), limit)
    some = _some(connection, narrow) if words.phrases else None
    if not words.phrases:
        numbers = asked.newest("", "")
    elif some is not None:
        with _indexed(connection, some, "text"):
            numbers = asked.best(_SOME, lambda: words.beginning)
    else:
        numbers = asked.best("note_search", lambda: _beginning(connection, words))
    marked = _snippets(connection, numbers, words) if words.phrases else {}
    rows = connection.execute(
        f"SELECT n.number, {_DAY}, {NOTE_COLUMNS}, "  # noqa: S608 - our own
        "(SELECT name FROM tenant WHERE id = n.tenant_id) "
        "FROM note n WHERE n.number IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    ).fetchall()
    rows.sort(key=lambda row: (str(row[1]), row[0]), reverse=True)  # by hand a day may be a number
    return list(_found(((*row[2:], marked.get(row[0])) for row in rows), words.literals))


def _words_of(text: str) -> _Words:
    phrases: list[str] = []
    literals: list[str] = []
    begun: str | None = None
    for word in clean(text).split():
        begun = None
        if _SOLID.search(word) or not any(map(str.isalnum, word)):
            literals.append(word)
            continue
        if _SYMBOLS.search(word):
            literals.append(word.strip(_PUNCTUATION))
        elif word[-1].isalnum():
            begun = word
        phrases.append('"' + word.replace('"', '""') + '"')
    return _Words(tuple(phrases), begun, tuple(literals))


def _beginning(connection: sqlite3.Connection, words: _Words) -> str | None:
    """The words with the last as a beginning, spelt out as the words that begin so.

    None where no other word does.

    For a beginning FTS5 gathers all notes of all these words before it gives the first one; of
    words that are spelt out it gives the newest at once. Each is found by a leap in its index.
    """
    begun = (words.begun or "").lower()
    if not (begun.isascii() and begun.isalnum()):
        return words.beginning
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.note_word "
        "USING fts5vocab(main, note_search, instance)"
    )
    known: list[str] = []
    at = begun
    while len(known) <= _MOST_WORDS:
        row = connection.execute(
            "SELECT term FROM temp.note_word WHERE term >= ? LIMIT 1", (at,)
        ).fetchone()
        if row is None or not row[0].startswith(begun):
            if not set(known) - {begun}:
                return None
            either = " OR ".join(f'"{word}"' for word in known)
            return " AND ".join((*words.phrases[:-1], f"({either})"))
        known.append(row[0])
        at = row[0] + "\x01"  # no word is between these two
    return words.beginning


def _some(connection: sqlite3.Connection, narrow: NoteFilter) -> list[int] | None:
    """The notes of a narrow filter by what the index of places knows; None where it is not."""
    where, values = _places(narrow)
    days = [
        f"(n.posted_on IS NULL OR n.posted_on {sign} :{name})"
        for name, sign, bound in (("since", ">=", narrow.since), ("until", "<=", narrow.until))
        if bound is not None and values.setdefault(name, bound.isoformat())
    ]
    if not where and not days:
        return None
    found = connection.execute(
        f"SELECT n.number FROM note n WHERE {' AND '.join((*where, *days))} LIMIT {_FEW + 1}",  # noqa: S608
        values,
    ).fetchall()
    return None if len(found) > _FEW else [number for (number,) in found]


@contextmanager
def _indexed(connection: sqlite3.Connection, numbers: Sequence[int], text: str) -> Iterator[None]:
    """Some notes, or what `text` makes of theirs, in an index in memory, while the block runs."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.{_SOME} USING fts5("
        "text, columnsize=0, tokenize='unicode61 remove_diacritics 2')"
    )
    try:
        connection.execute(
            f"INSERT INTO temp.{_SOME} (rowid, text) SELECT number, {text} FROM note_content "  # noqa: S608
            "WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        yield
    finally:
        connection.execute(f"DROP TABLE temp.{_SOME}")
        connection.commit()


def _snippets(
    connection: sqlite3.Connection, numbers: Sequence[int], words: _Words
) -> dict[int, str]:
    """The part of each note's text that fits, with marks around what was found.

    The part with most of it is chosen with an effort that grows by the square of the hits, so only
    the beginning of a long text is looked at.
    """
    with _indexed(connection, numbers, f"substr(text, 1, {_LONG})"):
        rows = connection.execute(
            f"SELECT rowid, snippet({_SOME}, 0, char(2), char(3), '…', {_SNIPPET_WORDS}) "  # noqa: S608
            f"FROM temp.{_SOME} WHERE {_SOME} MATCH ?",
            (words.beginning,),
        )
        return dict(rows.fetchall())


def _conditions(narrow: NoteFilter, words: _Words) -> tuple[list[str], dict[str, Any]]:
    where, values = ["1"], dict[str, Any]()
    for place, literal in enumerate(words.literals):
        where.append(f"n.text LIKE :literal{place} ESCAPE '!'")
        values[f"literal{place}"] = f"%{_LIKE.sub('!', literal)}%"
    places, bound_values = _places(narrow)
    where += places
    values |= bound_values
    for name, sign, bound in (("since", ">=", narrow.since), ("until", "<=", narrow.until)):
        if bound is not None:
            where.append(f"{_DAY} {sign} :{name}")
            values[name] = bound.isoformat()
    return where, values


def _places(narrow: NoteFilter) -> tuple[list[str], dict[str, Any]]:
    """What a filter says beside its days."""
    where, values = list[str](), dict[str, Any]()
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
            line = _SPACES.sub(" ", _harmless(part))
            said += line.lstrip() if not said or said.endswith(" ") else line
    return said.rstrip(), spans


def _harmless(part: str) -> str:
    """The same as `clean` gives; most of a snippet is plain text, but for lines and an ellipsis."""
    plain = part.replace("\n", " ").replace("…", "")
    return part if plain.isascii() and plain.isprintable() else clean(part)


def _literal_spans(text: str, literals: Sequence[str]) -> Iterator[Span]:
    for word in literals:
        for found in re.finditer(re.escape(word), text, re.IGNORECASE):
            yield found.span()
