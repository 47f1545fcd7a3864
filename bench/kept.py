"""The last results of each row, kept in the cache so that rows may be measured one by one."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.measure import Goal, Result

_FILE = "results.json"


def keep(cache: Path, results: Iterable[Result]) -> None:
    """Put these in place of what was kept of the same rows; one that did not end replaces none."""
    path = cache / _FILE
    known = json.loads(path.read_text()) if path.exists() else {}
    for result in results:
        if not result.ended and result.goal.key in known:
            continue
        told = asdict(result)
        del told["goal"], told["ended"]
        known[result.goal.key] = told
    building = path.with_suffix(".new")  # a run that is ended in here loses no row
    building.write_text(json.dumps(known, indent=1))
    building.replace(path)


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
