"""Text measured in terminal cells: wide characters take two, and what is cut shows that it was."""

from rich.cells import cell_len, set_cell_size

from ftop_tui.text import clean_line

ELLIPSIS = "…"


def fit(text: str, width: int) -> str:
    """Foreign text on one line of exactly `width` cells; cut with an ellipsis, padded with blanks.

    A cut falls back to the end of a word where that costs little.
    """
    if width <= 0:
        return ""
    line = clean_line(text[: 4 * width + 64])
    if len(text) <= 4 * width + 64 and cell_len(line) <= width:
        return line + " " * (width - cell_len(line))
    kept = set_cell_size(line, width - 1).rstrip()
    blank = kept.rfind(" ")
    if blank > 0 and len(kept) - blank <= _SHORT_TAIL and not line.startswith(kept + " "):
        kept = kept[:blank]
    kept = kept.rstrip(" ,;:") + ELLIPSIS
    return kept + " " * (width - cell_len(kept))


_SHORT_TAIL = 3
"""A cut word of so few letters, its blank counted, tells nothing."""


_DEFAULT_DOMAIN = ".onmicrosoft.com"


def short_name(name: str, width: int) -> str:
    """A tenant's name for a narrow column: the ending that all have goes before letters do."""
    if cell_len(name) > width and name.casefold().endswith(_DEFAULT_DOMAIN):
        return name[: -len(_DEFAULT_DOMAIN)] + ELLIPSIS
    return name
