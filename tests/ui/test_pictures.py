"""Pictures of every screen and dialog; `pytest --snapshot-update` draws them anew.

A tour leads through all of them, wide and narrow, and holds each against its pictures in the dark
theme, in the light one and without colour. Look at what changed before you keep it.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.screen import Screen

from faults.tour import FABRIKAM, LITWARE, every_screen
from ftop_tui.app import FtopApp
from ftop_tui.bootstrap import make_context
from ftop_tui.errors import ConflictError, StoreError
from ftop_tui.progress import Work
from ftop_tui.screens.conflict import ConflictDialog
from ftop_tui.screens.home import HomeScreen
from ftop_tui.services import demo
from ftop_tui.services.context import Context
from ftop_tui.widgets.dialogs import Confirm, ErrorDialog
from ftop_tui.widgets.working import Working
from ui.gallery import LOOKS, Gallery
from ui.seeing import NARROW, WIDE, press, settle

SIZES = {"wide": WIDE, "narrow": NARROW}
KEPT = Path(__file__).parent / "__snapshots__" / "test_pictures"
MOST_BYTES = 10_000_000


class Stop(NamedTuple):
    """A screen: the name of its pictures, its class, the keys from home, the customer there."""

    name: str
    screen: str
    keys: tuple[str, ...] = ()
    tpid: str = FABRIKAM
    make: Callable[[], Screen[Any]] | None = None
    """A dialog that only trouble opens is made by hand."""


def _long_work() -> Working:
    work = Work()
    work(0.42)
    return Working("Importing", work, unseen=False)


_LOCKED = StoreError(
    "the store is in use by another program",
    details=("Close the other window of ftop-tui, then try again.", "Nothing was changed."),
)
_CLASH = ConflictError(
    "this note was changed elsewhere meanwhile", details=("It was changed in another window.",)
)
_TABLE = "TenantId\tTenantName\tHealth\nt-1\tContoso\tpurple"

STOPS = (
    Stop("home", "HomeScreen"),
    Stop("filter", "HomeScreen", ("slash", *"band:due")),
    Stop("palette", "CommandPalette", ("colon", *"note")),
    Stop("help", "HelpScreen", ("question_mark",)),
    Stop("moved", "MovedScreen", ("m",)),
    Stop("moved-since", "Prompt", ("m", "d")),
    Stop("record", "Choice", ("r",)),
    Stop("event", "Prompt", ("exclamation_mark",)),
    Stop("tenant", "TenantForm", ("t",)),
    Stop("add", "TenantForm", ("a",)),
    Stop("import", "ImportScreen", ("i",)),
    Stop("paste", "PasteScreen", ("v",)),
    Stop("search", "SearchScreen", ("f", *"mail")),
    Stop("glance", "GlanceScreen", ("y",)),
    Stop("week", "WeekScreen", ("w",)),
    Stop("snooze", "SnoozeDialog", ("w", "z")),
    Stop("reviews", "ReviewsScreen", ("b",)),
    Stop("nominate", "CustomerChoice", ("b", "n")),
    Stop("entitlement", "EntitlementScreen", ("e",)),
    Stop("templates", "TemplatePicker", ("e", "f4")),
    Stop("posting", "PostingDialog", ("e", "f8")),
    Stop("walk", "WalkScreen", ("e", "f7")),
    Stop("status", "EnterpriseScreen", ("s",)),
    Stop("status-paste", "PasteDialog", ("s", "f3")),
    Stop("exec-summary", "ExecSummaryScreen", ("x",)),
    Stop("call", "OverallScreen", ("l",)),
    Stop("history", "HistoryScreen", ("h", "s")),
    Stop("more", "Choice", ("d",)),
    Stop("brief", "BriefScreen", ("d", "b")),
    Stop("presenter", "PresenterScreen", ("d", "b", "P")),
    Stop("plan", "PlanScreen", ("d", "p")),
    Stop("plan-step", "StepDialog", ("d", "p", "a")),
    Stop("escalations", "EscalationsScreen", ("d", "e")),
    Stop("escalation-new", "EscalationForm", ("d", "e", "n")),
    Stop("escalation-entry", "EntryForm", ("d", "e", "p")),
    Stop("escalation-resolve", "ResolveForm", ("d", "e", "x")),
    Stop("contacts", "ContactsScreen", ("d", "c")),
    Stop("contact-new", "ContactForm", ("d", "c", "n")),
    Stop("forecasts", "ForecastsScreen", ("d", "f")),
    Stop("forecast-edit", "EditForm", ("d", "f", "e")),
    Stop("export", "ExportScreen", ("d", "x")),
    Stop("partners", "PartnersScreen", ("d", "r"), LITWARE),
    Stop("partner-input", "InputForm", ("d", "r", "i"), LITWARE),
    Stop("error", "ErrorDialog", make=lambda: ErrorDialog(_LOCKED)),
    Stop("conflict", "ConflictDialog", make=lambda: ConflictDialog(_CLASH, "what was typed")),
    Stop("confirm", "Confirm", make=lambda: Confirm("Leave?", "Not all is saved.", yes="Leave")),
    Stop("long-work", "Working", make=_long_work),
)
"""All screens on the demo portfolio, each right behind the one that it is opened from."""
FIRST_DAY = (
    Stop("first-run", "HomeScreen"),
    Stop("first-week", "WeekScreen", ("w",)),
    Stop("first-reviews", "ReviewsScreen", ("b",)),
    Stop("first-glance", "GlanceScreen", ("y",)),
    Stop("first-search", "SearchScreen", ("f",)),
    Stop("first-moved", "MovedScreen", ("m",)),
    Stop("first-import", "ImportScreen", ("i",)),
)
"""What a new user sees, without a portfolio."""


def _context(folder: Path) -> Context:
    environment = {"FTOP_TUI_CONFIG_DIR": str(folder / "config")}
    return make_context(data_dir=str(folder / "data"), today="2026-11-21", environment=environment)


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio, made once."""
    folder = tmp_path_factory.mktemp("demo")
    demo.build(_context(folder), demo.USUAL, 1)
    return folder / "data"


