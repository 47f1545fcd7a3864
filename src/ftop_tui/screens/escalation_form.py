"""The forms of escalations: raise or edit one, write into its log, resolve it (RA-08, FR-13)."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from textual.content import Content

from ftop_tui.errors import InputError, NotFoundError
from ftop_tui.playbook.escalations import NOTIFIED, Escalation, read_told
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.form_dialog import FormDialog, FormField, read_day
from ftop_tui.services import contacts, escalations, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.people import known_partners, terms
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.people_suggester import PeopleSuggester

_ORIGINS = ("external", "internal")
_COMMAS = "with commas between"


class Offers(NamedTuple):
    """What the forms offer: partners, workloads, and people of the customer."""

    partners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def offers(context: Context, customer_id: str) -> Offers:
    """What there is to offer for a customer."""
    people = dict.fromkeys(contact.name for contact in contacts.read(context, customer_id))
    return Offers(tuple(known_partners(context)), tuple(context.pack.by_tag), tuple(people))


def raise_for(screen: FtopScreen[Any], tenant_id: str, *, partner: str = "") -> None:
    """Ask for an escalation of a tenant's customer; from a partner's entry it is named (FR-13)."""

    def look() -> Offers:
        facts = facts_of(screen.context, tenant_id)
        return offers(screen.context, facts.customer_id)

    def ask(offered: Offers) -> None:
        today = screen.context.today()
        screen.app.push_screen(EscalationForm(tenant_id, offered, today, partner=partner))

    screen.run_service(look, ask, group="escalation", exclusive=True)


def facts_of(context: Context, tenant_id: str) -> TenantFacts:
    """The facts of a tenant.

    Raises:
        NotFoundError: there is none of that id.
    """
    for ranked in portfolio.load(context).ranked:
        if ranked.facts.tenant_id == tenant_id:
            return ranked.facts
    raise NotFoundError(f"there is no tenant {tenant_id}")


def _origin_of(partner: str) -> str:
    return "external" if partner else ""


class EscalationForm(FormDialog):
    """Raises an escalation, also from a partner's entry (FR-13); or edits one.

    The id of a new one is made beforehand, so that whoever opened the form can go to it.
    """

    def __init__(
        self,
        tenant_id: str,
        offered: Offers,
        today: date,
        *,
        escalation: Escalation | None = None,
        partner: str = "",
        made: str | None = None,
    ) -> None:
        self.tenant_id, self.escalation, self.offered = tenant_id, escalation, offered
        self.made, self.partner = made, partner
        old = escalation
        fields = [
            FormField("title", "Title", old.title if old else "", hint="what it is about"),
            FormField("by", "Raised by", (old.raised_by or "") if old else partner, offered.people),
            FormField("origin", "From", old.origin if old else _origin_of(partner), _ORIGINS),
            FormField("tag", "Workload", (old.tag or "") if old else "", offered.tags),
            FormField("partner", "Partner", (old.partner or "") if old else partner,
                      offered.partners),
            FormField("on", "Raised on", (old.raised_on if old else today).isoformat(),
                      hint="YYYY-MM-DD"),
        ]  # fmt: skip
        if old is None:
            fields += [
                FormField("heard", "Heard", hint=f"who, {_COMMAS}"),
                FormField("notified", "Notified", hint=f"who@HH:MM, {_COMMAS}"),
                FormField("text", "What is known"),
            ]
        super().__init__("Edit the escalation" if old else "Raise an escalation", fields)

    def on_mount(self) -> None:
        """Complete names also where several stand in a line."""
        super().on_mount()
        if self.escalation is None:
            for name in ("heard", "notified"):
                self.line(name).line.suggester = PeopleSuggester(self.offered.people)

    @property
    def subject(self) -> tuple[str, ...]:
        """The escalation, whatever its title; a new one by the partner that it is raised from."""
        return (self.heading, self.escalation.id if self.escalation else self.partner)

    def call(self, values: Mapping[str, str]) -> Callable[[], Changes]:
        """Raise it, or write what was edited."""
        day = read_day(values["on"])
        internal = _internal(values["origin"])
        if self.escalation is not None:
            began = {field.name: field.value for field in self.fields}
            names = {"title": "title", "by": "raised_by", "tag": "tag", "partner": "partner"}
            changed = {
                names[name]: text
                for name, text in values.items()
                if name in names and text != began[name]
            }
            return partial(
                escalations.edit, self.context, self.escalation.id, internal=internal, on=day,
                **changed,
            )  # fmt: skip
        return partial(
            escalations.add, self.context, self.tenant_id, values["title"],
            raised_by=values["by"], internal=internal, tag=values["tag"],
            partner=values["partner"], on=day, heard=_parts(values["heard"]),
            notified=[read_told(part) for part in _parts(values["notified"])],
            text=values["text"], escalation_id=self.made,
        )  # fmt: skip


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _internal(text: str) -> bool | None:
    """Whether it was raised within Microsoft.

    Raises:
        InputError: it is neither word nor the beginning of one.
    """
    word = text.casefold()
    meant = [origin for origin in _ORIGINS if word and origin.startswith(word)]
    if word and not meant:
        raise InputError(f"{text!r} is neither of: {', '.join(_ORIGINS)}")
    return meant[0] == "internal" if meant else None


class EntryForm(FormDialog):
    """Writes a line into the log of an escalation; the PSM is offered first (RA-08, FR-03)."""

    def __init__(
        self, context: Context, escalation: Escalation, sort: str, offered: Offers
    ) -> None:
        self.escalation, self.sort = escalation, sort
        known = terms(context).sorts[sort]
        first = [name for name in (escalation.psm, escalation.raised_by) if name]
        people = list(dict.fromkeys([*first, *offered.people]))
        now = f"{context.now():%H:%M}" if sort == NOTIFIED else ""
        fields = [
            FormField("who", "Who", offered=people),
            FormField("text", "What"),
            FormField("on", "Day", context.today().isoformat(), hint="YYYY-MM-DD"),
            FormField("at", "Time", now, hint="HH:MM, where it is known"),
        ]
        if "who" not in known.needs:
            fields = [fields[1], fields[0], *fields[2:]]
        super().__init__(escalation.title, fields, foreign_line(known.ask, looks.STRONG))
        self.asking(sort)

    @property
    def subject(self) -> tuple[str, ...]:
        """The escalation, and what sort of line."""
        return (self.escalation.id, self.sort)

    def call(self, values: Mapping[str, str]) -> Callable[[], Changes]:
        """Write the line."""
        return partial(
            escalations.log, self.context, self.escalation.id, self.sort, who=values["who"],
            text=values["text"], on=read_day(values["on"]), at=values["at"],
        )  # fmt: skip


class ResolveForm(FormDialog):
    """Says how an escalation was resolved, and when (RA-08)."""

    def __init__(self, escalation: Escalation, today: date) -> None:
        self.escalation = escalation
        raised = Content.styled(f"Raised on {escalation.raised_on.isoformat()}.", looks.MUTED)
        fields = (
            FormField("text", "Resolution", hint="what resolved it"),
            FormField("on", "Resolved on", today.isoformat(), hint="YYYY-MM-DD"),
        )
        super().__init__(f"Resolve {escalation.title}", fields, raised)

    @property
    def subject(self) -> tuple[str, ...]:
        """The escalation, whatever its title."""
        return (self.escalation.id,)

    def call(self, values: Mapping[str, str]) -> Callable[[], Changes]:
        """Resolve it."""
        return partial(
            escalations.resolve, self.context, self.escalation.id, values["text"],
            on=read_day(values["on"]),
        )  # fmt: skip
