"""How urgent a tenant is, and why: the one place where factors, points, bands and order are made.

A factor is one line of the reason. It says which rule, which band it asks for and how many points
it adds; its words are made by `wording`, only for those that are looked at. A tenant's band is the
worst that any factor asks for, its urgency the sum of their points. Pure: nothing here is stored,
so nothing can be stale.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ftop_tui.playbook import clocks
from ftop_tui.playbook import gaps as missing
from ftop_tui.playbook.clocks import Clock, State
from ftop_tui.playbook.days import Day, iso_day
from ftop_tui.playbook.entries import days_in, milestones_in, updates_in
from ftop_tui.playbook.factors import (
    Factor,
    Finder,
    OddFactError,
    Part,
    Questions,
    Rules,
    columns,
    weigh,
)
from ftop_tui.playbook.facts import TenantFacts, readable
from ftop_tui.playbook.gaps import GapFinder
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import Band, Health

_BANDS = tuple(Band)
"""The bands by their order."""


class Assessment(NamedTuple):
    """Where a tenant stands on a day; `parts` is what the rules found, shared between tenants."""

    band: Band
    urgency: int
    parts: tuple[Part, ...]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Every line of the reason, the weightiest first."""
        found = [factor for part in self.parts for factor in part.factors]
        return tuple(sorted(found, key=lambda f: (f.band.order, -f.points)))

    @property
    def due(self) -> Day | None:
        """The earliest due day of the started clocks behind the band; of all where none is."""
        running = [f.clock for part in self.parts for f in part.factors if f.clock is not None]
        behind = [clock for clock in running if clock.band is self.band] or running
        return min((clock.due for clock in behind if clock.due is not None), default=None)


class Ranked(NamedTuple):
    """A tenant with its place in the list, counted from 1."""

    rank: int
    facts: TenantFacts
    assessment: Assessment


def _clock_factor(clock: Clock, today: Day, pack: Pack, stricter_why: str | None = None) -> Factor:
    data = (stricter_why,)
    points = pack.points
    if clock.last is None:
        late = clock.state is State.LATE
        amount = points.no_note if late else points.due_soon
        return Factor(clock.rule, "clock", clock.band, amount, data, clock)
    amount = 0
    if clock.state is not State.ON_TRACK and clock.opens is not None:
        step = (0, points.due_soon, points.late, points.breach)[clock.state]
        amount = step + points.per_day * min(points.clock_cap, today - clock.opens)
    return Factor(clock.rule, "clock", clock.band, amount, data, clock)


