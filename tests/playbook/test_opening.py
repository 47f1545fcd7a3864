"""The opening sentence of a Customer Review."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.opening import (
    MARK_WORDS,
    MONTH_PAST,
    NOT_HIGHER,
    OpeningParts,
    OpeningSentence,
    opening_sentence,
    shown_name,
)
from ftop_tui.playbook.values import Health

from .builders import PACK

RED, YELLOW, GREEN, BLUE = Health
TODAY = date(2026, 11, 21)
COMPLETE = OpeningParts("Contoso", RED, RED, YELLOW, RED, YELLOW, date(2027, 3, 1))
NOTHING = OpeningParts(None, None, None, None, None, None, None)


def said(parts: OpeningParts) -> OpeningSentence:
    """The sentence of these parts today."""
    return opening_sentence(parts, TODAY, PACK)


def test_the_sentence_is_the_playbook_s_word_for_word() -> None:
    """RA-17."""
    found = said(COMPLETE)
    assert found.sentence == (
        "Customer Contoso's overall health is Red, with groups 1, 2 & 3 being Red, Yellow and Red, "
        "respectively. I forecast to achieve a change in the overall customer health from Red to "
        "Yellow by the end of March 2027."
    )
    assert (found.complete, found.missing, found.marks) == (True, (), ())


def test_each_unknown_part_shows_as_its_name_in_brackets() -> None:
    """RA-17: placeholders in the sentence, names in `missing`, both in order."""
    found = said(NOTHING)
    assert found.sentence == (
        "Customer [name]'s overall health is [overall health], with groups 1, 2 & 3 being "
        "[group 1], [group 2] and [group 3], respectively. I forecast to achieve a change in the "
        "overall customer health from [overall health] to [forecast health] by the end of "
        "[month/year]."
    )
    assert found.missing == (
        "name", "overall_health", "group_1", "group_2", "group_3", "forecast_health",
        "forecast_month",
    )  # fmt: skip
    assert not found.complete


@pytest.mark.parametrize("name", OpeningParts._fields)
def test_one_unknown_part_alone_makes_the_sentence_incomplete(name: str) -> None:
    """RA-17."""
    found = said(COMPLETE._replace(**{name: None}))
    assert (found.missing, found.complete) == ((name,), False)


@pytest.mark.parametrize("forecast", [None, BLUE])
@pytest.mark.parametrize("month", [None, date(2020, 1, 1)])
def test_blue_that_stays_blue_is_complete_without_a_forecast(
    forecast: Health | None, month: date | None
) -> None:
    """RA-18: our wording; no mark."""
    found = said(OpeningParts("Contoso", BLUE, BLUE, BLUE, GREEN, forecast, month))
    assert found.sentence == (
        "Customer Contoso's overall health is Blue, with groups 1, 2 & 3 being Blue, Blue and "
        "Green, respectively. I forecast to keep the overall customer health at Blue."
    )
    assert (found.complete, found.marks) == (True, ())


def test_blue_that_stays_blue_still_needs_its_groups() -> None:
    """RA-17 and RA-18."""
    found = said(OpeningParts("Contoso", BLUE, None, BLUE, BLUE, None, None))
    assert found.missing == ("group_1",)


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({}, ()),
        ({"forecast_health": RED}, (NOT_HIGHER,)),
        ({"overall_health": YELLOW, "forecast_health": RED}, (NOT_HIGHER,)),
        ({"overall_health": BLUE, "forecast_health": GREEN}, (NOT_HIGHER,)),
        ({"forecast_month": date(2026, 11, 1)}, ()),
        ({"forecast_month": date(2026, 10, 1)}, (MONTH_PAST,)),
        ({"forecast_health": RED, "forecast_month": date(2026, 10, 31)}, (NOT_HIGHER, MONTH_PAST)),
    ],
)
def test_a_forecast_that_raises_nothing_or_is_over_is_marked_and_complete(
    changes: dict[str, Health | date], marks: tuple[str, ...]
) -> None:
    """RA-18."""
    found = said(COMPLETE._replace(**changes))  # type: ignore[arg-type]
    assert (found.marks, found.complete) == (marks, True)
    assert set(found.marks) <= MARK_WORDS.keys()


@pytest.mark.parametrize(("today", "past"), [("2026-11-30", False), ("2026-12-01", True)])
def test_a_month_is_past_when_its_last_day_is(today: str, past: bool) -> None:
    """RA-18."""
    parts = COMPLETE._replace(forecast_month=date(2026, 11, 1))
    found = opening_sentence(parts, date.fromisoformat(today), PACK)
    assert (MONTH_PAST in found.marks) is past


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Brand", "Customer", "Tenant"), "Brand"),
        ((None, "Customer", "Tenant"), "Customer"),
        (("", "Customer", "Tenant"), "Customer"),
        ((None, None, "Tenant"), "Tenant"),
        ((None, None, None), None),
    ],
)
def test_the_shown_name_is_the_brand_else_the_customer_else_the_tenant(
    names: tuple[str | None, str | None, str | None], shown: str | None
) -> None:
    """ES-13."""
    assert shown_name(*names) == shown


COLOURS = st.sampled_from(list(Health))
MONTHS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(st.text(min_size=1), *[COLOURS] * 5, MONTHS)
def test_complete_parts_give_the_exact_sentence(
    name: str, overall: Health, one: Health, two: Health, three: Health, then: Health, month: date
) -> None:
    """RA-17 and RA-18: the name stands in it verbatim, whatever it holds."""
    found = said(OpeningParts(name, overall, one, two, three, then, month))
    first = (
        f"Customer {name}'s overall health is {overall.word}, with groups 1, 2 & 3 being "
        f"{one.word}, {two.word} and {three.word}, respectively. "
    )
    second = f"{overall.word} to {then.word} by the end of {month.strftime('%B %Y')}."
    change = f"I forecast to achieve a change in the overall customer health from {second}"
    keep = "I forecast to keep the overall customer health at Blue."
    assert found.sentence == first + (keep if overall is then is BLUE else change)
    assert found.complete
