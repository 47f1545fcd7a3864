"""A partnership as a JSON document and as plain text."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ftop_tui.cli.output import say, say_table
from ftop_tui.playbook.partnering import Missed, Partnership, counted
from ftop_tui.services.partners import ASSIGNED_ELSEWHERE


def entry(here: Partnership, today: date) -> dict[str, Any]:
    """A partnership in short: what `list` shows of it (FR-12: misses with their days)."""
    coming, step = here.next_review(today), here.next_step
    return {
        "partner": here.partner,
        "customer": here.customer,
        "tenant_id": here.tenant_id,
        "former": here.former,
        "workloads": [{"tenant_id": tenant, "workload": tag} for tenant, tag in here.workloads],
        "psm": here.psm,
        "poc": here.poc,
        "agreed_on": here.agreed_on,
        "access_to_ftop": here.access,
        "next_step": step.key if step else None,
        "last_review": here.reviews[-1] if here.reviews else None,
        "review_due": here.review_due,
        "next_review": coming.day if coming else None,
        "inform_psm_by": here.inform_psm_by,
        "missed_reviews": list(_misses(here.missed_reviews)),
        "missing_inputs": list(_misses(here.missing_inputs)),
    }


def page(here: Partnership, today: date) -> dict[str, Any]:
    """All that is known of a partnership: what `show` prints."""
    return {
        **entry(here, today),
        "attendees": list(here.attendees),
        "steps": [
            {"step": s.key, "title": s.title, "done_on": s.done_on, "about": s.about,
             "talking_points": list(s.talking_points)}
            for s in here.steps
        ],
        "reviews": list(here.reviews),
        "meetings": [
            {"id": m.id, "day": m.day, "held": m.held, "text": m.text} for m in here.meetings
        ],
        "psm_informed": list(here.informed),
        "data": [
            {"tenant_id": d.tenant_id, "workload": d.tag, "last": d.last} for d in here.data
        ],
        "milestones": [
            {"tenant_id": m.tenant_id, "workload": m.tag, "percent": m.percent, "state": m.state,
             "due": m.due}
            for m in here.milestones
        ],
        "inputs": [
            {"id": i.id, "day": i.day, "source": i.source, "text": i.text, "note_id": i.note_id}
            for i in here.inputs
        ],
    }  # fmt: skip


def _misses(missed: Iterable[Missed]) -> Iterator[dict[str, Any]]:
    for miss in missed:
        yield {"day": miss.day, "why": miss.why}


def say_page(here: Partnership, today: date) -> None:
    """Print a partnership: who, what was agreed, then the checklist, reviews, data and inputs."""
    access = {True: "yes", False: "no: its input goes through the FM", None: "-"}[here.access]
    say(f"{here.partner} at {here.customer}{' (former)' if here.former else ''}")
    say_table(
        (
            ("workloads", ", ".join(here.tags) or "none any more"),
            ("PSM", here.psm or "-"),
            ("PoC", here.poc or "-"),
            ("agreed on", here.agreed_on or "-"),
            ("access to FTOP", access),
            ("at reviews", ", ".join(here.attendees) or "-"),
            ("inform PSM by", here.inform_psm_by or "-"),
            ("missed", counted(here.missed_reviews, "missed review")),
            ("", counted(here.missing_inputs, "missing input")),
        )
    )
    _part("CHECKLIST", ((s.done_on or "open", s.key, s.title) for s in here.steps))
    step = here.next_step
    if step is not None and not here.former:
        _part("NEXT: " + step.title, [(step.about,), *((f"- {p}",) for p in step.talking_points)])
    _part("REVIEWS", _reviews(here, today))
    _part("DATA", ((d.last or "none yet", d.tag, d.tenant) for d in here.data))
    names = {d.tenant_id: d.tenant for d in here.data}
    _part("MILESTONES", (
        (m.tag, names.get(m.tenant_id, ""), f"{m.percent}%", m.state, m.due or "")
        for m in here.milestones
    ))  # fmt: skip
    _part("MISSED", ((m.day, m.why) for m in (*here.missed_reviews, *here.missing_inputs)))
    _part("INPUTS", ((i.id, i.day, i.source or "-", i.text) for i in here.inputs))
    say()
    say(ASSIGNED_ELSEWHERE)


def _reviews(here: Partnership, today: date) -> Iterator[tuple[object, ...]]:
    said = {meeting.day: meeting for meeting in here.meetings}
    for day in sorted({*here.reviews, *said}):
        meeting = said.get(day)
        if day in here.reviews:
            state = "held"
        elif meeting is not None and meeting.held is False:
            state = "missed"
        else:
            state = "set" if day >= today else "nobody has said whether it was held"
        yield day, state, (meeting.text or "") if meeting else ""


def _part(title: str, rows: Iterable[tuple[object, ...]]) -> None:
    lines = list(rows)
    if lines:
        say()
        say(title)
        say_table(lines)
