"""What moved since the user last looked: bands, new blockers, statuses, renewals that come near."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from ftop_tui.screens.list_screen import ListScreen, filter_key, muted
from ftop_tui.services.moved import Movement, moved
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.dialogs import date_prompt
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.status_line import StatusLine

_KINDS = {
    "band": ("band", "$ftop-late"),
    "blocker": ("blocker", "$ftop-blocked"),
    "health": ("health", "$ftop-key"),
    "status": ("status", "$ftop-key"),
    "workload": ("workload", "$ftop-key"),
    "renewal": ("renewal", "$ftop-due"),
    "new": ("new", "$ftop-green"),
    "gone": ("gone", looks.MUTED),
}
_NAME_WIDTH = 26


class MovedScreen(ListScreen[str]):
    """A line a movement; enter closes with the tenant, for the list to go to it."""

    CSS_PATH = "moved.tcss"
    AUTO_FOCUS = "#moves"
    LIST = "#moves"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "since", "Since", id="moved.since", tooltip="Choose the day to compare with"),
        filter_key("moved"),
        Binding(
            "escape,q",
            "leave",
            "Back",
            id="moved.leave",
            key_display="esc",
            tooltip="Back to the list",
        ),
    ]

    def __init__(self, since: date | None = None) -> None:
        super().__init__()
        self.since = since
        self.moves: Sequence[Movement] = ()
        self.shown: Sequence[Movement] = ()
        """Those that fit the filter."""

    def compose(self) -> ComposeResult:
        """Head, lines, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        yield KeyList(id="moves")
        yield KeyLine()

    def read(self) -> None:
        """Look for what moved since the day."""
        self.run_service(
            partial(moved, self.context, self.since), self._show, group="moved", exclusive=True
        )

    def _show(self, moves: Sequence[Movement]) -> None:
        self.moves = moves
        day = f"since {self.since.isoformat()}" if self.since else "since yesterday"
        count = f"{len(moves)} change{'' if len(moves) == 1 else 's'}"
        title = Content.styled("What moved", looks.STRONG)
        self.query_one("#head", StatusLine).show(
            [Content.assemble(title, f"  {day}  {count}"), title]
        )
        self.sift()

    def sift(self) -> None:
        """Show the movements that fit the filter."""
        self.shown = self.fitting(self.moves, lambda move: _line(move).plain + move.name)
        self.draw(
            [_line(move) for move in self.shown],
            muted("Nothing moved. ", "d", " compares with another day."),
        )

    def choose(self, place: int) -> None:
        """Close with the tenant that moved."""
        self.dismiss(self.shown[place].tenant_id)

    def action_since(self) -> None:
        """Ask for the day to compare with."""
        value = self.since.isoformat() if self.since else ""
        self.app.push_screen(date_prompt("Moved since which day?", value=value), self._since)

    def _since(self, text: str | None) -> None:
        if text:
            self.since = date.fromisoformat(text.strip())
            self.read()


def _line(move: Movement) -> Content:
    word, style = _KINDS[move.what]
    name = foreign_line(fit(move.name, _NAME_WIDTH))
    said = foreign_line(move.sentence.removeprefix(f"{move.name}: "))
    pad = " " * (_NAME_WIDTH + 2 - name.cell_length)
    return Content.assemble(Content.styled(f"{word:<10}", style), name, pad, said)
