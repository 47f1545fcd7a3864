"""Values for the tests of briefs: a customer of which all is on record, to be changed at will."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.brief import Brief, Edit, Head, make_brief
from ftop_tui.playbook.brief_parts import Making
from ftop_tui.playbook.brief_source import BriefSource, Place
from ftop_tui.playbook.brief_terms import BriefTerms
from ftop_tui.playbook.detail import Renewal, WorkloadDetail
from ftop_tui.playbook.projection import ProjectionTerms
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.playbook.values import EntitlementStatus
from ftop_tui.services.portfolio import opening_of

from . import builders
from .builders import PACK

TODAY = date(2026, 11, 21)
REVIEW = date(2026, 11, 26)
LAST = date(2026, 9, 30)
TERMS = BriefTerms.read(load_part("brief"))
PROJECTION = ProjectionTerms.read(load_part("forecasts")["projection"])
HEAD = Head("contoso.onmicrosoft.com", "Contoso", REVIEW, "n1")

_DIBS: dict[str, Any] = {
    "due_date": date(2027, 2, 1),
    "intent": "Yes",
    "business_reason": "Retire the data centres",
    "success_owner": "CIO",
}


def usage(*percents: int) -> tuple[UsagePoint, ...]:
    """Months of usage up to November 2026, of a hundred units."""
    first = 11 - len(percents) + 1
    return tuple(
        UsagePoint(date(2026, first + place, 1), 100, percent)
        for place, percent in enumerate(percents)
    )


def place(
    tag: str = "EXO",
    status: EntitlementStatus = EntitlementStatus.IN_PROGRESS,
    *percents: int,
    note: str | None = None,
    noted: date | None = None,
    **changes: Any,
) -> Place:
    """A workload whose DIBS are complete, with changes."""
    detail = WorkloadDetail(tag, status, usage=usage(*percents), **{**_DIBS, **changes})
    return Place("7f1c2c1e-0000-4000-8000-000000000001", tag, detail, note, noted)


def source(**changes: Any) -> BriefSource:
    """A blue customer with a renewal and one complete workload."""
    given: dict[str, Any] = {name: changes.pop(name) for name in list(changes) if name in _OWN}
    facts = builders.facts(**changes)
    base = BriefSource(
        facts=facts,
        tenants=(facts,),
        then={facts.tenant_id: facts},
        since=LAST,
        last_review=LAST,
        renewals=(Renewal(TODAY + timedelta(days=40), "Office 365 E3", 500, True),),
        places=(place(),),
        objectives=PACK.enterprise.objectives,
        noted_on=TODAY,
    )
    return replace(base, **given)


_OWN = set(BriefSource.__dataclass_fields__)


def making(record: BriefSource | None = None, today: date = TODAY) -> Making:
    """A brief in the making."""
    record = record or source()
    return Making(record, today, TERMS, PROJECTION, opening_of(record.facts, today, PACK))


def brief(
    record: BriefSource | None = None, today: date = TODAY, edits: dict[str, Edit] | None = None
) -> Brief:
    """The brief of such a customer."""
    return make_brief(making(record, today), HEAD, edits or {}, PACK)


def text(key: str, record: BriefSource, today: date = TODAY) -> str:
    """One part of it."""
    return brief(record, today).part(key).text
