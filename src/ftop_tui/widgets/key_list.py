"""A list of rows that the letters of the home screen's list move in as well."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.widgets import OptionList


class KeyList(OptionList):
    """An option list with j, k, g and G beside the arrows; a click only puts the cursor on a row.

    What opens or changes a row is enter, or a double click, as on the list of tenants.
    """

    DEFAULT_CSS = """
    KeyList, KeyList:focus {
        border: none; padding: 0 1; background: $background; background-tint: $background 0%;
        scrollbar-size-vertical: 1;
    }
    KeyList > .option-list--option-highlighted {
        background: $panel; color: $foreground; text-style: none;
    }
    KeyList:focus > .option-list--option-highlighted {
        background: $primary $cursor-share; color: $foreground; text-style: none;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", id="keylist.down", show=False,
                tooltip="One row down"),
        Binding("k", "cursor_up", "Up", id="keylist.up", show=False, tooltip="One row up"),
        Binding("g", "first", "First", id="keylist.first", show=False, tooltip="The first row"),
        Binding("G", "last", "Last", id="keylist.last", show=False, tooltip="The last row"),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)

    def on_click(self, event: Click) -> None:
        """A click puts the cursor on a row, a double click chooses it."""
        event.prevent_default()  # Textual's own list chooses at the first click
        place = event.style.meta.get("option")
        if place is None or self.get_option_at_index(place).disabled:
            return
        self.highlighted = place
        if event.chain > 1:
            self.action_select()
