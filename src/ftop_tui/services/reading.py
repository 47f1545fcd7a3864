"""The one way in which services read the store: an older one is upgraded on the way."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ftop_tui.services.context import Context
from ftop_tui.store import schema

if TYPE_CHECKING:
    from sqlite3 import Connection


@contextmanager
def reading(context: Context) -> "Iterator[Connection]":
    """A connection that can only read, without the ORM unless the store is an older one.

    Raises:
        StoreError: there is no usable store, or it cannot be upgraded.
    """
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(schema.reading(context.store))
        except schema.OlderStoreError:
            context.writer()  # opening it for writing is what upgrades it
            connection = stack.enter_context(schema.reading(context.store))
        yield connection
