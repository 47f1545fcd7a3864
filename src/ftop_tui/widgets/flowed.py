"""Choices that flow: as many a line as there is room for, and which of them a click is on."""

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.widget import Widget

_GAP = "  "


class FlowedChoices(Widget):
    """Draws numbered choices in lines that wrap. Subclasses say how each looks and what it does."""

    DEFAULT_CSS = """
    FlowedChoices { height: auto; width: 1fr; padding: 0 1; }
    FlowedChoices:focus { background: $panel; }
    """

    one_a_line = False

    def cells(self) -> Sequence[Content]:
        """Each choice as it is drawn now."""
        raise NotImplementedError

    def pick(self, place: int) -> None:
        """The user clicked the choice at that place."""
        raise NotImplementedError

    def _lines(self, width: int) -> list[list[int]]:
        """Which choices stand on which line of so many cells."""
        cells = self.cells()
        if self.one_a_line:
            return [[place] for place in range(len(cells))]
        lines: list[list[int]] = [[]]
        used = 0
        for place, cell in enumerate(cells):
            wide = cell.cell_length
            if lines[-1] and used + len(_GAP) + wide > width:
                lines.append([])
                used = 0
            used += wide + (len(_GAP) if lines[-1] else 0)
            lines[-1].append(place)
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the choices need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The choices, line by line."""
        cells = self.cells()
        lines = self._lines(self.content_size.width)
        rows = [Content(_GAP).join([cells[place] for place in line]) for line in lines]
        return Content("\n").join(rows)

    def on_click(self, event: Click) -> None:
        """A click picks what is under it."""
        offset = event.get_content_offset(self)
        cells = self.cells()
        lines = self._lines(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        column = 0
        for place in lines[offset.y]:
            width = cells[place].cell_length
            if column <= offset.x < column + width:
                self.pick(place)
                return
            column += width + len(_GAP)
