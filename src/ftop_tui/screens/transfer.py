"""Import: files by their paths, or a table pasted from Excel. The plan is shown first."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from ftop_tui.errors import FtopError
from ftop_tui.progress import CalledOffError, Progress
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.plan_text import can_apply, error_blocks, plan_blocks
from ftop_tui.services import transfer
from ftop_tui.services.changes import Changes
from ftop_tui.services.transfer import Plan
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.path_suggester import PathSuggester
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import Block, TextPanel
from ftop_tui.widgets.tick import Tick

_ORDERS = (("as the file tells", ""), ("day/month", "dmy"), ("month/day", "mdy"), ("year", "ymd"))
_PAUSE = 0.25
"""Seconds without a key after which what is pasted or typed counts as whole."""


class Reading(NamedTuple):
    """How a source is to be read."""

    dates: str | None
    """The order of days and months: dmy, mdy or ymd; None where the file tells."""
    tenant: str | None
    """The tenant that a service-users report belongs to."""
    accept_removals: bool
    """Whether a partner that is no longer named is taken off its workload (FR-02)."""


class TransferScreen(FtopScreen[bool]):
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

    @abstractmethod
    def compose_source(self) -> ComposeResult:
        """The widgets that say what to import."""

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
            yield Tick("Import the rest of rejected rows", compact=True, id="partial")
            yield Tick("Accept removed partners", compact=True, id="removals")
        yield TextPanel(id="plan")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what can be imported."""
        self.query_one("#head", StatusLine).show([Content.styled(self.heading, looks.STRONG)])
        self._show(None)

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
            "Reading what is to be imported", call, self._show,
            off=lambda: self._show(None), overtakes=True,
        )  # fmt: skip

    def _show(self, found: Plan | FtopError | None) -> None:
        panel = self.query_one("#plan", TextPanel)
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
        self.action_check()

    @on(Tick.Changed)
    def _switched(self, event: Tick.Changed) -> None:
        event.stop()
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
        self.set_timer(_PAUSE, partial(self._tenant_settled, event.value))

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
        if not self.plan.changes_something:
            return "There is nothing new in it."
        return "Rows are rejected: mend them, or choose to import the rest."

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


class ImportScreen(TransferScreen):
    """Files by their paths, several at once."""

    heading = "Import files"
    how = """\
Type a path and press enter; → completes it, ~ is your home folder. Several files are read as one.

Portfolio and workloads: CSV or XLSX; `ftop-tui template` makes empty ones.
Partner Center: license usage and subscription details. Graph: Office 365 service users."""
    AUTO_FOCUS = "#path"

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    def compose_source(self) -> ComposeResult:
        """A line to type a path, and the files so far."""
        with Horizontal(id="path-line"):
            yield Static("File", classes="name")
            yield Input(
                placeholder="path of a CSV or XLSX file",
                suggester=PathSuggester(),
                compact=True,
                id="path",
            )
        yield OptionList(id="paths", markup=False, compact=True)

    @on(Input.Submitted, "#path")
    def _add(self, event: Input.Submitted) -> None:
        event.stop()
        path = plain_path(event.value)
        event.input.value = ""
        if path and path not in self.paths:
            self.paths.append(path)
        self._list_paths()
        self.action_check()

    @on(OptionList.OptionSelected, "#paths")
    def _remove(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        del self.paths[event.option_index]
        self._list_paths()
        self.action_check()

    @on(Input.Changed, "#path")
    def _path_typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip():
            # A plan without this file must not go in as if it were part of it.
            self.plan = None
        self.refresh_bindings()

    def _list_paths(self) -> None:
        files = self.query_one("#paths", OptionList)
        files.clear_options()
        tail = Content.styled("  enter takes it out", looks.MUTED)
        files.add_options([Option(foreign_line(path) + tail) for path in self.paths])
        files.set_class(bool(self.paths), "-some")

    def planning(self) -> Callable[[Progress], Plan] | None:
        """Plan the files that are listed, and the one that is typed."""
        typed = plain_path(self.query_one("#path", Input).value)
        paths = [*self.paths, *([typed] if typed else [])]
        if not paths:
            return None
        reading = self.reading
        return lambda progress: transfer.plan_files(
            self.context,
            [str(Path(path).expanduser()) for path in paths],
            dates=reading.dates,
            tenant=reading.tenant,
            accept_removals=reading.accept_removals,
            progress=progress,
        )


class PasteScreen(TransferScreen):
    """A table that was copied from Excel: paste it, see the plan."""

    heading = "Paste a table from Excel"
    how = """\
Copy the cells in Excel, headers included, and paste them above: with your terminal's own paste key.

The headers tell what it is: those of a portfolio or of workloads, or of a Partner Center report."""
    AUTO_FOCUS = "#table"

    def compose_source(self) -> ComposeResult:
        """Room for the table."""
        yield TextArea(
            id="table",
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="focus",
            placeholder="TenantId\tTenantName\t…",
        )

    @on(TextArea.Changed, "#table")
    def _pasted(self, event: TextArea.Changed) -> None:
        event.stop()
        self.set_timer(_PAUSE, partial(self._settled, event.text_area.text))

    def _settled(self, text: str) -> None:
        if self.query_one("#table", TextArea).text == text:
            self.action_check()

    def planning(self) -> Callable[[Progress], Plan] | None:
        """Plan the pasted text."""
        text = self.query_one("#table", TextArea).text
        if not text.strip():
            return None
        reading = self.reading
        return lambda progress: transfer.plan_text(
            self.context,
            text,
            dates=reading.dates,
            tenant=reading.tenant,
            accept_removals=reading.accept_removals,
            progress=progress,
        )


def plain_path(typed: str) -> str:
    """A path as it was typed, or dropped onto the terminal in quotes."""
    path = typed.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        path = path[1:-1]
    return path
