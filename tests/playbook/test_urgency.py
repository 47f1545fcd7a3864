"""How urgent a tenant is: bands, points, caps, due days, and the laws that hold for any facts."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftop_tui.playbook.days import Day, day_text
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Assessment, assess, assess_all, next_renewal, rank
from ftop_tui.playbook.values import Band, Health

from .builders import PACK, TODAY, assessed, day, facts, only, rules, standing

# -- Bands


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, Band.WATCH), (10, Band.WATCH), (11, Band.DUE), (14, Band.DUE), (15, Band.LATE),
     (21, Band.LATE), (22, Band.BREACH)],
)  # fmt: skip
@pytest.mark.parametrize("health", ["red", "yellow", None])
def test_the_age_of_the_note_decides_the_band(health: str | None, age: int, band: Band) -> None:
    """ES-03."""
    found = assessed(health=health, enterprise=TODAY - age, progress=TODAY, perspective=TODAY)
    assert found.band is band
    assert found.due == TODAY - age + 14


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({}, Band.WATCH),
        ({"health": "red", "enterprise": None}, Band.LATE),
        ({"health": "green", "enterprise": None}, Band.DUE),
        ({"health": "green", "enterprise": None, "has_frp": True}, Band.LATE),
        ({"enterprise": day("2026-06-30")}, Band.BREACH),
        ({"health": "red", "progress": TODAY - 15}, Band.LATE),
        ({"health": "red", "perspective": TODAY - 11}, Band.DUE),
        ({"progress": day("2026-06-30")}, Band.LATE),
        ({"forecast": day("2026-06-30")}, Band.LATE),
        ({"has_frp": True, "frp_review": TODAY - 7}, Band.DUE),
        ({"has_frp": True, "frp_review": TODAY - 15}, Band.LATE),
        ({"frp_data": f"EXO:{TODAY - 7}"}, Band.DUE),
        ({"frp_data": f"EXO:{TODAY - 8}"}, Band.LATE),
        ({"event": TODAY}, Band.DUE),
        ({"event": TODAY + 1}, Band.WATCH),
        ({"request": TODAY - 90}, Band.DUE),
        ({"request": TODAY + 1}, Band.WATCH),
        ({"next_update": TODAY, "enterprise": TODAY - 5}, Band.DUE),
        ({"next_update": TODAY - 4, "enterprise": TODAY - 5}, Band.DUE),
        ({"next_update": TODAY - 5, "enterprise": TODAY - 5}, Band.WATCH),
        ({"next_update": TODAY + 1, "enterprise": TODAY - 5}, Band.WATCH),
        ({"blocked": "EXO"}, Band.BLOCKED),
        ({"blocked": "TEAMS SDS CORE"}, Band.WATCH),
        ({"escalations": 1, "escalation": "Mail flow"}, Band.BLOCKED),
        ({"blocked": "EXO", "event": TODAY}, Band.DUE),
        ({"blocked": "EXO", "health": "red", "enterprise": TODAY - 15}, Band.LATE),
    ],
)  # fmt: skip
def test_the_worst_that_holds_is_the_band(changes: dict[str, Any], band: Band) -> None:
    """Contract: Bands (ES-03, ES-04, ES-14, OS-03, RA-01, RA-05 to RA-08, FR-05 to FR-07)."""
    assert assessed(**changes).band is band


def test_the_bands_are_ranked_before_any_points() -> None:
    """Contract: breach, late, due, blocked, watch, whatever the points say."""
    heavy = {"health": "red", "blocked": "EXO SPO OPP", "escalations": 9, "renewals": "2026-11-30"}
    tenants = [
        facts(tenant_id="breach", enterprise=day("2026-06-30")),
        facts(tenant_id="late", **heavy, enterprise=TODAY - 15),
        facts(tenant_id="due", **heavy, enterprise=TODAY - 11),
        facts(tenant_id="blocked", **heavy),
        facts(tenant_id="watch", health="red"),
    ]
    ranked = rank(reversed(tenants), TODAY, PACK)
    assert [r.facts.tenant_id for r in ranked] == ["breach", "late", "due", "blocked", "watch"]
    assert [r.assessment.band for r in ranked] == list(Band)
    assert [r.rank for r in ranked] == [1, 2, 3, 4, 5]


def test_within_a_band_points_then_name_then_id_decide() -> None:
    """Contract: sorted by band, then urgency, then name."""
    tenants = [
        facts(tenant_id="4", name="Tailspin", health="green"),
        facts(tenant_id="3", name="adatum", health="green"),
        facts(tenant_id="2", name="Adatum", health="green"),
        facts(tenant_id="1", name="Zeta", health="yellow"),
    ]
    assert [r.facts.tenant_id for r in rank(tenants, TODAY, PACK)] == ["1", "2", "3", "4"]


# -- What sits where


CUSTOMER_FACTS: dict[str, Any] = {
    "health": "red", "enterprise": TODAY - 60, "progress": TODAY - 60, "perspective": TODAY - 60,
    "forecast": day("2026-01-01"), "has_frp": True, "frp_review": TODAY - 60, "event": TODAY,
    "request": TODAY, "next_update": TODAY, "renewals": "2026-12-01", "contacts": str(TODAY - 200),
    "open_activities": 3, "s_rank": 7, "fm": None, "level": None, "business_reason": None,
    "group_1": None,
}  # fmt: skip


def test_a_tenant_that_is_not_the_winner_carries_no_customer_factor() -> None:
    """ES-02 and contract: customer clocks and factors sit on the winner tenant alone."""
    found = assessed(winner=False, **CUSTOMER_FACTS)
    assert found == Assessment(Band.WATCH, 0, ())
    assert {"ES-03", "ES-14", "RA-05", "RA-06", "RA-07", "OS-03", "FR-05", "FR-14", "RA-19"} <= (
        rules(assessed(**CUSTOMER_FACTS))
    )


def test_a_tenant_that_is_not_the_winner_carries_its_own_workloads() -> None:
    """Contract: any other tenant has only its own workloads' factors."""
    found = assessed(
        winner=False,
        blocked="INTUNE TEAMS",
        frp_data=f"EXO:{TODAY - 9} SPO:",
        no_dibs="EXO",
        escalations=1,
        escalation="Scanner fleet",
        missed=f"EXO:15:{TODAY - 1}",
        **CUSTOMER_FACTS,
    )
    assert sorted(f.rule for f in found.factors) == [
        "EN-19", "FR-07", "FR-07", "FR-08", "RA-01", "RA-08",
    ]  # fmt: skip
    assert (found.band, found.due) == (Band.LATE, TODAY - 2)


