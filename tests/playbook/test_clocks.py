"""Every clock's states on the days where they change (contract: table of clocks)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook import clocks
from ftop_tui.playbook.clocks import Clock, State, Stricter, became_stricter
from ftop_tui.playbook.days import Day, day_text
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import Band, Health, Phase

from .builders import PACK, TODAY, day, facts

TRACK, SOON, LATE, BREACH = State
COLOURS = st.sampled_from([None, *(health.value for health in Health)])
RED_OR_YELLOW = ("red", "yellow")
GREEN_OR_BLUE = ("green", "blue")


def enterprise(today: Day = TODAY, **changes: Any) -> Clock:
    """The Enterprise clock of a tenant."""
    return clocks.enterprise(facts(**changes), today, PACK)


def recurring(last: Day, today: Day = TODAY, **changes: Any) -> Clock:
    """The clock of Customer Progress."""
    return clocks.recurring("progress", last, facts(progress=last, **changes), today, PACK)


# -- Enterprise


@pytest.mark.parametrize("health", ["red", "yellow", None, "of a newer version"])
@pytest.mark.parametrize(
    ("age", "state"),
    [
        (0, TRACK), (10, TRACK),
        (11, SOON), (14, SOON),
        (15, LATE), (21, LATE),
        (22, BREACH), (400, BREACH),
    ],
)  # fmt: skip
def test_red_yellow_and_unset_are_due_after_14_days_and_break_after_21(
    health: str | None, age: int, state: State
) -> None:
    """ES-03: on track up to 10 days, due soon 11-14, late 15-21, breach above."""
    clock = enterprise(health=health, enterprise=TODAY - age)
    assert (clock.rule, clock.state) == ("ES-03", state)
    assert clock.due == TODAY - age + 14
    assert clock.limit == TODAY - age + 21


@pytest.mark.parametrize("health", ["red", "yellow", None])
def test_without_a_note_red_yellow_and_unset_are_late_and_have_no_due_day(
    health: str | None,
) -> None:
    """ES-03: no note on record is late until the first is posted."""
    clock = enterprise(health=health, enterprise=None)
    assert (clock.rule, clock.state, clock.due, clock.limit) == ("ES-03", LATE, None, None)


@pytest.mark.parametrize("health", GREEN_OR_BLUE)
@pytest.mark.parametrize(
    ("last", "today", "state", "due"),
    [
        ("2026-08-15", "2026-12-17", TRACK, "2026-12-31"),
        ("2026-08-15", "2026-12-18", SOON, "2026-12-31"),
        ("2026-08-15", "2026-12-31", SOON, "2026-12-31"),
        ("2026-08-15", "2027-01-01", BREACH, "2026-12-31"),
        ("2026-09-30", "2026-12-31", SOON, "2026-12-31"),
        ("2026-09-30", "2027-01-01", BREACH, "2026-12-31"),
        ("2026-10-01", "2026-12-31", TRACK, "2027-03-31"),
        ("2026-10-01", "2027-03-17", TRACK, "2027-03-31"),
        ("2026-10-01", "2027-03-18", SOON, "2027-03-31"),
        ("2026-10-01", "2027-04-01", BREACH, "2027-03-31"),
        ("2026-12-31", "2027-01-01", TRACK, "2027-03-31"),
        ("2027-12-31", "2028-03-17", TRACK, "2028-03-31"),
        ("2025-12-31", "2026-06-30", BREACH, "2026-03-31"),
    ],
)
def test_green_and_blue_are_due_at_the_end_of_the_next_quarter(
    health: str, last: str, today: str, state: State, due: str
) -> None:
    """ES-04: due soon in the last 14 days of the due quarter, a missed quarter is a breach."""
    clock = enterprise(day(today), health=health, enterprise=day(last))
    assert (clock.rule, clock.state, clock.due) == ("ES-04", state, day(due))


@pytest.mark.parametrize("health", GREEN_OR_BLUE)
def test_without_a_note_green_and_blue_are_due_soon(health: str) -> None:
    """ES-04: no note on record at all."""
    clock = enterprise(health=health, enterprise=None)
    assert (clock.rule, clock.state, clock.due) == ("ES-04", SOON, None)


@pytest.mark.parametrize("health", GREEN_OR_BLUE)
@pytest.mark.parametrize(
    ("age", "state"),
    [(10, TRACK), (11, SOON), (14, SOON), (15, LATE), (21, LATE), (22, BREACH), (None, LATE)],
)
def test_with_a_partner_green_and_blue_run_by_the_fortnight(
    health: str, age: int | None, state: State
) -> None:
    """FR-06: the clock of ES-03 with its limit and its no-note state, under its own name."""
    last = None if age is None else TODAY - age
    clock = enterprise(health=health, has_frp=True, enterprise=last)
    assert (clock.rule, clock.state) == ("FR-06", state)
    assert clock.due == (None if last is None else last + 14)


@pytest.mark.parametrize("health", ["red", "yellow", None])
def test_a_partner_changes_nothing_for_red_yellow_and_unset(health: str | None) -> None:
    """FR-06: the factor stays ES-03."""
    assert enterprise(health=health, has_frp=True).rule == "ES-03"


# -- A clock that became stricter


@pytest.mark.parametrize(
    ("since", "state"), [(0, TRACK), (10, TRACK), (11, SOON), (15, LATE), (21, LATE), (22, BREACH)]
)
def test_a_clock_that_became_stricter_counts_from_that_day(since: int, state: State) -> None:
    """FR-06: from the later of the last post and the day of the change."""
    today = day("2026-11-21")
    clock = enterprise(today, health="red", enterprise=day("2026-10-02"), stricter=today - since)
    assert (clock.state, clock.counts_from) == (state, today - since)
    assert clock.due == today - since + 14


@pytest.mark.parametrize("gap", [1, 4, 30])
def test_a_change_right_after_the_post_is_what_counts(gap: int) -> None:
    """FR-06: the later of the two, be it by a day."""
    clock = enterprise(health="red", enterprise=TODAY - 12 - gap, stricter=TODAY - 12)
    assert (clock.state, clock.counts_from, clock.due) == (SOON, TODAY - 12, TODAY + 2)


def test_a_change_on_the_day_of_the_post_counts_from_the_post() -> None:
    """FR-06."""
    clock = enterprise(health="red", enterprise=TODAY - 12, stricter=TODAY - 12)
    assert (clock.counts_from, clock.due) == (None, TODAY + 2)


def test_a_post_after_the_change_is_what_counts() -> None:
    """FR-06."""
    clock = enterprise(health="red", enterprise=TODAY - 3, stricter=TODAY - 12)
    assert (clock.counts_from, clock.due) == (None, TODAY - 3 + 14)


def test_turning_red_does_not_excuse_a_quarter_that_was_missed() -> None:
    """ES-04 and FR-06: nobody becomes less urgent by getting worse."""
    clock = enterprise(health="red", enterprise=day("2026-03-31"), stricter=TODAY)
    assert (clock.rule, clock.state) == ("ES-04", BREACH)


def test_without_a_note_the_day_of_the_change_starts_nothing() -> None:
    """ES-03: late until the first note is posted, whenever the customer turned Red."""
    assert enterprise(health="red", enterprise=None, stricter=TODAY).state is LATE


NEVER = Stricter()
MARKED = Stricter(enterprise=TODAY - 5, why="frp", colour=None)


@pytest.mark.parametrize(
    ("before", "after", "marks", "expected"),
    [
        (("green", False), ("red", False), NEVER, Stricter(TODAY, "health", TODAY)),
        (("blue", False), (None, False), NEVER, Stricter(TODAY, "health", TODAY)),
        (("green", False), ("green", True), NEVER, Stricter(TODAY, "frp", None)),
        (("green", True), ("red", True), MARKED, MARKED._replace(colour=TODAY)),
        (("green", True), ("green", False), MARKED, NEVER),
        (("red", False), ("green", False), Stricter(TODAY, "health", TODAY), NEVER),
        (("red", False), ("yellow", True), NEVER, NEVER),
        (("red", True), ("green", True), NEVER, NEVER),
        (("blue", False), ("green", False), NEVER, NEVER),
    ],
)
def test_a_change_of_colour_or_partner_is_remembered_while_it_makes_the_clock_stricter(
    before: tuple[str | None, bool],
    after: tuple[str | None, bool],
    marks: Stricter,
    expected: Stricter,
) -> None:
    """FR-06: an FRP registered, or Green turned Red."""
    assert became_stricter(before, after, marks, TODAY) == expected


@given(st.tuples(COLOURS, st.booleans()), st.tuples(COLOURS, st.booleans()))
def test_a_mark_is_set_only_by_a_change_from_quarterly(
    before: tuple[str | None, bool], after: tuple[str | None, bool]
) -> None:
    """FR-06."""
    marks = became_stricter(before, after, NEVER, TODAY)
    was = clocks.cadence_rule(before[0], has_frp=before[1])
    now = clocks.cadence_rule(after[0], has_frp=after[1])
    assert (marks.enterprise is not None) is (was == "ES-04" and now != "ES-04")
    assert (marks.why is None) is (marks.enterprise is None)


# -- Progress, Perspective, forecast


@pytest.mark.parametrize("health", [*RED_OR_YELLOW, None])
@pytest.mark.parametrize(
    ("age", "state"), [(10, TRACK), (11, SOON), (14, SOON), (15, LATE), (22, LATE), (900, LATE)]
)
def test_progress_of_red_and_yellow_is_late_after_14_days_and_never_a_breach(
    health: str | None, age: int, state: State
) -> None:
    """RA-05: there is no limit, so none is told."""
    clock = recurring(TODAY - age, health=health)
    assert (clock.rule, clock.state, clock.limit) == ("RA-05", state, None)
    assert clock.due == TODAY - age + 14


@pytest.mark.parametrize("health", GREEN_OR_BLUE)
@pytest.mark.parametrize("has_frp", [False, True])
@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-12-17", TRACK), ("2026-12-18", SOON), ("2026-12-31", SOON), ("2027-01-01", LATE)],
)
def test_progress_of_green_and_blue_runs_by_the_quarter_even_with_a_partner(
    health: str, has_frp: bool, today: str, state: State
) -> None:
    """RA-05: as ES-04, but a missed quarter is late; FR-06 does not touch it."""
    clock = recurring(day("2026-09-30"), day(today), health=health, has_frp=has_frp)
    assert (clock.rule, clock.state, clock.due) == ("RA-05", state, day("2026-12-31"))


def test_progress_counts_from_the_day_on_which_the_colour_turned() -> None:
    """RA-05 with FR-06's day of the change."""
    clock = recurring(day("2026-10-02"), health="red", colour_stricter=TODAY - 12)
    assert (clock.state, clock.counts_from, clock.due) == (SOON, TODAY - 12, TODAY + 2)


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-12-17", TRACK), ("2026-12-18", SOON), ("2026-12-31", SOON), ("2027-01-01", LATE)],
)
def test_the_forecast_is_quarterly_and_late_at_the_worst(today: str, state: State) -> None:
    """RA-07: ES-04's dates for every colour."""
    clock = clocks.forecast(day("2026-07-01"), day(today), PACK)
    assert (clock.rule, clock.state, clock.due) == ("RA-07", state, day("2026-12-31"))


