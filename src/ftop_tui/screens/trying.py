"""Looking around: the demo portfolio in place of the user's own store, and back."""

from collections.abc import Callable
from typing import Any

from ftop_tui.progress import Progress
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.context import Context


def change(screen: FtopScreen[Any], then: Callable[[], None]) -> None:
    """Go on with the demo portfolio, or from it with the user's own; `then` reads anew.

    The demo lies in a store of its own: nothing of it comes into the user's.
    """
    house = screen.house
    if house.own is not None:
        house.move_in(house.own)
        screen.say("This is your own portfolio again; the demo is gone when you leave.")
        then()
        return
    context = house.context

    def make(progress: Progress) -> Context:
        # Deferred for start-up speed: few look at it, and it brings the ORM.
        from ftop_tui.services.demo.elsewhere import elsewhere  # noqa: PLC0415

        return elsewhere(context, progress=progress)

    def made(demo: Context) -> None:
        house.move_in(demo)
        key = screen.key_of("home.demo")
        screen.say(f"A made-up portfolio, apart from your own; {key} goes back.")
        then()

    screen.run_long("Making the demo portfolio", make, made)
