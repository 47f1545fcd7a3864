"""Two texts of one thing: what is typed here, what somebody else stored; the writer chooses."""

from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from ftop_tui.errors import ConflictError
from ftop_tui.widgets.dialogs import Dialog
from ftop_tui.widgets.foreign import foreign

MINE, THEIRS, BOTH = "mine", "theirs", "both"
GRACE_SECONDS = 0.7
"""Keys pressed so soon after it opened were meant for the text: they decide nothing."""


class ConflictDialog(Dialog[str]):
    """Shows both texts beside each other. Escape decides nothing: the form asks again."""

    DEFAULT_CSS = """
    ConflictDialog > .dialog { width: 110; border: round $warning; }
    ConflictDialog .texts { height: auto; max-height: 16; margin-bottom: 1; }
    ConflictDialog .text {
        width: 1fr; height: auto; max-height: 16; padding: 0 1;
        border: round $panel; border-title-color: $text;
    }
    ConflictDialog .text:focus { border: round $accent; }
    ConflictDialog .text Static { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "dismiss('mine')", "Keep mine", id="conflict.mine",
                tooltip="What is typed here takes the place of the other text"),
        Binding("t", "dismiss('theirs')", "Take theirs", id="conflict.theirs",
                tooltip="The other text stays, what is typed here is let go"),
        Binding("b", "dismiss('both')", "Keep both", id="conflict.both",
                tooltip="A note typed here becomes a draft of its own, a part goes below theirs"),
    ]  # fmt: skip

    def __init__(self, error: ConflictError, mine: str) -> None:
        message = error.message
        super().__init__(error.title, f"{message[:1].upper()}{message[1:]}.")
        self.mine = mine
        self.theirs = "\n".join(error.details)
        self._opened = monotonic()

    def compose_answer(self) -> ComposeResult:
        """The two texts and a button for each way out."""
        with Horizontal(classes="texts"):
            for title, text in (("Mine, here", self.mine), ("Theirs, stored", self.theirs)):
                with VerticalScroll(classes="text") as box:
                    box.border_title = title
                    yield Static(foreign(text or "(nothing)"))
        with Horizontal(classes="buttons"):
            yield Button("Keep mine (m)", variant="primary", id=MINE)
            yield Button("Take theirs (t)", id=THEIRS)
            yield Button("Keep both (b)", id=BOTH)

    def on_mount(self) -> None:
        """The button that loses nothing of what was typed has the focus."""
        self._opened = monotonic()
        self.query_one(f"#{MINE}", Button).focus()

    @property
    def _asked(self) -> bool:
        """Whether it has stood long enough for a key to be an answer."""
        return monotonic() - self._opened >= GRACE_SECONDS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No answer by a key that was on its way to the text."""
        if action == "dismiss" and not self._asked:
            return False
        return super().check_action(action, parameters)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self._asked:
            self.dismiss(event.button.id)
