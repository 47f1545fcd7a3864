"""Next actions that are open, one a row; enter ticks one off."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line


class ActionItem(NamedTuple):
    """An action as it is shown: its note's id, by when, who, what."""

    note_id: str
    day: date | None
    owner: str
    action: str


class ActionList(Vertical):
    """The heading, and the actions; those past their day stand out."""

    DEFAULT_CSS = """
    ActionList { height: 1fr; }
    ActionList > Static { height: auto; padding: 0 1; }
    ActionList > OptionList, ActionList > OptionList:focus {
        height: 1fr; border: none; padding: 0 1; background: transparent;
    }
    ActionList > OptionList > .option-list--option-highlighted,
    ActionList > OptionList:focus > .option-list--option-highlighted {
        background: $primary $cursor-share; color: $text; text-style: none;
    }
    """

    class TickedOff(Message):
        """The user says that an action is done."""

        def __init__(self, note_id: str) -> None:
            super().__init__()
            self.note_id = note_id

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.items: tuple[ActionItem, ...] = ()

    def compose(self) -> ComposeResult:
        """Heading and rows."""
        yield Static("", classes="heading")
        yield OptionList(markup=False, id="actions")

    def show(self, items: Sequence[ActionItem], today: date) -> None:
        """Show these, in their order."""
        self.items = tuple(items)
        rows = self.query_one(OptionList)
        kept = rows.highlighted
        rows.clear_options()
        rows.add_options([Option(_row(item, today)) for item in self.items])
        if self.items and rows.has_focus:
            rows.highlighted = min(kept or 0, len(self.items) - 1)
        hint = "enter ticks one off" if self.items else "none is open"
        self.query_one(".heading", Static).update(
            Content.assemble(
                Content.styled("OPEN NEXT ACTIONS", f"bold {looks.KEY}"),
                Content.styled(f"  {hint}", looks.MUTED),
            )
        )

    def on_descendant_focus(self) -> None:
        """The first action is the one that enter takes."""
        rows = self.query_one(OptionList)
        if rows.highlighted is None and self.items:
            rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.TickedOff(self.items[event.option_index].note_id))


def _row(item: ActionItem, today: date) -> Content:
    past = item.day is not None and item.day < today
    day = item.day.isoformat() if item.day else "no date"
    late = "  late" if past else ""
    return Content.assemble(
        "[ ] ",
        Content.styled(f"{day}{late}", "$ftop-late" if past else looks.MUTED), "  ",
        foreign_line(item.action), "  ",
        foreign_line(item.owner or "no owner", looks.MUTED),
    )  # fmt: skip
