"""The form of a contact: any title is right, the pack's and earlier ones are offered (RA-10)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from ftop_tui.playbook.contacts import Contact, email_problem
from ftop_tui.playbook.people import PeopleTerms
from ftop_tui.screens.form_dialog import FormDialog, FormField, read_day
from ftop_tui.services import contacts
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.people import known_partners, terms


class ContactOffers(NamedTuple):
    """What the form offers: the pack's words, titles, partners."""

    words: PeopleTerms
    titles: tuple[str, ...]
    partners: tuple[str, ...]


def contact_offers(context: Context) -> ContactOffers:
    """What there is to offer."""
    return ContactOffers(
        terms(context), tuple(contacts.titles(context)), tuple(known_partners(context))
    )


class ContactForm(FormDialog):
    """Adds a contact to a section, or edits one (RA-09)."""

    def __init__(
        self,
        tenant_id: str,
        offered: ContactOffers,
        section: str = "",
        *,
        contact: Contact | None = None,
        made: str | None = None,
    ) -> None:
        self.tenant_id, self.contact, self.made = tenant_id, contact, made
        words, old = offered.words, contact
        verified = old.verified_on.isoformat() if old and old.verified_on else ""
        fields = (
            FormField("name", "Name", old.name if old else ""),
            FormField("section", "Section", words.section(old.section if old else section),
                      tuple(words.sections.values())),
            FormField("title", "Title", (old.title or "") if old else "", offered.titles),
            FormField("role", "Role", words.role(old.role) if old else "",
                      tuple(words.roles.values())),
            FormField("email", "E-mail", (old.email or "") if old else ""),
            FormField("phone", "Phone", (old.phone or "") if old else ""),
            FormField("partner", "Partner", (old.partner or "") if old else "", offered.partners),
            FormField("verified", "Verified on", verified, hint="YYYY-MM-DD; empty: not yet"),
        )  # fmt: skip
        super().__init__("Edit the contact" if old else "Add a contact", fields)

    @property
    def subject(self) -> tuple[str, ...]:
        """The contact, whatever it is called."""
        return (self.heading, self.contact.id if self.contact else "")

    def call(self, values: Mapping[str, str]) -> Callable[[], Changes]:
        """Add it, or write what was edited; a line left as it was is not touched."""
        given = {name: values[name] for name in ("title", "role", "email", "phone", "partner")}
        day = read_day(values["verified"])
        if self.contact is None:
            return partial(
                contacts.add, self.context, self.tenant_id, values["section"], values["name"],
                verified=day, contact_id=self.made, **given,
            )  # fmt: skip
        began = {field.name: field.value for field in self.fields}
        changed = {
            name: text
            for name, text in {
                **given,
                "section": values["section"],
                "name": values["name"],
            }.items()
            if text != began[name]
        }
        return partial(contacts.edit, self.context, self.contact.id, verified=day, **changed)

    def saved(self, changes: Changes, values: Mapping[str, str]) -> None:
        """An odd address of mail is said; it is kept."""
        problem = email_problem(values["email"])
        if problem:
            self.say(f"{problem[:1].upper()}{problem[1:]}.")
