"""What the Overall form shows around its note, read once."""

from dataclasses import dataclass

from ftop_tui.playbook.lint.record import RecordContext
from ftop_tui.services.context import Context
from ftop_tui.services.next_actions import open_actions
from ftop_tui.services.record_context import record_context
from ftop_tui.store import repositories
from ftop_tui.store.next_actions import NextAction


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may have been on the call: the name, and who that is."""

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The record around an Overall note of one tenant."""

    record: RecordContext
    people: tuple[Person, ...]
    """FM and FTA, then the contacts, each name once (OS-11)."""
    actions: tuple[NextAction, ...]
    """What is open from the tenant's notes (OS-02)."""


def around(context: Context, tenant_id: str) -> Around:
    """What is known around the Overall note of a tenant.

    Raises:
        NotFoundError: there is no such tenant.
    """
    with context.stored().looking() as session:
        customer = repositories.get_customer(session, tenant_id)
        found = [Person(name, role) for name, role in ((customer.fm, "FM"), (customer.fta, "FTA"))
                 if name]  # fmt: skip
        for contact in repositories.contacts_of(session, customer.id):
            about = ", ".join(part for part in (contact.title, contact.section) if part)
            found.append(Person(contact.name, about))
    people: dict[str, Person] = {}
    for person in found:
        people.setdefault(person.name.casefold(), person)
    return Around(
        record_context(context, tenant_id),
        tuple(people.values()),
        tuple(open_actions(context, tenant_id)),
    )
