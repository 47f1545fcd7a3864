"""What points at a note: let go of before a note is deleted, or the store would refuse it."""

from sqlalchemy import select

from ftop_tui.store.journal import table_of
from ftop_tui.store.unit_of_work import UnitOfWork

_LINKED = ("partner_input", "support_request")


def release_note(unit: UnitOfWork, note_id: str) -> None:
    """Take the note off inputs of partners and requests for support; these stay (FR-09, OS-13)."""
    for name in _LINKED:
        table = table_of(name)
        ids = unit.session.execute(select(table.c.id).where(table.c.note_id == note_id)).scalars()
        unit.change(table, list(ids), {"note_id": None})
