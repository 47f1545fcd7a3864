"""A customer's plan on a real store: completing, planning, linking, and what asks for the next."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ftop_tui.errors import AmbiguousError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.plan import Line, Plan, State
from ftop_tui.playbook.values import Phase
from ftop_tui.services import history, plans, portfolio
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Usage
from house import DERIVED, FABRIKAM, TODAY, dump, on


def plan(context: Context) -> Plan:
    return plans.of_tenant(context, FABRIKAM)


def facts(context: Context) -> TenantFacts:
    return portfolio.find(portfolio.load(context), FABRIKAM).facts


def line(context: Context, key: str) -> Line:
    return plans.find_line(plan(context), key)


def gaps(context: Context) -> set[str]:
    ranked = portfolio.find(portfolio.load(context), FABRIKAM)
    return {f.rule for f in ranked.assessment.factors if f.sort == "gap"}


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_awareness_is_documented_closes_its_gap_and_is_refreshed_later(stocked: Context) -> None:
    """RA-02."""
    customer = plan(stocked).customer_id
    assert "RA-02" in gaps(stocked)
    done = plans.complete(stocked, customer, "awareness", text=" The sponsor is the CIO. ")
    assert done.suggestion is not None
    assert done.suggestion.key == "alignment"
    found = line(stocked, "awareness")
    assert (found.state, found.text) == (State.DONE, "The sponsor is the CIO.")
    assert facts(stocked).awareness == TODAY.toordinal()
    assert "RA-02" not in gaps(stocked)
    later = on(stocked, ahead(91))
    assert line(later, "awareness").state is State.OPEN
    plans.complete(later, customer, "awareness")
    again = line(later, "awareness")
    assert (again.state, again.done_on) == (State.DONE, ahead(91))
    assert len([r for r in dump(stocked.store)["activity"] if "awareness" in r]) == 2


def test_alignment_wants_a_link_allows_without_and_reopens_with_the_year(stocked: Context) -> None:
    """RA-03."""
    customer = plan(stocked).customer_id
    bare = plans.complete(stocked, customer, "alignment")
    assert bare.warnings == ("no awareness is linked to a priority of FY27 yet",)
    assert facts(stocked).aligned == "FY27"
    assert "RA-03" not in gaps(stocked)
    history.undo(stocked)
    assert "RA-03" in gaps(stocked)
    plans.link_priority(stocked, customer, "teamwork", "Chat is in use, channels are not")
    assert facts(stocked).open_activities == 0, "a link is no open step"
    assert plans.complete(stocked, customer, "alignment").warnings == ()
    with pytest.raises(RefusedError, match="done already"):
        plans.complete(stocked, customer, "alignment")
    next_year = on(stocked, date(2027, 7, 1))
    assert line(next_year, "alignment").state is State.OPEN
    assert plan(next_year).linked == 0


def test_a_link_is_changed_and_taken_off(stocked: Context) -> None:
    customer = plan(stocked).customer_id
    for text in ("first", "second"):
        plans.link_priority(stocked, customer, "Teamwork adopted", text)
    assert [link.text for link in plan(stocked).links if link.text] == ["second"]
    plans.link_priority(stocked, customer, "Teamwork adopted", " ")
    assert plan(stocked).linked == 0
    with pytest.raises(RefusedError, match="nothing is linked"):
        plans.link_priority(stocked, customer, "Teamwork adopted", "")
    with pytest.raises(NotFoundError, match="there are: Healthy customers"):
        plans.link_priority(stocked, customer, "Flying cars", "x")
    with pytest.raises(AmbiguousError):
        plans.link_priority(stocked, customer, "ed", "x")


def test_a_step_is_planned_moved_completed_and_dropped(stocked: Context) -> None:
    """RA-04: each of these is one step of undo."""
    customer = plan(stocked).customer_id
    before = dump(stocked.store, *DERIVED)
    plans.add(stocked, customer, "Call  the plants", phase=Phase.ENABLE, due_on=ahead(5))
    own = plans.find_line(plan(stocked), "call the")
    assert (own.title, own.phase, own.due_on, own.own) == (
        "Call the plants", Phase.ENABLE, ahead(5), True,
    )  # fmt: skip
    assert plan(stocked).next == own
    assert plans.next_steps(stocked)[customer].title == "Call the plants"
    plans.move(stocked, customer, own.key, None)
    assert line(stocked, own.key).due_on is None
    done = plans.complete(stocked, customer, own.key)
    assert done.suggestion is not None
    assert line(stocked, own.key).done_on == TODAY
    plans.drop(stocked, customer, own.key)
    for _ in range(4):
        history.undo(stocked)
    assert dump(stocked.store, *DERIVED) == before


def test_a_step_of_the_playbook_is_planned_by_its_date_or_by_its_key(stocked: Context) -> None:
    customer = plan(stocked).customer_id
    assert line(stocked, "usage-15").activity_id is None
    plans.move(stocked, customer, "usage-15", ahead(9))
    assert line(stocked, "usage-15").due_on == ahead(9)
    plans.add(stocked, customer, "Reach 40%", key="usage-40")
    assert line(stocked, "usage-40").activity_id is not None
    with pytest.raises(RefusedError, match="on the plan already"):
        plans.add(stocked, customer, "Reach 40%", key="usage-40")
    plans.drop(stocked, customer, "usage-40")
    assert line(stocked, "usage-40").state is State.OPEN
    with pytest.raises(RefusedError, match="nothing to drop"):
        plans.drop(stocked, customer, "usage-40")


@pytest.mark.parametrize(
    ("verb", "error", "what"),
    [
        (lambda c, i: plans.complete(c, i, "awareness", on=ahead(1)), InputError, "still to come"),
        (lambda c, i: plans.complete(c, i, "nothing"), NotFoundError, "no step of"),
        (lambda c, i: plans.complete(c, i, "us"), AmbiguousError, "fits 2 steps"),
        (lambda c, i: plans.complete(c, i, "enterprise"), RefusedError, "recurs by its clock"),
        (lambda c, i: plans.move(c, i, "enterprise", TODAY), RefusedError, "recurs by its clock"),
        (lambda c, i: plans.add(c, i, " \n"), InputError, "needs a title"),
        (lambda c, i: plans.add(c, i, "x", due_on=ahead(-1)), InputError, "is past"),
        (lambda c, i: plans.move(c, i, "usage-15", ahead(-1)), InputError, "is past"),
        (lambda c, _: plans.complete(c, "nobody", "awareness"), NotFoundError, "no customer"),
        (lambda c, _: plans.of_tenant(c, "nobody"), NotFoundError, "no tenant"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    stocked: Context,
    verb: Callable[[Context, str], object],
    error: type[Exception],
    what: str,
) -> None:
    before = dump(stocked.store)
    with pytest.raises(error, match=what):
        verb(stocked, plan(stocked).customer_id)
    assert dump(stocked.store) == before


def test_a_crossed_milestone_asks_until_it_is_answered(stocked: Context) -> None:
    """RA-04: 15% and 40%, since the last planning."""
    customer = plan(stocked).customer_id
    plans.complete(on(stocked, date(2026, 8, 20)), customer, "awareness")
    with stocked.writer().unit("usage") as unit:
        for month, active in ((6, 5), (7, 10), (8, 20), (9, 45)):
            unit.session.add(
                Usage(tenant_id=FABRIKAM, tag="WDATP", month=date(2026, month, 1), source="test",
                      paid_units=100, active_users=active)
            )  # fmt: skip
        from ftop_tui.store.tables import Workload  # noqa: PLC0415 - the one test that needs it

        unit.session.merge(Workload(tenant_id=FABRIKAM, tag="WDATP"))

    def asked() -> list[int]:
        mine = [each for each in plan(stocked).crossed if each.crossing.tag == "WDATP"]
        return [each.crossing.percent for each in mine]

    assert asked() == [15, 40]
    first, second = [each for each in plan(stocked).crossed if each.crossing.tag == "WDATP"]
    plans.add(stocked, customer, "Bring it to 40%: WDATP", answers=first)
    assert asked() == [40]
    plans.answer(stocked, customer, second)
    assert asked() == []
    history.undo(stocked)
    assert asked() == [40]
    plans.complete(stocked, customer, "bring it to 40%: w")
    assert asked() == [], "completing a step is a planning"
