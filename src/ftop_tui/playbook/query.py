"""The list's filter: words to find, and keys such as `health:red`, as they are typed."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.text import fold

KEYS = {
    "health:": "the customer's colour: red, yellow, green, blue, none",
    "status:": "the Enterprise status: red, yellow, green, none",
    "band:": "breach, late, due, blocked, watch",
    "fm:": "the FastTrack manager, or none",
    "fta:": "the FastTrack architect, or none",
    "priority:": "high, medium, low",
    "frp": "a partner is registered",
    "mine": "I am the FM or the FTA",
    "draft": "a draft is waiting",
}
"""What may be typed beside plain words, for help and completion."""

_NONE = {"none", "unset", "-"}


class Query(NamedTuple):
    """A filter: every test must hold."""

    tests: tuple[Callable[[Ranked], bool], ...] = ()

    def __call__(self, ranked: Ranked) -> bool:
        """Whether a tenant passes."""
        return all(test(ranked) for test in self.tests)


def parse(text: str, me: Iterable[str] = ()) -> Query:
    """The filter that a text means; a key not yet typed to its end narrows nothing.

    Plain words are looked for in names, TPID, tags, people and partners, without case and accents;
    a word in any of them counts. `me` are the user's names, for `mine`.
    """
    mine = frozenset(fold(name) for name in me)
    return Query(tuple(_test(word, mine) for word in fold(text).split()))


def _test(word: str, mine: frozenset[str]) -> Callable[[Ranked], bool]:
    key, colon, value = word.partition(":")
    if colon and f"{key}:" in KEYS:
        return _keyed(key, value)
    if word == "frp":
        return lambda ranked: bool(ranked.facts.has_frp)
    if word == "mine":
        return lambda ranked: is_mine(ranked.facts, mine)
    if word == "draft":
        return lambda ranked: ranked.facts.drafts > 0
    return lambda ranked: word in haystack(ranked.facts)


def _keyed(key: str, value: str) -> Callable[[Ranked], bool]:
    if not value:
        return lambda ranked: True
    if key == "band":
        return lambda ranked: ranked.assessment.band.value.startswith(value)
    if value in _NONE:
        return lambda ranked: not getattr(ranked.facts, key)
    if key in {"fm", "fta"}:
        return lambda ranked: value in fold(getattr(ranked.facts, key) or "")
    return lambda ranked: (getattr(ranked.facts, key) or "").startswith(value)


def is_mine(facts: TenantFacts, mine: frozenset[str]) -> bool:
    """Whether the FM or the FTA is one of these folded names."""
    return any(fold(person) in mine for person in (facts.fm, facts.fta) if person)


def haystack(facts: TenantFacts) -> str:
    """All that plain words are looked for in, folded."""
    parts = (
        facts.name, facts.customer, facts.brand, facts.tpid, facts.tags, facts.partners,
        facts.fm, facts.fta, facts.tenant_id,
    )  # fmt: skip
    return fold(" ".join(part for part in parts if part))
