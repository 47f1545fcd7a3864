"""The dialog of long work: what is done, how far it is, and a way to call it off.

It looks at the work now and then, so that telling costs the work next to nothing, and stays unseen
for a moment: what is done by then flashes no dialog.
"""

import asyncio
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from ftop_tui.progress import Work
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Dialog

_LOOKED_AT_EVERY = 0.1
_TOLD_AFTER = 0.04
_GUESSED_AFTER = 1.5
"""The part, and the seconds, from which on a guess at the time left is worth telling."""
_MINUTE = 60


class Working(Dialog[None]):
    """Covers the screen while work runs; the one that runs the work ends the dialog by `end`."""

    DEFAULT_CSS = """
    Working { background: transparent; }
    Working > .dialog { display: none; }
    Working.-seen { background: $background 60%; }
    Working.-seen > .dialog { display: block; }
    Working #bar, Working #left { height: 1; width: 1fr; }
    Working #left { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "call_off", "Call off", id="working.off",
            tooltip="Call the work off; nothing of it is kept",
        ),
    ]  # fmt: skip

    UNSEEN_SECONDS: ClassVar[float] = 0.3
    """How long work may take before a dialog tells of it."""

    def __init__(self, title: str, work: Work, *, unseen: bool = True) -> None:
        super().__init__(title)
        self.work = work
        self.unseen = unseen
        """Whether it begins unseen, though it takes the keys."""
        self.ended = False
        self.closed = asyncio.Event()
        self._since = monotonic()

    def compose_answer(self) -> ComposeResult:
        """The bar, the time left, and the button for the mouse; no key but escape reaches it."""
        yield Static("", id="bar")
        yield Static("", id="left")
        with Horizontal(classes="buttons"):
            button = Button("Call it off", id="off")
            button.can_focus = False  # an enter that was typed ahead would press it
            yield button

    def on_mount(self) -> None:
        """Show itself, now or in a moment, then look again and again."""
        if self.unseen:
            self.set_timer(self.UNSEEN_SECONDS, self._seen)
        else:
            self._seen()
        self.set_interval(_LOOKED_AT_EVERY, self._look)

    def _seen(self) -> None:
        self._look()
        self.add_class("-seen")

    def on_resize(self) -> None:
        """Another width for the bar."""
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        """Draw how far the work is."""
        part = self.work.part
        if not self.query("#bar"):
            return  # not put together yet, or being taken down: short work ends before either
        bar = self.query_one("#bar", Static)
        bar.update(bar_of(part, bar.content_size.width))
        called_off = self.work.called_off
        said = "being called off…" if called_off else left_words(part, monotonic() - self._since)
        told = [Content.styled(said, looks.MUTED), Content("  ")] if said else []
        if not called_off:
            told += [Content.styled("escape", looks.KEY)]
            told += [Content.styled(" calls it off", looks.MUTED)]
        self.query_one("#left", Static).update(Content.assemble(*told))
        self.query_one("#off", Button).disabled = called_off

    def action_call_off(self) -> None:
        """Ask the work to end; it does when it next tells how far it is."""
        self.work.call_off()
        self._look()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_call_off()

    def end(self) -> None:
        """Close: at once, or as soon as what lies over it is closed; `closed` is set then."""
        self.ended = True
        if self in self.app.screen_stack:
            self.on_screen_resume()
        else:
            self.closed.set()

    def on_screen_resume(self) -> None:
        """On top again; with nothing more to tell, close."""
        if self.ended and self.is_active:
            self.dismiss(None)
            self.closed.set()


def bar_of(part: float, width: int) -> Content:
    """A bar that reads without colour, with the percent behind it."""
    percent = f"{min(part, 1.0):>5.0%}"
    cells = max(1, width - len(percent))
    done = round(cells * min(part, 1.0))
    return Content.assemble(
        Content.styled("█" * done, "$primary"),
        Content.styled("░" * (cells - done), looks.MUTED),
        percent,
    )


def left_words(part: float, seconds: float) -> str:
    """About how long work still takes, by how long its part took; "" while that is a wild guess."""
    if part < _TOLD_AFTER or seconds < _GUESSED_AFTER:
        return ""
    left = seconds * (1 - part) / part
    if left < 1:
        return "nearly done"
    if left < _MINUTE:
        return f"about {round(left)} s left"
    return f"about {round(left / _MINUTE)} min left"
