"""Contacts: whose verification is stale, and who is listed twice (RA-09, RA-10)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ftop_tui.text import fold

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


class Contact(NamedTuple):
    """A person of a customer, in one of the pack's sections."""

    id: str
    customer_id: str
    section: str
    name: str
    title: str | None
    """Free text; of a special resource its kind (RA-10)."""
    role: str | None
    email: str | None
    phone: str | None
    partner: str | None
    verified_on: date | None
    created_on: date

    @property
    def last_seen(self) -> date:
        """When it was verified last; before that, when it was added."""
        return self.verified_on or self.created_on

    @property
    def seen_text(self) -> str:
        """When it was verified last, in words."""
        if self.verified_on is not None:
            return f"verified {self.verified_on.isoformat()}"
        return f"never verified, added {self.created_on.isoformat()}"

    @property
    def fullness(self) -> int:
        """How many of its optional fields hold something."""
        return sum(bool(getattr(self, name)) for name in _OPTIONAL)


_OPTIONAL = ("title", "role", "email", "phone", "partner")


def is_stale(contact: Contact, today: date, stale_days: int) -> bool:
    """Whether it was not verified for the pack's number of days (RA-09)."""
    return contact.last_seen <= today - timedelta(days=stale_days)


def email_problem(email: str | None) -> str | None:
    """What is odd about an address of mail, in words; None where nothing is. It is kept anyway."""
    address = (email or "").strip()
    if not address or _ADDRESS.fullmatch(address):
        return None
    return f"{address!r} does not look like an e-mail address; it is kept as it is"


def duplicates(contacts: Iterable[Contact]) -> list[tuple[Contact, ...]]:
    """Those that are the same person, as groups of two and more (RA-09).

    Within a customer: the same e-mail address, or the same name without case and accents; what is
    the same as a third is the same too. In a group the one to keep comes first.
    """
    groups: dict[tuple[str, ...], list[Contact]] = {}
    for contact in contacts:
        same = {id(group): group for key in _signs(contact) if (group := groups.get(key))}
        joined = [*(other for group in same.values() for other in group), contact]
        for member in joined:
            groups.update(dict.fromkeys(_signs(member), joined))
    found = {id(group): group for group in groups.values() if len(group) > 1}
    return [tuple(sorted(group, key=_worth)) for group in found.values()]


def twins(contacts: Sequence[Contact]) -> Mapping[str, tuple[Contact, ...]]:
    """Of each contact that is listed more than once, by its id, the others that are it too."""
    return {
        contact.id: tuple(other for other in group if other.id != contact.id)
        for group in duplicates(contacts)
        for contact in group
    }


def _signs(contact: Contact) -> list[tuple[str, ...]]:
    """By what a contact is told to be the same as another."""
    signs = {"email": fold(contact.email or ""), "name": fold(contact.name)}
    return [(contact.customer_id, kind, sign) for kind, sign in signs.items() if sign]


def _worth(contact: Contact) -> tuple[int, int, date, str]:
    """The fuller comes first, then the fresher; the id decides where both are alike."""
    return (-contact.fullness, -contact.last_seen.toordinal(), contact.created_on, contact.id)


def merged(group: Sequence[Contact]) -> Contact:
    """One contact out of several: the fullest and freshest, its empty fields filled (RA-09).

    What only the others know is taken over, the fuller before the less full; it counts as verified
    when any of them was last.
    """
    ordered = sorted(group, key=_worth)
    kept = ordered[0]

    def first(name: str) -> str | None:
        return next((value for c in ordered if (value := getattr(c, name))), None)

    return kept._replace(
        title=first("title"),
        role=first("role"),
        email=first("email"),
        phone=first("phone"),
        partner=first("partner"),
        verified_on=max((c.verified_on for c in group if c.verified_on), default=None),
        created_on=min(c.created_on for c in group),
    )


def given_up(group: Sequence[Contact]) -> list[str]:
    """What merging drops, a line each: values of the others that the kept one has otherwise."""
    kept = merged(group)
    lines = []
    for contact in sorted(group, key=_worth)[1:]:
        for name in ("section", "name", *_OPTIONAL):
            value, stays = getattr(contact, name), getattr(kept, name)
            if value and fold(str(value)) != fold(str(stays)):
                lines.append(f"{name} {value}, for {stays} stays")
    return list(dict.fromkeys(lines))


def offered_titles(first: Sequence[str], earlier: Iterable[str]) -> list[str]:
    """Titles to offer: the pack's in its order, then those typed before, each once (RA-10)."""
    offered: dict[str, str] = {}
    for title in (*first, *sorted(earlier, key=fold)):
        if title.strip():
            offered.setdefault(fold(title), title.strip())
    return list(offered.values())
