"""A small app that opens one form, for the tests of the note forms."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from ftop_tui.screens.base import Changed
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.history import undo
from ftop_tui.widgets.themes import DEFAULT, THEMES, VARIABLES

from .seeing import lines


class FormApp(App[None]):
    """Stands for the app: hands out the context, keeps what it was told."""

    def __init__(self, context: Context, make: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self.context = context
        self.make = make
        self.told: list[Changes] = []
        self.failed_with: Exception | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLES

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DEFAULT
        self.push_screen(self.make())

    def on_changed(self, message: Changed) -> None:
        self.told.append(message.changes)

    def fail(self, error: Exception) -> None:
        self.failed_with = error
        raise error

    @property
    def seen(self) -> str:
        """All of the screen."""
        return "\n".join(lines(self))


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until the form is read and nothing is on its way."""
    for _ in range(4):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def rows(context: Context, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the store says."""
    with closing(sqlite3.connect(context.store)) as connection:
        return connection.execute(query, values).fetchall()


async def paste(pilot: Pilot[Any], widget: Widget, text: str) -> None:
    """Paste as a terminal does: into what has the focus."""
    widget.focus()
    await pilot.pause()
    widget.post_message(Paste(text))
    await pilot.pause()


async def type_in(pilot: Pilot[Any], widget: Widget, text: str) -> None:
    """Write a text into a field: the last letters by key, what comes before pasted."""
    await paste(pilot, widget, text[:-2])
    await pilot.press(*text[-2:])


async def delete_and_undo(pilot: Pilot[Any], context: Context, kind: str) -> tuple[int, int]:
    """Save what is typed and delete it; how many drafts there are then, and after an undo."""
    query = "SELECT count(*) FROM note WHERE kind = ? AND tenant_id = 't00000'"
    await pilot.press("ctrl+s")
    await settle(pilot)
    await pilot.press("f12", "y")
    await settle(pilot)
    deleted = rows(context, query, kind)[0][0]
    undo(context)
    return deleted, rows(context, query, kind)[0][0]
