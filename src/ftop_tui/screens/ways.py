"""The ways from the list to the other screens, each by the tenant it is about.

Every import here is deferred for start-up speed: forms bring the ORM and pydantic, which the first
paint does without; the app loads them in a thread after it (`app.LATER`).
"""

from collections.abc import Callable
from typing import Any

from textual.app import App

from ftop_tui.playbook.urgency import Ranked
from ftop_tui.widgets.dialogs import Choice, ChoiceItem

FORMS = (
    ChoiceItem("e", "entitlement", "Entitlement note", "one workload"),
    ChoiceItem("x", "exec_summary", "Exec Summary", "the whole engagement"),
    ChoiceItem("t", "tenant", "The tenant's record"),
    ChoiceItem("r", "record", "Record what was done in FTOP"),
)
"""What may be opened for a tenant: a letter, the home screen's action, and words."""


def urgent_form(ranked: Ranked) -> tuple[str, str | None] | None:
    """The form that answers what is most urgent, as an action and a workload; None: ask."""
    for factor in ranked.assessment.factors:
        if factor.sort == "request":
            return "exec_summary", None
        if factor.sort == "blocked":
            return "entitlement", factor.data[0]
    return None


def ask_form(app: App[Any], name: str, then: Callable[[str], None]) -> None:
    """Ask what to open for a tenant."""
    dialog = Choice(f"Open for {name}", FORMS)
    app.push_screen(dialog, lambda form: then(form) if form else None)


def entitlement(app: App[Any], tenant_id: str, tag: str) -> None:
    """Write an entitlement note."""
    from ftop_tui.screens.entitlement import EntitlementScreen

    app.push_screen(EntitlementScreen(tenant_id, tag))


def exec_summary(app: App[Any], tenant_id: str) -> None:
    """Write an Exec Summary."""
    from ftop_tui.screens.exec_summary import ExecSummaryScreen

    app.push_screen(ExecSummaryScreen(tenant_id))


def tenant_form(app: App[Any], tenant_id: str | None) -> None:
    """Change the record of a tenant and its customer, or add one."""
    from ftop_tui.screens.tenant_form import TenantForm

    app.push_screen(TenantForm(tenant_id))


def import_files(app: App[Any], then: Callable[[bool | None], None]) -> None:
    """Import files."""
    from ftop_tui.screens.transfer import ImportScreen

    app.push_screen(ImportScreen(), then)


def paste_table(app: App[Any], then: Callable[[bool | None], None]) -> None:
    """Import a table that was copied from Excel."""
    from ftop_tui.screens.transfer import PasteScreen

    app.push_screen(PasteScreen(), then)


def workload_choice(
    app: App[Any], tags: list[tuple[str, str]], title: str, then: Callable[[str], None]
) -> None:
    """Ask for one of some workloads, given as tag and name."""
    keys = "123456789abcdefgh"
    items = [
        ChoiceItem(key, tag, f"{tag:<7}{name}")
        for key, (tag, name) in zip(keys, tags, strict=False)
    ]
    app.push_screen(Choice(title, items), lambda tag: then(tag) if tag else None)
