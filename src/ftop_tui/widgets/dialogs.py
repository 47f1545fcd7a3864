"""The family of dialogs: confirm, prompt, choose, read, and an error. Each is a typed question.

    self.app.push_screen(Confirm("Delete the draft?"), self._answered)

Escape always means no. Every text is drawn letter by letter, whoever wrote it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from ftop_tui.errors import FtopError
from ftop_tui.text import clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.keeping import Answer, Typing


class Dialog(Typing[Answer]):
    """A box over the screen with a title, a message, and something to answer with."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > .dialog {
        width: 72; max-width: 92%; height: auto; max-height: 90%;
        padding: 1 2; background: $surface; border: round $primary;
        border-title-color: $text; border-title-style: bold;
        border-subtitle-color: $ftop-muted;
    }
    Dialog.-error > .dialog { border: round $error; }
    Dialog .message { height: auto; max-height: 14; margin-bottom: 1; }
    Dialog .message Static { height: auto; width: 1fr; }
    Dialog .buttons { height: auto; align-horizontal: right; }
    Dialog Button { margin-left: 2; min-width: 12; }
    Dialog .problem { color: $text-error; height: auto; min-height: 1; }
    Dialog OptionList, Dialog OptionList:focus {
        height: auto; max-height: 18; border: none; padding: 0; background: $surface;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "dismiss(None)", "Close", id="dialog.close", tooltip="Close, change nothing"
        ),
        Binding("f1,question_mark", "app.help", "Help", id="dialog.help", show=False,
                tooltip="What the keys do, and what the playbook says of what is asked"),
    ]  # fmt: skip
    ALSO: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys of the answer itself, for help: those of lines, lists and buttons."""

    def __init__(self, title: str, message: str = "", *, details: Sequence[str] = ()) -> None:
        super().__init__()
        self.heading = title
        self.message = message
        self.details = tuple(details)
        self.topic = ""

    def asking(self, topic: str) -> Self:
        """Name what is asked about, where the class does not say it: guidance is found by it."""
        self.topic = topic
        return self

    def compose(self) -> ComposeResult:
        """The box: message and details on top, then what the variant answers with."""
        with Vertical(classes="dialog") as box:
            box.border_title = foreign_line(self.heading)
            box.border_subtitle = self.keys_told
            if self.message or self.details:
                with VerticalScroll(classes="message", can_focus=len(self.details) > 3):
                    if self.message:
                        yield Static(foreign(self.message), classes="said")
                    for detail in self.details:
                        yield Static(Content.assemble("• ", foreign(detail)), classes="detail")
            yield from self.compose_answer()

    @property
    def keys_told(self) -> Content:
        """The keys that the frame names."""
        return Content.assemble(("f1", looks.KEY), " help")

    def compose_answer(self) -> ComposeResult:
        """What the question is answered with; each variant its own."""
        yield from ()

    @property
    def subject(self) -> tuple[str, ...]:
        """What tells the thing that is asked about from others of the same tenant."""
        return (self.heading, self.message)

    def say_taken_up(self, said: str) -> None:
        """Say in the frame that what was typed before stands here again; no line moves for it."""
        box = self.query_one(".dialog")
        box.border_subtitle = Content.assemble(foreign_line(said), "   ", self.keys_told)


class Confirm(Dialog[bool]):
    """A yes or no. `danger` puts the focus on no, for what cannot be taken back."""

    ALSO = (("enter", "Take the button that is lit"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes", tooltip="Yes, do it"),
        Binding("n", "answer(False)", "No", id="confirm.no", tooltip="No, leave it"),
        Binding("left,right", "other", "Other button", id="confirm.other", show=False,
                tooltip="Go to the other button"),
    ]  # fmt: skip

    def __init__(
        self,
        title: str,
        message: str = "",
        *,
        yes: str = "Yes",
        no: str = "No",
        danger: bool = False,
        details: Sequence[str] = (),
    ) -> None:
        super().__init__(title, message, details=details)
        self.yes, self.no, self.danger = yes, no, danger

    def compose_answer(self) -> ComposeResult:
        """Two buttons."""
        with Horizontal(classes="buttons"):
            yield Button(
                foreign_line(self.yes), variant="error" if self.danger else "primary", id="yes"
            )
            yield Button(foreign_line(self.no), id="no")

    def on_mount(self) -> None:
        """Focus the harmless answer where the other one is dangerous."""
        self.query_one("#no" if self.danger else "#yes", Button).focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by key."""
        self.dismiss(yes)

    def action_other(self) -> None:
        """Move between the two buttons."""
        self.focus_next(Button)


Check = Callable[[str], str | None]
"""Says what is wrong with a typed text, or None when nothing is."""


def date_problem(text: str, *, needed: bool = True) -> str | None:
    """What is wrong with a typed day, or None; empty is right where none is needed."""
    if not text.strip():
        return "Type a date, as YYYY-MM-DD." if needed else None
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return f"{text.strip()!r} is no date; write it as YYYY-MM-DD."
    return None


