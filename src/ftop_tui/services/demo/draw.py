"""Customers beyond the twelve that are written by hand: drawn by weights, shaped like those.

Each starts out calm, so that nothing is due on whatever day is today; what its situation asks for
is then laid upon it. A quarterly clock counted from at most 75 days ago is never due soon: the
last two weeks of a quarter begin later in it than that.
"""

from dataclasses import replace
from typing import Any

from ftop_tui.playbook.clocks import cadence_rule
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.roles import proposed_level
from ftop_tui.services.demo.data import (
    DemoData,
    PartnershipPlan,
    Scenario,
    TenantPlan,
    WorkloadPlan,
)
from ftop_tui.services.demo.names import tenant_names
from ftop_tui.services.demo.rows import Dice

_SITUATIONS: dict[str, float] = {
    "broken": 3,
    "old": 3.5, "no note": 1.5, "partner data": 1.5, "progress": 1,
    "event": 3, "request": 3, "next update": 3, "soon": 6,
    "blocked": 10, "escalated": 4,
    "calm": 60,
}  # fmt: skip
_WITH_PARTNER = 0.12
_HEALTH: dict[str | None, float] = {"red": 18, "yellow": 38, "green": 30, "blue": 12, None: 2}
_PHASES: dict[str, float] = {
    "initiate": 12, "assess": 20, "remediate": 22, "enable": 28, "drive_value": 18,
}  # fmt: skip
_PRIORITIES: dict[str, float] = {"high": 20, "medium": 45, "low": 35}
_STATUSES: dict[str, float] = {
    "in_progress": 74, "no_intent": 11, "unknown": 10, "duplicate": 5,
}  # fmt: skip
_GRADES: dict[str, float] = {"great": 55, "marginal": 30, "poor": 15}
_TENANTS: dict[int, float] = {1: 78, 2: 16, 3: 6}
_COLOURS = ("red", "yellow", "green", "blue")
_USAGE: dict[str | None, tuple[int, int]] = {
    "red": (2, 18), "yellow": (12, 45), "green": (40, 75), "blue": (65, 97), None: (5, 60),
}  # fmt: skip
_ALWAYS = ("EXO", "SPO", "OPP")
_CALM_STRICT = (1, 10)
_CALM_QUARTERLY = (12, 75)
_BROKEN_STRICT = (22, 60)
_BROKEN_QUARTERLY = (190, 280)  # a quarter and the whole of the next are at most 184 days
_RANKS = 1500


def draw(dice: Dice, name: str, data: DemoData, pack: Pack) -> Scenario:
    """One customer of that name."""
    situation = dice.weighted(_SITUATIONS)
    health = dice.weighted(_HEALTH)
    if situation in {"soon", "old", "progress"} and health in {"green", "blue"}:
        health = "yellow"
    with_partner = situation == "partner data" or dice.chance(_WITH_PARTNER)
    calm = _calm(dice, name, data, pack, health, with_partner=with_partner)
    return _laid_upon(dice, calm, situation, data, pack)


def _calm(
    dice: Dice, name: str, data: DemoData, pack: Pack, health: str | None, *, with_partner: bool
) -> Scenario:
    pool = data.pool
    strict = cadence_rule(health, has_frp=with_partner) != "ES-04"
    partner = dice.pick(pool["partners"]) if with_partner else None
    rank = dice.between(1, 2 * _RANKS) if dice.chance(0.8) else None
    fm = dice.pick(pool["fms"]) if dice.chance(0.95) else None
    stories = [s for s in data.texts["enterprise"] if _fits(s["status"], health)]
    story = dice.pick(stories)
    posted = dice.between(*(_CALM_STRICT if strict else _CALM_QUARTERLY))
    tenants = _tenants(dice, name, data, pack, health, partner)
    customer = Scenario(
        name=name,
        tenants=tenants,
        # Without a TPID a tenant is a customer of its own.
        tpid=dice.chance(0.98) or len(tenants) > 1,
        industry=dice.pick(pool["industries"]),
        rank=rank,
        fm=fm,
        fta=dice.pick(pool["ftas"]) if rank and rank <= _RANKS // 3 else None,
        priority=dice.weighted(_PRIORITIES),
        phase=dice.weighted(_PHASES),
        health=health,
        groups=tuple(_near(dice, health) for _ in range(3)) if health else ("", "", ""),
        forecast=_forecast(dice, health),
        status=story["status"],
        story=story["story"],
        business_reason=dice.pick(pool["business_reasons"]) if dice.chance(0.8) else None,
        past_notes=0,
    )
    return _looked_after(dice, customer, posted, with_partner=with_partner)


