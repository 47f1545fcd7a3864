"""Review meetings: who is nominated for which, by when, and who has been presented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.reviews import (
    Hint,
    Meeting,
    Nomination,
    coming_days,
    earliest_usual,
    is_off_rhythm,
    is_short_notice,
)
from ftop_tui.playbook.wording import days
from ftop_tui.services.brief_terms import brief_terms
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import nominations, repositories
from ftop_tui.store.reviews import NominationRow, read_hints, read_meetings, read_nominations
from ftop_tui.store.tables import Nomination as NominationTable
from ftop_tui.store.tables import Review
from ftop_tui.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Nominated:
    """What nominating changed, and what there is to say about it."""

    changes: Changes
    warnings: tuple[str, ...] = ()
    nomination_id: str = ""


def meetings(context: Context) -> list[Meeting]:
    """Every stored meeting with its agenda, the earliest first (RA-15)."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        stored, rows = read_meetings(connection), read_nominations(connection)
    presented = _presented(rows)
    agendas: dict[date, list[Nomination]] = {}
    for row in rows:
        agendas.setdefault(row.day, []).append(_nomination(context, row, presented))
    return [
        Meeting(each.day, each.region, each.off_rhythm, tuple(agendas.get(each.day, ())))
        for each in stored
    ]


def calendar(context: Context) -> list[Meeting]:
    """The stored meetings and the next ones of the weekly rhythm, stored or not (RA-15)."""
    terms = brief_terms(context)
    known = {meeting.day: meeting for meeting in meetings(context)}
    for day in coming_days(context.today(), terms.weekday, terms.coming_weeks):
        known.setdefault(day, Meeting(day, None, False, ()))
    return [known[day] for day in sorted(known)]


def next_meeting(context: Context, on: date | None = None) -> Meeting | None:
    """The first stored meeting on or after a day, today by default."""
    first = on or context.today()
    return next((meeting for meeting in meetings(context) if meeting.day >= first), None)


def meeting_of(context: Context, day: date) -> Meeting | None:
    """The stored meeting of a day."""
    return next((meeting for meeting in meetings(context) if meeting.day == day), None)


