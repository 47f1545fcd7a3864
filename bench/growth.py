"""How cost grows: the same figures at five sizes, as a table and as a plot."""

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bench import stores, words
from bench.kit import Kit
from bench.measure import Sampler, run_once
from bench.probe import first_paint
from bench.report import number
from bench.rows.keys import ready
from bench.rows.paint import ranked
from bench.rows.work import timed
from ftop_tui.playbook.urgency import rank
from ftop_tui.services import portfolio
from ftop_tui.services.searching import search

TENANTS = (50, 500, 1_500, 5_000, 10_000)
SIZES = {
    f"growth-{tenants}": stores.Size(
        "stress" if tenants == 10_000 else "growth", tenants=tenants, notes=100
    )
    for tenants in TENANTS
}
_FILE = "growth.json"
_BLOCKS = "▏▎▍▌▋▊▉█"
_WIDTH = 40
_DOWN = "\x1b[B"

Figures = dict[str, list[float]]
"""By what was measured: a figure a size."""


def _in_process(kit: Kit, size: str) -> Mapping[str, Callable[[], object]]:
    context = kit.context(kit.store(size).path.parent)
    loaded = portfolio.load(context)
    facts, today = [each.facts for each in loaded.ranked], context.today().toordinal()
    return {
        "rank, ms": partial(rank, facts, today, context.pack),
        "read and rank, ms": partial(portfolio.load, context),
        "filter, ms": partial(loaded.matching, "blocked in"),
        "search of the commonest word, ms": partial(search, context, words.COMMONEST),
        "search of a rare word, ms": partial(search, context, words.RARE),
    }


def _timer(work: Callable[[], object]) -> Sampler:
    return lambda: [timed(work)]


def _paint(kit: Kit, size: str) -> Sampler:
    command, seen = kit.app(kit.store(size)), ranked(kit, size)
    return lambda: [first_paint(command, kit.environment(), kit.home, seen)]


def _cursor(kit: Kit, stack: ExitStack, size: str) -> Sampler:
    app = ready(kit, stack, kit.app(kit.copy(size)), ranked(kit, size))

    def sample() -> list[float]:
        taken = app.press(_DOWN, app.changes(75)) * 1000
        app.settle(0.12)
        return [taken]

    return sample


def measure(kit: Kit, names: Sequence[str]) -> Figures:
    """Every figure at each of these sizes, all sizes of a figure interleaved."""
    figures: Figures = {}
    rounds = kit.rounds(5)

    def add(what: str, contestants: Mapping[str, Sampler]) -> None:
        samples = run_once(contestants, rounds)
        figures[what] = [statistics.median(samples[name]) for name in names]

    add("first paint, ms", {name: _paint(kit, name) for name in names})
    works = {name: _in_process(kit, name) for name in names}
    for what in works[names[0]]:
        add(what, {name: _timer(works[name][what]) for name in names})
    with ExitStack() as stack:
        add("cursor down, ms", {name: _cursor(kit, stack, name) for name in names})
    figures["the store, MB"] = [kit.store(name).path.stat().st_size / 1e6 for name in names]
    return figures


def keep(cache: Path, figures: Figures) -> None:
    """Keep them until they are measured anew."""
    (cache / _FILE).write_text(json.dumps(figures, indent=1))


def kept(cache: Path) -> Figures | None:
    """The last ones, or None."""
    path = cache / _FILE
    return dict(json.loads(path.read_text())) if path.exists() else None


def table(figures: Figures, tenants: Sequence[int] = TENANTS) -> str:
    """The figures as Markdown, the last column what ten thousand cost over fifty."""
    head = ["", *(f"{each:,}" for each in tenants), f"{tenants[-1]:,} over {tenants[0]}"]
    rows = [
        [what, *map(number, values), f"{number(values[-1] / values[0])} x"]
        for what, values in figures.items()
    ]
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _bar(share: float) -> str:
    eighths = max(1, round(share * _WIDTH * 8))
    return "█" * (eighths // 8) + (_BLOCKS[eighths % 8 - 1] if eighths % 8 else "")


def plot(figures: Figures, tenants: Sequence[int] = TENANTS) -> str:
    """The figures as bars of text, each group by its own largest."""
    return "\n".join(_bars(figures, tenants))


def _bars(figures: Figures, tenants: Sequence[int]) -> Iterable[str]:
    yield "```text"
    for what, values in figures.items():
        yield what
        for each, value in zip(tenants, values, strict=True):
            yield f"  {each:>6,} {_bar(value / max(values))} {number(value)}"
    yield "```"