@pytest.mark.parametrize("tag", ["EXO", "SPO", "WIN10", "OPP", "AADP", "INTUNE"])
def test_each_of_the_six_health_workloads_blocks(tag: str) -> None:
    """RA-01."""
    assert only(assessed(blocked=tag), "RA-01").data == (tag,)


def test_the_other_eleven_workloads_never_block() -> None:
    """RA-01."""
    others = [tag for tag in PACK.tag_order if tag not in PACK.health_tags]
    assert len(others) == 11
    assert "RA-01" not in rules(assessed(blocked=" ".join(others)))


@pytest.mark.parametrize(
    ("changes", "rule", "gap"),
    [
        ({"progress": None}, "RA-05", "no Customer Progress on record"),
        ({"perspective": None}, "RA-05", "no Customer Perspective on record"),
        ({"forecast": None}, "RA-07", "no usage forecast on record"),
        ({"has_frp": True}, "FR-05", "no status review with the partner on record"),
        ({"frp_data": "EXO: SPO:"}, "FR-07", "no data from the partner on record for EXO, SPO"),
    ],
)
def test_a_clock_without_its_first_record_is_a_gap_and_no_band(
    changes: dict[str, Any], rule: str, gap: str
) -> None:
    """RA-05, RA-07, FR-05, FR-07: before the first record a gap, no band."""
    found = assessed(**changes)
    assert found.band is Band.WATCH
    assert only(found, rule, "gap").data[1] == gap


def test_a_review_clock_ends_with_the_partner() -> None:
    """FR-05 is a clock per FRP customer."""
    assert "FR-05" not in rules(assessed(has_frp=False, frp_review=TODAY - 90))


def test_health_not_set_shows_as_a_gap_beside_the_stricter_clock() -> None:
    """ES-03."""
    found = assessed(health=None)
    assert only(found, "ES-03", "no_health").band is Band.WATCH
    assert only(found, "ES-03", "clock").clock is not None


# -- Points and caps


