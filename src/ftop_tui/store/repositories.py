"""Questions to the store and small changes of it, by session or unit of work; rows stay here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, UniqueConstraint, or_, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_model
from sqlmodel.sql.expression import SelectOfScalar

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.store import tables
from ftop_tui.store.bulk import BulkTable, Row
from ftop_tui.store.journal import table_of
from ftop_tui.store.unit_of_work import UnitOfWork

MODELS: Mapping[str, type[SQLModel]] = {
    "customer": tables.Customer,
    "tenant": tables.Tenant,
    "workload": tables.Workload,
    "usage": tables.Usage,
    "subscription": tables.Subscription,
    "note": tables.Note,
    "record": tables.Record,
}
"""The tables that an import writes, parents first."""


def reader(
    session: Session,
) -> Callable[..., Iterable[Row]]:
    """A function that reads the rows of a table whose column has one of some values."""

    def read(name: str, column: str, values: Collection[str], *only: str) -> Iterable[Row]:
        return BulkTable(session, table_of(name)).read(column, values, only)

    return read


def get_tenant(session: Session, tenant_id: str) -> tables.Tenant:
    """A tenant by its id.

    Raises:
        NotFoundError: there is none.
    """
    tenant = session.get(tables.Tenant, tenant_id)
    if tenant is None:
        raise NotFoundError(f"there is no tenant {tenant_id}")
    return tenant


def get_customer(session: Session, tenant_id: str) -> tables.Customer:
    """The customer of a tenant.

    Raises:
        NotFoundError: there is no such tenant.
    """
    customer = session.get(tables.Customer, get_tenant(session, tenant_id).customer_id)
    if customer is None:
        raise NotFoundError(f"the tenant {tenant_id} has no customer")
    return customer


def winner_id(session: Session, customer_id: str) -> str:
    """The id of a customer's winner tenant (ES-02)."""
    query = select_model(tables.Tenant).where(tables.Tenant.customer_id == customer_id)
    return winner_of(
        [
            WinnerCandidate(tenant.id, bool(tenant.winner_marked), tenant.users)
            for tenant in session.exec(query)
        ]
    )


def has_partner(session: Session, customer_id: str) -> bool:
    """Whether a partner is registered on a workload of any tenant of the customer (FR-01)."""
    query = (
        select_model(tables.Workload)
        .join(tables.Tenant)
        .where(tables.Tenant.customer_id == customer_id, col(tables.Workload.partner).is_not(None))
        .limit(1)
    )
    return session.exec(query).first() is not None


def partner_tags(session: Session, tenant_id: str) -> list[str]:
    """The tenant's workloads on which a partner is registered (FR-01)."""
    query = (
        select_model(tables.Workload)
        .where(tables.Workload.tenant_id == tenant_id, col(tables.Workload.partner).is_not(None))
        .order_by(col(tables.Workload.tag))
    )
    return [workload.tag for workload in session.exec(query)]


def contacts_of(session: Session, customer_id: str) -> Sequence[tables.Contact]:
    """The contacts of a customer (RA-09)."""
    query = select_model(tables.Contact).where(tables.Contact.customer_id == customer_id)
    return session.exec(query).all()


def tenants_of(session: Session, customer_id: str) -> Sequence[tables.Tenant]:
    """All tenants of a customer, by name (RA-11)."""
    query = select_model(tables.Tenant).where(tables.Tenant.customer_id == customer_id)
    return session.exec(query.order_by(tables.Tenant.name, tables.Tenant.id)).all()


def open_escalations(session: Session, customer_id: str) -> Sequence[tables.Escalation]:
    """The escalations of a customer that are not resolved, oldest first (RA-08)."""
    query = select_model(tables.Escalation).where(
        tables.Escalation.customer_id == customer_id,
        col(tables.Escalation.resolved_on).is_(None),
    )
    oldest = (col(tables.Escalation.raised_on), col(tables.Escalation.id))
    return session.exec(query.order_by(*oldest)).all()


def latest_of_customer(session: Session, customer_id: str, kind: NoteKind) -> tables.Note | None:
    """The note of that kind, draft or posted, that was touched last on any of the tenants."""
    query = select_model(tables.Note).where(
        tables.Note.customer_id == customer_id, tables.Note.kind == kind.value
    )
    newest = (col(tables.Note.updated_at).desc(), col(tables.Note.id))
    return session.exec(query.order_by(*newest).limit(1)).first()


def open_requests(session: Session, customer_id: str) -> Sequence[tables.SupportRequest]:
    """The requests for support that are open (OS-13)."""
    query = select_model(tables.SupportRequest).where(
        tables.SupportRequest.customer_id == customer_id,
        col(tables.SupportRequest.closed_on).is_(None),
    )
    return session.exec(query.order_by(col(tables.SupportRequest.opened_on))).all()


