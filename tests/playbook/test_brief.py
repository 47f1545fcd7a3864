"""The brief of a review: each part from the record, edits kept, readiness, and its two texts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.brief import MAKERS, Edit, mark
from ftop_tui.playbook.brief_source import Expectation, Target, Told, Trouble
from ftop_tui.playbook.brief_text import markdown, plain
from ftop_tui.playbook.detail import Renewal
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.text import clean

from . import builders
from .brief_builders import LAST, TERMS, TODAY, brief, place, source, text

NO_INTENT, BLOCKED = EntitlementStatus.NO_INTENT, EntitlementStatus.BLOCKED
IN_PROGRESS = EntitlementStatus.IN_PROGRESS
TENANT = builders.facts().tenant_id


def after(days: int) -> date:
    return LAST + timedelta(days=days)


def test_the_parts_stand_in_the_playbook_s_order_and_each_is_made() -> None:
    """RA-17 to RA-23, in the order in which they are presented."""
    assert [part.key for part in brief().parts] == list(TERMS.titles)
    assert set(TERMS.titles) == set(MAKERS)
    heads = [TERMS.titles[key] for key in list(TERMS.titles)[4:12]]
    assert heads == [
        "Risks", "Challenges", "Issues", "Blockers", "Opportunities", "Breakthroughs", "Wins",
        "Successes",
    ]  # fmt: skip


def test_it_begins_with_the_opening_sentence_and_its_marks() -> None:
    """RA-17 and RA-18; the name is the brand's (ES-13)."""
    record = source(brand="Contoso Foods", health="red", forecast_health="red",
                    forecast_month="2026-10-01")  # fmt: skip
    said = text("opening", record)
    assert said.startswith("Customer Contoso Foods's overall health is Red, with groups 1, 2 & 3")
    assert "Note: the forecast does not raise the colour." in said
    assert "Note: the forecast's month is over." in said


def test_renewals_come_soonest_first_with_the_days_left() -> None:
    """RA-19; one that is over is left out."""
    record = source(renewals=(
        Renewal(date(2027, 1, 14), None, None, None),
        Renewal(date(2026, 11, 22), "Office 365 E3", 1200, False),
        Renewal(date(2026, 11, 20), "Project", 3, True),
    ))  # fmt: skip
    assert text("renewals", record).splitlines() == [
        "- 2026-11-22, in 1 day: Office 365 E3, 1,200 seats, does not renew by itself",
        "- 2027-01-14, in 54 days",
    ]


def test_the_mindset_tells_reason_and_intent_and_shows_gaps() -> None:
    """RA-20."""
    record = source(business_reason=None, places=(
        place("EXO", intent="Yes, company-wide", business_reason="Old mail ends"),
        place("SPO", intent=None),
        place("YAM", NO_INTENT, intent=None),
    ))  # fmt: skip
    assert text("mindset", record).splitlines() == [
        "- Business reason: [not known]",
        "- EXO: Yes, company-wide (Old mail ends)",
        "- No intent: YAM",
        "- Intent [not known]: SPO",
    ]


def test_blocked_and_no_intent_stand_above_all_other_highs_and_lows() -> None:
    """RA-21: from the statuses, the latest notes and the change of usage since the last review."""
    record = source(places=(
        place("EXO", IN_PROGRESS, 40, 41, 42, note="Nothing new."),
        place("OLM", IN_PROGRESS, 10, 10, 10, note="Pilot begun.", noted=after(3)),
        place("SPO", IN_PROGRESS, 40, 41, 52, note="Sites moved."),
        place("OPP", IN_PROGRESS, 40, 40, 31),
        place("YAM", NO_INTENT, 5),
        place("INTUNE", BLOCKED, 9, note="Scanners\ncannot enroll.", status_since=after(9)),
    ))  # fmt: skip
    assert text("highs_lows", record).splitlines() == [
        f"- Low: INTUNE blocked since {after(9)}, usage 9%. Scanners cannot enroll.",
        "- Low: YAM no intent, usage 5%.",
        f"- Low: OPP usage 31%, down 9 points since {LAST}.",
        f"- High: SPO usage 52%, up 12 points since {LAST}, significant progress. Sites moved.",
        "- News: OLM In Progress, usage 10%. Pilot begun.",
    ]


