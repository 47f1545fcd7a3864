"""Factors, and how the rules that find them are asked about ten thousand tenants at a time.

A rule sees nothing but the few facts that it names, so what it finds for one tenant it finds for
every other with the same facts: those tenants share it, and it is made once. That is what makes
ranking quick; there is no second, cheaper way of counting.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from ftop_tui.playbook.clocks import Clock
from ftop_tui.playbook.days import Day
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.values import Band


class Factor(NamedTuple):
    """One line of the reason: what, under which rule, how much. `data` is what its words need."""

    rule: str
    sort: str
    band: Band
    points: int
    data: tuple[Any, ...] = ()
    clock: Clock | None = None


class Part(NamedTuple):
    """What some rules found: the worst band's order, the points together, the factors."""

    order: int
    points: int
    factors: tuple[Factor, ...]


_ORDER = {band: band.order for band in Band}

Finder = Callable[[TenantFacts, Day, Pack], Iterable[Factor]]


class Rules(NamedTuple):
    """Some rules, and the facts that they read; another fact is not there when they are asked.

    Where `reads` is empty they see all of them: their facts differ from tenant to tenant, so that
    remembering what was found would only cost.
    """

    finders: tuple[Finder, ...]
    reads: tuple[str, ...] = ()

    def ask(self, facts: TenantFacts, today: Day, pack: Pack) -> Part | None:
        """What the rules find; None where that is nothing."""
        factors = tuple([f for find in self.finders for f in find(facts, today, pack)])
        if not factors:
            return None
        order = min([_ORDER[factor.band] for factor in factors])
        return Part(order, sum([factor.points for factor in factors]), factors)


def ask_all(
    rules: Rules, tenants: Sequence[TenantFacts], today: Day, pack: Pack
) -> Iterator[Part | None]:
    """What the rules find for each of the tenants."""
    if not rules.reads:
        return (rules.ask(facts, today, pack) for facts in tenants)
    key_of = itemgetter(*map(TenantFacts._fields.index, rules.reads))
    return map(_Memory(rules, today, pack).__getitem__, map(key_of, tenants))


class _Memory(dict[Any, Part | None]):
    """What was found, by the values of the facts that were read."""

    def __init__(self, rules: Rules, today: Day, pack: Pack) -> None:
        super().__init__()
        self._rules, self._today, self._pack = rules, today, pack

    def __missing__(self, key: Any) -> Part | None:
        reads = self._rules.reads
        values = key if len(reads) > 1 else (key,)
        seen = SimpleNamespace(**dict(zip(reads, values, strict=True)))
        part = self[key] = self._rules.ask(cast("TenantFacts", seen), self._today, self._pack)
        return part
