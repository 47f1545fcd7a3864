"""What a new draft starts with: what the record already knows, so that nobody types it twice."""

from typing import TYPE_CHECKING

from ftop_tui.errors import RefusedError
from ftop_tui.playbook import clocks
from ftop_tui.playbook.days import day_of
from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.roles import is_ranked
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, NoteKind
from ftop_tui.services.context import Context
from ftop_tui.store import repositories
from ftop_tui.store.tables import Workload

if TYPE_CHECKING:
    from sqlmodel import Session


def starting_body(
    context: Context, session: "Session", kind: NoteKind, tenant_id: str, tag: str | None
) -> NoteBody:
    """The body of a new draft.

    Raises:
        RefusedError: an Enterprise note belongs on the winner tenant (ES-02).
    """
    match kind:
        case NoteKind.ENTITLEMENT:
            return _entitlement(session, tenant_id, tag)
        case NoteKind.EXEC_SUMMARY:
            return _exec_summary(session, tenant_id)
        case NoteKind.ENTERPRISE:
            refuse_unless_winner(session, tenant_id)
            return _enterprise(context, session, tenant_id)
        case NoteKind.OVERALL:
            return OverallBody()


def refuse_unless_winner(session: "Session", tenant_id: str) -> None:
    """Enterprise notes live on the winner tenant only (ES-02).

    Raises:
        RefusedError: the tenant is another one; the message names the winner.
    """
    tenant = repositories.get_tenant(session, tenant_id)
    winner = repositories.winner_id(session, tenant.customer_id)
    if winner != tenant_id:
        name = repositories.get_tenant(session, winner).name
        raise RefusedError(
            f"ES-02: the Enterprise note lives on the winner tenant, which is {name} ({winner}), "
            f"not {tenant.name}"
        )


def _entitlement(session: "Session", tenant_id: str, tag: str | None) -> EntitlementBody:
    """Status and DIBS as they are known (EN-19)."""
    workload = session.get(Workload, (tenant_id, tag)) if tag else None
    if workload is None:
        return EntitlementBody()
    return EntitlementBody(
        status=EntitlementStatus.read(workload.status or ""),
        due_date=workload.due_date,
        intent=workload.intent or "",
        business_reason=workload.business_reason or "",
        success_owner=workload.success_owner or "",
    )


def _exec_summary(session: "Session", tenant_id: str) -> ExecSummaryBody:
    """Industry and size (OS-06), and the requests for support that are open (OS-13)."""
    tenant = repositories.get_tenant(session, tenant_id)
    customer = repositories.get_customer(session, tenant_id)
    size = f"{tenant.users:,} users" if tenant.users else ""
    requests = repositories.open_requests(session, customer.id)
    return ExecSummaryBody(
        customer=", ".join(part for part in (customer.industry, size) if part),
        support=tuple(request.text for request in requests),
    )


def _enterprise(context: Context, session: "Session", tenant_id: str) -> EnterpriseBody:
    """Reason by rank (ES-06), the present status, the brand, and the proposed date (ES-14)."""
    customer = repositories.get_customer(session, tenant_id)
    reason = context.pack.enterprise.ranked_reason
    proposed = clocks.next_update(
        customer.health,
        has_frp=repositories.has_partner(session, customer.id),
        posted=context.today().toordinal(),
        pack=context.pack,
    )
    return EnterpriseBody(
        reason=(reason,) if is_ranked(customer.s_rank, context.pack) else (),
        status=EnterpriseStatus.read(customer.status or ""),
        brand=customer.brand or "",
        next_update=day_of(proposed),
    )
