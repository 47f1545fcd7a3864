"""The rows that This week writes: snoozes and planned days, found by customer and mark."""

from collections.abc import Sequence

from sqlmodel import Session, select

from ftop_tui.store.tables import Milestone, Planned, Snooze


def snoozes_of(session: Session, customer_id: str, mark: str) -> Sequence[Snooze]:
    """What is or was snoozed under a mark."""
    query = select(Snooze).where(Snooze.customer_id == customer_id, Snooze.what == mark)
    return session.exec(query).all()


def planned_of(session: Session, customer_id: str, mark: str) -> Planned | None:
    """The planned day under a mark."""
    query = select(Planned).where(Planned.customer_id == customer_id, Planned.what == mark)
    return session.exec(query).first()


def milestone_of(
    session: Session, tenant_id: str, tag: str | None, percent: int | None
) -> Milestone | None:
    """The milestone of a workload at a share of usage (FR-08)."""
    query = select(Milestone).where(
        Milestone.tenant_id == tenant_id, Milestone.tag == tag, Milestone.percent == percent
    )
    return session.exec(query).first()
