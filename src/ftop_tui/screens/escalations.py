"""The escalations of a customer: the list left, the log of one right (RA-08, FR-13)."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from ftop_tui.playbook.escalations import HEARD, NOTIFIED, PROGRESS, RESOURCE, Entry, Escalation
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.people import PeopleTerms
from ftop_tui.screens import ways
from ftop_tui.screens.escalation_form import (
    EntryForm,
    EscalationForm,
    Offers,
    ResolveForm,
    facts_of,
    offers,
)
from ftop_tui.screens.form_dialog import heading
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted, place_of
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.services import escalations
from ftop_tui.services.context import Context
from ftop_tui.services.people import terms
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import BLANK, Block, TextPanel

_OPEN = "$ftop-blocked"
_DONE = "$ftop-green"
_SORT_STYLES = {HEARD: looks.KEY, NOTIFIED: "$ftop-draft", PROGRESS: "", RESOURCE: "$ftop-due"}
_LEAD = 28
"""Cells of day, time and sort before an entry."""


class EscalationsScreen(ListScreen[None]):
    """Open ones on top; the letters of the entries write into the log of the one chosen."""

    CSS_PATH = "escalations.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#escalations"
    LIST = "#escalations"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="escalations.new", tooltip="Raise an escalation"),
        Binding("h", f"log('{HEARD}')", "Heard", id="escalations.heard",
                tooltip="Write down a party that was heard"),
        Binding("y", f"log('{NOTIFIED}')", "Told", id="escalations.notified",
                tooltip="Write down a party that was notified, with the time"),
        Binding("p", f"log('{PROGRESS}')", "Progress", id="escalations.progress",
                tooltip="Write down how it goes on"),
        Binding("r", f"log('{RESOURCE}')", "Resource", id="escalations.resource",
                tooltip="Write down a resource that was brought in"),
        Binding("x", "resolve", "Resolve", id="escalations.resolve",
                tooltip="Say that it is resolved, and how"),
        Binding("o", "reopen", "Reopen", id="escalations.reopen", show=False,
                tooltip="Open a resolved escalation again"),
        Binding("e,enter", "edit", "Edit", id="escalations.edit", key_display="e",
                tooltip="Change title, workload, partner and the like"),
        Binding("d,f12", "delete", "Delete", id="escalations.delete", key_display="d",
                tooltip="Delete the escalation with its log; undo brings both back"),
        *undo_keys("escalations"),
        filter_key("escalations"),
        Binding("c", "contacts", "Contacts", id="escalations.contacts", show=False,
                tooltip="To the contacts of the customer"),
        Binding("pagedown", "scroll_log(1)", "Log down", id="escalations.log-down", priority=True,
                show=False, tooltip="Scroll the log down"),
        Binding("pageup", "scroll_log(-1)", "Log up", id="escalations.log-up", priority=True,
                show=False, tooltip="Scroll the log up"),
        Binding("escape,q", "leave", "Back", id="escalations.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.escalations: Sequence[Escalation] = ()
        self.shown: Sequence[Escalation] = ()
        """Those that fit the filter."""
        self.facts: TenantFacts | None = None
        self.words: PeopleTerms | None = None
        self.offered = Offers()
        self._go_to: str | None = None
        """The id of one that is to be under the cursor once the list is read anew."""

    def compose(self) -> ComposeResult:
        """Head, list and log, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        with Horizontal(id="parts"):
            yield KeyList(id="escalations")
            yield TextPanel(id="log")
        yield KeyLine()

    def read(self) -> None:
        """Look them up, and what a form offers."""
        look = partial(_look, self.context, self.tenant_id)
        self.run_service(look, self._fill, group="escalations", exclusive=True)

    def _fill(self, found: tuple[TenantFacts, Sequence[Escalation], Offers, PeopleTerms]) -> None:
        present = self.present
        self._go_to = self._go_to or (present.id if present else None)
        self.facts, self.escalations, self.offered, self.words = found
        self._say_head()
        self.sift()

    def sift(self) -> None:
        """Show those that fit the filter; the cursor stays on the one that it is on."""
        present, today = self.present, self.context.today()
        wanted = self._go_to or (present.id if present else None)
        self._go_to = None
        self.shown = self.fitting(self.escalations, lambda each: _said(each, today))
        self.draw(
            [_row(each, today) for each in self.shown],
            muted("No escalation. ", "n", " raises one."),
            place_of(wanted, [each.id for each in self.shown]),
        )
        self.follow()

    def _say_head(self) -> None:
        title = Content.styled("Escalations", looks.STRONG)
        whose = foreign_line(customer_name(self.facts)) if self.facts else Content("")
        still = sum(each.is_open for each in self.escalations)
        count = Content.assemble(
            Content.styled(f"{still} open", _OPEN if still else looks.MUTED),
            Content.styled(f"  {len(self.escalations) - still} resolved", looks.MUTED),
        )
        right = Content.assemble(Content.styled("u", looks.KEY), " undo  ",
                                 Content.styled("c", looks.KEY), " contacts ")  # fmt: skip
        self.query_one("#head", StatusLine).show(
            [Content("  ").join([title, whose, count]), Content("  ").join([title, count]), title],
            right,
        )

    @property
    def present(self) -> Escalation | None:
        """The escalation under the cursor."""
        return self.under_cursor(self.shown)

    def choose(self, place: int) -> None:
        """Change what it says of itself."""
        self.action_edit()

    def follow(self) -> None:
        """Show the log of the one under the cursor."""
        escalation = self.present
        blocks: Sequence[Block] = ()
        if escalation is not None and self.words is not None:
            blocks = list(log_blocks(escalation, self.words, self.context.today()))
        self.query_one("#log", TextPanel).show(blocks)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """Why a key is grey: no escalation, or one of the other kind."""
        if self.present is None:
            return "There is no escalation under the cursor; n raises one."
        if action == "resolve":
            return "It is resolved already; o opens it again."
        return "It is open; x says that it is resolved."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is open is resolved, only what is resolved is opened again."""
        if action in {"log", "resolve", "reopen", "edit", "delete"}:
            escalation = self.present if self.is_mounted else None
            if escalation is None:
                return None
            if action == "resolve" and not escalation.is_open:
                return None
            if action == "reopen" and escalation.is_open:
                return None
        if action == "new" and self.facts is None:
            return None
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Raise one."""
        made = self.context.new_id()
        form = EscalationForm(self.tenant_id, self.offered, self.context.today(), made=made)
        self._go_to = made
        self.app.push_screen(form)

    def action_log(self, sort: str) -> None:
        """Write into the log of the one under the cursor."""
        if self.present is not None:
            self.app.push_screen(EntryForm(self.context, self.present, sort, self.offered))

    def action_edit(self) -> None:
        """Change what it says of itself."""
        if self.present is not None:
            form = EscalationForm(
                self.tenant_id, self.offered, self.context.today(), escalation=self.present
            )
            self.app.push_screen(form)

    def action_resolve(self) -> None:
        """Say how it was resolved."""
        if self.present is not None:
            self.app.push_screen(ResolveForm(self.present, self.context.today()))

    def action_reopen(self) -> None:
        """Open it again; its log keeps what had resolved it."""
        if self.present is not None:
            self._go_to = self.present.id
            self.write(partial(escalations.reopen, self.context, self.present.id))

    def action_delete(self) -> None:
        """Delete it after a question that names it; undo brings it back."""
        escalation = self.present
        if escalation is None:
            return
        entries = len(escalation.entries)
        noun = "1 entry" if entries == 1 else f"{entries} entries"
        question = Confirm(
            "Delete this escalation?", f"{clean_line(escalation.title)}\nIts log has {noun}. "
            "u brings all of it back.", yes="Delete", no="Keep", danger=True,
        )  # fmt: skip

        def answered(yes: bool | None) -> None:
            if yes:
                self.write(partial(escalations.delete, self.context, escalation.id))

        self.app.push_screen(question, answered)

    def action_contacts(self) -> None:
        """To the contacts."""
        ways.contacts(self.app, self.tenant_id)

    def action_scroll_log(self, pages: int) -> None:
        """Scroll the log by a page."""
        self.query_one("#log", TextPanel).scroll_pages(pages)


