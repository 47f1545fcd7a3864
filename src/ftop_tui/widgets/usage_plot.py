"""A plot of usage: the months so far, where they lead, the forecasts, the milestones.

plotext draws it; whoever needs this module imports it when the screen opens, never before.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.widget import Widget
from textual_plotext import Plot

from ftop_tui.playbook.forecasts import Forecast
from ftop_tui.playbook.projection import Outlook
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.widgets import looks

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEADROOM = 6
_CELLS_A_TICK = 9
_USED, _LIKELY, _RANGE, _OWN = "braille", "●", "░", "◆"
_LINE = "─"

LEGEND = Content.assemble(
    Content.styled("⠒ used", "$ftop-key"), "  ",
    Content.styled(f"{_LIKELY} likely", "$ftop-draft"), "  ",
    Content.styled(f"{_RANGE} 80% range", looks.MUTED), "  ",
    Content.styled(f"{_OWN} your forecast", "$ftop-missing"), "  ",
    Content.styled(f"{_LINE} milestones", "$ftop-green"), "  ",
    Content.styled("│ today", looks.MUTED),
)  # fmt: skip
"""What the signs of the plot mean; each has a shape of its own, so that it reads without colour."""


class Plotted(NamedTuple):
    """What there is to draw of one workload."""

    usage: Sequence[UsagePoint]
    outlook: Outlook
    forecasts: Sequence[Forecast]
    paid_units: int | None
    milestones: Sequence[int]
    """In percent."""
    today: date


class UsagePlot(Widget):
    """Draws one workload in the theme's colours; nothing else is known of plotext."""

    DEFAULT_CSS = "UsagePlot { width: 1fr; height: 1fr; background: $background; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.plotted: Plotted | None = None

    def show(self, plotted: Plotted | None) -> None:
        """Draw this, or nothing."""
        self.plotted = plotted
        self.refresh()

    def render(self) -> Content | Text:
        """The plot as it fits."""
        width, height = self.size
        if self.plotted is None or width < 20 or height < 5:
            return Content("")
        if not any(point.percent is not None for point in self.plotted.usage):
            return Content.styled("No usage is known of this workload.", looks.MUTED)
        plot: Any = Plot()
        plot.plotsize(width, height)
        plot._set_size(width, height)  # plotext holds on to the terminal's size without it
        self._dress(plot)
        self._draw(plot, self.plotted)
        _ticks(plot, self.plotted, width)
        return Text.from_ansi(plot.build())

    def _colour(self, name: str) -> tuple[int, int, int]:
        return Color.parse(self.app.theme_variables[name]).rgb

    def _shade(self) -> tuple[int, int, int]:
        """Between the panel and what may be overlooked: to be seen, and no more."""
        variables = self.app.theme_variables
        return Color.parse(variables["panel"]).blend(Color.parse(variables["ftop-muted"]), 0.35).rgb

    def _dress(self, plot: Any) -> None:
        """The theme's colours."""
        for part in (plot.canvas_color, plot.axes_color):
            part(self._colour("background"))
        plot.ticks_color(self._colour("ftop-muted"))
        plot.xaxes(True, False)
        plot.yaxes(True, False)

    def _draw(self, plot: Any, plotted: Plotted) -> None:
        """The range first, so that what is known lies over it."""
        self._draw_range(plot, plotted)
        first, last = _ends(plotted)
        ends = range(first, last)
        for percent in plotted.milestones:
            span = [place + 0.25 * step for place in ends for step in range(5)]
            plot.scatter(
                span, [percent] * len(span), marker=_LINE, color=self._colour("ftop-green")
            )
        plot.vline(_place(plotted.today) + plotted.today.day / 31, self._colour("ftop-muted"))
        months = plotted.outlook.months
        plot.scatter(
            [_place(each.month) + 1 for each in months],
            [each.likely for each in months],
            marker=_LIKELY,
            color=self._colour("ftop-draft"),
        )
        known = [(p.month, p.percent) for p in plotted.usage if p.percent is not None]
        plot.plot(
            [_place(month) + 1 for month, _ in known],
            [share for _, share in known],
            marker=_USED,
            color=self._colour("ftop-key"),
        )
        if plotted.paid_units:
            plot.scatter(
                [_place(each.month) + 1 for each in plotted.forecasts],
                [100 * each.active_users / plotted.paid_units for each in plotted.forecasts],
                marker=_OWN,
                color=self._colour("ftop-missing"),
            )

    def _draw_range(self, plot: Any, plotted: Plotted) -> None:
        band = list(_band(plotted.outlook, self.size.width, self.size.height))
        plot.scatter(
            [place for place, _ in band],
            [share for _, share in band],
            marker=_RANGE,
            color=self._shade(),
        )


def _band(outlook: Outlook, width: int, height: int) -> Iterator[tuple[float, float]]:
    """Points that fill the range, so many that no cell is left out."""
    fine = max(1, 3 * width // max(1, len(outlook.months)))
    for before, after in pairwise((outlook.start, *outlook.months)):
        for step in range(1, fine + 1):
            part = step / fine
            low = before.low + part * (after.low - before.low)
            high = before.high + part * (after.high - before.high)
            rows = max(1, 2 * height * int(high - low + 1) // 100)
            for row in range(rows + 1):
                yield _place(before.month) + 1 + part, low + (high - low) * row / rows


def _place(month: date) -> int:
    """Months as whole numbers; a month's figure stands at its end."""
    return month.year * 12 + month.month - 1


def _ends(plotted: Plotted) -> tuple[int, int]:
    """The first and the last month that is drawn."""
    months = [point.month for point in plotted.usage]
    months += [each.month for each in plotted.outlook.months]
    months += [each.month for each in plotted.forecasts]
    return _place(min(months)) + 1, _place(max(months)) + 1


def _ticks(plot: Any, plotted: Plotted, width: int) -> None:
    """The scales: percent, and a month every few cells."""
    shares = [point.percent or 0.0 for point in plotted.usage]
    shares += [each.likely for each in plotted.outlook.months]
    shares += [100 * f.active_users / plotted.paid_units for f in plotted.forecasts
               if plotted.paid_units]  # fmt: skip
    top = max(*shares, *plotted.milestones) + _HEADROOM
    plot.ylim(0, top)
    gap = 20 if top > 60 else 10
    values = sorted({*range(0, int(top) + 1, gap), *plotted.milestones})
    plot.yticks(values, [f"{value}%" for value in values])
    first, last = _ends(plotted)
    step = max(3, -(-(last - first) * _CELLS_A_TICK // max(1, width - 8) // 3) * 3)
    marks = [place for place in range(first, last + 1) if (place - 1) % step == (3 - 1) % step]
    plot.xlim(first, last)
    plot.xticks(marks, [f"{_MONTHS[(p - 1) % 12]} {(p - 1) // 12 % 100:02}" for p in marks])
