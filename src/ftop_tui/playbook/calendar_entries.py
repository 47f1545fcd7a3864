"""What stands in the calendar that is written out: all-day entries with names that last.

A title says what is due and whose it is, by the customer's shown name (ES-13), and nothing else: no
note, no reason, no person. An entry is named by what it is about, never by its day, so that a
second import into a calendar moves it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from ftop_tui.playbook.days import day_of
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.text import clean_line

_SPACE = UUID("6c0c1f0e-5f0b-5d0a-9d43-4e3a1f6b7c21")
"""The namespace of the entries' ids; it must never change."""

_UPDATES = {
    "enterprise": "Enterprise note due",
    "progress": "Customer Progress due",
    "perspective": "Customer Perspective due",
    "forecast": "Usage forecast due",
    "frp-review": "Review with the partner due",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry: its lasting id, its day, what it is, and whose."""

    uid: str
    day: date
    kind: str
    title: str


def entry(kind: str, about: str, day: date, what: str, whose: str) -> Entry:
    """An entry; `about` is the id of the thing in the store that it stands for."""
    return Entry(
        uid=f"{uuid5(_SPACE, f'{kind}|{about}')}@ftop-tui",
        day=day,
        kind=kind,
        title=": ".join(part for part in (what, clean_line(whose)) if part),
    )


def updates(ranked: Iterable[Ranked]) -> Iterator[Entry]:
    """When each started clock asks for the next update, and the Next Update dates (ES-03 ff.)."""
    for tenant in ranked:
        facts = tenant.facts
        whose = shown_name(facts.brand, facts.customer, facts.name) or ""
        for factor in tenant.assessment.factors:
            clock = factor.clock
            if clock is None or clock.due is None:
                continue
            what = _UPDATES.get(clock.what, f"Partner data for {clock.what} due")
            place = facts.customer_id if clock.what in _UPDATES else facts.tenant_id
            yield entry("update", f"{clock.what}|{place}", day_of(clock.due), what, whose)
        if facts.winner and facts.next_update is not None:
            day = date.fromordinal(facts.next_update)
            if facts.enterprise is None or facts.next_update > facts.enterprise:
                yield entry("next-update", facts.customer_id, day, "Next Update", whose)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By day, then kind, title and id: the same store gives the same file.

    9999-12-31 is how some programs write "never"; it is left out, for it has no day after it.
    """
    dated = (each for each in entries if each.day < date.max)
    return sorted(dated, key=lambda each: (each.day, each.kind, each.title, each.uid))
