"""Forecasts: keep them, show them beside history and projection, judge them (RA-07)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.forecasts import (
    Accuracy,
    Forecast,
    Outcome,
    accuracy,
    coming_quarter_ends,
    in_force,
    judged,
    problems,
)
from ftop_tui.playbook.milestones import Milestone, Missing
from ftop_tui.playbook.projection import Outlook, Projection, ProjectionTerms, outlook, place
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.services import milestones as milestone_services
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import forecasts as store
from ftop_tui.store import read_model, repositories, tables
from ftop_tui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlmodel import Session

GUIDANCE = "guidance"
"""The kind of record that says that the awareness guidance was read (RA-07)."""
GUIDANCE_QUESTION = "was the Situational Awareness guidance read before this first forecast?"


class GuidanceError(RefusedError):
    """The first forecast of a customer needs a yes to whether the guidance was read (RA-07)."""

    title = "First the guidance"


@dataclass(frozen=True, slots=True)
class WorkloadForecast:
    """One workload: where its usage comes from and where it goes."""

    tag: str
    partner: str | None
    usage: tuple[UsagePoint, ...]
    """Month by month, oldest first."""
    outlook: Outlook
    projections: tuple[Projection, ...]
    """One for each milestone of the playbook (RA-04)."""
    forecasts: tuple[Forecast, ...]
    """Those in force, oldest month first."""
    outcomes: tuple[Outcome, ...]
    accuracy: Accuracy | None
    milestones: tuple[Milestone, ...]
    missing: tuple[Missing, ...]
    """Milestones that its partner still has to date (FR-08)."""

    @property
    def paid_units(self) -> int | None:
        """The latest paid units that are known."""
        known = [p.paid_units for p in self.usage if p.paid_units is not None]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class TenantForecasts:
    """The workloads of a tenant, in the playbook's order, and how good its forecasts were."""

    tenant_id: str
    name: str
    quarters: tuple[date, ...]
    """The quarter ends that are asked for, each by the first day of its month."""
    guidance_needed: bool
    """The first forecast is still to come and nobody said that the guidance was read."""
    workloads: tuple[WorkloadForecast, ...]
    accuracy: Accuracy | None


@dataclass(frozen=True, slots=True)
class Judged:
    """How good the forecasts were: in all, and for each workload by tenant and tag."""

    overall: Accuracy | None
    workloads: Mapping[tuple[str, str], Accuracy]
    outcomes: tuple[Outcome, ...]
    names: Mapping[str, str]
    """Tenant names by id."""


def terms(context: Context) -> ProjectionTerms:
    """The numbers of the projection, of the pack in force."""
    return _terms(context.paths.pack)


@lru_cache(maxsize=4)
def _terms(pack_file: Path) -> ProjectionTerms:
    return ProjectionTerms.read(load_part("forecasts", pack_file)["projection"])


def quarters(context: Context) -> list[date]:
    """The coming quarter ends that forecasts are asked for, each by the first day of its month."""
    count = int(load_part("forecasts", context.paths.pack)["forecasts"]["quarters"])
    return coming_quarter_ends(context.today(), count)


