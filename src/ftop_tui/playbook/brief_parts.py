"""The parts of a brief as they are generated: lines of text, each of them in one line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ftop_tui.playbook.brief_source import BriefSource, Place, Target
from ftop_tui.playbook.brief_terms import BriefTerms
from ftop_tui.playbook.days import month_text
from ftop_tui.playbook.opening import MARK_WORDS, OpeningSentence
from ftop_tui.playbook.projection import Outlook, ProjectionTerms, outlook, place
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.playbook.wording import days
from ftop_tui.text import clean_line

Lines = Iterator[str]


@dataclass(frozen=True, slots=True)
class Making:
    """A brief in the making: what is on record, the day taken as today, the pack's terms."""

    source: BriefSource
    today: date
    terms: BriefTerms
    projection: ProjectionTerms
    opening: OpeningSentence

    def short(self, text: str | None) -> str:
        """Foreign text within a line of ours: on one line, and not without end."""
        line = clean_line(text or "")
        if len(line) <= self.terms.longest_text:
            return line
        return line[: self.terms.longest_text].rstrip() + " …"

    def ahead(self, day: date) -> str:
        """How far a day is from today, in words."""
        left = (day - self.today).days
        if left == 0:
            return "today"
        return f"in {days(left)}" if left > 0 else f"{days(-left)} ago"


def opening(making: Making) -> Lines:
    """The sentence that opens the presentation, and what is odd about it (RA-17, RA-18)."""
    yield making.opening.sentence
    for mark in making.opening.marks:
        yield f"Note: {MARK_WORDS[mark]}."


def renewals(making: Making) -> Lines:
    """The renewals to come, soonest first, with the days left (RA-19)."""
    coming = [each for each in making.source.renewals if each.day >= making.today]
    for each in sorted(coming, key=lambda r: (r.day, r.product or "")):
        more = [making.short(each.product)] if each.product else []
        if each.seats is not None:
            more.append(f"{each.seats:,} seats")
        if each.auto_renew is not None:
            more.append("renews by itself" if each.auto_renew else "does not renew by itself")
        yield f"{each.day.isoformat()}, {making.ahead(each.day)}" + (
            f": {', '.join(more)}" if more else ""
        )


def mindset(making: Making) -> Lines:
    """Why the customer moves, and the intent across its workloads (RA-20)."""
    reason = making.short(making.source.facts.business_reason)
    yield f"Business reason: {reason or '[not known]'}"
    without = [p for p in making.source.places if p.detail.status is EntitlementStatus.NO_INTENT]
    unknown = []
    for each in making.source.places:
        intent = making.short(each.detail.intent)
        if intent:
            why = making.short(each.detail.business_reason)
            yield f"{each.label}: {intent}" + (f" ({why})" if why not in {"", reason} else "")
        elif each.is_active:
            unknown.append(each)
    if without:
        yield f"No intent: {_labels(without)}"
    if unknown:
        yield f"Intent [not known]: {_labels(unknown)}"


def _labels(places: Iterable[Place]) -> str:
    return ", ".join(place.label for place in places)


def highs_lows(making: Making) -> Lines:
    """Blocked and no intent above all, then falls and gains of usage, then what is new (RA-21).

    From the latest posted entitlement notes and the change of usage since the last review.
    """
    told: list[list[str]] = [[], [], [], [], []]
    for each in making.source.places:
        found = _high_or_low(making, each)
        if found:
            told[found[0]].append(found[1])
    for lines in told:
        yield from lines


def _high_or_low(making: Making, each: Place) -> tuple[int, str] | None:
    """How weighty a workload's line is, 0 first, and the line; None where it is not worth one."""
    since, points = making.source.since, making.terms.usage_points
    change, detail = each.change_since(since), each.detail
    moved = f", {_points(change)} since {since}" if change and abs(change) >= points else ""
    usage = f"usage {whole(each.percent)}{moved}" if each.percent is not None else ""
    note = making.short(each.note)

    def line(*parts: str) -> str:
        head = ", ".join(part for part in parts if part)
        return f"{head}. {note}" if note else f"{head}."

    begun = f" since {detail.status_since}" if detail.status_since else ""
    if detail.status is EntitlementStatus.BLOCKED:
        return 0, line(f"Low: {each.label} blocked{begun}", usage)
    if detail.status is EntitlementStatus.NO_INTENT:
        return 1, line(f"Low: {each.label} no intent{begun}", usage)
    if moved and change is not None:
        return (2, line(f"Low: {each.label} {usage}")) if change < 0 else (
            3, line(f"High: {each.label} {usage}, significant progress")
        )  # fmt: skip
    fresh = (each.noted_on, detail.status_since)
    if any(day is not None and day > since for day in fresh) and detail.status:
        return 4, line(f"News: {each.label} {detail.status.word}", usage)
    return None


