"""A small form over a screen: named lines, one key to save, and nothing typed is ever lost."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ftop_tui.errors import FtopError, InputError
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.until_written import WRITING
from ftop_tui.services.changes import Changes
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Asking, Confirm, date_problem
from ftop_tui.widgets.field_line import FieldLine
from ftop_tui.widgets.foreign import foreign_line


class FormField(NamedTuple):
    """A line of a form: its name, its words, what it begins with, what is offered."""

    name: str
    label: str
    value: str = ""
    offered: Sequence[str] = ()
    hint: str = ""


class FormDialog(Asking[Changes], FtopScreen[Changes | None]):
    """Asks for several lines, has a service write them, and closes with what that changed.

    A value that is refused is said in the form, which stays open with all that was typed.
    """

    DEFAULT_CSS = """
    FormDialog > .dialog { width: 78; padding: 1 1 0 1; }
    FormDialog FieldLine { margin-bottom: 0; }
    FormDialog .problem { margin: 1 1 0 1; }
    FormDialog .keys { height: 1; margin: 0 1; color: $ftop-muted; }
    FormDialog .told { height: auto; padding: 0 1; margin-bottom: 1; }
    """
    ALSO = (
        ("enter", "Save what is typed and close"),
        ("tab", "To the next line"),
        ("right", "Take what is offered in grey"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", id="form.save", priority=True,
                tooltip="Save what is typed and close"),
        Binding("escape", "leave", "Close", id="form.leave",
                tooltip="Close; asks where something is typed"),
    ]  # fmt: skip

    def __init__(
        self, title: str, fields: Sequence[FormField], told: Content | None = None
    ) -> None:
        super().__init__(title)
        self.fields = tuple(fields)
        self.told = told
        """What is to be known while one fills it in."""
        self._saving = False

    def call(self, values: Mapping[str, str]) -> Callable[[], Changes]:
        """The service's call that writes what is typed; each form its own.

        Raises:
            InputError: something typed cannot be read.
        """
        raise NotImplementedError

    def saved(self, changes: Changes, values: Mapping[str, str]) -> None:
        """What is to be said once it is written."""

    def compose_answer(self) -> ComposeResult:
        """The lines, what is wrong with them, the keys."""
        if self.told is not None:
            yield Static(self.told, classes="told")
        for field in self.fields:
            yield FieldLine(field.name, field.label, field.hint)
        yield Static("", classes="problem")
        keys = Content("  ").join(
            Content.assemble(Content.styled(key, looks.KEY), f" {word}")
            for key, word in (("enter", "saves"), ("tab", "next line"), ("esc", "closes"))
        )
        yield Static(keys, classes="keys")

    def on_mount(self) -> None:
        """Put in what is known, and begin with the first line that is empty."""
        for field in self.fields:
            self.offer(field.name, field.offered)
            self.line(field.name).line.fill(field.value)
        first = next((f for f in self.fields if not f.value), self.fields[0])
        self.line(first.name).line.focus()

    def line(self, name: str) -> FieldLine:
        """A line by its field's name."""
        return self.query_one(f"#{name}-line", FieldLine)

    def offer(self, name: str, choices: Sequence[str]) -> None:
        """Offer choices in a line; its own hint stays what an empty line shows."""
        hint = next(field.hint for field in self.fields if field.name == name)
        self.line(name).offer(choices)
        if hint:
            self.line(name).line.placeholder = hint

    @property
    def values(self) -> dict[str, str]:
        """What is typed, by field."""
        return {field.name: self.line(field.name).line.value.strip() for field in self.fields}

    @property
    def is_changed(self) -> bool:
        """Whether something differs from what the form began with."""
        return any(self.values[field.name] != field.value.strip() for field in self.fields)

    def action_save(self) -> None:
        """Take it by key."""
        self.accept()

    def accept(self) -> None:
        """Write what is typed, then close."""
        if self._saving:
            return  # enter was pressed twice
        values = self.values
        try:
            call = self.call(values)
        except FtopError as error:
            self.failed(error)
            return
        self._saving = True

        def written(changes: Changes) -> None:
            self.announce(changes)
            self.saved(changes, values)
            self.dismiss(changes)

        self.run_service(call, written, group=WRITING)

    def failed(self, error: Exception) -> None:
        """Say what was foreseen in the form; end the app over what was not."""
        self._saving = False
        if not isinstance(error, FtopError):
            self.house.fail(error)
            return
        self.complain(f"{error.message[:1].upper()}{error.message[1:]}.")

    def action_leave(self) -> None:
        """Close; where something is typed, ask first."""
        if not self.is_changed:
            self.dismiss(None)
            return
        question = Confirm(
            "Close without saving?", "What is typed here would be gone.", yes="Close", no="Go on"
        )
        self.app.push_screen(question, self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)


def read_day(text: str) -> date | None:
    """A typed day; None for an empty line.

    Raises:
        InputError: it is no date.
    """
    problem = date_problem(text, needed=False)
    if problem:
        raise InputError(problem.rstrip("."))
    return date.fromisoformat(text.strip()) if text.strip() else None


def heading(text: str, more: str = "") -> Content:
    """A heading within a text, and what stands dim beside it."""
    return Content.assemble(
        Content.styled(text, f"bold {looks.KEY}"), "  ", foreign_line(more, looks.MUTED)
    )
