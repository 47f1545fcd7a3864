"""Home: which tenant needs you first, and why. The list, the panel, the filter, and the way on."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from ftop_tui.errors import FtopError, StoreError
from ftop_tui.playbook.days import fiscal_quarter, long_day
from ftop_tui.playbook.query import KEYS, is_mine
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import Band
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services import portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.text import fold
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Choice, ChoiceItem
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.tenant_text import tenant_blocks
from ftop_tui.widgets.text_panel import TextPanel
from ftop_tui.widgets.triage_list import TriageList

RECORDS = (
    ChoiceItem("e", "enterprise", "Enterprise Status note", "starts its clock anew"),
    ChoiceItem("p", "progress", "Customer Progress"),
    ChoiceItem("v", "perspective", "Customer Perspective"),
    ChoiceItem("f", "forecast", "Usage forecast"),
    ChoiceItem("r", "frp-review", "Status review with the partner"),
    ChoiceItem("d", "frp-data", "Partner's data", "asks for the workload"),
    ChoiceItem("c", "contacts", "Contacts checked"),
    ChoiceItem("x", "exec-request", "Exec Summary requested"),
)
"""What was done in FTOP without a draft: `r`, then one letter."""

FIRST_RUN = """\
Nothing here yet.

  i   import your files: a portfolio, workloads, or Partner Center reports (CSV, XLSX)
  v   paste a table copied from Excel
  a   add a tenant by hand

