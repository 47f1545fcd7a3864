"""This week's agenda: what is due stands on it, and putting off changes nothing but the agenda."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.clocks import State
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Ranked, assess, rank
from ftop_tui.playbook.values import Band
from ftop_tui.playbook.week import (
    Item,
    Marks,
    Snoozed,
    Sort,
    Week,
    arrange,
    late_plans,
    loads,
    put_off,
    quarter_end,
)
from ftop_tui.playbook.week_items import Dated, all_items, next_crossing

from .builders import PACK, TODAY, day, facts

NOW = date.fromordinal(TODAY)
KEPT = 7


def ranked(*tenants: TenantFacts) -> list[Ranked]:
    return rank(tenants, TODAY, PACK)


def every(*rows: Dated, **changes: Any) -> list[Item]:
    return all_items(ranked(facts(**changes)), rows, NOW, PACK, kept=KEPT)


def the(sort: Sort, *rows: Dated, **changes: Any) -> Item:
    (item,) = [item for item in every(*rows, **changes) if item.sort is sort]
    return item


def ago(days: int) -> date:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("changes", "sort", "rule", "due", "late"),
    [
        ({"health": "red", "enterprise": TODAY - 24}, Sort.ENTERPRISE, "ES-03", ago(10), True),
        ({"health": "red", "enterprise": TODAY - 14}, Sort.ENTERPRISE, "ES-03", NOW, False),
        ({"health": "red", "enterprise": None}, Sort.ENTERPRISE, "ES-03", None, True),
        ({"enterprise": None}, Sort.ENTERPRISE, "ES-04", None, False),
        ({"enterprise": day("2026-08-01")}, Sort.ENTERPRISE, "ES-04", date(2026, 12, 31), False),
        ({"enterprise": day("2026-05-01")}, Sort.ENTERPRISE, "ES-04", date(2026, 9, 30), True),
        ({"has_frp": True, "enterprise": TODAY - 3}, Sort.ENTERPRISE, "FR-06", ago(-11), False),
        ({"health": "red", "progress": TODAY - 15}, Sort.PROGRESS, "RA-05", ago(1), True),
        ({"perspective": day("2026-08-01")}, Sort.PERSPECTIVE, "RA-05", date(2026, 12, 31), False),
        ({"forecast": day("2026-05-01")}, Sort.FORECAST, "RA-07", date(2026, 9, 30), True),
        ({"has_frp": True, "frp_review": TODAY - 20}, Sort.FRP_REVIEW, "FR-05", ago(6), True),
        ({"frp_data": f"EXO:{TODAY - 7}"}, Sort.FRP_DATA, "FR-07", NOW, False),
        ({"event": TODAY - 1, "event_text": "merger"}, Sort.EVENT, "RA-06", ago(1), True),
        ({"request": TODAY - 3, "request_by": "Ana"}, Sort.REQUEST, "OS-03", NOW, False),
        ({"next_update": TODAY + 3}, Sort.NEXT_UPDATE, "ES-14", ago(-3), False),
        ({"enterprise": TODAY - 5, "next_update": TODAY - 1}, Sort.NEXT_UPDATE, "ES-14", ago(1),
         True),
        ({"contacts": f"{TODAY - 100} {TODAY}"}, Sort.CONTACTS, "RA-09", ago(10), True),
        ({"awareness": TODAY - 90}, Sort.AWARENESS, "RA-02", NOW, False),
        ({"missed": f"SPO:40:{TODAY + 2}"}, Sort.MILESTONE, "FR-08", ago(-2), False),
        ({"missed": f"SPO:40:{TODAY - 2}"}, Sort.MILESTONE, "FR-08", ago(2), True),
    ],
)  # fmt: skip
def test_what_the_facts_ask_for_is_an_item(
    changes: dict[str, Any], sort: Sort, rule: str, due: date | None, late: bool
) -> None:
    item = the(sort, **changes)
    assert (item.rule, item.due, item.late) == (rule, due, late)
    assert item.place(NOW) == (None if late else max(NOW, due or NOW))
    assert item.key.startswith(sort.key)


def test_a_next_update_on_the_clock_s_own_day_is_not_said_twice() -> None:
    """ES-14 proposes the day on which the clock is due."""
    changes = {"health": "red", "enterprise": TODAY - 5, "next_update": TODAY + 9}
    assert not [item for item in every(**changes) if item.sort is Sort.NEXT_UPDATE]


@pytest.mark.parametrize(
    ("left", "due"),
    [(180, 0), (181, 1), (175, 0), (172, 82), (90, 0), (60, 0), (30, 0), (29, 0), (22, None)],
)
def test_a_renewal_shows_when_it_comes_within_a_threshold(left: int, due: int | None) -> None:
    """RA-19: on the day it crosses 180, 90, 60 or 30 days, and for a week after it."""
    found = [i for i in every(renewals=str(ago(-left))) if i.sort is Sort.RENEWAL]
    assert [item.due for item in found] == ([] if due is None else [ago(-due)])
    assert not any(item.late for item in found)


def test_the_next_threshold_is_found() -> None:
    assert next_crossing(200, 111, (30, 60, 90, 180)) == 140
    assert next_crossing(200, 171, (30, 60, 90, 180)) is None


def test_rows_that_own_a_date_are_items_of_the_winner_or_their_tenant() -> None:
    """RA-04, RA-15, FR-05, OS-02."""
    tenant = facts().tenant_id
    rows = [
        Dated(Sort.REVIEW, "n1", "c1", None, ago(-5), "present"),
        Dated(Sort.STEP, "a1", "c1", None, ago(2), "agree on the plan"),
        Dated(Sort.ACTION, "o1", "", tenant, NOW, "call back"),
        Dated(Sort.MEETING, "m1", "c1", None, NOW, "status review", "Trey Research"),
        Dated(Sort.STEP, "a2", "somebody else's", None, NOW, "never shown"),
    ]
    found = {item.key: item for item in every(*rows) if item.ref}
    assert set(found) == {f"review:n1@{tenant}", f"step:a1@{tenant}", f"action:o1@{tenant}",
                          f"meeting:m1@{tenant}"}  # fmt: skip
    assert found[f"step:a1@{tenant}"].late
    assert found[f"meeting:m1@{tenant}"].partner == "Trey Research"
    assert found[f"step:a1@{tenant}"].text == "Agree on the plan"


def week_of(
    items: list[Item],
    snoozes: Mapping[Marks, Snoozed] | None = None,
    planned: Mapping[Marks, date] | None = None,
    days: int = 7,
) -> Week:
    known = put_off(items, snoozes or {}, planned or {}, NOW, kept=KEPT)
    return arrange(known, NOW, days)


def test_overdue_stands_first_and_the_rest_by_day() -> None:
    shown = week_of(every(health="red", enterprise=TODAY - 24, progress=TODAY - 12,
                          perspective=TODAY - 4, contacts=str(TODAY - 95)))  # fmt: skip
    assert [item.sort for item in shown.overdue] == [Sort.ENTERPRISE, Sort.CONTACTS]
    assert [(d.day, [i.sort for i in d.items]) for d in shown.by_day] == [
        (ago(-2), [Sort.PROGRESS])
    ]
    assert shown.overdue[0].band is Band.BREACH
    wider = arrange(every(health="red", perspective=TODAY - 4), NOW, 10)
    assert wider.by_day[-1].day == ago(-10)


def test_a_snooze_hides_until_its_day_and_the_reason_comes_with_the_waking() -> None:
    item = the(Sort.CONTACTS, contacts=str(TODAY - 95))
    place = (item.customer_id, item.mark)
    asleep = week_of([item], {place: Snoozed(ago(-1), "at the workshop")})
    assert asleep.items == ()
    assert [(i.until, i.reason) for i in asleep.snoozed] == [(ago(-1), "at the workshop")]
    awake = week_of([item], {place: Snoozed(NOW, "at the workshop")})
    assert [i.woken for i in awake.overdue] == ["at the workshop"]
    ahead = the(Sort.ENTERPRISE, enterprise=day("2026-08-01"))
    woken = week_of([ahead], {(ahead.customer_id, ahead.mark): Snoozed(ago(1), "waits")})
    assert [(d.day, d.items[0].woken) for d in woken.by_day] == [(NOW, "waits")]


def test_a_snooze_of_one_time_says_nothing_of_the_next() -> None:
    """A mark names the occurrence: the day it was last done."""
    before = the(Sort.CONTACTS, contacts=str(TODAY - 95))
    after = the(Sort.CONTACTS, contacts=str(TODAY - 85))
    assert before.key == after.key
    assert before.mark != after.mark
    snooze = {(before.customer_id, before.mark): Snoozed(ago(-30), "later")}
    assert week_of([after], snooze).items != ()


def test_a_planned_day_places_an_item_and_is_warned_of_when_it_is_late() -> None:
    item = the(Sort.ENTERPRISE, enterprise=day("2026-08-01"))
    place = (item.customer_id, item.mark)
    shown = week_of([item], planned={place: ago(-3)})
    assert [d.day for d in shown.by_day] == [ago(-3)]
    (moved,) = shown.items
    assert moved.due == item.due
    assert not moved.plan_is_late
    assert late_plans([item], ago(-3)) == []
    late = date(2027, 1, 4)
    assert "is due 2026-12-31, before 2027-01-04" in late_plans([item], late)[0]
    (kept,) = week_of([item], planned={place: late}, days=60).items
    assert kept.plan_is_late
    assert kept.place(NOW) == item.due


def test_a_quarter_s_end_can_be_spread() -> None:
    """ES-04: how many notes fall due on each day, planned ones on their day, snoozed ones too."""
    tenants = [
        facts(tenant_id=f"t{n}", customer_id=f"c{n}", enterprise=day("2026-08-01"), progress=None,
              perspective=None)
        for n in range(4)
    ]  # fmt: skip
    items = all_items(ranked(*tenants), (), NOW, PACK, kept=KEPT)
    end = quarter_end(NOW)
    assert end == date(2026, 12, 31)
    found = {load.day: load.notes for load in loads(items, NOW)}
    assert found[end] == 4
    assert min(found) == NOW
    assert max(found) == end
    notes = [item for item in items if item.sort is Sort.ENTERPRISE]
    first, second = notes[:2]
    shown = week_of(
        items,
        {(second.customer_id, second.mark): Snoozed(ago(-3), "later")},
        {(first.customer_id, first.mark): ago(-10)},
    )
    assert (shown.notes_on(end), shown.notes_on(ago(-10))) == (3, 1)


_DAYS = st.integers(TODAY - 400, TODAY)
_TENANTS = st.lists(
    st.fixed_dictionaries(
        {
            "health": st.sampled_from(["red", "yellow", "green", "blue", None]),
            "enterprise": st.none() | _DAYS,
            "progress": st.none() | _DAYS,
            "perspective": st.none() | _DAYS,
            "forecast": st.none() | _DAYS,
            "has_frp": st.booleans(),
            "frp_review": st.none() | _DAYS,
            "frp_data": st.none() | _DAYS.map(lambda last: f"EXO:{last} SPO:"),
            "winner": st.booleans(),
            "next_update": st.none() | st.integers(TODAY - 40, TODAY + 40),
            "contacts": st.none() | _DAYS.map(str),
        }
    ),
    max_size=4,
)


@given(_TENANTS, st.sets(st.integers(0, 60)), st.integers(1, 90), st.integers(0, 120))
def test_every_late_clock_of_the_ranking_is_there_unless_it_is_snoozed(
    changes: list[dict[str, Any]], asleep: set[int], until: int, days: int
) -> None:
    """And snoozing never changes the band, nor what the items say."""
    tenants = [
        facts(tenant_id=f"t{place}", customer_id=f"c{place}", **each)
        for place, each in enumerate(changes)
    ]
    places = ranked(*tenants)
    items = all_items(places, (), NOW, PACK, kept=KEPT)
    keys = [item.key for item in items]
    assert len(keys) == len(set(keys))
    chosen = [item for place, item in enumerate(items) if place in asleep]
    snoozes = {(i.customer_id, i.mark): Snoozed(ago(-until), "later") for i in chosen}
    shown = week_of(items, snoozes, days=days)
    late = {
        (each.facts.tenant_id, factor.clock.rule, factor.clock.what)
        for each in places
        for factor in each.assessment.factors
        if factor.clock is not None and factor.clock.state in {State.LATE, State.BREACH}
    }
    said = {(i.tenant_id, i.rule, i.tag or i.sort.key) for i in (*shown.overdue, *shown.snoozed)}
    assert late <= said
    assert {item.key for item in shown.snoozed} == {item.key for item in chosen}
    assert not {item.key for item in shown.items} & {item.key for item in chosen}
    assert [each.assessment.band for each in places] == [
        assess(each.facts, TODAY, PACK).band for each in places
    ]
