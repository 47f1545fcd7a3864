"""What every service is handed: the store's place, the pack, the clock. Made by bootstrap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.pack import Pack
from ftop_tui.settings import Paths, Settings

if TYPE_CHECKING:
    from ftop_tui.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Context:
    """The house that a service works in. `today` is the day taken as today, `now` the instant."""

    store: Path
    """The store's file; it need not be there."""
    paths: Paths
    pack: Pack
    settings: Settings
    today: Callable[[], date]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    writer: Callable[[], "Writer"]
    """Opens the store for writing, and makes it where there is none; the ORM loads here."""

    def stored(self) -> "Writer":
        """The writer of a store that is there: no question makes one.

        Raises:
            NotFoundError: there is none yet.
        """
        if not self.store.exists():
            raise NotFoundError(f"there is no portfolio yet; it would be in {self.store}")
        return self.writer()
