"""Workload rows, months of usage and subscriptions, each of a tenant that is known."""

from collections.abc import Sequence
from datetime import date

from ftop_tui.exchange.rows import SubscriptionRow, UsageRow, WorkloadRow
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.render import render
from ftop_tui.playbook.roles import partner_of
from ftop_tui.playbook.usage import OwnFigures
from ftop_tui.playbook.values import EntitlementStatus, NoteKind, NoteState
from ftop_tui.services.importing.draft import Draft, differing
from ftop_tui.services.importing.state import Row
from ftop_tui.store.bodies import to_json

_DIBS = ("due_date", "intent", "business_reason", "success_owner")


def _known(draft: Draft, row: WorkloadRow | UsageRow | SubscriptionRow, column: str) -> bool:
    if row.tenant_id in draft.state.tenants:
        return True
    reason = f"the tenant {row.tenant_id} is not in the portfolio; import that first"
    draft.reject(row.file, row.row, column, reason)
    return False


def plan_workloads(draft: Draft, rows: Sequence[WorkloadRow]) -> None:
    """Status, primary RM, figures, DIBS and FTOP's text of each workload (FR-01, FR-02)."""
    for row in draft.each(rows):
        if _known(draft, row, "TenantId"):
            old = draft.state.workloads.get((row.tenant_id, row.workload))
            given = _workload_values(draft, row, old)
            _store_workload(draft, row.tenant_id, row.workload, given)
            if row.note:
                _keep_note(draft, row)


def _workload_values(draft: Draft, row: WorkloadRow, old: Row | None) -> Row:
    given: Row = {name: getattr(row, name) for name in _DIBS}
    if row.status is not None:
        given["status"] = row.status.value
        if old is None or old["status"] != row.status.value:
            given["status_since"] = draft.today
    given |= _assignment(draft, row, old)
    figures = {"paid_units": row.paid_units, "active_users": row.active_users}
    if differing(old or {}, figures):
        given |= {**figures, "usage_as_of": draft.today}
    return given


def _assignment(draft: Draft, row: WorkloadRow, old: Row | None) -> Row:
    """The primary RM and the partner it stands for; one is never dropped unasked (FR-02)."""
    if row.primary_rm is None:
        return {}
    partner = partner_of(row.primary_rm, draft.pack)
    held = old["partner"] if old else None
    if held and partner != held and not draft.accept_removals:
        draft.warn(
            row.file,
            row.row,
            "PrimaryRM",
            "FR-02",
            f"{row.workload}: this would end the assignment of the partner {held}; it was kept. "
            "Changes go through the team manager and the PSM; once they are made, "
            "import with --accept-removals",
        )
        return {}
    return {"primary_rm": row.primary_rm, "partner": partner}


def _store_workload(draft: Draft, tenant_id: str, tag: str, given: Row) -> None:
    place = (tenant_id, tag)
    key = {"tenant_id": tenant_id, "tag": tag}
    old = draft.state.workloads.get(place)
    if old is None:
        new = {**key, **{name: value for name, value in given.items() if value is not None}}
        draft.put("workload", place, new)
        draft.state.workloads[place] = {"partner": None, "status": None, **new}
        draft.count("workloads", "created")
        return
    changes = differing(old, given)
    if "primary_rm" in given and given["partner"] != old["partner"]:
        changes["partner"] = given["partner"]  # may become None: its end was confirmed
    draft.count("workloads", "updated" if changes else "unchanged")
    if changes:
        draft.put("workload", place, {**key, **changes})
        old.update(changes)


def _keep_note(draft: Draft, row: WorkloadRow) -> None:
    """FTOP's text: kept as posted today where it differs; moves no clock, replaces no draft."""
    place = (row.tenant_id, row.workload)
    workload = draft.state.workloads[place]
    status = EntitlementStatus.read(workload["status"] or "")
    body = EntitlementBody(status=status, text=row.note or "")
    text = render(body, draft.pack)
    if draft.state.posted.get(place) == text:
        draft.count("notes", "unchanged")
        return
    note_id, instant = draft.new_id(), draft.instant
    draft.put(
        "note",
        note_id,
        {
            "id": note_id,
            "kind": NoteKind.ENTITLEMENT.value,
            "customer_id": draft.state.tenants[row.tenant_id]["customer_id"],
            "tenant_id": row.tenant_id,
            "tag": row.workload,
            "state": NoteState.POSTED.value,
            "body": to_json(body, text),
            "text": text,
            "created_at": instant,
            "updated_at": instant,
            "posted_on": draft.today,
            "posted_at": instant,
            "source": "import",
            "version": 1,
            **{name: workload.get(name) for name in OwnFigures._fields},
        },
    )
    draft.state.posted[place] = text
    draft.count("notes", "created")


def plan_usage(draft: Draft, rows: Sequence[UsageRow]) -> None:
    """Months of usage; a workload that was not on record yet appears with them."""
    for row in draft.each(rows):
        column = "CustomerTenantId" if row.source == "license-usage" else "--tenant"
        if not _known(draft, row, column):
            continue
        if (row.tenant_id, row.tag) not in draft.state.workloads:
            _store_workload(draft, row.tenant_id, row.tag, {})
        place = (row.tenant_id, row.tag, row.month, row.source)
        old = draft.state.usage.get(place)
        given: Row = {
            "paid_units": row.paid_units,
            "active_users": row.active_users,
            "as_of": row.as_of,
            "partners": "\n".join(row.partners) or None,
        }
        key = {"tenant_id": row.tenant_id, "tag": row.tag, "month": row.month}
        _store(draft, "usage", place, {**key, "source": row.source}, given, old, row.as_of)
        draft.state.usage[place] = {**(old or {}), **given}


def _store(
    draft: Draft,
    table: str,
    place: object,
    key: Row,
    given: Row,
    old: Row | None,
    as_of: date | None,
) -> None:
    stored_as_of = old.get("as_of") if old else None
    if old and as_of and stored_as_of and as_of < stored_as_of:
        draft.count(table, "unchanged")  # an older report of the same month moves nothing back
        return
    changes = given if old is None else differing(old, given)
    if old is None or changes:
        draft.put(table, place, {**key, **changes})
    draft.count(table, "created" if old is None else "updated" if changes else "unchanged")


def plan_subscriptions(draft: Draft, rows: Sequence[SubscriptionRow]) -> None:
    """Subscriptions with their ends: the renewals (RA-19)."""
    for row in draft.each(rows):
        if not _known(draft, row, "CustomerTenantId"):
            continue
        given: Row = {
            "tenant_id": row.tenant_id,
            "product": row.product,
            "sku": row.sku,
            "starts_on": row.start,
            "ends_on": row.end,
            "state": row.state,
            "auto_renew": row.auto_renew,
            "seats": row.seats,
        }
        key = {"id": row.subscription_id}
        old = draft.state.subscriptions.get(row.subscription_id)
        changes = given if old is None else differing(old, given)
        if old is None or changes:
            draft.put("subscription", row.subscription_id, {**key, **changes})
        outcome = "created" if old is None else "updated" if changes else "unchanged"
        draft.count("subscriptions", outcome)