def get_note(session: Session, note_id: str) -> tables.Note:
    """A note by its id, or by the first characters of it where only one note has these.

    Raises:
        NotFoundError: no note has it, or several do.
    """
    note = session.get(tables.Note, note_id)
    if note is not None:
        return note
    query = select_model(tables.Note).where(
        col(tables.Note.id).startswith(note_id, autoescape=True)
    )
    found = session.exec(query.limit(2)).all() if note_id else []
    if len(found) != 1:
        many = "several notes have ids that start with" if found else "there is no note"
        raise NotFoundError(f"{many} {note_id!r}; `ftop-tui note list` shows them")
    return found[0]


def find_draft(
    session: Session, tenant_id: str, kind: NoteKind, tag: str | None, beside: str | None = None
) -> tables.Note | None:
    """The draft of that kind and place that was touched last, beside that of an id."""
    query = _notes_of(tenant_id, kind, tag, NoteState.DRAFT)
    if beside is not None:
        query = query.where(col(tables.Note.id) != beside)
    return session.exec(query.order_by(col(tables.Note.updated_at).desc()).limit(1)).first()


def latest_posted(
    session: Session, tenant_id: str, kind: NoteKind, tag: str | None
) -> tables.Note | None:
    """The note of that kind and place that was posted last."""
    query = _notes_of(tenant_id, kind, tag, NoteState.POSTED)
    newest = (col(tables.Note.posted_on).desc(), col(tables.Note.posted_at).desc())
    return session.exec(query.order_by(*newest).limit(1)).first()


def _notes_of(
    tenant_id: str, kind: NoteKind, tag: str | None, state: NoteState
) -> SelectOfScalar[tables.Note]:
    return select_model(tables.Note).where(
        tables.Note.tenant_id == tenant_id,
        tables.Note.kind == kind.value,
        col(tables.Note.tag).is_(None) if tag is None else tables.Note.tag == tag,
        tables.Note.state == state.value,
    )


def texts_of_other_workloads(session: Session, tenant_id: str, tag: str) -> list[tuple[str, str]]:
    """The latest entitlement text of each other workload of a tenant, draft before posted."""
    query = (
        select_model(tables.Note)
        .where(
            tables.Note.tenant_id == tenant_id,
            tables.Note.kind == NoteKind.ENTITLEMENT.value,
            tables.Note.tag != tag,
        )
        .order_by(col(tables.Note.state).desc(), tables.Note.posted_on, tables.Note.updated_at)  # type: ignore[arg-type]
    )
    texts = {note.tag: note.text for note in session.exec(query) if note.tag}
    return sorted(texts.items())


def move_tenant(unit: UnitOfWork, tenant_id: str, old: str, new: str) -> None:
    """Have what hangs on a tenant follow it to another customer.

    From a customer that no tenant is left of, the first one that is moved takes along what is the
    customer's own, except for what the other has already.
    """
    deserted = not _has_tenants(unit.session, old)
    for table in _of_customers():
        mine = table.c.customer_id == old
        if "tenant_id" in table.c:
            own = table.c.tenant_id == tenant_id
            mine &= or_(own, table.c.tenant_id.is_(None)) if deserted else own
        elif not deserted:
            continue
        rows = unit.session.execute(select(table).where(mine)).mappings().all()
        there = _places(unit.session, table, new)
        free = (r for r in rows if not any(place.items() <= dict(r).items() for place in there))
        unit.change(table, [row["id"] for row in free], {"customer_id": new})


def remove_if_deserted(unit: UnitOfWork, customer_id: str) -> None:
    """Remove a customer that has no tenants left and of which nothing had to stay."""
    session = unit.session
    if _has_tenants(session, customer_id):
        return
    for table in _of_customers():
        query = select(table.c.id).where(table.c.customer_id == customer_id).limit(1)
        if session.execute(query).first() is not None:
            return
    customer = session.get(tables.Customer, customer_id)
    if customer is not None:
        session.delete(customer)


def _has_tenants(session: Session, customer_id: str) -> bool:
    tenants = table_of("tenant")
    query = select(tenants.c.id).where(tenants.c.customer_id == customer_id).limit(1)
    return session.execute(query).first() is not None


def _of_customers() -> list[Table]:
    """The tables whose rows belong to a customer, tenants aside."""
    return [
        table
        for table in SQLModel.metadata.sorted_tables
        if "customer_id" in table.c and "id" in table.c and table.name != "tenant"
    ]


def _places(session: Session, table: Table, customer_id: str) -> list[dict[str, Any]]:
    """What a customer can have only once, such as one partner, and has, without its own id."""
    found: list[dict[str, Any]] = []
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and "customer_id" in constraint.columns:
            names = [column.name for column in constraint.columns if column.name != "customer_id"]
            query = select(*(table.c[name] for name in names)).where(
                table.c.customer_id == customer_id
            )
            found += [dict(row) for row in session.execute(query).mappings()]
    return found