def _look(
    context: Context, tenant_id: str
) -> tuple[TenantFacts, Sequence[Escalation], Offers, PeopleTerms]:
    facts = facts_of(context, tenant_id)
    found = escalations.read(context, facts.customer_id)
    return facts, found, offers(context, facts.customer_id), terms(context)


def customer_name(facts: TenantFacts) -> str:
    """The customer's name as a head shows it."""
    return facts.brand or facts.customer or facts.name


def _said(escalation: Escalation, today: date) -> str:
    """What the row says of one and what its log does, for words to be looked for in."""
    logged = (text for each in escalation.entries for text in (each.who, each.text))
    said = (
        escalation.title, escalation.state(today), "open" if escalation.is_open else "resolved",
        escalation.tag, escalation.partner, escalation.raised_by, escalation.tenant_name,
        escalation.resolution, *logged,
    )  # fmt: skip
    return " ".join(filter(None, said))


def _row(escalation: Escalation, today: date) -> Content:
    mark = ("x", _OPEN) if escalation.is_open else ("v", _DONE)
    style = looks.STRONG if escalation.is_open else looks.MUTED
    more = [escalation.state(today), escalation.tag or "", escalation.partner or ""]
    return Content.assemble(
        Content.styled(f"{mark[0]} ", mark[1]), foreign_line(escalation.title, style), "\n  ",
        foreign_line(" · ".join(filter(None, more)), looks.MUTED),
    )  # fmt: skip


