"""What keeps a note from being marked posted: required fields, open slots, past dates, errors.

What stands in FTOP is a fact all the same, so every refusal here can be overruled with a reason
("posted anyway"); the reasons are kept with the note.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.values import EnterpriseStatus, Finding, Severity


class Obstacle(NamedTuple):
    """One thing that blocks posting: the rule, the field, and what is missing in words."""

    rule: str
    field: str
    message: str


def obstacles(body: NoteBody, posted_on: date, findings: Sequence[Finding] = ()) -> list[Obstacle]:
    """Everything that blocks marking the note posted on a day; an empty list lets it pass.

    `findings` are the linter's on an entitlement note's text, without those that the writer has
    ignored with a reason; errors among them block.
    """
    match body:
        case EntitlementBody():
            return list(_entitlement(body, findings))
        case EnterpriseBody():
            return list(_enterprise(body, posted_on))
        case ExecSummaryBody():
            return list(_exec_summary(body))
        case OverallBody():
            if body.text.strip() or body.next_action.strip():
                return []
            return [Obstacle("OS-02", "text", "the note is empty")]


def _entitlement(body: EntitlementBody, findings: Sequence[Finding]) -> Iterator[Obstacle]:
    """EN-02 ff.: a status, and a text without errors; an open slot is one (EN-06)."""
    if body.status is None:
        yield Obstacle("EN-20", "status", "the entitlement status is not chosen")
    for finding in findings:
        if finding.severity is Severity.ERROR:
            yield Obstacle(finding.rule, "text", finding.message)


def _exec_summary(body: ExecSummaryBody) -> Iterator[Obstacle]:
    texts = (body.customer, body.engagement, body.deployment, body.relationship)
    if not any(t.strip() for t in (*texts, *body.workloads.values(), *body.support)):
        yield Obstacle("OS-05", "customer", "the Exec Summary is empty")


def _enterprise(body: EnterpriseBody, posted_on: date) -> Iterator[Obstacle]:
    """ES-06, ES-07, ES-09, ES-10, ES-14: what FTOP requires."""
    if not any(reason.strip() for reason in body.reason):
        yield Obstacle("ES-06", "reason", "Reason is empty")
    if body.status is None:
        yield Obstacle("ES-07", "status", "Status is not chosen")
    yield from _summary(body)
    if not body.overview.strip():
        yield Obstacle("ES-10", "overview", "O365 Deployment Status Current Overview is empty")
    if body.next_update is None:
        yield Obstacle("ES-14", "next_update", "Next Update is not set")
    elif body.next_update < posted_on:
        day = body.next_update.isoformat()
        yield Obstacle("ES-14", "next_update", f"Next Update {day} is before the posting day")


def _summary(body: EnterpriseBody) -> Iterator[Obstacle]:
    """ES-09: all empty blocks always, one of the four parts while Status is not Green."""
    parts = {
        "topic": body.topic,
        "description": body.description,
        "impact": body.impact,
        "actions": body.actions,
    }
    empty = [name for name, text in parts.items() if not text.strip()]
    if len(empty) == len(parts) and not body.progress.strip():
        yield Obstacle("ES-09", "topic", "the Exec Summary is empty")
    elif body.status is not EnterpriseStatus.GREEN:
        for name in empty:
            yield Obstacle("ES-09", name, f"the Exec Summary lacks its {name}")
