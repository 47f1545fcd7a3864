"""How much there is to scroll, told without a new layout of the whole screen."""

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def set_virtual_size(view: ScrollView, size: Size) -> None:
    """Give what scrolls another size; only a scrollbar that comes or goes moves anything else.

    Textual lays the screen out anew for each such change, which takes longer than all the rest of
    answering a key. This is what it does itself where it sizes a view without a layout.
    """
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)
