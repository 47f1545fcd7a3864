"""The SQLModel tables, nothing else.

Values are kept as text that the playbook's vocabularies read (`Health.read` ...): an unknown value
in one row must never make the whole table unreadable. Days are dates; instants are ISO 8601 text
with their offset, since SQLite's DateTime drops it. What the user makes has a UUID for its key, so
that two stores can be merged; what comes from Microsoft keeps its own.
"""

from datetime import date

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from ftop_tui.store.lenient import SureFlag, SureNumber, Version
from ftop_tui.store.motion_tables import (
    Activity,
    Partner,
    PartnerInput,
    PartnerMeeting,
    Partnership,
    PartnerStep,
    Planned,
    Snooze,
    SupportRequest,
)

__all__ = (
    "Activity",
    "BriefPart",
    "Contact",
    "Customer",
    "Escalation",
    "EscalationEntry",
    "Forecast",
    "Meta",
    "Milestone",
    "Nomination",
    "Note",
    "Partner",
    "PartnerInput",
    "PartnerMeeting",
    "PartnerStep",
    "Partnership",
    "Planned",
    "Record",
    "Review",
    "Snooze",
    "Step",
    "Subscription",
    "SupportRequest",
    "Tenant",
    "Usage",
    "Workload",
)


class Customer(SQLModel, table=True):
    """One TPID, or a tenant without one. Its columns come from the winner tenant's row."""

    __tablename__ = "customer"

    id: str = Field(primary_key=True)
    tpid: str | None = Field(default=None, unique=True)
    name: str | None = None
    brand: str | None = None
    industry: str | None = None
    s_rank: int | None = None
    fm: str | None = None
    fta: str | None = None
    priority: str | None = None
    phase: str | None = None
    health: str | None = None
    group_1: str | None = None
    group_2: str | None = None
    group_3: str | None = None
    forecast_health: str | None = None
    forecast_month: date | None = None
    status: str | None = None
    """The Enterprise status, never the health (ES-08)."""
    next_update: date | None = None
    business_reason: str | None = None
    review_date: date | None = None
    stricter: date | None = None
    """When the Enterprise clock became stricter, and why: health or frp (FR-06)."""
    stricter_why: str | None = None
    colour_stricter: date | None = None
    created_on: date


class Tenant(SQLModel, table=True):
    """One Microsoft 365 tenant of a customer."""

    __tablename__ = "tenant"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    name: str
    winner_marked: bool | None = None
    users: int | None = None
    level: int | None = None
    assigned: bool | None = None
    telemetry_blocked: bool | None = None
    renewal_date: date | None = None
    created_on: date


class Workload(SQLModel, table=True):
    """One of the seventeen workloads of a tenant, with its DIBS (EN-19)."""

    __tablename__ = "workload"

    tenant_id: str = Field(foreign_key="tenant.id", primary_key=True)
    tag: str = Field(primary_key=True)
    status: str | None = None
    status_since: date | None = None
    primary_rm: str | None = None
    partner: str | None = None
    """The FRP that the primary RM's name stands for (FR-01)."""
    paid_units: int | None = None
    active_users: int | None = None
    usage_as_of: date | None = None
    """The day on which these two were last seen to change."""
    due_date: date | None = None
    intent: str | None = None
    business_reason: str | None = None
    success_owner: str | None = None


class Usage(SQLModel, table=True):
    """One month of paid units and active users of a workload, by the report it came from."""

    __tablename__ = "usage"

    tenant_id: str = Field(foreign_key="tenant.id", primary_key=True)
    tag: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    source: str = Field(primary_key=True)
    paid_units: int | None = None
    active_users: int | None = None
    as_of: date | None = None
    partners: str | None = None
    """Attributed partners, one a line."""


class Subscription(SQLModel, table=True):
    """A subscription with the day it ends: a renewal (RA-19). Never its revenue."""

    __tablename__ = "subscription"

    id: str = Field(primary_key=True)
    tenant_id: str = Field(foreign_key="tenant.id", index=True)
    product: str | None = None
    sku: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    state: str | None = None
    auto_renew: bool | None = None
    seats: int | None = None


class Note(SQLModel, table=True):
    """A note of one of the four kinds; a draft until it is posted.

    SQLite numbers its rows too, higher for a later note: `number`, by which the full-text index
    finds them. No model knows it, so that what is undone and done again may get another.
    """

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_place", "tenant_id", "kind", "tag", "state", "posted_on"),
        Index("ix_note_id", "id", unique=True),
        Index("ix_note_customer", "customer_id"),
        Index(
            "ix_note_clock",
            "customer_id",
            "kind",
            "state",
            "posted_on",
            sqlite_where=sql("state = 'posted' AND kind IN ('enterprise', 'exec-summary')"),
        ),
    )

    id: str = Field(primary_key=True)
    kind: str
    customer_id: str = Field(foreign_key="customer.id")
    tenant_id: str = Field(foreign_key="tenant.id")
    tag: str | None = None
    state: str
    body: str
    """The typed body as JSON, validated by pydantic on its way in and out (see `bodies`)."""
    text: str
    """What `render` makes of the body, for reading and searching."""
    ignored: str | None = None
    """Findings that the writer ignored, each with a reason, as JSON."""
    created_at: str
    updated_at: str
    posted_on: date | None = None
    posted_at: str | None = None
    anyway: str | None = None
    """Why it was marked posted although something required is missing."""
    source: str
    version: int = Field(sa_type=Version)
    paid_units: int | None = None
    """With the next two: its workload's own figures when it was posted (EN-18)."""
    active_users: int | None = None
    usage_as_of: date | None = None


