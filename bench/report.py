"""The table as text and as Markdown, and the machine it was measured on."""

import os
import platform
import re
import sqlite3
import statistics
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.measure import Result

DOCUMENT = Path(__file__).parent.parent / "docs" / "speed.md"


def number(value: float) -> str:
    """A figure with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values: Sequence[float], unit: str = "") -> str:
    """The median of the runs, and from where to where they lay."""
    middle = number(statistics.median(values))
    if len(values) == 1:
        return f"{middle}{unit}"
    return f"{middle}{unit} ({number(min(values))} to {number(max(values))})"


def cells(result: Result) -> tuple[str, str, str, str, str]:
    """What, goal, reached, whether that is met, and the figures behind a ratio."""
    goal = result.goal
    unit = " x" if goal.base else f" {goal.unit}".rstrip()
    limit = "told only" if goal.limit is None else f"≤ {goal.limit:g}{unit}"
    against = f"{limit} {goal.against}".rstrip()
    what = goal.what if goal.statistic == "median" else f"{goal.what}, {goal.statistic}"
    if result.missing:
        return what, against, "not measured", "", result.missing
    met = "" if result.is_met is None else "met" if result.is_met else _missed(result)
    behind = ""
    if goal.base:
        ours, base = statistics.median(result.ours), statistics.median(result.base)
        behind = f"{number(ours)} / {number(base)} {goal.unit}"
    return what, against, spread(result.figures, unit), met, behind


def _missed(result: Result) -> str:
    over = result.figure / (result.goal.limit or 1)
    return f"missed by {over - 1:.0%}" if over < 2 else f"missed {number(over)} times over"


HEAD = ("what", "goal", "reached", "", "behind it")


def text(results: Iterable[Result]) -> str:
    """The table for a terminal."""
    lines = [("row", *HEAD), *((result.goal.key, *cells(result)) for result in results)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown(results: Iterable[Result]) -> str:
    """The table for the docs."""
    lines = [HEAD, ("---",) * len(HEAD), *(cells(result) for result in results)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """What it was measured on, in a line."""
    kib = re.search(r"MemTotal: +(\d+)", Path("/proc/meminfo").read_text())
    memory = f", {int(kib[1]) / 1024**2:.0f} GiB of memory" if kib else ""
    versions = ", ".join(f"{name} {version(name)}" for name in ("textual", "sqlmodel"))
    return (
        f"{os.cpu_count()} cores{memory}, {platform.system()}; Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {versions}; a terminal of 120x40."
    )


def put(document: str, name: str, content: str) -> str:
    """The document with another content between the marks of that name; the prose stays.

    Raises:
        ValueError: it has no such marks.
    """
    begin, end = f"<!-- {name}: made by bench -->", f"<!-- end of {name} -->"
    if begin not in document or end not in document:
        raise ValueError(f"no marks of {name!r}")
    head, _, rest = document.partition(begin)
    return f"{head}{begin}\n{content}\n{end}{rest.partition(end)[2]}"
