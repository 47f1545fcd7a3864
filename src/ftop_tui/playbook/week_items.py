"""Where the items of This week come from: the factors of the ranking, renewals, and dated rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ftop_tui.playbook.clocks import State
from ftop_tui.playbook.days import Day, day_of, day_text, iso_day
from ftop_tui.playbook.entries import days_in, milestones_in
from ftop_tui.playbook.factors import Factor
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.partnering import Partnership
from ftop_tui.playbook.urgency import Assessment, Ranked
from ftop_tui.playbook.values import Band
from ftop_tui.playbook.week import Item, Sort
from ftop_tui.playbook.wording import days, words


class Dated(NamedTuple):
    """A row of the store that owns a date, or an action that names one."""

    sort: Sort
    ref: str
    customer_id: str
    tenant_id: str | None
    """None: it belongs to the customer, and is shown with its winner tenant."""
    day: date
    text: str
    partner: str | None = None
    occurrence: str = ""


_RULES = {
    Sort.REVIEW: "RA-15", Sort.MEETING: "FR-05", Sort.ACTION: "OS-02", Sort.STEP: "RA-04",
    Sort.PSM: "FR-03",
}  # fmt: skip
_CLOCKS = {
    "enterprise": Sort.ENTERPRISE,
    "progress": Sort.PROGRESS,
    "perspective": Sort.PERSPECTIVE,
    "forecast": Sort.FORECAST,
    "frp-review": Sort.FRP_REVIEW,
}


def all_items(
    ranked: Sequence[Ranked], rows: Iterable[Dated], today: date, pack: Pack, *, kept: int
) -> list[Item]:
    """Every item of these tenants, whenever it is due.

    A renewal shows for `kept` days from the day on which it came within a threshold (RA-19).
    """
    found = [item for each in ranked for item in items_of(each, today, pack, kept=kept)]
    tenants = {each.facts.tenant_id: each.facts for each in ranked}
    winners = {each.facts.customer_id: each.facts for each in ranked if each.facts.winner}
    for row in rows:
        facts = tenants.get(row.tenant_id) if row.tenant_id else winners.get(row.customer_id)
        if facts is not None:
            found.append(
                _item(facts, row.sort, _RULES[row.sort], row.text, due=row.day, ref=row.ref,
                      late=row.day < today, partner=row.partner, occurrence=row.occurrence)
            )  # fmt: skip
    return found


def psm_rows(partnerships: Iterable[Partnership]) -> Iterator[Dated]:
    """When the PSM of each partner is to hear how it goes, over and over (FR-03)."""
    for here in partnerships:
        if here.id is not None and here.inform_psm_by is not None:
            day = here.inform_psm_by
            text = f"tell {here.psm or 'the PSM'} how it goes with {here.partner}"
            yield Dated(Sort.PSM, here.id, here.customer_id, None, day, text, here.partner,
                        day.isoformat())  # fmt: skip


def items_of(ranked: Ranked, today: date, pack: Pack, *, kept: int) -> Iterator[Item]:
    """What the facts of one tenant ask for: clocks, events, contacts, milestones, renewals."""
    facts, assessment, now = ranked.facts, ranked.assessment, today.toordinal()
    for factor in assessment.factors:
        make = _MAKERS.get(factor.sort)
        if make is not None:
            yield make(factor, facts, now)
    yield from _milestones(facts, now)
    if facts.winner:
        yield from _next_update(facts, assessment, now)
        yield from _contacts(facts, now, pack)
        yield from _awareness(facts, now, pack)
        yield from _renewals(facts, now, pack, kept)


def _item(
    facts: TenantFacts, sort: Sort, rule: str, text: str, *, due: date | Day | None, **more: Any
) -> Item:
    """An item of a tenant; days may be given as ordinals."""
    return Item(
        sort=sort,
        tenant_id=facts.tenant_id,
        customer_id=facts.customer_id,
        name=facts.name,
        customer=facts.customer,
        rule=rule,
        text=f"{text[:1].upper()}{text[1:]}",
        due=day_of(due) if isinstance(due, int) else due,
        **more,
    )


def _clock(factor: Factor, facts: TenantFacts, now: Day) -> Item:
    """A clock, running or late (ES-03, ES-04, FR-06, RA-05, RA-07, FR-05, FR-07)."""
    clock = factor.clock
    assert clock is not None  # noqa: S101 - a factor of this sort is made with its clock
    sort = _CLOCKS.get(clock.what, Sort.FRP_DATA)
    tag = clock.what if sort is Sort.FRP_DATA else None
    return _item(
        facts,
        sort,
        clock.rule,
        words(factor, now).short,
        due=clock.due,
        late=clock.state in {State.LATE, State.BREACH},
        band=clock.band,
        tag=tag,
        ref=tag or "",
        occurrence=day_text(clock.last) if clock.last is not None else "never",
    )


def _event(factor: Factor, facts: TenantFacts, now: Day) -> Item:
    """An event asks for an update on its day (RA-06)."""
    day: Day = factor.data[0]
    text = words(factor, now).short
    return _item(facts, Sort.EVENT, "RA-06", text, due=day, late=day < now, band=factor.band,
                 occurrence=day_text(day))  # fmt: skip


def _request(factor: Factor, facts: TenantFacts, now: Day) -> Item:
    """A request has no day by which it must be met, so it is never overdue (OS-03)."""
    day: Day = factor.data[0]
    ago = "today" if day == now else f"{days(now - day)} ago"
    return _item(facts, Sort.REQUEST, "OS-03", f"{words(factor, now).short} {ago}", due=now,
                 band=factor.band, occurrence=day_text(day))  # fmt: skip


_MAKERS: dict[str, Callable[[Factor, TenantFacts, Day], Item]] = {
    "clock": _clock,
    "event": _event,
    "request": _request,
}


def _next_update(facts: TenantFacts, assessment: Assessment, now: Day) -> Iterator[Item]:
    """The owner's own date (ES-14), unless the Enterprise clock asks for a note on that day."""
    day = facts.next_update
    if day is None or (facts.enterprise is not None and day <= facts.enterprise):
        return
    clocks = [f.clock for f in assessment.factors if f.clock and f.clock.what == "enterprise"]
    if any(clock.due == day for clock in clocks):
        return
    band = Band.DUE if day <= now else Band.WATCH
    text = f"the Next Update date is {day_text(day)}"
    yield _item(facts, Sort.NEXT_UPDATE, "ES-14", text, due=day, late=day < now, band=band,
                occurrence=day_text(day))  # fmt: skip


