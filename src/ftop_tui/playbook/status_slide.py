"""The status slide of a customer as a value (FR-11): what it says, not where it stands.

It is made from a view, so that what an audience may not see cannot be on it (FR-10).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ftop_tui.playbook.audience import Audience, Dossier, Row, View
from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.text import clean_line


@dataclass(frozen=True, slots=True)
class SlideWorkload:
    """A line of the table, a bar of the chart; `tenant` where a customer has several."""

    tag: str
    name: str
    tenant: str
    status: str
    paid_units: int | None
    active_users: int | None
    percent: float | None
    due: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class SlideAction:
    """Something to do: what, by whom, by when."""

    what: str
    owner: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class StatusSlide:
    """All parts of a customer's slide, in the order in which they matter."""

    customer: str
    """Its shown name (ES-13)."""
    made_for: str
    """For whom, and the day."""
    status: tuple[str, ...]
    workloads: tuple[SlideWorkload, ...]
    actions: tuple[SlideAction, ...]
    risks: tuple[str, ...]
    inputs: tuple[str, ...] | None
    """What the partners said; None where it is not this audience's."""
    contact: str
    """The partner's point of contact, or nothing."""


def status_slide(
    customer: Dossier, view: View, today: date, review_day: date | None = None
) -> StatusSlide:
    """The slide of one customer of a view. A review day is named to ourselves alone."""
    workloads = tuple(_workloads(customer))
    return StatusSlide(
        customer=clean_line(customer.name),
        made_for=_made_for(view, today, review_day),
        status=tuple(_status(customer, workloads)),
        workloads=workloads,
        actions=tuple(_actions(customer, today)),
        risks=tuple(_risks(customer, workloads, today)),
        inputs=tuple(_inputs(customer)) if "inputs" in view.columns else None,
        contact="; ".join(_contacts(customer)),
    )


def action_line(action: SlideAction) -> str:
    """An action on one line: its day, what, and its owner."""
    day = f"{action.day.isoformat()}  " if action.day else ""
    owner = f" ({action.owner})" if action.owner else ""
    return f"{day}{action.what}{owner}"


def usage_words(workload: SlideWorkload) -> str:
    """Active users of paid units, and their share."""
    if workload.active_users is None and workload.paid_units is None:
        return "–"
    active = "?" if workload.active_users is None else f"{workload.active_users:,}"
    paid = "?" if workload.paid_units is None else f"{workload.paid_units:,}"
    return f"{active} / {paid}"


def percent_words(workload: SlideWorkload) -> str:
    """The share of usage in whole points, or a dash."""
    return "–" if workload.percent is None else whole(workload.percent)


def _made_for(view: View, today: date, review_day: date | None) -> str:
    day = long_day(today.toordinal())
    if view.audience is Audience.PARTNER:
        return f"Prepared with {clean_line(view.partner or '')} · {day}"
    if view.audience is Audience.CUSTOMER:
        return f"Status · {day}"
    review = f"Customer Review of {long_day(review_day.toordinal())} · " if review_day else ""
    return f"{review}Internal · {day}"


def _status(customer: Dossier, workloads: Sequence[SlideWorkload]) -> Iterator[str]:
    """Status as words; the two colours are said apart, and only where they may be (ES-08)."""
    first = next(iter(customer.of("tenants")), {})
    if "health" in first:
        yield f"Customer health: {first['health'] or 'not set'}"
    if "enterprise_status" in first:
        yield f"Enterprise status: {first['enterprise_status'] or 'not set'}"
    count = len(workloads)
    noun = "1 workload" if count == 1 else f"{count} workloads"
    words = Counter(workload.status or "no status" for workload in workloads)
    order = [status.word for status in EntitlementStatus]
    ranked = sorted(words.items(), key=lambda w: order.index(w[0]) if w[0] in order else len(order))
    yield f"{noun}: {', '.join(f'{n} {w}' for w, n in ranked)}" if words else "no workload yet"
    known = [w for w in workloads if w.percent is not None]
    if known:
        best, least = max(known, key=_percent), min(known, key=_percent)
        if best is least:
            yield f"Usage of {best.tag}: {percent_words(best)}"
        else:
            yield (
                f"Usage from {percent_words(least)} ({least.tag}) "
                f"to {percent_words(best)} ({best.tag})"
            )


