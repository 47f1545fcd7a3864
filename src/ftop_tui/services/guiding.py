"""The playbook's guidance for a place on the screen, with the user's own words upon it."""

from collections.abc import Iterable
from pathlib import Path

from ftop_tui.exchange.pack_file import load_part, shipped
from ftop_tui.playbook.guidance import Guidance, guidance_of
from ftop_tui.playbook.rules import read_rules


def guidance(
    pack_file: Path | None, places: Iterable[str], more: Iterable[str] = ()
) -> Guidance | None:
    """What the playbook says of the first of these places that it says something of.

    A place is a screen's class, or that and a field, as `EnterpriseScreen.risks`. `more` are ids of
    rules that matter now. `pack_file` is the user's own pack; there need be none.

    Raises:
        PackError: the user's file has a mistake.
    """
    data = load_part("guidance", pack_file)
    return guidance_of(places, more, data, read_rules(shipped("rules")))
