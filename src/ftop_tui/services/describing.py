"""What to look for in the description of a customer, of the pack in force."""

from functools import lru_cache
from pathlib import Path

from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.describing import Describing
from ftop_tui.services.context import Context


def describing(context: Context) -> Describing:
    """The signs by which the four things of OS-06 are found; compiled once."""
    return _describing(context.paths.pack, context.pack.exec_summary.customer_covers)


@lru_cache(maxsize=4)
def _describing(pack_file: Path, covers: tuple[str, ...]) -> Describing:
    return Describing.read(load_part("describing", pack_file), covers)