@pytest.fixture
def shown(tmp_path: Path, _demo: Path) -> Context:
    """A context on a copy of the demo portfolio."""
    shutil.copytree(_demo, tmp_path / "data")
    return _context(tmp_path)


@pytest.fixture
def gallery(
    snapshot: SnapshotAssertion, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Gallery:
    """The kept pictures of the test."""
    monkeypatch.setattr("ftop_tui.widgets.working.monotonic", lambda: 30.0)
    monkeypatch.setattr("ftop_tui.widgets.text_panel._REST_AFTER", 0.001)
    return Gallery(snapshot, request.node)


class _Walk:
    """The way through the stops: back only as far as the next one makes needful."""

    def __init__(self, app: FtopApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.been: list[tuple[tuple[str, ...], Screen[Any]]] = []
        """The keys of the stops behind, the next one's way last, and their screens."""

    async def to(self, stop: Stop) -> None:
        """Open a stop's screen."""
        while self.been and not self._leads_on(stop):
            self.been.pop()
        keys, screen = self.been[-1] if self.been else ((), self.app.screen_stack[0])
        while self.app.screen is not screen:
            await self.app.pop_screen()
        if not self.been:
            await self._at_home(stop.tpid)
        if stop.make:
            await self.app.push_screen(stop.make())
        await press(self.pilot, *stop.keys[len(keys) :])
        if stop.screen == "CommandPalette":
            await self.pilot.pause(0.1)  # its providers answer in their own time
        assert type(self.app.screen).__name__ == stop.screen, (stop, self.app.screen)
        self.been.append((stop.keys, self.app.screen))

    def _leads_on(self, stop: Stop) -> bool:
        """Whether the last screen is still open, and on the way to the stop."""
        keys, screen = self.been[-1]
        further = len(stop.keys) > len(keys) > 0 and stop.keys[: len(keys)] == keys
        return further and screen in self.app.screen_stack

    async def _at_home(self, tpid: str) -> None:
        home = cast("HomeScreen", self.app.screen)
        home.action_clear()
        for ranked in home.portfolio.ranked:
            if ranked.facts.tpid == tpid:
                home.go_to(ranked.facts.tenant_id)
        await settle(self.pilot)


async def _tour(context: Context, stops: tuple[Stop, ...], size: str, gallery: Gallery) -> None:
    app = FtopApp(context, preload=False)
    app.animation_level = "none"
    async with app.run_test(size=SIZES[size], notifications=True) as pilot:
        await settle(pilot)
        walk = _Walk(app, pilot)
        for stop in stops:
            await walk.to(stop)
            await gallery.hold(stop.name, app, pilot)
    assert not gallery.otherwise, "they look otherwise by now"


@pytest.mark.parametrize("size", SIZES)
async def test_screens(shown: Context, gallery: Gallery, size: str) -> None:
    await _tour(shown, STOPS, size, gallery)


@pytest.mark.parametrize("size", SIZES)
async def test_first_day(tmp_path: Path, gallery: Gallery, size: str) -> None:
    await _tour(_context(tmp_path), FIRST_DAY, size, gallery)


def test_every_screen_has_its_pictures(pytestconfig: pytest.Config) -> None:
    assert every_screen() <= {stop.screen for stop in STOPS}
    if pytestconfig.getoption("update_snapshots"):
        pytest.skip("the new pictures are written at the end")
    tours = {"test_screens": STOPS, "test_first_day": FIRST_DAY}
    wanted = {
        f"{test}[{size}][{stop.name}-{look}].svg"
        for test, stops in tours.items()
        for size in SIZES
        for stop in stops
        for look in LOOKS
    }
    assert {path.name for path in KEPT.iterdir()} == wanted


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in KEPT.iterdir()) <= MOST_BYTES
