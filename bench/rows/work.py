"""Work without a screen: ranking all tenants, and the filter while it is typed."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial

from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Sampler
from bench.probe import Probe
from bench.rows.keys import ready
from bench.rows.paint import ranked
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.urgency import rank
from ftop_tui.services import portfolio
from ftop_tui.store.read_model import read_facts

_TYPED = ("fabrikam", "blocked intune", "bank", "zz")
_UNTIL_FILTERED = 0.4
_FRAME = 16.0
"""Milliseconds of a frame at 60 a second."""

RANK_GOALS = (
    Goal("rank", "ranking 10,000 tenants: bands, points, order", "rank", 4, "read",
         "reading their rows as tuples"),
)  # fmt: skip
FILTER_GOALS = (
    Goal("filter", "filter, 10,000 tenants, work of each key", "match", _FRAME,
         statistic="p95"),
    Goal("filter-all", "the same with the list, the panel and the line drawn: all the app's "
         "processor time of each key", "app", _FRAME, statistic="p95"),
)  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


@contextmanager
def _ranking(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    store = kit.store("stress").path
    pack, today = kit.context(store.parent).pack, kit.context(store.parent).today().toordinal()
    query = f"SELECT {', '.join(TenantFacts._fields)} FROM tenant_facts"  # noqa: S608 - our own
    with closing(sqlite3.connect(store)) as connection:
        facts = read_facts(connection)
        yield {
            "rank": lambda: [timed(lambda: rank(facts, today, pack))],
            "read": lambda: [timed(lambda: connection.execute(query).fetchall())],
        }


def _beginnings() -> list[str]:
    return [text[:end] for text in _TYPED for end in range(1, len(text) + 1)]


def _typed_filter(probe: Probe) -> Sampler:
    """Milliseconds of processor time of each key of the filter, until the list has followed."""

    def one(key: str) -> float:
        before = probe.cpu()
        probe.press(key)
        probe.settle(_UNTIL_FILTERED)
        return (probe.cpu() - before) * 1000

    def sample() -> Sequence[float]:
        samples = [one(key) for key in _TYPED[0]]
        for _ in _TYPED[0]:
            probe.press("\x7f")
            probe.settle(_UNTIL_FILTERED)
        return samples

    return sample


@contextmanager
def _filter(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    loaded = portfolio.load(kit.context(kit.store("wide").path.parent))
    with ExitStack() as stack:
        contestants: dict[str, Sampler] = {
            "match": lambda: [timed(partial(loaded.matching, text)) for text in _beginnings()]
        }
        if "app" in needed:
            app = ready(kit, stack, kit.app(kit.copy("wide")), ranked(kit, "wide"))
            app.press("/")
            app.settle(0.5)
            contestants["app"] = _typed_filter(app)
        yield contestants


RANK = Family("rank", RANK_GOALS, _ranking, rounds=9)
FILTER = Family("filter", FILTER_GOALS, _filter, rounds=4)
