"""Undo and redo of every step that the user made, also across a restart, and the list of them."""

from dataclasses import dataclass

from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import past


@dataclass(frozen=True, slots=True)
class StepSummary:
    """One step that the user made."""

    at: str
    """The instant it was made last, ISO 8601 with its offset."""
    verb: str
    """Its sort in a word: post, draft, edit, import."""
    sentence: str
    """What undo says that it took back."""
    undone: bool
    """It was undone and can be done again."""


def steps(context: Context, limit: int = 50) -> list[StepSummary]:
    """The last steps, newest first: undo takes back the first that is not undone."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return [StepSummary(*row) for row in past.read_steps(connection, limit)]


def undo(context: Context) -> str | None:
    """Take the last step back; the sentence of what it was, or None where there is none.

    Raises:
        ConflictError: what it touched has changed since.
    """
    if not context.store.exists():
        return None
    return context.writer().undo()


def redo(context: Context) -> str | None:
    """Do again what was undone last; the sentence of what it was, or None.

    Raises:
        ConflictError: what it touched has changed since.
    """
    if not context.store.exists():
        return None
    return context.writer().redo()
