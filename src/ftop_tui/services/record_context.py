"""Reads the record around a note once, for the checks of its fields."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ftop_tui.errors import DamagedError
from ftop_tui.playbook.detail import TenantDetail, WorkloadDetail
from ftop_tui.playbook.lint.record import OpenEscalation, Place, RecordContext
from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.services.context import Context
from ftop_tui.services.describing import describing
from ftop_tui.services.judging import checks
from ftop_tui.store import read_model, repositories
from ftop_tui.store.bodies import from_json
from ftop_tui.store.schema import reading

if TYPE_CHECKING:
    from sqlmodel import Session

    from ftop_tui.store.tables import Tenant


def record_context(context: Context, tenant_id: str) -> RecordContext:
    """What the record knows around a note of that tenant, to be posted today.

    Raises:
        NotFoundError: there is no such tenant.
    """
    with context.stored().looking() as session:
        tenant = repositories.get_tenant(session, tenant_id)
        customer = repositories.get_customer(session, tenant_id)
        tenants = repositories.tenants_of(session, customer.id)
        workloads = _workloads(context, tenants)
        winner = repositories.winner_id(session, customer.id)
        return RecordContext(
            checks=checks(context),
            describing=describing(context),
            posting_day=context.today(),
            tenant=tenant.name,
            is_winner=winner == tenant_id,
            winner=next(each.name for each in tenants if each.id == winner),
            s_rank=customer.s_rank,
            health=customer.health,
            groups=(customer.group_1, customer.group_2, customer.group_3),
            has_frp=repositories.has_partner(session, customer.id),
            level=tenant.level,
            assigned=tenant.assigned,
            users=tenant.users,
            telemetry_blocked=tuple(each.name for each in tenants if each.telemetry_blocked),
            over_used=tuple(place for place, workload in workloads if _is_over_used(workload)),
            blocked=tuple(
                place
                for place, workload in workloads
                if workload.status is EntitlementStatus.BLOCKED
            ),
            escalations=tuple(
                OpenEscalation(each.title, each.tag)
                for each in repositories.open_escalations(session, customer.id)
            ),
            latest_risks=_latest_risks(session, customer.id),
            industry=customer.industry,
        )


def _workloads(context: Context, tenants: "Iterable[Tenant]") -> list[tuple[Place, WorkloadDetail]]:
    """The workloads of all tenants, as the panel shows them."""
    with reading(context.store) as connection:
        details: list[tuple[str, TenantDetail]] = [
            (tenant.name, read_model.read_detail(connection, tenant.id, context.pack))
            for tenant in tenants
        ]
    return [
        (Place(name, workload.tag), workload)
        for name, detail in details
        for workload in detail.workloads
    ]


def _is_over_used(workload: WorkloadDetail) -> bool:
    """Whether more people are active than units are paid for (ES-15)."""
    now = workload.current
    if now is None or now.active_users is None or now.paid_units is None:
        return False
    return now.active_users > now.paid_units


def _latest_risks(session: "Session", customer_id: str) -> str:
    """Risks of the latest Enterprise note, draft or posted; empty where there is none (OS-04)."""
    note = repositories.latest_of_customer(session, customer_id, NoteKind.ENTERPRISE)
    if note is None:
        return ""
    try:
        body = from_json(NoteKind.ENTERPRISE, note.body, note.text, note.id)
    except DamagedError:
        return note.text  # a newer version wrote it: Risks cannot be told from the rest
    return body.risks if isinstance(body, EnterpriseBody) else ""
