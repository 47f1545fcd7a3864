"""Marks on next actions: with whom they were agreed, so that these may see them (FR-10)."""

from datetime import date, datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ftop_tui.errors import NotFoundError
from ftop_tui.store.exports import AGREED
from ftop_tui.store.tables import Note, Record


def mark(
    session: Session, note_id: str, partner: str | None, mark_id: str, now: datetime, today: date
) -> bool:
    """Mark a note's action; False where it is so already.

    Raises:
        NotFoundError: there is no such note.
    """
    note = session.get(Note, note_id)
    if note is None:
        raise NotFoundError(f"there is no note {note_id!r}")
    if session.exec(_marks(note_id, partner)).first() is not None:
        return False
    session.add(
        Record(
            id=mark_id,
            kind=AGREED,
            customer_id=note.customer_id,
            tenant_id=note.tenant_id,
            day=today,
            who=partner,
            text=note_id,
            source="app",
            created_at=now.isoformat(),
        )
    )
    return True


def unmark(session: Session, note_id: str, partner: str | None) -> bool:
    """Take the mark away; False where there is none."""
    marks = session.exec(_marks(note_id, partner)).all()
    for each in marks:
        session.delete(each)
    return bool(marks)


def _marks(note_id: str, partner: str | None) -> SelectOfScalar[Record]:
    return select(Record).where(
        Record.kind == AGREED,
        Record.text == note_id,
        col(Record.who).is_(None) if partner is None else Record.who == partner,
    )
