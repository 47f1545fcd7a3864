"""Contacts of a customer: added, edited, verified, merged (RA-09, RA-10)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.contacts import Contact, duplicates, merged, offered_titles
from ftop_tui.services import records
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.people import contacts_of, partner_id, terms
from ftop_tui.services.reading import reading
from ftop_tui.store import repositories, tables
from ftop_tui.store.contacts import read_contacts, read_titles
from ftop_tui.store.people import get_contact
from ftop_tui.text import clean_line

if TYPE_CHECKING:
    from ftop_tui.store.unit_of_work import UnitOfWork


def read(context: Context, customer_id: str | None = None) -> list[Contact]:
    """The contacts of a customer or of all, in the pack's order of sections (RA-09)."""
    return contacts_of(context, customer_id)


def find(context: Context, contact_id: str) -> Contact:
    """A contact by its id, or by the first characters that only its id has.

    Raises:
        NotFoundError: no contact has it, or several do.
    """
    found: list[Contact] = []
    if context.store.exists() and contact_id:
        with reading(context) as connection:
            found = read_contacts(connection, begin=contact_id)
    exact = [each for each in found if each.id == contact_id] or found
    if len(exact) != 1:
        many = "several contacts have ids that start with" if found else "there is no contact"
        raise NotFoundError(f"{many} {contact_id!r}; `ftop-tui contact list` shows them")
    return exact[0]


def titles(context: Context) -> list[str]:
    """Titles to offer: the pack's first, then those that were typed before (RA-10)."""
    if not context.store.exists():
        return offered_titles(context.pack.contact_titles, ())
    with reading(context) as connection:
        return offered_titles(context.pack.contact_titles, read_titles(connection))


def add(
    context: Context,
    tenant_id: str,
    section: str,
    name: str,
    *,
    title: str = "",
    role: str = "",
    email: str = "",
    phone: str = "",
    partner: str = "",
    verified: date | None = None,
    contact_id: str | None = None,
) -> Changes:
    """Add a contact to a tenant's customer; any title is right (RA-09, RA-10).

    Raises:
        InputError: no name, no such section, role or partner, or a day to come.
    """
    known = terms(context)
    with context.stored().unit("contact") as unit:
        tenant = repositories.get_tenant(unit.session, tenant_id)
        row = tables.Contact(
            id=contact_id or context.new_id(),
            customer_id=tenant.customer_id,
            section=known.read_section(section),
            name=_name(name),
            title=clean_line(title) or None,
            role=known.read_role(role),
            email=clean_line(email) or None,
            phone=clean_line(phone) or None,
            partner_id=partner_id(context, unit, partner),
            verified_on=_past(context, verified),
            created_on=context.today(),
        )
        unit.session.add(row)
        return _done(unit, f"Added the contact {row.name} of {tenant.name}", tenant.id)


def edit(
    context: Context,
    contact_id: str,
    *,
    section: str | None = None,
    name: str | None = None,
    title: str | None = None,
    role: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    partner: str | None = None,
    verified: date | None = None,
) -> Changes:
    """Change a contact: None leaves a thing, an empty text clears it (RA-09).

    Raises:
        InputError: an empty name, no such section, role or partner, or a day to come.
    """
    known = terms(context)
    with context.stored().unit("contact") as unit:
        row = get_contact(unit.session, contact_id)
        if section is not None:
            row.section = known.read_section(section)
        if name is not None:
            row.name = _name(name)
        if role is not None:
            row.role = known.read_role(role)
        if partner is not None:
            row.partner_id = partner_id(context, unit, partner)
        for column, value in (("title", title), ("email", email), ("phone", phone)):
            if value is not None:
                setattr(row, column, clean_line(value) or None)
        row.verified_on = _past(context, verified) or row.verified_on
        unit.session.add(row)
        return _done(unit, f"Changed the contact {row.name}")


def verify(context: Context, contact_ids: Sequence[str], *, on: date | None = None) -> Changes:
    """Say that contacts were checked, today or on an earlier day (RA-09).

    An earlier day than the one on record moves nothing back.

    Raises:
        InputError: a day to come, or no contact named.
    """
    day = _past(context, on) or context.today()
    if not contact_ids:
        raise InputError("name the contacts that were checked")
    with context.stored().unit("contact") as unit:
        rows = [get_contact(unit.session, contact_id) for contact_id in contact_ids]
        for row in rows:
            row.verified_on = max(day, row.verified_on or day)
            unit.session.add(row)
        who = rows[0].name if len(rows) == 1 else f"{len(rows)} contacts"
        return _done(unit, f"Verified {who}, {day.isoformat()}")


def verify_all(context: Context, tenant_id: str, *, on: date | None = None) -> Changes:
    """Say that all contacts of a tenant's customer were checked (RA-09)."""
    return records.record(context, tenant_id, "contacts", on=on)


def delete(context: Context, contact_id: str) -> Changes:
    """Remove a contact; undo brings it back."""
    with context.stored().unit("contact") as unit:
        row = get_contact(unit.session, contact_id)
        unit.session.delete(row)
        return _done(unit, f"Deleted the contact {row.name}")


def merge(context: Context, contact_ids: Sequence[str]) -> Changes:
    """Make one of contacts that are the same person: the fuller and fresher is kept (RA-09).

    Raises:
        RefusedError: they are not duplicates of one another.
    """
    every = [find(context, contact_id) for contact_id in dict.fromkeys(contact_ids)]
    group = next(iter(duplicates(every)), ())
    if not group or len(group) != len(every):
        raise RefusedError("only contacts of the same name or e-mail address can be merged")
    kept = merged(group)
    with context.stored().unit("contact") as unit:
        row = get_contact(unit.session, kept.id)
        for column in ("title", "role", "email", "phone", "verified_on", "created_on"):
            setattr(row, column, getattr(kept, column))
        row.partner_id = partner_id(context, unit, kept.partner or "")
        unit.session.add(row)
        for other in group:
            if other.id != kept.id:
                unit.session.delete(get_contact(unit.session, other.id))
        return _done(unit, f"Merged {len(group)} contacts into {kept.name}")


def _done(unit: "UnitOfWork", sentence: str, *tenants: str) -> Changes:
    unit.sentence = sentence
    return Changes(sentence, rank=True, tenants=frozenset(tenants))


def _name(text: str) -> str:
    name = clean_line(text)
    if not name:
        raise InputError("a contact needs a name")
    return name


def _past(context: Context, day: date | None) -> date | None:
    if day is not None and day > context.today():
        raise InputError(f"{day.isoformat()} is still to come; a contact is verified when it is")
    return day
