"""The words of each factor and the one sentence of the list."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook import wording
from ftop_tui.playbook.urgency import Assessment, Factor, assess
from ftop_tui.playbook.values import Band
from ftop_tui.playbook.wording import days, reason, words

from .builders import PACK, TODAY, assessed, day, facts, only
from .test_urgency import any_facts

EVERYTHING: dict[str, Any] = {
    "health": "red", "enterprise": TODAY - 30, "progress": TODAY - 12, "perspective": TODAY - 2,
    "forecast": day("2026-01-05"), "has_frp": True, "frp_review": TODAY - 8,
    "frp_data": f"EXO:{TODAY - 9} SPO:", "event": TODAY - 1, "event_text": "Merger announced",
    "request": TODAY - 3, "request_by": "Kim Lee", "next_update": TODAY, "blocked": "EXO",
    "escalations": 1, "escalation": "Mail flow", "no_dibs": "EXO OPP",
    "missed": f"EXO:15:{TODAY - 4}", "renewals": "2026-12-24", "contacts": str(TODAY - 100),
    "open_activities": 1, "level": None,
}  # fmt: skip


def fact(rule: str, sort: str | None = None, **changes: Any) -> str:
    """What is said of the one factor of a rule."""
    return words(only(assessed(**changes), rule, sort), TODAY).fact


def short(rule: str, **changes: Any) -> str:
    """What the list says of the clock of a rule."""
    return words(only(assessed(**changes), rule, "clock"), TODAY).short


def clock_factor(found: Assessment, what: str) -> Factor:
    """The factor of one clock."""
    return next(f for f in found.factors if f.clock is not None and f.clock.what == what)


def listed(**changes: Any) -> str:
    """The list's sentence of a tenant."""
    return reason(assessed(**changes), TODAY)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (-1, "-1 days")]
)
def test_days_are_counted_as_they_are_spoken(count: int, text: str) -> None:
    assert days(count) == text


def test_every_sort_of_factor_has_words() -> None:
    """Those of a tenant with everything on record, and of one whose health is not set."""
    found = (*assessed(**EVERYTHING).factors, *assessed(health=None).factors)
    sorts = {factor.sort for factor in found}
    assert sorts == wording._WORDS.keys()


@given(any_facts())
def test_no_factor_is_without_words_and_none_holds_a_placeholder(tenant: Any) -> None:
    for factor in assess(tenant, TODAY, PACK).factors:
        for text in words(factor, TODAY):
            assert text
            assert text == text.strip()
            assert not re.search(r"None|\bnan\b|[{}]|  ", text)
            assert not text.endswith((".", ",", ";", ":"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"health": "red", "enterprise": TODAY - 30},
            (
                "Enterprise note is 30 days old (2026-10-22): was due 2026-11-05, limit "
                "2026-11-12, broken 9 days ago"
            ),
        ),
        (
            {"health": "red", "enterprise": TODAY - 22},
            (
                "Enterprise note is 22 days old (2026-10-30): was due 2026-11-13, limit "
                "2026-11-20, broken 1 day ago"
            ),
        ),
        (
            {"health": "yellow", "enterprise": TODAY - 15},
            ("Enterprise note is 15 days old (2026-11-06): was due 2026-11-20, limit 2026-11-27"),
        ),
        (
            {"health": "red", "enterprise": TODAY - 1},
            "Enterprise note is 1 day old (2026-11-20): due 2026-12-04, limit 2026-12-11",
        ),
        ({"health": "red", "enterprise": None}, "No Enterprise note on record"),
    ],
)
def test_the_enterprise_clock_tells_its_age_its_due_day_and_its_limit(
    changes: dict[str, Any], expected: str
) -> None:
    """ES-03: the limit is in `why`."""
    assert fact("ES-03", "clock", **changes) == expected


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("health", "the health turned"),
        ("frp", "a partner was registered"),
        (None, "the clock became stricter"),
    ],
)
def test_a_clock_that_became_stricter_says_which_day_it_counts_from_and_why(
    why: str | None, said: str
) -> None:
    """FR-06: the reason says which."""
    changes: dict[str, Any] = {
        "health": "green", "has_frp": True, "enterprise": TODAY - 40, "stricter": TODAY - 16,
        "stricter_why": why,
    }  # fmt: skip
    assert fact("FR-06", **changes) == (
        "Enterprise note is 40 days old (2026-10-12), counted from 2026-11-05, "
        f"when {said} (16 days): was due 2026-11-19, limit 2026-11-26"
    )
    assert short("FR-06", **changes) == f"note 40 days old, 16 since {said}, limit 21"


