"""The Entitlement form as its tests open it."""

from ftop_tui.screens.entitlement import EntitlementScreen
from ftop_tui.services.context import Context

from .forms import FormApp, rows

GREAT = "Unable to deploy because the Zscaler proxy breaks TLS inspection of Intune enrollment."


def form(context: Context, tag: str | None = "INTUNE", tenant: str = "t00000") -> FormApp:
    return FormApp(context, lambda: EntitlementScreen(tenant, tag))


def screen_of(app: FormApp) -> EntitlementScreen:
    assert isinstance(app.screen, EntitlementScreen)
    return app.screen


def drafts(context: Context) -> list[tuple[str, str]]:
    """What is stored and not posted, by workload."""
    query = "SELECT tag, text FROM note WHERE kind = 'entitlement' AND state = 'draft' ORDER BY tag"
    return [(tag, text) for tag, text in rows(context, query)]


def texts(context: Context) -> list[str]:
    """The texts of these, in order."""
    return sorted(text for _, text in drafts(context))