# -- Partners


@pytest.mark.parametrize(
    ("age", "state"), [(6, TRACK), (7, SOON), (14, SOON), (15, LATE), (300, LATE)]
)
def test_the_review_with_a_partner_is_due_soon_from_7_days_and_late_after_14(
    age: int, state: State
) -> None:
    """FR-05."""
    clock = clocks.frp_review(TODAY - age, "enable", TODAY, PACK)
    assert (clock.rule, clock.state, clock.due) == ("FR-05", state, TODAY - age + 14)


@pytest.mark.parametrize(("age", "state"), [(6, TRACK), (7, SOON), (8, LATE)])
def test_a_phase_of_the_pack_may_ask_for_the_review_more_often(age: int, state: State) -> None:
    """FR-05: or the phase's interval."""
    pack = with_phase(7)
    clock = clocks.frp_review(TODAY - age, Phase.REMEDIATE.value, TODAY, pack)
    assert (clock.state, clock.due) == (state, TODAY - age + 7)
    assert clocks.frp_review(TODAY - age, None, TODAY, pack).due == TODAY - age + 14


def with_phase(days: int) -> Pack:
    """The pack with an interval of its own for the Remediate phase."""
    by_phase = {Phase.REMEDIATE.value: days}
    return PACK._replace(cadence=PACK.cadence._replace(frp_review_by_phase=by_phase))


