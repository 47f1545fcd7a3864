"""The colour by month says what was recorded, and nothing else."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.glance import GlanceCell, Use, rows_of
from ftop_tui.playbook.health_strip import Stand, health_months
from ftop_tui.playbook.urgency import Assessment, Ranked
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.playbook.values import Band, EntitlementStatus, Health
from playbook.builders import facts

TODAY = date(2026, 11, 21)


def letters(present: str | None, *before: Stand) -> str:
    return "".join(
        (each.health.letter if each.health else "-") if each.known else "."
        for each in health_months(present, before, TODAY, 6)
    )


def test_without_a_change_the_present_colour_is_not_older_than_the_tenant() -> None:
    assert letters("red", Stand(date(2026, 9, 10), False, None)) == "...RRR"


def test_a_change_on_the_last_day_of_a_month_counts_for_it() -> None:
    assert letters("green", Stand(date(2026, 9, 30), True, "red")) == "RRRGGG"
    assert letters("green", Stand(date(2026, 10, 1), True, "red")) == "RRRRGG"


def test_several_changes_stand_one_after_the_other_and_an_unset_colour_is_told() -> None:
    before = (Stand(date(2026, 7, 5), True, None), Stand(date(2026, 9, 5), True, "yellow"))
    assert letters("blue", *before) == "-YYBBB"


def test_a_colour_of_a_newer_version_is_known_and_unset() -> None:
    assert letters("violet") == "------"


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 40))
def test_the_last_month_is_the_present_one_and_none_is_left_out(today: date, many: int) -> None:
    found = health_months("red", (), today, many)
    assert len(found) == many
    assert found[-1].month == today.replace(day=1)
    places = [each.month.year * 12 + each.month.month for each in found]
    assert places == list(range(places[0], places[0] + many))
    assert {each.health for each in found} == {Health.RED}


def test_of_several_tenants_the_gravest_status_and_the_whole_usage_are_told() -> None:
    uses = {
        "a": [Use("EXO", "in_progress", UsagePoint(TODAY, 100, 90))],
        "b": [Use("EXO", "blocked", UsagePoint(TODAY, 300, 10)), Use("SPO", "odd", None)],
    }
    tenants = [facts(tenant_id="b", winner=False), facts(tenant_id="a", winner=True)]
    listed = [Ranked(1, each, Assessment(Band.WATCH, 0, ())) for each in tenants]
    (row,) = rows_of(listed, uses, ("EXO", "SPO", "CORE"))
    assert row.winner.tenant_id == "a"
    assert row.cells[0] == GlanceCell("EXO", EntitlementStatus.BLOCKED, 25.0)
    assert row.cells[1] == GlanceCell("SPO", None, None)
    assert row.cells[2] is None