class Asking(Dialog[Answer]):
    """Lines to type, what is wrong with them, and buttons; each kind says what it makes of them.

    Enter and the button `ok` take what is typed, any other button changes nothing.
    """

    def taking(self, accept: str, refuse: str = "Cancel") -> ComposeResult:
        """What is wrong with the lines, and the two buttons."""
        yield Static("", classes="problem")
        with Horizontal(classes="buttons"):
            yield Button(foreign_line(accept), variant="primary", id="ok")
            yield Button(foreign_line(refuse), id="cancel")

    def accept(self) -> None:
        """Take what is typed, or complain."""
        raise NotImplementedError

    def complain(self, problem: str) -> None:
        """Say what is wrong with what is typed; nothing, where nothing is."""
        self.query_one(".problem", Static).update(foreign(problem))

    def edited(self) -> None:
        """Something was typed: what was said of it holds no longer."""
        self.complain("")

    def entered(self, line: Input) -> None:
        """Enter was pressed in a line."""
        self.accept()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self.edited()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.entered(event.input)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "ok":
            self.accept()
        else:
            self.dismiss(None)


class Prompt(Asking[str]):
    """One line to type; `check` keeps the dialog open until what is typed can be used."""

    ALSO = (("enter", "Take what is typed"), ("tab", "To the buttons, and back"))

    def __init__(
        self,
        title: str,
        message: str = "",
        *,
        value: str = "",
        placeholder: str = "",
        check: Check | None = None,
        ok: str = "OK",
    ) -> None:
        super().__init__(title, message)
        self.value, self.placeholder, self.check, self.ok = value, placeholder, check, ok

    def compose_answer(self) -> ComposeResult:
        """The line, what is wrong with it, and the buttons."""
        yield Input(clean_line(self.value), placeholder=clean_line(self.placeholder), id="line")
        yield from self.taking(self.ok)

    def accept(self) -> None:
        """Close with the line, where it can be used."""
        text = self.query_one("#line", Input).value
        problem = self.check(text) if self.check else None
        if problem:
            self.complain(problem)
        else:
            self.dismiss(text)


def date_prompt(title: str, message: str = "", *, value: str = "", needed: bool = True) -> Prompt:
    """A prompt for a day, written YYYY-MM-DD."""
    return Prompt(
        title,
        message,
        value=value,
        placeholder="YYYY-MM-DD",
        check=lambda text: date_problem(text, needed=needed),
    )


class Choice(Dialog[str]):
    """One of a few, by its letter, by arrows and enter, or by mouse."""

    ALSO = (
        ("a letter", "Choose what stands beside it"),
        ("up down", "Go to another row"),
        ("enter", "Choose the row under the cursor"),
    )

    def __init__(self, title: str, options: Sequence[ChoiceItem], message: str = "") -> None:
        super().__init__(title, message)
        self.options = tuple(options)

    def compose_answer(self) -> ComposeResult:
        """The list."""
        rows = [
            Option(
                Content.assemble(
                    Content.styled(f"{option.key:>2}  ", looks.KEY),
                    foreign_line(option.label),
                    "   ",
                    foreign_line(option.detail, looks.MUTED),
                ),
            )
            for option in self.options
        ]
        yield OptionList(*rows, markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self.options[event.option_index].value)

    def on_key(self, event: Key) -> None:
        """A letter chooses at once."""
        for option in self.options:
            if event.character and option.key == event.character:
                event.stop()
                self.dismiss(option.value)
                return


class TextDialog(Dialog[bool]):
    """Something to read, closed by any of the usual keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Close", id="text.close", tooltip="Close"),
    ]

    def compose_answer(self) -> ComposeResult:
        """One button."""
        with Horizontal(classes="buttons"):
            yield Button("OK", variant="primary", id="ok")

    def on_mount(self) -> None:
        """The button is what enter presses."""
        self.query_one("#ok", Button).focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(True)


class ErrorDialog(TextDialog):
    """A problem as it is: title, sentence, details; `copy` is handed them as text on a key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", id="error.copy", tooltip="Copy what it says"),
    ]

    def __init__(self, error: FtopError, copy: Callable[[str], object] | None = None) -> None:
        message = error.message
        super().__init__(error.title, f"{message[:1].upper()}{message[1:]}", details=error.details)
        self.copy = copy
        self.add_class("-error")

    @property
    def keys_told(self) -> Content:
        """Copying as well."""
        keys = super().keys_told
        return Content.assemble(("c", looks.KEY), " copy   ", keys) if self.copy else keys

    def action_copy(self) -> None:
        """Copy what it says, a detail a line."""
        if self.copy is not None:
            self.copy("\n".join((self.heading, self.message, *(f"- {d}" for d in self.details))))
