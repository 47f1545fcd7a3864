"""Home: which tenant needs you first, and why. The list, the panel, the filter, and the way on."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, Static

from ftop_tui.errors import FtopError
from ftop_tui.playbook.query import KEYS, is_mine, unread
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.screens import trying, ways
from ftop_tui.screens.home_head import head_variants
from ftop_tui.screens.home_keys import KEYS_OF_HOME, NEEDS_TENANT
from ftop_tui.screens.home_pages import TenantPages
from ftop_tui.screens.home_ways import TenantWays
from ftop_tui.screens.moves import Moves
from ftop_tui.services import portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.text import fold
from ftop_tui.widgets import looks
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel
from ftop_tui.widgets.triage_list import TriageList

FIRST_RUN = """\
Nothing here yet.

  {import}   import your files: portfolio, workloads, Partner Center (CSV, XLSX)
  {paste}   paste a table copied from Excel
  {add}   add a tenant by hand
  {demo}   look around first: a made-up portfolio, thrown away when you leave
"""


_AHEAD_AFTER = 0.02
"""Seconds in which a frame has reached the terminal; what is done in advance would delay it."""

_FIRST = 100
"""So many tenants fill any screen, and are there at the first paint of the largest portfolio."""


class HomeScreen(TenantWays):
    """The triage list and the panel of the tenant under the cursor."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"), (100, "-wide"), (116, "-roomy"), (180, "-huge"),
    ]  # fmt: skip
    AUTO_FOCUS = "#list"

    BINDINGS: ClassVar[list[BindingType]] = KEYS_OF_HOME

    def __init__(self) -> None:
        super().__init__()
        self.portfolio = Portfolio(date.min, ())
        self.only_mine = False
        self._listed = False
        self._told: str | None = None
        self._ahead: Timer | None = None
        self.moves = Moves()

    def compose(self) -> ComposeResult:
        """Head, notice, filter, list and panel, keys."""
        yield StatusLine(id="status")
        yield Static("", id="notice")
        with Horizontal(id="filter"):
            yield Static("/", id="filter-mark")
            yield Input(placeholder="name, tag, TPID, person", id="filter-text")
            yield Static(
                Content("enter keep · esc clear · also " + " ".join(KEYS)), id="filter-hint"
            )
        with Container(id="body"):
            yield TriageList(id="list")
            with Container(id="side"):
                yield TextPanel(id="panel")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the portfolio before the first paint; what moved is looked up after it."""
        self._pages = TenantPages(self.panel)
        self.list.highlighted.subscribe(self, self._moved_cursor, immediate=True)
        settings = self.context.settings
        self.only_mine = settings.starts_mine
        self.set_class(not settings.panel, "-no-panel")
        try:
            self._show(self._first_of_all())
        except FtopError as error:
            self.house.fail(error)
            return
        self.call_after_refresh(self._look_for_moves)

    # What is shown

    @property
    def list(self) -> TriageList:
        """The list of tenants."""
        return self.query_one("#list", TriageList)

    @property
    def panel(self) -> TextPanel:
        """What is known of the tenant under the cursor."""
        return self.query_one("#panel", TextPanel)

    @property
    def current(self) -> Ranked | None:
        """The tenant under the cursor."""
        return self.list.current

    def on_screen_suspend(self) -> None:
        """Another screen is on top, which may want the store's file for itself."""
        self._pages.close()

    def on_unmount(self) -> None:
        """Let go of the store's file."""
        self._pages.close()

    def _first_of_all(self) -> Portfolio:
        """What the first paint needs; the rest follows it."""
        if self.only_mine:
            return portfolio.load(self.context)
        return portfolio.beginning(self.context, _FIRST)

    def reload(self) -> None:
        """Read the portfolio anew, off the screen's thread; the cursor keeps its tenant."""
        self.run_service(
            lambda: portfolio.load(self.context), self._show, group="load", exclusive=True
        )

    def changed(self, changes: Changes) -> None:
        """Read anew what a write has moved."""
        if changes.rank:
            self.reload()
        elif changes.notes:
            self._show_panel(keep_place=True)

    def _show(self, loaded: Portfolio) -> None:
        self.portfolio = loaded
        self.set_class(not loaded.ranked, "-empty")
        self._filter()
        self.call_after_refresh(self.reload if loaded.whole else self._prepare)

    def _prepare(self) -> None:
        self.run_service(self.portfolio.prepare, None, group="prepare", exclusive=True)

    def matching(self, text: str) -> Sequence[Ranked]:
        """The tenants that a text fits, among all or one's own."""
        me = self.context.settings.me
        rows = self.portfolio.matching(text, me)
        if self.only_mine:
            folded = frozenset(fold(name) for name in me)
            rows = tuple(ranked for ranked in rows if is_mine(ranked.facts, folded))
        return rows

    def _filter(self) -> None:
        text = self.query_one("#filter-text", Input).value
        rows = self.matching(text)
        self.list.empty = self._empty_text(text)
        self.list.show(rows, self.portfolio.today.toordinal(), self.portfolio.size(rows))
        self._show_status(rows)

    def _empty_text(self, text: str) -> Content:
        if not self.portfolio.ranked:
            names = ("import", "paste", "add", "demo")
            return Content(FIRST_RUN.format_map({n: self.key_of(f"home.{n}") for n in names}))
        if text.strip():
            key = self.key_of("home.clear")
            why = unread(text) or "No tenant fits."
            return Content(f"{why} Press {key} to clear the filter.")
        key = self.key_of("home.mine")
        return Content(f"None of the tenants is yours. Press {key} to see all of them.")

    def _show_status(self, rows: Sequence[Ranked]) -> None:
        whose = ("mine" if self.only_mine else "all") if self.context.settings.me else ""
        variants = head_variants(
            self.portfolio, rows, self.context.pack.year,
            whose=whose, demo=self.house.own is not None,
        )  # fmt: skip
        right = Content.styled(self.key_of("home.filter"), looks.KEY) + " filter  "
        right += Content.styled(self.key_of("home.help"), looks.KEY) + " help "
        self.query_one("#status", StatusLine).show(variants, right)

    def _moved_cursor(self, tenant_id: str | None) -> None:
        self._show_panel(keep_place=tenant_id == self._told)
        self._told = tenant_id
        if self._listed != (tenant_id is not None):  # the footer is made anew, which is felt
            self._listed = not self._listed
            self.refresh_bindings()
        if self._ahead is not None:
            self._ahead.stop()
        if self.list.has_focus:  # whoever types a filter does not go on to the next tenant
            self._ahead = self.set_timer(_AHEAD_AFTER, self._look_ahead)

    def _look_ahead(self) -> None:
        """Make ready what a key up or down will show."""
        self.list.prepare()
        with suppress(FtopError):  # told to whoever comes to the tenant, not in advance
            self._pages.prepare(self.context, self.portfolio.today, self.list.around)

    def _show_panel(self, *, keep_place: bool = False) -> None:
        ranked = self.current
        if ranked is None:
            self.panel.show(())
            return
        try:
            page = self._pages.of(self.context, self.portfolio.today, ranked)
        except FtopError as error:
            self.failed(error)
        else:
            self.panel.show(page, keep_place=keep_place)

    # The filter

    def action_filter(self) -> None:
        """Open the filter line."""
        self.add_class("-filter")
        self.query_one("#filter-text", Input).focus()

    def action_clear(self) -> None:
        """Clear the filter, else put the notice away."""
        if self.has_class("-filter"):
            self.query_one("#filter-text", Input).value = ""
            self.remove_class("-filter")
            self._filter()
        else:
            self.remove_class("-notice")
        self.list.focus()

    @on(Input.Changed, "#filter-text")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter()

    @on(Input.Submitted, "#filter-text")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self.remove_class("-filter")
        self.list.focus()

    def on_key(self, event: Key) -> None:
        """Up and down go through the list while the filter is typed."""
        if self.focused is self.query_one("#filter-text", Input) and event.key in {"up", "down"}:
            event.stop()
            self.list.action_move(-1 if event.key == "up" else 1)

    def go_to(self, tenant_id: str) -> None:
        """Put the cursor on a tenant, whatever the filter hides."""
        if not self.list.go_to(tenant_id):
            self.only_mine = False
            self.query_one("#filter-text", Input).value = ""
            self.remove_class("-filter")
            self._filter()
            self.list.go_to(tenant_id)
        self.list.focus()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what cannot be done now."""
        if action in NEEDS_TENANT and (not self.is_mounted or self.current is None):
            return None
        if action == "toggle_mine" and not self.context.settings.me:
            return None
        if action == "demo" and self.portfolio.ranked and self.house.own is None:
            return None
        return True

    def why_not(self, action: str) -> str:
        """What is missing for a key that cannot act now."""
        if action == "toggle_mine":
            return "Say who you are first: ftop-tui config set me 'Your Name'."
        if action == "demo":
            return "The demo opens from an empty list; else leave and run: ftop-tui demo"
        if not self.portfolio.ranked:
            keys = [self.key_of(f"home.{name}") for name in ("import", "add", "demo")]
            return "There is no tenant yet: {} imports, {} adds one, {} is a demo.".format(*keys)
        return f"No tenant is listed; {self.key_of('home.clear')} clears the filter."

    def action_toggle_mine(self) -> None:
        """One's own tenants, or all of them."""
        self.only_mine = not self.only_mine
        self.house.keep("mine", self.only_mine)
        self._filter()

    def action_toggle_panel(self) -> None:
        """Give the list the whole screen, or share it."""
        self.toggle_class("-no-panel")
        self.house.keep("panel", not self.has_class("-no-panel"))
        self.list.focus()

    def action_add(self) -> None:
        """Add a tenant by hand; the cursor goes to it."""
        ways.tenant_form(self.app, None)

    def action_import(self) -> None:
        """Import files."""
        ways.import_files(self.app, self._imported)

    def action_paste(self) -> None:
        """Import a table that was copied from Excel."""
        ways.paste_table(self.app, self._imported)

    def action_demo(self) -> None:
        """Look around in a made-up portfolio, or go back to one's own; the two never mix."""
        trying.change(self, self._moved_in)

    def _moved_in(self) -> None:
        self.moves = Moves()
        self.only_mine = self.context.settings.starts_mine
        self.query_one("#filter-text", Input).value = ""
        self.remove_class("-filter", "-notice")
        self.reload()

    # What moved

    def _imported(self, done: bool | None) -> None:
        if done:
            self.moves.look(self, self._notice, after_import=True)

    def _look_for_moves(self) -> None:
        if self.portfolio.ranked:
            self.moves.look(self, self._notice, after_import=False)

    def _notice(self, told: Content) -> None:
        self.query_one("#notice", Static).update(told)
        self.add_class("-notice")

    def action_moved(self) -> None:
        """Show what moved."""
        # Deferred for start-up speed: not on the first screen.
        from ftop_tui.screens.moved import MovedScreen  # noqa: PLC0415

        self.remove_class("-notice")
        self.app.push_screen(
            MovedScreen(self.moves.since), lambda tenant: self.go_to(tenant) if tenant else None
        )
