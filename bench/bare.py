"""The least that Textual can do: what our screens are measured against.

Run as `python bare.py KIND [ROWS]`, by itself, so that nothing of ours is imported.
"""

import sys
from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult

Row = tuple[str, str, str, str, str]

KINDS = ("table", "lines", "input", "preview")


def rows(number: int) -> list[Row]:
    """Made-up rows of five columns, as wide as ours."""
    return [
        (
            f"{place}",
            "R Red",
            f"Row{place:05} Traders Ltd",
            "16 d, due at 14",
            f"renewal in {place % 90} d, INTUNE blocked, merger announced",
        )
        for place in range(1, number + 1)
    ]


def table(number: int) -> App[None]:
    """One DataTable with so many rows."""
    from textual.widgets import DataTable  # noqa: PLC0415 - each app imports what it needs

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

        def on_mount(self) -> None:
            shown: DataTable[str] = self.query_one(DataTable)
            shown.add_columns("rank", "health", "name", "due", "reason")
            shown.add_rows(rows(number))

    return Bare()


def lines(number: int) -> App[None]:
    """A list that draws only what is seen, line by line, with a cursor."""
    from rich.segment import Segment  # noqa: PLC0415
    from rich.style import Style  # noqa: PLC0415
    from textual.geometry import Size  # noqa: PLC0415
    from textual.scroll_view import ScrollView  # noqa: PLC0415
    from textual.strip import Strip  # noqa: PLC0415

    class Lines(ScrollView, can_focus=True):
        shown: ClassVar[list[Row]] = rows(number)
        cursor = 0

        def on_mount(self) -> None:
            self.virtual_size = Size(self.size.width, len(self.shown))
            self.focus()

        def render_line(self, y: int) -> Strip:
            place = y + self.scroll_offset.y
            if place >= len(self.shown):
                return Strip.blank(self.size.width)
            style = Style(reverse=place == self.cursor)
            text = "  ".join(self.shown[place])
            return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)

        def on_key(self, event: events.Key) -> None:
            if event.key == "down" and self.cursor < len(self.shown) - 1:
                self.refresh_lines(self.cursor, 2)
                self.cursor += 1
                below = self.cursor - self.scroll_offset.y - self.size.height + 1
                if below > 0:
                    self.scroll_to(y=self.scroll_offset.y + below, animate=False)

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Lines()

    return Bare()


def typing(*, preview: bool) -> App[None]:
    """One Input, and where asked for a Static that shows what is typed."""
    from textual.widgets import Input, Static  # noqa: PLC0415

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Input(placeholder="type here")
            if preview:
                yield Static("", markup=False)

        def on_input_changed(self, event: Input.Changed) -> None:
            if preview:
                self.query_one(Static).update(event.value)

    return Bare()


def main(arguments: list[str]) -> None:
    """Run the app of that kind."""
    kind, number = arguments[0], int(arguments[1]) if len(arguments) > 1 else 50
    apps: dict[str, Callable[[], App[Any]]] = {
        "table": lambda: table(number),
        "lines": lambda: lines(number),
        "input": lambda: typing(preview=False),
        "preview": lambda: typing(preview=True),
    }
    apps[kind]().run()


if __name__ == "__main__":
    main(sys.argv[1:])
