"""A screen as a small picture: SVG with one line for each run of cells.

Textual's own picture takes far longer to draw and five times the bytes; this one is small enough to
keep hundreds, and a diff of two of them names the words that changed.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import Color, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual._context import visible_screen_stack
from textual.app import App
from textual.color import Color as Shade
from textual.filter import LineFilter

_WIDE, _HIGH, _BASE = 12, 24, 18
"""A cell in pixels, and how far below its top the letters stand."""
_DIMMED = 0.4
_WORDS = re.compile(r"\S+(?: \S+)*")
"""What stands together: SVG makes one space of many."""
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    ' font-family="DejaVu Sans Mono, ui-monospace, monospace" font-size="19.9" fill="{ink}">\n'
    "<style>.b {{ font-weight: bold }} .i {{ font-style: italic }}"
    " .u {{ text-decoration: underline }} .s {{ text-decoration: line-through }}</style>\n"
    '<rect width="{width}" height="{height}" fill="{paper}"/>\n'
)
_CLASSES = (("bold", "b"), ("italic", "i"), ("underline", "u"), ("strike", "s"))


def draw(app: App[int], through: LineFilter | None = None) -> str:
    """The screen that is open, and what shows beneath it, as SVG; `through` a filter if given."""
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    if through:
        strips = [strip.apply_filter(through, app.screen.background_colors[1]) for strip in strips]
    shades = app.theme_variables
    paper, ink = (Shade.parse(shades[name]).hex.lower() for name in ("background", "foreground"))
    width, height = app.size
    head = _HEAD.format(width=width * _WIDE, height=height * _HIGH, paper=paper, ink=ink)
    rows = (
        line for y, strip in enumerate(strips) for line in _row(y, strip.simplify(), paper, ink)
    )
    return f"{head}{''.join(rows)}</svg>\n"


def _row(y: int, segments: Iterable[Segment], paper: str, ink: str) -> Iterator[str]:
    """The grounds of a row, and upon them its letters."""
    x, letters = 0, []
    for text, style, _ in segments:
        fore, back, classes = _look(style or Style.null(), paper, ink)
        width = cell_len(text)
        if back != paper:
            yield (
                f'<rect x="{x * _WIDE}" y="{y * _HIGH}" width="{width * _WIDE}"'
                f' height="{_HIGH}" fill="{back}"/>\n'
            )
        fill = f' fill="{fore}"' if fore != ink else ""
        named = f' class="{classes}"' if classes else ""
        for found in _WORDS.finditer(text):
            shown, at = found[0], x + cell_len(text[: found.start()])
            letters.append(
                f'<text x="{at * _WIDE}" y="{y * _HIGH + _BASE}"'
                f' textLength="{cell_len(shown) * _WIDE}"{fill}{named}>{escape(shown)}</text>\n'
            )
        x += width
    yield from letters


def _look(style: Style, paper: str, ink: str) -> tuple[str, str, str]:
    """The colours of letter and ground, and the classes of the letter."""
    fore, back = _hex(style.color, ink), _hex(style.bgcolor, paper)
    if style.reverse:
        fore, back = back, fore
    if style.dim:
        fore = blend_rgb(_rgb(fore), _rgb(back), _DIMMED).hex
    return fore, back, " ".join(short for name, short in _CLASSES if getattr(style, name))


def _hex(colour: Color | None, otherwise: str) -> str:
    return otherwise if colour is None or colour.is_default else colour.get_truecolor().hex


def _rgb(colour: str) -> ColorTriplet:
    return ColorTriplet(*Shade.parse(colour).rgb)
