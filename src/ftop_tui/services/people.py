"""Contacts and escalations as they are read, without the ORM; the words that they share."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ftop_tui.errors import InputError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.contacts import Contact, is_stale
from ftop_tui.playbook.escalations import Escalation, in_order
from ftop_tui.playbook.people import PeopleTerms
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import partner_names
from ftop_tui.store.contacts import read_contacts
from ftop_tui.store.escalations import read_escalations
from ftop_tui.text import fold

if TYPE_CHECKING:
    from ftop_tui.store.unit_of_work import UnitOfWork


def terms(context: Context) -> PeopleTerms:
    """Sections, roles and sorts of entries, of the pack in force (RA-08, RA-09)."""
    return _terms(context.paths.pack)


@lru_cache(maxsize=4)
def _terms(pack_file: Path) -> PeopleTerms:
    return PeopleTerms.read(load_part("people", pack_file))


def escalations_of(
    context: Context, customer_id: str | None = None, *, open_only: bool = False
) -> list[Escalation]:
    """The escalations of a customer or of all: open ones first, the oldest on top (RA-08)."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        return in_order(read_escalations(connection, customer_id, open_only=open_only))


def contacts_of(context: Context, customer_id: str | None = None) -> list[Contact]:
    """The contacts of a customer or of all, in the pack's order of sections (RA-09)."""
    if not context.store.exists():
        return []
    with reading(context) as connection:
        found = read_contacts(connection, customer_id)
    order = {key: place for place, key in enumerate(terms(context).sections)}
    return sorted(
        found, key=lambda c: (c.customer_id, order.get(c.section, len(order)), c.name.casefold())
    )


def stale_of(context: Context, customer_id: str | None = None) -> list[Contact]:
    """Those of them that are to be verified again, the longest forgotten first (RA-09)."""
    days, today = context.pack.thresholds.contact_stale_days, context.today()
    stale = [c for c in contacts_of(context, customer_id) if is_stale(c, today, days)]
    return sorted(stale, key=lambda c: c.last_seen)


def known_partners(context: Context) -> Sequence[str]:
    """The partners that are on record or registered on a workload, by name (FR-01)."""
    if not context.store.exists():
        return ()
    with reading(context) as connection:
        return partner_names.read_partners(connection)


def partner_id(context: Context, unit: "UnitOfWork", name: str) -> str | None:
    """The id of the partner of that name; None for an empty one.

    A partner that so far is only registered on a workload gets its row here.

    Raises:
        InputError: no partner is called so; those that there are are named.
    """
    if not name.strip():
        return None
    known = known_partners(context)
    meant = next((partner for partner in known if fold(partner) == fold(name)), None)
    if meant is None:
        there = f"there are: {', '.join(known)}" if known else "none is registered on a workload"
        raise InputError(f"{name.strip()!r} is no partner on record; {there}")
    return partner_names.row_of(unit, meant, context.new_id)
