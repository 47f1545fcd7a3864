"""What "done" and "moved" mean for each sort of item of This week, in one transaction for all.

The verbs of the other services each open a unit of work. Here they are handed a writer that gives
them the one that is open, so that several items are one step of undo and hold together or not at
all. This module loads the ORM; it is imported with the first write.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from ftop_tui.errors import FtopError, InputError, RefusedError
from ftop_tui.playbook.days import day_of, later
from ftop_tui.playbook.notes import ExecSummaryBody
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.playbook.week import Item, Sort, late_plans
from ftop_tui.playbook.week_items import next_crossing
from ftop_tui.services import (
    backups,
    milestones,
    next_actions,
    partners,
    plans,
    records,
    reviews,
    snoozes,
    tenants,
)
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.store import repositories
from ftop_tui.store.bodies import to_json
from ftop_tui.store.tables import Note
from ftop_tui.store.unit_of_work import UnitOfWork
from ftop_tui.store.week_rows import milestone_of, planned_of

if TYPE_CHECKING:
    from sqlmodel import Session

    from ftop_tui.store.writer import Writer


class _OneUnit:
    """A writer whose every unit is the one that is open already."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    @contextmanager
    def unit(
        self, verb: str, sentence: str = "", *, merge_key: str | None = None
    ) -> Iterator[UnitOfWork]:
        """The open unit; what it changed so far can be read in it."""
        yield self._unit
        self._unit.session.flush()

    @contextmanager
    def looking(self) -> "Iterator[Session]":
        """The open unit's session."""
        yield self._unit.session


def _within(context: Context, unit: UnitOfWork) -> Context:
    """The context for services that are to write into the open unit."""
    return replace(context, writer=lambda: cast("Writer", _OneUnit(unit)))


def done(context: Context, chosen: Sequence[Item], on: date) -> Changes:
    """Record that items are done (`week.done`)."""
    if on > context.today():
        raise InputError(f"{on.isoformat()} is still to come; say it when it is done")
    named = snoozes.named_items(chosen)
    with context.stored().unit("done") as unit:
        inner = _within(context, unit)
        backups.before_several(context, len(chosen))
        for item in _once_each(chosen):
            _carry_out(item, lambda item=item: _DONE[item.sort](inner, unit, item, on))  # type: ignore[misc]
            _forget_plan(unit, item)
        unit.sentence = f"Done: {named}"
        return Changes(unit.sentence, rank=True, notes=True)


def move(context: Context, chosen: Sequence[Item], to: date) -> Changes:
    """Have items done on another day (`week.move`)."""
    if to < context.today():
        raise InputError(f"{to.isoformat()} is past; name a day from today on")
    named = snoozes.named_items(chosen)
    with context.stored().unit("move") as unit:
        inner = _within(context, unit)
        backups.before_several(context, len(chosen))
        for item in chosen:
            _carry_out(item, lambda item=item: _move(inner, unit, item, to))  # type: ignore[misc]
        told = "".join(f". {warning}" for warning in late_plans(chosen, to))
        unit.sentence = f"Moved to {to.isoformat()}: {named}"
        return Changes(f"{unit.sentence}{told}", rank=any(item.sort.owns for item in chosen))


def _carry_out(item: Item, verb: Callable[[], object]) -> None:
    """Do it, and say of which item it is that something was refused."""
    try:
        verb()
    except FtopError as error:
        where = f"{item.name}, {item.sort.word}: {error.message}"
        raise type(error)(where, details=error.details) from error


_SAME_NOTE = frozenset({Sort.ENTERPRISE, Sort.EVENT, Sort.NEXT_UPDATE})


def _once_each(chosen: Sequence[Item]) -> list[Item]:
    """One Enterprise note answers all that ask for one on a tenant."""
    found: dict[tuple[str, str], Item] = {}
    for item in chosen:
        what = Sort.ENTERPRISE.key if item.sort in _SAME_NOTE else item.what
        found.setdefault((what, item.tenant_id), item)
    return list(found.values())


