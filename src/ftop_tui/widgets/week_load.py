"""How many notes fall due a day up to the quarter's end, as bars, so that it can be spread."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.week import Load
from ftop_tui.widgets import looks

_BARS = "▁▂▃▄▅▆▇█"
_SATURDAY = 5
_LABEL = 12


class WeekLoad(Widget):
    """Two lines, a column a day: a bar and the number; weekends are dimmed."""

    DEFAULT_CSS = """
    WeekLoad { height: 3; background: $background; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.load: tuple[Load, ...] = ()

    def show(self, load: Sequence[Load]) -> None:
        """Show these days."""
        self.load = tuple(load)
        self.refresh()

    def render(self) -> Content:
        """As many of the last days as there is room for."""
        room = self.content_size.width - _LABEL
        cells = next((wide for wide in (3, 2) if wide * len(self.load) <= room), 1)
        days = self.load[-max(1, room // cells) :]
        most = max((load.notes for load in days), default=0)
        bars = [_bar(load, most, cells) for load in days]
        numbers = [_number(load, cells) for load in days]
        starts = _starts(days, cells)
        label = Content.styled(f"{'notes due':<{_LABEL}}", looks.MUTED)
        blank = Content(" " * _LABEL)
        return Content("\n").join(
            [
                Content.assemble(label, *bars),
                Content.assemble(_busiest(days), *numbers),
                Content.assemble(blank, starts),
            ]
        )


def _bar(load: Load, most: int, cells: int) -> Content:
    if not load.notes:
        return Content.styled("·".ljust(cells), looks.MUTED)
    bar = _BARS[max(0, round(load.notes / most * len(_BARS)) - 1)]
    style = "bold $ftop-late" if load.notes == most and most > 1 else "$ftop-key"
    return Content.styled((bar * max(1, cells - 1)).ljust(cells), style)


def _number(load: Load, cells: int) -> Content:
    text = str(load.notes) if load.notes else ""
    text = "+" if len(text) > max(1, cells - 1) else text
    weekend = load.day.weekday() >= _SATURDAY
    return Content.styled(text[:cells].ljust(cells), looks.MUTED if weekend else "")


def _starts(days: Sequence[Load], cells: int) -> Content:
    """The day of the month under each Monday."""
    line = [" "] * (cells * len(days) + 2)
    for place, load in enumerate(days):
        if load.day.weekday() == 0:
            number = str(load.day.day)
            line[cells * place : cells * place + len(number)] = number
    return Content.styled("".join(line), looks.MUTED)


def _busiest(days: Sequence[Load]) -> Content:
    """Until which day the columns reach."""
    if not days:
        return Content(" " * _LABEL)
    until = " ".join(long_day(days[-1].day.toordinal()).split()[1:3])
    return Content.styled(f"{f'to {until}':<{_LABEL}}", looks.MUTED)
