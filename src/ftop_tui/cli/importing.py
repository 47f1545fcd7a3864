"""`import` and `template`: files in, and empty files to fill."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from glob import glob
from pathlib import Path

from ftop_tui import files
from ftop_tui.cli.framework import Call, Command, complain, subparser
from ftop_tui.cli.output import say, say_json, write
from ftop_tui.cli.progress_line import watched
from ftop_tui.exchange.atomic import write_file
from ftop_tui.exchange.blank_files import blank
from ftop_tui.exchange.formats import FORMAT_NAMES
from ftop_tui.exchange.parsed import Source
from ftop_tui.progress import Progress, between
from ftop_tui.services import transfer
from ftop_tui.services.context import Context
from ftop_tui.services.transfer import Plan, RejectedError

_STDIN = "-"
_READ = 0.25
"""The part of an import that reading the files is."""


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    runs = {"import": _import, "template": _template}
    return runs[command.name](command, arguments, call)


def _import(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("files", metavar="FILE", nargs="+", help="CSV or XLSX; - is stdin")
    parser.add_argument("--format", choices=("auto", *FORMAT_NAMES), default="auto")
    parser.add_argument("--tenant", metavar="T", help="whose report it is (service-users)")
    parser.add_argument("--dates", choices=("dmy", "mdy", "ymd"), help="the order of dates")
    parser.add_argument("--partial", action="store_true", help="leave rejected rows out")
    parser.add_argument(
        "--accept-removals", action="store_true", help="let partner assignments end"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be done")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    sources = [_source(name) for name in expanded(options.files)]
    with watched("Importing", quiet=options.json) as progress:
        planned = _carried_out(call.context(), sources, options, progress)
    _report(planned, as_json=options.json)
    if planned.rejected and not options.partial:
        _complain(planned)
        return RejectedError.exit_status
    return 1 if planned.rejected else 0


def _carried_out(
    context: Context, sources: Sequence[Source], options: Namespace, progress: Progress
) -> Plan:
    """What was done, or would be."""
    parsed = transfer.read_files(
        context,
        sources,
        format=options.format,
        tenant=options.tenant,
        dates=options.dates,
        progress=between(progress, 0, _READ),
    )
    rest = between(progress, _READ, 1)
    removals = options.accept_removals
    if options.dry_run:
        return transfer.plan(context, parsed, accept_removals=removals, progress=rest)
    try:
        return transfer.apply(
            context, parsed, partial=options.partial, accept_removals=removals, progress=rest
        )
    except RejectedError as error:
        return error.planned


def expanded(names: Sequence[str]) -> list[str]:
    """The names with `*` and `?` filled in, which the shells of Windows leave to the program."""
    if not files.WINDOWS:
        return list(names)
    found: list[str] = []
    for name in names:
        is_pattern = any(c in name for c in "*?") and not Path(name).exists()
        found += sorted(glob(name)) or [name] if is_pattern else [name]  # noqa: PTH207 - as typed
    return found


def _source(name: str) -> Source:
    return Source("stdin", sys.stdin.buffer.read()) if name == _STDIN else Source(name)


def _complain(planned: Plan) -> None:
    rows = planned.rejected_rows
    noun = "row was" if rows == 1 else "rows were"
    complain(f"{rows} {noun} rejected, so nothing was imported; --partial takes the others")


def _report(planned: Plan, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "created": dict(planned.created),
                "updated": dict(planned.updated),
                "unchanged": dict(planned.unchanged),
                "rejected": [reject._asdict() for reject in planned.rejected],
                "warnings": [warning._asdict() for warning in planned.warnings],
            }
        )
        return
    for outcome in ("created", "updated", "unchanged"):
        counts = getattr(planned, outcome)
        things = [transfer.amount(number, kind) for kind, number in counts.items() if number]
        say(f"{outcome + ':':<11}{', '.join(things) or 'nothing'}")
    for reject in planned.rejected:
        say(f"rejected:  {transfer.describe(reject)}")
    for warning in planned.warnings:
        place = ", ".join(
            part
            for part in (
                warning.file,
                f"row {warning.row}" if warning.row else "",
                warning.column or "",
                warning.rule or "",
            )
            if part
        )
        say(f"warning:   {place}: {warning.message}")


def _template(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("format", choices=("portfolio", "workloads"))
    parser.add_argument("-o", metavar="FILE", dest="path", help="a .csv or .xlsx file to write")
    options = parser.parse_args(arguments)
    if options.path is None:
        write(blank(options.format, "csv"))
        return 0
    path = Path(options.path)
    is_workbook = path.suffix.lower() == ".xlsx"
    write_file(path, blank(options.format, "xlsx" if is_workbook else "csv"))
    say(f"Wrote {path}")
    return 0
