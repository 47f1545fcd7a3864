"""The contacts of a customer by section, stale and duplicate ones marked (RA-09, RA-10)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static
from textual.widgets.option_list import Option

from ftop_tui.playbook.contacts import Contact, given_up, is_stale, twins
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.screens import ways
from ftop_tui.screens.contact_form import ContactForm, ContactOffers, contact_offers
from ftop_tui.screens.contact_rows import Marks, columns, contact_row, details, legend, section_row
from ftop_tui.screens.escalation_form import facts_of
from ftop_tui.screens.escalations import customer_name
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted, place_of
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.services import contacts
from ftop_tui.services.context import Context
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.status_line import StatusLine

_MARGINS = 7
"""Cells beside the rows: the list's own, the options', the scrollbar."""


class ContactsScreen(ListScreen[None]):
    """A row a contact under its section; v verifies the marked ones, or the one chosen."""

    CSS_PATH = "contacts.tcss"
    AUTO_FOCUS = "#contacts"
    LIST = "#contacts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="contacts.new",
                tooltip="Add a contact to the section of the cursor"),
        Binding("e,enter", "edit", "Edit", id="contacts.edit", key_display="e",
                tooltip="Change the contact"),
        Binding("v", "verify", "Verify", id="contacts.verify",
                tooltip="The marked ones, or the one chosen, were checked today"),
        Binding("space", "mark", "Mark", id="contacts.mark",
                tooltip="Mark the contact, to verify several at once; again takes the mark off"),
        Binding("a", "mark_all", "All", id="contacts.mark-all",
                tooltip="Mark all contacts, or none"),
        Binding("m", "merge", "Merge", id="contacts.merge",
                tooltip="Make one of the contacts that are the same person"),
        Binding("d,f12", "delete", "Delete", id="contacts.delete", key_display="d",
                tooltip="Delete the contact; undo brings it back"),
        *undo_keys("contacts"),
        filter_key("contacts"),
        Binding("x", "escalations", "Escalations", id="contacts.escalations", show=False,
                tooltip="To the escalations of the customer"),
        Binding("escape,q", "leave", "Back", id="contacts.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.facts: TenantFacts | None = None
        self.contacts: Sequence[Contact] = ()
        self.shown: Sequence[Contact] = ()
        """Those that fit the filter."""
        self.twins: Mapping[str, tuple[Contact, ...]] = {}
        self.offered: ContactOffers | None = None
        self.marked: set[str] = set()
        """Ids of those that v verifies together."""
        self._rows: list[Contact | None] = []
        """Of each row its contact; None is the head of a section."""
        self._go_to: str | None = None

    def compose(self) -> ComposeResult:
        """Head, rows, what is known of one, legend, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        yield Static(id="columns")
        yield KeyList(id="contacts")
        yield Static(id="details")
        yield Static(id="legend")
        yield KeyLine()

    def on_resize(self, event: Resize) -> None:
        """Another width: other columns."""
        if self.offered is not None:
            self.sift()

    def read(self) -> None:
        """Look them up, and what a form offers."""
        look = partial(_look, self.context, self.tenant_id)
        self.run_service(look, self._fill, group="contacts", exclusive=True)

    def _fill(self, found: tuple[TenantFacts, Sequence[Contact], ContactOffers]) -> None:
        self.facts, self.contacts, self.offered = found
        self.twins = twins(self.contacts)
        self.marked &= {contact.id for contact in self.contacts}
        self._say_head()
        stale_days = self.context.pack.thresholds.contact_stale_days
        self.query_one("#legend", Static).update(legend(stale_days))
        self.sift()

    def sift(self) -> None:
        """The rows that fit the filter, with the cursor where it was."""
        if self.offered is None:
            return
        present = self.present
        wanted = self._go_to or (present.id if present else None)
        self._go_to = None
        self.shown = self.fitting(self.contacts, self._said)
        self._rows = list(self._grouped())
        width = self.size.width - _MARGINS
        self.query_one("#columns", Static).update(columns(width) if self.shown else "")
        self.draw(
            [
                self._row(contact, width) if contact else Option(head, disabled=True)
                for contact, head in zip(self._rows, self._heads(), strict=True)
            ],
            muted("No contact yet. ", "n", " adds one."),
            place_of(wanted, [each.id if each else None for each in self._rows], 1),
        )
        self.follow()

    def _grouped(self) -> Iterator[Contact | None]:
        section: str | None = None
        for contact in self.shown:
            if contact.section != section:
                section = contact.section
                yield None
            yield contact

    def _heads(self) -> Iterator[Content]:
        """Of each row the head that stands there, empty where a contact does."""
        for place, contact in enumerate(self._rows):
            following = self._rows[place + 1] if place + 1 < len(self._rows) else None
            if contact is None and following is not None and self.offered is not None:
                number = sum(c.section == following.section for c in self.shown)
                words = self.offered.words
                yield section_row(words.section(following.section), number, first=place == 0)
            else:
                yield Content("")

    def _said(self, contact: Contact) -> str:
        """What is known of a contact, for words to be looked for in."""
        assert self.offered is not None  # noqa: S101 - sifted once it was read
        words, marks = self.offered.words, self._marks(contact)
        said = (
            contact.name, words.section(contact.section), contact.title, words.role(contact.role),
            contact.email, contact.phone, contact.partner, "stale" if marks.stale else "",
            "duplicate" if marks.duplicate else "", "marked" if marks.marked else "",
        )  # fmt: skip
        return " ".join(filter(None, said))

    def _row(self, contact: Contact, width: int) -> Content:
        assert self.offered is not None  # noqa: S101 - rows are drawn of what was read
        return contact_row(contact, self._marks(contact), self.offered.words, width)

    def _marks(self, contact: Contact) -> Marks:
        days = self.context.pack.thresholds.contact_stale_days
        return Marks(
            contact.id in self.marked,
            is_stale(contact, self.context.today(), days),
            contact.id in self.twins,
        )

    def _say_head(self) -> None:
        title = Content.styled("Contacts", looks.STRONG)
        whose = foreign_line(customer_name(self.facts)) if self.facts else Content("")
        every = [self._marks(contact) for contact in self.contacts]
        stale, twice = sum(m.stale for m in every), sum(m.duplicate for m in every)
        count = Content.assemble(
            f"{len(every)} contact{'' if len(every) == 1 else 's'}  ",
            Content.styled(f"{stale} stale", "$ftop-late" if stale else looks.MUTED), "  ",
            Content.styled(f"{twice} duplicate", "$ftop-yellow" if twice else looks.MUTED),
        )  # fmt: skip
        right = Content.assemble(Content.styled("x", looks.KEY), " escalations ")
        self.query_one("#head", StatusLine).show(
            [Content("  ").join([title, whose, count]), Content("  ").join([title, count]), title],
            right,
        )

    @property
    def present(self) -> Contact | None:
        """The contact under the cursor."""
        return self.under_cursor(self._rows)

    def choose(self, place: int) -> None:
        """Change it."""
        self.action_edit()

    def follow(self) -> None:
        """Show what is known of the one under the cursor."""
        contact = self.present
        shown = Content("")
        if contact is not None and self.offered is not None:
            others = self.twins.get(contact.id, ())
            shown = details(contact, self._marks(contact), others, self.offered.words)
        self.query_one("#details", Static).update(shown)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """Why a key is grey: there is no contact, or nobody that is the same person."""
        if action == "merge" and self.present is not None:
            return "No other contact has this name or address: there is nothing to merge."
        return "There is no contact under the cursor; n adds one."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a contact there is nothing to change; without a twin nothing to merge."""
        contact = self.present if self.is_mounted else None
        if action in {"edit", "delete", "verify", "mark"} and contact is None:
            return None
        if action == "merge" and (contact is None or contact.id not in self.twins):
            return None
        if action == "mark_all" and not self.shown:
            return None
        if action == "new" and self.offered is None:
            return None
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Add one to the section of the cursor."""
        if self.offered is None:
            return
        section = self.present.section if self.present else next(iter(self.offered.words.sections))
        self._go_to = self.context.new_id()
        form = ContactForm(self.tenant_id, self.offered, section, made=self._go_to)
        self.app.push_screen(form)

    def action_edit(self) -> None:
        """Change the one under the cursor."""
        if self.present is not None and self.offered is not None:
            self.app.push_screen(ContactForm(self.tenant_id, self.offered, contact=self.present))

    def action_verify(self) -> None:
        """Say that the marked ones, or the one under the cursor, were checked today."""
        ids = [contact.id for contact in self.shown if contact.id in self.marked]
        if not ids and self.present is not None:
            ids = [self.present.id]
        if ids:
            self.marked.clear()
            self.write(partial(contacts.verify, self.context, ids))

    def action_mark(self) -> None:
        """Mark the one under the cursor and go on to the next, or take its mark off."""
        if self.present is not None:
            self.marked ^= {self.present.id}
            self.sift()
            self.query_one("#contacts", KeyList).action_cursor_down()

    def action_mark_all(self) -> None:
        """Mark all that are shown, or none where all of them are marked."""
        every = {contact.id for contact in self.shown}
        self.marked = set() if self.marked == every else every
        self.sift()

    def action_merge(self) -> None:
        """Make one of the contacts that are the same person; what is dropped is named first."""
        contact = self.present
        if contact is None or contact.id not in self.twins:
            return
        group = (contact, *self.twins[contact.id])
        dropped = given_up(group)
        question = Confirm(
            f"Merge {len(group)} contacts?", clean_line(contact.name)
            + "\nThe fuller and fresher one is kept, its empty fields filled; u takes it back.",
            yes="Merge", no="Leave them",
            details=[f"Dropped: {line}" for line in dropped],
        ).asking("merge")  # fmt: skip

        def answered(yes: bool | None) -> None:
            if yes:
                self.write(partial(contacts.merge, self.context, [each.id for each in group]))

        self.app.push_screen(question, answered)

    def action_delete(self) -> None:
        """Delete it after a question that names it; undo brings it back."""
        contact = self.present
        if contact is None:
            return
        question = Confirm(
            "Delete this contact?", f"{clean_line(contact.name)}\nu brings it back.",
            yes="Delete", no="Keep", danger=True,
        )  # fmt: skip

        def answered(yes: bool | None) -> None:
            if yes:
                self.write(partial(contacts.delete, self.context, contact.id))

        self.app.push_screen(question, answered)

    def action_escalations(self) -> None:
        """To the escalations."""
        ways.escalations(self.app, self.tenant_id)


def _look(context: Context, tenant_id: str) -> tuple[TenantFacts, Sequence[Contact], ContactOffers]:
    facts = facts_of(context, tenant_id)
    return facts, contacts.read(context, facts.customer_id), contact_offers(context)
