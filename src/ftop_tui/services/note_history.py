"""The notes of one place through time, and what differs between two notes."""

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.difference import DiffLine, compare
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services.context import Context
from ftop_tui.services.notes import load
from ftop_tui.services.reading import reading
from ftop_tui.store import past


def history(
    context: Context, tenant_id: str, kind: NoteKind, tag: str | None = None
) -> list[NoteSummary]:
    """All notes of a kind on a tenant or one workload of it: drafts, then the newest first."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return past.notes_of_place(connection, tenant_id, kind, tag)


def before(context: Context, note_id: str) -> NoteSummary:
    """The note that was posted last in the same place before this one; of a draft, the last posted.

    Raises:
        NotFoundError: there is no such note, or none before it.
    """
    draft = load(context, note_id).draft
    notes = history(context, draft.tenant_id, draft.kind, draft.tag)
    place = next(place for place, note in enumerate(notes) if note.id == draft.id)
    for note in notes[place + 1 :]:
        if note.state is NoteState.POSTED:
            return note
    raise NotFoundError(f"no note was posted there before {draft.id}; name a second note")


def diff(context: Context, old_id: str, new_id: str) -> list[DiffLine]:
    """What differs between the texts of two notes, by lines and by words within them.

    Raises:
        NotFoundError: there is no such note.
    """
    return compare(load(context, old_id).text, load(context, new_id).text)
