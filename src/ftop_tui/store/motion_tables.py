"""The SQLModel tables of the motion around a customer: its partners, its plan, its week.

They are read and written as `store.tables`, whose rules of values and keys are theirs.
"""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Partner(SQLModel, table=True):
    """A FastTrack Ready Partner and its Partner Success Manager (FR-03)."""

    __tablename__ = "partner"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    psm: str | None = None


class Partnership(SQLModel, table=True):
    """One partner at one customer: the agreement and the review rhythm (FR-03, FR-04)."""

    __tablename__ = "partnership"
    __table_args__ = (UniqueConstraint("partner_id", "customer_id"),)

    id: str = Field(primary_key=True)
    partner_id: str = Field(foreign_key="partner.id")
    customer_id: str = Field(foreign_key="customer.id", index=True)
    agreed_on: date | None = None
    access_to_ftop: bool | None = None


class PartnerStep(SQLModel, table=True):
    """A step of a partnership's one-time checklist with the day it was done (FR-03)."""

    __tablename__ = "partner_step"

    partnership_id: str = Field(foreign_key="partnership.id", primary_key=True)
    step: str = Field(primary_key=True)
    done_on: date


class PartnerInput(SQLModel, table=True):
    """Input that a partner gave, and the note it became (FR-09)."""

    __tablename__ = "partner_input"

    id: str = Field(primary_key=True)
    partnership_id: str = Field(foreign_key="partnership.id", index=True)
    day: date
    source: str | None = None
    text: str
    note_id: str | None = Field(default=None, foreign_key="note.id")


class PartnerMeeting(SQLModel, table=True):
    """A status review with a partner, set for a day, and whether it was held (FR-05, FR-12)."""

    __tablename__ = "partner_meeting"
    __table_args__ = (UniqueConstraint("partnership_id", "day"),)

    id: str = Field(primary_key=True)
    partnership_id: str = Field(foreign_key="partnership.id", index=True)
    day: date
    held: bool | None = None
    """None: nobody has said yet."""
    text: str | None = None


class Activity(SQLModel, table=True):
    """A step of a customer's plan, once or recurring (RA-02 to RA-04).

    `sort` is the pack's key of the activity; a link of the awareness to a priority of the fiscal
    year is one as well, with the priority as its title.
    """

    __tablename__ = "activity"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    sort: str
    title: str
    phase: str | None = None
    year: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    text: str | None = None


class Snooze(SQLModel, table=True):
    """Something hidden from This week until a day, with the reason; it changes no band."""

    __tablename__ = "snooze"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    what: str
    until: date
    reason: str


class Planned(SQLModel, table=True):
    """The day on which something of This week is meant to be done; it moves no clock."""

    __tablename__ = "planned"
    __table_args__ = (UniqueConstraint("customer_id", "what"),)

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    what: str
    day: date


class SupportRequest(SQLModel, table=True):
    """A request for support; while open it is an ask of the brief (OS-13)."""

    __tablename__ = "support_request"

    id: str = Field(primary_key=True)
    customer_id: str = Field(foreign_key="customer.id", index=True)
    note_id: str | None = Field(default=None, foreign_key="note.id")
    text: str
    opened_on: date
    closed_on: date | None = None