def hints(context: Context) -> list[Hint]:
    """The review dates to come that FTOP names, of customers that nobody has nominated."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        rows = read_hints(connection, context.today())
    return [
        Hint(row.customer_id, row.tenant_id, _called(row.brand, row.customer, row.tenant_name),
             row.day)
        for row in rows
    ]  # fmt: skip


def _called(brand: str | None, customer: str | None, tenant: str) -> str:
    return shown_name(brand, customer, tenant) or tenant


def _presented(rows: Iterable[NominationRow]) -> dict[str, list[date]]:
    """The days on which each customer was presented."""
    days: dict[str, list[date]] = {}
    for row in rows:
        if row.presented:
            days.setdefault(row.customer_id, []).append(row.day)
    return days


def _nomination(
    context: Context, row: NominationRow, presented: dict[str, list[date]]
) -> Nomination:
    numbers = context.pack.thresholds
    return Nomination(
        id=row.id,
        customer_id=row.customer_id,
        tenant_id=row.tenant_id,
        name=_called(row.brand, row.customer, row.tenant_name),
        nominated_on=row.nominated_on,
        presented=row.presented,
        short_notice=is_short_notice(row.nominated_on, row.day, numbers.nomination_days),
        earliest_usual=earliest_usual(
            presented.get(row.customer_id, ()), row.day, numbers.review_interval_days
        ),
    )


def nominate(
    context: Context,
    tenant_id: str,
    day: date,
    *,
    on: date | None = None,
    off_rhythm: bool = False,
) -> Nominated:
    """Nominate a tenant's customer for the meeting of a day, made where there is none (RA-15).

    `on` is the day on which that was decided, today by default. A day outside the weekly rhythm
    makes the meeting an off-rhythm one, and so does `off_rhythm`. Coming back sooner than usual is
    allowed and said (RA-16).

    Raises:
        RefusedError: the day is past, or the customer is nominated for that meeting already.
        InputError: it was decided on a day to come.
    """
    decided = _checked(context, day, on)
    with context.stored().unit("nominate") as unit:
        customer_id = repositories.get_tenant(unit.session, tenant_id).customer_id
        name = _name(unit, customer_id)
        review = _meeting(context, unit, day, off_rhythm=off_rhythm)
        _refuse_twice(unit, review, customer_id, name)
        nomination_id = context.new_id()
        unit.session.add(
            NominationTable(
                id=nomination_id,
                review_id=review.id,
                customer_id=customer_id,
                nominated_on=decided,
            )
        )
        unit.sentence = f"Nominated {name} for the review of {day.isoformat()}"
        warnings = _warnings(context, unit, customer_id, review, decided)
        changes = Changes(unit.sentence, rank=True, tenants=frozenset({tenant_id}))
        return Nominated(changes, warnings, nomination_id)


def move(
    context: Context,
    nomination_id: str,
    day: date,
    *,
    on: date | None = None,
    off_rhythm: bool = False,
) -> Nominated:
    """Have a nomination stand for another meeting; its edited brief goes along (RA-15).

    It counts as nominated on the day of the move, for that agenda learns of it only then.

    Raises:
        NotFoundError: there is no such nomination. RefusedError: it was presented, the day is past,
            or the customer is nominated for that meeting already.
    """
    decided = _checked(context, day, on)
    with context.stored().unit("move nomination") as unit:
        row, _ = nominations.get_nomination(unit.session, nomination_id)
        name = _name(unit, row.customer_id)
        if row.presented:
            raise RefusedError(f"{name} has been presented; nominate it anew instead")
        review = _meeting(context, unit, day, off_rhythm=off_rhythm)
        _refuse_twice(unit, review, row.customer_id, name)
        row.review_id, row.nominated_on = review.id, decided
        unit.session.add(row)
        unit.session.flush()
        unit.sentence = f"Moved {name} to the review of {day.isoformat()}"
        warnings = _warnings(context, unit, row.customer_id, review, decided)
        return Nominated(Changes(unit.sentence, rank=True), warnings, nomination_id)


def withdraw(context: Context, nomination_id: str) -> Changes:
    """Take a nomination back, and with it what was edited of its brief; undo brings both back.

    Raises:
        NotFoundError: there is no such nomination. RefusedError: the customer was presented.
    """
    with context.stored().unit("withdraw") as unit:
        row, review = nominations.get_nomination(unit.session, nomination_id)
        name, day = _name(unit, row.customer_id), review.day
        if row.presented:
            raise RefusedError(
                f"{name} was presented on {day.isoformat()}; mark it as not presented first"
            )
        for part in nominations.parts_of(unit.session, nomination_id):
            unit.session.delete(part)
        unit.session.flush()
        unit.session.delete(row)
        unit.sentence = f"Withdrew {name} from the review of {day.isoformat()}"
        return Changes(unit.sentence, rank=True)


def mark_presented(context: Context, nomination_id: str, presented: bool = True) -> Changes:
    """Record that a nominated customer was presented, or was not after all (RA-16).

    Raises:
        NotFoundError: there is no such nomination. RefusedError: the meeting is still to come.
    """
    with context.stored().unit("presented") as unit:
        row, review = nominations.get_nomination(unit.session, nomination_id)
        name, day = _name(unit, row.customer_id), review.day
        if presented and day > context.today():
            raise RefusedError(f"the review of {day.isoformat()} is still to come")
        if row.presented == presented:
            return Changes("Nothing changed")
        row.presented = presented
        unit.session.add(row)
        said = "presented" if presented else "not presented"
        unit.sentence = f"Marked {name} as {said} at the review of {day.isoformat()}"
        return Changes(unit.sentence, rank=True)


def find(context: Context, tenant_id: str, day: date) -> Nomination:
    """The nomination of a tenant's customer for the meeting of a day.

    Raises:
        NotFoundError: the customer is not nominated for it.
    """
    with reading(context) as connection:
        rows = read_nominations(connection)
        row = connection.execute(
            "SELECT customer_id FROM tenant WHERE id = ?", (tenant_id,)
        ).fetchone()
    for each in rows:
        if row is not None and each.customer_id == row[0] and each.day == day:
            return _nomination(context, each, _presented(rows))
    raise NotFoundError(f"not nominated for the review of {day.isoformat()}")


def _checked(context: Context, day: date, on: date | None) -> date:
    """The day of the decision, once nothing speaks against it."""
    today = context.today()
    if day < today:
        raise RefusedError(
            f"{day.isoformat()} is past; a customer is nominated for a review to come"
        )
    decided = on or today
    if decided > today:
        raise InputError(f"{decided.isoformat()} is still to come; nominate when it is decided")
    return decided


def _name(unit: UnitOfWork, customer_id: str) -> str:
    """How a customer is called (ES-13)."""
    winner = repositories.winner_id(unit.session, customer_id)
    tenant = repositories.get_tenant(unit.session, winner)
    customer = repositories.get_customer(unit.session, winner)
    return _called(customer.brand, customer.name, tenant.name)


def _meeting(context: Context, unit: UnitOfWork, day: date, *, off_rhythm: bool) -> Review:
    """The meeting of a day; made where there is none yet."""
    review = nominations.review_on(unit.session, day)
    if review is None:
        review = Review(
            id=context.new_id(),
            day=day,
            region=nominations.latest_region(unit.session),
            off_rhythm=off_rhythm or is_off_rhythm(day, brief_terms(context).weekday),
        )
    elif off_rhythm:
        review.off_rhythm = True
    unit.session.add(review)
    unit.session.flush()
    return review


def _refuse_twice(unit: UnitOfWork, review: Review, customer_id: str, name: str) -> None:
    if nominations.nominated(unit.session, review.id, customer_id) is not None:
        raise RefusedError(f"{name} is nominated for the review of {review.day} already")


def _warnings(
    context: Context, unit: UnitOfWork, customer_id: str, review: Review, decided: date
) -> tuple[str, ...]:
    """What there is to say about a nomination (RA-15, RA-16)."""
    numbers = context.pack.thresholds
    said: list[str] = []
    if is_short_notice(decided, review.day, numbers.nomination_days):
        left = days((review.day - decided).days)
        said.append(
            f"short notice: nominated {left} ahead, "
            f"the agenda is set {days(numbers.nomination_days)} ahead"
        )
    presented = nominations.days_presented(unit.session, customer_id)
    usual = earliest_usual(presented, review.day, numbers.review_interval_days)
    if usual is not None:
        said.append(f"sooner than usual: the earliest usual date is {usual.isoformat()}")
    if review.off_rhythm:
        said.append("the meeting is off the weekly rhythm")
    return tuple(said)
