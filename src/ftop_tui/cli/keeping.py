"""`backup`, `restore` and `doctor`: the store kept safe, put back, and looked over."""

from collections.abc import Sequence
from pathlib import Path

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.cli.progress_line import watched
from ftop_tui.services import backups, doctor
from ftop_tui.services.context import Context


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    runs = {"backup": _backup, "restore": _restore, "doctor": _doctor}
    return runs[command.name](command, arguments, call)


def _backup(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("-o", "--output", metavar="PATH", help="where to: the folder of backups")
    parser.add_argument("--list", action="store_true", help="the backups there are; makes none")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    if options.list:
        return _list(context, as_json=options.json)
    target = Path(options.output) if options.output else None
    with watched("Backing up", quiet=options.json) as progress:
        path = backups.backup(context, target, progress=progress)
    if options.json:
        say_json({"path": str(path)})
    else:
        say(f"Backed up to {path}; checked after it was written.")
    return 0


def _list(context: Context, *, as_json: bool) -> int:
    found = backups.backups(context)
    if as_json:
        say_json([{"path": str(b.path), "at": b.at.isoformat(), "why": b.why} for b in found])
    else:
        rows = ((f"{b.at:%Y-%m-%d %H:%M} UTC", b.why.replace("-", " "), b.path) for b in found)
        say_table(rows, empty="No backup has been made yet.")
    return 0


def _restore(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("path", metavar="PATH", help="a backup; `backup --list` shows them")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    done = backups.restore(call.context(), Path(options.path))
    if options.json:
        say_json({"restored": str(done.path), "kept": str(done.kept) if done.kept else None})
        return 0
    say(f"Restored {done.path}.")
    if done.kept:
        say(f"What it replaced is kept in {done.kept}.")
    return 0


def _doctor(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    found = doctor.examine(context)
    if options.json:
        shown = [{"check": f.check, "severity": f.severity, "message": f.message} for f in found]
        say_json({"ok": not found, "findings": shown})
    elif found:
        say_table((f.severity.value, f.check, f.message) for f in found)
    else:
        say(_all_is_well(context))
    return 1 if found else 0


def _all_is_well(context: Context) -> str:
    if not context.store.exists():
        return f"There is no portfolio yet; it would be in {context.store}."
    return "All is well: the store is whole, its data fit together, and the backups are good."
