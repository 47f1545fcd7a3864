"""Measures how fast ftop-tui is beside something else, and prints the table: `python -m bench`."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import growth, kept, peers, report
from bench.kit import Kit, open_kit, usual_cache
from bench.measure import Result, measure
from bench.rows import FAMILIES
from bench.stores import SIZES as TABLE_SIZES

SIZES = {**TABLE_SIZES, **growth.SIZES}
_QUICK, _ALL = 2, 1_000


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", metavar="ROW", help="a row or a family of rows; may be repeated"
    )
    parser.add_argument("--runs", type=int, default=3, help="runs of each family (3)")
    parser.add_argument(
        "--limit", type=float, default=300, metavar="SECONDS", help="of each family (300)"
    )
    parser.add_argument("--quick", action="store_true", help="two rounds a run, one run")
    parser.add_argument("--list", action="store_true", help="the rows by family, and no more")
    parser.add_argument("--growth", action="store_true", help="how cost grows, at five sizes")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/speed.md")
    parser.add_argument("--install-peers", action="store_true", help="make the peers ready")
    return parser


def _measured(kit: Kit, only: Sequence[str] | None, limit: float) -> Iterator[Result]:
    """A family by itself after the other; what it came to is kept before the next begins."""
    for family in FAMILIES:
        goals = [
            goal for goal in family.goals if not only or family.name in only or goal.key in only
        ]
        if goals:
            sys.stderr.write(f"measuring {family.name} ...\n")
            results = measure(family, goals, kit, limit)
            kept.keep(kit.cache, results)
            yield from results


def _refuse_unknown(parser: argparse.ArgumentParser, only: Sequence[str] | None) -> None:
    known = {name for f in FAMILIES for name in (f.name, *(goal.key for goal in f.goals))}
    for name in only or ():
        if name not in known:
            parser.error(f"there is no row {name!r}; --list shows them")


def main(arguments: Sequence[str]) -> int:
    """Carry it out; 0 also where a goal is missed, since that is what is asked."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.list:
        for family in FAMILIES:
            print(f"{family.name}: {' '.join(goal.key for goal in family.goals)}")
        return 0
    _refuse_unknown(parser, options.only)
    cache = usual_cache()
    if options.install_peers:
        peers.install(cache)
        return 0
    load = os.getloadavg()[0]
    if load > 0.5:
        sys.stderr.write(f"the machine is busy (load {load:.1f}): these figures will be noise\n")
    runs, rounds = (1, _QUICK) if options.quick else (options.runs, _ALL)
    with open_kit(cache, runs=runs, most_rounds=rounds, sizes=SIZES) as kit:
        if options.growth:
            figures = growth.measure(kit, list(growth.SIZES))
            growth.keep(cache, figures)
            print(f"{growth.table(figures)}\n\n{growth.plot(figures)}")
        if options.only or not options.growth:
            print(report.text(list(_measured(kit, options.only, options.limit))))
    if options.write:
        _write(cache)
    return 0


def _write(cache: Path) -> None:
    """Put the last result of every row into the docs, and how cost grows; the prose stays."""
    goals = [goal for family in FAMILIES for goal in family.goals]
    document = report.DOCUMENT.read_text("utf-8")
    document = report.put(document, "machine", report.machine())
    document = report.put(document, "table", report.markdown(kept.kept(cache, goals)))
    figures = growth.kept(cache)
    if figures is not None:
        told = f"{growth.table(figures)}\n\n{growth.plot(figures)}"
        document = report.put(document, "growth", told)
    report.DOCUMENT.write_text(document, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
