"""What the Enterprise form shows around its note, read once, and FTOP's own text taken in."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import DamagedError, InputError
from ftop_tui.playbook.crossing import Crossing, crossed
from ftop_tui.playbook.detail import TenantDetail
from ftop_tui.playbook.lint.record import RecordContext
from ftop_tui.playbook.notes import EnterpriseBody, NoteBody
from ftop_tui.playbook.render import render
from ftop_tui.playbook.taking_apart import take_apart
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.next_actions import open_actions
from ftop_tui.services.notes import Draft
from ftop_tui.services.posted import carry_over
from ftop_tui.services.reading import reading
from ftop_tui.services.record_context import record_context
from ftop_tui.services.starting import refuse_unless_winner
from ftop_tui.store import read_model, repositories
from ftop_tui.store.bodies import from_json, to_json
from ftop_tui.store.next_actions import NextAction
from ftop_tui.store.tables import Note

if TYPE_CHECKING:
    from sqlmodel import Session

FROM_FTOP = "ftop"
"""The source of a note that was pasted from FTOP."""


@dataclass(frozen=True, slots=True)
class LastPosted:
    """The Enterprise note that stands in FTOP, by its fields."""

    day: date
    body: EnterpriseBody


@dataclass(frozen=True, slots=True)
class OtherTenant:
    """Another tenant of the customer, and what it holds (RA-11)."""

    tenant_id: str
    name: str
    detail: TenantDetail
    actions: tuple[NextAction, ...] = ()
    """Next actions of its Overall notes that are open."""


@dataclass(frozen=True, slots=True)
class Around:
    """The record around an Enterprise note of one tenant."""

    tenant_name: str
    winner_id: str
    winner_name: str
    tpid: str | None
    record: RecordContext
    others: tuple[OtherTenant, ...]
    last: LastPosted | None
    last_day: date | None
    """The latest posted day there is, with a text or without one."""
    milestones: tuple[Crossing, ...]
    """What any tenant's usage crossed since that day (RA-14)."""


def around(context: Context, tenant_id: str) -> Around:
    """What is known around the Enterprise note of a tenant, winner or not.

    Raises:
        NotFoundError: there is no such tenant.
    """
    with context.stored().looking() as session:
        tenant = repositories.get_tenant(session, tenant_id)
        customer = repositories.get_customer(session, tenant_id)
        winner = repositories.get_tenant(session, repositories.winner_id(session, customer.id))
        tenants = [(each.id, each.name) for each in repositories.tenants_of(session, customer.id)]
        last = _last_posted(context, session, winner.id)
        names = (tenant.name, winner.id, winner.name, customer.tpid)
    with reading(context) as connection:
        details = {each: read_model.read_detail(connection, each, context.pack)
                   for each, _ in tenants}  # fmt: skip
        facts = {f.tenant_id: f for f in read_model.read_facts(connection)}
    ordinal = facts[names[1]].enterprise
    last_day = date.fromordinal(ordinal) if ordinal else None
    return Around(
        *names,
        record=record_context(context, tenant_id),
        others=tuple(
            OtherTenant(each, name, details[each], tuple(open_actions(context, each)))
            for each, name in tenants
            if each != tenant_id
        ),
        last=last,
        last_day=last_day,
        milestones=tuple(
            crossing
            for detail in details.values()
            for workload in detail.workloads
            for crossing in crossed(
                workload.tag, workload.usage, context.pack.thresholds.milestones, last_day
            )
        ),
    )


def _last_posted(context: Context, session: "Session", winner: str) -> LastPosted | None:
    """The posted note by its fields; of one that has only a text, the text is taken apart."""
    note = repositories.latest_posted(session, winner, NoteKind.ENTERPRISE, None)
    if note is None or note.posted_on is None:
        return None
    body: NoteBody = EnterpriseBody()
    with suppress(DamagedError):  # its text says the same
        body = from_json(NoteKind.ENTERPRISE, note.body, note.text, note.id)
    if body == EnterpriseBody():
        body = take_apart(note.text, context.pack)
    if not isinstance(body, EnterpriseBody) or body == EnterpriseBody():
        return None
    return LastPosted(note.posted_on, body)


def take_in(context: Context, tenant_id: str, text: str, on: date) -> Changes:
    """Keep FTOP's present text as the note that was posted on a day.

    A text that is the latest posted note's already is not kept twice.

    Raises:
        InputError: nothing can be read from it, or the day is still to come.
        RefusedError: the tenant is not the winner (ES-02).
    """
    body = take_apart(text, context.pack)
    if body == EnterpriseBody():
        raise InputError("there is no text to take apart")
    if on > context.today():
        raise InputError(f"{on.isoformat()} is still to come; a note is posted today or earlier")
    with context.stored().unit("post") as unit:
        refuse_unless_winner(unit.session, tenant_id)
        tenant = repositories.get_tenant(unit.session, tenant_id)
        rendered = render(body, context.pack)
        known = repositories.latest_posted(unit.session, tenant_id, NoteKind.ENTERPRISE, None)
        if known is not None and known.text == rendered:
            return Changes(f"{tenant.name}: FTOP's text is known already", tenants=frozenset())
        now = context.now().isoformat()
        note = Note(
            id=context.new_id(),
            kind=NoteKind.ENTERPRISE.value,
            customer_id=tenant.customer_id,
            tenant_id=tenant_id,
            state=NoteState.POSTED.value,
            body=to_json(body, rendered),
            text=rendered,
            created_at=now,
            updated_at=now,
            posted_on=on,
            posted_at=now,
            source=FROM_FTOP,
            version=1,
        )
        unit.session.add(note)
        unit.session.flush()
        carry_over(context, unit, Draft(note.id, NoteKind.ENTERPRISE, tenant_id, None, body, 1), on)
        unit.sentence = (
            f"Took in FTOP's text of {tenant.name}, Enterprise, posted on {on.isoformat()}"
        )
        return Changes(unit.sentence, rank=True, notes=True, tenants=frozenset({tenant_id}))
