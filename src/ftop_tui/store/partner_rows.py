"""The rows of one partnership, for those who write them."""

from datetime import date

from sqlmodel import Session, col, select

from ftop_tui.store.partners import REVIEW
from ftop_tui.store.tables import PartnerMeeting, Partnership, Record
from ftop_tui.text import fold


def find_partnership(session: Session, partner_id: str, customer_id: str) -> Partnership | None:
    """What was written about a partner at a customer, or None."""
    query = select(Partnership).where(
        Partnership.partner_id == partner_id, Partnership.customer_id == customer_id
    )
    return session.exec(query).first()


def find_meeting(session: Session, partnership_id: str, day: date) -> PartnerMeeting | None:
    """The review with a partner on a day, or None (FR-05)."""
    query = select(PartnerMeeting).where(
        PartnerMeeting.partnership_id == partnership_id, PartnerMeeting.day == day
    )
    return session.exec(query).first()


def review_records(session: Session, customer_id: str, partner: str, day: date) -> list[Record]:
    """The records of reviews on a day that name the partner; not those for all (FR-05)."""
    query = select(Record).where(
        Record.customer_id == customer_id,
        Record.kind == REVIEW,
        Record.day == day,
        col(Record.who).is_not(None),
    )
    key = fold(partner)
    return [row for row in session.exec(query) if fold(row.who or "") == key]