@pytest.mark.parametrize(
    ("health", "closes"),
    [
        ("red", "raise the colour: the plan from Red/Yellow to Green/Blue"),
        ("yellow", "raise the colour: the plan from Red/Yellow to Green/Blue"),
        ("green", "raise the colour: the next colour is Blue"),
    ],
)
def test_the_plan_of_a_colour_is_one_for_customers_that_have_it(health: str, closes: str) -> None:
    """RA-18: a Green customer is no longer on the plan from Red or Yellow."""
    assert words(only(assessed(health=health), "RA-18", "health"), TODAY)[1] == closes


def test_a_stricter_progress_clock_names_the_health() -> None:
    """RA-05: FR-06's partner does not touch it."""
    found = assessed(
        health="red", progress=TODAY - 40, colour_stricter=TODAY - 16, stricter_why="frp"
    )
    said = words(clock_factor(found, "progress"), TODAY).fact
    assert said == (
        "Customer Progress is 40 days old (2026-10-12), counted from 2026-11-05, when the health "
        "turned (16 days): was due 2026-11-19"
    )


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("ES-03", {"health": "red", "enterprise": None}, "no Enterprise note yet"),
        ("ES-03", {"health": "red", "enterprise": TODAY - 24}, "note 24 days old, limit 21"),
        ("ES-03", {"health": "red", "enterprise": TODAY - 16}, "note 16 days old, limit 21"),
        ("ES-03", {"health": "red", "enterprise": TODAY - 14}, "note due today"),
        ("ES-03", {"health": "red", "enterprise": TODAY - 13}, "note due in 1 day"),
        ("ES-03", {"health": "red", "enterprise": TODAY - 11}, "note due in 3 days"),
        ("ES-03", {"health": "red", "enterprise": TODAY}, "next note due 2026-12-05"),
        (
            "ES-04",
            {"enterprise": day("2026-06-30")},
            "note missed the quarter that ended 2026-09-30",
        ),
        (
            "RA-07",
            {"forecast": day("2026-06-30")},
            "forecast missed the quarter that ended 2026-09-30",
        ),
        ("FR-05", {"has_frp": True, "frp_review": TODAY - 15}, "partner review 15 days old"),
        ("FR-05", {"has_frp": True, "frp_review": TODAY - 13}, "partner review due in 1 day"),
        ("FR-07", {"frp_data": f"EXO:{TODAY - 7}"}, "EXO data due today"),
        ("FR-07", {"frp_data": f"EXO:{TODAY - 8}"}, "EXO data 8 days old"),
    ],
)
def test_the_list_tells_a_clock_in_a_few_words(
    rule: str, changes: dict[str, Any], expected: str
) -> None:
    """ES-03, ES-04, RA-07, FR-05, FR-07: one day and several, today and past."""
    assert short(rule, **changes) == expected


