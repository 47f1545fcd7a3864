"""The Entitlement form: one workload after the other, the linter's word at every key."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.notes import EntitlementBody, NoteBody
from ftop_tui.playbook.templates import Template, Templates
from ftop_tui.playbook.values import EntitlementStatus, NoteKind
from ftop_tui.screens.entitlement_findings import FindingScreen
from ftop_tui.screens.entitlement_side import posted_told, record_told
from ftop_tui.screens.following import Step
from ftop_tui.screens.note_keys import note_keys
from ftop_tui.screens.typed_days import WRITE_IT, TypedDay, typed_day
from ftop_tui.services import judging
from ftop_tui.services.changes import Changes
from ftop_tui.services.notes import Draft
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice
from ftop_tui.widgets.field_line import FieldLine
from ftop_tui.widgets.findings import Findings
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.retelling import retell
from ftop_tui.widgets.template_picker import TemplatePicker
from ftop_tui.widgets.workload_list import Marks, WorkloadList

_DIBS = {
    "due_date": "Due date",
    "intent": "Intent",
    "business_reason": "Business reason",
    "success_owner": "Success owner",
}
_REASONS = {"l2": "Reason (L2)", "l3": "Sub-reason (L3)", "blocker_kind": "Kind of blocker"}
_FINDINGS = Binding.Group("Finding ", compact=True)  # the footer leaves no blank behind it
_TEXTS = ("intent", "business_reason", "success_owner", *_REASONS)


class EntitlementScreen(FindingScreen):
    """Writes the entitlement notes of a tenant (EN-01 to EN-20), DIBS beside the text (EN-19)."""

    TITLE_LINE = "Entitlement notes"
    CSS_PATH = ["note_screen.tcss", "entitlement.tcss"]  # noqa: RUF012 - as Textual does
    kind = NoteKind.ENTITLEMENT
    BINDINGS: ClassVar[list[BindingType]] = note_keys(
        Binding("f2", "step(-1)", "Prev", id="entitlement.previous",
                tooltip="Save, and go to the workload before"),
        Binding("f3", "step(1)", "Next", id="entitlement.next",
                tooltip="Save, and go to the next workload"),
        Binding("f4", "template", "Line", id="entitlement.template",
                tooltip="Put in a template line of the status; tab goes from slot to slot"),
        Binding("f5", "status", "Status", id="entitlement.status",
                tooltip="Choose the next status"),
        Binding("ctrl+n", "finding(1)", "Finding", id="entitlement.next-finding", group=_FINDINGS,
                tooltip="Go to the next finding, its words selected"),
        Binding("ctrl+l", "finding(-1)", "Last", id="entitlement.last-finding", group=_FINDINGS,
                tooltip="Go to the finding before"),
        Binding("ctrl+g", "list", "Workloads", id="entitlement.list", show=False,
                tooltip="Go to the list of workloads, and back"),
        side="Facts",
        later=(
            Binding("ctrl+r", "fix", "Fix", id="entitlement.fix",
                    tooltip="Put in the rewrite of the finding you are at; undo takes it back"),
            Binding("ctrl+t", "fix_all", "All", id="entitlement.fix-all",
                    tooltip="Put in all rewrites that keep the meaning; one undo takes them back"),
            Binding("ctrl+b", "aside", "Let be", id="entitlement.aside",
                    tooltip="Set the finding you are at aside, with a reason; or take that back"),
        ),
    )  # fmt: skip

    def compose_form(self) -> ComposeResult:
        """Workloads left, the note in the middle, what the record knows right."""
        templates = self.templates
        statuses = [
            RowChoice(status.value, status.word, f"bold {looks.entitlement(status).style}")
            for status in EntitlementStatus
        ]
        with Horizontal(id="body"):
            yield WorkloadList(self.context.pack.workloads, id="list")
            with VerticalScroll(id="form", can_focus=False):
                yield Static("", id="workload")
                yield ChoiceRow(statuses, id="status")
                yield NoteArea(
                    id="text",
                    next_slot=templates.next_slot,
                    previous_slot=templates.previous_slot,
                )
                yield Static("", classes="hint", id="asked")
                yield Findings(id="findings")
                with Vertical(classes="group"):
                    for name, words in _REASONS.items():
                        yield FieldLine(name, words)
                yield Static("", classes="hint", id="missing")
                with Vertical(classes="group"):
                    for name, words in _DIBS.items():
                        yield FieldLine(name, words, "YYYY-MM-DD" if name == "due_date" else "")
            with VerticalScroll(id="side"):
                yield Static("", id="posted")
                yield Static("", id="record")

    @property
    def templates(self) -> Templates:
        """The template lines of the pack in force."""
        return judging.templates(self.context)

    def note_name(self) -> str:
        """Tenant and tag."""
        return f"{self._tenant_name()}, {self.tag}"

    def harmless(self, body: NoteBody) -> NoteBody:
        """The body as the fields show it."""
        assert isinstance(body, EntitlementBody)  # noqa: S101 - the kind of this form
        lines: dict[str, Any] = {
            name: clean_line(getattr(body, name)) for name in (*_TEXTS, "unread")
        }
        return replace(body, text=clean(body.text), **lines)

    # What is shown.

    def first_tag(self) -> str | None:
        """Where the form starts when nothing else was asked for."""
        return next(iter(self.context.pack.by_tag))

    def fill(self) -> None:
        """The present workload's note into the fields, and the list drawn anew."""
        assert self.opened is not None  # noqa: S101 - called once it is read
        note = self.note
        self.query_one("#status", ChoiceRow).fill(note.status.value if note.status else "")
        self.query_one("#text", NoteArea).fill(note.text)
        for name in _TEXTS:
            self.query_one(f"#{name}", NoteLine).fill(getattr(note, name))
        self.query_one("#due_date", NoteLine).fill(TypedDay(note.due_date, note.unread).text)
        self._fill_list()
        self._fill_side()

    def _fill_list(self) -> None:
        assert self.opened is not None  # noqa: S101 - called once it is read
        marks = {
            tag: Marks(self._has_draft(tag), bool(self.opened.latest_posted(tag)))
            for tag in self.context.pack.by_tag
        }
        self.query_one("#list", WorkloadList).fill(self._records(), marks, self.tag or "")

    def _has_draft(self, tag: str) -> bool:
        assert self.opened is not None  # noqa: S101 - called once it is read
        if tag == self.tag and self.saver is not None:
            return self.saver.draft.version > 0
        return self.opened.waiting(tag) is not None

    def draft_stored(self, draft: Draft) -> None:
        """The list marks a draft from its first save on."""
        super().draft_stored(draft)
        if draft.version == 1:
            self._fill_list()

    def _records(self) -> Mapping[str, WorkloadDetail]:
        assert self.opened is not None  # noqa: S101 - called once it is read
        return {workload.tag: workload for workload in self.opened.detail.workloads}

    def _fill_side(self) -> None:
        assert self.opened is not None  # noqa: S101 - called once it is read
        posted, record = self.opened.latest_posted(self.tag), self._records().get(self.tag or "")
        told = posted_told(posted, record, self.context.today(), self.context.pack)
        self.query_one("#posted", Static).update(told)
        self.query_one("#record", Static).update(record_told(record))

    def steps(self) -> Sequence[Step]:
        """Grade and findings, then the hints."""
        return (self._show_judgement, self._repaint_hints)

    def _repaint_hints(self) -> None:
        note = self.note
        workload = self.context.pack.by_tag[self.tag or ""]
        places = list(self.context.pack.by_tag)
        today = foreign_line(f"now {workload.today}", looks.MUTED) if workload.today else ""
        retell(
            self.query_one("#workload", Static),
            Content.assemble(
                foreign_line(f"[{workload.tag}] {workload.name}", looks.STRONG),
                Content.assemble("  ", today) if today else "",
                Content.styled(f"  {places.index(workload.tag) + 1} of {len(places)}", looks.MUTED),
            ),
        )
        asked = (
            self.templates.prompt_for(note.status) if note.status else "Choose the status first."
        )
        retell(self.query_one("#asked", Static), foreign(asked))
        self._offer_reasons(note)
        dibs = WorkloadDetail(
            tag=workload.tag, due_date=note.due_date, intent=note.intent.strip(),
            business_reason=note.business_reason.strip(), success_owner=note.success_owner.strip(),
        )  # fmt: skip
        parts = [Content("DIBS  ")]
        if dibs.missing_dibs:
            parts += [
                Content("missing: "),
                Content.styled(", ".join(dibs.missing_dibs), looks.MISSING),
            ]
        else:
            parts += [Content("all four are known")]
        if note.unread:
            parts.append(Content.styled(f"  ({WRITE_IT})", looks.MISSING))
        retell(self.query_one("#missing", Static), Content.assemble(*parts))

    def _offer_reasons(self, note: EntitlementBody) -> None:
        """The pack's reasons and sub-reasons of the status (EN-07, EN-20)."""
        reasons = judging.linter(self.context).pack.reasons
        of_status = reasons.get(note.status, {}) if note.status else {}
        self.query_one("#l2-line", FieldLine).offer(of_status)
        self.query_one("#l3-line", FieldLine).offer(of_status.get(note.l2, ()))
        blocked = note.status is EntitlementStatus.BLOCKED
        kind = self.query_one("#blocker_kind-line", FieldLine)
        kind.display = blocked or bool(note.blocker_kind)
        kind.offer(reasons.get(EntitlementStatus.BLOCKED, {}))

    def typed(self) -> EntitlementBody:
        """What the fields hold; a due date that is none yet is kept as it is typed."""
        when = typed_day(self.query_one("#due_date", NoteLine).value)
        lines: dict[str, Any] = {n: self.query_one(f"#{n}", NoteLine).value for n in _TEXTS}
        return replace(
            self.note,
            status=EntitlementStatus.read(self.query_one("#status", ChoiceRow).chosen),
            text=self.query_one("#text", NoteArea).text,
            due_date=when.day,
            unread=when.unread,
            **lines,
        )

    # The keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a note that is read is grey before."""
        if action in {"step", "template", "status", "list"} and self.saver is None:
            return None
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """The workload after or before, around the end; saved first."""
        tags = list(self.context.pack.by_tag)
        at = tags.index(self.tag or tags[0]) + step
        self._do(self.switch(tags[at % len(tags)]))

    def action_status(self) -> None:
        """The next status."""
        self.query_one("#status", ChoiceRow).cycle()

    def action_leave(self) -> None:
        """From the list back to the form on a narrow terminal, else out."""
        if self.has_class("-narrow") and self.has_class("-listing"):
            self._close_list()
        else:
            super().action_leave()

    @on(Click, "#workload")
    def _workload_clicked(self) -> None:
        self.action_list()

    def action_list(self) -> None:
        """To the list of workloads and back; a narrow terminal shows it in the form's place."""
        listing = self.query_one("#list", WorkloadList)
        if listing.has_focus:
            self._close_list()
        else:
            self.add_class("-listing")
            listing.focus()

    def _close_list(self) -> None:
        self.remove_class("-listing")
        self.query_one("#text", NoteArea).focus()

    @on(WorkloadList.Chosen)
    def _workload_chosen(self, event: WorkloadList.Chosen) -> None:
        event.stop()
        self._close_list()
        self._do(self.switch(event.tag))

    def action_template(self) -> None:
        """Offer all lines, those of the status first; a line of another one changes the status."""
        status = self.note.status
        lines = sorted(self.templates.lines, key=lambda line: line.status is not status)
        title = f"Template lines: {status.word}" if status else "Template lines"
        message = self.templates.prompt_for(status) if status else ""
        self.app.push_screen(TemplatePicker(title, lines, message), self._insert)

    def _insert(self, template: Template | None) -> None:
        if template is None:
            return
        if self.note.status is not template.status:
            self.query_one("#status", ChoiceRow).choose(template.status.value)
        area = self.query_one("#text", NoteArea)
        area.focus()
        area.insert_template(template.line)

    # After posting and deleting one goes on here: there are more workloads.

    def note_posted(self, changes: Changes) -> None:
        """The form shows what the workload's note has become."""
        self._read(self.tag)

    def note_deleted(self, changes: Changes) -> None:
        """The form starts anew from the record."""
        self._read(self.tag)
