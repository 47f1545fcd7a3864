"""The rows of a customer itself: customer, tenants, workloads, usage, subscriptions, milestones."""

from datetime import date

from ftop_tui.playbook import clocks
from ftop_tui.services.demo.data import TenantPlan, WorkloadPlan
from ftop_tui.services.demo.scene import Scene
from ftop_tui.services.demo.usage import history
from ftop_tui.store import tables as t

CREATED = 420
"""How many days ago everything was first imported."""


def add_customer(scene: Scene, index: int) -> None:
    """The customer with its tenants; the first of these is the winner."""
    plan = scene.plan
    values = {
        "health": plan.health,
        "status": plan.status,
    }
    before = {"health": plan.health_was, "status": plan.status_was}
    for name, days in (("health", plan.health_moved), ("status", plan.status_moved)):
        if before[name] is not None:
            row = {"id": scene.customer_id, name: values[name]}
            scene.batch.moves.append((days, t.Customer, row))
            values[name] = before[name]
    why, since = plan.stricter or (None, 0)
    forecast, months = plan.forecast or (None, 0)
    week = next((week for week, _ in plan.nominated if week >= 0), None)
    scene.batch.add(
        t.Customer,
        id=scene.customer_id,
        tpid=f"{610000 + index}" if plan.tpid else None,
        name=plan.name,
        brand=plan.brand,
        industry=plan.industry,
        s_rank=plan.rank,
        fm=plan.fm,
        fta=plan.fta,
        priority=plan.priority,
        phase=plan.phase,
        **values,
        group_1=plan.groups[0] or None,
        group_2=plan.groups[1] or None,
        group_3=plan.groups[2] or None,
        forecast_health=forecast,
        forecast_month=_month(scene.today, months) if forecast else None,
        next_update=_next_update(scene),
        business_reason=plan.business_reason,
        review_date=None if week is None else scene.shared.meetings[week][1],
        stricter=scene.ago(since) if why else None,
        stricter_why=why,
        created_on=scene.ago(CREATED),
    )
    for tenant_id, tenant in zip(scene.tenant_ids, plan.tenants, strict=True):
        _add_tenant(scene, tenant_id, tenant)


def posted_next_update(scene: Scene, posted: date) -> date:
    """The date that the clock proposes for a note posted on a day (ES-14)."""
    has_frp = scene.partner is not None
    day = clocks.next_update(
        scene.plan.health, has_frp=has_frp, posted=posted.toordinal(), pack=scene.pack
    )
    return date.fromordinal(day)


def _next_update(scene: Scene) -> date | None:
    if scene.plan.next_update is not None:
        return scene.ago(scene.plan.next_update)
    if not scene.plan.enterprise:
        return None
    return posted_next_update(scene, scene.ago(scene.plan.enterprise[0]))


def _month(today: date, ahead: int) -> date:
    index = today.year * 12 + today.month - 1 + ahead
    return date(index // 12, index % 12 + 1, 1)


def _add_tenant(scene: Scene, tenant_id: str, tenant: TenantPlan) -> None:
    renewals = [scene.ahead(days) for days in tenant.renewals]
    marked = tenant_id == scene.winner[0] if len(scene.plan.tenants) > 1 else None
    scene.batch.add(
        t.Tenant,
        id=tenant_id,
        customer_id=scene.customer_id,
        name=tenant.name,
        winner_marked=marked,
        users=tenant.users,
        level=tenant.level,
        assigned=tenant.assigned,
        telemetry_blocked=tenant.telemetry_blocked,
        renewal_date=renewals[0] if renewals else None,
        created_on=scene.ago(CREATED),
    )
    for workload in tenant.workloads:
        _add_workload(scene, tenant_id, tenant, workload, renewals)
    _add_subscriptions(scene, tenant_id, tenant, renewals)


def _add_workload(
    scene: Scene, tenant_id: str, tenant: TenantPlan, plan: WorkloadPlan, renewals: list[date]
) -> None:
    dice, pool = scene.dice, scene.data.pool
    paid = round(tenant.users * plan.share)
    status, since = plan.status, plan.since
    if plan.was is not None:
        row = {"tenant_id": tenant_id, "tag": plan.tag, "status": status}
        moved = {**row, "status_since": scene.ago(since)}
        scene.batch.moves.append((plan.moved, t.Workload, moved))
        status, since = plan.was, since + 100
    dibs = {
        "due_date": scene.ahead(dice.between(20, 200)),
        "intent": dice.pick(pool["intents"]),
        "business_reason": scene.plan.business_reason or dice.pick(pool["business_reasons"]),
        "success_owner": dice.pick(pool["owners"]),
    }
    wanted = plan.status in {"in_progress", "blocked"}
    dibs = {name: value for name, value in dibs.items() if wanted and name not in plan.lacks}
    scene.dibs[tenant_id, plan.tag] = dibs
    prefix = scene.pack.thresholds.partner_prefix
    scene.batch.add(
        t.Workload,
        tenant_id=tenant_id,
        tag=plan.tag,
        status=status,
        status_since=scene.ago(since),
        primary_rm=f"{prefix} {plan.partner}" if plan.partner else scene.plan.fm,
        partner=plan.partner,
        paid_units=paid,
        active_users=round(paid * plan.usage[1] / 100),
        usage_as_of=scene.ago(1),
        **dibs,
    )
    _add_usage(scene, tenant_id, plan, paid, renewals)
    for percent, due in plan.milestones:
        _add_milestone(scene, tenant_id, plan, percent, due)


def _add_usage(
    scene: Scene, tenant_id: str, plan: WorkloadPlan, paid: int, renewals: list[date]
) -> None:
    months = history(scene.dice, scene.today, plan.curve, plan.usage, paid, renewals)
    scene.months[tenant_id, plan.tag] = months
    for month in months:
        scene.batch.add(
            t.Usage,
            tenant_id=tenant_id,
            tag=plan.tag,
            month=month.month,
            source="license-usage",
            paid_units=month.paid,
            active_users=month.active,
            as_of=month.as_of,
            partners=plan.partner,
        )


def _add_milestone(
    scene: Scene, tenant_id: str, plan: WorkloadPlan, percent: int, due: int
) -> None:
    months = scene.months[tenant_id, plan.tag]
    reached = next((month.as_of for month in months if month.percent >= percent), None)
    if reached is None and plan.usage[1] >= percent:
        reached = scene.ago(1)
    scene.batch.add(
        t.Milestone,
        id=scene.dice.id(),
        tenant_id=tenant_id,
        tag=plan.tag,
        percent=percent,
        due_on=scene.ahead(due),
        reached_on=reached,
        given_by=plan.partner or scene.plan.fm,
    )


def _add_subscriptions(
    scene: Scene, tenant_id: str, tenant: TenantPlan, renewals: list[date]
) -> None:
    tags = {workload.tag for workload in tenant.workloads}
    fitting = [
        name for name, covers in scene.data.pool["products"] if tags.intersection(covers.split())
    ]
    for renewal, product in zip(renewals, fitting, strict=False):
        scene.batch.add(
            t.Subscription,
            id=scene.dice.id(),
            tenant_id=tenant_id,
            product=product,
            sku=product,
            starts_on=date.fromordinal(renewal.toordinal() - 365),
            ends_on=renewal,
            state="Active",
            auto_renew=scene.dice.chance(0.5),
            seats=tenant.users,
        )
