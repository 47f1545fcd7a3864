"""The one way in which services read the store: an older one is upgraded on the way."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeAlias

from ftop_tui.services.context import Context
from ftop_tui.store import schema
from ftop_tui.store.schema import KeptReading

if TYPE_CHECKING:
    from sqlite3 import Connection

State: TypeAlias = tuple[object, int]
"""What of a store was seen: over which connection, and which of its states."""


@contextmanager
def reading(context: Context, through: KeptReading | None = None) -> "Iterator[Connection]":
    """A connection that can only read, without the ORM unless the store is an older one.

    It is opened and closed here, unless it comes `through` one that is kept.

    Raises:
        StoreError: there is no usable store, or it cannot be upgraded.
    """
    opened = schema.reading if through is None else through
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(opened(context.store))
        except schema.OlderStoreError:
            context.writer()  # opening it for writing is what upgrades it
            connection = stack.enter_context(opened(context.store))
        yield connection


def state(context: Context, through: KeptReading) -> State:
    """What of the store is seen now; it equals an earlier one where nothing was written since.

    Raises:
        StoreError: there is no usable store, or it cannot be upgraded.
    """
    with reading(context, through) as connection:
        return connection, connection.execute("PRAGMA data_version").fetchone()[0]


def demand_place(context: Context) -> None:
    """Where there is no store, see to it that the place is one for a first.

    Raises:
        StoreError: it is none, or the log of a store that is gone is there.
    """
    schema.refuse_remains(context.store)


__all__ = ["KeptReading", "State", "demand_place", "reading", "state"]
