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
from ftop_tui.playbook.facts import READERS, TenantFacts
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


class Weight(NamedTuple):
    """What parts come to: the worst band's order, the points together."""

    order: int
    points: int


def weigh(parts: Iterable[Part]) -> Weight:
    """What some parts come to together; nothing found is `watch`, without a point."""
    order, points = _WATCH, 0
    for part in parts:
        points += part.points
        if part.order < order:  # noqa: PLR1730 - a call of min is dear here
            order = part.order
    return Weight(order, points)


_WATCH = Band.WATCH.order
_ORDER = {band: band.order for band in Band}

Finder = Callable[[TenantFacts, Day, Pack], Iterable[Factor]]


class Rules(NamedTuple):
    """Some rules, and the facts that they read; another fact is not there when they are asked."""

    finders: tuple[Finder, ...]
    reads: tuple[str, ...]
    watch: bool = False
    """None of them asks for more than `watch`: they decide no band, they order within it."""

    def ask(self, facts: TenantFacts, today: Day, pack: Pack) -> Part | None:
        """What the rules find; None where that is nothing."""
        factors = tuple([f for find in self.finders for f in find(facts, today, pack)])
        if not factors:
            return None
        order = min([_ORDER[factor.band] for factor in factors])
        return Part(order, sum([factor.points for factor in factors]), factors)


Row = tuple[Any, ...]
"""Facts of a tenant in some order; TenantFacts is one."""
_KeyOf = Callable[[Row], Any]
_Lookup = Callable[[Any], Part | None]


class Questions:
    """Rules that are asked about many tenants, a batch at a time.

    Those `of_customer` are asked about winners alone, those `of_tenant` about every tenant. The
    tenants are rows that hold the facts named by `fields`, and `winner` among them.
    """

    def __init__(
        self,
        of_customer: Sequence[Rules],
        of_tenant: Sequence[Rules],
        fields: Sequence[str],
        today: Day,
        pack: Pack,
    ) -> None:
        def lookups(all_rules: Sequence[Rules]) -> list[tuple[_KeyOf, _Lookup]]:
            return [
                (
                    itemgetter(*map(fields.index, rules.reads)),
                    _Memory(rules, today, pack).__getitem__,
                )
                for rules in all_rules
            ]

        self._is_winner = itemgetter(fields.index("winner"))
        self._of_customer, self._of_tenant = lookups(of_customer), lookups(of_tenant)

    def parts(self, rows: Sequence[Row]) -> Iterator[tuple[Part, ...]]:
        """What the rules find for each of the tenants.

        Raises:
            OddFactError: a fact that they read cannot be read.
        """
        winners = list(filter(self._is_winner, rows))
        own = zip(*(map(look, map(key, rows)) for key, look in self._of_tenant), strict=True)
        of_winners = zip(
            *(map(look, map(key, winners)) for key, look in self._of_customer), strict=True
        )
        for row, parts in zip(rows, own, strict=True):
            found = next(of_winners) + parts if self._is_winner(row) else parts
            yield tuple(filter(None, found))


def columns(all_rules: Iterable[Rules]) -> tuple[str, ...]:
    """The facts that these rules read, each once."""
    return tuple(dict.fromkeys(name for rules in all_rules for name in rules.reads))


class OddFactError(ValueError):
    """A fact is none that can be read, such as a text in the place of a count."""


class _Memory(dict[Any, Part | None]):
    """What was found, by the values of the facts that were read."""

    def __init__(self, rules: Rules, today: Day, pack: Pack) -> None:
        super().__init__()
        self._rules, self._today, self._pack = rules, today, pack
        self._readers = tuple(READERS[name] for name in rules.reads)

    def __missing__(self, key: Any) -> Part | None:
        reads = self._rules.reads
        values = key if len(reads) > 1 else (key,)
        # here and not where rows are read: most tenants share what was looked at before
        for read, value in zip(self._readers, values, strict=True):
            if read(value) != value:
                raise OddFactError
        seen = SimpleNamespace(**dict(zip(reads, values, strict=True)))
        part = self[key] = self._rules.ask(cast("TenantFacts", seen), self._today, self._pack)
        return part
