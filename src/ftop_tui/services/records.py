"""What was done in FTOP or outside it, recorded in a word: it starts or clears a clock."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError, RefusedError
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.starting import refuse_unless_winner
from ftop_tui.store import repositories
from ftop_tui.store.tables import Record, Tenant

if TYPE_CHECKING:
    from sqlmodel import Session

KINDS: Mapping[str, str] = {
    "enterprise": "Enterprise note",
    "contacts": "check of the contacts",
    "progress": "Customer Progress",
    "perspective": "Customer Perspective",
    "forecast": "usage forecast",
    "frp-review": "status review with the partner",
    "frp-data": "partner's data",
    "event": "event",
    "exec-request": "request for an Exec Summary",
}
"""The kinds of record, and what each is called in a sentence."""

_OF_PARTNERS = {"frp-review", "frp-data"}


def record(
    context: Context,
    tenant_id: str,
    kind: str,
    *,
    tag: str | None = None,
    on: date | None = None,
    by: str = "",
    text: str = "",
) -> Changes:
    """Record that something was done, happened or was asked, today or on an earlier day.

    An Enterprise record resets ES-03 and ES-04, an event makes an update due (RA-06), a request
    asks for an Exec Summary (OS-03), a check of the contacts verifies all of them (RA-09).

    Raises:
        InputError: no such kind or workload, or a day to come. RefusedError: an Enterprise note on
            a tenant that is not the winner (ES-02), a partner's review or data where no partner is
            registered (FR-01).
    """
    kind = _kind(kind)
    workload = _tag(context, tag)
    day = on or context.today()
    if day > context.today():
        raise InputError(f"{day.isoformat()} is still to come; record it when it is done")
    with context.stored().unit("record") as unit:
        tenant = repositories.get_tenant(unit.session, tenant_id)
        _refuse(unit.session, tenant, kind, workload)
        if kind == "contacts":
            _verify_contacts(unit.session, tenant.customer_id, day)
        unit.session.add(
            Record(
                id=context.new_id(),
                kind=kind,
                customer_id=tenant.customer_id,
                tenant_id=tenant_id,
                tag=workload,
                day=day,
                who=by.strip() or None,
                text=text.strip() or None,
                source="app",
                created_at=context.now().isoformat(),
            )
        )
        of_workload = f" for {workload}" if workload else ""
        unit.sentence = f"Recorded {tenant.name}: {KINDS[kind]}{of_workload}, {day.isoformat()}"
        return Changes(unit.sentence, rank=True, tenants=frozenset({tenant_id}))


def _verify_contacts(session: "Session", customer_id: str, day: date) -> None:
    for contact in repositories.contacts_of(session, customer_id):
        contact.verified_on = max(day, contact.verified_on or day)
        session.add(contact)


def _kind(typed: str) -> str:
    kind = typed.strip().lower().replace("_", "-")
    if kind not in KINDS:
        raise InputError(f"{kind!r} is nothing to record; there are: {', '.join(KINDS)}")
    return kind


def _refuse(session: "Session", tenant: Tenant, kind: str, workload: str | None) -> None:
    """Raise where the playbook has no such record of this tenant."""
    if kind == "enterprise":
        refuse_unless_winner(session, tenant.id)
    if kind in _OF_PARTNERS:
        _refuse_without_partner(session, tenant, kind, workload)


def _refuse_without_partner(
    session: "Session", tenant: Tenant, kind: str, workload: str | None
) -> None:
    """A review is held for the customer (FR-05), data is given for a workload (FR-07)."""
    if kind == "frp-review":
        if not repositories.has_partner(session, tenant.customer_id):
            raise RefusedError(f"FR-01: no partner is registered on a workload of {tenant.name}")
        return
    tags = repositories.partner_tags(session, tenant.id)
    if not tags or workload not in (None, *tags):
        where = f" (one is on {', '.join(tags)})" if tags else ""
        what = f"{workload} of {tenant.name}" if tags else f"a workload of {tenant.name}"
        raise RefusedError(f"FR-01: no partner is registered on {what}{where}")


def _tag(context: Context, tag: str | None) -> str | None:
    if tag is None:
        return None
    known = context.pack.tag_of(tag)
    if known is None:
        raise InputError(f"{tag!r} is no workload; there are: {', '.join(context.pack.by_tag)}")
    return known
