"""What moved since a day: bands, new blockers, statuses, renewals that come near.

Bands are not stored: they are computed for both days from the facts as they stood.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ftop_tui.playbook.days import day_text, iso_day
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Ranked, assess_all, next_renewal, rank
from ftop_tui.playbook.values import Band, EntitlementStatus, Health
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import read_model

SEEN = "last_seen_day"
"""The small fact that holds the day on which the app was last looked at."""


class Movement(NamedTuple):
    """One thing that moved: on which tenant, what, from what to what, and a sentence of it."""

    tenant_id: str
    name: str
    what: str
    """`new`, `gone`, `band`, `health`, `status`, `blocker`, `workload` or `renewal`."""
    before: str | None
    after: str | None
    sentence: str


def moved(context: Context, since: date | None = None) -> list[Movement]:
    """Everything that moved since the end of a day (by default yesterday), most urgent first."""
    if not context.store.exists():
        return []
    today = context.today()
    day = since or today - timedelta(days=1)
    with reading(context) as connection:
        now = read_model.read_facts(connection)
        then = read_model.facts_at(connection, day)
        statuses = read_model.statuses_since(connection, day)
    stood = assess_all(list(then.values()), day.toordinal(), context.pack)
    bands = {tenant: found.band for tenant, found in zip(then, stood, strict=True)}
    found: list[Movement] = []
    for ranked in rank(now, today.toordinal(), context.pack):
        tenant_id = ranked.facts.tenant_id
        old = then.pop(tenant_id, None)
        if old is None:
            found.append(_movement(ranked.facts, "new", None, None, "is new"))
            continue
        found.extend(_compare(context, ranked, old, bands[tenant_id], day, today))
        for tag, text in statuses.get(tenant_id, []):
            status = EntitlementStatus.read(text)
            if status and status is not EntitlementStatus.BLOCKED:
                said = f"{tag} is now {status.word}"
                found.append(_movement(ranked.facts, "workload", None, status.value, said))
    found.extend(_movement(gone, "gone", None, None, "is gone") for gone in then.values())
    return found


def _movement(
    facts: TenantFacts, what: str, before: str | None, after: str | None, said: str
) -> Movement:
    return Movement(facts.tenant_id, facts.name, what, before, after, f"{facts.name}: {said}")


def _compare(
    context: Context, ranked: Ranked, old: TenantFacts, was: Band, day: date, today: date
) -> Iterator[Movement]:
    facts, pack = ranked.facts, context.pack
    band = ranked.assessment.band
    if was is not band:
        turn = "up" if band.order < was.order else "down"
        said = f"{turn} from {was.value} to {band.value}"
        yield _movement(facts, "band", was.value, band.value, said)
    for what, before, after in (
        ("health", old.health, facts.health),
        ("status", old.status, facts.status),
    ):
        if facts.winner and before != after:
            name = "overall health" if what == "health" else "Enterprise status"
            said = f"{name} {_colour(before)} → {_colour(after)}"
            yield _movement(facts, what, before, after, said)
    for tag in (facts.blocked or "").split():
        if tag not in (old.blocked or "").split():
            yield _movement(facts, "blocker", None, tag, f"{tag} is now blocked")
    yield from _renewal(facts, day, today, pack.thresholds.renewal_days)


def _renewal(
    facts: TenantFacts, day: date, today: date, marks: tuple[int, ...]
) -> Iterator[Movement]:
    """A renewal that crossed one of the marks between the two days (RA-19)."""
    soonest = next_renewal(facts.renewals, today.toordinal())
    if soonest is None:
        return
    left, earlier = soonest - today.toordinal(), soonest - day.toordinal()
    if any(left <= mark < earlier for mark in marks):
        said = f"a subscription renews in {left} days ({day_text(soonest)})"
        yield _movement(facts, "renewal", str(earlier), str(left), said)


def _colour(value: str | None) -> str:
    health = Health.read(value or "")
    return health.word if health else "not set"


def last_seen(context: Context) -> date | None:
    """The day on which the app was last looked at, if ever."""
    if not context.store.exists():
        return None
    with reading(context) as connection:
        text = read_model.read_meta(connection, SEEN)
    return iso_day(text)


def mark_seen(context: Context) -> None:
    """Remember that the app was looked at today."""
    if context.store.exists():
        context.writer().remember(SEEN, context.today().isoformat())