def _contacts(facts: TenantFacts, now: Day, pack: Pack) -> Iterator[Item]:
    """The day on which the first contact goes stale (RA-09)."""
    verified = sorted(days_in(facts.contacts))
    if not verified:
        return
    stale = pack.thresholds.contact_stale_days
    day = verified[0] + stale
    count = sum(each + stale <= now for each in verified)
    text = f"{count} of {len(verified)} contacts stale" if count else "the first contact goes stale"
    yield _item(facts, Sort.CONTACTS, "RA-09", text, due=day, late=day < now,
                occurrence=day_text(verified[0]))  # fmt: skip


def _awareness(facts: TenantFacts, now: Day, pack: Pack) -> Iterator[Item]:
    """Documented awareness is refreshed after so many days (RA-02)."""
    if facts.awareness is None:
        return
    day = facts.awareness + pack.thresholds.awareness_refresh_days
    text = f"documented on {day_text(facts.awareness)}"
    yield _item(facts, Sort.AWARENESS, "RA-02", text, due=day, late=day < now,
                occurrence=day_text(facts.awareness))  # fmt: skip


def _milestones(facts: TenantFacts, now: Day) -> Iterator[Item]:
    """Dated milestones that usage has not reached (FR-08)."""
    for tag, percent, day in milestones_in(facts.missed):
        missed = day < now
        text = f"{tag} {percent}% {'was due' if missed else 'is due'} {day_text(day)}"
        yield _item(facts, Sort.MILESTONE, "FR-08", text, due=day, late=missed, tag=tag,
                    ref=f"{tag}:{percent}", percent=percent)  # fmt: skip


def _renewals(facts: TenantFacts, now: Day, pack: Pack, kept: int) -> Iterator[Item]:
    """A renewal on the day it comes within a threshold, and for some days after it (RA-19)."""
    for text in (facts.renewals or "").split():
        ends = iso_day(text)
        if ends is None:
            continue  # `doctor` names it
        day = ends.toordinal()
        crossing = next_crossing(day, now - kept, pack.thresholds.renewal_days)
        if day >= now and crossing is not None:
            left = "today" if day == now else f"in {days(day - max(now, crossing))}"
            said = f"a subscription renews on {text}, {left}"
            due = max(now, crossing)
            yield _item(facts, Sort.RENEWAL, "RA-19", said, due=due, ref=text)


def next_crossing(renewal: Day, day: Day, thresholds: Iterable[int]) -> Day | None:
    """The first day, that day or later, on which the renewal comes within a threshold (RA-19)."""
    crossings = sorted(renewal - left for left in thresholds)
    return next((crossing for crossing in crossings if crossing >= day), None)
