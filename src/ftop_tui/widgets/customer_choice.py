"""A dialog that chooses a customer by typing a part of its name."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.dialogs import Dialog
from ftop_tui.widgets.foreign import foreign, foreign_line

_NAME_WIDTH = 34
_MOST = 12


class CustomerItem(NamedTuple):
    """A customer to choose: its tenant, its name, its colour, and what is said of it."""

    tenant_id: str
    name: str
    health: str | None
    said: str = ""


class CustomerChoice(Dialog[str]):
    """An input and the customers that fit; enter chooses the one under the cursor.

    `matching` gives the customers for what is typed, best first; the answer is a tenant id.
    """

    KEEPS = False
    ALSO = (("letters", "Narrow the list"), ("enter", "Choose the customer under the cursor"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", "Next", id="customers.next", priority=True, show=False,
                tooltip="The next customer"),
        Binding("up", "go(-1)", "Previous", id="customers.previous", priority=True, show=False,
                tooltip="The customer before"),
    ]  # fmt: skip

    def __init__(
        self, title: str, message: str, matching: Callable[[str], Sequence[CustomerItem]]
    ) -> None:
        super().__init__(title, message)
        self.matching = matching
        self.shown: Sequence[CustomerItem] = ()

    def compose_answer(self) -> ComposeResult:
        """The line to type in, and the customers."""
        yield Input(placeholder="a part of the name", id="typed")
        rows = OptionList(markup=False, id="customers")
        rows.can_focus = False  # the keys stay with the input
        yield rows
        yield Static("", classes="problem")

    def on_mount(self) -> None:
        """Begin with all of them."""
        self._fill("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(event.value)

    def _fill(self, text: str) -> None:
        found = self.matching(text)
        self.shown = found[:_MOST]
        rows = self.query_one("#customers", OptionList)
        rows.clear_options()
        rows.add_options([Option(_row(item)) for item in self.shown])
        rows.highlighted = 0 if self.shown else None
        more = len(found) - len(self.shown)
        none = "No customer fits." if text.strip() else "There is no customer to choose."
        said = none if not found else f"{more} more; type on" if more else ""
        self.query_one(".problem", Static).update(foreign(said))

    def action_go(self, step: int) -> None:
        """To the next customer, or the one before."""
        rows = self.query_one("#customers", OptionList)
        if self.shown:
            rows.highlighted = min(max(0, (rows.highlighted or 0) + step), len(self.shown) - 1)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose(self.query_one("#customers", OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int | None) -> None:
        if place is not None and place < len(self.shown):
            self.dismiss(self.shown[place].tenant_id)


def _row(item: CustomerItem) -> Content:
    look = looks.health(item.health)
    return Content.assemble(
        Content.styled(f"{look.letter} {look.word:<8}", look.style),
        foreign(fit(item.name, _NAME_WIDTH)),
        "  ",
        foreign_line(item.said, looks.MUTED),
    )
