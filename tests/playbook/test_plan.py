"""A customer's plan: what is open, what is done for now, and what comes next (RA-02 to RA-04)."""

from datetime import date, timedelta

import pytest

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.crossing import Crossing
from ftop_tui.playbook.plan import (
    Activity,
    Crossed,
    Line,
    Plan,
    PlanTerms,
    State,
    after,
    after_crossing,
    last_planned,
    lines_of,
    links_of,
    year_of,
)
from ftop_tui.playbook.rules import read_rules
from ftop_tui.playbook.values import Phase
from ftop_tui.playbook.week import Sort

from .builders import PACK, TODAY

NOW = date.fromordinal(TODAY)
TERMS = PlanTerms.read(shipped("plan"))


def ago(days: int) -> date:
    return NOW - timedelta(days=days)


def row(sort: str, *, done: int | None = None, due: int | None = None, year: str | None = None,
        title: str = "Call the plants", phase: str | None = "enable") -> Activity:  # fmt: skip
    return Activity(
        f"{sort}-{done}-{due}", sort, title, phase, year,
        ago(-due) if due is not None else None, ago(done) if done is not None else None, None,
    )  # fmt: skip


def lines(*rows: Activity) -> dict[str, Line]:
    return {line.key: line for line in lines_of(rows, TERMS, {}, NOW, PACK)}


def plan(*rows: Activity, phase: Phase | None = Phase.ENABLE) -> Plan:
    found = lines_of(rows, TERMS, {}, NOW, PACK)
    return Plan("c1", "t1", "Contoso", phase, "FY27", found, ())


def test_the_pack_s_steps_hang_together() -> None:
    rules = {rule.id for rule in read_rules(shipped("rules"))}
    keys = [step.key for step in TERMS.steps]
    assert len(keys) == len(set(keys))
    for step in TERMS.steps:
        assert step.rule in rules
        assert step.then in {"", *keys}
        assert step.every in {"once", "refresh", "year", "clock"}
        assert step.clock == "" or Sort.of(step.clock) is not None
    assert {step.phase for step in TERMS.steps} == set(Phase)
    assert {s.percent for s in TERMS.steps} >= set(PACK.thresholds.milestones)


@pytest.mark.parametrize(
    ("done", "state"), [(None, State.OPEN), (5, State.DONE), (89, State.DONE), (90, State.OPEN)]
)
def test_awareness_is_open_until_documented_and_again_to_be_refreshed(
    done: int | None, state: State
) -> None:
    """RA-02: on every customer's plan, refreshed after the pack's 90 days."""
    rows = [row("awareness", done=done)] if done is not None else []
    line = lines(*rows)["awareness"]
    assert line.state is state
    assert line.rule == "RA-02"
    assert line.due_on == (ago(done - 90) if done is not None else None)


@pytest.mark.parametrize(("year", "state"), [("FY27", State.DONE), ("FY26", State.OPEN)])
def test_a_new_fiscal_year_reopens_the_alignment(year: str, state: State) -> None:
    """RA-03."""
    assert lines(row("alignment", done=40, year=year))["alignment"].state is state
    assert year_of(date(2027, 6, 30), PACK) == "FY27"
    assert year_of(date(2027, 7, 1), PACK) == "FY28"


def test_links_are_those_of_the_year_and_one_gone_from_the_pack_stays() -> None:
    """RA-03: the priorities come from the pack."""
    linked = [
        row("priority", done=1, year="FY27", title="Teamwork adopted")._replace(text="Chat only"),
        row("priority", done=1, year="FY27", title="An old one")._replace(text="kept"),
        row("priority", done=1, year="FY26", title="Healthy customers")._replace(text="last year"),
    ]
    found = links_of(linked, PACK.priorities["FY27"], "FY27")
    assert [link.priority for link in found] == [*PACK.priorities["FY27"], "An old one"]
    assert {link.priority: link.text for link in found if link.text} == {
        "Teamwork adopted": "Chat only", "An old one": "kept",
    }  # fmt: skip
    assert "priority" not in {line.key for line in lines_of(linked, TERMS, {}, NOW, PACK)}


def test_what_recurs_by_a_clock_shows_its_day_and_is_never_done() -> None:
    found = lines_of((), TERMS, {"enterprise": NOW, "forecast": ago(-40)}, NOW, PACK)
    by_key = {line.key: line for line in found}
    assert (by_key["enterprise"].state, by_key["enterprise"].due_on) == (State.CLOCK, NOW)
    assert "progress" not in by_key
    assert by_key["first-forecast"].state is State.DONE, "the clock runs since the first one"


def test_own_steps_stand_in_their_phase_after_the_playbook_s() -> None:
    own = row("own", due=3)
    unknown = row("something newer", phase="no such phase", title="Odd")._replace(id="odd")
    found = [*lines_of([own, unknown], TERMS, {}, NOW, PACK)]
    in_enable = [line.key for line in found if line.phase is Phase.ENABLE]
    assert in_enable[-1] == own.id
    assert [line.phase for line in found if line.key == "odd"] == [Phase.INITIATE]


def test_the_next_step_is_planned_dated_and_of_this_phase_first() -> None:
    assert plan().next == lines()["usage-15"]
    assert plan(phase=None).next == lines()["awareness"]
    dated, sooner = row("own", due=9), row("blockers", due=2)
    following = plan(dated, sooner).next
    assert following is not None
    assert following.key == "blockers"
    done = plan()._replace(lines=())
    assert done.next is None


def test_completing_a_step_suggests_what_is_still_open_after_it() -> None:
    """RA-04: what was done meanwhile is skipped."""
    rows = [row("usage-15", done=1), row("usage-40", done=1)]
    found = lines(*rows)
    suggested = after(found["usage-15"], list(found.values()), TERMS)
    assert suggested is not None
    assert (suggested.key, suggested.phase) == ("adoption", Phase.DRIVE_VALUE)
    own = lines(row("own", due=1))
    line = next(line for line in own.values() if line.own)
    mine = after(line, list(own.values()), TERMS)
    assert mine is not None
    assert mine.key == "next-colour"
    all_done = [line._replace(state=State.DONE) for line in own.values()]
    assert after(line, all_done, TERMS) is None


@pytest.mark.parametrize(("percent", "words"), [(15, "40% of usage"), (40, "Drive adoption")])
def test_crossing_a_milestone_suggests_the_next_one(percent: int, words: str) -> None:
    """RA-04: 15% and 40% of usage."""
    crossed = Crossed("t1", "Contoso", Crossing("SPO", percent, date(2026, 10, 1)))
    suggested = after_crossing(crossed, TERMS)
    assert suggested is not None
    assert words in suggested.title
    assert suggested.title.endswith("SPO")
    assert f"SPO reached {percent}%" in suggested.why
    assert after_crossing(crossed._replace(crossing=Crossing("SPO", 70, NOW)), TERMS) is None


def test_the_last_planning_is_when_something_was_done_last() -> None:
    rows = [row("own", done=9), row("awareness", done=4), row("priority", done=1), row("own")]
    assert last_planned(rows) == ago(4)
    assert last_planned([]) is None