@pytest.mark.parametrize(("age", "state"), [(6, TRACK), (7, SOON), (8, LATE), (300, LATE)])
def test_a_partner_s_data_is_due_on_day_7_and_late_after(age: int, state: State) -> None:
    """FR-07: a clock a workload."""
    clock = clocks.frp_data("EXO", TODAY - age, TODAY, PACK)
    assert (clock.rule, clock.what, clock.state) == ("FR-07", "EXO", state)
    assert clock.due == TODAY - age + 7


def test_only_the_enterprise_clock_knows_a_breach() -> None:
    """Contract: no other clock breaches."""
    longest = TODAY - 3000
    others = [
        *(recurring(longest, health=health) for health in (None, *Health)),
        clocks.forecast(longest, TODAY, PACK),
        clocks.frp_review(longest, None, TODAY, PACK),
        clocks.frp_data("EXO", longest, TODAY, PACK),
    ]
    assert {clock.state for clock in others} == {LATE}
    assert {clock.band for clock in others} == {Band.LATE}


def test_each_state_asks_for_its_band() -> None:
    """Contract: bands."""
    assert [clocks.BAND_OF[state] for state in State] == [
        Band.WATCH, Band.DUE, Band.LATE, Band.BREACH,
    ]  # fmt: skip


# -- Next Update