def _enterprise(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    """Record the note as posted in FTOP; the Next Update date that it answers has had its day."""
    text = "recorded as posted in FTOP from This week"
    records.record(context, item.tenant_id, "enterprise", on=on, text=text)
    customer = repositories.get_customer(unit.session, item.tenant_id)
    if customer.next_update is not None and customer.next_update > on:
        customer.next_update = None
        unit.session.add(customer)


def _record(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    records.record(context, item.tenant_id, item.sort.key, tag=item.tag, on=on)


def _exec_summary(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    """A posted Exec Summary without text answers the request (OS-03)."""
    at = context.now().isoformat()
    unit.session.add(
        Note(
            id=context.new_id(),
            kind=NoteKind.EXEC_SUMMARY.value,
            customer_id=item.customer_id,
            tenant_id=item.tenant_id,
            state=NoteState.POSTED.value,
            body=to_json(ExecSummaryBody(), ""),
            text="",
            created_at=at,
            updated_at=at,
            posted_on=on,
            posted_at=at,
            anyway="written in FTOP itself",
            source="app",
            version=1,
        )
    )
    unit.session.flush()


def _milestone(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    row = milestone_of(unit.session, item.tenant_id, item.tag, item.percent)
    if row is None:
        raise RefusedError("the milestone is gone meanwhile")
    milestones.reach(context, row.id, on=on)


def _renewal(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    """Seen: hidden until the renewal comes within the next threshold, or is over (RA-19)."""
    renewal, seen = date.fromisoformat(item.ref), max(on, item.due or on)
    thresholds = context.pack.thresholds.renewal_days
    following = next_crossing(renewal.toordinal(), seen.toordinal() + 1, thresholds)
    until = day_of(following) if following else later(renewal, 1)
    left = (renewal - context.today()).days
    snoozes.hide(context, unit, item, until, f"seen {left} days before it")


def _action(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    next_actions.tick_off(context, item.ref)


def _review(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    reviews.mark_presented(context, item.ref)


def _step(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    plans.complete(context, item.customer_id, item.ref, on=on)


def _awareness(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    plans.complete(context, item.customer_id, Sort.AWARENESS.key, on=on)


def _meeting(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    partners.hold(context, item.tenant_id, item.partner, item.due or on)


def _psm(context: Context, unit: UnitOfWork, item: Item, on: date) -> None:
    partners.psm_informed(context, item.tenant_id, item.partner, on=on)


_DONE: dict[Sort, Callable[[Context, UnitOfWork, Item, date], None]] = {
    Sort.ENTERPRISE: _enterprise,
    Sort.EVENT: _enterprise,
    Sort.NEXT_UPDATE: _enterprise,
    Sort.REQUEST: _exec_summary,
    Sort.PROGRESS: _record,
    Sort.PERSPECTIVE: _record,
    Sort.FORECAST: _record,
    Sort.CONTACTS: _record,
    Sort.FRP_REVIEW: _record,
    Sort.FRP_DATA: _record,
    Sort.PSM: _psm,
    Sort.REVIEW: _review,
    Sort.MEETING: _meeting,
    Sort.ACTION: _action,
    Sort.STEP: _step,
    Sort.AWARENESS: _awareness,
    Sort.MILESTONE: _milestone,
    Sort.RENEWAL: _renewal,
}


def _move(context: Context, unit: UnitOfWork, item: Item, to: date) -> None:
    """The date itself where the item owns one; else a planned day, which moves no clock."""
    match item.sort:
        case Sort.NEXT_UPDATE:
            tenants.edit(context, item.tenant_id, {"NextUpdate": to.isoformat()})
        case Sort.MILESTONE:
            milestones.set_date(context, item.tenant_id, item.tag or "", item.percent or 0, to)
        case Sort.REVIEW:
            reviews.move(context, item.ref, to)
        case Sort.MEETING:
            partners.schedule(context, item.tenant_id, item.partner, to)
            partners.cancel(context, item.tenant_id, item.partner, item.due or to)
        case Sort.STEP:
            plans.move(context, item.customer_id, item.ref, to)
        case _:
            snoozes.plan(context, unit, item, to)


def _forget_plan(unit: UnitOfWork, item: Item) -> None:
    """A planned day has nothing to say once the item is done."""
    row = planned_of(unit.session, item.customer_id, item.mark)
    if row is not None:
        unit.session.delete(row)