def test_the_eight_heads_are_filled_from_the_record() -> None:
    """RA-22: risks, escalations, milestones, blocked workloads, events."""
    was = builders.facts(health="green", blocked="SPO")
    record = source(
        then={TENANT: was},
        risks="- Old hardware\n\n2) No budget",
        places=(place("EXO", IN_PROGRESS, 30, 32, 45), place("SPO"), place("OPP", BLOCKED)),
        troubles=(
            Trouble("Mail is slow", "EXO", "CIO", after(2), None, None, after(4), "Logs are in"),
            Trouble("Seats", None, None, after(1), after(8), "Agreed", None, None),
        ),
        targets=(
            Target(TENANT, "SPO", "SPO", 15, after(5), None),
            Target(TENANT, "EXO", "EXO", 40, after(90), None),
        ),
        events=(Told(after(3), "New CIO"), Told(LAST, "Old news")),
    )
    found = {key: text(key, record) for key in list(TERMS.titles)[4:12]}
    assert found == {
        "risks": "- Old hardware\n- No budget",
        "challenges": f"- SPO has not reached 15%, due {after(5)}",
        "issues": f"- EXO: Mail is slow (raised {after(2)} by CIO); {after(4)}: Logs are in",
        "blockers": "- OPP blocked",
        "opportunities": f"- New CIO ({after(3)})",
        "breakthroughs": "- SPO is no longer blocked; it is In Progress",
        "wins": f"- EXO reached 40% on {TODAY}",
        "successes": "- Overall health went from Green to Blue\n"
        f"- EXO gained 15 points of usage, now 45%\n- Seats resolved on {after(8)}: Agreed",
    }


def test_a_milestone_reached_since_the_last_review_is_a_win() -> None:
    """RA-22."""
    reached = Target(TENANT, "EXO", "EXO", 15, None, after(6))
    before = Target(TENANT, "EXO", "EXO", 10, None, LAST)
    assert text("wins", source(targets=(before, reached))) == f"- EXO reached 15% on {after(6)}"


def test_the_asks_are_the_open_requests_for_support() -> None:
    """RA-23 and OS-13."""
    record = source(asks=(Told(date(2026, 11, 11), "Engineering\nengagement"),))
    assert text("asks", record) == "- Engineering engagement (asked on 2026-11-11, 10 days ago)"


def test_the_forecast_is_told_with_what_usage_is_now() -> None:
    """RA-07: the latest figure of each month; months that are over are left out."""
    month = date(2027, 3, 1)
    record = source(places=(place("EXO", IN_PROGRESS, 40),), expectations=(
        Expectation(TENANT, "EXO", "EXO", date(2026, 10, 1), 20, LAST),
        Expectation(TENANT, "EXO", "EXO", month, 50, LAST),
        Expectation(TENANT, "EXO", "EXO", month, 60, after(1)),
    ))  # fmt: skip
    assert text("forecast", record) == "- EXO: 60 active users (60%) by March 2027; now 40 (40%)"
    assert "without figures" in text("forecast", source())
    assert text("forecast", source(forecast=None)) == TERMS.empty


def test_the_next_milestone_of_each_workload_is_told_after_those_missed() -> None:
    """FR-08, RA-04: with the projection; reached ones are left out."""
    record = source(places=(place("EXO", IN_PROGRESS, 12, 13, 14, 14, 14, 14),), targets=(
        Target(TENANT, "EXO", "EXO", 10, TODAY + timedelta(days=9), None),
        Target(TENANT, "EXO", "EXO", 40, TODAY + timedelta(days=90), None),
        Target(TENANT, "EXO", "EXO", 30, TODAY + timedelta(days=30), None),
        Target(TENANT, "EXO", "EXO", 15, TODAY - timedelta(days=2), None),
    ))  # fmt: skip
    lines = text("milestones", record).splitlines()
    assert [line.split("; projection")[0] for line in lines] == [
        "- EXO 15% missed 2026-11-19, 2 days ago; now 14%",
        "- EXO 30% due 2026-12-21, in 30 days; now 14%",
    ]
    assert all("; projection" in line for line in lines)


def test_missing_dibs_are_listed_where_something_is_deployed() -> None:
    """EN-19."""
    record = source(places=(
        place("EXO", due_date=None, success_owner=""), place("SPO", NO_INTENT, due_date=None),
    ))  # fmt: skip
    assert text("dibs", record) == "- EXO: due date, success owner"


def test_what_changed_is_told_against_the_last_review() -> None:
    """RA-21: colours, groups, statuses, usage, escalations."""
    was = builders.facts(health="red", group_2=None, status="yellow", blocked="SPO")
    record = source(
        then={TENANT: was},
        places=(
            place("EXO", IN_PROGRESS, 40, 40, 30),
            place("SPO"),
            place("OPP", NO_INTENT, status_since=after(4)),
            place("INTUNE", BLOCKED, status_since=after(4)),
        ),
        troubles=(Trouble("Mail", None, None, after(2), after(5), None, None, None),),
    )
    assert text("changes", record).splitlines() == [
        f"- Compared with the review of {LAST}",
        "- Overall health: Red → Blue",
        "- Group 2: not set → Blue",
        "- Enterprise status: Yellow → Green",
        "- SPO is no longer blocked",
        f"- OPP is No Intent since {after(4)}",
        "- INTUNE is now blocked",
        "- EXO usage -10 points, now 30%",
        f"- Escalation raised on {after(2)}: Mail",
        f"- Escalation resolved on {after(5)}: Mail",
    ]


