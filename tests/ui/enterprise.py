"""The Enterprise Status form as its tests open, fill and read it."""

from datetime import date
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.values import EnterpriseStatus
from ftop_tui.screens.enterprise import EnterpriseScreen
from ftop_tui.services.context import Context
from ftop_tui.widgets.note_field import NoteField
from ftop_tui.widgets.preview import Preview
from ftop_tui.widgets.text_panel import TextPanel

from .forms import FormApp, type_in

LAST = EnterpriseBody(
    reason=("Major Brand",),
    status=EnterpriseStatus.YELLOW,
    topic="Mail is late",
    description="The pilot waits for the firewall.",
    impact="two weeks",
    actions="FastTrack walks them through the endpoints",
    overview="Mail first, then files.",
    ftc_exo="pilot runs, next action by 2026-12-04",
    risks="EXO and INTUNE are blocked; the CIO knows.",
    next_update=date(2026, 11, 11),
    awareness="A merger is announced.",
)
"""The note that FTOP holds in most of these tests."""


POSTED = date(2026, 10, 28)


def form(context: Context, tenant: str = "t00000") -> FormApp:
    return FormApp(context, lambda: EnterpriseScreen(tenant))


def screen_of(app: FormApp) -> EnterpriseScreen:
    screen = next(s for s in app.screen_stack if isinstance(s, EnterpriseScreen))
    assert isinstance(screen, EnterpriseScreen)
    return screen


def field(app: FormApp, name: str) -> NoteField:
    return screen_of(app).query_one(f"#{name}-field", NoteField)


def rules(app: FormApp, name: str) -> list[str]:
    return [finding.rule for finding in field(app, name).findings]


def preview(app: FormApp) -> str:
    return screen_of(app).query_one("#preview", Preview).text


def beside(app: FormApp) -> str:
    return screen_of(app).query_one("#facts", TextPanel).text


def shown(app: FormApp, name: str) -> str:
    return str(screen_of(app).query_one(f"#{name}", Static).render())


async def fill(pilot: Pilot[Any], app: FormApp, name: str, text: str) -> None:
    await type_in(pilot, screen_of(app).query_one(f"#{name}"), text)
