"""The pack: everything about the playbook that may change, as frozen values.

The data ships as TOML beside the code and is read by `exchange.pack_file`; here it only gets its
shape. A user's own file overrides parts of it and is validated against these same shapes, which
hold no other keys.
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from ftop_tui.playbook.values import EnterpriseStatus, Health
from ftop_tui.text import fold

STRICT = {"extra": "forbid", "hide_input_in_errors": True}
"""pydantic's settings for such classes (it is imported only to validate an override)."""


class Fortnightly(NamedTuple):
    """Days since the last post at which the stricter Enterprise clock changes its state (ES-03)."""

    due_soon: int
    due: int
    limit: int


class Quarterly(NamedTuple):
    """How many last days of the due quarter count as due soon (ES-04)."""

    due_soon: int


class Interval(NamedTuple):
    """A recurring duty: days since the last at which it is due soon, and due (FR-05, FR-07)."""

    due_soon: int
    due: int


class Cadence(NamedTuple):
    """What must recur, and how often."""

    fortnightly: Fortnightly
    quarterly: Quarterly
    frp_review: Interval
    frp_data: Interval
    frp_review_by_phase: Mapping[str, int] = MappingProxyType({})

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The cadence from its TOML table."""
        return cls(
            fortnightly=Fortnightly(**data["fortnightly"]),
            quarterly=Quarterly(**data["quarterly"]),
            frp_review=Interval(**data["frp_review"]),
            frp_data=Interval(**data["frp_data"]),
            frp_review_by_phase=data.get("frp_review_by_phase", {}),
        )


class Thresholds(NamedTuple):
    """Numbers at which something changes its meaning; each names its rule in the pack."""

    ranked_customers: int
    architect_ranks: int
    level_4_users: int
    partner_prefix: str
    contact_stale_days: int
    outdated_usage_points: int
    trend_points: int
    renewal_days: tuple[int, ...]
    milestones: tuple[int, ...]
    nomination_days: int
    review_interval_days: int
    awareness_refresh_days: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The thresholds from their TOML table."""
        lists = {key: tuple(data[key]) for key in ("renewal_days", "milestones")}
        return cls(**{**data, **lists})


class Points(NamedTuple):
    """What each factor adds to a tenant's urgency within its band."""

    per_day: int
    clock_cap: int
    due_soon: int
    late: int
    breach: int
    no_note: int
    event: int
    exec_request: int
    next_update: int
    blocked_workload: int
    escalation: int
    missed_milestone: int
    stale_contact: int
    missing_dibs: int
    open_activity: int
    gap: int
    health: Mapping[str, int]
    renewal: Mapping[int, int]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The points from their TOML table; TOML's keys are text, days are numbers."""
        renewal = {int(days): points for days, points in data["renewal"].items()}
        return cls(**{**data, "renewal": dict(sorted(renewal.items()))})


class Workload(NamedTuple):
    """One of the seventeen tags (OS-09) with the playbook's name and today's."""

    tag: str
    name: str
    today: str | None = None
    health: bool = False
    aliases: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """A workload from its TOML table."""
        return cls(**{**data, "aliases": tuple(data.get("aliases", ()))})

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling by which the workload is known."""
        today = (self.today,) if self.today else ()
        return (self.tag, self.name, *today, *self.aliases)


class Opening(NamedTuple):
    """The sentences that open a Customer Review (RA-17, RA-18)."""

    health: str
    change: str
    keep: str
    placeholders: Mapping[str, str]


class EnterpriseTerms(NamedTuple):
    """Names and choices of the Enterprise Status note (ES-05 to ES-11, ES-16)."""

    reasons: tuple[str, ...]
    ranked_reason: str
    levels: tuple[int, ...]
    summary_labels: tuple[str, ...]
    core_workloads: tuple[str, ...]
    objectives: tuple[str, ...]
    status: Mapping[EnterpriseStatus, str]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The terms from their TOML table."""
        status = {EnterpriseStatus(key): text for key, text in data["status"].items()}
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return cls(**{**data, **lists, "status": status})


class ExecSummaryTerms(NamedTuple):
    """Lines and choices of the Exec Summary (OS-05 to OS-08)."""

    title: str
    customer: str
    engagement: str
    deployment: str
    relationship: str
    snapshot: str
    workload: str
    support: str
    engagement_choices: tuple[str, ...]
    deployment_choices: tuple[str, ...]
    customer_covers: tuple[str, ...]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The terms from their TOML table."""
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return cls(**{**data, **lists})


class Year(NamedTuple):
    """How the fiscal year is named and when it starts (ES-04)."""

    label: str
    first_month: int


class _Parts(NamedTuple):
    """What the pack is made of. `caps` limits how many factors of one sort count."""

    year: Year
    thresholds: Thresholds
    cadence: Cadence
    points: Points
    caps: Mapping[str, int]
    opening: Opening
    enterprise: EnterpriseTerms
    exec_summary: ExecSummaryTerms
    contact_titles: tuple[str, ...]
    priorities: Mapping[str, tuple[str, ...]]
    workloads: tuple[Workload, ...]
    untracked: tuple[str, ...]


class Pack(_Parts):
    """The playbook as data, and what is found in it."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The pack from the merged TOML tables of `playbook.toml` and `workloads.toml`."""
        return cls(
            year=Year(**data["year"]),
            thresholds=Thresholds.read(data["thresholds"]),
            cadence=Cadence.read(data["cadence"]),
            points=Points.read(data["points"]),
            caps=data["caps"],
            opening=Opening(**data["opening"]),
            enterprise=EnterpriseTerms.read(data["enterprise"]),
            exec_summary=ExecSummaryTerms.read(data["exec_summary"]),
            contact_titles=tuple(data["contacts"]["titles"]),
            priorities={p["year"]: tuple(p["items"]) for p in data["priorities"]},
            workloads=tuple(Workload.read(w) for w in data["workload"]),
            untracked=tuple(data["untracked"]["names"]),
        )

    @cached_property
    def by_tag(self) -> Mapping[str, Workload]:
        """The workloads by their tag, in the playbook's order."""
        return {workload.tag: workload for workload in self.workloads}

    @cached_property
    def tag_order(self) -> Mapping[str, int]:
        """Each tag's place in the playbook's order (OS-09)."""
        return {workload.tag: place for place, workload in enumerate(self.workloads)}

    @cached_property
    def health_tags(self) -> frozenset[str]:
        """The tags that the Customer Health motion applies to (RA-01)."""
        return frozenset(w.tag for w in self.workloads if w.health)

    @cached_property
    def _tags_by_name(self) -> Mapping[str, str]:
        return {_squeeze(n): w.tag for w in reversed(self.workloads) for n in w.names}

    @cached_property
    def _untracked(self) -> frozenset[str]:
        return frozenset(_squeeze(name) for name in self.untracked)

    def tag_of(self, name: str) -> str | None:
        """The tag that a spelling found in a file or typed by hand stands for; None if unknown."""
        return self._tags_by_name.get(_squeeze(name))

    def is_untracked(self, name: str) -> bool:
        """Whether Microsoft's reports name this service and the playbook has no tag for it."""
        return _squeeze(name) in self._untracked

    def health_points(self, health: Health | None) -> int:
        """What a customer's colour adds (RA-18)."""
        return self.points.health[health.value if health else "unknown"]


def _squeeze(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())
