"""What the playbook says of a place on the screen, in our words, with the rules behind it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ftop_tui.playbook.rules import Rule


class Guidance(NamedTuple):
    """A heading, a few sentences, and the rules that they rest on."""

    title: str
    text: str
    rules: tuple[Rule, ...]


def guidance_of(
    places: Iterable[str],
    more: Iterable[str],
    data: Mapping[str, Any],
    rules: Iterable[Rule],
) -> Guidance | None:
    """The guidance of the first place there is any for, nearest first; None where there is none.

    `data` is `guidance.toml`. `more` are ids of rules that matter here and now; they come first.
    """
    found = next((data[place] for place in places if place in data), None)
    if found is None:
        return None
    known = {rule.id: rule for rule in rules}
    ids = dict.fromkeys((*more, *found["rules"]))
    told = tuple(known[rule] for rule in ids if rule in known)
    return Guidance(found["title"], found["text"], told)
