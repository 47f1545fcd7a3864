"""Risks, challenges, issues, blockers, opportunities, breakthroughs, wins, successes (RA-22)."""

import re
from collections.abc import Callable, Mapping

from ftop_tui.playbook.brief_parts import Lines, Making
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import EntitlementStatus, Health

_BULLET = re.compile(r"^\s*(?:[-*•–]+|\d+[.)])\s*")


def risks(making: Making) -> Lines:
    """What the latest Enterprise note says under Risks, a line each (RA-22)."""
    for line in making.source.risks.splitlines():
        said = making.short(_BULLET.sub("", line))
        if said:
            yield said


def challenges(making: Making) -> Lines:
    """Milestones that were missed (RA-22, FR-08)."""
    for target in making.source.open_targets():
        if target.due_on is not None and target.due_on < making.today:
            yield f"{target.label} has not reached {target.percent}%, due {target.due_on}"


def issues(making: Making) -> Lines:
    """Open escalations with the last that is known of each (RA-22, RA-08)."""
    for each in making.source.troubles:
        if each.resolved_on is not None:
            continue
        by = f" by {making.short(each.raised_by)}" if each.raised_by else ""
        about = f"{each.label}: " if each.label else ""
        line = f"{about}{making.short(each.title)} (raised {each.raised_on}{by})"
        last = making.short(each.last_text)
        yield f"{line}; {each.last_day}: {last}" if last else line


def blockers(making: Making) -> Lines:
    """Blocked workloads, since when and why (RA-22)."""
    for each in making.source.places:
        if each.detail.status is EntitlementStatus.BLOCKED:
            since = f" since {each.detail.status_since}" if each.detail.status_since else ""
            note = making.short(each.note)
            yield f"{each.label} blocked{since}" + (f": {note}" if note else "")


def opportunities(making: Making) -> Lines:
    """Events since the last review that may open a door (RA-22, RA-06)."""
    for each in making.source.events:
        if each.day > making.source.since:
            yield f"{making.short(each.text) or 'Significant event'} ({each.day})"


def breakthroughs(making: Making) -> Lines:
    """Workloads that were blocked at the last review and are no longer (RA-22)."""
    for each in making.source.places:
        before = making.source.then.get(each.tenant_id)
        was = (before.blocked or "").split() if before else []
        if each.detail.tag in was and each.detail.status is not EntitlementStatus.BLOCKED:
            word = each.detail.status.word if each.detail.status else "without a status"
            yield f"{each.label} is no longer blocked; it is {word}"


def wins(making: Making) -> Lines:
    """Milestones reached since the last review (RA-22)."""
    for target in making.source.targets:
        day = making.source.reached(target)
        day = min(day, making.today) if day else None  # the present month is not over
        if day is not None and day > making.source.since:
            yield f"{target.label} reached {target.percent}% on {day}"


def successes(making: Making) -> Lines:
    """A better colour, gains of usage, escalations resolved, all since the last review (RA-22)."""
    source, terms = making.source, making.terms
    before = source.then.get(source.facts.tenant_id)
    was = Health.read(before.health or "") if before else None
    now = Health.read(source.facts.health or "")
    if was and now and now.level > was.level:
        yield f"Overall health went from {was.word} to {now.word}"
    for each in source.places:
        change = each.change_since(source.since)
        if change is not None and change >= terms.usage_points:
            yield f"{each.label} gained {change} points of usage, now {whole(each.percent or 0.0)}"
    for trouble in source.troubles:
        if trouble.resolved_on is not None and trouble.resolved_on > source.since:
            how = making.short(trouble.resolution)
            line = f"{making.short(trouble.title)} resolved on {trouble.resolved_on}"
            yield f"{line}: {how}" if how else line


HEADS: Mapping[str, Callable[[Making], Lines]] = {
    "risks": risks,
    "challenges": challenges,
    "issues": issues,
    "blockers": blockers,
    "opportunities": opportunities,
    "breakthroughs": breakthroughs,
    "wins": wins,
    "successes": successes,
}
"""In the playbook's order; each may be empty."""