@pytest.mark.parametrize(
    ("changes", "rule", "points"),
    [
        ({"health": "red", "enterprise": TODAY - 10}, "ES-03", 0),
        ({"health": "red", "enterprise": TODAY - 11}, "ES-03", 10),
        ({"health": "red", "enterprise": TODAY - 14}, "ES-03", 13),
        ({"health": "red", "enterprise": TODAY - 15}, "ES-03", 24),
        ({"health": "red", "enterprise": TODAY - 22}, "ES-03", 51),
        ({"health": "red", "enterprise": TODAY - 411}, "ES-03", 440),
        ({"health": "red", "enterprise": TODAY - 9999}, "ES-03", 440),
        ({"health": "red", "enterprise": None}, "ES-03", 34),
        ({"enterprise": None}, "ES-04", 10),
        ({"event": TODAY}, "RA-06", 15),
        ({"request": TODAY}, "OS-03", 12),
        ({"next_update": TODAY, "enterprise": TODAY - 1}, "ES-14", 8),
        ({"blocked": "EXO"}, "RA-01", 8),
        ({"health": "red"}, "RA-18", 30),
        ({"health": "yellow"}, "RA-18", 20),
        ({"health": "green"}, "RA-18", 10),
        ({"escalations": 1}, "RA-08", 12),
        ({"escalations": 4}, "RA-08", 48),
        ({"escalations": 5}, "RA-08", 48),
        ({"no_dibs": "EXO SPO"}, "EN-19", 2),
        ({"no_dibs": "EXO SPO OPP TEAMS YAM OD"}, "EN-19", 5),
        ({"missed": f"EXO:15:{TODAY - 1}"}, "FR-08", 3),
        ({"missed": " ".join(f"T{i}:15:{TODAY - 1}" for i in range(9))}, "FR-08", 12),
        ({"contacts": f"{TODAY - 90} {TODAY - 89}"}, "RA-09", 1),
        ({"contacts": " ".join([str(TODAY - 90)] * 9)}, "RA-09", 3),
        ({"open_activities": 2}, "RA-02", 2),
        ({"open_activities": 99}, "RA-02", 3),
    ],
)  # fmt: skip
def test_a_factor_adds_the_pack_s_points_up_to_its_cap(
    changes: dict[str, Any], rule: str, points: int
) -> None:
    sort = "clock" if rule in {"ES-03", "ES-04"} else None
    assert only(assessed(**changes), rule, sort).points == points


def test_blocked_workloads_above_the_cap_are_shown_and_add_nothing() -> None:
    pack = PACK._replace(caps={**PACK.caps, "blocked_workload": 2})
    found = assess(facts(blocked="WIN10 OPP SPO EXO"), TODAY, pack)
    points = [(f.data[0], f.points) for f in found.factors if f.rule == "RA-01"]
    assert points == [("EXO", 8), ("SPO", 8), ("OPP", 0), ("WIN10", 0)]


@pytest.mark.parametrize(
    ("left", "points"),
    [(0, 8), (30, 8), (31, 6), (60, 6), (61, 4), (90, 4), (91, 2), (180, 2)],
)
def test_the_nearer_a_renewal_the_more_it_adds(left: int, points: int) -> None:
    """RA-19."""
    found = assessed(renewals=day_text(TODAY + left))
    factor = only(found, "RA-19")
    assert (factor.points, factor.data, factor.band) == (
        points, (TODAY + left, left), Band.WATCH,
    )  # fmt: skip


@pytest.mark.parametrize("left", [-1, -400, 181, 4000])
def test_a_renewal_past_or_far_away_is_no_factor(left: int) -> None:
    """RA-19."""
    assert "RA-19" not in rules(assessed(renewals=day_text(TODAY + left)))


def test_the_soonest_renewal_that_is_not_past_counts() -> None:
    """RA-19: soonest first."""
    days = "2026-11-20 2027-03-01 2026-12-24"
    assert next_renewal(days, TODAY) == day("2026-12-24")
    assert next_renewal("2026-11-20", TODAY) is None
    assert next_renewal(None, TODAY) is None


def test_a_milestone_is_missed_on_the_day_after_its_date() -> None:
    """FR-08."""
    assert "FR-08" not in rules(assessed(missed=f"EXO:15:{TODAY}"))
    assert only(assessed(missed=f"EXO:15:{TODAY - 1}"), "FR-08").data == (("EXO", 15, TODAY - 1),)


# -- The due day


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"enterprise": day("2026-08-01")}, "2026-12-31"),
        ({"health": "red", "enterprise": TODAY - 16, "progress": TODAY - 20}, "2026-11-15"),
        ({"health": "red", "enterprise": TODAY - 22, "progress": TODAY - 90}, "2026-11-13"),
        ({"health": "red", "enterprise": None}, None),
        ({"health": "red", "enterprise": None, "progress": TODAY - 15}, "2026-11-20"),
        ({"enterprise": None}, None),
        ({"event": TODAY, "frp_data": f"EXO:{TODAY}"}, "2026-11-28"),
    ],
)
def test_due_is_the_earliest_day_of_the_started_clocks_behind_the_band(
    changes: dict[str, Any], due: str | None
) -> None:
    """Contract: `due`, null without a note; where no clock is behind the band, of all of them."""
    found = assessed(**changes).due
    assert (day_text(found) if found else None) == due