def _percent(workload: SlideWorkload) -> float:
    return workload.percent or 0.0


def _text(row: Row, field: str) -> str:
    value = row.get(field)
    return clean_line(str(value)) if value is not None else ""


def _day(row: Row, field: str) -> date | None:
    value = row.get(field)
    return value if isinstance(value, date) else None


def _whole(row: Row, field: str) -> int | None:
    value = row.get(field)
    return value if isinstance(value, int) else None


def _workloads(customer: Dossier) -> Iterator[SlideWorkload]:
    rows = customer.of("workloads")
    several = len({row.get("tenant_id") for row in rows}) > 1
    for row in rows:
        percent = row.get("usage_percent")
        yield SlideWorkload(
            tag=_text(row, "workload"),
            name=_text(row, "name"),
            tenant=_text(row, "tenant") if several else "",
            status=_text(row, "status"),
            paid_units=_whole(row, "paid_units"),
            active_users=_whole(row, "active_users"),
            percent=float(percent) if isinstance(percent, int | float) else None,
            due=_day(row, "due_date"),
            owner=_text(row, "success_owner"),
        )


def _actions(customer: Dossier, today: date) -> list[SlideAction]:
    """Next actions, then milestones to come, the earliest first; without a day last (OS-02)."""
    found = [
        SlideAction(_text(row, "action"), _text(row, "owner"), _day(row, "day"))
        for row in customer.of("actions")
    ]
    found += [
        SlideAction(f"{_milestone(row)} usage", _giver(row), _day(row, "due_on"))
        for row in _open_milestones(customer)
        if (_day(row, "due_on") or today) >= today
    ]
    return sorted(found, key=lambda action: (action.day is None, action.day or today))


def _giver(row: Row) -> str:
    """Who gave a milestone's date (FR-08)."""
    return f"date given by {_text(row, 'given_by')}" if row.get("given_by") else ""


def _open_milestones(customer: Dossier) -> Iterable[Row]:
    rows = customer.of("milestones")
    return (row for row in rows if row.get("reached_on") is None and row.get("due_on"))


def _milestone(row: Row) -> str:
    return f"{_text(row, 'workload')}: {row.get('percent')}%"


def _risks(customer: Dossier, workloads: Sequence[SlideWorkload], today: date) -> Iterator[str]:
    """What endangers it: what we wrote of it, escalations, blocked workloads, missed milestones."""
    for row in customer.of("risks"):
        yield _text(row, "text")
    for row in customer.of("escalations"):
        if row.get("resolved_on") is None:
            since = _day(row, "raised_on")
            yield f"Escalation: {_text(row, 'title')}{f' (since {since})' if since else ''}"
    blocked = [w.tag for w in workloads if w.status == EntitlementStatus.BLOCKED.word]
    if blocked:
        yield f"Blocked: {', '.join(dict.fromkeys(blocked))}"
    for row in _open_milestones(customer):
        due = _day(row, "due_on")
        if due is not None and due < today:
            yield f"Milestone missed: {_milestone(row)} was due {due}"


def _inputs(customer: Dossier) -> Iterator[str]:
    """What the partners said, the newest first (FR-09)."""
    for row in sorted(customer.of("inputs"), key=lambda row: str(row.get("day")), reverse=True):
        source = f" ({_text(row, 'source')})" if row.get("source") else ""
        yield f"{row.get('day')}{source}: {_text(row, 'text')}"


def _contacts(customer: Dossier) -> Iterator[str]:
    for row in customer.of("contacts"):
        title = f", {_text(row, 'title')}" if row.get("title") else ""
        of = f" ({_text(row, 'partner')})" if row.get("partner") else ""
        yield f"{_text(row, 'name')}{title}{of}"
