"""Rows of escalations and contacts, for the services that write them."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from ftop_tui.errors import NotFoundError
from ftop_tui.store.tables import Contact, Escalation, EscalationEntry

_Row = TypeVar("_Row", Contact, Escalation)


def get_escalation(session: Session, escalation_id: str) -> Escalation:
    """An escalation by its id, or by the first characters that only its id has.

    Raises:
        NotFoundError: no escalation has it, or several do.
    """
    return _one(session, Escalation, escalation_id, "escalation")


def get_contact(session: Session, contact_id: str) -> Contact:
    """A contact by its id, or by the first characters that only its id has.

    Raises:
        NotFoundError: no contact has it, or several do.
    """
    return _one(session, Contact, contact_id, "contact")


def _one(session: Session, model: type[_Row], row_id: str, noun: str) -> _Row:
    row = session.get(model, row_id)
    if row is not None:
        return row
    query = select(model).where(col(model.id).startswith(row_id, autoescape=True))
    found = session.exec(query.limit(2)).all() if row_id else []
    if len(found) != 1:
        many = f"several {noun}s have ids that start with" if found else f"there is no {noun}"
        raise NotFoundError(f"{many} {row_id!r}; `ftop-tui {noun} list` shows them")
    return found[0]


def entries_of(session: Session, escalation_id: str) -> Sequence[EscalationEntry]:
    """The log of an escalation."""
    query = select(EscalationEntry).where(EscalationEntry.escalation_id == escalation_id)
    return session.exec(query).all()
