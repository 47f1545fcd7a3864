"""Forecasts on the screen: list, plot and words, the forms, and names that must stay names."""

import re
from datetime import date, timedelta

import pytest
from textual.widgets import OptionList, Static

from ftop_tui.screens.base import Changed
from ftop_tui.screens.forecast_form import EditForm
from ftop_tui.screens.forecasts import ForecastsScreen
from ftop_tui.services import demo
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.portfolio import find, load
from ftop_tui.store.tables import Milestone, Record, Tenant, Usage, Workload
from ftop_tui.widgets.dialogs import Confirm
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.text_panel import TextPanel

from .conftest import HOSTILE, TODAY
from .forms import FormApp, rows, settle

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])


class ForecastApp(FormApp):
    """Opens the forecasts of one tenant."""

    def __init__(self, context: Context, tenant_id: str = "t00001") -> None:
        self.forecasts = ForecastsScreen(tenant_id)
        super().__init__(context, lambda: self.forecasts)

    def on_changed(self, message: Changed) -> None:
        super().on_changed(message)
        self.forecasts.changed(message.changes)

    @property
    def at_rest(self) -> bool:
        """Whether no form or question stands over the screen."""
        return self.screen is self.forecasts

    @property
    def page(self) -> str:
        """What is said of the workload under the cursor."""
        return self.forecasts.query_one("#said", TextPanel).text

    @property
    def problem(self) -> str:
        """What the form complains of."""
        return str(self.screen.query_one(".problem", Static).render())

    def line(self, name: str) -> NoteLine:
        """A line of the form that is open."""
        return self.screen.query_one(f"#{name}", NoteLine)


def read(context: Context) -> Context:
    """The same, the guidance being read."""
    with context.writer().unit("test") as unit:
        unit.session.add(
            Record(id="g", kind="guidance", customer_id="c00001", day=TODAY, source="app",
                   created_at="2026-11-20T08:00:00+00:00")
        )  # fmt: skip
    return context


@pytest.fixture
def small(portfolio: Context) -> Context:
    """The same, the partner's workload being used by a tenth of what is paid for."""
    with portfolio.writer().unit("test") as unit:
        workload = unit.session.get(Workload, ("t00001", "EXO"))
        assert workload is not None
        workload.paid_units = 2000
        for month in range(5, 11):
            key = ("t00001", "EXO", date(2026, month, 1), "license-usage")
            usage = unit.session.get(Usage, key)
            assert usage is not None
            usage.paid_units = 2000
    return portfolio


@SIZES
async def test_a_workload_a_row_with_where_it_leads(small: Context, size: tuple[int, int]) -> None:
    """RA-04, FR-08: what a partner still has to date stands out."""
    app = ForecastApp(small)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Forecasts  Tailspin Toys" in app.seen
        found = app.forecasts.found
        assert found is not None
        assert [each.tag for each in found.workloads] == ["EXO", "SPO", "TEAMS", "INTUNE", "AADP"]
        assert "EXO" in app.seen
        assert "ask the partner" in app.seen
        assert "ask Wide World Importers" in app.page
        assert all(len(line) <= size[0] for line in app.seen.splitlines())
        await pilot.press("j")
        assert app.forecasts.present is not None
        assert app.forecasts.present.tag == "SPO"
        await pilot.press("G", "n")
        assert app.forecasts.present.tag == "AADP"


