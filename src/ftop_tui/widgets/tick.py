"""A box to tick that reads without colour: empty when off."""

from textual.widgets import Checkbox


class Tick(Checkbox):
    """A checkbox whose mark is there only when it is on; Textual's own differs by colour alone."""

    DEFAULT_CSS = """
    Tick { background: transparent; }
    Tick:focus > .toggle--label { text-style: underline; background: transparent; }
    """
    BUTTON_LEFT = "["
    BUTTON_RIGHT = "]"
    BUTTON_INNER = " "

    def on_mount(self) -> None:
        """Draw the mark that it starts with."""
        self._mark()

    def watch_value(self) -> None:
        """Draw the mark, or none."""
        self._mark()
        super().watch_value()

    def _mark(self) -> None:
        self.BUTTON_INNER = "x" if self.value else " "
