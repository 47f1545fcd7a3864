"""What is written where somebody says must not take the place of the store."""

from pathlib import Path

from ftop_tui.errors import InputError
from ftop_tui.exchange.atomic import demand_file_name
from ftop_tui.files import BESIDE
from ftop_tui.services.context import Context


def check_target(context: Context, path: Path) -> None:
    """Keep a file that is written from taking the place of the store, or a name that none can have.

    Raises:
        InputError: the path is the store's own, or can be no file's.
    """
    demand_file_name(path)
    for store in {context.store, context.store.resolve()}:
        own = {(store.name + tail).casefold() for tail in ("", *BESIDE)}
        # Windows and macOS take a name in other letters for the same.
        if path.name.casefold() in own and path.parent.resolve() == store.parent.resolve():
            raise InputError(f"{path}: cannot be written: that is where your portfolio is stored")
