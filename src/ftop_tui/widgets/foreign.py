"""Foreign text on the screen: the one helper through which every string that is not ours goes.

Textual reads a plain `str` as markup: `[EXO]` vanishes, `[/]` ends the app, `[@click=…]` becomes an
action. A `Content` made here is drawn letter by letter, and what the terminal would obey is gone.
"""

from textual.content import Content

from ftop_tui.text import clean, clean_line


def foreign(text: str, style: str = "") -> Content:
    """Text that is not ours as content to draw; line feeds stay."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def foreign_line(text: str, style: str = "") -> Content:
    """The same on one line, for a row, a title or a label."""
    line = clean_line(text)
    return Content.styled(line, style) if style else Content(line)
