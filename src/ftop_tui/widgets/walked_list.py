"""A list of options that is walked by letters as well as by arrows."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class WalkedList(OptionList):
    """A list that j, k, g and G walk as the arrows and home and end do."""

    DEFAULT_CSS = """
    WalkedList, WalkedList:focus {
        border: none; background: $background; background-tint: transparent;
    }
    WalkedList > .option-list--option-highlighted,
    WalkedList:focus > .option-list--option-highlighted {
        color: $foreground; background: $primary 30%; text-style: none;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Next", id="people.next", show=False, tooltip="The next one"),
        Binding("k", "cursor_up", "Before", id="people.before", show=False,
                tooltip="The one before"),
        Binding("g", "first", "First", id="people.first", show=False, tooltip="The first one"),
        Binding("G", "last", "Last", id="people.last", show=False, tooltip="The last one"),
    ]  # fmt: skip
