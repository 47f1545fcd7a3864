"""One line of a note to type in; what is pasted into it becomes one line too."""

from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from ftop_tui.text import clean_line


class NoteLine(Input):
    """An input of one line. A paste of several lines is joined, not cut after the first."""

    DEFAULT_CSS = """
    NoteLine, NoteLine:focus { border: none; height: 1; padding: 0 1; }
    NoteLine { background: $panel; }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How long the line is; that moves nothing else, so no key has the screen laid out anew."""

    def __init__(
        self, value: str = "", *, placeholder: str = "", id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            clean_line(value), placeholder=clean_line(placeholder), id=id, classes=classes,
            select_on_focus=False,
        )  # fmt: skip

    def fill(self, value: str) -> None:
        """Show another text, made harmless."""
        self.value = clean_line(value)

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(event.text)

    def action_paste(self) -> None:
        """Paste what was cut or copied within the app."""
        self._put(self.app.clipboard)

    def _put(self, text: str) -> None:
        start, end = sorted(self.selection)
        self.replace(clean_line(text), start, end)
