"""Commands from the shell: a process from its start to its end."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from bench import peers
from bench.kit import Kit
from bench.measure import Contestants, Family, Goal, Missing, Sampler
from bench.rows.work import timed

_ARGPARSE = "a Python process that imports argparse"
GOALS = (
    Goal("version", "`--version`", "version", 2, "argparse", _ARGPARSE),
    Goal("help", "`--help`", "help", 2, "argparse", _ARGPARSE),
    Goal("list", "`list --json --limit 50` of 10,000 tenants", "list", 0.8, "task",
         "`task next` with 10,000 tasks"),
)  # fmt: skip


def _runner(kit: Kit, command: Sequence[str], more: Mapping[str, str]) -> Sampler:
    environment = kit.environment(**more)

    def run() -> None:
        subprocess.run(  # noqa: S603 - our own arguments
            command, check=True, env=environment, cwd=kit.home, capture_output=True
        )

    return lambda: [timed(run)]


def _task(kit: Kit) -> Sampler | Missing:
    places = peers.make_tasks(kit.fresh("tasks"), kit.environment(), kit.many)
    if places is None:
        return Missing("taskwarrior is not installed")
    return _runner(kit, ["task", "next"], places)


@contextmanager
def _commands(kit: Kit, needed: frozenset[str]) -> Iterator[Contestants]:
    ours = [sys.executable, "-m", "ftop_tui"]
    makers: dict[str, Callable[[], Sampler | Missing]] = {
        "version": lambda: _runner(kit, [*ours, "--version"], {}),
        "help": lambda: _runner(kit, [*ours, "--help"], {}),
        "argparse": lambda: _runner(kit, [sys.executable, "-c", "import argparse"], {}),
        "list": lambda: _runner(
            kit, kit.app(kit.store("stress"), "list", "--json", "--limit", "50"), {}
        ),
        "task": lambda: _task(kit),
    }
    yield {name: make() for name, make in makers.items() if name in needed}


FAMILY = Family("commands", GOALS, _commands, rounds=9)
