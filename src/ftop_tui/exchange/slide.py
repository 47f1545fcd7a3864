"""Status slides as a .pptx, one a customer (FR-11): our own design, or the user's template."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from ftop_tui.exchange.slide_fit import Fitted, fit
from ftop_tui.exchange.slide_parts import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    Box,
    add_chart,
    add_table,
    put_text,
)
from ftop_tui.exchange.tables import shown
from ftop_tui.playbook.audience import Sharing
from ftop_tui.playbook.status_slide import StatusSlide, action_line
from ftop_tui.progress import Progress, between, counted, unheard

_WIDTH, _HEIGHT = 13.333, 7.5
_TITLE = Box(0.5, 0.32, 8.6, 0.6)
_MADE_FOR = Box(9.2, 0.42, 3.63, 0.45)
_STATUS = Box(0.5, 0.98, 12.33, 0.32)
_RULE = Box(0.5, 1.4, 12.33, 0.02)
_TOP, _BOTTOM = 1.58, 7.15
_LEFT, _LEFT_WIDTH = 0.5, 7.75
_RIGHT, _RIGHT_WIDTH = 8.6, 4.23
_HEADING = 0.27
_GAP = 0.16
_CHART, _TALL_CHART = 2.0, 2.9
_ROOMY = 2.9
"""Inches below the table from which on the actions stand there, in longer lines."""
_TABLE_SIZE = 10.5
_ROW, _LEAST_ROW = 0.34, 0.2
_INPUT_SHARE = 0.2
_TITLE_ONLY = 5
_NONE = "None on record."
_DRAWN = 0.95
"""The part of a presentation after its slides are drawn; the rest is packing it."""
_WRITES_A_PART = 3


@dataclass(frozen=True, slots=True)
class Deck:
    """The file's bytes, and which parts of which slides are not whole."""

    data: bytes
    warnings: tuple[str, ...] = ()


@dataclass
class Page:
    """A slide in the making with what is said of it."""

    slide: Any
    content: StatusSlide
    sharing: Sharing
    warnings: list[str] = field(default_factory=list)

    def warn(self, part: str, what: str) -> None:
        """Say that a part is not whole."""
        self.warnings.append(f"{shown(self.content.customer)}: {part}: {what}")

    def warn_of(self, part: str, fitted: Fitted) -> None:
        """Say what did not fit, where something did not."""
        if fitted.left_out:
            self.warn(part, f"{fitted.left_out} did not fit the slide and were left out")
        elif fitted.cut:
            self.warn(part, "the text is too long for the slide and was cut")


def deck(
    slides: Sequence[StatusSlide],
    sharing: Sharing,
    *,
    now: datetime,
    template: Path | None = None,
    progress: Progress = unheard,
) -> Deck:
    """The slides as a presentation.

    Raises:
        InputError: the template cannot be used; the message says why.
    """
    warnings: list[str] = []
    told = counted(slides, len(slides), between(progress, 0, _DRAWN))
    if template is not None:
        # Deferred for start-up speed: most slides are of our own design.
        from ftop_tui.exchange.slide_template import filled  # noqa: PLC0415

        presentation, warnings = filled(template, told, sharing)
    else:
        presentation = Presentation()
        presentation.slide_width, presentation.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
        for content in told:
            slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
            page = Page(slide, content, sharing)
            _compose(page)
            warnings += page.warnings
    _describe(presentation, now)
    out = _Heard(presentation, between(progress, _DRAWN, 1))
    presentation.save(out)
    return Deck(out.getvalue(), tuple(warnings))


class _Heard(io.BytesIO):
    """What a presentation is saved to; python-pptx says nothing itself of how far it is."""

    def __init__(self, presentation: Any, progress: Progress) -> None:
        super().__init__()
        self._expected = _WRITES_A_PART * sum(1 for _ in presentation.part.package.iter_parts())
        self._writes = 0
        self._progress = progress

    def write(self, data: Any, /) -> int:
        """Take what is written, and tell."""
        self._writes += 1
        self._progress(min(1.0, self._writes / self._expected))
        return super().write(data)


_DESCRIBED = (
    "author", "category", "comments", "content_status", "identifier", "keywords", "language",
    "last_modified_by", "subject", "version",
)  # fmt: skip


def _describe(presentation: Any, now: datetime) -> None:
    """Nothing of a template's own description, nor its picture, leaves the house (FR-10)."""
    properties = presentation.core_properties
    for name in _DESCRIBED:
        setattr(properties, name, "")
    properties.title = "Status"
    package = presentation.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(key)
    instant = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = instant


