"""All places one can go to, by name: for the palette, whichever screen is open."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from textual.app import App
from textual.screen import Screen

from ftop_tui.screens import ways
from ftop_tui.screens.base import FtopScreen
from ftop_tui.screens.home import HomeScreen

_ASKING = frozenset({"TenantForm", "ImportScreen", "PasteScreen", "ExportScreen"})
"""Screens that hold what is neither saved nor asked about when another takes their place."""


class Place(NamedTuple):
    """A screen to go to. `screen` names its class, `of` what is done with the tenant meant."""

    name: str
    screen: str
    about: str
    open: Callable[[HomeScreen], None] | None = None
    of: Callable[[App[Any], str], None] | None = None
    also: str = ""
    """What is done there, in words that one may look for it by."""


def _urgent(app: App[Any], tenant_id: str) -> None:
    """The entitlement note that the list would open, for a tenant that need not be listed."""
    home = home_of(app)
    if home is not None:
        home.go_to(tenant_id)
        home.action_entitlement()


PLACES: tuple[Place, ...] = (
    Place(
        "This week",
        "WeekScreen",
        "all that is due, by day",
        HomeScreen.action_week,
        also="overdue agenda tasks done snooze",
    ),
    Place(
        "Reviews",
        "ReviewsScreen",
        "meetings and who is nominated",
        HomeScreen.action_reviews,
        also="nominate agenda presenter present withdraw",
    ),
    Place(
        "At a glance",
        "GlanceScreen",
        "the whole portfolio",
        HomeScreen.action_glance,
        also="overview heat map dashboard",
    ),
    Place(
        "Brief",
        "BriefScreen",
        "what is presented at a review",
        of=ways.brief,
        also="gaps opening sentence",
    ),
    Place(
        "Plan",
        "PlanScreen",
        "steps by lifecycle phase, priorities",
        of=ways.plan,
        also="awareness link milestone next step complete",
    ),
    Place(
        "Escalations",
        "EscalationsScreen",
        "who raised what",
        of=ways.escalations,
        also="issue raise resolve reopen log heard notified",
    ),
    Place(
        "Contacts",
        "ContactsScreen",
        "who is who",
        of=ways.contacts,
        also="people persons verify merge duplicate stale",
    ),
    Place(
        "Forecasts",
        "ForecastsScreen",
        "projected usage, milestones",
        of=ways.forecasts,
        also="projection plot colour reached",
    ),
    Place(
        "Partners",
        "PartnersScreen",
        "FastTrack Ready Partners",
        of=ways.partners,
        also="FRP PSM checklist agreement data input talking points",
    ),
    Place(
        "Enterprise Status note",
        "EnterpriseScreen",
        "write it",
        of=ways.enterprise,
        also="ES red yellow green",
    ),
    Place(
        "Entitlement note",
        "EntitlementScreen",
        "write it",
        of=_urgent,
        also="workload blocked intent template",
    ),
    Place(
        "Exec Summary",
        "ExecSummaryScreen",
        "write it",
        of=ways.exec_summary,
        also="executive snapshot request",
    ),
    Place(
        "Lifecycle note",
        "OverallScreen",
        "write it, after a call say",
        of=ways.overall,
        also="overall log next action",
    ),
    Place(
        "Tenant's record",
        "TenantForm",
        "change it",
        of=ways.tenant_form,
        also="edit customer fields health renewal",
    ),
    Place(
        "Search",
        "SearchScreen",
        "all notes by their words",
        HomeScreen.action_search,
        also="find full text",
    ),
    Place(
        "What moved",
        "MovedScreen",
        "since last time",
        HomeScreen.action_moved,
        also="changes changed news",
    ),
    Place(
        "Export",
        "ExportScreen",
        "to a file",
        of=ways.export,
        also="share csv excel xlsx json slide pptx calendar ics markdown",
    ),
    Place(
        "Import", "ImportScreen", "files", HomeScreen.action_import, also="load read csv excel xlsx"
    ),
    Place(
        "Paste",
        "PasteScreen",
        "a table copied from Excel",
        HomeScreen.action_paste,
        also="clipboard import",
    ),
)
"""Every screen with a name of its own, beside the list."""

DEEDS = frozenset({
    "entitlement_on", "record", "event", "next_due", "history", "copy", "add", "demo",
    "toggle_mine",
})  # fmt: skip
"""What the list's keys do that no other screen has, to be done from any of them."""


def home_of(app: App[Any]) -> HomeScreen | None:
    """The list, whatever is open over it."""
    return next((s for s in app.screen_stack if isinstance(s, HomeScreen)), None)


def tenant_of(screen: Screen[Any]) -> str | None:
    """The tenant that a screen is about; on the list the one under the cursor."""
    if isinstance(screen, HomeScreen):
        return screen.list.tenant_id
    found = getattr(screen, "tenant_id", None)
    if isinstance(found, str):
        return found
    items = getattr(screen, "items", None)
    item = getattr(items, "current", None) or getattr(screen, "present", None)
    found = getattr(item, "tenant_id", None)
    home = home_of(screen.app)
    return found if isinstance(found, str) else home.list.tenant_id if home else None


def place_of(screen: Screen[Any]) -> Place | None:
    """Which place a screen is."""
    return next((place for place in PLACES if place.screen == type(screen).__name__), None)


async def go_home(app: App[Any]) -> HomeScreen | None:
    """Save and close what is open over the list, down to what asks before it is left."""
    while not isinstance(app.screen, HomeScreen):
        top = app.screen
        if not isinstance(top, FtopScreen) or type(top).__name__ in _ASKING:
            return None
        await top.save_now()
        await app.pop_screen()
    return app.screen


async def _go_home_to(app: App[Any], tenant_id: str | None) -> HomeScreen | None:
    """The list with a tenant under its cursor; None, and why, where something asks first."""
    home = await go_home(app)
    if home is None:
        app.notify("Finish here first: esc goes back.", markup=False)
    elif tenant_id is not None:
        home.go_to(tenant_id)
    return home


async def go_to_tenant(app: App[Any], tenant_id: str) -> None:
    """Show a tenant on the screen that is open, where that is about one; else on the list."""
    place = place_of(app.screen)
    home = await _go_home_to(app, tenant_id)
    if home is not None and place is not None and place.of is not None:
        place.of(app, tenant_id)


async def go_to_place(app: App[Any], place: Place | None, tenant_id: str | None) -> None:
    """Go to a screen, for a tenant where it is about one; None is the list."""
    home = await _go_home_to(app, tenant_id)
    if home is None or place is None:
        return
    if place.of is not None and tenant_id is not None:
        place.of(app, tenant_id)
    elif place.open is not None:
        place.open(home)


async def do_on_list(app: App[Any], action: str, tenant_id: str | None) -> None:
    """Go to the list, with a tenant under the cursor, and do there what one of its keys does."""
    home = await _go_home_to(app, tenant_id)
    if home is not None:
        await app.run_action(action, home)


def offered(screen: Screen[Any]) -> list[tuple[Place, Callable[[], Any]]]:
    """The places to go to from a screen, each with what goes there."""
    tenant_id = tenant_of(screen)
    here = place_of(screen)
    return [
        (place, partial(go_to_place, screen.app, place, tenant_id))
        for place in PLACES
        if place is not here and (place.open is not None or tenant_id is not None)
    ]
