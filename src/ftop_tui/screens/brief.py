"""The brief of one customer: part by part, each generated, to be edited and taken back."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from ftop_tui.playbook.brief import Brief, Part
from ftop_tui.playbook.readiness import Gap
from ftop_tui.screens.brief_rows import gap_lines, head_variants, page, part_row
from ftop_tui.screens.brief_ways import close_gap, open_part
from ftop_tui.screens.brief_writing import BriefWriting
from ftop_tui.screens.exporting import ask_export
from ftop_tui.screens.nominating import ask_to_nominate
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.services import briefs, reviews
from ftop_tui.services.changes import Changes
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel

_DIGITS = "123456789"


class _Read(NamedTuple):
    """The brief, and all customers of its meeting in their order."""

    brief: Brief
    agenda: Sequence[str]


class BriefScreen(BriefWriting):
    """Parts left, their text right; what is missing on top, each a key from its form (RA-24).

    For the meeting of `review_day`; by default for the next one the customer is nominated for.
    """

    CSS_PATH = "brief.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#parts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="brief.edit", tooltip="Write this part yourself"),
        Binding("ctrl+s", "done", "Save", id="brief.done",
                tooltip="Save the part and go back to the list; esc does the same"),
        Binding("r", "reset", "Reset", id="brief.reset",
                tooltip="Take the part back to what the record says; undo brings it back"),
        Binding("o", "open", "Its form", id="brief.open",
                tooltip="Open the form or list that this part comes from"),
        *(
            Binding(digit, f"gap({digit})", f"Gap {digit}", id=f"brief.gap-{digit}", show=False,
                    tooltip=f"Open the form that closes gap {digit}")
            for digit in _DIGITS
        ),
        Binding("n", "other(1)", "Next", id="brief.next",
                tooltip="The next customer of this meeting"),
        Binding("p", "other(-1)", "Previous", id="brief.previous",
                tooltip="The customer before in this meeting"),
        Binding("P", "present", "Presenter", id="brief.presenter",
                tooltip="One customer a page, to read from in the meeting"),
        Binding("x", "export", "Export", id="brief.export",
                tooltip="Write this brief to a file"),
        *undo_keys("brief", show=False),
        Binding("pagedown", "scroll_text(1)", "Text down", id="brief.text-down", show=False,
                tooltip="Scroll the text down"),
        Binding("pageup", "scroll_text(-1)", "Text up", id="brief.text-up", show=False,
                tooltip="Scroll the text up"),
        Binding("escape", "leave", "Back", id="brief.leave", key_display="esc",
                tooltip="Back; what is typed is saved"),
        Binding("q", "leave", "Back", id="brief.quit", show=False, tooltip="Back"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str, review_day: date | None = None) -> None:
        super().__init__(tenant_id)
        self.review_day = review_day
        self.agenda: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """Head, gaps, parts, text, keys."""
        yield StatusLine(id="head")
        yield Static("", id="gaps")
        with Horizontal(id="brief"):
            yield KeyList(id="parts")
            with ContentSwitcher(initial="text", id="right"):
                yield TextPanel(id="text")
                with Vertical(id="editing"):
                    yield Static("", id="edit-head")
                    yield NoteArea(id="area")
        yield KeyLine()

    # What is seen.

    def read(self) -> None:
        """Look the brief up; what is being typed stays."""

        def look() -> _Read:
            found = briefs.brief(self.context, self.tenant_id, review_day=self.review_day)
            day = found.review_day
            meeting = reviews.meeting_of(self.context, day) if day else None
            nominated = [each.tenant_id for each in meeting.nominations] if meeting else []
            return _Read(found, nominated)

        self.run_service(look, self._fill, group="brief", exclusive=True)

    def _fill(self, read: _Read) -> None:
        rows = self.query_one("#parts", KeyList)
        place = rows.highlighted or 0
        self.brief, self.agenda = read
        gaps = self.gaps
        felt = {gap.part for gap in gaps if gap.needed}
        rows.clear_options()
        rows.add_options([Option(part_row(part, part.key in felt)) for part in self.brief.parts])
        rows.highlighted = min(place, len(self.brief.parts) - 1)
        self.query_one("#head", StatusLine).show(head_variants(self.brief))
        self.query_one("#gaps", Static).update(gap_lines(gaps))
        self._show()
        self.refresh_bindings()

    @property
    def gaps(self) -> Sequence[Gap]:
        """What can be closed by a digit, what is needed first."""
        if self.brief is None:
            return ()
        found = (*self.brief.readiness.missing, *self.brief.readiness.advised)
        return found[: len(_DIGITS)]

    @property
    def part(self) -> Part | None:
        """The part under the cursor."""
        place = self.query_one("#parts", KeyList).highlighted
        parts = self.brief.parts if self.brief else ()
        return parts[place] if place is not None and place < len(parts) else None

    @on(OptionList.OptionHighlighted, "#parts")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        part = self.part
        if part is not None and self.brief is not None:
            self.query_one("#text", TextPanel).show(page(part, self.brief))

    # Editing.

    @on(OptionList.OptionSelected, "#parts")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_edit()

    def action_edit(self) -> None:
        """Write the part; a customer that is not nominated is nominated first, once asked."""
        if self.brief is None or self.part is None:
            return
        if self.brief.nomination_id is None:
            name, day = self.brief.shown_name, self.brief.review_day
            ask_to_nominate(self, self.tenant_id, name, day, self._nominated)
            return
        self.editing, self._stored, self._wrote = self.part.key, self.part.text, False
        area = self.query_one("#area", NoteArea)
        area.fill("" if self.part.empty and not self.part.edited else self.part.text)
        if not area.text:
            self._stored = ""
        title = foreign_line(self.part.title, looks.STRONG)
        hint = Content.styled("  saved as you type; esc when done", looks.MUTED)
        self.query_one("#edit-head", Static).update(title + hint)
        self.query_one("#right", ContentSwitcher).current = "editing"
        area.focus()
        self.refresh_bindings()

    def _nominated(self, day: date) -> None:
        self.review_day = day

    def action_done(self) -> None:
        """Save and go back to the parts."""

        async def finish() -> None:
            if not await self._keep():
                return
            part, wrote = self.part, self._wrote
            self.editing = None
            self.query_one("#right", ContentSwitcher).current = "text"
            self.query_one("#parts", KeyList).focus()
            if wrote and part is not None and self.brief is not None:
                said = f"Edited {part.title!r} of {self.brief.shown_name}; undo takes it back"
                self.announce(Changes(said, tenants=frozenset({self.tenant_id})))
            self.refresh_bindings()

        _: Worker[None] = self.run_worker(finish, group="done", exclusive=True, exit_on_error=False)

    def action_reset(self) -> None:
        """Back to what the record says."""
        if self.brief is not None and self.part is not None:
            self.write(
                partial(
                    briefs.reset, self.context, self.tenant_id, self.part.key,
                    review_day=self.brief.review_day,
                )
            )  # fmt: skip

    # Ways on.

    def why_not(self, action: str) -> str:
        """Why a key is grey."""
        return _WHY_NOT.get(action, "The brief is not read yet.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is grey; while one writes, letters belong to the text."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if self.editing is not None:
            return action not in _OURS
        if action == "done":
            return False
        part = self.part
        able = {
            "reset": part is not None and part.edited,
            "open": part is not None,
            "edit": part is not None,
            "gap": bool(parameters) and 0 < int(str(parameters[0])) <= len(self.gaps),
            "other": self._other(int(str(parameters[0]))) is not None if parameters else False,
            "present": self.brief is not None,
            "export": self.brief is not None,
        }
        return True if able.get(action, True) else None

    def action_gap(self, number: int) -> None:
        """Open the form that closes a gap (RA-24)."""
        close_gap(self.app, self.gaps[number - 1])

    def action_open(self) -> None:
        """Open where the part under the cursor comes from; of a part with a gap, what closes it."""
        if self.part is None or self.brief is None:
            return
        key = self.part.key
        gap = next((gap for gap in self.gaps if gap.part == key), None)
        if gap is not None:
            close_gap(self.app, gap)
        else:
            open_part(self.app, self.context.pack, self.brief.tenant_id, key)

    def _other(self, step: int) -> str | None:
        """The customer before or after in the meeting."""
        mine = self.brief.tenant_id if self.brief else ""
        if mine not in self.agenda:
            return None
        place = list(self.agenda).index(mine) + step
        return self.agenda[place] if 0 <= place < len(self.agenda) else None

    def action_other(self, step: int) -> None:
        """The next or previous customer of the meeting, on the same part."""
        other = self._other(step)
        if other is not None and self.brief is not None:
            self.tenant_id, self.review_day = other, self.brief.review_day
            self.read()

    def action_present(self) -> None:
        """The presenter's view, this customer first."""
        # Deferred for start-up speed: opened from here alone.
        from ftop_tui.screens.presenter import PresenterScreen  # noqa: PLC0415

        if self.brief is None:
            return
        mine = self.brief.tenant_id
        every = list(self.agenda) if mine in self.agenda else [mine]
        day = self.brief.review_day
        self.app.push_screen(PresenterScreen(every, review_day=day, start=every.index(mine)))

    def action_export(self) -> None:
        """Ask for a file and write this brief to it."""
        if self.brief is not None:
            ask_export(self, [self.tenant_id], self.brief.review_day)

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text by a page."""
        self.query_one("#text", TextPanel).scroll_pages(pages)

    def action_leave(self) -> None:
        """From the text back to the parts; from there to where one was."""
        if self.editing is not None:
            self.action_done()
            return
        self.dismiss(None)


_OURS = frozenset({
    "edit", "reset", "open", "gap", "other", "present", "export", "scroll_text", "undo", "redo",
})  # fmt: skip

_WHY_NOT = {
    "reset": "The part says what the record says: nothing of it was edited.",
    "gap": "No gap has that number.",
    "other": "There is no other customer of the meeting on that side.",
}
"""Why a key cannot act, by its action."""
