"""Milestones of usage: date them, mark them as reached, list what is missing (RA-04, FR-08)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook import milestones as rules
from ftop_tui.playbook.milestones import Milestone, Missing
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import milestones as store
from ftop_tui.store import repositories, tables
from ftop_tui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlmodel import Session


def read(context: Context, tenant_id: str | None = None) -> list[Milestone]:
    """The milestones of a tenant or of all, by tenant, tag and percent (RA-04)."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return store.read_milestones(connection, tenant_id, context.today())


def missing(context: Context, tenant_id: str | None = None) -> list[Missing]:
    """What the partners of a tenant or of all still have to date (FR-08)."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return rules.missing(
            store.read_partners(connection, tenant_id),
            store.read_milestones(connection, tenant_id, context.today()),
            store.read_peaks(connection, tenant_id),
            context.pack.thresholds.milestones,
        )


def set_date(
    context: Context,
    tenant_id: str,
    tag: str,
    percent: int,
    due_on: date | None,
    *,
    given_by: str = "",
) -> Changes:
    """Set the day by which a milestone is due, or take it away; `given_by` says whose word it is.

    Raises:
        InputError: no such workload or milestone. RefusedError: a higher milestone would come
            before a lower one (FR-08). NotFoundError: there is no such tenant.
    """
    return set_dates(context, tenant_id, tag, {percent: due_on}, given_by=given_by)


def set_dates(
    context: Context,
    tenant_id: str,
    tag: str,
    dates: Mapping[int, date | None],
    *,
    given_by: str = "",
) -> Changes:
    """Set several dates of a workload at once: they are held against each other (FR-08).

    Raises:
        As `set_date`.
    """
    with context.stored().unit("milestone") as unit:
        tenant, tag = _place(context, unit.session, tenant_id, tag, dates)
        known = {each.percent: each for each in read(context, tenant_id) if each.tag == tag}
        together = {percent: each.due_on for percent, each in known.items()} | dict(dates)
        problem = rules.order_problem(together)
        if problem:
            raise RefusedError(f"{tag}: {problem}")
        for percent, due_on in dates.items():
            old = known.get(percent)
            row = unit.session.get(tables.Milestone, old.id) if old else None
            if row is None:
                if due_on is None:
                    continue
                row = tables.Milestone(
                    id=context.new_id(), tenant_id=tenant_id, tag=tag, percent=percent
                )
            row.due_on = due_on
            row.given_by = given_by.strip() or row.given_by
            unit.session.add(row)
        said = ", ".join(
            f"{percent}% {day.isoformat() if day else 'no date'}"
            for percent, day in sorted(dates.items())
        )
        unit.sentence = f"Milestones of {tenant.name}, {tag}: {said}"
        return Changes(unit.sentence, rank=True, tenants=frozenset({tenant_id}))


def reach(context: Context, milestone_id: str, *, on: date | None = None) -> Changes:
    """Mark a milestone as reached, today or on an earlier day (RA-04).

    Raises:
        NotFoundError: there is none of that id. InputError: the day is still to come.
        RefusedError: it is reached already.
    """
    with context.stored().unit("milestone") as unit:
        row = unit.session.get(tables.Milestone, milestone_id)
        if row is None:
            raise NotFoundError(f"there is no milestone {milestone_id}")
        return _mark(context, unit, row, on)


def reach_percent(
    context: Context, tenant_id: str, tag: str, percent: int, *, on: date | None = None
) -> Changes:
    """The same for a milestone named by its place, which need not have a date (RA-04).

    Raises:
        As `reach`, and InputError: no such workload or milestone.
    """
    with context.stored().unit("milestone") as unit:
        _, tag = _place(context, unit.session, tenant_id, tag, (percent,))
        known = [m for m in read(context, tenant_id) if (m.tag, m.percent) == (tag, percent)]
        row = unit.session.get(tables.Milestone, known[0].id) if known else None
        if row is None:
            row = tables.Milestone(
                id=context.new_id(), tenant_id=tenant_id, tag=tag, percent=percent
            )
        return _mark(context, unit, row, on)


def _mark(context: Context, unit: UnitOfWork, row: tables.Milestone, on: date | None) -> Changes:
    day = on or context.today()
    if day > context.today():
        raise InputError(f"{day.isoformat()} is still to come; mark it when it is reached")
    known = next((each for each in read(context, row.tenant_id) if each.id == row.id), None)
    if known is not None and known.reached_on is not None:
        since = known.reached_on.isoformat()
        raise RefusedError(f"{row.tag} {row.percent}% is reached already, since {since}")
    row.reached_on = day
    unit.session.add(row)
    name = repositories.get_tenant(unit.session, row.tenant_id).name
    unit.sentence = f"Milestone of {name}, {row.tag}: {row.percent}% reached on {day.isoformat()}"
    return Changes(unit.sentence, rank=True, tenants=frozenset({row.tenant_id}))


def _place(
    context: Context, session: "Session", tenant_id: str, tag: str, percents: Iterable[int]
) -> tuple[tables.Tenant, str]:
    """The tenant, and the tag as the playbook writes it; refuses what is no milestone of it."""
    tenant = repositories.get_tenant(session, tenant_id)
    known = context.pack.tag_of(tag) or tag
    if session.get(tables.Workload, (tenant_id, known)) is None:
        raise InputError(f"{tag}: {tenant.name} has no such workload")
    marks = context.pack.thresholds.milestones
    for percent in percents:
        if percent not in marks:
            there = " and ".join(f"{mark}%" for mark in marks)
            raise InputError(f"{percent}% is no milestone; there are {there}")
    return tenant, known
