"""Kills a worker at a random point, and what must hold of a store after that."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ftop_tui.services import backups, doctor
from ftop_tui.services.context import Context
from ftop_tui.store.verifying import is_whole
from house import by_hand


def tenant_id(number: int) -> str:
    """A tenant id that is one."""
    return f"7f1c2c1e-6a0b-4c0e-9a53-{number:012}"


WORKER = Path(__file__).parent / "worker.py"
ROUNDS = int(os.environ.get("FTOP_TUI_FAULT_ROUNDS", "4"))
"""How often each is killed; hundreds of rounds are for a run by hand."""

_LONGEST = 0.25


def kill_at_random(dice: random.Random, what: str, folder: Path, *files: str) -> list[str]:
    """Start a worker, kill it after a while, and give what it said was done for good."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, str(WORKER), what, str(folder), *files],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(dice.uniform(0, _LONGEST) + (0.5 if dice.random() < 0.5 else 0))
    process.kill()
    said = process.stdout.read().split("\n")
    process.wait()
    return said[:-1]


def rounds() -> Iterator[random.Random]:
    """A generator of chance for each round, the same in each run."""
    for number in range(ROUNDS):
        yield random.Random(number)  # noqa: S311 - no secret


def is_sound(context: Context) -> None:
    """The file is whole, rows fit together, and facts are what the rows say.

    The part of a copy that a kill left is named by `doctor`, and rightly so; so is a backup of the
    program that was killed, whose clock is ahead of the tests' own.
    """
    with by_hand(context.store) as connection:
        assert is_whole(connection)
    left = tuple(str(part) for part in backups.parts(context))
    found = [each.message for each in doctor.examine(context) if each.check != "winner"]
    found = [message for message in found if "is dated ahead of the clock" not in message]
    assert [message for message in found if not message.startswith(left)] == []
