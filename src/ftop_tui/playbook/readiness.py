"""Readiness: what of a customer's brief is complete, what is missing, and where it is filled in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ftop_tui.playbook.brief_parts import Making
from ftop_tui.playbook.pack import Pack

_SHOWN = 4


class Form(StrEnum):
    """Where a gap is closed."""

    TENANT = "tenant"
    ENTERPRISE = "enterprise"
    ENTITLEMENT = "entitlement"
    FORECASTS = "forecasts"


class Gap(NamedTuple):
    """Something that the brief lacks."""

    key: str
    """As JSON names it."""
    words: str
    part: str
    """The key of the part in which it is felt."""
    form: Form
    tenant_id: str
    tag: str | None = None
    needed: bool = True
    """Without it the brief is not complete; else it is only advised."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What of a brief is missing, and what beside would be good to do (RA-24)."""

    missing: tuple[Gap, ...]
    advised: tuple[Gap, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing that is needed is missing."""
        return not self.missing

    @property
    def line(self) -> str:
        """It in a line (RA-24)."""
        said = "complete" if self.complete else f"missing: {_listed(self.missing)}"
        return f"{said}; to do: {_listed(self.advised)}" if self.advised else said


def _listed(gaps: Iterable[Gap]) -> str:
    words = [gap.words for gap in gaps]
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


_OPENING_WORDS = {
    "name": "name",
    "overall_health": "overall health",
    "group_1": "health of group 1",
    "group_2": "health of group 2",
    "group_3": "health of group 3",
    "forecast_health": "forecast of the health",
    "forecast_month": "forecast's month",
}


def readiness(making: Making, pack: Pack) -> Readiness:
    """What a brief lacks, needed or advised (RA-24).

    Needed are the opening's parts (RA-17), a renewal to come (RA-19), the business reason and the
    intent of the health workloads (RA-20). The DIBS (EN-19), a usage forecast
    (RA-07), an Enterprise note and its unticked objectives (ES-16) are advised.
    """
    found = [*_needed(making, pack), *_advised(making, pack)]
    return Readiness(
        tuple(gap for gap in found if gap.needed), tuple(gap for gap in found if not gap.needed)
    )


def _needed(making: Making, pack: Pack) -> Iterator[Gap]:
    source = making.source
    tenant = source.facts.tenant_id
    for name in making.opening.missing:
        yield Gap(name, _OPENING_WORDS[name], "opening", Form.TENANT, tenant)
    if not any(each.day >= making.today for each in source.renewals):
        yield Gap("renewal_date", "renewal date", "renewals", Form.TENANT, tenant)
    if not source.facts.business_reason:
        yield Gap("business_reason", "business reason", "mindset", Form.TENANT, tenant)
    for place in source.places:
        tag = place.detail.tag
        if place.is_active and tag in pack.health_tags and not place.detail.intent:
            words = f"intent of {place.label}"
            yield Gap(f"intent:{tag}", words, "mindset", Form.ENTITLEMENT, place.tenant_id, tag)


def _advised(making: Making, pack: Pack) -> Iterator[Gap]:
    source = making.source
    tenant = source.facts.tenant_id
    if source.facts.forecast is None and not source.expectations:
        yield Gap("usage_forecast", "usage forecast", "forecast", Form.FORECASTS, tenant,
                  needed=False)  # fmt: skip
    if source.facts.enterprise is None:
        yield Gap("enterprise_note", "Enterprise note", "risks", Form.ENTERPRISE, tenant,
                  needed=False)  # fmt: skip
    elif source.noted_on is not None:
        for number, text in enumerate(pack.enterprise.objectives, start=1):
            if text not in source.objectives:
                yield Gap(f"objective:{number}", f"not ticked: {text}", "risks", Form.ENTERPRISE,
                          tenant, needed=False)  # fmt: skip
    for place in source.places:
        if place.is_active and place.detail.missing_dibs:
            words = f"DIBS of {place.label} ({', '.join(place.detail.missing_dibs)})"
            yield Gap(f"dibs:{place.detail.tag}", words, "dibs", Form.ENTITLEMENT,
                      place.tenant_id, place.detail.tag, needed=False)  # fmt: skip
