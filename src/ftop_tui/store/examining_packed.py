"""What `doctor` asks of columns that hold a small packed text of ours: can it be unpacked?

Bytes in the place of a text and texts that are no UTF-8 are named by `examining`.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping

from ftop_tui.playbook import entries
from ftop_tui.playbook.values import NoteKind
from ftop_tui.store import bodies, journal, unfinished
from ftop_tui.store.examining import OddText
from ftop_tui.store.sound import known_before

_PART = 1 << 20
"""Bytes that are unpacked at a time."""

Reads = Callable[[str], bool]
"""Whether a text can be read."""


def odd_lists(connection: sqlite3.Connection) -> Iterator[OddText]:
    """Lists in the facts behind the rank, which count as far as they can be read."""
    for name in entries.READERS:
        rows = connection.execute(
            f"SELECT tenant_id, {name} FROM tenant_facts WHERE {name} < x''"  # noqa: S608 - our own
        )
        for tenant_id, value in rows:
            if not entries.are_sound(name, value):
                yield OddText("tenant_facts", tenant_id, name)


def odd_histories(connection: sqlite3.Connection) -> Iterator[OddText]:
    """Earlier facts, which what moved is compared with."""
    rows = connection.execute(
        "SELECT tenant_id, day FROM facts_history "  # noqa: S608 - our own
        f"WHERE facts < x'' AND NOT {known_before('facts')} ORDER BY 1, 2"
    )
    for tenant_id, day in rows:
        yield OddText("facts_history", f"{tenant_id}/{day}", "facts")


def odd_steps(connection: sqlite3.Connection) -> Iterator[OddText]:
    """Steps that can be neither undone nor done again."""
    rows = connection.execute(
        "SELECT id, typeof(changes) = 'blob', length(changes) FROM step ORDER BY id"
    )
    for step, packed, size in rows.fetchall():
        if not packed or not _unpacks(connection, step, size):
            yield OddText("step", str(step), "changes")


def _unpacks(connection: sqlite3.Connection, step: int, size: int) -> bool:
    """Whether a step's bytes are its changes; many are only seen to be a whole packed list."""
    with connection.blobopen("step", "changes", step, readonly=True) as packed:
        if size < _PART:
            return journal.is_readable(packed.read())
        unpacker, found = zlib.decompressobj(), b""
        try:
            while (part := packed.read(_PART)) and not unpacker.eof:
                while part:
                    piece = unpacker.decompress(part, _PART)
                    found, part = found or piece[:1], unpacker.unconsumed_tail
        except zlib.error:
            return False
    return unpacker.eof and found == b"["


def odd_notes(connection: sqlite3.Connection) -> Iterator[OddText]:
    """Notes whose fields, or what was set aside in them, are no readable document."""
    rows = connection.execute(
        "SELECT id, kind, text, body, ignored FROM note WHERE text < x'' ORDER BY id"
    )
    for note_id, kind, text, body, ignored in rows:
        known = NoteKind.read(kind)
        if known is not None and not bodies.is_body(known, body, text):
            yield OddText("note", note_id, "body")
        if bodies.set_aside_of(ignored) is None:
            yield OddText("note", note_id, "ignored")


def odd_small_facts(
    connection: sqlite3.Connection, readers: Mapping[str, Reads]
) -> Iterator[OddText]:
    """The store's own small facts, by the beginnings of their names and what reads them."""
    told = {unfinished.PREFIX: unfinished.is_readable, **readers}
    rows = connection.execute("SELECT name, value FROM meta WHERE value < x'' ORDER BY name")
    for name, value in rows:
        reads = next((read for begin, read in told.items() if name.startswith(begin)), None)
        if reads is not None and not reads(value):
            yield OddText("meta", name, "value")


def odd_brief_parts(connection: sqlite3.Connection, ending: str, reads: Reads) -> Iterator[OddText]:
    """What parts of briefs were written over, in rows whose names end so."""
    rows = connection.execute(
        "SELECT nomination_id, part, text FROM brief_part WHERE text < x'' ORDER BY 1, 2"
    )
    for nomination_id, part, text in rows:
        if part.endswith(ending) and not reads(text):
            yield OddText("brief_part", f"{nomination_id}/{part}", "text")
