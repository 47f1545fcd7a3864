"""What both ways of importing share: how to read, the plan that is shown first, and doing it."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Select, Static

from ftop_tui.errors import FtopError
from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.plan_text import can_apply, error_blocks, plan_blocks
from ftop_tui.services import transfer
from ftop_tui.services.changes import Changes
from ftop_tui.services.transfer import Plan
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.keeping import Keeping
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import Block, TextPanel
from ftop_tui.widgets.tick import Tick

_ORDERS = (("as the file tells", ""), ("day/month", "dmy"), ("month/day", "mdy"), ("year", "ymd"))
_TICKED = "yes"
PAUSE = 0.25
"""Seconds without a key after which what is pasted or typed counts as whole."""


class Reading(NamedTuple):
    """How a source is to be read."""

    dates: str | None
    """The order of days and months: dmy, mdy or ymd; None where the file tells."""
    tenant: str | None
    """The tenant that a service-users report belongs to."""
    accept_removals: bool
    """Whether a partner that is no longer named is taken off its workload (FR-02)."""


class TransferScreen(FtopScreen[bool], Keeping[bool]):
    """What both ways of importing share: how to read, the plan, and doing it.

    The plan is made anew whenever something changes; nothing is written before `import`. Closes
    with True when something was imported.
    """

    CSS_PATH = "transfer.tcss"
    heading: ClassVar[str]
    how: ClassVar[str]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "apply", "Import", id="transfer.apply", priority=True,
                tooltip="Write what the plan shows"),
        Binding("f2", "check", "Check again", id="transfer.check",
                tooltip="Read the source anew and show the plan"),
        Binding("escape", "leave", "Back", id="transfer.leave",
                tooltip="Go back without importing"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self._taken_up = ""

    @abstractmethod
    def compose_source(self) -> ComposeResult:
        """The widgets that say what to import."""

    @property
    @abstractmethod
    def source(self) -> object:
        """What is named now; a plan of anything else is none of it."""

    @abstractmethod
    def planning(self) -> Callable[[Progress], Plan] | None:
        """The call that plans what is named now; None while nothing is."""

    def compose(self) -> ComposeResult:
        """Source, options, plan, keys."""
        yield StatusLine(id="head")
        with Vertical(id="source"):
            yield from self.compose_source()
        with Horizontal(id="options"):
            yield Static("Dates", classes="name")
            yield Select(_ORDERS, value="", allow_blank=False, compact=True, id="dates")
            yield Static("Tenant id", classes="name")
            yield Input(placeholder="for service-users reports", compact=True, id="tenant")
        with Horizontal(id="ticks"):
            yield Tick("Import without the rejected rows", compact=True, id="partial")
            yield Tick("Accept removed partners", compact=True, id="removals")
        yield TextPanel(id="plan")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what can be imported; go on with what was typed before."""
        self._say_head()
        self._show(None)
        self.tell_opened()

    def _say_head(self) -> None:
        heading = Content.styled(self.heading, looks.STRONG)
        said = Content.styled(f"{self.remark} ", looks.KEY) if self.remark else None
        self.query_one("#head", StatusLine).show([heading], said)

    @property
    def remark(self) -> str:
        """What is to be known of what is typed, in the head."""
        return self._taken_up

    # What is kept of it, should the app be killed

    @property
    def typed_texts(self) -> dict[str, str]:
        """What is typed, and how it is to be read."""
        orders = {each.id or "": str(each.value) for each in self.query(Select)}
        ticks = {each.id or "": _TICKED if each.value else "" for each in self.query(Tick)}
        return {**super().typed_texts, **orders, **ticks}

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Fill in what was typed before; the plan is made of it anew."""
        super().put_back(texts)
        order = self.query_one("#dates", Select)
        if texts.get("dates") in {value for _, value in _ORDERS}:
            order.value = texts["dates"]
        for tick in self.query(Tick):
            tick.value = texts.get(tick.id or "") == _TICKED

    def say_taken_up(self, said: str) -> None:
        """Say in the head that what was typed before stands here again."""
        self._taken_up = said
        self._say_head()

    # The plan

    @property
    def partial(self) -> bool:
        """Whether rows that are not rejected go in although others are."""
        return self.query_one("#partial", Tick).value

    @property
    def reading(self) -> Reading:
        """How the source is to be read, as the switches stand."""
        order = self.query_one("#dates", Select).value
        return Reading(
            dates=str(order) if order else None,
            tenant=self.query_one("#tenant", Input).value.strip() or None,
            accept_removals=self.query_one("#removals", Tick).value,
        )

    def action_check(self) -> None:
        """Make the plan anew; what is wrong with a source is shown in its place."""
        self.plan = None
        planning = self.planning()
        if planning is None:
            self.overtake()
            self._show(None)
            return

        def call(progress: Progress) -> Plan | FtopError:
            try:
                return planning(progress)
            except CalledOffError:
                raise
            except FtopError as error:
                return error

        self.run_long(
            "Reading what is to be imported", call, partial(self._read, self.source, self.reading),
            off=lambda: self._show(None), overtakes=True,
        )  # fmt: skip

    def _read(self, source: object, reading: Reading, found: Plan | FtopError) -> None:
        """Show the plan, unless it is of what was named a moment ago."""
        if self in self.app.screen_stack and (source, reading) == (self.source, self.reading):
            self._show(found)

    def _show(self, found: Plan | FtopError | None) -> None:
        panel = next(iter(self.query("#plan").results(TextPanel)), None)
        if panel is None:
            return  # it was left while it read, and is on its way off the screen
        self.plan = found if isinstance(found, Plan) else None
        if found is None:
            panel.show([Block(Content.styled(line, looks.MUTED)) for line in self.how.splitlines()])
        elif isinstance(found, Plan):
            panel.show(plan_blocks(found, partial=self.partial))
        else:
            panel.show(error_blocks(found))
        self.refresh_bindings()

    @on(Select.Changed)
    def _order_chosen(self, event: Select.Changed) -> None:
        event.stop()
        self.tell_typed()
        self.action_check()

    @on(Tick.Changed)
    def _switched(self, event: Tick.Changed) -> None:
        event.stop()
        self.tell_typed()
        if event.control.id == "partial":
            self._show(self.plan)
        else:
            self.action_check()

    @on(Input.Changed, "#tenant")
    def _tenant_typed(self, event: Input.Changed) -> None:
        event.stop()
        # What was planned for another tenant must not go in meanwhile.
        self.plan = None
        self.refresh_bindings()
        self.set_timer(PAUSE, partial(self._tenant_settled, event.value))

    def _tenant_settled(self, typed: str) -> None:
        if self.query_one("#tenant", Input).value == typed and self.plan is None:
            self.action_check()

    @on(Input.Submitted, "#tenant")
    def _tenant_given(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_check()

    # Doing it

    def why_not(self, action: str) -> str:
        """Why nothing can be imported."""
        if self.plan is None:
            return "Nothing is named to be imported yet."
        if self.plan.changes_something:
            return "Rows are rejected: mend them, or choose to import the rest."
        if self.plan.rejected:
            return "Rows are rejected: mend them. Nothing else in it is new."
        return "There is nothing new in it."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Importing is greyed out while nothing is named, or its plan cannot be applied."""
        if action == "apply":
            if self.plan is None:
                return True if self.planning() is not None else None
            return True if can_apply(self.plan, partial=self.partial) else None
        return True

    def action_apply(self) -> None:
        """Write what the plan shows, in one transaction; what has no plan yet is shown first."""
        if self.plan is None:
            self.action_check()
        else:
            write = partial(transfer.apply_plan, self.context, self.plan, partial=self.partial)
            self.write_long("Importing", lambda progress: write(progress=progress), self._applied)

    def _applied(self, _: Changes) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        """Go back; a plan that was not applied is asked about."""
        if self.plan is None or not can_apply(self.plan, partial=self.partial):
            self.dismiss(False)
            return
        question = Confirm("Leave without importing?", "Nothing has been written.", yes="Leave")
        self.app.push_screen(question, self._left)

    def _left(self, leave: bool | None) -> None:
        if leave:
            self.dismiss(False)
