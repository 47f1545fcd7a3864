"""Gaps: what the record of a customer lacks. They add points, never a band."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ftop_tui.playbook.days import Day, day_text, fiscal_year
from ftop_tui.playbook.entries import shares_in, updates_in
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.roles import is_ranked, proposed_level
from ftop_tui.playbook.values import Health


class Gap(NamedTuple):
    """One thing missing: the rule that asks for it, what it is, and what closes the gap."""

    rule: str
    fact: str
    clears: str


GapFinder = Callable[[TenantFacts, Day, Pack], Iterator[Gap]]


def people(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """FR-14: somebody is accountable; a partner's customer has an FM."""
    if facts.fm or (facts.fta and not facts.has_frp):
        return
    if not facts.fta and is_ranked(facts.s_rank, pack):
        yield Gap("FR-14", "neither an FM nor an FTA is accountable", "name the FM or the FTA")
    elif facts.has_frp:
        yield Gap("FR-14", "a partner is registered and there is no FM", "name the FM")


def partner(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """FR-14 and FR-05: the partner's counterpart is known, the reviews with it have started."""
    if facts.has_frp and not facts.has_poc:
        yield Gap("FR-14", "the partner's point of contact is unknown", "add the FRP PoC")
    if facts.has_frp and facts.frp_review is None:
        yield Gap("FR-05", "no status review with the partner on record", "record the first review")


def flag(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """ES-05 and RA-12: the Enterprise fields can be edited only with the right flag."""
    level, proposed = facts.level, proposed_level(facts.users, pack)
    if level not in pack.enterprise.levels:
        now = "not set" if level is None else f"Level {level}"
        meant = f"Level {proposed}" if proposed else "Level 3 or 4"
        cure = f"set 'Is Enterprise' to {meant} on the flags tab in FTOP"
        yield Gap("ES-05", f"the Enterprise flag is {now}", cure)
    elif proposed is not None and level != proposed:
        fact = f"the Enterprise flag is Level {level}, {facts.users:,} users ask for {proposed}"
        cure = f"set 'Is Enterprise' to Level {proposed} on the flags tab in FTOP"
        yield Gap("RA-12", fact, cure)
    if facts.assigned is not None and not facts.assigned:
        yield Gap("ES-05", "you are not assigned to the tenant", "have yourself assigned in FTOP")


def groups(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-17: the colours of the three groups, which a Customer Review starts with."""
    found = (facts.group_1, facts.group_2, facts.group_3)
    unset = [str(number) for number, group in enumerate(found, start=1) if not group]
    if unset:
        noun = "group" if len(unset) == 1 else "groups"
        what = f"the health of {noun} {', '.join(unset)}"
        yield Gap("RA-17", f"{what} is not set", f"set {what}")


def prospect(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-17: which colour will be reached and when; a customer that stays Blue needs none."""
    keeps = facts.health == Health.BLUE.value and facts.forecast_health in {None, "blue"}
    if not keeps and not (facts.forecast_health and facts.forecast_month):
        yield Gap("RA-17", "the forecast of the colour is not complete", "set its colour and month")


def reason(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-20: why the customer moves to the cloud."""
    if not facts.business_reason:
        yield Gap("RA-20", "the business reason is unknown", "note why they move to the cloud")


def progress(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-05: a clock of the customer that nobody has started yet."""
    if facts.progress is None:
        yield Gap("RA-05", "no Customer Progress on record", "record the first one")


def perspective(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-05: likewise."""
    if facts.perspective is None:
        yield Gap("RA-05", "no Customer Perspective on record", "record the first one")


def forecast(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-07: likewise."""
    if facts.forecast is None:
        yield Gap("RA-07", "no usage forecast on record", "record the first forecast")


def awareness(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """RA-02 and RA-03: what the owner knows is documented, fresh, and set against the year."""
    if facts.awareness is None:
        yield Gap("RA-02", "situational awareness is not documented", "document it on the plan")
    elif today - facts.awareness > pack.thresholds.awareness_refresh_days:
        fact = f"situational awareness was documented on {day_text(facts.awareness)}"
        yield Gap("RA-02", fact, "refresh it on the plan")
    year = fiscal_year(today, label=pack.year.label, first_month=pack.year.first_month)
    if (facts.aligned or "") < year:
        fact = f"the awareness is not aligned to the priorities of {year}"
        yield Gap("RA-03", fact, "link it to them on the plan")


def milestones(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """FR-08: the partner's workloads have dated milestones, but for those already reached."""
    dated = set((facts.dated or "").split())
    missing = []
    for tag, peak in shares_in(facts.peaks):
        percents = [p for p in pack.thresholds.milestones if p > peak]
        missing += [f"{tag} {p}%" for p in percents if f"{tag}:{p}" not in dated]
    if missing:
        fact = f"no forecast of the milestones {', '.join(missing)}"
        yield Gap("FR-08", fact, "ask the partner for the dates")


def partner_data(facts: TenantFacts, today: Day, pack: Pack) -> Iterator[Gap]:
    """FR-07: the partner's weekly data of a workload that never came yet."""
    unfed = [tag for tag, last in updates_in(facts.frp_data) if last is None]
    if unfed:
        fact = f"no data from the partner on record for {', '.join(unfed)}"
        yield Gap("FR-07", fact, "record the first update")


_OF_CUSTOMER: tuple[GapFinder, ...] = (
    people, partner, flag, groups, prospect, reason, progress, perspective, forecast, awareness,
)  # fmt: skip


def gaps(facts: TenantFacts, today: Day, pack: Pack) -> list[Gap]:
    """Every gap of a winner tenant's record."""
    return [gap for find in _OF_CUSTOMER for gap in find(facts, today, pack)]


def workload_gaps(facts: TenantFacts, pack: Pack) -> Iterator[Gap]:
    """FR-07 and FR-08: what the record of the partners' workloads lacks, winner tenant or not."""
    today = 0  # neither asks for the day
    yield from milestones(facts, today, pack)
    yield from partner_data(facts, today, pack)
