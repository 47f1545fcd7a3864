"""Forecasts and milestones of a tenant's workloads, with history and projection (RA-07)."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.forecasts import accuracy_words
from ftop_tui.playbook.projection import Fate
from ftop_tui.screens.forecast_form import EditForm, colour_form, milestone_form, usage_form
from ftop_tui.screens.forecast_rows import header, page, row
from ftop_tui.screens.list_screen import ListScreen, filter_key, muted, place_of
from ftop_tui.screens.undoing import undo_keys
from ftop_tui.services import forecasts, milestones, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.forecasts import TenantForecasts, WorkloadForecast
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_item import ChoiceItem
from ftop_tui.widgets.dialogs import Choice
from ftop_tui.widgets.filter_line import FilterLine
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.key_list import KeyList
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel
from ftop_tui.widgets.usage_plot import LEGEND, Plotted, UsagePlot

_WIDE = 100
_ALL_COLUMNS = 120
"""Cells for a row with nothing left out."""


class ForecastsScreen(ListScreen[None]):
    """A workload a row; below it the plot of the one under the cursor and what is said of it.

    Where it is narrow, `p` changes between the list and the plot.
    """

    CSS_PATH = "forecasts.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#workloads"
    LIST = "#workloads"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "edit", "Forecast", id="forecasts.edit", key_display="e",
                tooltip="Say how many users are expected at the coming quarter ends"),
        Binding("m", "dates", "Milestones", id="forecasts.milestones",
                tooltip="Set when the milestones are due, and who says so"),
        Binding("x", "reached", "Reached", id="forecasts.reached",
                tooltip="Mark a milestone as reached today"),
        Binding("c", "colour", "Colour", id="forecasts.colour",
                tooltip="The forecast of the colour, with the opening sentence"),
        Binding("p", "plot", "Plot/list", id="forecasts.plot",
                tooltip="Change between the list and the plot"),
        Binding("n", "move(1)", "Next", id="forecasts.next", show=False,
                tooltip="The next workload"),
        Binding("b", "move(-1)", "Previous", id="forecasts.previous", show=False,
                tooltip="The workload before"),
        Binding("pagedown", "scroll_text(1)", "Text down", id="forecasts.text-down", show=False,
                priority=True, tooltip="Scroll what is said of the workload"),
        Binding("pageup", "scroll_text(-1)", "Text up", id="forecasts.text-up", show=False,
                priority=True, tooltip="Scroll it back"),
        *undo_keys("forecasts", show=False),
        filter_key("forecasts"),
        Binding("escape,q", "leave", "Back", id="forecasts.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.found: TenantForecasts | None = None
        self.shown: Sequence[WorkloadForecast] = ()
        """Those that fit the filter."""

    def compose(self) -> ComposeResult:
        """Head, list, plot and text, keys."""
        yield StatusLine(id="head")
        yield FilterLine()
        yield Static("", id="columns")
        yield KeyList(id="workloads")
        with Horizontal(id="below"):
            with Vertical(id="drawn"):
                yield Static("", id="title")
                yield UsagePlot(id="plot")
                yield Static(LEGEND, id="legend")
            yield TextPanel(id="said")
        yield KeyLine()

    def changed(self, changes: Changes) -> None:
        """Something was written: look again where it may concern this tenant."""
        if changes.rank or self.tenant_id in changes.tenants:
            self.read()

    def read(self) -> None:
        """Look up the tenant's workloads, with what they were and are to be."""
        look = partial(forecasts.overview, self.context, self.tenant_id)
        self.run_service(look, self._fill, group="forecasts", exclusive=True)

    def _fill(self, found: TenantForecasts) -> None:
        self.found = found
        self._say_head()
        self.sift()

    def _say_head(self) -> None:
        if self.found is None:
            return
        title = Content.styled("Forecasts", looks.STRONG)
        whose = foreign_line(self.found.name)
        good = Content.styled(f"so far {accuracy_words(self.found.accuracy)}", looks.MUTED)
        self.query_one("#head", StatusLine).show(
            [Content.assemble(title, "  ", whose, "  ", good),
             Content.assemble(title, "  ", whose), title]
        )  # fmt: skip

    def on_resize(self) -> None:
        """Other columns fit: draw the rows anew."""
        self.sift()

    def sift(self) -> None:
        """Show the workloads that fit; the cursor stays on the one that it is on."""
        if self.found is None:
            return
        kept = self.present.tag if self.present else None
        width, today = self.app.size.width, self.context.today()
        self.query_one("#columns", Static).update(header(width))
        self.shown = self.fitting(self.found.workloads, self._said)
        self.draw(
            [row(each, today, width) for each in self.shown],
            muted("No workload here yet: import a file of workloads or of licence usage."),
            place_of(kept, [each.tag for each in self.shown]),
        )
        self.follow()

    def _said(self, each: WorkloadForecast) -> str:
        """A workload's names and what its row says, for words to be looked for in."""
        known = self.context.pack.by_tag.get(each.tag)
        told = row(each, self.context.today(), _ALL_COLUMNS).plain
        return f"{each.tag} {known.name if known else ''} {told}"

    @property
    def present(self) -> WorkloadForecast | None:
        """The workload under the cursor."""
        return self.under_cursor(self.shown)

    def choose(self, place: int) -> None:
        """Edit its forecasts."""
        self.action_edit()

    def follow(self) -> None:
        """The plot of the workload under the cursor, and what is said of it."""
        each, today = self.present, self.context.today()
        plot, said = self.query_one("#plot", UsagePlot), self.query_one("#said", TextPanel)
        if each is None or self.found is None:
            plot.show(None)
            said.show(())
            self.query_one("#title", Static).update("")
            self.refresh_bindings()
            return
        known = self.context.pack.by_tag.get(each.tag)
        name = known.name if known else ""
        heading = (foreign_line(each.tag, looks.STRONG), "  ", foreign_line(name, looks.MUTED))
        self.query_one("#title", Static).update(Content.assemble(*heading))
        marks = self.context.pack.thresholds.milestones
        plot.show(Plotted(each.usage, each.outlook, each.forecasts, each.paid_units, marks, today))
        said.show(page(each, self.found.quarters, today))
        self.refresh_bindings()

    # What one can do

    def why_not(self, action: str) -> str:
        """Why a key is grey."""
        if action == "plot":
            return "List and plot stand side by side: there is room for both."
        if self.present is None:
            return "There is no workload under the cursor; they come in by import."
        return "All its milestones are reached."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a workload there is nothing to forecast; nor to mark where all is reached."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action in {"edit", "dates", "move"} and self.present is None:
            return None
        if action == "reached" and not self._unreached():
            return None
        if action == "plot" and self.has_class("-wide"):
            return None
        return super().check_action(action, parameters)

    def _unreached(self) -> list[int]:
        if self.present is None:
            return []
        by_hand = {each.percent for each in self.present.milestones if each.reached}
        return [
            one.percent
            for one in self.present.projections
            if one.fate is not Fate.REACHED and one.percent not in by_hand
        ]

    def action_edit(self) -> None:
        """Edit the forecasts of the workload."""
        if self.found is not None and self.present is not None:
            self._ask(usage_form(self.context, self.found, self.present))

    def action_dates(self) -> None:
        """Edit when the milestones are due."""
        if self.found is not None and self.present is not None:
            self._ask(milestone_form(self.context, self.found, self.present))

    def action_reached(self) -> None:
        """Mark a milestone as reached today."""
        percents = self._unreached()
        items = [ChoiceItem(str(n), str(p), f"{p}%") for n, p in enumerate(percents, start=1)]
        if items and self.present is not None:
            title = f"Reached today, {self.present.tag}"
            self.app.push_screen(Choice(title, items), self._mark)

    def _mark(self, percent: str | None) -> None:
        if percent and self.present is not None:
            self.write(
                partial(
                    milestones.reach_percent, self.context, self.tenant_id, self.present.tag,
                    int(percent),
                )
            )  # fmt: skip

    def action_colour(self) -> None:
        """Edit the forecast of the colour, on the winner tenant."""
        self.run_service(partial(portfolio.load, self.context), self._ask_colour)

    def _ask_colour(self, loaded: portfolio.Portfolio) -> None:
        facts = [ranked.facts for ranked in loaded.ranked]
        own = next((each for each in facts if each.tenant_id == self.tenant_id), None)
        if own is not None:
            winner = (f for f in facts if f.customer_id == own.customer_id and f.winner)
            self._ask(colour_form(self.context, next(winner, own)))

    def _ask(self, form: EditForm) -> None:
        self.app.push_screen(form, lambda done: self.announce(done) if done else None)

    def action_plot(self) -> None:
        """Change between list and plot, where there is no room for both."""
        self.toggle_class("-plotted")

    def action_move(self, step: int) -> None:
        """To the next workload, or the one before; stops at either end."""
        rows = self.query_one("#workloads", KeyList)
        if self.shown:
            rows.highlighted = min(max(0, (rows.highlighted or 0) + step), len(self.shown) - 1)

    def action_filter(self) -> None:
        """Open the filter's line, where the list is seen."""
        self.remove_class("-plotted")
        super().action_filter()

    def action_scroll_text(self, pages: int) -> None:
        """Scroll what is said of the workload by a page."""
        self.query_one("#said", TextPanel).scroll_pages(pages)

    def action_leave(self) -> None:
        """Back to where one was; from the plot of a narrow screen, to the list."""
        if self.has_class("-narrow", "-plotted"):
            self.action_plot()
        else:
            super().action_leave()