def _looked_after(dice: Dice, customer: Scenario, posted: int, *, with_partner: bool) -> Scenario:
    """What was done for the customer, the Enterprise note so many days ago."""
    quarterly = customer.health in {"green", "blue"}
    colour = _CALM_QUARTERLY if quarterly else _CALM_STRICT
    return replace(
        customer,
        enterprise=(posted, posted + dice.between(12, 80)),
        progress=_perhaps(dice, 0.85, colour),
        perspective=_perhaps(dice, 0.75, colour),
        forecasts=_perhaps(dice, 0.7, _CALM_QUARTERLY),
        frp_reviews=_perhaps(dice, 0.8, (1, 6)) if with_partner else (),
        exec_summaries=((dice.between(20, 200), dice.between(0, 3)),) if dice.chance(0.2) else (),
        overall=((dice.between(0, 3), dice.between(1, 60)),) if dice.chance(0.7) else (),
        contacts=_contacts(dice, with_partner=with_partner),
        duplicate_contact=dice.chance(0.05),
        activities=_activities(dice),
        support=((dice.between(0, 3), dice.between(5, 80), 0),) if dice.chance(0.1) else (),
        nominated=((dice.between(0, 3), dice.between(1, 20)),) if dice.chance(0.02) else (),
        partnership=_partnership(dice) if with_partner else None,
    )


def _partnership(dice: Dice) -> PartnershipPlan:
    return PartnershipPlan(
        agreed=dice.between(20, 200),
        access=dice.chance(0.5),
        steps=tuple(sorted((dice.between(20, 260) for _ in range(4)), reverse=True)),
    )


def _fits(status: str, health: str | None) -> bool:
    return status == "green" if health in {"green", "blue"} else status != "green"


def _perhaps(dice: Dice, share: float, span: tuple[int, int]) -> tuple[int, ...]:
    return (dice.between(*span),) if dice.chance(share) else ()


def _near(dice: Dice, health: str) -> str:
    place = _COLOURS.index(health) + dice.between(-1, 1)
    return _COLOURS[min(max(place, 0), len(_COLOURS) - 1)]


def _forecast(dice: Dice, health: str | None) -> tuple[str, int] | None:
    if health in {None, "blue"} or dice.chance(0.2):
        return None
    place = _COLOURS.index(health or "red")
    rise = 0 if dice.chance(0.1) else 1
    return _COLOURS[place + rise], dice.between(-1, 12)


def _contacts(dice: Dice, *, with_partner: bool) -> tuple[int, ...]:
    shares = [0.6, 0.1, 0.1, float(with_partner), 0.95, 0.5, 0.8 * with_partner]
    return tuple(dice.between(1, 130) if dice.chance(share) else -1 for share in shares)


def _activities(dice: Dice) -> tuple[tuple[int, int, int], ...]:
    found = []
    for which in range(dice.between(1, 4)):
        done = -dice.between(5, 200) if dice.chance(0.6) else 0
        found.append((which, done, 0 if done else dice.between(-10, 60)))
    return tuple(found)