def _points(change: int) -> str:
    noun = "point" if abs(change) == 1 else "points"
    return f"{'up' if change > 0 else 'down'} {abs(change)} {noun}"


def asks(making: Making) -> Lines:
    """What is asked of the leadership team: the requests for support still open (RA-23, OS-13)."""
    for each in making.source.asks:
        yield f"{making.short(each.text)} (asked on {each.day}, {making.ahead(each.day)})"


def forecast(making: Making) -> Lines:
    """The usage that the owner expects, by workload and month, and what it is now (RA-07)."""
    latest: dict[tuple[str, str], dict[date, tuple[date, int]]] = {}
    labels: dict[tuple[str, str], str] = {}
    for each in making.source.expectations:
        if (each.month.year, each.month.month) < (making.today.year, making.today.month):
            continue
        key = (each.tenant_id, each.tag)
        labels[key] = each.label
        months = latest.setdefault(key, {})
        months[each.month] = max(
            months.get(each.month, (each.made_on, each.active_users)),
            (each.made_on, each.active_users),
        )
    for key, months in latest.items():
        found = next((p for p in making.source.places if (p.tenant_id, p.detail.tag) == key), None)
        parts = [
            f"{users:,} active users{_share(found, users)} by {month_text(month)}"
            for month, (_, users) in sorted(months.items())
        ]
        now = found.detail.current if found else None
        if now is not None and now.active_users is not None:
            parts.append(f"now {now.active_users:,}{_share(found, now.active_users)}")
        yield f"{labels[key]}: {'; '.join(parts)}"
    if not latest and making.source.facts.forecast is not None:
        yield f"Last updated {date.fromordinal(making.source.facts.forecast)}, without figures here"


def _share(found: Place | None, users: int) -> str:
    units = found.detail.current.paid_units if found and found.detail.current else None
    return f" ({whole(100 * users / units)})" if units else ""


def milestones(making: Making) -> Lines:
    """Milestones missed and the next one of each workload, and where its usage is going (FR-08)."""
    told: set[tuple[str, str]] = set()
    for target in making.source.open_targets():
        day = target.due_on or making.today
        if day >= making.today and (target.tenant_id, target.tag) in told:
            continue
        if day >= making.today:
            told.add((target.tenant_id, target.tag))
        when = f"{'missed' if day < making.today else 'due'} {day}, {making.ahead(day)}"
        yield f"{target.label} {target.percent}% {when}{_going(making, target)}"


def _going(making: Making, target: Target) -> str:
    found = making.source.place_of(target)
    if found is None:
        return ""
    now = f"; now {whole(found.percent)}" if found.percent is not None else ""
    ahead: Outlook = outlook(found.detail.usage, making.today, making.projection)
    seen = place(found.detail.usage, target.percent, making.today, ahead)
    day = f" {seen.likely}" if seen.likely else ""
    return f"{now}; projection{day}: {seen.reason}"


def dibs(making: Making) -> Lines:
    """Which of due date, intent, business reason and success owner are not known (EN-19)."""
    for each in making.source.places:
        if each.is_active and each.detail.missing_dibs:
            yield f"{each.label}: {', '.join(each.detail.missing_dibs)}"


PARTS: Mapping[str, Callable[[Making], Lines]] = {
    "opening": opening,
    "renewals": renewals,
    "mindset": mindset,
    "highs_lows": highs_lows,
    "asks": asks,
    "forecast": forecast,
    "milestones": milestones,
    "dibs": dibs,
}
"""By the key of the part; the heads of RA-22 and what changed are made elsewhere."""
