"""Forecasts and milestones of a tenant's workloads, with history and projection (RA-07)."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.playbook.forecasts import accuracy_words
from ftop_tui.playbook.projection import Fate
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.forecast_form import EditForm, colour_form, milestone_form, usage_form
from ftop_tui.screens.forecast_rows import header, page, row
from ftop_tui.screens.undoing import undo
from ftop_tui.services import forecasts, milestones, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.forecasts import TenantForecasts, WorkloadForecast
from ftop_tui.widgets import looks
from ftop_tui.widgets.dialogs import Choice, ChoiceItem
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.key_line import KeyLine
from ftop_tui.widgets.status_line import StatusLine
from ftop_tui.widgets.text_panel import TextPanel
from ftop_tui.widgets.usage_plot import LEGEND, Plotted, UsagePlot

_WIDE = 100


class ForecastsScreen(FtopScreen[None]):
    """A workload a row; below it the plot of the one under the cursor and what is said of it.

    Where it is narrow, `p` changes between the list and the plot.
    """

    CSS_PATH = "forecasts.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's own way
    AUTO_FOCUS = "#workloads"
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
        Binding("j,n,down", "move(1)", "Next", id="forecasts.next", show=False,
                tooltip="The next workload"),
        Binding("k,b,up", "move(-1)", "Previous", id="forecasts.previous", show=False,
                tooltip="The workload before"),
        Binding("g,home", "go(0)", "First", id="forecasts.first", show=False,
                tooltip="The first workload"),
        Binding("G,end", "go(-1)", "Last", id="forecasts.last", show=False,
                tooltip="The last workload"),
        Binding("pagedown", "scroll_text(1)", "Text down", id="forecasts.text-down", show=False,
                priority=True, tooltip="Scroll what is said of the workload"),
        Binding("pageup", "scroll_text(-1)", "Text up", id="forecasts.text-up", show=False,
                priority=True, tooltip="Scroll it back"),
        Binding("u", "undo", "Undo", id="forecasts.undo", show=False,
                tooltip="Take the last change back"),
        Binding("escape,q", "leave", "Back", id="forecasts.leave", key_display="esc",
                tooltip="Back to where one was"),
    ]  # fmt: skip

    def __init__(self, tenant_id: str) -> None:
        super().__init__()
        self.tenant_id = tenant_id
        self.found: TenantForecasts | None = None

    def compose(self) -> ComposeResult:
        """Head, list, plot and text, keys."""
        yield StatusLine(id="head")
        yield Static("", id="columns")
        yield OptionList(id="workloads", markup=False)
        with Horizontal(id="below"):
            with Vertical(id="drawn"):
                yield Static("", id="title")
                yield UsagePlot(id="plot")
                yield Static(LEGEND, id="legend")
            yield TextPanel(id="said")
        yield KeyLine()

    def on_mount(self) -> None:
        """Look it up."""
        self._read()

    def changed(self, changes: Changes) -> None:
        """Something was written: look again where it may concern this tenant."""
        if changes.rank or self.tenant_id in changes.tenants:
            self._read()

    def _read(self) -> None:
        look = partial(forecasts.overview, self.context, self.tenant_id)
        self.run_service(look, self._fill, group="forecasts", exclusive=True)

    def _fill(self, found: TenantForecasts) -> None:
        kept = self.present.tag if self.present else None
        self.found = found
        tags = [each.tag for each in found.workloads]
        self._say_head()
        self._fill_rows()
        if tags:
            place = tags.index(kept) if kept in tags else 0
            self.query_one("#workloads", OptionList).highlighted = place
        self._show()
        self.refresh_bindings()

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
        kept = self.query_one("#workloads", OptionList).highlighted
        self._fill_rows()
        if self.found is not None and self.found.workloads:
            self.query_one("#workloads", OptionList).highlighted = kept

    def _fill_rows(self) -> None:
        if self.found is None:
            return
        width, today = self.app.size.width, self.context.today()
        self.query_one("#columns", Static).update(header(width))
        rows = self.query_one("#workloads", OptionList)
        rows.clear_options()
        if self.found.workloads:
            rows.add_options([Option(row(each, today, width)) for each in self.found.workloads])
        else:
            said = "No workload here yet: import a file of workloads or of licence usage."
            rows.add_option(Option(Content.styled(said, looks.MUTED), disabled=True))

    @property
    def present(self) -> WorkloadForecast | None:
        """The workload under the cursor."""
        if self.found is None or not self.found.workloads:
            return None
        place = self.query_one("#workloads", OptionList).highlighted
        return self.found.workloads[place or 0]

    @on(OptionList.OptionHighlighted, "#workloads")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show()

    @on(OptionList.OptionSelected, "#workloads")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_edit()

    def _show(self) -> None:
        """The plot of the workload under the cursor, and what is said of it."""
        each, today = self.present, self.context.today()
        plot, said = self.query_one("#plot", UsagePlot), self.query_one("#said", TextPanel)
        if each is None or self.found is None:
            plot.show(None)
            said.show(())
            self.query_one("#title", Static).update("")
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a workload there is nothing to forecast; nor to mark where all is reached."""
        if action in {"edit", "dates", "move", "go"} and self.present is None:
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
        rows = self.query_one("#workloads", OptionList)
        if self.found is not None and self.found.workloads:
            last = len(self.found.workloads) - 1
            rows.highlighted = min(max(0, (rows.highlighted or 0) + step), last)

    def action_go(self, place: int) -> None:
        """To the first workload, or the last."""
        if self.found is not None and self.found.workloads:
            self.query_one("#workloads", OptionList).highlighted = place % len(self.found.workloads)

    def action_scroll_text(self, pages: int) -> None:
        """Scroll what is said of the workload by a page."""
        said = self.query_one("#said", TextPanel)
        said.scroll_relative(y=pages * max(1, said.size.height - 2), animate=False)

    def action_undo(self) -> None:
        """Take the last change back."""
        undo(self)

    def action_leave(self) -> None:
        """Back to where one was; from the plot of a narrow screen, to the list."""
        if self.has_class("-narrow", "-plotted"):
            self.action_plot()
        else:
            self.dismiss(None)
