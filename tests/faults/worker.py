"""A process that writes without end and says what is done, for the tests to kill.

    python worker.py WHAT DATA_DIR [FILE ...]

It prints a line after each thing that the app would call saved.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from ftop_tui.bootstrap import make_context
from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import backups, exports, notes, transfer
from ftop_tui.services.context import Context

TENANT = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001"


def say(what: object) -> None:
    """Tell the parent that something is done for good."""
    print(what, flush=True)


def save_notes(context: Context, _files: list[str]) -> None:
    """Save one draft again and again, each time with the next number in it."""
    draft = notes.open_draft(context, NoteKind.OVERALL, TENANT)
    for number in count(1):
        draft = notes.save_draft(context, replace(draft, body=OverallBody(text=f"line {number}")))
        say(number)


def import_in_turn(context: Context, files: list[str]) -> None:
    """Import some files in turn."""
    for number in count(1):
        name = files[number % len(files)]
        planned = transfer.plan_files(context, [name], accept_removals=True)
        transfer.apply_plan(context, planned)
        say(name)


def back_up(context: Context, _files: list[str]) -> None:
    """Make one backup after the other."""
    while True:
        say(backups.backup(context))


def restore_in_turn(context: Context, files: list[str]) -> None:
    """Put some backups back in turn."""
    for number in count(1):
        name = files[number % len(files)]
        backups.restore(context, Path(name))
        say(name)


def upgrade(context: Context, _files: list[str]) -> None:
    """Open a store of an earlier version, which upgrades it."""
    context.writer()
    say("upgraded")


def export(context: Context, files: list[str]) -> None:
    """Write the portfolio to some files in turn."""
    for number in count(1):
        name = files[number % len(files)]
        exports.export(context, Path(name))
        say(name)


WORK: dict[str, Callable[[Context, list[str]], None]] = {
    "save": save_notes,
    "import": import_in_turn,
    "backup": back_up,
    "restore": restore_in_turn,
    "upgrade": upgrade,
    "export": export,
}


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    house = make_context(
        data_dir=folder, today="2026-11-21", environment={"FTOP_TUI_CONFIG_DIR": folder}
    )
    say("ready")
    WORK[what](house, rest)
