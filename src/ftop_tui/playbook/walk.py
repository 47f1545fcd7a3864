"""A note taken apart into the fields of FTOP, in FTOP's order: what is copied one after the other.

The texts are those of the renderer, so that preview, clipboard and walk never say different things.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.render import enterprise_fields, render
from ftop_tui.text import clean


class WalkField(NamedTuple):
    """One field of FTOP: what it is called there, and the plain text that is pasted into it."""

    name: str
    text: str


def walk_fields(body: NoteBody, pack: Pack) -> tuple[WalkField, ...]:
    """The filled fields in FTOP's order (ES-06 ff., OS-02, OS-05, EN-19, EN-20); harmless text.

    Fields that are empty are left out; an empty note has none.
    """
    return tuple(
        WalkField(name, harmless)
        for name, text in _fields(body, pack)
        if (harmless := clean(text).strip())
    )


def _fields(body: NoteBody, pack: Pack) -> Iterable[tuple[str, str]]:
    match body:
        case EnterpriseBody():
            return enterprise_fields(body, pack)
        case ExecSummaryBody():
            # The labels stand there even when nothing is written under them.
            text = render(body, pack) if _says_something(body) else ""
            return [("Exec Summary", text)]
        case OverallBody():
            return _overall(body, pack)
        case EntitlementBody():
            return _entitlement(body, pack)


def _says_something(body: ExecSummaryBody) -> bool:
    """Whether anything is written in an Exec Summary (OS-05)."""
    texts = (body.customer, body.engagement, body.deployment, body.relationship, *body.support)
    return any(text.strip() for text in (*texts, *body.workloads.values()))


def _overall(body: OverallBody, pack: Pack) -> Iterator[tuple[str, str]]:
    """OS-02: the text with those who were there, then the next action in fields of its own."""
    said = replace(body, next_action="", action_date=None, action_owner="")
    yield "Note", render(said, pack)
    yield "Next Action", body.next_action
    yield "Action Date", _day(body.action_date)
    yield "Action Owner", body.action_owner


def _entitlement(body: EntitlementBody, pack: Pack) -> Iterator[tuple[str, str]]:
    """EN-20: L1 is the status; EN-19: the four DIBS stand beside the text."""
    yield "Status", body.status.word if body.status else ""
    yield "Note", render(body, pack)
    yield "L2", body.l2
    yield "L3", body.l3
    yield "Due Date", _day(body.due_date)
    yield "Intent", body.intent
    yield "Business Reason", body.business_reason
    yield "Success Owner", body.success_owner


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