def _enterprise(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """ES-03, ES-04, FR-06: always there, so that the limit can be read while on track."""
    yield _clock_factor(clocks.enterprise(facts, today, pack), today, pack, facts.stricter_why)


def _progress(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-05: a clock that starts with its first record."""
    if facts.progress is not None:
        clock = clocks.recurring("progress", facts.progress, facts, today, pack)
        yield _clock_factor(clock, today, pack, "health")


def _perspective(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-05: likewise."""
    if facts.perspective is not None:
        clock = clocks.recurring("perspective", facts.perspective, facts, today, pack)
        yield _clock_factor(clock, today, pack, "health")


def _forecast(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-07: likewise."""
    if facts.forecast is not None:
        yield _clock_factor(clocks.forecast(facts.forecast, today, pack), today, pack)


def _partner_review(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """FR-05: likewise, for as long as there is a partner."""
    if facts.frp_review is not None and facts.has_frp:
        clock = clocks.frp_review(facts.frp_review, facts.phase, today, pack)
        yield _clock_factor(clock, today, pack)


def _partner_data(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """FR-07: a weekly clock a workload, on whichever tenant has it."""
    for tag, last in updates_in(facts.frp_data):
        if last:
            yield _clock_factor(clocks.frp_data(tag, last, today, pack), today, pack)


def _event(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-06: due from the day of the event until an Enterprise note is posted on or after it."""
    if facts.event is not None and facts.event <= today:
        data = (facts.event, facts.event_text)
        yield Factor("RA-06", "event", Band.DUE, pack.points.event, data)


def _request(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """OS-03: due until an Exec Summary is posted, never a breach."""
    if facts.request is not None and facts.request <= today:
        data = (facts.request, facts.request_by)
        yield Factor("OS-03", "request", Band.DUE, pack.points.exec_request, data)


def _next_update(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """ES-14: the owner's own date, reached and not answered by a post."""
    day = facts.next_update
    if day is None or day > today:
        return
    if facts.enterprise is None or day > facts.enterprise:
        yield Factor("ES-14", "next_update", Band.DUE, pack.points.next_update, (day,))


def _blocked(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-01: only the six health workloads count."""
    if facts.blocked:
        tags = [tag for tag in facts.blocked.split() if tag in pack.health_tags]
        tags.sort(key=pack.tag_order.__getitem__)
        for place, tag in enumerate(tags):
            counts = place < pack.caps["blocked_workload"]
            points = pack.points.blocked_workload if counts else 0
            yield Factor("RA-01", "blocked", Band.BLOCKED, points, (tag,))


def _escalations(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-08: open ones, together."""
    if facts.escalations:
        counted = min(facts.escalations, pack.caps["escalation"])
        points = counted * pack.points.escalation
        data = (facts.escalations, facts.escalation)
        yield Factor("RA-08", "escalation", Band.BLOCKED, points, data)


def _dibs(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """EN-19: one line for all workloads that lack a part of their DIBS."""
    if facts.no_dibs:
        tags = sorted(facts.no_dibs.split(), key=lambda tag: pack.tag_order.get(tag, 99))
        points = min(len(tags), pack.caps["missing_dibs"]) * pack.points.missing_dibs
        yield Factor("EN-19", "dibs", Band.WATCH, points, tuple(tags))


def _milestones(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """FR-08: dated milestones that passed below their mark."""
    missed = [each for each in milestones_in(facts.missed) if each[2] < today]
    if missed:
        points = min(len(missed), pack.caps["missed_milestone"]) * pack.points.missed_milestone
        yield Factor("FR-08", "milestones", Band.WATCH, points, tuple(sorted(missed)))


def _health(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-18: the worse the colour, the more there is to win."""
    health = Health.read(facts.health or "")
    points = pack.health_points(health)
    if points and health:
        yield Factor("RA-18", "health", Band.WATCH, points, (health,))
    elif health is None:
        yield Factor("ES-03", "no_health", Band.WATCH, points)


def _renewals(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-19: the next renewal, the nearer the more."""
    if not facts.renewals:
        return
    day = next_renewal(facts.renewals, today)
    if day is None:
        return
    for within, points in pack.points.renewal.items():
        if day - today <= within:
            yield Factor("RA-19", "renewal", Band.WATCH, points, (day, day - today))
            return


def _contacts(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-09: contacts that were not verified for long."""
    oldest = today - pack.thresholds.contact_stale_days
    stale = sum([day <= oldest for day in days_in(facts.contacts)])
    if stale:
        points = min(stale, pack.caps["stale_contact"]) * pack.points.stale_contact
        yield Factor("RA-09", "contacts", Band.WATCH, points, (stale,))


def _activities(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Factor]:
    """RA-02: open steps of the plan."""
    if facts.open_activities:
        counted = min(facts.open_activities, pack.caps["open_activity"])
        points = counted * pack.points.open_activity
        yield Factor("RA-02", "activities", Band.WATCH, points, (facts.open_activities,))


def _gap(find: GapFinder) -> Finder:
    """What the record lacks, as factors; each gap names its own rule."""

    def found(facts: TenantFacts, today: Day, pack: Pack) -> list[Factor]:
        points = pack.points.gap
        return [
            Factor(gap.rule, "gap", Band.WATCH, points, gap) for gap in find(facts, today, pack)
        ]

    return found


CUSTOMER_RULES: tuple[Rules, ...] = (
    Rules(
        (_enterprise, _next_update, _health),
        ("health", "has_frp", "enterprise", "stricter", "stricter_why", "next_update"),
    ),
    Rules((_progress, _gap(missing.progress)), ("progress", "health", "colour_stricter")),
    Rules((_perspective, _gap(missing.perspective)), ("perspective", "health", "colour_stricter")),
    Rules((_forecast, _gap(missing.forecast)), ("forecast",)),
    Rules((_partner_review, _gap(missing.partner)), ("frp_review", "has_frp", "has_poc", "phase")),
    Rules((_event, _request), ("event", "event_text", "request", "request_by")),
    Rules((_renewals,), ("renewals",), watch=True),
    Rules(
        (_activities, _gap(missing.awareness)),
        ("open_activities", "awareness", "aligned"),
        watch=True,
    ),
    Rules((_gap(missing.groups),), ("group_1", "group_2", "group_3"), watch=True),
    Rules((_gap(missing.prospect),), ("health", "forecast_health", "forecast_month"), watch=True),
    Rules((_contacts,), ("contacts",), watch=True),
    Rules((_gap(missing.people),), ("fm", "fta", "has_frp", "s_rank"), watch=True),
    Rules((_gap(missing.flag),), ("level", "users", "assigned"), watch=True),
    Rules((_gap(missing.reason),), ("business_reason",), watch=True),
)
"""What sits on the winner tenant alone."""

TENANT_RULES: tuple[Rules, ...] = (
    Rules((_blocked, _escalations), ("blocked", "escalations", "escalation")),
    Rules((_partner_data,), ("frp_data",)),
    Rules((_gap(missing.milestones),), ("dated", "peaks"), watch=True),
    Rules((_gap(missing.partner_data),), ("frp_data",), watch=True),
    Rules((_dibs,), ("no_dibs",), watch=True),
    Rules((_milestones,), ("missed",), watch=True),
)
"""What a tenant's own workloads bring, winner or not."""


ASKED = frozenset(columns(CUSTOMER_RULES + TENANT_RULES))
"""The facts that any rule reads."""


def next_renewal(renewals: str | None, today: Day) -> Day | None:
    """The soonest renewal that is not past, of days as TenantFacts holds them."""
    days = map(_ordinal, (renewals or "").split())
    return min((day for day in days if day >= today), default=None)


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> Day:
    """A day as it is ranked by; one that cannot be read is long past."""
    day = iso_day(text)
    return day.toordinal() if day else 0


def assess(facts: TenantFacts, today: Day, pack: Pack) -> Assessment:
    """Where one tenant stands today."""
    rules = CUSTOMER_RULES + TENANT_RULES if facts.winner else TENANT_RULES
    parts = [each.ask(facts, today, pack) for each in rules]
    return _together(tuple([part for part in parts if part is not None]))


def _together(parts: tuple[Part, ...]) -> Assessment:
    """The worst band of the parts, and their points together."""
    order, urgency = weigh(parts)
    return Assessment(_BANDS[order], urgency, parts)


def assess_all(tenants: Sequence[TenantFacts], today: Day, pack: Pack) -> list[Assessment]:
    """Where each of the tenants stands today: what `assess` says of each, and much sooner.

    Raises:
        OddFactError: a fact cannot be read.
    """
    asked = Questions(CUSTOMER_RULES, TENANT_RULES, TenantFacts._fields, today, pack)
    return [_together(parts) for parts in asked.parts(tenants)]


def rank(tenants: Iterable[TenantFacts], today: Day, pack: Pack) -> list[Ranked]:
    """All tenants, most urgent first: by band, then urgency, then name, then id.

    The order does not depend on the order of the input. A fact that cannot be read is unknown.
    """
    listed = list(tenants)
    try:
        told = assess_all(listed, today, pack)
    except OddFactError:
        listed = list(map(readable, listed))
        told = assess_all(listed, today, pack)
    found = list(zip(listed, told, strict=True))
    found.sort(key=lambda pair: (pair[0].name.casefold(), pair[0].tenant_id))
    found.sort(key=lambda pair: pair[1].urgency, reverse=True)
    found.sort(key=lambda pair: pair[1].band.order)
    return [Ranked(place, facts, told) for place, (facts, told) in enumerate(found, start=1)]


__all__ = [
    "ASKED",
    "CUSTOMER_RULES",
    "TENANT_RULES",
    "Assessment",
    "Factor",
    "Ranked",
    "assess",
    "assess_all",
    "next_renewal",
    "rank",
]
