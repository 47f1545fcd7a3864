"""First paint of the ranked list, and the memory held at that moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from bench import peers
from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Missing, Sampler
from bench.probe import Probe, Seen, first_paint, holds
from ftop_tui.services import portfolio
from ftop_tui.widgets.cells import short_name

_BARE = "bare"
_ROWS_SEEN = 12
"""So many rows stand on the first screen, whatever the layout."""
_LETTERS = 12

_TABLE = "a bare app with one DataTable of 50 rows"
GOALS = (
    Goal("paint-50", "first paint, 50 customers", "small", 1.25, _BARE, _TABLE),
    Goal("paint-1500", "first paint, 1,500 customers, the rank computed", "middle", 1.10, "small",
         "our own first paint of 50"),
    Goal("paint-10000", "first paint, 10,000 tenants, the rank computed", "stress", 1.3, "small",
         "our own first paint of 50"),
    Goal("paint-posting", "first paint, 50 customers", "small", 0.45, "posting",
         "posting's first paint"),
    Goal("paint-harlequin", "first paint, 50 customers", "small", 0.2, "harlequin",
         "harlequin's first paint"),
)  # fmt: skip
MEMORY_GOALS = (
    Goal("memory-rss", "memory at first paint, 10,000 tenants, resident", "stress-rss", 1.3,
         "bare-rss", _TABLE, unit="MiB"),
    Goal("memory-pss", "memory at first paint, 10,000 tenants, proportional", "stress-pss", 1.3,
         "bare-pss", _TABLE, unit="MiB"),
)  # fmt: skip

Start = tuple[Sequence[str], Seen]


def ranked(kit: Kit, size: str) -> Seen:
    """The first screen's rows of a store, by the names of their tenants, in their order."""
    loaded = portfolio.load(kit.context(kit.store(size).path.parent))
    seen = (short_name(each.facts.name, 80)[:_LETTERS] for each in loaded.ranked[:_ROWS_SEEN])
    return holds(*seen, "filter")


def _starts(kit: Kit, needed: frozenset[str]) -> Iterator[tuple[str, Start]]:
    for size in needed & set(kit.sizes):
        yield size, (kit.app(kit.store(size)), ranked(kit, size))
    if _BARE in needed:
        yield _BARE, (kit.bare("table"), holds("Row00001", "Row00030"))
    for peer in (peers.PEERS[name] for name in needed if name in peers.PEERS):
        program = peers.program(kit.cache, peer.name)
        if program is not None:
            yield peer.name, ([str(program), *peer.options], holds(*peer.shown))


def _painter(kit: Kit, start: Start) -> Sampler:
    environment = kit.environment()
    return lambda: [first_paint(start[0], environment, kit.home, start[1])]


@contextmanager
def _paint(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    there = {name: _painter(kit, start) for name, start in _starts(kit, needed)}
    absent = {name: Missing(f"{name} is not installed") for name in needed - set(there)}
    yield {**there, **absent}


def _weigher(kit: Kit, start: Start, into: dict[str, float], name: str) -> Callable[[], None]:
    environment = kit.environment()

    def weigh() -> None:
        with Probe(start[0], environment, kit.home) as probe:
            probe.wait_for(start[1])
            into[f"{name}-rss"], into[f"{name}-pss"] = probe.memory()

    return weigh


@contextmanager
def _memory(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    """One start serves both ways of counting: the second takes what the first has left."""
    left: dict[str, float] = {}
    programs = frozenset(name.rpartition("-")[0] for name in needed)
    weigh: Mapping[str, Callable[[], None]] = {
        name: _weigher(kit, start, left, name) for name, start in _starts(kit, programs)
    }

    def sampler(name: str) -> Sampler:
        def sample() -> Sequence[float]:
            if name not in left:
                weigh[name.rpartition("-")[0]]()
            return [left.pop(name)]

        return sample

    yield {name: sampler(name) for name in needed}


FAMILY = Family("paint", GOALS, _paint, rounds=9)
MEMORY = Family("memory", MEMORY_GOALS, _memory, rounds=3)
