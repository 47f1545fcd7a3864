"""Milestones in a store: dated, marked, missed, missing, and undone (RA-04, FR-08)."""

from datetime import date

import pytest

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.milestones import Missing
from ftop_tui.services import history, milestones, portfolio
from ftop_tui.services.context import Context
from house import dump, import_text, on

T1 = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b1001"
PORTFOLIO = f"TenantId,TenantName,TPID,Health\n{T1},contoso.onmicrosoft.com,1001,Red\n"
WORKLOADS = f"""TenantId,Workload,PrimaryRM,PaidUnits,ActiveUsers
{T1},EXO,FTP Trey Research,1000,300
{T1},SPO,FTP Trey Research,1000,20
{T1},TEAMS,Grace Lee,1000,20
"""
MARCH, MAY = date(2027, 3, 1), date(2027, 5, 1)


@pytest.fixture
def contoso(context: Context) -> Context:
    """A customer with a partner on two workloads."""
    import_text(context, PORTFOLIO, WORKLOADS)
    return context


def test_two_dates_a_workload_and_who_gave_them(contoso: Context) -> None:
    """FR-08."""
    milestones.set_date(contoso, T1, "SPO", 40, MAY, given_by="Ada, PoC")
    done = milestones.set_date(contoso, T1, "spo", 15, MARCH)
    assert done.sentence == "Milestones of contoso.onmicrosoft.com, SPO: 15% 2027-03-01"
    assert done.rank
    found = milestones.read(contoso, T1)
    assert [(m.percent, m.due_on, m.given_by, m.reached) for m in found] == [
        (15, MARCH, None, False),
        (40, MAY, "Ada, PoC", False),
    ]
    milestones.set_date(contoso, T1, "SPO", 40, None)
    assert milestones.read(contoso, T1)[1].due_on is None


def test_a_milestone_before_its_predecessor_is_refused_and_names_both(contoso: Context) -> None:
    """FR-08: nothing is lost of what was there."""
    milestones.set_date(contoso, T1, "SPO", 15, MAY)
    before = dump(contoso.store)
    with pytest.raises(RefusedError, match="SPO: 40% on 2027-03-01 would come before 15% on 2027"):
        milestones.set_date(contoso, T1, "SPO", 40, MARCH)
    assert dump(contoso.store) == before
    milestones.set_dates(contoso, T1, "SPO", {15: MARCH, 40: MARCH})


def test_what_is_no_milestone_or_no_workload_is_refused(contoso: Context) -> None:
    with pytest.raises(InputError, match="20% is no milestone; there are 15% and 40%"):
        milestones.set_date(contoso, T1, "SPO", 20, MAY)
    with pytest.raises(InputError, match="has no such workload"):
        milestones.set_date(contoso, T1, "WIN10", 15, MAY)
    with pytest.raises(NotFoundError):
        milestones.set_date(contoso, "nobody", "SPO", 15, MAY)


def test_usage_reaches_a_milestone_by_itself(contoso: Context) -> None:
    """RA-04: FTOP's present figures count as well."""
    milestones.set_date(contoso, T1, "EXO", 15, MAY)
    (found,) = milestones.read(contoso)
    assert found.reached
    assert found.reached_on == contoso.today()
    with pytest.raises(RefusedError, match="reached already"):
        milestones.reach(contoso, found.id)


def test_one_can_be_marked_by_hand_with_or_without_a_date(contoso: Context) -> None:
    """RA-04."""
    milestones.reach_percent(contoso, T1, "SPO", 15, on=date(2026, 11, 2))
    milestones.set_date(contoso, T1, "TEAMS", 15, MAY)
    by_tag = {each.tag: each for each in milestones.read(contoso)}
    milestones.reach(contoso, by_tag["TEAMS"].id)
    found = {each.tag: each.reached_on for each in milestones.read(contoso)}
    assert found == {"SPO": date(2026, 11, 2), "TEAMS": contoso.today()}
    with pytest.raises(InputError, match="still to come"):
        milestones.reach_percent(contoso, T1, "SPO", 40, on=MAY)
    with pytest.raises(NotFoundError):
        milestones.reach(contoso, "nothing")


def test_a_date_passed_below_the_milestone_is_missed_in_the_list_too(contoso: Context) -> None:
    """FR-08."""
    milestones.set_date(contoso, T1, "SPO", 15, MARCH)
    later = on(contoso, "2027-03-02")
    facts = portfolio.find(portfolio.load(later), T1)
    assert facts.facts.missed == f"SPO:15:{MARCH.toordinal()}"
    assert any(factor.rule == "FR-08" for factor in facts.assessment.factors)


def test_what_the_partner_still_has_to_date(contoso: Context) -> None:
    """FR-08: EXO has passed 15% already; TEAMS has no partner."""
    milestones.set_date(contoso, T1, "SPO", 40, MAY)
    assert milestones.missing(contoso) == [
        Missing(T1, "EXO", 40, "Trey Research"),
        Missing(T1, "SPO", 15, "Trey Research"),
    ]


def test_undo_takes_a_date_back(contoso: Context) -> None:
    before = dump(contoso.store, "step", "facts_history")
    milestones.set_date(contoso, T1, "SPO", 15, MAY)
    history.undo(contoso)
    assert dump(contoso.store, "step", "facts_history") == before


def test_an_absent_store_has_no_milestones_and_is_not_made(context: Context) -> None:
    assert milestones.read(context) == []
    assert milestones.missing(context) == []
    assert not context.store.exists()