def _compose(page: Page) -> None:
    content = page.content
    _text(page, "customer", _TITLE, [content.customer], 28, 16, title=True)
    _text(page, "heading", _MADE_FOR, [content.made_for], 12, 9, right=True, muted=True)
    _text(page, "status", _STATUS, ["   ·   ".join(content.status)], 14, 10)
    _rule(page)
    left = _workloads(page)
    actions = ("Actions", [action_line(action) for action in content.actions])
    heading = "Partner" if content.inputs is None else "Partner input"
    inputs = [(heading, _input_lines(content))] if _shows_input(content) else []
    risks = ("Risks", content.risks)
    if _BOTTOM - left >= _ROOMY:
        _stack(page, Box(_LEFT, left, _LEFT_WIDTH, _BOTTOM - left), [actions, *inputs])
        _stack(page, _chart(page, _TALL_CHART), [risks])
    else:
        _stack(page, Box(_LEFT, left, _LEFT_WIDTH, _BOTTOM - left), inputs)
        _stack(page, _chart(page, _CHART), [actions, risks])


def _shows_input(content: StatusSlide) -> bool:
    return content.inputs is not None or bool(content.contact)


def _input_lines(content: StatusSlide) -> list[str]:
    contact = [f"Contact: {content.contact}"] if content.contact else []
    return [*contact, *(content.inputs or ())]


def _workloads(page: Page) -> float:
    """The table, as high as its rows ask for; gives where what stands below it begins."""
    content, most = page.content, page.sharing.table_rows
    if not content.workloads:
        return _TOP
    rows = content.workloads[:most]
    if len(content.workloads) > most:
        page.warn("workloads", f"{len(content.workloads) - most} did not fit and were left out")
    room = (_BOTTOM - _TOP) * (1 - _INPUT_SHARE if _shows_input(content) else 1)
    row = max(_LEAST_ROW, min(_ROW, room / (len(rows) + 1)))
    height = row * (len(rows) + 1)
    size = max(page.sharing.smallest_size, min(_TABLE_SIZE, row * 72 / 1.75))
    cuts = add_table(page.slide, Box(_LEFT, _TOP, _LEFT_WIDTH, height), rows, size)
    if cuts:
        noun = "1 cell was" if cuts == 1 else f"{cuts} cells were"
        page.warn("workloads", f"{noun} too long and cut")
    return _TOP + height + _GAP


def _chart(page: Page, height: float) -> Box:
    """The chart at the top right, where a usage is known; gives the room that is left below."""
    top = _TOP
    bars = [w for w in page.content.workloads if w.percent is not None]
    bars = bars[: page.sharing.chart_workloads]
    if bars:
        _heading(
            page, "Usage: active users of paid units", Box(_RIGHT, top, _RIGHT_WIDTH, _HEADING)
        )
        add_chart(page.slide, Box(_RIGHT, top + _HEADING, _RIGHT_WIDTH, height), bars)
        top += _HEADING + height + _GAP
    return Box(_RIGHT, top, _RIGHT_WIDTH, _BOTTOM - top)


def _stack(page: Page, box: Box, sections: Sequence[tuple[str, Sequence[str]]]) -> None:
    """One or two sections below each other, each with room for what it has to say."""
    if len(sections) == 2:
        (_, first), (_, second) = sections
        height = (box.height - _GAP) * _share(first, second, box.width)
        _section(page, box._replace(height=height), *sections[0])
        below = box._replace(top=box.top + height + _GAP, height=box.height - height - _GAP)
        _section(page, below, *sections[1])
    elif sections:
        _section(page, box, *sections[0])


def _share(first: Sequence[str], second: Sequence[str], width: float) -> float:
    """How much of the room the first takes, by how much each has to say, within limits."""
    letters = width * 11
    wanted = [sum(1.4 + len(line) // letters for line in lines) + 2 for lines in (first, second)]
    return min(0.7, max(0.3, wanted[0] / sum(wanted)))


def _section(page: Page, box: Box, heading: str, lines: Sequence[str]) -> None:
    _heading(page, heading, box._replace(height=_HEADING))
    inner = box._replace(top=box.top + _HEADING, height=box.height - _HEADING)
    sharing = page.sharing
    sizes = sharing.text_size, sharing.smallest_size
    _text(page, heading.lower(), inner, list(lines) or [_NONE], *sizes, muted=not lines)


def _heading(page: Page, text: str, box: Box) -> None:
    frame = page.slide.shapes.add_textbox(*box.emu()).text_frame
    put_text(frame, [text], 12, ACCENT, bold=True)


def _text(
    page: Page,
    part: str,
    box: Box,
    lines: Sequence[str],
    largest: float,
    smallest: float,
    *,
    title: bool = False,
    right: bool = False,
    muted: bool = False,
) -> None:
    width, height = box.points
    fitted = fit(lines, width, height, largest=largest, smallest=smallest)
    page.warn_of(part, fitted)
    shape = page.slide.shapes.title if title else page.slide.shapes.add_textbox(*box.emu())
    shape.left, shape.top, shape.width, shape.height = box.emu()
    put_text(shape.text_frame, fitted.lines, fitted.size, MUTED if muted else INK, bold=title)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if title else MSO_ANCHOR.TOP
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    shape.name = part


def _rule(page: Page) -> None:
    """A thin line below the head; a text box, for a drawn shape would cast the theme's shadow."""
    line = page.slide.shapes.add_textbox(*_RULE.emu())
    line.name = "rule"
    line.fill.solid()
    line.fill.fore_color.rgb = LINE
