"""Bodies to the plain text that is pasted into FTOP: the only renderer.

Form preview, clipboard, command line and export all show what is made here. Labels are the pack's.
"""

from datetime import date

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.pack import Pack


def render(body: NoteBody, pack: Pack) -> str:
    """The note as FTOP gets it: no trailing blanks, no final line end."""
    match body:
        case EntitlementBody():
            return body.text.strip()
        case OverallBody():
            return _overall(body)
        case ExecSummaryBody():
            return exec_summary(body, pack)
        case EnterpriseBody():
            return _enterprise(body, pack)


def exec_summary(body: ExecSummaryBody, pack: Pack) -> str:
    """The Exec Summary, laid out as OS-05 says; empty workload lines are left out (OS-10).

    Each section is one line in FTOP, so line breaks inside a text become blanks.
    """
    terms = pack.exec_summary
    snapshot = [
        terms.workload.format(tag=tag, name=workload.name, text=_line(body.workloads[tag]))
        for tag, workload in pack.by_tag.items()
        if body.workloads.get(tag, "").strip()
    ]
    lines = [
        terms.title,
        terms.customer + _line(body.customer),
        terms.engagement + body.engagement,
        terms.deployment + body.deployment,
        terms.relationship + _line(body.relationship),
        terms.snapshot,
        "",
        *snapshot,
        *([""] if snapshot else []),
        terms.support + "; ".join(_line(request) for request in body.support),
    ]
    return "\n".join(line.rstrip() for line in lines)


def _overall(body: OverallBody) -> str:
    """OS-02 and OS-11: who was there, what was said, and the next action with date and owner."""
    lines = [f"With: {_line(body.attendees)}"] if body.attendees.strip() else []
    if body.text.strip():
        lines.append(body.text.strip())
    action = [
        part for part in (_line(body.next_action), _labelled("date", body.action_date)) if part
    ]
    owner = f"owner: {_line(body.action_owner)}" if body.action_owner.strip() else ""
    action += [owner] if owner else []
    if action:
        lines.append(f"Next action: {', '.join(action)}")
    return "\n".join(lines)


def _labelled(label: str, day: date | None) -> str:
    return f"{label}: {day.isoformat()}" if day else ""


def enterprise_fields(body: EnterpriseBody, pack: Pack) -> list[tuple[str, str]]:
    """The fields of the Enterprise Status note in FTOP's order, each with its text (ES-06 ff.)."""
    core = zip(
        pack.enterprise.core_workloads, (body.ftc_exo, body.ftc_spo, body.ftc_opp), strict=True
    )
    activities = [f"[{tag}] {_line(text)}" for tag, text in core if text.strip()]
    activities += [body.ftc_other.strip()] if body.ftc_other.strip() else []
    parts = (body.topic, body.description, body.impact, body.actions, body.progress)
    summary = [
        f"{label} {part.strip()}"
        for label, part in zip(pack.enterprise.summary_labels, parts, strict=True)
        if part.strip()
    ]
    return [
        ("Reason", ", ".join(body.reason)),
        ("Status", body.status.word if body.status else ""),
        ("Exec Summary", "\n".join(summary)),
        ("O365 Deployment Status Current Overview", body.overview.strip()),
        ("Current FTC Activities", "\n".join(activities)),
        ("Risks", body.risks.strip()),
        ("Public/Brand Name", body.brand.strip()),
        ("Next Update", body.next_update.isoformat() if body.next_update else ""),
        ("Awareness", body.awareness.strip()),
    ]


def _enterprise(body: EnterpriseBody, pack: Pack) -> str:
    """Every filled field under its label; a text of several lines starts below it."""
    blocks = []
    for label, text in enterprise_fields(body, pack):
        if text:
            blocks.append(f"{label}:\n{text}" if "\n" in text else f"{label}: {text}")
    return "\n".join(blocks)


def _line(text: str) -> str:
    return " ".join(text.split())
