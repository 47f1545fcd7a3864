"""What changed since the last review: colours, groups, statuses, usage, escalations."""

from ftop_tui.playbook.brief_parts import Lines, Making
from ftop_tui.playbook.brief_source import Place
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Health

_COLOURS = {
    "health": "Overall health",
    "group_1": "Group 1",
    "group_2": "Group 2",
    "group_3": "Group 3",
    "forecast_health": "Forecast health",
}


def changes(making: Making) -> Lines:
    """Everything that differs from what stood on record at the last review (RA-21).

    A customer that was never presented is compared with a day that the pack names.
    """
    source = making.source
    found = [*_compared(making), *_usage(making), *_escalations(making)]
    if source.last_review is None:
        yield f"Never presented before; compared with {source.since}"
    else:
        yield f"Compared with the review of {source.last_review}"
    yield from found or ["Nothing changed"]


def _compared(making: Making) -> Lines:
    source = making.source
    before = source.then.get(source.facts.tenant_id)
    if before is None:
        yield f"The record begins after {source.since}"
    else:
        yield from _colours(before, source.facts)
    for each in source.places:
        yield from _status(making, each)


def _colours(before: TenantFacts, now: TenantFacts) -> Lines:
    for name, title in _COLOURS.items():
        was, has = (Health.read(getattr(facts, name) or "") for facts in (before, now))
        if was is not has:
            yield f"{title}: {_word(was)} → {_word(has)}"
    old, new = (EnterpriseStatus.read(facts.status or "") for facts in (before, now))
    if old is not new:
        yield f"Enterprise status: {_word(old)} → {_word(new)}"


def _word(value: Health | EnterpriseStatus | None) -> str:
    return value.word if value else "not set"


def _status(making: Making, each: Place) -> Lines:
    """A workload that became blocked, is so no longer, or got another status."""
    source, status = making.source, each.detail.status
    before = source.then.get(each.tenant_id)
    if before is not None:
        was = each.detail.tag in (before.blocked or "").split()
        if was != (status is EntitlementStatus.BLOCKED):
            yield f"{each.label} is {'no longer' if was else 'now'} blocked"
            return
    begun = each.detail.status_since
    if status is not None and begun is not None and begun > source.since:
        yield f"{each.label} is {status.word} since {begun}"


def _usage(making: Making) -> Lines:
    for each in making.source.places:
        change = each.change_since(making.source.since)
        if change is not None and abs(change) >= making.terms.usage_points:
            yield f"{each.label} usage {change:+} points, now {whole(each.percent or 0.0)}"


def _escalations(making: Making) -> Lines:
    for each in making.source.troubles:
        if each.raised_on > making.source.since:
            yield f"Escalation raised on {each.raised_on}: {making.short(each.title)}"
        if each.resolved_on is not None and each.resolved_on > making.source.since:
            yield f"Escalation resolved on {each.resolved_on}: {making.short(each.title)}"
