"""A line that is made anew at every key, drawn and laid out anew only where it says something else.

Each update of a Static has Textual lay out the whole screen, which takes longer than all the rest
of answering a key.
"""

from textual.content import Content
from textual.widgets import Static


def retell(place: Static, told: Content) -> None:
    """Say something in a place; nothing happens where it is said there already."""
    before = place.content
    if isinstance(before, Content) and same_content(before, told):
        return
    width = place.content_size.width
    # A line more or less moves what stands below it. Where the width follows the text, that does.
    follows = place.styles.is_auto_width and (told.cell_length != width or "\n" in told.plain)
    grows = not width or follows
    height = 0 if grows else told.get_height(place.styles.get_rules(), width)
    place.update(told, layout=grows or height != place.content_size.height)


def same_content(one: Content, other: Content) -> bool:
    """Whether two contents look the same; Textual compares their letters alone."""
    return one.plain == other.plain and one.spans == other.spans
