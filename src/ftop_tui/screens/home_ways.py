"""What the list's screen does with the tenant under its cursor, and the way on to other screens."""

from typing import TYPE_CHECKING

from textual import on

from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.screens import recording, ways
from ftop_tui.screens.reading import UndoingScreen
from ftop_tui.services import portfolio
from ftop_tui.services.due_notes import DueNote, next_due
from ftop_tui.widgets.triage_list import TriageList

if TYPE_CHECKING:
    from ftop_tui.services.notes import StoredNote


class TenantWays(UndoingScreen[None]):
    """Keys that act on the tenant under the cursor of a list, or leave for another screen."""

    @property
    def current(self) -> Ranked | None:
        """The tenant under the cursor."""
        raise NotImplementedError

    def go_to(self, tenant_id: str) -> None:
        """Put the cursor on a tenant, whatever a filter hides."""
        raise NotImplementedError

    @property
    def _tenant_id(self) -> str | None:
        return self.current.facts.tenant_id if self.current else None

    def action_copy(self) -> None:
        """Copy the opening sentence (RA-17)."""
        ranked = self.current
        if ranked is None:
            return
        context = self.context
        sentence = portfolio.opening_of(ranked.facts, context.today(), context.pack).sentence
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
        if self._tenant_id:
            ways.enterprise(self.app, self._tenant_id)

    def action_overall(self) -> None:
        """Write a lifecycle note, dated now (OS-11)."""
        if self._tenant_id:
            ways.overall(self.app, self._tenant_id)

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

        self.run_service(call, loaded, group="note", exclusive=True)

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
        if self._tenant_id:
            form = ways.Form(NoteKind.ENTITLEMENT)
            ways.open_form(self.app, self.context.pack, self._tenant_id, form)

    def action_exec_summary(self) -> None:
        """Write an Exec Summary."""
        if self._tenant_id:
            ways.exec_summary(self.app, self._tenant_id)

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
        if self._tenant_id:
            ways.tenant_form(self.app, self._tenant_id)

    def action_glance(self) -> None:
        """Show the whole portfolio; the cursor goes to the customer that is chosen there."""
        ways.glance(self.app, self.go_to)
