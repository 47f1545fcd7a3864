"""What is put into the Enterprise form by key: the last note, FTOP's text, lines of the record."""

from dataclasses import replace
from typing import Any

from ftop_tui.playbook.lint.fields import risk_lines
from ftop_tui.playbook.notes import EnterpriseBody, NoteBody
from ftop_tui.screens.note_screen import NoteScreen
from ftop_tui.screens.pasting import Pasted, PasteDialog
from ftop_tui.services import enterprise_forms
from ftop_tui.services.changes import Changes
from ftop_tui.services.enterprise_forms import Around, LastPosted
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import Choice, Confirm
from ftop_tui.widgets.note_area import NoteArea

LINES = ("topic", "ftc_exo", "ftc_spo", "ftc_opp", "brand")
AREAS = (
    "description", "impact", "actions", "progress", "overview", "ftc_other", "risks", "awareness",
)  # fmt: skip
TICKS = ("reason", "objectives")
MARKED = (*LINES, *AREAS, "reason", "status")
"""Fields that say since when nobody touched them; the rest is made anew for each note."""
_ALL = "all"
_INSERTED = {
    "awareness": "Milestones since the last note",
    "risks": "Escalated or blocked, and not in Risks",
}


class SourcesScreen(NoteScreen):
    """The part of the form that takes texts in from elsewhere (ES-12, RA-14)."""

    around: Around | None = None

    @property
    def note(self) -> EnterpriseBody:
        """What is typed."""
        body = self.body
        assert isinstance(body, EnterpriseBody)  # noqa: S101 - the kind of this form
        return body

    def harmless(self, body: NoteBody) -> NoteBody:
        """The body as the fields show it."""
        assert isinstance(body, EnterpriseBody)  # noqa: S101 - the kind of this form
        changes: dict[str, Any] = {
            name: clean_line(getattr(body, name)) for name in (*LINES, "unread")
        }
        changes |= {name: clean(getattr(body, name)) for name in AREAS}
        for name in TICKS:
            lines = (clean_line(value) for value in getattr(body, name))
            changes[name] = tuple(dict.fromkeys(line for line in lines if line))
        return replace(body, **changes)

    def _last(self) -> LastPosted | None:
        assert self.around is not None  # noqa: S101 - called once it is read
        last = self.around.last
        if last is None:
            return None
        body = self.harmless(last.body)
        assert isinstance(body, EnterpriseBody)  # noqa: S101 - the kind of this form
        return LastPosted(last.day, body)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What has nothing to put in is grey."""
        if action in {"carry", "paste", "insert"}:
            if self.saver is None or self.around is None:
                return None
            if action == "carry" and self.around.last is None:
                return None
            if action == "insert" and not self._insertable()[1]:
                return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Why there is nothing to put in."""
        if self.around is None:
            return super().why_not(action)
        if action == "carry":
            paste = self.key_of("enterprise.paste")
            return f"No posted note has a text to start from; {paste} pastes FTOP's."
        if action == "insert":
            return "The record knows nothing that is not in the note already."
        return super().why_not(action)

    def action_carry(self) -> None:
        """Start from the last posted note; what is stored already is replaced only when asked."""
        last, saver = self._last(), self.saver
        if last is None or saver is None:
            return
        if not saver.draft.version and not saver.unsaved:
            self._carry(last)
            return
        question = Confirm(
            "Start from the last note?",
            f"The note of {last.day.isoformat()} takes the place of what is typed here.",
            yes="Start from it", no="Keep mine", danger=True,
        )  # fmt: skip
        self.app.push_screen(question, lambda yes: self._carry(last) if yes else None)

    def _carry(self, last: LastPosted) -> None:
        """The last note's fields into the draft; date, objectives and what it left empty stay."""
        now = self.note
        changes: dict[str, Any] = {
            name: value for name in (*MARKED, "author_role") if (value := getattr(last.body, name))
        }
        body = replace(now, **changes)
        assert self.saver is not None  # noqa: S101 - the key is grey until it is there
        self.saver.edit(body)
        with self.prevent(*self._quiet()):
            self.fill()
        self.repaint()

    def action_paste(self) -> None:
        """Ask for FTOP's text."""
        assert self.around is not None  # noqa: S101 - the key is grey until it is there
        today = self.context.today()
        dialog = PasteDialog(self.context.pack, self.around.last_day or today, today)
        self.app.push_screen(dialog, self._take_in)

    def _take_in(self, pasted: Pasted | None) -> None:
        if pasted is None:
            return

        def keep() -> Changes:
            return enterprise_forms.take_in(self.context, self.tenant_id, pasted.text, pasted.day)

        self.write(keep, lambda _: self._read_around())

    def _read_around(self) -> None:
        """The last note is another now: read it, and start from it."""

        def known(around: Around) -> None:
            self.around = around
            self.repaint()
            self.action_carry()

        self.run_service(lambda: enterprise_forms.around(self.context, self.tenant_id), known)

    def _insertable(self) -> tuple[str, list[str]]:
        """The field that F4 writes into, and the lines that it lacks: the one with the focus.

        Milestones for Awareness (RA-14), what is escalated or blocked for Risks (ES-12).
        """
        assert self.around is not None  # noqa: S101 - called once it is read
        note = self.note
        said = [each.sentence for each in self.around.milestones]
        milestones = [each for each in said if each not in note.awareness]
        risks = [clean_line(x) for x in risk_lines(note, self.around.record, self.context.pack)]
        at = self.focused.id if self.focused is not None else None
        if at == "risks" or (at != "awareness" and not milestones):
            return "risks", risks
        return "awareness", milestones

    def action_insert(self) -> None:
        """Put one line, or all of them, at the end of the field."""
        self.catch_up()
        field, lines = self._insertable()
        if len(lines) == 1:
            self._insert(field, lines)
            return
        options = [ChoiceItem("a", _ALL, "all of them")]
        options += [
            ChoiceItem(str(place) if place < 10 else "", str(place - 1), each)
            for place, each in enumerate(lines, start=1)
        ]

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._insert(field, lines if answer == _ALL else [lines[int(answer)]])

        self.app.push_screen(Choice(_INSERTED[field], options), chosen)

    def _insert(self, field: str, lines: list[str]) -> None:
        area = self.query_one(f"#{field}", NoteArea)
        area.rewrite("\n".join(line for line in (area.text.rstrip(), *lines) if line))
        area.focus()