def test_progress_has_no_limit_to_tell() -> None:
    """RA-05: never a breach."""
    found = assessed(health="red", progress=TODAY - 30)
    factor = clock_factor(found, "progress")
    assert words(factor, TODAY).short == "progress 30 days old"
    assert "limit" not in words(factor, TODAY).fact


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("RA-08", {"escalations": 1, "escalation": "Mail."}, "1 open escalation: Mail"),
        ("RA-08", {"escalations": 2, "escalation": None}, "2 open escalations"),
        ("RA-09", {"contacts": str(TODAY - 90)}, "1 contact not verified lately"),
        ("RA-09", {"contacts": f"{TODAY - 90} {TODAY - 99}"}, "2 contacts not verified lately"),
        ("RA-02", {"open_activities": 1}, "1 step of the plan open"),
        ("RA-02", {"open_activities": 4}, "4 steps of the plan open"),
        ("RA-19", {"renewals": "2026-11-21"}, "A subscription renews today (2026-11-21)"),
        ("RA-19", {"renewals": "2026-11-22"}, "A subscription renews in 1 day (2026-11-22)"),
        ("RA-19", {"renewals": "2026-12-01"}, "A subscription renews in 10 days (2026-12-01)"),
        ("RA-01", {"blocked": "INTUNE"}, "INTUNE is blocked"),
        ("EN-19", {"no_dibs": "OPP EXO"}, "DIBS not complete for EXO, OPP"),
        (
            "FR-08",
            {"missed": f"EXO:40:{TODAY - 1} EXO:15:{TODAY - 9}"},
            "Milestone missed: EXO 15% by 2026-11-12, EXO 40% by 2026-11-20",
        ),
        ("RA-06", {"event": TODAY}, "Event on 2026-11-21: significant event"),
        ("OS-03", {"request": TODAY}, "Exec Summary requested on 2026-11-21"),
        (
            "OS-03",
            {"request": TODAY, "request_by": "Kim Lee"},
            "Exec Summary requested by Kim Lee on 2026-11-21",
        ),
        (
            "ES-14",
            {"next_update": TODAY - 1, "enterprise": TODAY - 2},
            "The Next Update date 2026-11-20 is reached",
        ),
        ("RA-18", {"health": "red", "forecast_health": "red"}, "Overall health is Red"),
    ],
)
def test_a_factor_tells_its_fact_in_the_singular_and_the_plural(
    rule: str, changes: dict[str, Any], expected: str
) -> None:
    assert fact(rule, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Next note due 2027-03-31."),
        ({"blocked": "EXO"}, "EXO blocked."),
        ({"blocked": "EXO SPO OPP"}, "EXO blocked; SPO blocked; OPP blocked."),
        ({"blocked": "EXO SPO OPP INTUNE"}, "EXO blocked; SPO blocked; OPP blocked; 1 more."),
        ({"event": TODAY, "event_text": "Merger\n announced!.. "}, "Event: Merger announced."),
        ({"event": TODAY, "event_text": " ... "}, "Event: significant event."),
        ({"request": TODAY, "request_by": "kim lee."}, "Exec Summary requested by kim lee."),
        ({"winner": False}, "Nothing is due."),
        ({"winner": False, "no_dibs": "EXO"}, "Nothing is due."),
    ],
)  # fmt: skip
def test_the_list_s_reason_is_one_sentence(changes: dict[str, Any], expected: str) -> None:
    """Contract: `reason`; the weightiest first, three at the most."""
    assert listed(**changes) == expected


@given(any_facts(), st.text(), st.text())
def test_the_reason_always_ends_with_one_full_stop_and_stays_on_one_line(
    tenant: Any, event: str, who: str
) -> None:
    changed = tenant._replace(event=TODAY, event_text=event, request=TODAY, request_by=who)
    text = reason(assess(changed, TODAY, PACK), TODAY)
    assert len(text) > 1
    assert text.endswith(".")
    assert not text.endswith(("..", " .", ";."))
    assert len(text.splitlines()) == 1
    assert text[0] == text[0].upper()


def test_the_reason_of_nothing_is_a_sentence_too() -> None:
    assert reason(Assessment(Band.WATCH, 0, ()), TODAY) == "Nothing is due."


def test_a_gap_says_what_is_missing_and_what_closes_it() -> None:
    """RA-20, say: every gap has the same form."""
    factor = only(assessed(business_reason=None), "RA-20")
    assert words(factor, TODAY) == (
        "Gap: the business reason is unknown",
        "note why they move to the cloud",
        "the business reason is unknown",
    )


@pytest.mark.parametrize(
    ("what", "clears"),
    [
        ("enterprise", "post an Enterprise note in FTOP and mark it posted"),
        ("progress", "record the Customer Progress"),
        ("perspective", "record the Customer Perspective"),
        ("forecast", "record the usage forecast"),
        ("frp-review", "record the review with the partner"),
        ("EXO", "record the partner's data for EXO"),
    ],
)
def test_each_clock_says_what_clears_it(what: str, clears: str) -> None:
    """ES-03, RA-05, RA-07, FR-05, FR-07."""
    tenant = facts(has_frp=True, frp_review=TODAY, frp_data=f"EXO:{TODAY}")
    factor = clock_factor(assess(tenant, TODAY, PACK), what)
    assert words(factor, TODAY).clears == clears
