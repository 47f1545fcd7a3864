"""What keeps a customer from the next colour up (RA-13)."""

from collections.abc import Sequence
from typing import NamedTuple

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.values import Health


class NextColour(NamedTuple):
    """The next colour up, and the groups (1 to 3) that are below it.

    No colour where health is not set, or where it is Blue already; a group that is not set is not
    called below.
    """

    colour: Health | None
    groups_below: tuple[int, ...]


def next_colour(facts: TenantFacts) -> NextColour:
    """The next colour of a tenant's customer, shown beside Risks (RA-13)."""
    return colour_above(facts.health, (facts.group_1, facts.group_2, facts.group_3))


def colour_above(health: str | None, groups: Sequence[str | None]) -> NextColour:
    """The same from the colours alone (RA-13)."""
    now = Health.read(health or "")
    if now is None or now is Health.BLUE:
        return NextColour(None, ())
    colour = tuple(Health)[now.level + 1]
    known = [(number, Health.read(group or "")) for number, group in enumerate(groups, start=1)]
    below = tuple(n for n, group in known if group is not None and group.level < colour.level)
    return NextColour(colour, below)
