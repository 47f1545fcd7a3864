"""What a customer's record lacks, and what closes each gap."""

from typing import Any

import pytest

from ftop_tui.playbook.gaps import gaps, workload_gaps

from .builders import PACK, TODAY, facts


def found(**changes: Any) -> list[tuple[str, str]]:
    """The gaps of a tenant: rule and what is missing."""
    return [(gap.rule, gap.fact) for gap in gaps(facts(**changes), TODAY, PACK)]


def test_a_record_in_good_order_has_no_gap() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"s_rank": 1, "fm": None}, ["neither an FM nor an FTA is accountable"]),
        ({"s_rank": 1500, "fm": None}, ["neither an FM nor an FTA is accountable"]),
        ({"s_rank": 1500, "fm": None, "fta": "Lee Wong"}, []),
        ({"s_rank": 1501, "fm": None}, []),
        ({"s_rank": None, "fm": None}, []),
        (
            {"has_frp": True, "frp_review": TODAY, "fm": None, "fta": "Lee Wong"},
            ["a partner is registered and there is no FM"],
        ),
        (
            {"has_frp": True, "frp_review": TODAY, "has_poc": False},
            ["the partner's point of contact is unknown"],
        ),
        ({"has_frp": False, "has_poc": False}, []),
    ],
)
def test_somebody_is_accountable_and_the_partner_has_counterparts(
    changes: dict[str, Any], expected: list[str]
) -> None:
    """FR-14."""
    assert found(**changes) == [("FR-14", fact) for fact in expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"level": 3, "users": 49_999}, []),
        ({"level": 4, "users": 50_000}, []),
        ({"level": 3, "users": None}, []),
        (
            {"level": 4, "users": 49_999},
            [("RA-12", "the Enterprise flag is Level 4, 49,999 users ask for 3")],
        ),
        (
            {"level": 3, "users": 50_000},
            [("RA-12", "the Enterprise flag is Level 3, 50,000 users ask for 4")],
        ),
        ({"level": None}, [("ES-05", "the Enterprise flag is not set")]),
        ({"level": 2}, [("ES-05", "the Enterprise flag is Level 2")]),
        ({"assigned": False}, [("ES-05", "you are not assigned to the tenant")]),
        ({"assigned": None}, []),
    ],
)
def test_the_enterprise_flag_fits_and_the_tenant_is_one_s_own(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """ES-05 and RA-12: which precondition of editing is missing."""
    assert found(**changes) == expected


@pytest.mark.parametrize("changes", [{"level": None}, {"level": 3, "users": 50_000}])
def test_the_message_says_where_the_flag_is_set(changes: dict[str, Any]) -> None:
    """ES-05: the flags tab, 'Is Enterprise'."""
    (gap,) = gaps(facts(**changes), TODAY, PACK)
    assert "'Is Enterprise'" in gap.clears
    assert "flags tab" in gap.clears


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"group_2": None}, "the health of group 2 is not set"),
        ({"group_1": None, "group_3": None}, "the health of groups 1, 3 is not set"),
        ({"health": "red"}, "the forecast of the colour is not complete"),
        (
            {"health": "red", "forecast_health": "green"},
            "the forecast of the colour is not complete",
        ),
        (
            {"health": "blue", "forecast_health": "green"},
            "the forecast of the colour is not complete",
        ),
    ],
)
def test_a_review_s_opening_needs_groups_and_a_forecast(
    changes: dict[str, Any], expected: str
) -> None:
    """RA-17."""
    assert found(**changes) == [("RA-17", expected)]


@pytest.mark.parametrize(
    "changes",
    [
        {"health": "blue", "forecast_health": None},
        {"health": "blue", "forecast_health": "blue"},
        {"health": "red", "forecast_health": "green", "forecast_month": "2027-03-01"},
    ],
)
def test_a_blue_customer_and_a_complete_forecast_leave_no_gap(changes: dict[str, Any]) -> None:
    """RA-17 and RA-18: Blue that stays Blue needs no forecast fields."""
    assert found(**changes) == []


def test_an_unknown_business_reason_is_a_gap() -> None:
    """RA-20."""
    assert found(business_reason=None) == [("RA-20", "the business reason is unknown")]


def test_workloads_of_a_partner_without_first_data_are_named_together() -> None:
    """FR-07: whether the tenant is the winner or not."""
    tenant = facts(winner=False, frp_data=f"EXO: SPO:{TODAY} TEAMS:")
    (gap,) = workload_gaps(tenant, PACK)
    assert gap.rule == "FR-07"
    assert gap.fact == "no data from the partner on record for EXO, TEAMS"
    assert list(workload_gaps(facts(frp_data=f"EXO:{TODAY}"), PACK)) == []
    assert list(workload_gaps(facts(), PACK)) == []


@pytest.mark.parametrize(
    ("dated", "peaks", "missing"),
    [
        (None, "EXO:3 SPO:16", "EXO 15%, EXO 40%, SPO 40%"),
        ("EXO:15", "EXO:3", "EXO 40%"),
        ("EXO:15 EXO:40", "EXO:3", None),
        (None, "EXO:40", None),
        (None, None, None),
    ],
)
def test_milestones_that_a_partner_has_not_forecast_are_a_gap(
    dated: str | None, peaks: str | None, missing: str | None
) -> None:
    """FR-08: those that usage has reached need no date any more."""
    told = [gap.fact for gap in workload_gaps(facts(dated=dated, peaks=peaks), PACK)]
    assert told == ([f"no forecast of the milestones {missing}"] if missing else [])


@pytest.mark.parametrize(
    ("awareness", "told"),
    [
        (None, "situational awareness is not documented"),
        (TODAY - 91, "situational awareness was documented on 2026-08-22"),
        (TODAY - 90, None),
    ],
)
def test_awareness_is_documented_and_kept_fresh(awareness: int | None, told: str | None) -> None:
    """RA-02."""
    assert found(awareness=awareness) == ([("RA-02", told)] if told else [])


@pytest.mark.parametrize(
    ("aligned", "is_gap"), [(None, True), ("FY26", True), ("FY27", False), ("FY28", False)]
)
def test_a_new_fiscal_year_asks_for_its_priorities(aligned: str | None, is_gap: bool) -> None:
    """RA-03."""
    fact = "the awareness is not aligned to the priorities of FY27"
    assert found(aligned=aligned) == ([("RA-03", fact)] if is_gap else [])
