"""What a screen shows, as plain text, and small helpers to drive one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from ftop_tui.app import FtopApp
from ftop_tui.services.context import Context

WIDE = (120, 40)
NARROW = (80, 24)


def lines(app: FtopApp) -> list[str]:
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


async def settle(pilot: Pilot[int]) -> None:
    """Wait until services have answered and the screen is painted."""
    await pilot.pause()
    for _ in range(4):
        if all(worker.is_finished for worker in pilot.app.workers):
            return
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait for all that follows."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
