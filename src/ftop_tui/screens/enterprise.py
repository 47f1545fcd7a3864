"""The Enterprise Status form: FTOP's fields in FTOP's order, on the winner tenant alone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.clocks import next_update, next_update_limit
from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.lint.record import FieldFinding
from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.values import EnterpriseStatus, Finding, NoteKind, Role
from ftop_tui.screens.enterprise_fields import fields_of_form
from ftop_tui.screens.enterprise_side import same_blocks, side_blocks
from ftop_tui.screens.enterprise_sources import AREAS, LINES, MARKED, TICKS, SourcesScreen
from ftop_tui.screens.following import Step
from ftop_tui.screens.note_keys import note_keys
from ftop_tui.screens.typed_days import WRITE_IT, TypedDay, typed_day
from ftop_tui.services import enterprise_forms, judging
from ftop_tui.services.enterprise_forms import Around
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_lines import ChoiceLines
from ftop_tui.widgets.choice_row import ChoiceRow
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.foreign import foreign
from ftop_tui.widgets.multi_choice import MultiChoice
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_field import NoteField
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.preview import Preview
from ftop_tui.widgets.retelling import retell
from ftop_tui.widgets.text_panel import TextPanel

_WHOLE_NOTE = frozenset({"ES-02", "ES-05"})
"""Rules whose findings are on the note as such, whatever field they stand at."""


class EnterpriseScreen(SourcesScreen):
    """Writes the Enterprise Status note of a customer (ES-01 to ES-16, RA-11, RA-13, RA-14)."""

    TITLE_LINE = "Enterprise Status"
    CSS_PATH = ["note_screen.tcss", "enterprise.tcss"]  # noqa: RUF012 - as Textual does
    kind = NoteKind.ENTERPRISE
    side_id = "facts"
    BINDINGS: ClassVar[list[BindingType]] = note_keys(
        Binding("f2", "carry", "Last note", id="enterprise.carry",
                tooltip="Start from the note that stands in FTOP; what stays the same is marked"),
        Binding("f3", "paste", "Paste", id="enterprise.paste",
                tooltip="Paste FTOP's present text, taken apart into the fields"),
        Binding("f4", "insert", "Insert", id="enterprise.insert",
                tooltip="Put in what the record knows: into Risks what is escalated or blocked, "
                "into Awareness the milestones reached since the last note"),
        Binding("f5", "status", "Status", id="enterprise.status", show=False,
                tooltip="Choose the next Status"),
        side="Facts",
    )  # fmt: skip

    # The page.

    def compose_form(self) -> ComposeResult:
        """FTOP's fields left; the note and what is known around it right."""
        with Horizontal(id="body"):
            with VerticalScroll(id="form", can_focus=False):
                yield Static("", id="notice")
                yield Static("", id="offer")
                yield from fields_of_form(self.context.pack, judging.checks(self.context).prompts)
            with Vertical(id="side"):
                yield Preview(id="preview")
                yield TextPanel(id="facts")

    def focus_first(self) -> None:
        """On FTOP's first field."""
        self.query_one("#reason").focus()

    # The record around it; on another tenant than the winner, the way there.

    def _read(self, tag: str | None) -> None:
        self._lock(True)
        self.run_service(
            lambda: enterprise_forms.around(self.context, self.tenant_id),
            self._placed,
            group="open",
            exclusive=True,
        )

    def _placed(self, around: Around) -> None:
        """Go on with the winner tenant; ask before jumping there (ES-02)."""
        if around.winner_id == self.tenant_id:
            self.around = around
            super()._read(None)
            return
        of_tpid = f" of TPID {around.tpid}" if around.tpid else ""
        question = Confirm(
            "Not the winner tenant",
            f"The Enterprise Status note lives on the winner tenant{of_tpid}, which is "
            f"{around.winner_name}. {around.tenant_name} rolls up to it.",
            yes=f"Go to {around.winner_name}"[:40], no="Back",
        )  # fmt: skip
        self.app.push_screen(question, lambda yes: self._jump(around.winner_id if yes else None))

    def _jump(self, winner: str | None) -> None:
        if winner is None:
            self.dismiss(None)
        else:
            self.tenant_id = winner
            self._read(None)

    # The fields and what is typed into them.

    def fill(self) -> None:
        """Every field from the held draft."""
        note = self.note
        for name in LINES:
            self.query_one(f"#{name}", NoteLine).fill(getattr(note, name))
        for name in AREAS:
            self.query_one(f"#{name}", NoteArea).fill(getattr(note, name))
        for name in TICKS:
            self.query_one(f"#{name}", MultiChoice).fill(getattr(note, name))
        for name in ("status", "author_role"):
            value = getattr(note, name)
            self.query_one(f"#{name}", ChoiceRow).fill(value.value if value else "")
        self.query_one("#next_update", NoteLine).fill(TypedDay(note.next_update, note.unread).text)

    def typed(self) -> EnterpriseBody:
        """What the fields hold; a date that cannot be read is kept as it is typed."""
        when = typed_day(self.query_one("#next_update", NoteLine).value)
        changes: dict[str, Any] = {n: self.query_one(f"#{n}", NoteLine).value for n in LINES}
        changes |= {n: self.query_one(f"#{n}", NoteArea).text for n in AREAS}
        changes |= {n: self.query_one(f"#{n}", MultiChoice).chosen for n in TICKS}
        return replace(
            self.note,
            status=EnterpriseStatus.read(self.query_one("#status", ChoiceRow).chosen),
            author_role=Role.read(self.query_one("#author_role", ChoiceRow).chosen),
            next_update=when.day,
            unread=when.unread,
            **changes,
        )

    @on(MultiChoice.Changed)
    def _ticked(self, event: MultiChoice.Changed) -> None:
        event.stop()
        self._hold(self.typed())

    def _hold(self, body: EnterpriseBody) -> None:
        if self.saver is not None:
            self.saver.edit(body)
            self.repaint()

    # What follows from it.

    def steps(self) -> Sequence[Step]:
        """The preview, then findings, marks, hints, and last the facts beside them."""
        return (self._show_preview, self._show_judgement, self._show_facts)

    def _show_preview(self) -> None:
        self.query_one("#preview", Preview).show(self.plain_text())

    def _show_judgement(self) -> None:
        self._show_findings(self._findings())
        self._show_marks()
        self._show_hints()

    def _show_facts(self) -> None:
        assert self.opened is not None  # noqa: S101 - called once it is read
        assert self.around is not None  # noqa: S101
        pack, today = self.context.pack, self.context.today()
        blocks = side_blocks(self.note, self.opened.facts, self.around, today, pack)
        facts = self.query_one("#facts", TextPanel)
        if not same_blocks(blocks, facts.blocks):
            facts.show(blocks, keep_place=True)
        self.refresh_keys()

    @cached_property
    def _note_fields(self) -> tuple[NoteField, ...]:
        """The fields; none comes or goes, and looking for them takes longer than telling them."""
        return tuple(self.query(NoteField))

    def _findings(self) -> tuple[FieldFinding, ...]:
        assert self.around is not None  # noqa: S101 - called once it is read
        return judging.judge_note(self.context, self.note, None, self.around.record).findings

    def _show_findings(self, found: tuple[FieldFinding, ...]) -> None:
        """Each below its field; those on the note as such on top (ES-02, ES-05)."""
        for field in self._note_fields:
            field.say(
                [finding for name, finding in found
                 if name == field.field and finding.rule not in _WHOLE_NOTE]
            )  # fmt: skip
        whole = [finding for _, finding in found if finding.rule in _WHOLE_NOTE]
        notice = self.query_one("#notice", Static)
        notice.display = bool(whole)
        retell(notice, Content("\n").join([_finding(each) for each in whole]))

    def _show_marks(self) -> None:
        """A field that holds what the last note did says since when."""
        last = self._last()
        for field in self._note_fields:
            if field.field in MARKED:
                value = getattr(self.note, field.field)
                same = last is not None and value and value == getattr(last.body, field.field)
                field.untouched(last.day if last and same else None)
        offer = self.query_one("#offer", Static)
        fresh = self.saver is not None and not self.saver.draft.version and not self.saver.unsaved
        offer.display = fresh
        if fresh:
            begin = f"F2 starts from the note of {last.day.isoformat()} · " if last else ""
            retell(offer, Content(f"{begin}F3 takes in FTOP's text"))

    def _show_hints(self) -> None:
        """The health beside the Status (ES-08); the proposed day and the limit (ES-14)."""
        assert self.opened is not None  # noqa: S101 - called once it is read
        facts, pack = self.opened.facts, self.context.pack
        retell(
            self.query_one("#health", Static),
            Content.assemble(
                "Customer Health ", looks.health(facts.health).full,
                " rests on usage: a different thing",
            )
        )  # fmt: skip
        today, frp = self.context.today().toordinal(), facts.has_frp
        proposed = next_update(facts.health, has_frp=frp, posted=today, pack=pack)
        limit = next_update_limit(facts.health, has_frp=frp, posted=today, pack=pack)
        wrong = f"{WRITE_IT}  " if self.note.unread else ""
        retell(
            self.query_one("#limit", Static),
            Content.assemble(
                Content.styled(wrong, looks.MISSING),
                f"proposed {long_day(proposed)}",
                f", at the latest {long_day(limit)}" if limit != proposed else ", the latest too",
            ),
        )

    # The keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot act now is grey."""
        if action == "status" and self.saver is None:
            return None
        return super().check_action(action, parameters)

    def action_status(self) -> None:
        """The next Status."""
        self.query_one("#status", ChoiceLines).cycle()


def _finding(finding: Finding) -> Content:
    return Content.assemble(
        looks.severity(finding.severity).full,
        Content.styled(f"  {finding.rule}  ", looks.STRONG),
        foreign(finding.message),
    )
