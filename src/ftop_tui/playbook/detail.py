"""What one tenant's panel and `show` hold: values, drawn from rows by the read model."""

from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.usage import OwnFigures, UsagePoint
from ftop_tui.playbook.values import EntitlementStatus, NoteKind, NoteState


class WorkloadDetail(NamedTuple):
    """One workload of a tenant: where it stands, its usage, its DIBS."""

    tag: str
    status: EntitlementStatus | None = None
    status_since: date | None = None
    primary_rm: str | None = None
    partner: str | None = None
    due_date: date | None = None
    intent: str | None = None
    business_reason: str | None = None
    success_owner: str | None = None
    usage: tuple[UsagePoint, ...] = ()
    """Month by month, oldest first; the last is the present."""
    own: OwnFigures | None = None
    """FTOP's own figures, where `usage` ends with them."""

    @property
    def current(self) -> UsagePoint | None:
        """The latest figures there are."""
        return self.usage[-1] if self.usage else None

    @property
    def missing_dibs(self) -> tuple[str, ...]:
        """Which of the four are not known (EN-19)."""
        parts = {
            "due date": self.due_date,
            "intent": self.intent,
            "business reason": self.business_reason,
            "success owner": self.success_owner,
        }
        return tuple(name for name, value in parts.items() if not value)


class NoteSummary(NamedTuple):
    """A note as lists show it."""

    id: str
    kind: NoteKind
    tenant_id: str
    tag: str | None
    state: NoteState
    text: str
    updated_at: str
    posted_on: date | None = None
    anyway: str | None = None
    source: str = "app"
    own: OwnFigures | None = None
    """FTOP's own figures of its workload when it was posted (EN-18)."""


class Renewal(NamedTuple):
    """One subscription's end (RA-19)."""

    day: date
    product: str | None
    seats: int | None
    auto_renew: bool | None


class TenantDetail(NamedTuple):
    """Everything beside the facts that a panel shows of one tenant."""

    tenant_id: str
    industry: str | None
    review_date: date | None
    workloads: tuple[WorkloadDetail, ...]
    notes: tuple[NoteSummary, ...]
    """Every draft, and the latest posted note of each kind and workload."""
    renewals: tuple[Renewal, ...]
    escalations: tuple[str, ...]
    """Titles of the open ones."""
