"""The keys at the foot of a screen: only whole ones are shown, the way back always among them."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

ALWAYS = ("Help", "Back", "Quit")
"""What the keys are called that stay however narrow it is, at the right end."""


_MENU_EDGE = 2
"""Cells of the edge beside the menu."""


class ShownKey(NamedTuple):
    """A key of the footer: what is pressed, and what it does in a word."""

    binding: Binding
    display: str
    description: str
    enabled: bool
    tooltip: str

    @property
    def cells(self) -> int:
        """How wide it is, with the blank behind it."""
        return cell_len(self.display) + 1 + cell_len(self.description) + 1


def that_fit(keys: Iterable[ShownKey], width: int, more: ShownKey) -> list[ShownKey]:
    """The keys that fit into so many cells, those of `ALWAYS` last.

    Where some have to go, the last ones do, and `more` says where all of them are told, unless a
    key for help is there anyway.
    """
    listed = list(keys)
    kept = [key for key in listed if key.description not in ALWAYS]
    pinned = [key for word in ALWAYS for key in listed if key.description == word]
    if sum(key.cells for key in listed) - 1 <= width:
        return [*kept, *pinned]
    if "Help" not in {key.description for key in pinned}:
        pinned.insert(0, more)
    left = width + 1 - sum(key.cells for key in pinned)
    ends = accumulate(key.cells for key in kept)
    return [*(key for key, end in zip(kept, ends, strict=True) if end <= left), *pinned]


class KeyLine(Footer):
    """The footer of every screen; at its right end a click opens the palette, and so all else."""

    DEFAULT_CSS = """
    KeyLine { padding-left: 1; }
    KeyLine FooterKey.-menu { dock: right; padding-right: 1; border-left: vkey $foreground 20%; }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._shown: tuple[list[ShownKey], ShownKey | None] | None = None

    def compose(self) -> ComposeResult:
        """A widget for each key that fits."""
        if not self._bindings_ready:
            return
        keys, menu = self._shown = self._to_show()
        for key in keys:
            yield FooterKey(
                key.binding.key, key.display, key.description, key.binding.action,
                disabled=not key.enabled, tooltip=key.tooltip,
            ).data_bind(compact=Footer.compact)  # fmt: skip
        if menu:
            yield FooterKey(
                menu.binding.key, menu.display, menu.description, menu.binding.action,
                tooltip=menu.tooltip, classes="-menu",
            ).data_bind(compact=Footer.compact)  # fmt: skip

    async def recompose(self) -> None:
        """Make the keys anew where they differ; most often a move of the focus changes none."""
        if not self.is_attached or self.screen not in self.app.screen_stack:
            return  # its screen closes, and may have lost already what its keys ask for
        if not self._bindings_ready or self._shown != self._to_show():
            await super().recompose()

    def _to_show(self) -> tuple[list[ShownKey], ShownKey | None]:
        more = Binding("f1", "app.help", "All keys")
        told = ShownKey(more, self.app.get_key_display(more), "All keys", True, "All keys")
        menu = self._menu()
        left = self.screen.size.width - 1 - (menu.cells + _MENU_EDGE if menu else 0)
        return that_fit(self._keys(), left, told), menu

    def _menu(self) -> ShownKey | None:
        """The key of the palette; None where the palette is shut."""
        if not self.app.use_command_palette:
            return None
        every = self.screen.active_bindings.values()
        known = (each.binding for each in every if each.binding.id == "app.palette")
        for binding in known:
            display = self.app.get_key_display(binding)
            return ShownKey(binding, display, "Menu", True, "All that can be done, by name")
        return None

    def on_resize(self, event: Resize) -> None:
        """Another width has room for other keys."""
        if self._bindings_ready:
            self.call_after_refresh(self.recompose)

    def _keys(self) -> Sequence[ShownKey]:
        """The keys in the order in which the screen lists them; those of its widgets first.

        Of an action's keys the first is shown; keys of one group are shown together.
        """
        told: dict[str, ShownKey] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if not binding.show:
                continue
            name = binding.group.description if binding.group else binding.action
            display = self.app.get_key_display(binding)
            first = told.get(name)
            if first is None:
                said = binding.group.description.strip() if binding.group else binding.description
                told[name] = ShownKey(binding, display, said, enabled, tooltip)
            elif binding.group and binding.key not in {first.binding.key}:
                told[name] = first._replace(display=f"{first.display} {display}")
        written = self.screen._bindings.key_to_bindings.values()  # whatever the user has mapped
        places = {b.id: place for place, bindings in enumerate(written) for b in bindings}
        return sorted(told.values(), key=lambda key: places.get(key.binding.id, -1))