def log_blocks(escalation: Escalation, words: PeopleTerms, today: date) -> Iterator[Block]:
    """An escalation with its log, the newest entry on top; with the PSM of its partner (FR-03)."""
    yield Block(foreign_line(escalation.title, looks.STRONG))
    yield Block(Content.styled(escalation.state(today), _OPEN if escalation.is_open else _DONE))
    yield BLANK
    raised = escalation.raised_on.isoformat()
    facts = [
        ("Raised", f"{raised} by {escalation.raised_by}" if escalation.raised_by else raised),
        ("From", escalation.origin),
        ("Tenant", escalation.tenant_name),
        ("Workload", escalation.tag or ""),
        ("Partner", escalation.partner or ""),
        ("Ask first", escalation.psm_text),
        ("Resolved", escalation.resolution or ""),
    ]
    for name, text in facts:
        if text:
            style = looks.MISSING if text == "PSM not known" else ""
            yield Block(foreign(text, style), 11, Content.styled(name, looks.MUTED))
    yield BLANK
    counts = [(words.sort(s), len(escalation.of_sort(s))) for s in words.sorts]
    yield Block(heading("LOG", " · ".join(f"{word} {n}" for word, n in counts)))
    for entry in reversed(escalation.entries):
        yield _entry(entry, words)
    if not escalation.is_open:
        yield BLANK
        yield Block(Content.assemble(Content.styled("o", looks.KEY), " opens it again"))


def _entry(entry: Entry, words: PeopleTerms) -> Block:
    style = _SORT_STYLES.get(entry.sort, "")
    lead = Content.assemble(
        Content.styled(f"{entry.day.isoformat()} ", looks.MUTED),
        foreign(fit(entry.at or "", 7), looks.MUTED),
        foreign_line(words.sort(entry.sort), style),
    )
    who = foreign_line(entry.who or "", looks.STRONG)
    gap = "  " if entry.who and entry.text else ""
    return Block(Content.assemble(who, gap, foreign(entry.text or "")), _LEAD, lead)
