"""Misses of a partner, counted: pure, and by laws."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.partnering import (
    AGREEMENT,
    FIRST_MEETING,
    Meeting,
    Missed,
    PartneringTerms,
    Partnership,
    Step,
    counted,
    inform_psm_by,
    milestone_states,
    missed_reviews,
    missing_data,
    reviews_held,
)

START = date(2026, 9, 7)
FORTNIGHT = 14
TERMS = PartneringTerms.read(load_part("partners"))


def day(number: int) -> date:
    return START + timedelta(days=number)


def days(*numbers: int) -> set[date]:
    return {day(number) for number in numbers}


def missed(
    agreed: int | None, held: set[int], unheld: set[int], until: int
) -> list[tuple[int, str]]:
    found = missed_reviews(
        None if agreed is None else day(agreed), days(*held), days(*unheld), day(until), FORTNIGHT
    )
    return [((miss.day - START).days, miss.why) for miss in found]


def on(*args: object) -> list[int]:
    return [number for number, _ in missed(*args)]  # type: ignore[arg-type]


# FR-12: a missed review is a scheduled one not held, or each full 14 days without one


def test_nothing_is_counted_before_an_agreement_or_a_first_review() -> None:
    assert on(None, set(), set(), 200) == []


def test_a_stretch_counts_once_its_fourteenth_day_has_passed() -> None:
    assert on(0, set(), set(), 14) == []
    assert on(0, set(), set(), 15) == [14]
    assert on(0, set(), set(), 28) == [14]
    assert on(0, set(), set(), 29) == [14, 28]


def test_a_review_on_the_fourteenth_day_is_in_time() -> None:
    assert on(0, {14, 28}, set(), 40) == []
    assert on(0, {15}, set(), 20) == [14]


def test_it_counts_from_the_first_review_where_that_came_before_the_agreement() -> None:
    assert on(20, {0}, set(), 15) == [14]
    assert on(None, {0}, set(), 15) == [14]


def test_a_scheduled_review_that_was_not_held_is_missed_even_before_the_agreement() -> None:
    assert missed(None, set(), {3}, 5) == [(3, "scheduled and not held")]


def test_a_stretch_in_which_a_scheduled_one_was_missed_is_not_counted_again() -> None:
    assert on(0, {20}, {10}, 21) == [10]
    assert on(0, set(), {7, 13}, 15) == [7, 13]  # two were scheduled: two were missed
    assert on(0, set(), {10}, 29) == [10, 28]


def test_a_scheduled_one_to_come_is_not_missed() -> None:
    assert on(0, set(), {9}, 8) == []


def test_the_reason_says_from_which_day_no_review_was_held() -> None:
    assert missed(0, set(), set(), 15) == [(14, "no review in the 14 days from 2026-09-07")]


NUMBERS = st.sets(st.integers(0, 120), max_size=8)
UNTIL = st.integers(0, 150)


@given(st.none() | st.integers(0, 60), NUMBERS, NUMBERS, UNTIL)
def test_each_scheduled_one_is_counted_just_once(
    agreed: int | None, held: set[int], unheld: set[int], until: int
) -> None:
    held -= unheld
    found = missed(agreed, held, unheld, until)
    past = sorted(n for n in unheld if n <= until)
    assert sorted(n for n, why in found if why == "scheduled and not held") == past
    assert found == sorted(found)
    assert all(n <= until for n, _ in found)


@given(st.integers(0, 60), NUMBERS, NUMBERS, UNTIL)
def test_what_is_not_scheduled_ends_a_full_stretch_without_any_review(
    agreed: int, held: set[int], unheld: set[int], until: int
) -> None:
    held -= unheld
    for end, why in missed(agreed, held, unheld, until):
        if why != "scheduled and not held":
            stretch = set(range(end - FORTNIGHT + 1, end + 1))
            assert not stretch & (held | unheld)
            assert end < until


@given(st.integers(0, 60), NUMBERS, UNTIL, st.integers(0, 120))
def test_one_more_review_never_adds_a_miss(
    agreed: int, held: set[int], until: int, more: int
) -> None:
    earlier = min({agreed, *held})
    held_more = held | {max(more, earlier)}
    assert len(on(agreed, held_more, set(), until)) <= len(on(agreed, held, set(), until))


@given(st.integers(0, 60), NUMBERS, NUMBERS, UNTIL, st.integers(0, 120))
def test_one_more_scheduled_and_missed_adds_one_at_the_most(
    agreed: int, held: set[int], unheld: set[int], until: int, more: int
) -> None:
    held -= {*unheld, more}
    before, after = on(agreed, held, unheld, until), on(agreed, held, unheld | {more}, until)
    assert 0 <= len(after) - len(before) <= 1


@given(st.integers(0, 60), NUMBERS, UNTIL, st.integers(0, 30))
def test_a_miss_stays_one_as_time_passes(
    agreed: int, held: set[int], until: int, later: int
) -> None:
    known = {n for n in held if n <= until}
    then, now = on(agreed, known, set(), until), on(agreed, known, set(), until + later)
    assert set(then) <= set(now)


# FR-07, FR-12: each full 7 days without data after the first record


def test_data_is_missing_only_after_the_first_record_and_a_full_week() -> None:
    assert missing_data("EXO", [], day(100), 7) == ()
    assert missing_data("EXO", days(0), day(7), 7) == ()
    assert missing_data("EXO", days(0, 7), day(14), 7) == ()
    assert missing_data("EXO", days(0, 10), day(11), 7) == (
        Missed(day(7), "no data for EXO in the 7 days from 2026-09-07"),
    )
    assert [miss.day for miss in missing_data("EXO", days(0), day(22), 7)] == [
        day(7), day(14), day(21),
    ]  # fmt: skip


@given(NUMBERS, UNTIL)
def test_missing_data_counts_the_full_weeks_between_two_updates(
    given_on: set[int], until: int
) -> None:
    known = sorted(n for n in given_on if n <= until)
    pairs = zip(known, [*known[1:], until], strict=False)
    wanted = sum(max(0, (after - before - 1) // 7) for before, after in pairs)
    assert len(missing_data("EXO", days(*given_on), day(until), 7)) == wanted


# The rest


def test_a_meeting_marked_as_not_held_outweighs_a_record_for_all_partners() -> None:
    meetings = [Meeting("a", day(0), True), Meeting("b", day(7), False), Meeting("c", day(9))]
    assert reviews_held([day(7), day(9)], meetings) == (day(0), day(9))


def test_misses_are_said_as_a_fact_with_their_days() -> None:
    """FR-12."""
    two = [Missed(date(2026, 10, 19), "x"), Missed(date(2026, 10, 5), "x")]
    assert counted([], "missed review") == "no missed reviews"
    assert counted(two[:1], "missed review") == "1 missed review, on 2026-10-19"
    assert counted(two, "missed review") == "2 missed reviews, on 2026-10-05 and 2026-10-19"


def test_the_psm_is_kept_informed_once_contact_is_made() -> None:
    """FR-03: a recurring item."""
    opened, met = Step("scope", "", (), day(0)), Step(FIRST_MEETING, "", (), day(3))
    assert inform_psm_by([opened], [], 14) is None
    assert inform_psm_by([opened, met], [], 14) == day(17)
    assert inform_psm_by([met], [day(10), day(5)], 14) == day(24)


def test_the_psm_is_no_expected_attendee_of_reviews() -> None:
    """FR-03."""
    here = Partnership(
        None, "Trey Research", "Nadia Petrov", "c", "t", "Contoso", (("t", "EXO"),),
        poc="Kim Lund", owners=("Ana Bauer", "Nadia Petrov"),
    )  # fmt: skip
    assert here.attendees == ("Ana Bauer", "Kim Lund")


def test_milestones_of_a_partner_are_missing_missed_ahead_or_reached() -> None:
    """FR-08."""
    found = milestone_states(
        "t", ["EXO", "SPO"], (15, 40), {"EXO": 20, "SPO": 3}, {("SPO", 15), ("EXO", 40)},
        {("SPO", 15): day(-1), ("EXO", 40): day(0)}, day(0),
    )  # fmt: skip
    assert [(m.tag, m.percent, m.state) for m in found] == [
        ("EXO", 15, "reached"), ("EXO", 40, "ahead"), ("SPO", 15, "missed"), ("SPO", 40, "missing"),
    ]  # fmt: skip


def test_the_checklist_leads_from_the_psm_to_the_agreement() -> None:
    """FR-03 and FR-04: with talking points for the first meeting."""
    assert TERMS.keys == ("find-psm", "introduction", "scope", FIRST_MEETING, AGREEMENT)
    points = {step.key: step.talking_points for step in TERMS.steps}
    assert len(points[FIRST_MEETING]) >= 5
    assert points[AGREEMENT]
    assert (TERMS.missed_review_days, TERMS.missing_input_days) == (14, 7)


def test_reviews_set_and_those_of_which_nobody_said_anything() -> None:
    meetings = (Meeting("a", day(-7)), Meeting("b", day(-3), False), Meeting("c", day(0)),
                Meeting("d", day(7)))  # fmt: skip
    here = Partnership(None, "P", None, "c", "t", "Contoso", (), meetings=meetings)
    assert here.next_review(day(0)) == meetings[2]
    assert here.unsaid(day(0)) == meetings[:1]
    assert here.former
