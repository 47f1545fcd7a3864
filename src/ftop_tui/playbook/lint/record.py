"""What the checks of a note's fields are told of the record, and what they answer."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.describing import Describing
from ftop_tui.playbook.lint.checks import Checks
from ftop_tui.playbook.values import Finding


class FieldFinding(NamedTuple):
    """A finding and the field that it stands at; its offsets are into that field's text."""

    field: str
    finding: Finding


class Place(NamedTuple):
    """A workload of one of the customer's tenants; the tenant by its name."""

    tenant: str
    tag: str


class OpenEscalation(NamedTuple):
    """An escalation that is not resolved; the tag where it is about one workload (RA-08)."""

    title: str
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class RecordContext:
    """The record around a note, as plain values; read once for each form.

    What holds for the customer is gathered over all its tenants (RA-11); `level`, `assigned`,
    `users` and `tenant` are those of the note's own. `None` is unknown.
    """

    checks: Checks
    """The words of the pack in force."""
    describing: Describing
    posting_day: date
    """The day that the note is to be posted on, by default today."""
    tenant: str = ""
    is_winner: bool = True
    winner: str = ""
    """The winner tenant's name (ES-02)."""
    s_rank: int | None = None
    health: str | None = None
    groups: tuple[str | None, str | None, str | None] = (None, None, None)
    has_frp: bool = False
    level: int | None = None
    assigned: bool | None = None
    users: int | None = None
    telemetry_blocked: tuple[str, ...] = ()
    """Names of the customer's tenants that send no telemetry (ES-15)."""
    over_used: tuple[Place, ...] = ()
    """Workloads with more active users than paid units (ES-15)."""
    blocked: tuple[Place, ...] = ()
    """Blocked workloads of all tenants (ES-12)."""
    escalations: tuple[OpenEscalation, ...] = ()
    latest_risks: str = ""
    """Risks of the customer's latest Enterprise note, draft or posted (OS-04)."""
    industry: str | None = None