To look around first, leave with q and run: ftop-tui demo
"""

NEEDS_TENANT = frozenset(
    {"entitlement", "exec_summary", "tenant", "copy", "record", "open_forms", "toggle_panel"}
)


MANY = 2000
"""From so many tenants on, the list waits for a pause in typing before it is filtered."""

TYPING_PAUSE = 0.06


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
        Binding("x", "exec_summary", "Exec", id="home.exec-summary",
                tooltip="Write an Exec Summary"),
        Binding("t", "tenant", "Edit", id="home.tenant", tooltip="Change the tenant's record"),
        Binding("r", "record", "Record", id="home.record",
                tooltip="Record what was done in FTOP: r, then a letter"),
        Binding("c", "copy", "Copy", id="home.copy", show=False,
                tooltip="Copy the opening sentence"),
        Binding("i", "import", "Import", id="home.import", tooltip="Import files"),
        Binding("v", "paste", "Paste", id="home.paste", show=False,
                tooltip="Import a table copied from Excel"),
        Binding("a", "add", "Add", id="home.add", show=False, tooltip="Add a tenant by hand"),
        Binding("m", "moved", "Moved", id="home.moved", tooltip="What moved since last time"),
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
        self._filtering: Timer | None = None
        self.since: date | None = None
        """The day before which the user last looked, for what moved."""

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
            yield TextPanel(id="panel")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Read the portfolio before the first paint; what moved is looked up after it."""
        self.only_mine = bool(self.context.settings.me)
        try:
            self._show(portfolio.load(self.context))
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
        self.list.show(rows, self.portfolio.today.toordinal())
        self._show_status(rows)

    def _empty_text(self, text: str) -> Content:
        if not self.portfolio.ranked:
            return Content(FIRST_RUN)
        if text.strip():
            return Content("No tenant fits. Press esc to clear the filter.")
        return Content("None of the tenants is yours. Press o to see all of them.")

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
        day = long_day(today)
        heads: tuple[list[str], ...]
        heads = ([f"{day} · {quarter}"], [f"{day.partition(' ')[2]} · {quarter}"], [quarter], [])
        variants = [Content("  ").join([title, *map(Content, head), *told]) for head in heads]
        right = Content.styled("/", looks.KEY) + " filter  "
        right += Content.styled("?", looks.KEY) + " help "
        self.query_one("#status", StatusLine).show(variants, right)

    @on(TriageList.Highlighted)
    def _moved_cursor(self, event: TriageList.Highlighted) -> None:
        event.stop()
        self._show_panel()
        self.refresh_bindings()

    def _show_panel(self, *, keep_place: bool = False) -> None:
        ranked = self.current
        if ranked is None:
            self.panel.show(())
            return
        context = self.context
        try:
            detail = portfolio.detail(context, ranked.facts.tenant_id)
        except FtopError as error:
            self.failed(error)
            return
        today = self.portfolio.today
        opening = portfolio.opening_of(ranked.facts, today, context.pack)
        blocks = tenant_blocks(ranked, detail, opening, today, context.pack)
        self.panel.show(blocks, keep_place=keep_place)

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
        if self._filtering is not None:
            self._filtering.stop()
        if len(self.portfolio.ranked) <= MANY:
            self._filter()
        else:
            self._filtering = self.set_timer(TYPING_PAUSE, self._filter)

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
        return True

    def action_toggle_mine(self) -> None:
        """One's own tenants, or all of them."""
        self.only_mine = not self.only_mine
        self._filter()

    def action_toggle_panel(self) -> None:
        """Give the list the whole screen, or share it."""
        self.toggle_class("-no-panel")
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
        ranked = self.current
        if ranked is None:
            return
        tenant_id = ranked.facts.tenant_id
        self.app.push_screen(
            Choice(
                f"Done today for {ranked.facts.name}", RECORDS, "Recorded as of today; u undoes."
            ),
            lambda kind: self._record(tenant_id, kind) if kind else None,
        )

    def _record(self, tenant_id: str, kind: str) -> None:
        if kind != "frp-data":
            self._write_record(tenant_id, kind, None)
            return
        tags = [w.tag for w in portfolio.detail(self.context, tenant_id).workloads if w.partner]
        if len(tags) == 1:
            self._write_record(tenant_id, kind, tags[0])
        elif tags:
            self._choose_tag(
                tags, "Whose data?", lambda tag: self._write_record(tenant_id, kind, tag)
            )
        else:
            self.say("No partner is registered on a workload of this tenant.")

    def _write_record(self, tenant_id: str, kind: str, tag: str | None) -> None:
        def call() -> Changes:
            # Deferred for start-up speed: the ORM loads with the first write.
            from ftop_tui.services.records import record  # noqa: PLC0415

            return record(self.context, tenant_id, kind, tag=tag)

        self.write(call)

    def _choose_tag(self, tags: Sequence[str], title: str, then: Callable[[str], None]) -> None:
        names = self.context.pack.by_tag
        keys = "123456789abcdefgh"
        items = [
            ChoiceItem(key, tag, f"{tag:<7}{names[tag].name if tag in names else ''}")
            for key, tag in zip(keys, tags, strict=False)
        ]
        self.app.push_screen(Choice(title, items), lambda tag: then(tag) if tag else None)

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
        """Open the form for what is most urgent: a request, a blocked workload, else a choice."""
        ranked = self.current
        if ranked is None:
            return
        for factor in ranked.assessment.factors:
            if factor.sort == "request":
                self.action_exec_summary()
                return
            if factor.sort == "blocked":
                self._open_entitlement(ranked.facts.tenant_id, factor.data[0])
                return
        forms = (
            ChoiceItem("e", "entitlement", "Entitlement note", "one workload"),
            ChoiceItem("x", "exec-summary", "Exec Summary", "the whole engagement"),
            ChoiceItem("t", "tenant", "The tenant's record"),
            ChoiceItem("r", "record", "Record what was done in FTOP"),
        )
        acts = {
            "entitlement": self.action_entitlement,
            "exec-summary": self.action_exec_summary,
            "tenant": self.action_tenant,
            "record": self.action_record,
        }
        self.app.push_screen(
            Choice(f"Open for {ranked.facts.name}", forms),
            lambda form: acts[form]() if form else None,
        )

    def action_entitlement(self) -> None:
        """Write an entitlement note: on the first blocked workload, else on one that is chosen."""
        ranked = self.current
        if ranked is None:
            return
        tenant_id = ranked.facts.tenant_id
        blocked = (ranked.facts.blocked or "").split()
        known = [w.tag for w in portfolio.detail(self.context, tenant_id).workloads]
        if blocked:
            self._open_entitlement(tenant_id, blocked[0])
        elif known:
            self._open_entitlement(tenant_id, known[0])
        else:
            tags = [w.tag for w in self.context.pack.workloads]
            self._choose_tag(
                tags, "Which workload?", lambda t: self._open_entitlement(tenant_id, t)
            )

    def _open_entitlement(self, tenant_id: str, tag: str) -> None:
        # Deferred for start-up speed: forms bring the ORM and pydantic.
        from ftop_tui.screens.entitlement import EntitlementScreen  # noqa: PLC0415

        self.app.push_screen(EntitlementScreen(tenant_id, tag))

    def action_exec_summary(self) -> None:
        """Write an Exec Summary."""
        # Deferred for start-up speed: forms bring the ORM and pydantic.
        from ftop_tui.screens.exec_summary import ExecSummaryScreen  # noqa: PLC0415

        if self.list.tenant_id:
            self.app.push_screen(ExecSummaryScreen(self.list.tenant_id))

    def action_tenant(self) -> None:
        """Change the record of the tenant and its customer."""
        # Deferred for start-up speed: forms bring the ORM and pydantic.
        from ftop_tui.screens.tenant_form import TenantForm  # noqa: PLC0415

        if self.list.tenant_id:
            self.app.push_screen(TenantForm(self.list.tenant_id))

    def action_add(self) -> None:
        """Add a tenant by hand; the cursor goes to it."""
        # Deferred for start-up speed: forms bring the ORM and pydantic.
        from ftop_tui.screens.tenant_form import TenantForm  # noqa: PLC0415

        self.app.push_screen(TenantForm(None))

    def action_import(self) -> None:
        """Import files."""
        # Deferred for start-up speed: the file formats bring openpyxl and pydantic.
        from ftop_tui.screens.transfer import ImportScreen  # noqa: PLC0415

        self.app.push_screen(ImportScreen(), self._imported)

    def action_paste(self) -> None:
        """Import a table that was copied from Excel."""
        # Deferred for start-up speed: the file formats bring openpyxl and pydantic.
        from ftop_tui.screens.transfer import PasteScreen  # noqa: PLC0415

        self.app.push_screen(PasteScreen(), self._imported)

    # What moved

    def _imported(self, done: bool | None) -> None:
        if done:
            self._look_for_moves(after_import=True)

    def _look_for_moves(self, *, after_import: bool = False) -> None:
        """On the first start of a day and after an import: how much moved, in one line."""
        if not self.portfolio.ranked and not after_import:
            return
        context, told = self.context, self.since

        def call() -> tuple[date | None, int]:
            # Deferred for start-up speed: not needed to paint.
            from ftop_tui.services import moved  # noqa: PLC0415

            last = moved.last_seen(context)
            first_today = last is not None and last < context.today()
            if last is None or first_today:
                with suppress(StoreError):  # a store that cannot be written can be looked at
                    moved.mark_seen(context)
            since = last if first_today else told
            if not (first_today or after_import):
                return since, 0
            return since, len({move.tenant_id for move in moved.moved(context, since)})

        self.run_service(call, self._say_moves, group="moved")

    def _say_moves(self, found: tuple[date | None, int]) -> None:
        self.since, number = found
        if number:
            noun = "tenant has" if number == 1 else "tenants have"
            when = f"since {self.since.isoformat()}" if self.since else "since yesterday"
            self.query_one("#notice", Static).update(
                Content(f"{number} {noun} moved {when} · ")
                + Content.styled("m", looks.KEY)
                + " shows · "
                + Content.styled("esc", looks.KEY)
                + " hides"
            )
            self.add_class("-notice")

    def action_moved(self) -> None:
        """Show what moved."""
        # Deferred for start-up speed: not on the first screen.
        from ftop_tui.screens.moved import MovedScreen  # noqa: PLC0415

        self.remove_class("-notice")
        self.app.push_screen(
            MovedScreen(self.since), lambda tenant: self.go_to(tenant) if tenant else None
        )
