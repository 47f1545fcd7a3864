"""The ways from the list to the other screens, each by the tenant it is about.

Every import here is deferred for start-up speed: forms bring the ORM and pydantic, which the first
paint does without; the app loads them in a thread after it (`screens.later`).
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import Band, NoteKind
from ftop_tui.widgets.choice_item import ChoiceItem

if TYPE_CHECKING:
    from ftop_tui.screens.base import FtopScreen
    from ftop_tui.screens.walk import Open

KINDS = (
    ChoiceItem("s", "enterprise", "Enterprise Status", "the customer's health, for leadership"),
    ChoiceItem("e", "entitlement", "Entitlement note", "one workload: intent, and why"),
    ChoiceItem("x", "exec-summary", "Exec Summary", "the whole engagement, when asked for"),
    ChoiceItem("l", "overall", "Lifecycle note", "after a call: what was said, what comes next"),
)
"""The kinds of note and what each is for (OS-01): the home screen's letter, the kind, words."""


class Form(NamedTuple):
    """A form to open: the kind of note, and the workload where one is meant."""

    kind: NoteKind
    tag: str | None = None


_ANSWERS = {
    "clock": NoteKind.ENTERPRISE,
    "event": NoteKind.ENTERPRISE,
    "next_update": NoteKind.ENTERPRISE,
    "request": NoteKind.EXEC_SUMMARY,
    "blocked": NoteKind.ENTITLEMENT,
}
"""The note that answers a factor, by the factor's sort."""


def urgent_form(ranked: Ranked) -> Form:
    """The form that answers what is most urgent of a tenant.

    A clock that an Enterprise note does not reset is no reason for one; where nothing is urgent the
    winner tenant's Enterprise note comes next, another tenant's own workloads.
    """
    for factor in ranked.assessment.factors:
        if factor.band is Band.WATCH:
            continue
        if factor.clock is not None and factor.clock.what != "enterprise":
            continue
        kind = _ANSWERS.get(factor.sort)
        if kind is not None:
            return Form(kind, factor.data[0] if kind is NoteKind.ENTITLEMENT else None)
    return Form(NoteKind.ENTERPRISE if ranked.facts.winner else NoteKind.ENTITLEMENT)


def ask_kind(app: App[Any], title: str, then: Callable[[NoteKind], None]) -> None:
    """Ask for a kind of note."""
    from ftop_tui.widgets.dialogs import Choice

    dialog = Choice(title, KINDS).asking("kind")
    app.push_screen(dialog, lambda kind: then(NoteKind(kind)) if kind else None)


def open_form(app: App[Any], pack: Pack, tenant_id: str, form: Form) -> None:
    """Open a form for a tenant; an entitlement note without a workload asks for one."""
    if form.kind is NoteKind.ENTERPRISE:
        enterprise(app, tenant_id)
    elif form.kind is NoteKind.EXEC_SUMMARY:
        exec_summary(app, tenant_id)
    elif form.kind is NoteKind.OVERALL:
        overall(app, tenant_id)
    elif form.tag is not None:
        entitlement(app, tenant_id, form.tag)
    else:
        every = [(workload.tag, workload.name) for workload in pack.workloads]
        workload_choice(app, every, "Which workload?", lambda tag: entitlement(app, tenant_id, tag))


def _go_on(app: App[Any], following: "Open | None") -> None:
    """Open the form that the posting walk went on to."""
    if following is None:
        return
    opens = {
        NoteKind.ENTERPRISE: enterprise,
        NoteKind.EXEC_SUMMARY: exec_summary,
        NoteKind.OVERALL: overall,
    }
    if following.tag is not None:
        entitlement(app, following.tenant_id, following.tag)
    else:
        opens[following.kind](app, following.tenant_id)


def ask_history(app: App[Any], pack: Pack, tenant_id: str, name: str) -> None:
    """Ask for a kind of note, and a workload where one is meant; then show all of them."""

    def show(kind: NoteKind) -> None:
        if kind is not NoteKind.ENTITLEMENT:
            history(app, tenant_id, Form(kind))
            return
        every = [(workload.tag, workload.name) for workload in pack.workloads]
        workload_choice(
            app, every, "Which workload?", lambda tag: history(app, tenant_id, Form(kind, tag))
        )

    ask_kind(app, f"History of {name}", show)


def enterprise(app: App[Any], tenant_id: str) -> None:
    """Write an Enterprise Status note."""
    from ftop_tui.screens.enterprise import EnterpriseScreen

    app.push_screen(EnterpriseScreen(tenant_id), partial(_go_on, app))


def overall(app: App[Any], tenant_id: str) -> None:
    """Write a lifecycle note, dated now (OS-11)."""
    from ftop_tui.screens.overall import OverallScreen

    app.push_screen(OverallScreen(tenant_id), partial(_go_on, app))


def history(app: App[Any], tenant_id: str, form: Form) -> None:
    """Look at all notes of one kind, and on one workload where one is meant."""
    from ftop_tui.screens.history import HistoryScreen

    app.push_screen(HistoryScreen(tenant_id, form.kind, form.tag))


def search(app: App[Any], then: Callable[[str], None]) -> None:
    """Search all notes; `then` opens the one that is chosen, by its id, above the search."""
    from ftop_tui.screens.search import SearchScreen

    app.push_screen(SearchScreen(lambda found: then(found.note_id)))


