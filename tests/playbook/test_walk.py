"""A note taken apart into the fields of FTOP: all that is rendered, in order, nothing empty."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.render import enterprise_fields, render
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus
from ftop_tui.playbook.walk import walk_fields
from ftop_tui.text import clean

from .builders import PACK


def test_an_enterprise_note_is_walked_in_ftops_order() -> None:
    body = EnterpriseBody(
        reason=("Major Brand",), status=EnterpriseStatus.GREEN, topic="Rollout", progress="Done",
        overview="Plants follow.", ftc_spo="Wave 2 on 2026-12-01", brand="Contoso",
        next_update=date(2026, 12, 5),
    )  # fmt: skip
    assert walk_fields(body, PACK) == (
        ("Reason", "Major Brand"),
        ("Status", "Green"),
        ("Exec Summary", "High Level Topic: Rollout\nProgress: Done"),
        ("O365 Deployment Status Current Overview", "Plants follow."),
        ("Current FTC Activities", "[SPO] Wave 2 on 2026-12-01"),
        ("Public/Brand Name", "Contoso"),
        ("Next Update", "2026-12-05"),
    )


def test_an_exec_summary_is_one_text_as_it_is_rendered() -> None:
    body = ExecSummaryBody(customer="Retail", workloads={"EXO": "Planning"})
    assert walk_fields(body, PACK) == (("Exec Summary", render(body, PACK)),)


@pytest.mark.parametrize(
    "body",
    [
        ExecSummaryBody(support=("More licences",)),
        ExecSummaryBody(workloads={"EXO": "Planning"}),
        ExecSummaryBody(engagement="Fully Engaged"),
    ],
)
def test_an_exec_summary_of_one_part_is_walked(body: NoteBody) -> None:
    assert len(walk_fields(body, PACK)) == 1


def test_an_overall_note_has_its_next_action_in_fields_of_its_own() -> None:
    """OS-02."""
    body = OverallBody(
        text="All went well.", next_action="Send slides", action_date=date(2026, 12, 1),
        action_owner="Ada Byron", attendees="Grace Lee",
    )  # fmt: skip
    assert walk_fields(body, PACK) == (
        ("Note", "With: Grace Lee\nAll went well."),
        ("Next Action", "Send slides"),
        ("Action Date", "2026-12-01"),
        ("Action Owner", "Ada Byron"),
    )


def test_an_entitlement_note_has_its_levels_and_dibs_beside_the_text() -> None:
    """EN-19, EN-20."""
    body = EntitlementBody(
        status=EntitlementStatus.BLOCKED, text="Waits for a firewall rule.", l2="Technical",
        l3="Network", due_date=date(2027, 1, 31), intent="All users", business_reason="Merger",
        success_owner="Ada Byron",
    )  # fmt: skip
    assert [name for name, _ in walk_fields(body, PACK)] == [
        "Status", "Note", "L2", "L3", "Due Date", "Intent", "Business Reason", "Success Owner",
    ]  # fmt: skip
    assert dict(walk_fields(body, PACK))["Status"] == "Blocked"
    few = EntitlementBody(status=EntitlementStatus.NO_INTENT, success_owner="Ada Byron")
    assert walk_fields(few, PACK) == (("Status", "No Intent"), ("Success Owner", "Ada Byron"))


@pytest.mark.parametrize(
    "body", [EnterpriseBody(), ExecSummaryBody(), OverallBody(), EntitlementBody()]
)
def test_an_empty_note_has_no_fields(body: NoteBody) -> None:
    assert walk_fields(body, PACK) == ()


def test_what_a_terminal_would_obey_is_not_copied() -> None:
    body = EntitlementBody(
        text="\x1b]52;c;aGFjaw==\x07Waits \u202efor\x00 it.", l2="\x1b[31m\u200b"
    )
    assert walk_fields(body, PACK) == (("Note", "Waits for it."),)


_texts = st.text(max_size=40)


@given(
    st.builds(
        EnterpriseBody, topic=_texts, description=_texts, overview=_texts, ftc_exo=_texts,
        ftc_other=_texts, risks=_texts, brand=_texts, awareness=_texts,
    )
)  # fmt: skip
def test_the_walk_holds_what_the_preview_shows(body: EnterpriseBody) -> None:
    """Nothing is lost and nothing is made up between the preview and the clipboard."""
    walked = walk_fields(body, PACK)
    shown = [(name, clean(text).strip()) for name, text in enterprise_fields(body, PACK)]
    assert list(walked) == [(name, text) for name, text in shown if text]
    assert all(text == clean(text).strip() for _, text in walked)
