"""The escalation log: raised, heard, notified, followed, resolved (RA-08, FR-13)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.escalations import (
    HEARD,
    NOTIFIED,
    PROGRESS,
    Escalation,
    Told,
    read_time,
)
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.people import escalations_of, partner_id, terms
from ftop_tui.services.reading import reading
from ftop_tui.store import repositories, tables
from ftop_tui.store.escalations import read_escalations
from ftop_tui.store.people import entries_of, get_escalation
from ftop_tui.text import clean, clean_line

if TYPE_CHECKING:
    from ftop_tui.store.unit_of_work import UnitOfWork


def read(
    context: Context, customer_id: str | None = None, *, open_only: bool = False
) -> list[Escalation]:
    """The escalations of a customer or of all: open ones first, the oldest on top (RA-08)."""
    return escalations_of(context, customer_id, open_only=open_only)


def find(context: Context, escalation_id: str) -> Escalation:
    """An escalation by its id, or by the first characters that only its id has.

    Raises:
        NotFoundError: no escalation has it, or several do.
    """
    found: list[Escalation] = []
    if context.store.exists() and escalation_id:
        with reading(context) as connection:
            found = read_escalations(connection, begin=escalation_id)
    exact = [each for each in found if each.id == escalation_id] or found
    if len(exact) != 1:
        many = "several escalations have ids that start with" if found else "there is no escalation"
        raise NotFoundError(f"{many} {escalation_id!r}; `ftop-tui escalation list` shows them")
    return exact[0]


def add(
    context: Context,
    tenant_id: str,
    title: str,
    *,
    raised_by: str = "",
    internal: bool | None = None,
    tag: str | None = None,
    partner: str | None = None,
    on: date | None = None,
    heard: Iterable[str] = (),
    notified: Iterable[Told] = (),
    text: str = "",
    escalation_id: str | None = None,
) -> Changes:
    """Raise an escalation of a tenant's customer, also from a partner's entry (RA-08, FR-13).

    It sits on the tenant; named through the winner and about no workload, on the customer. `heard`
    and `notified` go into its log on the day it was raised, `text` as its first progress.

    Raises:
        InputError: no title, no such workload or partner, or a day to come. NotFoundError: no such
            tenant.
    """
    day = _day(context, on)
    with context.stored().unit("escalation") as unit:
        tenant = repositories.get_tenant(unit.session, tenant_id)
        row = tables.Escalation(
            id=escalation_id or context.new_id(),
            customer_id=tenant.customer_id,
            tag=_tag(context, tag),
            partner_id=partner_id(context, unit, partner or ""),
            title=_title(title),
            raised_by=clean_line(raised_by) or None,
            raised_on=day,
            internal=internal,
        )
        row.tenant_id = _place(unit, tenant, row.tag)
        unit.session.add(row)
        unit.session.flush()
        _begin_log(context, unit, row, heard, notified, text)
        return _done(unit, f"Raised an escalation of {tenant.name}: {row.title}", tenant.id)


def _begin_log(
    context: Context,
    unit: "UnitOfWork",
    row: tables.Escalation,
    heard: Iterable[str],
    notified: Iterable[Told],
    text: str,
) -> None:
    """Who knew of it on the day it was raised, and what was known."""
    for who in heard:
        _write(context, unit, row.id, HEARD, who, "", row.raised_on, None)
    for told in notified:
        _write(context, unit, row.id, NOTIFIED, told.who, "", row.raised_on, told.at)
    if text.strip():
        _write(context, unit, row.id, PROGRESS, "", text, row.raised_on, None)


def log(
    context: Context,
    escalation_id: str,
    sort: str,
    *,
    who: str = "",
    text: str = "",
    on: date | None = None,
    at: str = "",
) -> Changes:
    """Write a line into the log: heard, notified, progress or resource (RA-08, FR-13).

    Raises:
        InputError: no such sort, nobody or nothing named, a day to come or no time of day.
    """
    known = terms(context)
    sort = known.read_sort(sort)
    _complete(sort, known.sorts[sort].needs, {"who": who, "text": text})
    day, time = _day(context, on), read_time(at)
    with context.stored().unit("escalation") as unit:
        row = get_escalation(unit.session, escalation_id)
        _write(context, unit, row.id, sort, who, text, day, time)
        about = clean_line(who) or clean_line(text)
        return _done(unit, f"Logged for {row.title}: {known.sort(sort)}, {about}", row.tenant_id)


def resolve(
    context: Context, escalation_id: str, resolution: str, *, on: date | None = None
) -> Changes:
    """Say that an escalation is resolved, and how (RA-08).

    Raises:
        InputError: no resolution, a day to come, or one before it was raised. RefusedError: it is
            resolved already.
    """
    day = _day(context, on)
    if not resolution.strip():
        raise InputError("say in a few words how it was resolved")
    with context.stored().unit("escalation") as unit:
        row = get_escalation(unit.session, escalation_id)
        if row.resolved_on is not None:
            was = row.resolved_on.isoformat()
            raise RefusedError(f"{row.title!r} was resolved on {was}; reopen it first")
        if day < row.raised_on:
            raised = row.raised_on.isoformat()
            raise InputError(f"{day.isoformat()} is before it was raised, on {raised}")
        row.resolved_on, row.resolution = day, clean(resolution).strip()
        unit.session.add(row)
        return _done(unit, f"Resolved {row.title}: {row.resolution}", row.tenant_id)


def reopen(context: Context, escalation_id: str) -> Changes:
    """Open a resolved escalation again; what resolved it stays in its log (RA-08).

    Raises:
        RefusedError: it is open.
    """
    with context.stored().unit("escalation") as unit:
        row = get_escalation(unit.session, escalation_id)
        if row.resolved_on is None:
            raise RefusedError(f"{row.title!r} is open already")
        said = f"Reopened; resolved on {row.resolved_on.isoformat()}: {row.resolution or '-'}"
        _write(context, unit, row.id, PROGRESS, "", said, context.today(), None)
        row.resolved_on = row.resolution = None
        unit.session.add(row)
        return _done(unit, f"Reopened {row.title}", row.tenant_id)


def edit(
    context: Context,
    escalation_id: str,
    *,
    title: str | None = None,
    raised_by: str | None = None,
    internal: bool | None = None,
    tag: str | None = None,
    partner: str | None = None,
    on: date | None = None,
) -> Changes:
    """Change what an escalation says of itself: None leaves a thing, an empty text clears it.

    Raises:
        InputError: an empty title, no such workload or partner, a day to come, or one on which it
            was resolved already.
    """
    with context.stored().unit("escalation") as unit:
        row = get_escalation(unit.session, escalation_id)
        if title is not None:
            row.title = _title(title)
        if raised_by is not None:
            row.raised_by = clean_line(raised_by) or None
        if internal is not None:
            row.internal = internal
        if tag is not None:
            row.tag = _tag(context, tag)
            row.tenant_id = _place(unit, _tenant(unit, row), row.tag)
        if partner is not None:
            row.partner_id = partner_id(context, unit, partner)
        if on is not None:
            row.raised_on = _day(context, on)
            if row.resolved_on is not None and row.resolved_on < row.raised_on:
                was = row.resolved_on.isoformat()
                raise InputError(f"{on.isoformat()} is after it was resolved, on {was}")
        unit.session.add(row)
        return _done(unit, f"Changed the escalation {row.title}", row.tenant_id)


def delete(context: Context, escalation_id: str) -> Changes:
    """Remove an escalation with its log; undo brings both back."""
    with context.stored().unit("escalation") as unit:
        row = get_escalation(unit.session, escalation_id)
        for entry in entries_of(unit.session, row.id):
            unit.session.delete(entry)
        unit.session.flush()
        unit.session.delete(row)
        return _done(unit, f"Deleted the escalation {row.title}", row.tenant_id)


def _done(unit: "UnitOfWork", sentence: str, tenant_id: str | None) -> Changes:
    unit.sentence = sentence
    tenants = frozenset({tenant_id} if tenant_id else ())
    return Changes(sentence, rank=True, tenants=tenants)


def _tenant(unit: "UnitOfWork", row: tables.Escalation) -> tables.Tenant:
    tenant_id = row.tenant_id or repositories.winner_id(unit.session, row.customer_id)
    return repositories.get_tenant(unit.session, tenant_id)


def _place(unit: "UnitOfWork", tenant: tables.Tenant, tag: str | None) -> str | None:
    """The tenant that it is about; None: the customer, wherever its winner may move."""
    if tag is None and tenant.id == repositories.winner_id(unit.session, tenant.customer_id):
        return None
    return tenant.id


def _write(
    context: Context,
    unit: "UnitOfWork",
    escalation_id: str,
    sort: str,
    who: str,
    text: str,
    day: date,
    at: str | None,
) -> None:
    unit.session.add(
        tables.EscalationEntry(
            id=context.new_id(),
            escalation_id=escalation_id,
            sort=sort,
            day=day,
            at=at,
            who=clean_line(who) or None,
            text=clean(text).strip() or None,
            created_at=context.now().isoformat(),
        )
    )


def _complete(sort: str, needs: Sequence[str], given: dict[str, str]) -> None:
    missing = [name for name in needs if not given[name].strip()]
    if missing:
        raise InputError(f"an entry of the sort {sort} needs: {', '.join(missing)}")


def _title(text: str) -> str:
    title = clean_line(text)
    if not title:
        raise InputError("an escalation needs a title")
    return title


def _day(context: Context, on: date | None) -> date:
    day = on or context.today()
    if day > context.today():
        raise InputError(f"{day.isoformat()} is still to come; write down what has happened")
    return day


def _tag(context: Context, tag: str | None) -> str | None:
    if not (tag or "").strip():
        return None
    known = context.pack.tag_of(tag or "")
    if known is None:
        raise InputError(f"{tag!r} is no workload; there are: {', '.join(context.pack.by_tag)}")
    return known
