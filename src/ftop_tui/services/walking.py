"""The posting walk: field by field into FTOP, with ticks that outlive the app.

Which fields are copied is one of the store's small facts, `walk ID`: each field's name with a hash
of its text, so that a text that changed since is to be copied again. It goes when the note is
posted.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from ftop_tui.errors import ConflictError
from ftop_tui.playbook.stored import json_of
from ftop_tui.playbook.values import NoteState
from ftop_tui.playbook.walk import WalkField, walk_fields
from ftop_tui.services import clipboard, notes
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.due_notes import called
from ftop_tui.services.notes import StoredNote
from ftop_tui.services.reading import reading
from ftop_tui.store import read_model
from ftop_tui.store.tables import Meta

MARKS = "walk "
"""How the names of the small facts begin that hold what is ticked."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A note on its way into FTOP: its fields in FTOP's order, and which are copied."""

    note: StoredNote
    fields: tuple[WalkField, ...]
    done: frozenset[str] = frozenset()
    """Names of the fields that are ticked."""
    called: str = ""
    """The customer as the screens call it."""

    @property
    def is_posted(self) -> bool:
        """Whether it is marked posted already; then it can be copied again and nothing is kept."""
        return self.note.state is NoteState.POSTED

    @property
    def is_complete(self) -> bool:
        """Whether there is something to paste and all of it is ticked."""
        return bool(self.fields) and all(field.name in self.done for field in self.fields)

    def next_after(self, place: int) -> int:
        """The place of the next field that is not ticked, from the top again at the end.

        -1 looks from the top. Where none is left it is `place` itself, or the first.
        """
        count = len(self.fields)
        coming = ((place + step) % count for step in range(1, count + 1))
        return next((p for p in coming if self.fields[p].name not in self.done), max(0, place))


def start(context: Context, note_id: str) -> Walk:
    """The walk of a note, by its id or the first characters of it, where it was left.

    Raises:
        NotFoundError: there is no such note. RefusedError: a newer version wrote it.
    """
    note = notes.load(context, note_id)
    name = _called(context, note.draft.tenant_id) or note.tenant_name
    walk = Walk(note, walk_fields(note.draft.body, context.pack), called=name)
    if walk.is_posted:
        return walk
    kept = _kept(context, note.draft.id)
    ticked = (f.name for f in walk.fields if kept.get(f.name) == _mark(f.text))
    return replace(walk, done=frozenset(ticked))


def _called(context: Context, tenant_id: str) -> str | None:
    with reading(context) as connection:
        facts = read_model.read_facts(connection)
    return next((called(each) for each in facts if each.tenant_id == tenant_id), None)


def tick(context: Context, walk: Walk, name: str, *, on: bool = True) -> Walk:
    """Tick a field, or take its tick away; kept until the note is posted."""
    done = walk.done | {name} if on else walk.done - {name}
    if not walk.is_posted:
        marks = {field.name: _mark(field.text) for field in walk.fields if field.name in done}
        context.stored().remember(_name(walk.note.draft.id), json.dumps(marks))
    return replace(walk, done=done)


def copy(
    context: Context, walk: Walk, place: int, osc52: Callable[[str], None]
) -> tuple[Walk, str]:
    """Copy the field in that place as `clipboard.copy` does, then tick it; also what it says.

    Raises:
        InputError: there is no clipboard and the file could not be written; nothing is ticked.
    """
    field = walk.fields[place]
    said = clipboard.copy(context, field.text, osc52)
    return tick(context, walk, field.name), said


def post(context: Context, walk: Walk, *, on: date | None = None, anyway: str = "") -> Changes:
    """Mark the note posted, as `notes.post` does, and forget its ticks.

    Raises:
        ConflictError: its text was changed elsewhere since it was copied: FTOP has another one.
    """
    note_id = walk.note.draft.id
    now = notes.load(context, note_id)
    changed = _changed(walk.fields, walk_fields(now.draft.body, context.pack))
    if changed:
        raise ConflictError(
            "the draft was changed elsewhere since you copied it; copy what changed again",
            details=changed,
        )
    changes = notes.post(context, note_id, on=on, anyway=anyway)
    _forget(context, note_id)
    return changes


def _changed(before: Iterable[WalkField], after: Iterable[WalkField]) -> list[str]:
    """The names of the fields whose text differs, one that came or went included."""
    old, new = dict(before), dict(after)
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def _name(note_id: str) -> str:
    return f"{MARKS}{note_id}"


def _mark(text: str) -> str:
    """A text as it is remembered: enough to see that it changed, and not readable."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _kept(context: Context, note_id: str) -> Mapping[str, object]:
    """What was ticked, and on which text; what cannot be read counts as nothing ticked."""
    with reading(context) as connection:
        return read_marks(read_model.read_meta(connection, _name(note_id)) or "{}") or {}


def read_marks(stored: str) -> Mapping[str, object] | None:
    """What was ticked, as it is stored; None where that cannot be read."""
    kept = json_of(stored)
    return kept if isinstance(kept, dict) else None


def _forget(context: Context, note_id: str) -> None:
    """Take the ticks out of the store; small facts are not journalled, so this is no step."""
    with context.stored().unit("walk") as unit:
        kept = unit.session.get(Meta, _name(note_id))
        if kept is not None:
            unit.session.delete(kept)