def _tenants(
    dice: Dice, name: str, data: DemoData, pack: Pack, health: str | None, partner: str | None
) -> tuple[TenantPlan, ...]:
    count = dice.weighted(_TENANTS)
    suffixes = list(data.pool["tenant_suffixes"])
    tenants = []
    users = int(10 ** (2.6 + 2.3 * dice.random.random()))
    for place, tenant in enumerate(tenant_names(name, suffixes, count)):
        size = users if place == 0 else max(40, users // dice.between(4, 12))
        tags = _tags(dice, pack, most=dice.between(6, 11) if place == 0 else dice.between(3, 5))
        workloads = tuple(_workload(dice, tag, health) for tag in tags)
        if partner and place == 0:
            workloads = (_registered(dice, workloads[0], partner), *workloads[1:])
        right = proposed_level(size, pack)
        tenants.append(
            TenantPlan(
                name=tenant,
                users=size,
                workloads=workloads,
                level=dice.weighted({right: 90, 3: 5, None: 5}),
                assigned=dice.chance(0.97),
                telemetry_blocked=dice.chance(0.04),
                renewals=(dice.between(5, 720),) if dice.chance(0.8) else (),
            )
        )
    return tuple(tenants)


def _tags(dice: Dice, pack: Pack, most: int) -> list[str]:
    others = [tag for tag in pack.tag_order if tag not in _ALWAYS]
    chosen = set(_ALWAYS)
    while len(chosen) < most:
        chosen.add(dice.pick(others))
    return sorted(chosen, key=pack.tag_order.__getitem__)


def _workload(dice: Dice, tag: str, health: str | None) -> WorkloadPlan:
    status = "in_progress" if tag in _ALWAYS else dice.weighted(_STATUSES)
    low, high = _USAGE[health]
    now = dice.between(low, high) if status == "in_progress" else dice.between(0, 6)
    curves = {"growth": 55.0, "plateau": 20.0, "dip": 10.0, "flat": 8.0, "rollback": 7.0}
    dated = status == "in_progress" and dice.chance(0.15)
    return WorkloadPlan(
        tag=tag,
        status=status,
        share=dice.pick((1.0, 1.0, 0.8, 0.5, 0.2)) if tag not in _ALWAYS else 1.0,
        usage=(round(now * dice.random.random() * 0.8), now),
        curve=dice.weighted(curves) if status == "in_progress" else "flat",
        grade=dice.weighted(_GRADES) if dice.chance(0.5) else "",
        lacks=("due_date", "success_owner")[: dice.between(1, 2)] if dice.chance(0.25) else (),
        since=dice.between(5, 250),
        milestones=((15, dice.between(-200, 60)), (40, dice.between(-40, 250))) if dated else (),
    )


def _registered(dice: Dice, workload: WorkloadPlan, partner: str) -> WorkloadPlan:
    return replace(workload, partner=partner, data=(dice.between(0, 6),))


def _laid_upon(dice: Dice, calm: Scenario, situation: str, data: DemoData, pack: Pack) -> Scenario:
    """The customer in its situation."""
    if situation in {"partner data", "blocked"}:
        return _with_workload(dice, calm, situation, pack)
    changes = _of_clocks(dice, calm, situation) | _of_people(dice, calm, situation, data)
    return replace(calm, **changes)


def _of_clocks(dice: Dice, calm: Scenario, situation: str) -> dict[str, Any]:
    """What a situation that a clock makes changes; nothing for the others."""
    match situation:
        case "broken":
            quarterly = calm.health in {"green", "blue"} and calm.partnership is None
            span = _BROKEN_QUARTERLY if quarterly else _BROKEN_STRICT
            return {"enterprise": (dice.between(*span),)}
        case "old":
            return {"enterprise": (dice.between(15, 21),)}
        case "no note":
            return {"health": "red", "enterprise": (), "status": None, "story": "restart"}
        case "soon":
            return {"enterprise": (dice.between(11, 14),)}
        case "progress":
            return {"progress": (dice.between(15, 40),)}
        case _:
            return {}


def _of_people(dice: Dice, calm: Scenario, situation: str, data: DemoData) -> dict[str, Any]:
    """What a situation that somebody makes changes; nothing for the others."""
    match situation:
        case "event":
            days = min(dice.between(0, 5), calm.enterprise[0] - 1)
            return {"events": ((days, dice.pick(data.pool["events"])),)}
        case "request":
            asked = (dice.between(0, 9), dice.pick(data.pool["requesters"]))
            return {"requests": (asked,), "exec_summaries": ()}
        case "next update":
            return {"next_update": dice.between(0, calm.enterprise[0] - 1)}
        case "escalated":
            return {"escalations": ((dice.between(0, 3), dice.between(1, 40), 0),)}
        case _:
            return {}


def _with_workload(dice: Dice, calm: Scenario, situation: str, pack: Pack) -> Scenario:
    """The first tenant with its first workload unfed, or with one or two health ones blocked."""
    tenant = calm.tenants[0]
    workloads = list(tenant.workloads)
    if situation == "partner data":
        workloads[0] = replace(workloads[0], data=(dice.between(8, 25),))
    else:
        places = [i for i, w in enumerate(workloads) if w.tag in pack.health_tags]
        for _ in range(dice.between(1, 2)):
            place = dice.pick(places)
            grade = dice.weighted(_GRADES)
            workloads[place] = replace(workloads[place], status="blocked", grade=grade)
    tenants = (replace(tenant, workloads=tuple(workloads)), *calm.tenants[1:])
    return replace(calm, tenants=tenants)
