"""What a screen shows, as plain text, and small helpers to drive one."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from ftop_tui.app import FtopApp
from ftop_tui.services.context import Context

Shown = TypeVar("Shown", bound=Screen[Any])

WIDE = (120, 40)
NARROW = (80, 24)


def lines(app: App[Any]) -> list[str]:
    """The lines on the screen, as a reader sees them."""
    return ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]


def text(app: FtopApp) -> str:
    """All of the screen."""
    return "\n".join(line.rstrip() for line in lines(app))


@asynccontextmanager
async def running(
    context: Context, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[FtopApp, Pilot[int]]]:
    """The app on a context, its first screen painted and its workers at rest."""
    app = FtopApp(context)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield app, pilot


@asynccontextmanager
async def over_home(
    context: Context, screen: Shown, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[FtopApp, Pilot[int], Shown]]:
    """The app with a screen of its own on top of the list, read and at rest."""
    async with running(context, size) as (app, pilot):
        app.push_screen(screen)
        await settle(pilot)
        yield app, pilot, screen


def top(app: FtopApp) -> object:
    """The screen that has the keys."""
    return app.screen


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until services have answered and the screen is painted."""
    await pilot.pause()
    for _ in range(4):
        if all(worker.is_finished for worker in pilot.app.workers):
            return
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def resized(pilot: Pilot[Any], size: tuple[int, int]) -> None:
    """Give the terminal another size, and wait until the screen on top has it."""
    await pilot.resize_terminal(*size)
    until = time.monotonic() + 10
    while pilot.app.screen._compositor.size != size and time.monotonic() < until:
        await pilot.pause(0.01)
    await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait for all that follows."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def fill(pilot: Pilot[int], **values: str) -> None:
    """Write into the lines of the form that is open."""
    for name, value in values.items():
        pilot.app.screen.query_one(f"#{name}", Input).value = value
    await pilot.pause()
