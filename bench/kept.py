"""The last results of each row, kept in the cache so that rows may be measured one by one."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.measure import Goal, Result

_FILE = "results.json"


def keep(cache: Path, results: Iterable[Result]) -> None:
    """Put these in place of what was kept of the same rows."""
    path = cache / _FILE
    known = json.loads(path.read_text()) if path.exists() else {}
    for result in results:
        told = asdict(result)
        del told["goal"]
        known[result.goal.key] = told
    path.write_text(json.dumps(known, indent=1))


def kept(cache: Path, goals: Iterable[Goal]) -> Iterator[Result]:
    """The last result of each of these rows; one that was never measured says so."""
    path = cache / _FILE
    known = json.loads(path.read_text()) if path.exists() else {}
    for goal in goals:
        told = known.get(goal.key)
        if told is None:
            yield Result(goal, missing="not measured yet")
        else:
            yield Result(goal, tuple(told["ours"]), tuple(told["base"]), told["missing"])