async def test_the_plot_shows_history_range_and_milestones(small: Context) -> None:
    app = ForecastApp(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "your forecast" not in app.seen
        await pilot.press("p")
        await settle(pilot)
        assert "your forecast" in app.seen
        assert "40%" in app.seen
        assert "●" in app.seen
        assert "░" in app.seen
        await pilot.press("escape")
        await settle(pilot)
        assert app.at_rest
        assert "your forecast" not in app.seen


async def test_the_first_forecast_asks_whether_the_guidance_was_read(portfolio: Context) -> None:
    """RA-07: no saves nothing and keeps what is typed; yes saves it."""
    app = ForecastApp(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        await pilot.press(*"450", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert "read the guidance first" in app.problem
        assert app.line("m202612").value == "450"
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert app.at_rest
        assert rows(portfolio, "SELECT tag, month, active_users FROM forecast") == [
            ("EXO", "2026-12-01", 450)
        ]
        kinds = rows(portfolio, "SELECT kind FROM record WHERE kind != 'event' ORDER BY kind")
        assert ("guidance",) in kinds
        assert ("forecast",) in kinds
        assert app.told[0].rank
        assert "450" in app.page


async def test_more_users_than_paid_units_is_said_as_it_is_typed(portfolio: Context) -> None:
    """RA-07: it is not saved, and nothing typed is lost."""
    app = ForecastApp(read(portfolio))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("e", *"501")
        await settle(pilot)
        assert "501 active users are more than the 500 paid units" in app.problem
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, EditForm)
        assert rows(portfolio, "SELECT count(*) FROM forecast") == [(0,)]
        await pilot.press("escape")
        assert "escape again" in app.problem
        await pilot.press("escape")
        await settle(pilot)
        assert app.at_rest


async def test_a_milestone_before_its_predecessor_is_said_and_not_saved(
    small: Context,
) -> None:
    """FR-08."""
    app = ForecastApp(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        app.line("p15").value = "2027-05-01"
        app.line("p40").value = "2027-04-01"
        app.line("by").value = "Ada [/] PoC"
        await settle(pilot)
        assert "40% on 2027-04-01 would come before 15% on 2027-05-01" in app.problem
        app.line("p40").value = "2027-06-01"
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.at_rest
        assert rows(small, "SELECT percent, due_on, given_by FROM milestone ORDER BY 1") == [
            (15, "2027-05-01", "Ada [/] PoC"),
            (40, "2027-06-01", "Ada [/] PoC"),
        ]
        assert "by Ada [/] PoC" in app.page


async def test_a_milestone_is_marked_as_reached_by_one_key(small: Context) -> None:
    """RA-04."""
    app = ForecastApp(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        percents = app.forecasts._unreached()
        assert percents
        await pilot.press("x", "1")
        await settle(pilot)
        assert rows(small, "SELECT percent, reached_on FROM milestone") == [
            (percents[0], TODAY.isoformat())
        ]


async def test_the_forecast_of_the_colour_shows_its_sentence(context: Context) -> None:
    """RA-17: the owner's word, never computed."""
    demo.build(context, 1, 1)
    tenant = find(load(context), "Fabrikam").facts
    app = ForecastApp(context, tenant.tenant_id)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        app.line("colour").value = "blue"
        app.line("month").value = "2027-09"
        await settle(pilot)
        said = str(app.screen.query_one(".remark", Static).render())
        assert "from Red to Blue by the end of September 2027." in said
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.at_rest, app.problem
        query = "SELECT forecast_health, forecast_month FROM customer"
        assert rows(context, query) == [("blue", "2027-09-01")]


async def test_a_tenant_without_workloads_says_what_to_do(portfolio: Context) -> None:
    with portfolio.writer().unit("test") as unit:
        unit.session.add(
            Tenant(id="new", customer_id="c00001", name="Tailspin Labs", created_on=TODAY)
        )
    app = ForecastApp(portfolio, "new")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "No workload here yet: import a file" in app.seen
        await pilot.press("p", "e", "m", "x", "j", "G")
        await settle(pilot)
        assert app.at_rest
        assert app.failed_with is None


async def test_what_is_written_elsewhere_is_shown(portfolio: Context) -> None:
    app = ForecastApp(portfolio)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        with portfolio.writer().unit("test") as unit:
            unit.session.add(
                Usage(tenant_id="t00001", tag="EXO", month=TODAY - timedelta(days=20),
                      source="license-usage", paid_units=500, active_users=499)
            )  # fmt: skip
        app.forecasts.changed(Changes(rank=True))
        await settle(pilot)
        assert app.forecasts.found is not None
        assert app.forecasts.found.workloads[0].usage[-1].active_users == 499


@pytest.mark.parametrize("place", [0, 1, 3, 4, 5, 6, 7, 8])
async def test_hostile_names_stay_names(hostile: Context, place: int) -> None:
    name = HOSTILE[place]
    with hostile.writer().unit("test") as unit:
        workload = unit.session.get(Workload, (f"t{place:05}", "EXO"))
        assert workload is not None
        workload.partner = name
        unit.session.add(
            Milestone(id="m", tenant_id=f"t{place:05}", tag="EXO", percent=40,
                      due_on=date(2027, 1, 1), given_by=name)
        )  # fmt: skip
    app = ForecastApp(hostile, f"t{place:05}")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for keys in (("p",), ("p", "m"), ("escape", "e"), ("escape", "c")):
            await pilot.press(*keys)
            await settle(pilot)
            assert not FORBIDDEN.search(app.seen.replace("\n", ""))
        await pilot.press("escape")
        assert app.failed_with is None
        assert app.forecasts.query_one("#workloads", OptionList).option_count
