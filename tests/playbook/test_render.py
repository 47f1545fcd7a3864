"""Bodies of notes as the text that is pasted into FTOP."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    OverallBody,
)
from ftop_tui.playbook.render import enterprise_fields, render
from ftop_tui.playbook.values import EnterpriseStatus

from .builders import PACK
from .examples import PLAYBOOK_EXAMPLE

EXAMPLE = ExecSummaryBody(
    customer=("Retail company with 20K users onboarding to M365 with a lot of media attention"),
    engagement="Fully Engaged",
    deployment="Not Deployed",
    relationship=(
        "Engaged with Account Team, and customer has good Exec Sponsorship. We have weekly sync "
        "calls with the customer and partner assisting with their deployment plans."
    ),
    workloads={
        "AADP": "Setting up MFA and Conditional Access policies for test user group.",
        "EXO": "Planning, updating firewall rules.",
        "OLM": "Reviewing their mobile strategy.",
        "SPO": "Planning, but migration of existing data is a concern",
        "OD": "Planning, part of the Win10 upgrade",
        "OPP": "Planning deployment. Currently testing on 10 users as a pilot group in IT.",
    },
    support=(
        (
            "Cx could benefit from engineering engagement considering the high-profile migration "
            "to the service."
        ),
    ),
)

EMPTY_FORM = """\
EXEC SUMMARY
- DESCRIBE THE CUSTOMER:
- STATUS OF THE ENGAGEMENT:
- M365 DEPLOYMENT PROGRESS:
- OVERVIEW OF CURRENT RELATIONSHIP WITH CUSTOMER/PARTNER/ACCOUNT TEAM:
- SNAPSHOT OF KEY WORKLOADS CURRENT STATUS AND NEXT ACTIONS:

