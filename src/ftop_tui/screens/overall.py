"""The Overall (lifecycle) form: after a call, what is worth tracking and what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Static

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.notes import NoteBody, OverallBody
from ftop_tui.playbook.values import NoteKind, Role
from ftop_tui.screens.following import Step
from ftop_tui.screens.note_keys import note_keys
from ftop_tui.screens.note_screen import NoteScreen
from ftop_tui.screens.typed_days import WRITE_IT, TypedDay, typed_day
from ftop_tui.services import judging, next_actions, overall_forms
from ftop_tui.services.overall_forms import Around
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.action_list import ActionItem, ActionList
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice
from ftop_tui.widgets.dialogs import Choice
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_field import NoteField
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.people_suggester import PeopleSuggester
from ftop_tui.widgets.preview import Preview
from ftop_tui.widgets.retelling import retell

_LINES = ("attendees", "next_action", "action_owner")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class OverallScreen(NoteScreen):
    """Writes a lifecycle note of a tenant (OS-02, OS-04, OS-11, OS-12)."""

    TITLE_LINE = "Lifecycle note"
    CSS_PATH = ["note_screen.tcss", "overall.tcss"]  # noqa: RUF012 - as Textual does
    kind = NoteKind.OVERALL
    side_id = "actions"
    BINDINGS: ClassVar[list[BindingType]] = note_keys(
        Binding("f2", "people", "People", id="overall.people",
                tooltip="Put in somebody known: as owner from the owner's line, else on the call"),
        side="Actions",
    )  # fmt: skip

    around: Around | None = None

    def compose_form(self) -> ComposeResult:
        """The note left; its text and the open actions right."""
        with Horizontal(id="body"):
            with VerticalScroll(id="form", can_focus=False):
                yield Static(
                    Content.assemble(
                        Content.styled(long_day(self.context.today().toordinal()), looks.STRONG),
                        ": what came out of a call with customer, account team or partner",
                    ),
                    classes="hint", id="when",
                )  # fmt: skip
                yield NoteField(
                    "attendees", Content("Who was on the call"),
                    NoteLine(placeholder="names, with commas between them", id="attendees"),
                )  # fmt: skip
                yield NoteField("text", Content("What is worth tracking"), NoteArea(id="text"))
                yield NoteField("next_action", Content("Next action"), NoteLine(id="next_action"))
                yield NoteField(
                    "action_date", Content("By when"),
                    NoteLine(placeholder="YYYY-MM-DD", id="action_date"),
                    Static("", id="day-problem", classes="hint"),
                )  # fmt: skip
                yield NoteField("action_owner", Content("By whom"), NoteLine(id="action_owner"))
                roles = [RowChoice(role.value, role.word) for role in Role]
                yield NoteField(
                    "author_role", Content("Written by"), ChoiceRow(roles, id="author_role")
                )
            with Vertical(id="side"):
                yield Preview(id="preview")
                yield ActionList(id="open")

    def focus_first(self) -> None:
        """On what was said: who was there can be put in from here too."""
        self.query_one("#text").focus()

    # The record around it.

    def _read(self, tag: str | None) -> None:
        self._lock(True)

        def known(around: Around) -> None:
            self._know(around)
            super(OverallScreen, self)._read(None)

        self.run_service(self._read_around, known, group="open", exclusive=True)

    def _read_around(self) -> Around:
        return overall_forms.around(self.context, self.tenant_id)

    def _know(self, around: Around) -> None:
        self.around = around
        names = [clean_line(person.name) for person in around.people]
        self.query_one("#attendees", NoteLine).suggester = PeopleSuggester(names)
        self.query_one("#action_owner", NoteLine).suggester = SuggestFromList(
            names, case_sensitive=False
        )

    # The fields and what is typed into them.

    def harmless(self, body: NoteBody) -> NoteBody:
        """The body as the fields show it."""
        assert isinstance(body, OverallBody)  # noqa: S101 - the kind of this form
        lines: dict[str, Any] = {
            name: clean_line(getattr(body, name)) for name in (*_LINES, "unread")
        }
        return replace(body, text=clean(body.text), **lines)

    @property
    def note(self) -> OverallBody:
        """What is typed."""
        body = self.body
        assert isinstance(body, OverallBody)  # noqa: S101 - the kind of this form
        return body

    def fill(self) -> None:
        """Every field from the held draft."""
        note = self.note
        for name in _LINES:
            self.query_one(f"#{name}", NoteLine).fill(getattr(note, name))
        self.query_one("#text", NoteArea).fill(note.text)
        self.query_one("#action_date", NoteLine).fill(TypedDay(note.action_date, note.unread).text)
        role = note.author_role.value if note.author_role else ""
        self.query_one("#author_role", ChoiceRow).fill(role)

    def typed(self) -> OverallBody:
        """What the fields hold; a date that cannot be read is kept as it is typed."""
        when = typed_day(self.query_one("#action_date", NoteLine).value)
        lines: dict[str, Any] = {n: self.query_one(f"#{n}", NoteLine).value for n in _LINES}
        return replace(
            self.note,
            text=self.query_one("#text", NoteArea).text,
            action_date=when.day,
            unread=when.unread,
            author_role=Role.read(self.query_one("#author_role", ChoiceRow).chosen),
            **lines,
        )

    # What follows from it.

    def steps(self) -> Sequence[Step]:
        """The preview, then findings and the open actions of the tenant's other notes."""
        return (self._show_preview, self._show_judgement, self._show_actions)

    def _show_preview(self) -> None:
        self.query_one("#preview", Preview).show(self.plain_text())

    def _show_judgement(self) -> None:
        assert self.around is not None  # noqa: S101 - called once it is read
        found = judging.judge_note(self.context, self.note, None, self.around.record).findings
        for field in self.query(NoteField):
            field.say([finding for name, finding in found if name == field.field])
        wrong = WRITE_IT if self.note.unread else ""
        problem = self.query_one("#day-problem", Static)
        problem.display = bool(wrong)
        retell(problem, Content.styled(wrong, looks.MISSING))
        text = self.query_one("#text", NoteArea)
        text.mark([finding for name, finding in found if name == "text"])
        self.refresh_keys()

    def _show_actions(self) -> None:
        """Those of the note that is being written are not open yet."""
        assert self.around is not None  # noqa: S101 - called once it is read
        assert self.saver is not None  # noqa: S101
        mine = self.saver.draft.id
        items = [
            ActionItem(each.note_id, each.day, each.owner, each.action)
            for each in self.around.actions
            if each.note_id != mine
        ]
        shown = self.query_one(ActionList)
        if shown.items != tuple(items) or not items:
            shown.show(items, self.context.today())

    # The keys.

    def why_not(self, action: str) -> str:
        """Why a key is grey: nobody is known."""
        if self.saver is not None and action == "people":
            return "Nobody is known at this customer yet; its contacts would be offered here."
        return super().why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nobody is known, nobody can be put in."""
        if action == "people" and (self.around is None or not self.around.people):
            return None
        return super().check_action(action, parameters)

    def action_people(self) -> None:
        """Choose somebody: the owner from the owner's line, else one more on the call."""
        assert self.around is not None  # noqa: S101 - the key is grey until it is there
        owner = self.query_one("#action_owner", NoteLine)
        as_owner = owner.has_focus
        there = {name.strip() for name in self.note.attendees.split(",")}
        names = [
            (clean_line(person.name), person.about)
            for person in self.around.people
            if as_owner or clean_line(person.name) not in there
        ]
        options = [
            ChoiceItem(_LETTERS[place] if place < len(_LETTERS) else "", name, name, about)
            for place, (name, about) in enumerate(names)
        ]

        def chosen(name: str | None) -> None:
            if name is None:
                return
            line = owner if as_owner else self.query_one("#attendees", NoteLine)
            before = "" if as_owner else line.value.rstrip(" ,")
            line.value = f"{before}, {name}" if before else name
            line.focus()
            line.action_end()

        title = "Who does it?" if as_owner else "Who was on the call?"
        self.app.push_screen(Choice(title, options), chosen)

    @on(ActionList.TickedOff)
    def _ticked_off(self, event: ActionList.TickedOff) -> None:
        event.stop()
        self.write(
            lambda: next_actions.tick_off(self.context, event.note_id), lambda _: self._read_anew()
        )

    def _read_anew(self) -> None:
        def known(around: Around) -> None:
            self._know(around)
            self._show_actions()

        self.run_service(self._read_around, known, group="open", exclusive=True)
