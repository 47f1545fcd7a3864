"""The parts of a status slide as python-pptx makes them: texts, a real table, a native chart."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from ftop_tui.exchange.slide_fit import cut
from ftop_tui.playbook.status_slide import SlideWorkload, percent_words, usage_words
from ftop_tui.playbook.values import EntitlementStatus

_rgb: Any = RGBColor  # python-pptx types some of its parts and not these
_chart_data: Any = CategoryChartData
INK = _rgb(0x1B, 0x1F, 0x2A)
MUTED = _rgb(0x5F, 0x68, 0x78)
ACCENT = _rgb(0x1F, 0x5F, 0xA8)
LINE = _rgb(0xD5, 0xDA, 0xE2)
_BAND = _rgb(0xF4, 0xF6, 0xF9)
_WHITE = _rgb(0xFF, 0xFF, 0xFF)
_STATUS = {
    EntitlementStatus.IN_PROGRESS.word: _rgb(0x1E, 0x7B, 0x45),
    EntitlementStatus.BLOCKED.word: _rgb(0xB4, 0x23, 0x18),
    EntitlementStatus.NO_INTENT.word: _rgb(0x9A, 0x5B, 0x00),
}
FONT = "Calibri"
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_NAMED_BARS = 10
"""Up to so many columns of the chart there is room to say more than the tag and the number."""


class Box(NamedTuple):
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width * 72, self.height * 72

    def emu(self) -> tuple[Any, Any, Any, Any]:
        """As python-pptx wants it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


class Column(NamedTuple):
    """A column of the table: its heading, its share of the width, and whether it is right-hand."""

    heading: str
    share: float
    right: bool = False


_COLUMNS = (
    Column("Workload", 0.295),
    Column("Status", 0.165),
    Column("Active / paid", 0.165, right=True),
    Column("Usage", 0.085, right=True),
    Column("Due", 0.115),
    Column("Success owner", 0.175),
)


def put_text(
    frame: Any, lines: Sequence[str], size: float, color: RGBColor = INK, *, bold: bool = False
) -> None:
    """Fill a text frame, a paragraph a line, without margins of its own."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.35 if place < len(lines) - 1 else 0)
        write_run(paragraph, line, size, color, bold=bold)


def write_run(
    paragraph: Any, text: str, size: float, color: RGBColor = INK, *, bold: bool = False
) -> None:
    """Write a paragraph's text in one style."""
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = FONT
    run.font.color.rgb = color


def add_table(slide: Any, box: Box, workloads: Sequence[SlideWorkload], size: float) -> int:
    """The workloads as a table that fills the box; gives how many cells lost something.

    The name of a workload beside its tag may be cut without loss.
    """
    height = box.height / (len(workloads) + 1)
    frame = slide.shapes.add_table(len(workloads) + 1, len(_COLUMNS), *box.emu())
    describe(frame, "Workloads", f"Status and usage of {len(workloads)} workloads")
    table = frame.table
    table.horz_banding = False
    frame._element.graphic.graphicData.tbl.tblPr.find(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    ).text = _PLAIN_TABLE
    for place, column in enumerate(_COLUMNS):
        table.columns[place].width = Inches(box.width * column.share)
    for row in table.rows:
        row.height = Inches(height)
    for place, column in enumerate(_COLUMNS):
        _cell(table.cell(0, place), column.heading, size, _WHITE, column, bold=True, fill=ACCENT)
    cuts = 0
    for number, workload in enumerate(workloads, 1):
        for place, (text, column) in enumerate(zip(_texts(workload), _COLUMNS, strict=True)):
            shown = cut(text, size, box.width * column.share * 72 - 10)
            cuts += shown != text and (place > 0 or bool(workload.tenant))  # a tag says enough
            color = _STATUS.get(text, INK) if place == 1 else INK
            fill = _BAND if number % 2 == 0 else _WHITE
            _cell(table.cell(number, place), shown, size, color, column, fill=fill)
    return cuts


def _texts(workload: SlideWorkload) -> tuple[str, ...]:
    return (
        f"{workload.tag}  {workload.tenant or workload.name}".strip(),
        workload.status or "no status",
        usage_words(workload),
        percent_words(workload),
        workload.due.isoformat() if workload.due else "–",
        workload.owner or "–",
    )


def _cell(
    cell: Any,
    text: str,
    size: float,
    color: RGBColor,
    column: Column,
    *,
    bold: bool = False,
    fill: RGBColor,
) -> None:
    cell.margin_left = cell.margin_right = Pt(4)
    cell.margin_top = cell.margin_bottom = Pt(1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill
    frame = cell.text_frame
    frame.word_wrap = False
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.right else PP_ALIGN.LEFT
    write_run(paragraph, text, size, color, bold=bold)


def add_chart(slide: Any, box: Box, workloads: Sequence[SlideWorkload]) -> None:
    """Usage of each workload as a native column chart, which can be edited in PowerPoint."""
    known = [workload for workload in workloads if workload.percent is not None]
    data = _chart_data(number_format='0"%"')
    few = len(known) <= _NAMED_BARS
    data.categories = [f"{w.tag} {w.tenant[:12]}".strip() if few else w.tag for w in known]
    data.add_series("Usage", [round(w.percent or 0.0, 1) for w in known])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box.emu(), data)
    describe(frame, "Usage", "Active users in percent of paid units, a column a workload")
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = False
    chart.font.size = Pt(9)
    chart.font.name = FONT
    chart.font.color.rgb = MUTED
    plot = chart.plots[0]
    plot.gap_width = 45 if len(known) > 3 else 180
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = ACCENT
    plot.has_data_labels = True
    plot.data_labels.number_format = '0"%"' if few else "0"
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(8)
    axis = chart.value_axis
    axis.minimum_scale = 0
    axis.maximum_scale = max(100, 20 * -(-max(w.percent or 0.0 for w in known) // 20))
    axis.major_unit = axis.maximum_scale / 4
    axis.major_gridlines.format.line.color.rgb = LINE
    axis.format.line.fill.background()
    axis.tick_labels.font.size = Pt(8)
    chart.category_axis.tick_labels.font.size = Pt(8)
    chart.category_axis.format.line.color.rgb = LINE


def describe(frame: Any, name: str, text: str) -> None:
    """Name a shape and say to those who cannot see it what it shows."""
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", text)


def box_of(shape: Any) -> Box:
    """The place of a shape that is there."""
    sides = (shape.left, shape.top, shape.width, shape.height)
    return Box(*(Emu(side or 0).inches for side in sides))
