"""Values for the playbook's tests: a tenant that nothing is wrong with, to be changed at will."""

from datetime import date
from typing import Any

from ftop_tui.exchange.pack_file import load_pack
from ftop_tui.playbook.days import Day
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Assessment, Factor, assess

PACK = load_pack()
TODAY = date(2026, 11, 21).toordinal()

_QUIET: dict[str, Any] = dict.fromkeys(TenantFacts._fields) | {
    "tenant_id": "7f1c2c1e-0000-4000-8000-000000000001",
    "name": "Contoso",
    "tpid": "640001",
    "customer_id": "c1",
    "customer": "Contoso Group",
    "winner": True,
    "users": 20_000,
    "level": 3,
    "assigned": True,
    "fm": "Ana Bauer",
    "priority": "high",
    "phase": "enable",
    "health": "blue",
    "group_1": "blue",
    "group_2": "blue",
    "group_3": "blue",
    "status": "green",
    "business_reason": "Retire the data centres",
    "enterprise": TODAY,
    "progress": TODAY,
    "perspective": TODAY,
    "forecast": TODAY,
    "awareness": TODAY,
    "aligned": "FY27",
    "has_frp": False,
    "has_poc": True,
    "escalations": 0,
    "open_activities": 0,
    "drafts": 0,
}


def day(text: str) -> Day:
    """A day as the clocks count it, from `YYYY-MM-DD`."""
    return date.fromisoformat(text).toordinal()


def facts(**changes: Any) -> TenantFacts:
    """The winner tenant of a blue customer, all updated today, no gap on record, with changes."""
    unknown = changes.keys() - set(TenantFacts._fields)
    assert not unknown, f"no such facts: {unknown}"
    return TenantFacts(**{**_QUIET, **changes})


def assessed(today: Day = TODAY, **changes: Any) -> Assessment:
    """Where such a tenant stands."""
    return assess(facts(**changes), today, PACK)


def only(found: Assessment, rule: str, sort: str | None = None) -> Factor:
    """The one factor of a rule (and sort); anything but one is a failure."""
    hits = [f for f in found.factors if f.rule == rule and sort in {None, f.sort}]
    assert len(hits) == 1, f"{len(hits)} factors of {rule}: {found.factors}"
    return hits[0]


def rules(found: Assessment) -> set[str]:
    """The ids of the rules behind a tenant's place."""
    return {factor.rule for factor in found.factors}


def standing(found: Assessment) -> tuple[int, int]:
    """How urgent a tenant is, the larger the more: by band, then by points."""
    return -found.band.order, found.urgency
