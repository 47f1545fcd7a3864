"""How much moved, said in a line on the first start of a day and after an import."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from textual.content import Content

from ftop_tui.errors import StoreError
from ftop_tui.screens.base import FtopScreen
from ftop_tui.services.context import Context
from ftop_tui.widgets import looks


class Moves:
    """What moved since the user last looked; `since` is None until that is known."""

    def __init__(self) -> None:
        self.since: date | None = None

    def look(
        self, screen: FtopScreen[None], say: Callable[[Content], None], *, after_import: bool
    ) -> None:
        """Count what moved, in a thread, and say it where there is a reason to."""
        context, told = screen.context, self.since

        def found(result: tuple[date | None, int]) -> None:
            self.since, number = result
            if number:
                say(self._notice(number))

        screen.run_service(
            lambda: count(context, told, after_import=after_import), found, group="moved"
        )

    def _notice(self, number: int) -> Content:
        noun = "tenant has" if number == 1 else "tenants have"
        when = f"since {self.since.isoformat()}" if self.since else "since yesterday"
        return (
            Content(f"{number} {noun} moved {when} · ")
            + Content.styled("m", looks.KEY)
            + " shows · "
            + Content.styled("esc", looks.KEY)
            + " hides"
        )


def count(context: Context, told: date | None, *, after_import: bool) -> tuple[date | None, int]:
    """The day to compare with, and how many tenants moved since; 0 where nothing is to be said."""
    # Deferred for start-up speed: not needed to paint.
    from ftop_tui.services import moved  # noqa: PLC0415

    last = moved.last_seen(context)
    first_today = last is not None and last < context.today()
    if last is None or first_today:
        with suppress(StoreError):  # a store that cannot be written can be looked at
            moved.mark_seen(context)
    since = last if first_today else told
    if not (first_today or after_import):
        return since, 0
    found = moved.moved(context, since)
    if not first_today and all(move.what == "new" for move in found):
        return since, 0  # an import of what was not there before: the import has said so
    return since, len({move.tenant_id for move in found})
