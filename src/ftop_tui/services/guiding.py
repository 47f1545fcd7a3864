"""The playbook's guidance for a place on the screen."""

from collections.abc import Iterable

from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.guidance import Guidance, guidance_of
from ftop_tui.playbook.rules import read_rules


def guidance(places: Iterable[str], more: Iterable[str] = ()) -> Guidance | None:
    """What the playbook says of the first of these places that it says something of.

    A place is a screen's class, or that and a field, as `EnterpriseScreen.risks`. `more` are ids of
    rules that matter now.
    """
    return guidance_of(places, more, shipped("guidance"), read_rules(shipped("rules")))