def test_a_customer_never_presented_says_what_it_is_compared_with() -> None:
    record = source(last_review=None)
    assert text("changes", record).splitlines() == [
        f"- Never presented before; compared with {LAST}", "- Nothing changed",
    ]  # fmt: skip
    assert "The record begins after" in text("changes", source(then={}))


def test_an_edited_part_is_kept_and_says_when_the_facts_have_changed() -> None:
    """RA-22: never overwritten once edited."""
    record = source(asks=(Told(date(2026, 11, 11), "Help"),))
    edit = Edit("- My own words", TODAY, mark(text("asks", record)))
    part = brief(record, edits={"asks": edit}).part("asks")
    assert (part.text, part.edited, part.stale) == ("- My own words", True, False)
    assert part.generated == text("asks", record)
    newer = brief(source(asks=(Told(date(2026, 11, 20), "More"),)), edits={"asks": edit})
    assert (newer.part("asks").text, newer.part("asks").stale) == ("- My own words", True)


@given(st.integers(0, 400), st.sampled_from(sorted(TERMS.titles)))
def test_a_day_that_passes_makes_no_edit_stale(days: int, key: str) -> None:
    """RA-22: days left change daily; only facts count."""
    target = Target(TENANT, "EXO", "EXO", 40, date(2026, 12, 1), None)
    record = source(asks=(Told(date(2026, 11, 11), "Help"),), targets=(target,))
    edit = Edit("x", TODAY, mark(text(key, record)))
    later = brief(record, TODAY + timedelta(days=days), {key: edit})
    assert not later.part(key).stale


def test_a_complete_customer_is_complete() -> None:
    """RA-24."""
    found = brief()
    assert found.complete
    assert found.missing == ()
    assert found.readiness.line == "complete"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"group_2": None}, ("group_2",)),
        ({"health": "red", "forecast_health": None}, ("forecast_health", "forecast_month")),
        ({"business_reason": None}, ("business_reason",)),
        ({"renewals": (Renewal(date(2026, 11, 20), None, None, None),)}, ("renewal_date",)),
        ({"places": (place("EXO", intent=""),)}, ("intent:EXO",)),
        ({"places": (place("YAM", intent=""), place("SPO", NO_INTENT, intent=""))}, ()),
    ],
)  # fmt: skip
def test_what_a_review_needs_is_missed(
    changes: dict[str, object], missing: tuple[str, ...]
) -> None:
    """RA-24: groups and forecast (RA-17), renewal (RA-19), reason and intent (RA-20)."""
    assert brief(source(**changes)).missing == missing


def test_what_is_only_advised_leaves_the_brief_complete() -> None:
    """RA-24: unticked objectives (ES-16), the usage forecast (RA-07), the DIBS (EN-19)."""
    record = source(forecast=None, objectives=builders.PACK.enterprise.objectives[1:],
                    places=(place("EXO", success_owner=None),))  # fmt: skip
    found = brief(record)
    assert found.complete
    assert [gap.key for gap in found.readiness.advised] == [
        "usage_forecast", "objective:1", "dibs:EXO",
    ]  # fmt: skip
    assert found.readiness.line.startswith("complete; to do: usage forecast, not ticked: Under")
    assert "Enterprise note" in brief(source(enterprise=None)).readiness.line


FOREIGN = st.text(st.characters(codec="utf-8"), max_size=40)


def test_both_texts_hold_every_part_in_order() -> None:
    found = [brief(), brief(source(group_1=None))]
    for written in (markdown(found), plain(found)):
        assert written.endswith("\n")
        assert written.count("Missing: health of group 1") == 1
        assert "Customer Review of 2026-11-26, as of 2026-11-21" in written
        folded = written.casefold()
        places = [folded.index(title.casefold()) for title in TERMS.titles.values()]
        assert places == sorted(places)
    assert markdown(found) == markdown([brief(), brief(source(group_1=None))])


@given(FOREIGN)
def test_foreign_text_is_only_text_in_markdown(name: str) -> None:
    """Nothing in a customer's name becomes a heading, a link, HTML or a second line."""
    written = markdown([brief(source(risks=f"\n# {name}\n<b>{name}</b>"))])
    assert written == clean(written)
    assert [line for line in written.splitlines() if line.startswith("# ")] == ["# Contoso"]
    assert "<b" not in written.replace("\\<b", "")


def test_a_stale_part_says_so_in_both_texts() -> None:
    found = brief(edits={"asks": Edit("Mine", TODAY, "something else")})
    assert "*The facts have changed since this was written.*" in markdown([found])
    assert "(The facts have changed since this was written.)" in plain([found])


def test_text_of_others_is_cut_where_it_has_no_end() -> None:
    record = replace(source(), asks=(Told(TODAY, "word " * 400),))
    assert len(text("asks", record)) < TERMS.longest_text + 60