- REQUESTS FOR SUPPORT:"""

WORKLOAD_LINES = """\
   -  [EXO]  Exchange Online - x
   -  [OLM]  Outlook Mobile - x
   -  [SPO]  SharePoint Online - x
   -  [OD]  OneDrive for Business - x
   -  [OPP]  Office ProPlus - x
   -  [TEAMS]  Teams - x
   -  [YAM]  Yammer Enterprise - x
   -  [WIN10]  Windows 10 - x
   -  [INTUNE]  Intune - x
   -  [AADP]  Azure Active Directory Premium - x
   -  [AIP]  Azure Information Protection - x
   -  [MCAS]  Microsoft Cloud App Security - x
   -  [IDSEC]  Identity Security - x
   -  [PROJ]  Project Online - x
   -  [WDATP]  Windows Defender ATP - x
   -  [SDS]  Classroom / School Data Sync (SDS) - x
   -  [CORE]  For those that do not fit within above workloads - x"""


def test_the_playbook_s_own_exec_summary_comes_out_line_for_line() -> None:
    """OS-05 to OS-10, OS-13: its sections in order, its tags, no trailing blanks."""
    assert render(EXAMPLE, PACK).splitlines() == PLAYBOOK_EXAMPLE.splitlines()


def test_an_empty_exec_summary_has_its_sections_and_no_hints() -> None:
    """OS-05 and OS-10: no workload lines, no hints in parentheses, no trailing blanks."""
    assert render(ExecSummaryBody(), PACK) == EMPTY_FORM


def test_all_seventeen_workloads_stand_in_the_playbook_s_order() -> None:
    """OS-09: whatever order they were written in."""
    texts = dict.fromkeys(reversed(list(PACK.tag_order)), "x")
    text = render(ExecSummaryBody(workloads=texts), PACK)
    assert WORKLOAD_LINES in text
    assert text.count("   -  [") == 17


def test_a_workload_line_that_is_empty_or_blank_is_left_out() -> None:
    """OS-10."""
    text = render(ExecSummaryBody(workloads={"EXO": " \n", "SPO": "", "OD": "Pilot"}), PACK)
    assert [line for line in text.splitlines() if "[" in line] == [
        "   -  [OD]  OneDrive for Business - Pilot"
    ]


def test_requests_for_support_come_last_on_one_line() -> None:
    """OS-13."""
    body = ExecSummaryBody(support=("Engineering\nengagement ", "MFA workshop"))
    last = render(body, PACK).splitlines()[-1]
    assert last == "- REQUESTS FOR SUPPORT: Engineering engagement; MFA workshop"


LINES = st.text(alphabet=st.sampled_from("ab[]{}* \n\t–-é"), max_size=20)


@given(LINES, LINES, st.dictionaries(st.sampled_from(list(PACK.tag_order)), LINES), LINES)
def test_an_exec_summary_has_the_same_shape_whatever_is_written(
    customer: str, relationship: str, workloads: dict[str, str], support: str
) -> None:
    """OS-05, OS-10: one line a section, one a workload discussed, nothing at the ends of lines."""
    body = ExecSummaryBody(
        customer=customer, relationship=relationship, workloads=workloads, support=(support,)
    )
    lines = render(body, PACK).splitlines()
    discussed = sum(bool(text.strip()) for text in workloads.values())
    assert len(lines) == 8 + discussed + (discussed > 0)
    assert all(line == line.rstrip() for line in lines)
    assert lines[0] == "EXEC SUMMARY"
    assert lines[-1].startswith("- REQUESTS FOR SUPPORT:")


def test_an_entitlement_note_is_its_text() -> None:
    assert render(EntitlementBody(text=" Onboarding at wave 2.\n"), PACK) == "Onboarding at wave 2."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (OverallBody(text="Call held."), "Call held."),
        (
            OverallBody("Call held.", "Send plan", date(2026, 12, 1), "Ana Bauer", "Kim, Lee"),
            (
                "With: Kim, Lee\nCall held.\n"
                "Next action: Send plan, date: 2026-12-01, owner: Ana Bauer"
            ),
        ),
        (
            OverallBody("Call held.", action_owner="Ana Bauer"),
            "Call held.\nNext action: owner: Ana Bauer",
        ),
        (OverallBody("One.\nTwo."), "One.\nTwo."),
    ],
)
def test_a_lifecycle_note_says_who_was_there_and_what_comes_next(
    body: OverallBody, text: str
) -> None:
    """OS-02 and OS-11: next action, date and owner."""
    assert render(body, PACK) == text


FULL = EnterpriseBody(
    reason=("Major Brand", "Public Sector"),
    status=EnterpriseStatus.YELLOW,
    topic="Mail migration",
    description="Wave 2 of 4",
    impact="4,000 users wait",
    actions="Firewall change",
    progress="Wave 1 is done",
    overview="Adoption plan agreed",
    ftc_exo="In progress",
    ftc_spo="not in scope",
    ftc_opp="",
    ftc_other="Teams workshop",
    risks="INTUNE blocked",
    brand="Contoso Retail",
    next_update=date(2026, 12, 5),
    awareness="Telemetry is blocked",
)


def test_the_enterprise_note_has_its_fields_in_ftop_s_order() -> None:
    """ES-06, ES-07, ES-09 to ES-15: labels verbatim, one row a core workload."""
    assert enterprise_fields(FULL, PACK) == [
        ("Reason", "Major Brand, Public Sector"),
        ("Status", "Yellow"),
        (
            "Exec Summary",
            (
                "High Level Topic: Mail migration\nBrief Description: Wave 2 of 4\n"
                "Impact: 4,000 users wait\nAction(s): Firewall change\nProgress: Wave 1 is done"
            ),
        ),
        ("O365 Deployment Status Current Overview", "Adoption plan agreed"),
        ("Current FTC Activities", "[EXO] In progress\n[SPO] not in scope\nTeams workshop"),
        ("Risks", "INTUNE blocked"),
        ("Public/Brand Name", "Contoso Retail"),
        ("Next Update", "2026-12-05"),
        ("Awareness", "Telemetry is blocked"),
    ]


def test_an_enterprise_note_shows_its_filled_fields_under_their_labels() -> None:
    """ES-09: the four parts in order, then the progress."""
    text = render(FULL, PACK)
    assert text.startswith(
        "Reason: Major Brand, Public Sector\nStatus: Yellow\nExec Summary:\nHigh"
    )
    assert text.endswith("Next Update: 2026-12-05\nAwareness: Telemetry is blocked")
    assert render(EnterpriseBody(risks="None known"), PACK) == "Risks: None known"
    assert render(EnterpriseBody(), PACK) == ""