def read(context: Context, tenant_id: str) -> list[Forecast]:
    """Every forecast of a tenant, the older ones of a month before the one in force."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return store.read_forecasts(connection, tenant_id)


def overview(context: Context, tenant_id: str) -> TenantForecasts:
    """History, projection, forecasts and milestones of each workload of a tenant.

    Raises:
        NotFoundError: there is no such tenant.
    """
    with reading(context) as connection:
        names = store.read_names(connection, {tenant_id})
        if tenant_id not in names:
            raise NotFoundError(f"there is no tenant {tenant_id}")
        detail = read_model.read_detail(connection, tenant_id, context.pack)
        made = store.read_forecasts(connection, tenant_id)
        came = store.read_came(connection, tenant_id)
        known = store.guidance_known(connection, tenant_id)
    outcomes = judged(made, came, context.today())
    marks = milestone_services.read(context, tenant_id)
    gaps = milestone_services.missing(context, tenant_id)
    return TenantForecasts(
        tenant_id,
        names[tenant_id],
        tuple(quarters(context)),
        not known,
        tuple(
            _workload(context, each.tag, each.partner, each.usage, made, outcomes, marks, gaps)
            for each in detail.workloads
        ),
        accuracy(outcomes),
    )


def _workload(
    context: Context,
    tag: str,
    partner: str | None,
    usage: tuple[UsagePoint, ...],
    made: Sequence[Forecast],
    outcomes: Sequence[Outcome],
    marks: Sequence[Milestone],
    gaps: Sequence[Missing],
) -> WorkloadForecast:
    today = context.today()
    ahead = outlook(usage, today, terms(context))
    own = [each for each in outcomes if each.tag == tag]
    forced = in_force(each for each in made if each.tag == tag)
    return WorkloadForecast(
        tag=tag,
        partner=partner,
        usage=usage,
        outlook=ahead,
        projections=tuple(
            place(usage, percent, today, ahead) for percent in context.pack.thresholds.milestones
        ),
        forecasts=tuple(forced[key] for key in sorted(forced)),
        outcomes=tuple(own),
        accuracy=accuracy(own),
        milestones=tuple(each for each in marks if each.tag == tag),
        missing=tuple(each for each in gaps if each.tag == tag),
    )


def judge(context: Context, tenant_id: str | None = None) -> Judged:
    """How good the forecasts of a tenant or of all were (RA-07)."""
    if not context.store.exists():
        return Judged(None, {}, (), {})
    with reading(context) as connection:
        made = store.read_forecasts(connection, tenant_id)
        came = store.read_came(connection, tenant_id)
        outcomes = judged(made, came, context.today())
        names = store.read_names(connection, {each.tenant_id for each in outcomes})
    by_workload: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for each in outcomes:
        by_workload[each.tenant_id, each.tag].append(each)
    found = {key: accuracy(some) for key, some in sorted(by_workload.items())}
    workloads = {key: value for key, value in found.items() if value is not None}
    return Judged(accuracy(outcomes), workloads, tuple(outcomes), names)


def save(
    context: Context,
    tenant_id: str,
    values: Mapping[tuple[str, date], int],
    *,
    guidance_read: bool = False,
) -> Changes:
    """Keep forecasts by tag and month, made today, and start the forecast clock anew (RA-07).

    The older ones stay, for judging; one made earlier today is replaced. The customer's first
    forecast needs `guidance_read`, which is recorded.

    Raises:
        InputError: nothing given, no such workload, a month that is over, or more users than are
            paid for; `details` names each, and nothing is kept. GuidanceError: the first forecast,
            and nobody said that the guidance was read. NotFoundError: there is no such tenant.
    """
    given = {(tag, month.replace(day=1)): users for (tag, month), users in values.items()}
    if not given:
        raise InputError("no forecast is given")
    with context.stored().unit("forecast") as unit:
        tenant = repositories.get_tenant(unit.session, tenant_id)
        given = {(context.pack.tag_of(tag) or tag, m): users for (tag, m), users in given.items()}
        _check(context, unit.session, tenant_id, given)
        if _needs_guidance(context, tenant_id):
            if not guidance_read:
                raise GuidanceError(f"{tenant.name}: {GUIDANCE_QUESTION}")
            unit.session.add(_record(context, tenant, GUIDANCE, None))
        _keep(context, unit, tenant_id, given)
        tags = sorted({tag for tag, _ in given})
        said = f"forecast of {', '.join(tags)} to {max(month for _, month in given):%Y-%m}"
        unit.session.add(_record(context, tenant, "forecast", said))
        unit.sentence = f"Saved for {tenant.name}: {said}"
        return Changes(unit.sentence, rank=True, tenants=frozenset({tenant_id}))


def _needs_guidance(context: Context, tenant_id: str) -> bool:
    with reading(context) as connection:
        return not store.guidance_known(connection, tenant_id)


def _check(
    context: Context, session: "Session", tenant_id: str, given: Mapping[tuple[str, date], int]
) -> None:
    """Refuse what cannot stand, all at once (RA-07)."""
    paid: dict[str, int | None] = {}
    for tag in sorted({tag for tag, _ in given}):
        workload = session.get(tables.Workload, (tenant_id, tag))
        if workload is None:
            raise InputError(f"{tag}: the tenant has no such workload")
        paid[tag] = workload.paid_units
    with reading(context) as connection:
        detail = read_model.read_detail(connection, tenant_id, context.pack)
    for each in detail.workloads:
        known = [p.paid_units for p in each.usage if p.paid_units is not None]
        if each.tag in paid and paid[each.tag] is None and known:
            paid[each.tag] = known[-1]
    wrong = problems(given, paid, context.today())
    if wrong:
        raise InputError(wrong[0], details=wrong)


def _keep(
    context: Context, unit: UnitOfWork, tenant_id: str, given: Mapping[tuple[str, date], int]
) -> None:
    today = context.today()
    of_today = {
        (each.tag, each.month): each.id
        for each in read(context, tenant_id)
        if each.made_on == today
    }
    unit.upsert(
        tables.Forecast,
        [
            {
                "id": of_today.get((tag, month)) or context.new_id(),
                "tenant_id": tenant_id,
                "tag": tag,
                "month": month,
                "active_users": users,
                "made_on": today,
            }
            for (tag, month), users in sorted(given.items())
        ],
    )


def _record(context: Context, tenant: tables.Tenant, kind: str, text: str | None) -> tables.Record:
    return tables.Record(
        id=context.new_id(),
        kind=kind,
        customer_id=tenant.customer_id,
        tenant_id=tenant.id,
        day=context.today(),
        text=text,
        source="app",
        created_at=context.now().isoformat(),
    )