# -- Laws


COLOURS = st.sampled_from([None, *(health.value for health in Health)])
AGES = st.integers(0, 500)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or None."""
    return st.none() | values


@st.composite
def any_facts(draw: st.DrawFn, today: Day = TODAY) -> TenantFacts:
    """A tenant with anything that can be on record on a day."""
    past = maybe(AGES.map(lambda age: today - age))
    tags = st.lists(st.sampled_from(list(PACK.tag_order)), unique=True)
    chosen = {
        "tenant_id": st.uuids().map(str),
        "name": st.sampled_from(["Contoso", "contoso", "Fabrikam", "Żubr", "[EXO]"]),
        "winner": st.booleans(),
        "health": COLOURS,
        "group_1": COLOURS,
        "forecast_health": COLOURS,
        "level": maybe(st.integers(1, 5)),
        "users": maybe(st.integers(0, 90_000)),
        "s_rank": maybe(st.integers(0, 2000)),
        "fm": maybe(st.just("Ana Bauer")),
        "enterprise": past,
        "stricter": past,
        "stricter_why": st.sampled_from([None, "frp", "health"]),
        "colour_stricter": past,
        "progress": past,
        "perspective": past,
        "forecast": past,
        "has_frp": st.booleans(),
        "has_poc": st.booleans(),
        "frp_review": past,
        "event": past,
        "request": past,
        "next_update": maybe(st.integers(today - 90, today + 90)),
        "renewals": maybe(st.integers(today - 90, today + 400).map(day_text)),
        "blocked": maybe(tags.map(" ".join)),
        "no_dibs": maybe(tags.map(" ".join)),
        "frp_data": maybe(
            st.tuples(tags, st.sampled_from(["", str(today - 8)])).map(
                lambda pair: " ".join(f"{tag}:{pair[1]}" for tag in pair[0])
            )
        ),
        "missed": maybe(tags.map(lambda found: " ".join(f"{t}:15:{today - 3}" for t in found))),
        "contacts": maybe(AGES.map(lambda age: str(today - age))),
        "escalations": st.integers(0, 7),
        "open_activities": st.integers(0, 7),
        "drafts": st.integers(0, 7),
    }
    return facts(**{name: draw(values) for name, values in chosen.items()})


@given(any_facts())
def test_the_factors_add_up_to_the_urgency_and_the_worst_gives_the_band(
    tenant: TenantFacts,
) -> None:
    """Contract: the points add up to `urgency`; the band is the worst that holds."""
    found = assess(tenant, TODAY, PACK)
    assert found.urgency == sum(factor.points for factor in found.factors)
    orders = [factor.band.order for factor in found.factors]
    assert found.band.order == min(orders, default=Band.WATCH.order)
    assert all(factor.points >= 0 for factor in found.factors)


@given(any_facts())
def test_the_weightiest_factor_stands_first(tenant: TenantFacts) -> None:
    found = assess(tenant, TODAY, PACK).factors
    keys = [(factor.band.order, -factor.points) for factor in found]
    assert keys == sorted(keys)


@given(any_facts(), st.integers(0, 9))
def test_a_draft_changes_nothing(tenant: TenantFacts, drafts: int) -> None:
    """ES-03: posted, not drafted, resets a clock."""
    assert assess(tenant._replace(drafts=drafts), TODAY, PACK) == assess(tenant, TODAY, PACK)


@given(any_facts(), AGES, st.integers(1, 400))
@example(facts(health="red", stricter=TODAY - 22), 10, 200)
def test_an_older_note_never_makes_a_tenant_less_urgent(
    tenant: TenantFacts, age: int, older: int
) -> None:
    """ES-03, ES-04, FR-06: for each colour, with a partner or not, stricter since any day."""
    newer = tenant._replace(winner=True, enterprise=TODAY - age)
    before = assess(newer, TODAY, PACK)
    after = assess(newer._replace(enterprise=TODAY - age - older), TODAY, PACK)
    assert standing(after) >= standing(before)


@given(any_facts(), st.integers(1, 200))
@example(  # on day 22 the stricter clock breaks too, and must not count from its own start
    facts(health="red", enterprise=TODAY - 300, stricter=TODAY - 21, colour_stricter=TODAY), 1
)
@example(facts(health="red", progress=TODAY - 300, colour_stricter=TODAY - 14), 1)
def test_no_tenant_becomes_less_urgent_by_waiting(tenant: TenantFacts, days: int) -> None:
    """A renewal that passes is the one thing that time itself clears (RA-19)."""
    waiting = tenant._replace(renewals=None)
    standings = [standing(assess(waiting, TODAY + wait, PACK)) for wait in (0, days)]
    assert standings[1] >= standings[0]


def test_no_tenant_becomes_less_urgent_from_one_day_to_the_next() -> None:
    """ES-03, ES-04, FR-06 and RA-05, day by day across two quarters and every day of change."""
    start = day("2026-07-10")
    for health in ("red", "green"):
        for stricter in (None, *range(start, start + 200, 7)):
            tenant = facts(
                health=health, has_frp=stricter is not None, enterprise=start, stricter=stricter,
                progress=start, perspective=start, colour_stricter=stricter, frp_review=start,
                forecast=start,
            )  # fmt: skip
            first = start if stricter is None else stricter
            standings = [
                standing(assess(tenant, today, PACK)) for today in range(first, start + 260)
            ]
            assert all(earlier <= later for earlier, later in pairwise(standings))


@given(any_facts(), st.lists(st.sampled_from(list(Health)), min_size=2, max_size=2, unique=True))
def test_worse_health_never_ranks_below_better(tenant: TenantFacts, colours: list[Health]) -> None:
    """RA-18 and the cadences: other things equal."""
    worse, better = sorted(colours, key=lambda health: health.level)
    bad, good = (
        assess(tenant._replace(health=health.value), TODAY, PACK) for health in (worse, better)
    )
    assert standing(bad) >= standing(good)


@given(st.lists(any_facts(), max_size=6, unique_by=lambda f: f.tenant_id), st.randoms())
def test_the_ranking_does_not_depend_on_the_order_of_the_input(
    tenants: list[TenantFacts], random: Any
) -> None:
    shuffled = list(tenants)
    random.shuffle(shuffled)
    ranked = rank(tenants, TODAY, PACK)
    assert rank(shuffled, TODAY, PACK) == ranked
    assert [r.rank for r in ranked] == list(range(1, len(tenants) + 1))
    standings = [standing(r.assessment) for r in ranked]
    assert standings == sorted(standings, reverse=True)


@given(st.lists(any_facts(), max_size=6))
def test_many_tenants_at_once_stand_where_each_stands_alone(tenants: list[TenantFacts]) -> None:
    """A rule that read a fact which it does not name would fail here."""
    alone = [assess(tenant, TODAY, PACK) for tenant in tenants]
    assert assess_all(tenants, TODAY, PACK) == alone
    assert assess_all(tenants * 2, TODAY, PACK) == alone * 2


SMALL_THINGS: dict[str, Any] = {
    "health": "red", "level": None, "fm": None, "s_rank": 1, "business_reason": None,
    "group_1": None, "group_2": None, "group_3": None, "has_poc": False, "assigned": False,
    "progress": None, "perspective": None, "forecast": None, "renewals": day_text(TODAY),
    "contacts": " ".join([str(TODAY - 900)] * 50), "open_activities": 500,
    "no_dibs": " ".join(PACK.tag_order), "frp_data": " ".join(f"{t}:" for t in PACK.tag_order),
    "missed": " ".join(f"{tag}:{p}:{TODAY - 900}" for tag in PACK.tag_order for p in (15, 40)),
    "blocked": "TEAMS YAM OD OLM", "drafts": 99,
}  # fmt: skip


def test_no_sum_of_small_things_lifts_a_tenant_over_a_band() -> None:
    """Contract: gaps, activities, contacts, DIBS, renewals and milestones add points, no band."""
    crowded = assessed(**SMALL_THINGS)
    blocked = assessed(blocked="EXO")
    assert crowded.urgency > blocked.urgency
    assert crowded.band is Band.WATCH
    assert standing(blocked) > standing(crowded)


@given(any_facts(), st.sets(st.sampled_from(sorted(SMALL_THINGS.keys() - {"health", "drafts"}))))
def test_small_things_never_change_a_band(tenant: TenantFacts, names: set[str]) -> None:
    """Contract: as above, whatever else is on record (clocks that start and blocks aside)."""
    small = {"level", "fm", "s_rank", "business_reason", "group_1", "has_poc", "assigned",
             "renewals", "contacts", "open_activities", "no_dibs", "missed"}  # fmt: skip
    more = tenant._replace(**{name: SMALL_THINGS[name] for name in names & small})
    assert assess(more, TODAY, PACK).band is assess(tenant, TODAY, PACK).band
