"""What the record takes over from a note once it stands in FTOP."""

from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.playbook.notes import EnterpriseBody, EntitlementBody, ExecSummaryBody
from ftop_tui.playbook.usage import OwnFigures
from ftop_tui.services.context import Context
from ftop_tui.store import repositories
from ftop_tui.store.tables import Note, SupportRequest, Workload
from ftop_tui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from ftop_tui.services.notes import Draft


def keep_figures(unit: UnitOfWork, note: Note) -> None:
    """Have an entitlement note that is posted now keep its workload's own figures (EN-18)."""
    workload = unit.session.get(Workload, (note.tenant_id, note.tag)) if note.tag else None
    for name in OwnFigures._fields if workload else ():
        setattr(note, name, getattr(workload, name))


def carry_over(context: Context, unit: UnitOfWork, draft: "Draft", day: date) -> None:
    """Have the record say what FTOP now says.

    A note posted on an earlier day than another of its kind changes nothing of what came later.
    """
    latest = repositories.latest_posted(unit.session, draft.tenant_id, draft.kind, draft.tag)
    if latest is not None and latest.id != draft.id:
        return
    match draft.body:
        case EntitlementBody() if draft.tag:
            _entitlement(unit, draft.tenant_id, draft.tag, draft.body, day)
        case EnterpriseBody():
            _enterprise(unit, draft.tenant_id, draft.body)
        case ExecSummaryBody():
            _requests(context, unit, draft, day)
        case _:
            pass


def _entitlement(
    unit: UnitOfWork, tenant_id: str, tag: str, body: EntitlementBody, day: date
) -> None:
    """The workload's status (EN-18) and its DIBS (EN-19); an empty field erases nothing."""
    workload = unit.session.get(Workload, (tenant_id, tag)) or Workload(
        tenant_id=tenant_id, tag=tag
    )
    if body.status and workload.status != body.status.value:
        workload.status, workload.status_since = body.status.value, day
    workload.due_date = body.due_date or workload.due_date
    workload.intent = body.intent or workload.intent
    workload.business_reason = body.business_reason or workload.business_reason
    workload.success_owner = body.success_owner or workload.success_owner
    unit.session.add(workload)


def _enterprise(unit: UnitOfWork, tenant_id: str, body: EnterpriseBody) -> None:
    """The Enterprise status, never the health (ES-08), the next update and the brand."""
    customer = repositories.get_customer(unit.session, tenant_id)
    customer.status = body.status.value if body.status else customer.status
    customer.next_update = body.next_update or customer.next_update
    customer.brand = body.brand.strip() or customer.brand
    unit.session.add(customer)


def _requests(context: Context, unit: UnitOfWork, draft: "Draft", day: date) -> None:
    """Requests for support become asks (OS-13); one that is open already is not asked twice."""
    assert isinstance(draft.body, ExecSummaryBody)  # noqa: S101 - chosen by its type above
    customer = repositories.get_customer(unit.session, draft.tenant_id)
    known = {request.text for request in repositories.open_requests(unit.session, customer.id)}
    for text in dict.fromkeys(request.strip() for request in draft.body.support):
        if text and text not in known:
            unit.session.add(
                SupportRequest(
                    id=context.new_id(),
                    customer_id=customer.id,
                    note_id=draft.id,
                    text=text,
                    opened_on=day,
                )
            )
