"""Which columns hold something small that we packed, and what to do where it cannot be unpacked.

Each is read as leniently by those who use it: it counts as unknown and hides nothing else.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ftop_tui.playbook.days import iso_day
from ftop_tui.playbook.values import Severity
from ftop_tui.services.briefs import BASE, base_of
from ftop_tui.services.moved import SEEN
from ftop_tui.services.walking import MARKS, read_marks
from ftop_tui.store import examining_packed as asked

if TYPE_CHECKING:
    from sqlite3 import Connection

    from ftop_tui.store.examining import OddText

Told = tuple["OddText", Severity, str]
"""Where it stands, how bad it is, and what can be done."""

_SMALL_FACTS = {
    MARKS: lambda value: read_marks(value) is not None,
    SEEN: lambda value: iso_day(value) is not None,
}


def unreadable(connection: "Connection") -> Iterator[Told]:
    """Every packed value that cannot be read."""
    for odd in asked.odd_notes(connection):
        if odd.column == "body":
            yield odd, Severity.ERROR, "its text can still be read and copied"
        else:
            yield odd, Severity.WARN, "what was set aside there is told again; set it aside anew"
    for odd in asked.odd_steps(connection):
        yield odd, Severity.WARN, "undo and redo stop there; restore a backup, or leave it"
    for odd in asked.odd_lists(connection):
        yield odd, Severity.WARN, "any change of the tenant draws it anew"
    for odd in asked.odd_histories(connection):
        yield odd, Severity.WARN, "what moved passes that day over; restore a backup, or leave it"
    for odd in asked.odd_small_facts(connection, _SMALL_FACTS):
        yield odd, Severity.WARN, "it counts as not kept, and goes with its next change"
    for odd in asked.odd_brief_parts(connection, BASE, lambda text: base_of(text) is not None):
        yield odd, Severity.WARN, "the part counts as changed since; write it anew"
