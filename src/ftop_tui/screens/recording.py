"""What was done in FTOP without a draft here, recorded from the list: `r`, then one letter."""

from ftop_tui.playbook.urgency import Ranked
from ftop_tui.screens import ways
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services import portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.widgets.choice_item import ChoiceItem

RECORDS = (
    ChoiceItem("e", "enterprise", "Enterprise Status note", "starts its clock anew"),
    ChoiceItem("p", "progress", "Customer Progress"),
    ChoiceItem("v", "perspective", "Customer Perspective"),
    ChoiceItem("f", "forecast", "Usage forecast"),
    ChoiceItem("r", "frp-review", "Status review with the partner"),
    ChoiceItem("d", "frp-data", "Partner's data", "asks for the workload"),
    ChoiceItem("c", "contacts", "Contacts checked"),
    ChoiceItem("x", "exec-request", "Exec Summary requested"),
    ChoiceItem("!", "event", "Significant event", "asks what; an update is due"),
)
"""Kinds of record, by the letter that chooses them."""


def ask(screen: FtopScreen[None], ranked: Ranked) -> None:
    """Ask what was done today for a tenant, and record it; undo takes it back."""
    # Deferred for start-up speed: no question is asked on the first screen.
    from ftop_tui.widgets.dialogs import Choice  # noqa: PLC0415

    dialog = Choice(
        f"Done today for {ranked.facts.name}", RECORDS, "Recorded as of today; u undoes."
    ).asking("record")
    screen.app.push_screen(dialog, lambda kind: _chosen(screen, ranked, kind) if kind else None)


def _chosen(screen: FtopScreen[None], ranked: Ranked, kind: str) -> None:
    tenant_id = ranked.facts.tenant_id
    if kind == "frp-data":
        _ask_workload(screen, tenant_id)
    elif kind == "event":
        ask_event(screen, ranked)
    else:
        _record(screen, tenant_id, kind)


def ask_event(screen: FtopScreen[None], ranked: Ranked) -> None:
    """Flag a significant event on a customer (RA-06)."""
    # Deferred for start-up speed: no question is asked on the first screen.
    from ftop_tui.widgets.dialogs import Prompt  # noqa: PLC0415

    tenant_id = ranked.facts.tenant_id
    dialog = Prompt(f"What happened at {ranked.facts.name}?", "An update is due from today.")
    dialog.asking("event")
    screen.app.push_screen(
        dialog,
        lambda text: _record(screen, tenant_id, "event", text=text) if text is not None else None,
    )


def _ask_workload(screen: FtopScreen[None], tenant_id: str) -> None:
    names = screen.context.pack.by_tag
    detail = portfolio.detail(screen.context, tenant_id)
    tags = [
        (w.tag, names[w.tag].name if w.tag in names else "") for w in detail.workloads if w.partner
    ]
    if len(tags) == 1:
        _record(screen, tenant_id, "frp-data", tag=tags[0][0])
    elif tags:
        ways.workload_choice(
            screen.app,
            tags,
            "Whose data?",
            lambda tag: _record(screen, tenant_id, "frp-data", tag=tag),
        )
    else:
        screen.say("No partner is registered on a workload of this tenant.")


def _record(
    screen: FtopScreen[None], tenant_id: str, kind: str, *, tag: str | None = None, text: str = ""
) -> None:
    def call() -> Changes:
        # Deferred for start-up speed: the ORM loads with the first write.
        from ftop_tui.services.records import record  # noqa: PLC0415

        return record(screen.context, tenant_id, kind, tag=tag, text=text)

    screen.write(call)
