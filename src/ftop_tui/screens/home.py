"""Home: which tenant needs you first, and why. The list, the panel, the filter, and the way on."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, Static

from ftop_tui.errors import FtopError
from ftop_tui.playbook.days import fiscal_quarter, long_day
from ftop_tui.playbook.query import KEYS, is_mine, unread
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import Band, NoteKind, NoteState
from ftop_tui.screens import recording, trying, ways
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.home_pages import TenantPages
from ftop_tui.screens.moves import Moves
from ftop_tui.services import portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.due_notes import DueNote, next_due
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.text import fold
from ftop_tui.widgets import looks
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel
from ftop_tui.widgets.triage_list import TriageList

if TYPE_CHECKING:
    from ftop_tui.services.notes import StoredNote

FIRST_RUN = """\
Nothing here yet.

  {import}   import your files: portfolio, workloads, Partner Center (CSV, XLSX)
  {paste}   paste a table copied from Excel
  {add}   add a tenant by hand
  {demo}   look around first: a made-up portfolio, thrown away when you leave
"""

NEEDS_TENANT = frozenset(
    {
        "entitlement", "entitlement_on", "exec_summary", "enterprise", "overall", "history",
        "tenant", "copy", "record", "event", "open_forms", "toggle_panel", "more",
    }
)  # fmt: skip


_AHEAD_AFTER = 0.02
"""Seconds in which a frame has reached the terminal; what is done in advance would delay it."""

_FIRST = 100
"""So many tenants fill any screen, and are there at the first paint of the largest portfolio."""


class HomeScreen(FtopScreen[None]):
    """The triage list and the panel of the tenant under the cursor."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"), (100, "-wide"), (116, "-roomy"), (180, "-huge"),
    ]  # fmt: skip
    AUTO_FOCUS = "#list"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="home.filter", key_display="/",
                tooltip="Show only the tenants that fit what you type"),
        Binding("e", "entitlement", "Note", id="home.entitlement",
                tooltip="Write an entitlement note"),
        Binding("E", "entitlement_on", "Note on", id="home.entitlement-on", show=False,
                tooltip="Write an entitlement note on a workload that you choose"),
        Binding("s", "enterprise", "Status", id="home.enterprise",
                tooltip="Write the Enterprise Status note"),
        Binding("x", "exec_summary", "Exec", id="home.exec-summary",
                tooltip="Write an Exec Summary"),
        Binding("l", "overall", "Call", id="home.overall",
                tooltip="Write a lifecycle note, after a call say"),
        Binding("w", "week", "Week", id="home.week",
                tooltip="This week: all that is due, by day"),
        Binding("d", "more", "More", id="home.more",
                tooltip="Plan, escalations, contacts, forecasts, partners, brief, export"),
        Binding("b", "reviews", "Reviews", id="home.reviews",
                tooltip="Review meetings, who is nominated, and their briefs"),
        Binding("t", "tenant", "Edit", id="home.tenant", tooltip="Change the tenant's record"),
        Binding("r", "record", "Record", id="home.record",
                tooltip="Record what was done in FTOP: r, then a letter"),
        Binding("exclamation_mark", "event", "Event", id="home.event", key_display="!", show=False,
                tooltip="Flag a significant event on the customer"),
        Binding("c", "copy", "Copy", id="home.copy", show=False,
                tooltip="Copy the opening sentence"),
        Binding("n", "next_due", "Next due", id="home.next-due", show=False,
                tooltip="Open the next note that is due"),
        Binding("h", "history", "History", id="home.history", show=False,
                tooltip="All notes of one kind, and what changed between them"),
        Binding("f", "search", "Find", id="home.search", tooltip="Search all notes"),
        Binding("i", "import", "Import", id="home.import", show=False, tooltip="Import files"),
        Binding("v", "paste", "Paste", id="home.paste", show=False,
                tooltip="Import a table copied from Excel"),
        Binding("a", "add", "Add", id="home.add", show=False, tooltip="Add a tenant by hand"),
        Binding("D", "demo", "Demo", id="home.demo", show=False,
                tooltip="Look around in a made-up portfolio; again goes back to your own"),
        Binding("m", "moved", "Moved", id="home.moved", tooltip="What moved since last time"),
        Binding("y", "glance", "Glance", id="home.glance",
                tooltip="The whole portfolio at a glance: bands, colours, workloads"),
        Binding("o", "toggle_mine", "Mine/all", id="home.mine", show=False,
                tooltip="Show only my own tenants, or all"),
        Binding("p", "toggle_panel", "Panel", id="home.panel", show=False,
                tooltip="Show or hide the panel"),
        Binding("u", "undo", "Undo", id="home.undo", show=False,
                tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", id="home.redo", show=False,
                tooltip="Do again what was undone"),
        Binding("colon", "app.command_palette", "Commands", id="home.palette", show=False,
                key_display=":", tooltip="Find a tenant or a command"),
        Binding("question_mark", "app.help", "Help", id="home.help", key_display="?",
                tooltip="What the keys do"),
        Binding("q", "app.quit", "Quit", id="home.quit", tooltip="Save and leave"),
        Binding("escape", "clear", "Clear", id="home.clear", show=False,
                tooltip="Clear the filter, or the notice"),
    ]  # fmt: skip

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
        today = self.portfolio.today.toordinal()
        year = self.context.pack.year
        quarter = fiscal_quarter(today, label=year.label, first_month=year.first_month)
        number = self.portfolio.customers(rows)
        counts = self.portfolio.counts(rows)
        told = [Content(f"{number:,} customer{'' if number == 1 else 's'}")]
        if self.context.settings.me:
            told.insert(0, Content.styled("mine" if self.only_mine else "all", looks.KEY))
        told += [
            Content.styled(f"{counts[band]:,} {band.value}", looks.band(band).style)
            for band in Band
            if counts[band] and band is not Band.WATCH
        ]
        title = Content.styled("FTOP", "bold $ftop-key")
        if self.house.own is not None:
            title += Content.styled(" demo", "bold $ftop-late")
        day = long_day(today)
        heads: tuple[list[str], ...]
        heads = ([f"{day} · {quarter}"], [f"{day.partition(' ')[2]} · {quarter}"], [quarter], [])
        variants = [Content("  ").join([title, *map(Content, head), *told]) for head in heads]
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

    def action_copy(self) -> None:
        """Copy the opening sentence (RA-17)."""
        ranked = self.current
        if ranked is None:
            return
        context = self.context
        sentence = portfolio.opening_of(ranked.facts, self.portfolio.today, context.pack).sentence
        # Deferred for start-up speed: not needed to paint.
        from ftop_tui.services.clipboard import copy  # noqa: PLC0415

        self.say(copy(context, sentence, self.app.copy_to_clipboard))

    def action_record(self) -> None:
        """Ask what was done; a letter answers."""
        if self.current is not None:
            recording.ask(self, self.current)

    def action_event(self) -> None:
        """Flag a significant event on the customer (RA-06)."""
        if self.current is not None:
            recording.ask_event(self, self.current)

    def action_undo(self) -> None:
        """Take the last step back."""
        self._step(back=True)

    def action_redo(self) -> None:
        """Do the step again that was undone last."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        def call() -> str | None:
            # Deferred for start-up speed: the ORM loads with the first write.
            from ftop_tui.services import history  # noqa: PLC0415

            return history.undo(self.context) if back else history.redo(self.context)

        def done(sentence: str | None) -> None:
            if sentence is None:
                self.say("Nothing to undo." if back else "Nothing to do again.")
            else:
                said = f"{'Undone' if back else 'Done again'}: {sentence}"
                self.announce(Changes(said, rank=True, notes=True))

        self.run_service(call, done, group="write")

    # Other screens

    @on(TriageList.Chosen)
    def _chosen(self, event: TriageList.Chosen) -> None:
        event.stop()
        self.action_open_forms()

    def action_open_forms(self) -> None:
        """Open the form that answers what is most urgent."""
        if self.current is not None:
            form = ways.urgent_form(self.current)
            ways.open_form(self.app, self.context.pack, self.current.facts.tenant_id, form)

    def action_enterprise(self) -> None:
        """Write the Enterprise Status note (ES-02: on the winner tenant, as the form says)."""
        if self.list.tenant_id:
            ways.enterprise(self.app, self.list.tenant_id)

    def action_overall(self) -> None:
        """Write a lifecycle note, dated now (OS-11)."""
        if self.list.tenant_id:
            ways.overall(self.app, self.list.tenant_id)

    def action_history(self) -> None:
        """Ask for a kind, then show all notes of it."""
        if self.current is not None:
            facts = self.current.facts
            ways.ask_history(self.app, self.context.pack, facts.tenant_id, facts.name)

    def action_next_due(self) -> None:
        """Open the next note that is due, most urgent tenant first; one's own where `me` is set."""
        me = self.context.settings.me

        def found(due: DueNote | None) -> None:
            if due is None:
                self.say("No note is due.")
                return
            self.go_to(due.tenant_id)
            form = ways.Form(due.kind, due.tag)
            ways.open_form(self.app, self.context.pack, due.tenant_id, form)

        self.run_service(lambda: next_due(self.context, me=me), found, group="next")

    def action_search(self) -> None:
        """Search all notes; the one that is chosen is opened, with its tenant under the cursor."""
        ways.search(self.app, self._open_note)

    def _open_note(self, note_id: str) -> None:
        def call() -> "StoredNote":
            # Deferred for start-up speed: notes are read through the ORM.
            from ftop_tui.services.notes import load  # noqa: PLC0415

            return load(self.context, note_id)

        def loaded(note: "StoredNote") -> None:
            form = ways.Form(note.draft.kind, note.draft.tag)
            self.go_to(note.draft.tenant_id)
            if note.state is NoteState.DRAFT:
                ways.open_form(self.app, self.context.pack, note.draft.tenant_id, form)
            else:
                ways.history(self.app, note.draft.tenant_id, form)

        self.run_service(call, loaded)

    def action_entitlement(self) -> None:
        """Write an entitlement note: on the first blocked workload, else on one that is chosen."""
        ranked = self.current
        if ranked is None:
            return
        tenant_id = ranked.facts.tenant_id
        known = (ranked.facts.blocked or ranked.facts.tags or "").split()
        known.sort(key=lambda tag: self.context.pack.tag_order.get(tag, len(known)))
        if known:
            ways.entitlement(self.app, tenant_id, known[0])
            return
        self.action_entitlement_on()

    def action_entitlement_on(self) -> None:
        """Write an entitlement note on a workload that is asked for."""
        if self.list.tenant_id:
            form = ways.Form(NoteKind.ENTITLEMENT)
            ways.open_form(self.app, self.context.pack, self.list.tenant_id, form)

    def action_exec_summary(self) -> None:
        """Write an Exec Summary."""
        if self.list.tenant_id:
            ways.exec_summary(self.app, self.list.tenant_id)

    def action_week(self) -> None:
        """Show all that is due, by day."""
        ways.week(self.app)

    def action_reviews(self) -> None:
        """Show the review meetings (RA-15)."""
        ways.reviews(self.app)

    def action_more(self) -> None:
        """Ask what else of the customer to open."""
        ranked = self.current
        if ranked is not None:
            ways.ask_more(self.app, ranked.facts.tenant_id, ranked.facts.name)

    def action_tenant(self) -> None:
        """Change the record of the tenant and its customer."""
        if self.list.tenant_id:
            ways.tenant_form(self.app, self.list.tenant_id)

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

    def action_glance(self) -> None:
        """Show the whole portfolio; the cursor goes to the customer that is chosen there."""
        ways.glance(self.app, self.go_to)

    def action_moved(self) -> None:
        """Show what moved."""
        # Deferred for start-up speed: not on the first screen.
        from ftop_tui.screens.moved import MovedScreen  # noqa: PLC0415

        self.remove_class("-notice")
        self.app.push_screen(
            MovedScreen(self.moves.since), lambda tenant: self.go_to(tenant) if tenant else None
        )
