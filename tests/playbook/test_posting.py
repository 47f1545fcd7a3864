"""What keeps a note from being marked posted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    OverallBody,
)
from ftop_tui.playbook.posting import obstacles
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Finding, Severity

POSTED = date(2026, 11, 21)
GREEN, YELLOW, RED = EnterpriseStatus.GREEN, EnterpriseStatus.YELLOW, EnterpriseStatus.RED
COMPLETE = EnterpriseBody(
    reason=("Major Brand",),
    status=YELLOW,
    topic="Mail",
    description="Wave 2",
    impact="Delay",
    actions="Firewall",
    overview="Plan agreed",
    next_update=date(2026, 12, 5),
)


def missing(body: EnterpriseBody) -> list[tuple[str, str]]:
    """Rule and field of each obstacle."""
    return [(obstacle.rule, obstacle.field) for obstacle in obstacles(body, POSTED)]


def test_a_complete_enterprise_note_may_be_posted() -> None:
    """ES-11 to ES-13, ES-15: activities, risks, brand and awareness may be empty."""
    assert missing(COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reason": ()}, [("ES-06", "reason")]),
        ({"reason": (" ",)}, [("ES-06", "reason")]),
        ({"status": None}, [("ES-07", "status")]),
        ({"overview": " \n"}, [("ES-10", "overview")]),
        ({"next_update": None}, [("ES-14", "next_update")]),
        ({"next_update": date(2026, 11, 20)}, [("ES-14", "next_update")]),
        ({"next_update": POSTED}, []),
        ({"next_update": date(2030, 1, 1)}, []),
    ],
)
def test_a_required_field_that_is_empty_blocks_and_is_named(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """ES-06, ES-07, ES-10, ES-14; a Next Update before the posting day blocks, a late one not."""
    assert missing(replace(COMPLETE, **changes)) == expected


@pytest.mark.parametrize("part", ["topic", "description", "impact", "actions"])
@pytest.mark.parametrize(("status", "blocks"), [(RED, True), (YELLOW, True), (GREEN, False)])
def test_one_of_the_four_parts_empty_blocks_while_the_status_is_not_green(
    part: str, status: EnterpriseStatus, blocks: bool
) -> None:
    """ES-09."""
    body = replace(COMPLETE, status=status, **{part: ""})  # type: ignore[arg-type]
    assert missing(body) == ([("ES-09", part)] if blocks else [])


@pytest.mark.parametrize("status", EnterpriseStatus)
def test_an_exec_summary_that_is_all_empty_blocks_always(status: EnterpriseStatus) -> None:
    """ES-09."""
    body = replace(COMPLETE, status=status, topic="", description="", impact=" ", actions="\n")
    assert missing(body) == [("ES-09", "topic")]


def test_progress_alone_is_enough_while_the_status_is_green() -> None:
    """ES-09."""
    four = {"topic": "", "description": "", "impact": "", "actions": ""}
    green = replace(COMPLETE, status=GREEN, progress="Wave 2 is done", **four)  # type: ignore[arg-type]
    assert missing(green) == []
    assert len(missing(replace(green, status=RED))) == 4


def test_every_obstacle_of_an_empty_enterprise_note_is_told_at_once() -> None:
    """Marking posted names all that is missing (ES-06, ES-07, ES-09, ES-10, ES-14)."""
    assert missing(EnterpriseBody()) == [
        ("ES-06", "reason"), ("ES-07", "status"), ("ES-09", "topic"), ("ES-10", "overview"),
        ("ES-14", "next_update"),
    ]  # fmt: skip
    assert all(obstacle.message for obstacle in obstacles(EnterpriseBody(), POSTED))


def test_errors_of_the_linter_block_an_entitlement_note_and_the_rest_does_not() -> None:
    """EN-20 asks for a status; of the findings only errors weigh."""
    findings = [
        Finding("EN-03", Severity.ERROR, 0, 3, "say why"),
        Finding("EN-04", Severity.WARN, 0, 3, "a hedge"),
        Finding("EN-01", Severity.INFO, 0, 3, "three sentences"),
    ]
    body = EntitlementBody(text="No intent.")
    found = [(o.rule, o.field, o.message) for o in obstacles(body, POSTED, findings)]
    assert [(rule, field) for rule, field, _ in found] == [("EN-20", "status"), ("EN-03", "text")]
    assert found[1][2] == "say why"
    chosen = replace(body, status=EntitlementStatus.NO_INTENT)
    assert obstacles(chosen, POSTED, findings[1:]) == []


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (OverallBody(), ["OS-02"]),
        (OverallBody(text=" \n"), ["OS-02"]),
        (OverallBody(text="Call held."), []),
        (OverallBody(next_action="Send plan"), []),
        (ExecSummaryBody(), ["OS-05"]),
        (ExecSummaryBody(workloads={"EXO": " "}, support=("",)), ["OS-05"]),
        (ExecSummaryBody(support=("Engineering",)), []),
        (ExecSummaryBody(workloads={"EXO": "Pilot"}), []),
    ],
)
def test_an_empty_overall_note_or_exec_summary_is_not_posted(
    body: OverallBody | ExecSummaryBody, rules: list[str]
) -> None:
    """OS-02 and OS-05; an action without date or owner does not block."""
    assert [obstacle.rule for obstacle in obstacles(body, POSTED)] == rules
