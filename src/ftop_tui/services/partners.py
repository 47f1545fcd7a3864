"""What is done with a partner: PSM, checklist, agreement, reviews; each verb one transaction.

Which workloads a partner has is not among it: that comes from the import alone (FR-02). What is
written first about a registered partner makes its rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.partnering import AGREEMENT, Partnership
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.partnerships import choose, terms
from ftop_tui.services.partnerships import read as read  # noqa: PLC0414 - the topic's own
from ftop_tui.services.reading import reading
from ftop_tui.store import tables
from ftop_tui.store.partner_names import read_partners, row_of
from ftop_tui.store.partner_rows import find_meeting, find_partnership, review_records
from ftop_tui.store.partners import INFORMED, REVIEW, customer_of
from ftop_tui.store.unit_of_work import UnitOfWork
from ftop_tui.text import clean, clean_line, fold

ASSIGNED_ELSEWHERE = (
    "Which workloads a partner has is never changed here: that goes through the team manager and "
    "the PSM (FR-02)."
)
"""What the screen and the command line say of assignments."""


def one(context: Context, tenant_id: str, partner: str | None = None) -> Partnership:
    """The partnership at a tenant's customer; the partner is named where there are several.

    Raises:
        NotFoundError: there is none. AmbiguousError: several are there and none was named.
    """
    customer_id, name = _customer(context, tenant_id)
    return choose(read(context, customer_id), partner, name)


def of_tenant(context: Context, tenant_id: str | None) -> list[Partnership]:
    """The partnerships at a tenant's customer; without a tenant all there are.

    Raises:
        NotFoundError: there is no such tenant.
    """
    if tenant_id is None:
        return read(context)
    return read(context, _customer(context, tenant_id)[0])


def _customer(context: Context, tenant_id: str) -> tuple[str, str]:
    context.stored()
    with reading(context) as connection:
        found = customer_of(connection, tenant_id)
    if found is None:
        raise NotFoundError(f"there is no tenant {tenant_id}")
    return found


@dataclass(slots=True)
class Place:
    """A partnership in the middle of a write: the unit, the value, and its row."""

    unit: UnitOfWork
    partnership: Partnership
    row: tables.Partnership

    def done(self, sentence: str, *, rank: bool = False) -> Changes:
        """Say what was done, for undo and for the screens."""
        here = self.partnership
        self.unit.sentence = f"{here.customer}, {here.partner}: {sentence}"
        return Changes(self.unit.sentence, rank=rank, tenants=frozenset({here.tenant_id}))


@contextmanager
def writing(context: Context, verb: str, tenant_id: str, partner: str | None) -> Iterator[Place]:
    """A unit of work on a partnership, whose rows are made where there are none yet."""
    here = one(context, tenant_id, partner)
    with context.stored().unit(verb) as unit:
        partner_id = row_of(unit, here.partner, context.new_id)
        row = find_partnership(unit.session, partner_id, here.customer_id)
        if row is None:
            row = tables.Partnership(
                id=context.new_id(), partner_id=partner_id, customer_id=here.customer_id
            )
            unit.session.add(row)
            unit.session.flush()
        yield Place(unit, here, row)


def done_day(context: Context, on: date | None) -> date:
    """The day on which something was done: today where none is said.

    Raises:
        InputError: it is still to come.
    """
    day = on or context.today()
    if day > context.today():
        raise InputError(f"{day.isoformat()} is still to come; say it when it is done")
    return day


def set_psm(context: Context, partner: str, psm: str) -> Changes:
    """Say who the PSM of a partner is, at all its customers; an empty text clears it (FR-03).

    Raises:
        NotFoundError: no such partner is registered or on record.
    """
    name = clean_line(psm)
    writer = context.stored()
    with reading(context) as connection:
        known = {fold(each): each for each in read_partners(connection)}
    found = known.get(fold(partner))
    if found is None:
        there = f"; there are: {', '.join(known.values())}" if known else ""
        raise NotFoundError(f"there is no partner {clean_line(partner)!r}{there}")
    with writer.unit("psm") as unit:
        row = unit.session.get_one(tables.Partner, row_of(unit, found, context.new_id))
        row.psm = name or None
        unit.session.add(row)
        unit.sentence = f"{found}: the PSM is {name}" if name else f"{found}: no PSM is named"
        return Changes(unit.sentence)


def step_done(
    context: Context, tenant_id: str, partner: str | None, step: str, *, on: date | None = None
) -> Changes:
    """Tick a step of the checklist off, today or on an earlier day (FR-03, FR-04).

    Raises:
        InputError: there is no such step, or the day is still to come.
    """
    title = _step_title(context, step)
    if step == AGREEMENT:
        return agree(context, tenant_id, partner, on=on)
    day = done_day(context, on)
    with writing(context, "partner-step", tenant_id, partner) as place:
        _tick(place, step, day)
        return place.done(f"{title}, done on {day.isoformat()}")


def step_undo(context: Context, tenant_id: str, partner: str | None, step: str) -> Changes:
    """Open a step of the checklist again; with the agreement its date goes too (FR-03, FR-04).

    Raises:
        InputError: there is no such step. RefusedError: it is open.
    """
    title = _step_title(context, step)
    with writing(context, "partner-step", tenant_id, partner) as place:
        ticked = place.unit.session.get(tables.PartnerStep, (place.row.id, step))
        agreed = step == AGREEMENT and place.row.agreed_on is not None
        if ticked is None and not agreed:
            raise RefusedError(f"{title}: it is not done, so there is nothing to open again")
        if ticked is not None:
            place.unit.session.delete(ticked)
        if agreed:
            place.row.agreed_on = None
            place.unit.session.add(place.row)
        return place.done(f"{title}, open again")


def _step_title(context: Context, key: str) -> str:
    steps = {step.key: step.title for step in terms(context).steps}
    if key not in steps:
        raise InputError(f"{key!r} is no step of the checklist; there are: {', '.join(steps)}")
    return steps[key]


def _tick(place: Place, step: str, day: date) -> None:
    ticked = place.unit.session.get(tables.PartnerStep, (place.row.id, step))
    if ticked is None:
        ticked = tables.PartnerStep(partnership_id=place.row.id, step=step, done_on=day)
    ticked.done_on = day
    place.unit.session.add(ticked)


def agree(
    context: Context, tenant_id: str, partner: str | None, *, on: date | None = None
) -> Changes:
    """Record that the partner agreed to status reviews and data for FTOP, and when (FR-04).

    Raises:
        InputError: the day is still to come.
    """
    day = done_day(context, on)
    with writing(context, "agree", tenant_id, partner) as place:
        place.row.agreed_on = day
        place.unit.session.add(place.row)
        _tick(place, AGREEMENT, day)
        said = f"agreed to status reviews and data for FTOP on {day.isoformat()}"
        return place.done(said, rank=True)


def access(context: Context, tenant_id: str, partner: str | None, has_it: bool) -> Changes:
    """Say whether the partner can write into FTOP itself, or gives its input to the FM (FR-09)."""
    with writing(context, "access", tenant_id, partner) as place:
        place.row.access_to_ftop = has_it
        place.unit.session.add(place.row)
        return place.done("has access to FTOP" if has_it else "gives its input to the FM")


def schedule(context: Context, tenant_id: str, partner: str | None, day: date) -> Changes:
    """Set a status review for a day (FR-05).

    Raises:
        InputError: the day is past. RefusedError: one is set for that day already.
    """
    if day < context.today():
        raise InputError(
            f"{day.isoformat()} is past; of a review that was, say whether it was held or missed"
        )
    with writing(context, "partner-review", tenant_id, partner) as place:
        if _meeting(place, day) is not None:
            raise RefusedError(f"a review is set for {day.isoformat()} already")
        place.unit.session.add(_new_meeting(context, place, day))
        return place.done(f"a review is set for {day.isoformat()}")


def cancel(context: Context, tenant_id: str, partner: str | None, day: date) -> Changes:
    """Take back a review that was set: it was called off, so nobody missed it (FR-12).

    Raises:
        RefusedError: none is set for that day, or it was held or missed.
    """
    with writing(context, "partner-review", tenant_id, partner) as place:
        meeting = _meeting(place, day)
        if meeting is None or meeting.held is not None:
            raise RefusedError(f"no review is set for {day.isoformat()} that could be called off")
        place.unit.session.delete(meeting)
        return place.done(f"the review of {day.isoformat()} is called off")


def hold(
    context: Context, tenant_id: str, partner: str | None, day: date, *, text: str = ""
) -> Changes:
    """Say that a review was held; its record, which moves FR-05's clock, is written with it.

    Raises:
        InputError: the day is still to come. RefusedError: it is marked as held already.
    """
    done_day(context, day)
    with writing(context, "partner-review", tenant_id, partner) as place:
        _mark(context, place, day, held=True, text=text)
        if not _records(place, day):
            record(context, place, REVIEW, day, text)
        return place.done(f"the review of {day.isoformat()} was held", rank=True)


def miss(
    context: Context, tenant_id: str, partner: str | None, day: date, *, text: str = ""
) -> Changes:
    """Say that a scheduled review was not held: a missed one, as a fact (FR-12).

    Raises:
        InputError: the day is still to come. RefusedError: it is marked as missed already.
    """
    done_day(context, day)
    with writing(context, "partner-review", tenant_id, partner) as place:
        _mark(context, place, day, held=False, text=text)
        for written in _records(place, day):
            place.unit.session.delete(written)
        return place.done(f"the review of {day.isoformat()} was missed", rank=True)


def psm_informed(
    context: Context, tenant_id: str, partner: str | None, *, on: date | None = None, text: str = ""
) -> Changes:
    """Record that the PSM was told how it goes; the next time is reckoned from it (FR-03).

    Raises:
        InputError: the day is still to come. RefusedError: it is recorded for that day already.
    """
    day = done_day(context, on)
    with writing(context, "psm-informed", tenant_id, partner) as place:
        if day in place.partnership.informed:
            raise RefusedError(
                f"that the PSM was informed on {day.isoformat()} is on record already"
            )
        record(context, place, INFORMED, day, text)
        who = f" ({place.partnership.psm})" if place.partnership.psm else ""
        return place.done(f"the PSM{who} was informed on {day.isoformat()}")


def record(context: Context, place: Place, kind: str, day: date, text: str) -> None:
    """Add a record that names the partner."""
    place.unit.session.add(
        tables.Record(
            id=context.new_id(),
            kind=kind,
            customer_id=place.partnership.customer_id,
            tenant_id=place.partnership.tenant_id,
            day=day,
            who=place.partnership.partner,
            text=clean(text).strip() or None,
            source="app",
            created_at=context.now().isoformat(),
        )
    )


def _mark(context: Context, place: Place, day: date, *, held: bool, text: str) -> None:
    meeting = _meeting(place, day) or _new_meeting(context, place, day)
    if meeting.held is held:
        word = "held" if held else "missed"
        raise RefusedError(f"the review of {day.isoformat()} is marked as {word} already")
    meeting.held = held
    meeting.text = clean(text).strip() or meeting.text
    place.unit.session.add(meeting)


def _meeting(place: Place, day: date) -> tables.PartnerMeeting | None:
    return find_meeting(place.unit.session, place.row.id, day)


def _new_meeting(context: Context, place: Place, day: date) -> tables.PartnerMeeting:
    return tables.PartnerMeeting(id=context.new_id(), partnership_id=place.row.id, day=day)


def _records(place: Place, day: date) -> list[tables.Record]:
    """The records of a review on a day that name this partner; those for all stay as they are."""
    here = place.partnership
    return review_records(place.unit.session, here.customer_id, here.partner, day)
