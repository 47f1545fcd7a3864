"""The list's filter: words to find, and keys such as `health:red`, as they are typed."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import Band, EnterpriseStatus, Health, Priority
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

_WORDS = {
    "health": (*Health, "none"),
    "status": (*EnterpriseStatus, "none"),
    "band": tuple(Band),
    "priority": (*Priority, "none"),
}
"""The words that a key is read by, where they are few."""


class Query(NamedTuple):
    """A filter: every plain word must be found and every test must hold."""

    words: tuple[str, ...] = ()
    """What is looked for in a tenant's `haystack`."""
    tests: tuple[Callable[[Ranked], bool], ...] = ()

    def __call__(self, ranked: Ranked) -> bool:
        """Whether a tenant passes."""
        text = haystack(ranked.facts) if self.words else ""
        return all(word in text for word in self.words) and all(t(ranked) for t in self.tests)


def parse(text: str, me: Iterable[str] = ()) -> Query:
    """The filter that a text means; a key not yet typed to its end narrows nothing.

    Plain words are looked for in names, TPID, tags, people and partners, without case and accents;
    a word in any of them counts. `me` are the user's names, for `mine`.
    """
    mine = frozenset(fold(name) for name in me)
    words: list[str] = []
    tests: list[Callable[[Ranked], bool]] = []
    for word in fold(text).split():
        test = _test(word, mine)
        if test is None:
            words.append(word)
        else:
            tests.append(test)
    return Query(tuple(words), tuple(tests))


def _test(word: str, mine: frozenset[str]) -> Callable[[Ranked], bool] | None:
    """What a key asks; None for a plain word."""
    key, colon, value = word.partition(":")
    if colon and f"{key}:" in KEYS:
        return _keyed(key, value)
    if word == "frp":
        return lambda ranked: bool(ranked.facts.has_frp)
    if word == "mine":
        return lambda ranked: is_mine(ranked.facts, mine)
    if word == "draft":
        return lambda ranked: ranked.facts.drafts > 0
    return None


def _keyed(key: str, value: str) -> Callable[[Ranked], bool]:
    if not value:
        return lambda ranked: True
    if key == "band":
        return lambda ranked: ranked.assessment.band.value.startswith(value)
    if value in _NONE:
        return lambda ranked: not getattr(ranked.facts, key)
    if key in {"fm", "fta"}:
        return lambda ranked: value in _folded(getattr(ranked.facts, key) or "")
    return lambda ranked: (getattr(ranked.facts, key) or "").startswith(value)


def unread(text: str) -> str:
    """Which key has a value that begins none of its words, and those; "" where all can be read."""
    for word in fold(text).split():
        key, _, value = word.partition(":")
        words = _WORDS.get(key, ())
        none = _NONE if "none" in words else ()
        if value and words and value not in none and not any(w.startswith(value) for w in words):
            return f"{key}: is one of {', '.join(words)}."
    return ""


def is_mine(facts: TenantFacts, mine: frozenset[str]) -> bool:
    """Whether the FM or the FTA is one of these folded names."""
    return any(_folded(person) in mine for person in (facts.fm, facts.fta) if person)


_folded = lru_cache(maxsize=4096)(fold)
"""Names of people, of whom a portfolio has few."""

_LOOKED_IN = attrgetter(
    "name", "customer", "brand", "tpid", "tags", "partners", "fm", "fta", "tenant_id"
)


def haystack(facts: TenantFacts) -> str:
    """All that plain words are looked for in, folded."""
    text = " ".join(filter(None, _LOOKED_IN(facts)))
    # Where there is nothing to fold but case, blanks do not matter: no word holds one.
    return text.lower() if text.isascii() and text.isprintable() else fold(text)