def entitlement(app: App[Any], tenant_id: str, tag: str) -> None:
    """Write an entitlement note."""
    from ftop_tui.screens.entitlement import EntitlementScreen

    app.push_screen(EntitlementScreen(tenant_id, tag), partial(_go_on, app))


def exec_summary(app: App[Any], tenant_id: str) -> None:
    """Write an Exec Summary."""
    from ftop_tui.screens.exec_summary import ExecSummaryScreen

    app.push_screen(ExecSummaryScreen(tenant_id), partial(_go_on, app))


def tenant_form(app: App[Any], tenant_id: str | None, column: str | None = None) -> None:
    """Change the record of a tenant and its customer, at that column, or add one."""
    from ftop_tui.screens.tenant_form import TenantForm

    app.push_screen(TenantForm(tenant_id, column))


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
    from ftop_tui.widgets.dialogs import Choice

    keys = "123456789abcdefgh"
    items = [
        ChoiceItem(key, tag, f"{tag:<7}{name}")
        for key, (tag, name) in zip(keys, tags, strict=False)
    ]
    app.push_screen(Choice(title, items), lambda tag: then(tag) if tag else None)


def week(app: App[Any]) -> None:
    """Show This week: all that is due, by day."""
    from ftop_tui.screens.week import WeekScreen

    app.push_screen(WeekScreen())


def glance(app: App[Any], then: Callable[[str], None]) -> None:
    """Show the portfolio at a glance; `then` gets the tenant that was chosen."""
    from ftop_tui.screens.glance import GlanceScreen

    app.push_screen(GlanceScreen(), lambda tenant: then(tenant) if tenant else None)


def plan(app: App[Any], tenant_id: str) -> None:
    """Show the plan of a tenant's customer."""
    from ftop_tui.screens.plan import PlanScreen

    app.push_screen(PlanScreen(tenant_id))


def escalations(app: App[Any], tenant_id: str) -> None:
    """Show the escalations of a tenant's customer (RA-08)."""
    from ftop_tui.screens.escalations import EscalationsScreen

    app.push_screen(EscalationsScreen(tenant_id))


def contacts(app: App[Any], tenant_id: str) -> None:
    """Show the contacts of a tenant's customer (RA-09)."""
    from ftop_tui.screens.contacts import ContactsScreen

    app.push_screen(ContactsScreen(tenant_id))


def forecasts(app: App[Any], tenant_id: str) -> None:
    """Show forecasts and milestones of a tenant's workloads (RA-07, FR-08)."""
    from ftop_tui.screens.forecasts import ForecastsScreen

    app.push_screen(ForecastsScreen(tenant_id))


def partners(app: App[Any], tenant_id: str | None) -> None:
    """Show the partners of a tenant's customer, or all of them."""
    from ftop_tui.screens.partners import PartnersScreen

    app.push_screen(PartnersScreen(tenant_id))


def reviews(app: App[Any]) -> None:
    """Show the review meetings and who is nominated (RA-15)."""
    from ftop_tui.screens.reviews import ReviewsScreen

    app.push_screen(ReviewsScreen())


def brief(app: App[Any], tenant_id: str) -> None:
    """Show the brief of a tenant's customer."""
    from ftop_tui.screens.brief import BriefScreen

    app.push_screen(BriefScreen(tenant_id))


def export(app: App[Any], tenant_id: str | None) -> None:
    """Write the portfolio, a brief, a slide or a calendar to a file."""
    from ftop_tui.screens.export import ExportScreen

    app.push_screen(ExportScreen(tenant_id))


def back_up(screen: "FtopScreen[Any]") -> None:
    """Make a backup now, and say where it is."""
    from ftop_tui.services.backups import backup
    from ftop_tui.widgets.dialogs import TextDialog

    def told(path: Path) -> None:
        said = "It was checked after it was written. On the command line, restore puts it back."
        screen.app.push_screen(TextDialog("Backed up", said, details=[str(path)]))

    context = screen.context
    screen.run_long(
        "Backing up the portfolio", lambda progress: backup(context, progress=progress), told
    )


MORE = (
    ChoiceItem("b", "brief", "Brief", "what is presented at a review"),
    ChoiceItem("p", "plan", "Plan", "steps by lifecycle phase, the year's priorities"),
    ChoiceItem("e", "escalations", "Escalations", "who raised what, and where it stands"),
    ChoiceItem("c", "contacts", "Contacts", "who is who, and when that was last verified"),
    ChoiceItem("f", "forecasts", "Forecasts", "projected usage and the milestones"),
    ChoiceItem("r", "partners", "Partners", "FastTrack Ready Partners of the customer"),
    ChoiceItem("x", "export", "Export", "a brief or a slide to a file"),
)
"""What there is of a customer beside its notes, by the letter that opens it."""

_OPENS: dict[str, Callable[[App[Any], str], None]] = {
    "brief": brief, "plan": plan, "escalations": escalations, "contacts": contacts,
    "forecasts": forecasts, "partners": partners, "export": export,
}  # fmt: skip


def ask_more(app: App[Any], tenant_id: str, name: str) -> None:
    """Ask what of a customer to open."""
    from ftop_tui.widgets.dialogs import Choice

    dialog = Choice(f"More of {name}", MORE)
    app.push_screen(dialog, lambda what: _OPENS[what](app, tenant_id) if what else None)
