"""What is typed into a dialog and not yet taken by its enter: kept, so that no ending loses it.

It lies beside the portfolio, not in it: no clock, no undo, no export. Light, for it is asked when a
dialog opens.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ftop_tui.errors import StoreError
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import unfinished
from ftop_tui.store.unfinished import Place

KEPT_DAYS = 30
"""What nobody took up again goes after so many days."""


class TakenUp(NamedTuple):
    """What was typed the last time, and when."""

    at: datetime
    fields: Mapping[str, str]


def place_of(about: Iterable[str], tenant_id: str | None) -> Place:
    """Where a dialog's text is kept: by what it asks about, not readable, and whose it is."""
    words = "\0".join(about).encode("utf-8", "surrogatepass")
    return Place(hashlib.sha256(words).hexdigest()[:16], tenant_id or "")


def find(context: Context, place: Place) -> TakenUp | None:
    """What was typed there and not taken; None also where the store cannot be asked."""
    if not context.store.exists():
        return None
    try:
        with reading(context) as connection:
            kept = unfinished.find(connection, place)
        return TakenUp(datetime.fromisoformat(kept.at), kept.fields) if kept else None
    except (StoreError, ValueError):  # a dialog opens all the same
        return None


def keep(context: Context, place: Place, fields: Mapping[str, str]) -> None:
    """Keep what stands in the fields; without any, keep nothing there any longer.

    Raises:
        NotFoundError: there is no store yet. StoreError: it cannot be written.
    """
    if not fields and not context.store.exists():
        return
    now = context.now().astimezone(UTC)
    with context.stored().unit("unfinished") as unit:
        if fields:
            unfinished.put(unit.session, place, unfinished.Kept(now.isoformat(), fields))
        else:
            unfinished.drop(unit.session, [place.name])
        old = now - timedelta(days=KEPT_DAYS)
        unfinished.drop_before(unit.session, old.isoformat())


__all__ = ["KEPT_DAYS", "Place", "TakenUp", "find", "keep", "place_of"]
