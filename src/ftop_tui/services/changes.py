"""What a write changed, for each view to decide whether it cares."""

from typing import NamedTuple


class Changes(NamedTuple):
    """The kinds of change that a write made, and a sentence that says so."""

    sentence: str = ""
    rank: bool = False
    """Something that the list is ranked from or shows: read it anew."""
    notes: bool = False
    tenants: frozenset[str] = frozenset()
    """Tenants whose panel changed; empty with `rank` means any."""