@pytest.mark.parametrize(
    ("health", "has_frp", "proposed", "limit"),
    [
        ("red", False, "2026-12-05", "2026-12-12"),
        ("yellow", True, "2026-12-05", "2026-12-12"),
        (None, False, "2026-12-05", "2026-12-12"),
        ("green", False, "2027-03-31", "2027-03-31"),
        ("blue", False, "2027-03-31", "2027-03-31"),
        ("green", True, "2026-12-05", "2026-12-12"),
    ],
)
def test_the_next_update_is_proposed_in_step_with_the_clock(
    health: str | None, has_frp: bool, proposed: str, limit: str
) -> None:
    """ES-14: posting day + 14 (limit + 21), or the end of the next quarter (FR-06 as ES-03)."""
    found = clocks.next_update(health, has_frp=has_frp, posted=TODAY, pack=PACK)
    latest = clocks.next_update_limit(health, has_frp=has_frp, posted=TODAY, pack=PACK)
    assert (day_text(found), day_text(latest)) == (proposed, limit)


@given(COLOURS, st.booleans(), st.integers(day("2000-01-01"), day("2100-01-01")))
def test_a_note_posted_when_proposed_is_never_late(
    health: str | None, has_frp: bool, posted: Day
) -> None:
    """ES-14 against ES-03, ES-04 and FR-06: the proposal keeps the clock, its limit the limit."""
    asks = {"health": health, "has_frp": has_frp, "enterprise": posted}
    proposed = clocks.next_update(health, has_frp=has_frp, posted=posted, pack=PACK)
    limit = clocks.next_update_limit(health, has_frp=has_frp, posted=posted, pack=PACK)
    assert enterprise(proposed, **asks).state <= SOON
    assert enterprise(limit, **asks).state <= LATE
    assert enterprise(limit + 1, **asks).state is BREACH
