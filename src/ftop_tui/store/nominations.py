"""What writing about reviews asks of the store, by session; rows stay here and in the services."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from ftop_tui.errors import NotFoundError
from ftop_tui.store.tables import BriefPart, Nomination, Review


def review_on(session: Session, day: date) -> Review | None:
    """The meeting of a day."""
    return session.exec(select(Review).where(col(Review.day) == day)).first()


def latest_region(session: Session) -> str | None:
    """The region of the latest meeting, which a new one is taken to have as well."""
    query = select(col(Review.region)).order_by(col(Review.day).desc()).limit(1)
    return session.exec(query).first()


def get_nomination(session: Session, nomination_id: str) -> tuple[Nomination, Review]:
    """A nomination with its meeting.

    Raises:
        NotFoundError: there is none.
    """
    row = session.get(Nomination, nomination_id)
    review = session.get(Review, row.review_id) if row else None
    if row is None or review is None:
        raise NotFoundError("that nomination is not there any more")
    return row, review


def nominated(session: Session, review_id: str, customer_id: str) -> Nomination | None:
    """A customer's nomination for a meeting."""
    query = select(Nomination).where(
        col(Nomination.review_id) == review_id, col(Nomination.customer_id) == customer_id
    )
    return session.exec(query).first()


def days_presented(session: Session, customer_id: str) -> Sequence[date]:
    """The days of the meetings at which a customer was presented."""
    query = (
        select(col(Review.day))
        .join(Nomination, col(Nomination.review_id) == col(Review.id))
        .where(col(Nomination.customer_id) == customer_id, col(Nomination.presented))
    )
    return session.exec(query).all()


def parts_of(session: Session, nomination_id: str) -> Sequence[BriefPart]:
    """What was edited of a nomination's brief."""
    query = select(BriefPart).where(col(BriefPart.nomination_id) == nomination_id)
    return session.exec(query).all()