class Record(SQLModel, table=True):
    """What was done in FTOP or outside it: starts or clears a clock, flags an event, asks."""

    __tablename__ = "record"
    __table_args__ = (Index("ix_record_customer", "customer_id", "kind", "day"),)

    id: str = Field(primary_key=True)
    kind: str
    customer_id: str = Field(foreign_key="customer.id")
    tenant_id: str | None = Field(default=None, foreign_key="tenant.id")
    tag: str | None = None
    day: date
    who: str | None = None
    text: str | None = None
    source: str
    created_at: str


class Contact(SQLModel, table=True):
    """A person, in one of three sections (RA-09); the title is free text (RA-10)."""

    __tablename__ = "contact"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    section: str
    name: str
    title: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    partner_id: str | None = Field(default=None, foreign_key="partner.id")
    verified_on: date | None = None
    created_on: date


class Escalation(SQLModel, table=True):
    """An escalation from being raised to being resolved (RA-08, FR-13)."""

    __tablename__ = "escalation"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    tenant_id: str | None = Field(default=None, foreign_key="tenant.id")
    tag: str | None = None
    partner_id: str | None = Field(default=None, foreign_key="partner.id")
    title: str
    raised_by: str | None = None
    raised_on: date
    internal: bool | None = None
    """Whether it was raised within Microsoft; None where nobody said."""
    resolved_on: date | None = None
    resolution: str | None = None


class EscalationEntry(SQLModel, table=True):
    """A line of an escalation's log: a party heard or notified, progress, a resource invoked."""

    __tablename__ = "escalation_entry"

    id: str = Field(primary_key=True)
    escalation_id: str = Field(foreign_key="escalation.id", index=True)
    sort: str
    day: date
    at: str | None = None
    """The time of that day, HH:MM, where it is known (FR-13)."""
    who: str | None = None
    text: str | None = None
    created_at: str


class Forecast(SQLModel, table=True):
    """The owner's projection of a workload's active users for a month (RA-07)."""

    __tablename__ = "forecast"

    id: str = Field(primary_key=True)
    tenant_id: str = Field(foreign_key="tenant.id", index=True)
    tag: str
    month: date
    active_users: int = Field(sa_type=SureNumber)
    made_on: date


class Milestone(SQLModel, table=True):
    """A share of usage with the day by which it should be reached (RA-04, FR-08)."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("tenant_id", "tag", "percent"),)

    id: str = Field(primary_key=True)
    tenant_id: str = Field(foreign_key="tenant.id")
    tag: str
    percent: int = Field(sa_type=SureNumber)
    due_on: date | None = None
    reached_on: date | None = None
    given_by: str | None = None


class Review(SQLModel, table=True):
    """A Customer Review meeting (RA-15)."""

    __tablename__ = "review"

    id: str = Field(primary_key=True)
    day: date = Field(unique=True)
    region: str | None = None
    off_rhythm: bool = Field(default=False, sa_type=SureFlag)


class Nomination(SQLModel, table=True):
    """A customer that is to be presented at a review, and when that was decided (RA-15, RA-16)."""

    __tablename__ = "nomination"
    __table_args__ = (UniqueConstraint("review_id", "customer_id"),)

    id: str = Field(primary_key=True)
    review_id: str = Field(foreign_key="review.id")
    customer_id: str = Field(foreign_key="customer.id", index=True)
    nominated_on: date
    presented: bool = Field(default=False, sa_type=SureFlag)


class BriefPart(SQLModel, table=True):
    """A part of a nomination's brief as its owner has edited it (RA-22, RA-23)."""

    __tablename__ = "brief_part"

    nomination_id: str = Field(foreign_key="nomination.id", primary_key=True)
    part: str = Field(primary_key=True)
    text: str


class Meta(SQLModel, table=True):
    """The store's own small facts: by name."""

    __tablename__ = "meta"

    name: str = Field(primary_key=True)
    value: str


class Step(SQLModel, table=True):
    """One change that the user made, as the rows it touched, before and after."""

    __tablename__ = "step"

    id: int | None = Field(default=None, primary_key=True)
    at: str
    verb: str
    sentence: str
    merge_key: str | None = None
    undone: bool = Field(default=False, sa_type=SureFlag)
    changes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
