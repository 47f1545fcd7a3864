"""The demo's names and texts (`pack/demo.toml`), and the shape of a customer to be made up.

A `Scenario` says what a customer should look like in days before or after today; the first twelve
are written by hand in the data, the rest are drawn by `draw`. Both are made into rows alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self

from ftop_tui.exchange.pack_file import shipped

Pairs = tuple[tuple[int, int], ...]
Triples = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class WorkloadPlan:
    """One workload: `usage` is percent at the start and today, `data` days since partner data."""

    tag: str
    status: str = "in_progress"
    share: float = 1.0
    usage: tuple[float, float] = (0, 0)
    curve: str = "flat"
    grade: str = ""
    """Of its note; no note without one."""
    written: int | None = None
    """Days ago when it was posted; some day since the status began where none is set."""
    draft: str = ""
    """The text of a draft that waits to be posted."""
    lacks: tuple[str, ...] = ()
    since: int = 90
    was: str | None = None
    moved: int = 0
    partner: str | None = None
    data: tuple[int, ...] = ()
    milestones: Pairs = ()
    """Percent and due day, from today."""


@dataclass(frozen=True, slots=True)
class TenantPlan:
    """One tenant; `renewals` in days from today."""

    name: str
    users: int
    workloads: tuple[WorkloadPlan, ...]
    winner: bool | None = None
    level: int | None = None
    assigned: bool = True
    telemetry_blocked: bool = False
    renewals: tuple[int, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """A tenant from its TOML table."""
        workloads = tuple(WorkloadPlan(**_frozen(w)) for w in data["workloads"])
        return cls(**{**_frozen(data), "workloads": workloads})


@dataclass(frozen=True, slots=True)
class PartnershipPlan:
    """A partner at a customer, in days ago: agreement, checklist steps done, inputs."""

    agreed: int
    access: bool
    steps: tuple[int, ...] = ()
    inputs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One customer with its tenants and all that was done for it; days ago where not said."""

    name: str
    tenants: tuple[TenantPlan, ...]
    tpid: bool = True
    brand: str | None = None
    industry: str | None = None
    rank: int | None = None
    fm: str | None = None
    fta: str | None = None
    priority: str | None = None
    phase: str | None = None
    health: str | None = None
    health_was: str | None = None
    health_moved: int = 0
    groups: tuple[str, ...] = ("", "", "")
    forecast: tuple[str, int] | None = None
    """Colour, and months from this one."""
    status: str | None = None
    status_was: str | None = None
    status_moved: int = 0
    story: str = "adoption"
    business_reason: str | None = None
    next_update: int | None = None
    """Days ago; without it the date that the clock proposes."""
    stricter: tuple[str, int] | None = None
    enterprise: tuple[int, ...] = ()
    ticked: int | None = None
    """How many objectives the latest of these has ticked; without it all."""
    progress: tuple[int, ...] = ()
    perspective: tuple[int, ...] = ()
    forecasts: tuple[int, ...] = ()
    frp_reviews: tuple[int, ...] = ()
    events: tuple[tuple[int, str], ...] = ()
    requests: tuple[tuple[int, str], ...] = ()
    draft: bool = False
    exec_draft: bool = False
    exec_summaries: Pairs = ()
    """Days ago and request for support; `overall`: text and days ago."""
    overall: Pairs = ()
    contacts: tuple[int, ...] = ()
    """Days since each kind of contact was verified; -1: there is none."""
    duplicate_contact: bool = False
    escalations: Triples = ()
    """Which, raised, resolved (0: open)."""
    activities: Triples = ()
    """Which, done (days from today, 0: open), due in days (0: no date)."""
    support: Triples = ()
    """Which, opened, closed (0: open)."""
    snoozes: tuple[tuple[str, int, str], ...] = ()
    nominated: Pairs = ()
    """Weeks from this week's meeting, and when it was decided."""
    partnership: PartnershipPlan | None = None
    past_notes: int = 1
    """Earlier notes kept for each workload."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """A customer from its TOML table."""
        values = {**_frozen(data), "tenants": tuple(TenantPlan.read(t) for t in data["tenant"])}
        del values["tenant"]
        if "partnership" in data:
            values["partnership"] = PartnershipPlan(**_frozen(data["partnership"]))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class DemoData:
    """Everything in `demo.toml`; the texts stay tables, for only their writers read them."""

    pool: Mapping[str, Any]
    scenarios: tuple[Scenario, ...]
    texts: Mapping[str, Any]
    phrases: Mapping[tuple[str, str], tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """Entitlement texts by status and grade."""


@cache
def demo_data() -> DemoData:
    """The data as it ships."""
    raw = shipped("demo")
    phrases: dict[tuple[str, str], tuple[Mapping[str, Any], ...]] = {}
    for entry in raw["entitlement"]:
        key = (entry["status"], entry["grade"])
        phrases[key] = (*phrases.get(key, ()), entry)
    scenarios = tuple(Scenario.read(entry) for entry in raw["scenario"])
    return DemoData(raw["pool"], scenarios, raw, phrases)


def _frozen(value: Any) -> Any:
    """TOML's lists as tuples, all the way down."""
    if isinstance(value, Mapping):
        return {key: _frozen(part) for key, part in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    return value
