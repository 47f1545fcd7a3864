"""What the first paint does without; loaded in a thread after it, so that no key waits for it."""

from importlib import import_module

LATER = (
    "ftop_tui.screens.palette",
    "ftop_tui.screens.unfinished",
    "ftop_tui.widgets.working",
    "ftop_tui.services.tenants",
    "ftop_tui.services.transfer",
    "ftop_tui.services.notes",
    "ftop_tui.services.records",
    "ftop_tui.screens.entitlement",
    "ftop_tui.screens.enterprise",
    "ftop_tui.screens.exec_summary",
    "ftop_tui.screens.overall",
    "ftop_tui.screens.history",
    "ftop_tui.screens.search",
    "ftop_tui.screens.tenant_form",
    "ftop_tui.screens.transfer",
    "ftop_tui.screens.week",
    "ftop_tui.screens.plan",
    "ftop_tui.screens.escalations",
    "ftop_tui.screens.contacts",
    "ftop_tui.screens.partners",
    "ftop_tui.screens.reviews",
    "ftop_tui.screens.brief",
    "ftop_tui.screens.glance",
)
"""Modules, in the order in which they are needed."""


def load() -> None:
    """Load them all."""
    for name in LATER:
        import_module(name)
