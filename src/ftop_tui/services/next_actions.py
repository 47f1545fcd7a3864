"""Next actions of Overall notes: what is open, and ticking one off (OS-02)."""

from ftop_tui.errors import RefusedError
from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import repositories
from ftop_tui.store.bodies import from_json
from ftop_tui.store.next_actions import DONE, NextAction, read_open_actions
from ftop_tui.store.tables import Record


def open_actions(context: Context, tenant_id: str | None = None) -> list[NextAction]:
    """The open actions of a tenant or of all, the earliest first, those without a day last."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return read_open_actions(connection, tenant_id)


def tick_off(context: Context, note_id: str) -> Changes:
    """Record that the next action of a note is done; undo opens it again.

    Raises:
        NotFoundError: there is no such note. RefusedError: it is no Overall note, names no next
            action, or its action is ticked off already.
    """
    with context.stored().unit("action") as unit:
        note = repositories.get_note(unit.session, note_id)
        if note.kind != NoteKind.OVERALL.value:
            raise RefusedError(f"the note {note.id} is no Overall note; only these have actions")
        body = from_json(NoteKind.OVERALL, note.body, note.text, note.id)
        action = body.next_action.strip() if isinstance(body, OverallBody) else ""
        if not action:
            raise RefusedError(f"the note {note.id} names no next action")
        if note.id not in {each.note_id for each in open_actions(context, note.tenant_id)}:
            raise RefusedError(f"the next action of the note {note.id} is ticked off already")
        tenant = repositories.get_tenant(unit.session, note.tenant_id)
        unit.session.add(
            Record(
                id=context.new_id(),
                kind=DONE,
                customer_id=note.customer_id,
                tenant_id=note.tenant_id,
                day=context.today(),
                text=note.id,
                source="app",
                created_at=context.now().isoformat(),
            )
        )
        unit.sentence = f"Ticked off for {tenant.name}: {action}"
        return Changes(unit.sentence, notes=True, tenants=frozenset({tenant.id}))
