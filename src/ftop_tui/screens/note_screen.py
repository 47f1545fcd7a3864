"""What the note forms share: the page around the fields, and the keys that end nothing."""

from abc import abstractmethod

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ftop_tui.playbook.opening import shown_name
from ftop_tui.screens.external_editor import edited_outside
from ftop_tui.screens.note_endings import EndingScreen
from ftop_tui.services import clipboard
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine

_WIDE = 100
"""From so many columns on, form and side stand beside each other."""


class NoteScreen(EndingScreen):
    """A form for one note. Subclasses say how the body fills the fields and what stands beside.

    It closes with the form to open next, if any. `form_id` and `side_id` are the parts of which a
    narrow terminal shows one.
    """

    side_id = "side"

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - as Textual does

    _keys_shown: list[tuple[str, bool]] | None = None
    _left_from: Widget | None = None

    # What each form makes its own.

    @abstractmethod
    def compose_form(self) -> ComposeResult:
        """The widgets of the form and of what stands beside it."""

    def note_name(self) -> str:
        """How the note is called in questions and titles, the tenant included."""
        return f"{self._tenant_name()}, {self.kind.word}"

    def title_details(self) -> Content:
        """What the head says behind the tenant's name."""
        return Content("")

    # The page.

    def compose(self) -> ComposeResult:
        """Head, form, keys."""
        with Horizontal(classes="head"):
            yield Static("", classes="title")
            yield Static("", classes="saved")
        yield from self.compose_form()
        yield KeyLine()

    def _tenant_name(self) -> str:
        if self.opened is None:
            return self.tenant_id
        facts = self.opened.facts
        name = shown_name(facts.brand, facts.customer, facts.name) if facts.winner else None
        return name or facts.name

    def _show_title(self) -> None:
        assert self.opened is not None  # noqa: S101 - called once it is read
        shown, tenant = self._tenant_name(), self.opened.facts.name
        title = [
            Content.styled(self.TITLE_LINE, looks.STRONG),
            Content("  "),
            foreign_line(shown),
        ]
        if shown != tenant:
            title += [Content.styled("  ", looks.MUTED), foreign_line(tenant, looks.MUTED)]
        title.append(self.title_details())
        self.query_one(".title", Static).update(Content.assemble(*title))

    # The keys.

    def refresh_bindings(self) -> None:
        """Have the footer made anew."""
        self._keys_shown = None
        super().refresh_bindings()

    def refresh_keys(self) -> None:
        """The same, which is felt, only where a key came, went or turned grey since."""
        keys = [(key, active.enabled) for key, active in self.active_bindings.items()]
        if keys != self._keys_shown:
            self.refresh_bindings()
            self._keys_shown = keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now is grey."""
        if action in {"post", "copy", "walk", "delete"}:
            if self.saver is None:
                return None
            if action == "delete" and not self.saver.draft.version:
                return None
        if action == "editor" and (self.saver is None or self._text_to_edit() is None):
            return None
        return True

    def why_not(self, action: str) -> str:
        """Why a key is grey: nothing is stored, or no text has the focus."""
        return _WHY_NOT.get(action, "") if self.saver is not None else ""

    def _text_to_edit(self) -> NoteArea | NoteLine | None:
        """The text that has the focus."""
        return self.focused if isinstance(self.focused, NoteArea | NoteLine) else None

    def action_editor(self) -> None:
        """Write on in the user's own editor."""
        field = self._text_to_edit()
        if field is not None:
            self._do(self._edit_outside(field))

    async def _edit_outside(self, field: NoteArea | NoteLine) -> None:
        await self.save_now()  # nothing is saved while the editor has the terminal
        folder = self.context.paths.data_dir
        if isinstance(field, NoteArea):
            field.rewrite(edited_outside(self.app, field.text, folder))
        else:
            field.fill(edited_outside(self.app, field.value, folder))

    def action_leave(self) -> None:
        """Save, then close; where saving fails the form stays open."""
        if self.has_class("-narrow") and self.has_class("-beside"):
            self.action_side()
        else:
            self._do(self._leave())

    def action_save(self) -> None:
        """Save now."""
        self._do(self.save_now())

    def action_copy(self) -> None:
        """Copy the plain text; nothing else ever touches the clipboard."""
        text = self.plain_text()
        if not text.strip():
            self.say("The note is empty; there is nothing to copy.")
            return

        def through_terminal(copied: str) -> None:
            self.app.call_from_thread(self.app.copy_to_clipboard, copied)

        self.run_service(
            lambda: clipboard.copy(self.context, text, through_terminal), self.say, group="copy"
        )

    def action_side(self) -> None:
        """The focus goes to the side and back; a narrow terminal shows the one that has it."""
        beside = self.toggle_class("-beside").has_class("-beside")
        target = self.query_one(f"#{self.side_id}") if beside else self._fields()
        if beside:
            self._left_from = self.focused
            target.focus()
        elif self._left_from is not None and self._left_from.is_attached:
            self._left_from.focus()
        else:
            self.focus_first()


_WHY_NOT = {
    "delete": "Nothing of it is stored yet, so there is nothing to delete.",
    "editor": "Go to a text first.",
}
"""Why a key is grey in a note that is read."""
