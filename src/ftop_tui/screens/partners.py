"""The partners: who works on what, the checklist, reviews, data and inputs, and what was missed."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from ftop_tui.playbook.partnering import Partnership
from ftop_tui.screens import partner_verbs, ways
from ftop_tui.screens.escalation_form import raise_for
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted, place_of
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.services import partners
from ftop_tui.widgets import looks, partner_text
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel

_NONE = (
    "No partner is registered.\n"
    "One is where the primary RM's name starts with FTP.\n"
    "Workloads come in by import (FR-01)."
)
_NONE_HERE = "No partner is registered here.\nPress l to see all partners."


class PartnersScreen(ListScreen[None]):
    """Partnerships left, the page of one right; with a tenant only those of its customer.

    Which workloads a partner has is not changed here (FR-02).
    """

    CSS_PATH = "partners.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "verb('step')", "Step", id="partners.step",
                tooltip="Tick a step of the checklist off, or open it again"),
        Binding("a", "verb('agreement')", "Agreed", id="partners.agree",
                tooltip="The partner agreed to status reviews and data for FTOP"),
        Binding("r", "verb('review')", "Review", id="partners.review",
                tooltip="Set a review, or say that one was held, missed or called off"),
        Binding("d", "verb('data')", "Data", id="partners.data",
                tooltip="The partner's data of a workload is in FTOP"),
        Binding("i", "verb('input')", "Input", id="partners.input",
                tooltip="Log what the partner said or sent"),
        Binding("n", "verb('note')", "To note", id="partners.note",
                tooltip="Make a draft of an input, and open it"),
        Binding("f", "verb('informed')", "PSM informed", id="partners.informed",
                tooltip="The PSM was told how it goes"),
        Binding("p", "verb('psm')", "PSM", id="partners.psm",
                tooltip="Say who the partner's PSM is, at all its customers"),
        Binding("x", "verb('access')", "Access", id="partners.access", show=False,
                tooltip="Say whether the partner can write into FTOP itself"),
        Binding("t", "talk", "Talking points", id="partners.talk", show=False,
                tooltip="Show the talking points of every step, or of the next one only"),
        Binding("c", "go('contacts')", "Contacts", id="partners.contacts", show=False,
                tooltip="The contacts of the customer, the partner's PoC among them"),
        Binding("e", "go('escalations')", "Escalations", id="partners.escalations", show=False,
                tooltip="The escalations of the customer"),
        Binding("E", "raise", "Raise", id="partners.raise", show=False,
                tooltip="Raise an escalation that the partner told of"),
        Binding("m", "go('forecasts')", "Milestones", id="partners.milestones", show=False,
                tooltip="The milestones and forecasts of the customer's workloads"),
        Binding("l", "whose", "All", id="partners.whose", show=False,
                tooltip="All partners, or those of this customer only"),
        *undo_keys("partners"),
        filter_key("partners"),
        Binding("pagedown", "scroll_page(1)", "Page down", id="partners.page-down", priority=True,
                show=False, tooltip="Scroll the page down"),
        Binding("pageup", "scroll_page(-1)", "Page up", id="partners.page-up", priority=True,
                show=False, tooltip="Scroll the page up"),
        Binding("question_mark", "app.help", "Help", id="partners.help", key_display="?",
                show=False, tooltip="What the keys do"),
        Binding("escape,q", "leave", "Back", id="partners.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str | None = None) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.everyone = tenant_id is None
        """Whether the partners of all customers are shown."""
        self.partnerships: Sequence[Partnership] = ()
        self.shown: Sequence[Partnership] = ()
        """Those that fit the filter."""
        self.talking = False

    def compose(self) -> ComposeResult:
        """Head, partnerships and page, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        with Horizontal(id="partners"):
            yield KeyList(id="list")
            yield TextPanel(id="page")
        yield KeyLine()

    def read(self) -> None:
        """Look the partners up: of all customers, or of this one."""
        tenant_id = None if self.everyone else self.tenant_id
        look = partial(partners.of_tenant, self.context, tenant_id)
        self.run_service(look, self._fill, group="partners", exclusive=True)

    def _fill(self, partnerships: Sequence[Partnership]) -> None:
        before = self.present
        self.partnerships = partnerships
        self._say_head()
        self._fill_rows(before)

    def sift(self) -> None:
        """Show those that fit the filter; the cursor stays on the one that it is on."""
        self._fill_rows(self.present)

    def _fill_rows(self, before: Partnership | None) -> None:
        today = self.context.today()
        self.shown = self.fitting(self.partnerships, lambda each: _said(each, today))
        self.draw(
            [partner_text.row(each, today) for each in self.shown],
            muted(_NONE if self.everyone else _NONE_HERE),
            self._place_of(before),
        )
        self._show(keep_place=before is not None and self.present == before)
        self.refresh_bindings()

    def _place_of(self, before: Partnership | None) -> int:
        """Where the partnership that was looked at stands now."""
        keys = [(each.customer_id, each.partner) for each in self.shown]
        return place_of((before.customer_id, before.partner) if before else None, keys)

    def _say_head(self) -> None:
        title = Content.styled("Partners", looks.STRONG)
        count = (
            f"  {len(self.partnerships)} partnership{'' if len(self.partnerships) == 1 else 's'}"
        )
        whose = Content("")
        if not self.everyone and self.partnerships:
            whose = Content("  ") + foreign_line(self.partnerships[0].customer)
        self.query_one("#head", StatusLine).show(
            [Content.assemble(title, whose, count), Content.assemble(title, count), title],
            Content.styled("? help", looks.MUTED),
        )

    @property
    def present(self) -> Partnership | None:
        """The partnership under the cursor."""
        return self.under_cursor(self.shown)

    def follow(self) -> None:
        """Show the page of the one that the cursor is on."""
        self._show()
        self.refresh_bindings()

    def choose(self, place: int) -> None:
        """The keys go to the page."""
        self.query_one("#page", TextPanel).focus()

    def _show(self, *, keep_place: bool = False) -> None:
        here = self.present
        blocks = partner_text.page(here, self.context.today(), talk=self.talking) if here else ()
        self.query_one("#page", TextPanel).show(blocks, keep_place=keep_place)

    def why_not(self, action: str) -> str:
        """Why a key is grey: there is no partner, or nothing of it to act on."""
        if action == "whose":
            return "All partners are shown already; open one customer's with d, r on the list."
        if self.present is None:
            return "There is no partner under the cursor."
        return "Nothing is there for it yet: i logs an input; workloads come by import."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is greyed: without a partner, a workload or an input."""
        here = self.present if self.is_mounted else None
        if action in {"verb", "go", "talk", "scroll_page", "raise"} and here is None:
            return None
        if here is not None and action == "verb" and not partner_verbs.can(parameters[0], here):
            return None
        if action == "whose" and self.tenant_id is None:
            return None
        return super().check_action(action, parameters)

    def action_verb(self, name: str) -> None:
        """Ask for what a verb needs about the partner under the cursor, then write it."""
        if self.present is not None:
            partner_verbs.ask(self, name, self.present)

    def action_talk(self) -> None:
        """Talking points of all steps, or of the next one only (FR-04)."""
        self.talking = not self.talking
        self._show(keep_place=True)

    def action_go(self, where: str) -> None:
        """To the contacts, the escalations, or the milestones of the customer."""
        goes: dict[str, Callable[[], None]] = {}
        if self.present is not None:
            tenant_id = self.present.tenant_id
            goes = {
                "contacts": partial(ways.contacts, self.app, tenant_id),
                "escalations": partial(ways.escalations, self.app, tenant_id),
                "forecasts": partial(ways.forecasts, self.app, tenant_id),
            }
        if where in goes:
            goes[where]()

    def action_raise(self) -> None:
        """An escalation from the partner's entry, with who was notified and when (FR-13)."""
        if self.present is not None:
            raise_for(self, self.present.tenant_id, partner=self.present.partner)

    def action_whose(self) -> None:
        """All partners, or those of the customer only."""
        self.everyone = not self.everyone
        self.read()

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the page of the partner."""
        self.query_one("#page", TextPanel).scroll_pages(pages)


def _said(here: Partnership, today: date) -> str:
    """What a row says of one, for words to be looked for in."""
    said = (partner_text.row(here, today).plain, here.partner, here.customer, here.psm, *here.tags)
    return " ".join(filter(None, said))
