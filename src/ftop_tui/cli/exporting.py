"""`export` and `calendar`: files for elsewhere, also for a partner or a customer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say, say_done, say_json
from ftop_tui.cli.progress_line import watched
from ftop_tui.errors import InputError
from ftop_tui.services import calendars, exports, portfolio, sharing
from ftop_tui.services.context import Context
from ftop_tui.services.sharing import Shared

_AUDIENCES = ("internal", "partner", "customer")


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    runs = {"export": _export, "calendar": _calendar}
    return runs[command.name](command, arguments, call)


def _export(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("--format", choices=exports.FORMS, help="else by the name of the file")
    parser.add_argument(
        "--audience", choices=_AUDIENCES, default="internal", help="for whom (default: internal)"
    )
    parser.add_argument("--partner", metavar="NAME", help="which partner, where there are several")
    parser.add_argument("--tenant", metavar="T", help="only the customer of this tenant")
    parser.add_argument(
        "--share", metavar="NOTE_ID",
        help="mark a next action as agreed with the audience, so that it may see it",
    )  # fmt: skip
    parser.add_argument("--unshare", metavar="NOTE_ID", help="take that mark away")
    parser.add_argument("--json", action="store_true", help="say what was written as JSON")
    parser.add_argument("-o", metavar="PATH", dest="path", help="the file to write")
    options = parser.parse_args(arguments)
    context = call.context()
    if options.share or options.unshare:
        return _share(context, options)
    if not options.path:
        raise InputError("-o PATH is needed: the file to write (see `ftop-tui export --help`)")
    tenants = None
    if options.tenant is not None:
        tenants = [portfolio.find(portfolio.load(context), options.tenant).facts.tenant_id]
    with watched("Exporting", quiet=options.json) as progress:
        shared = exports.export(
            context,
            Path(options.path),
            form=options.format,
            audience=options.audience,
            partner=options.partner,
            tenant_ids=tenants,
            progress=progress,
        )
    report(shared, as_json=options.json)
    return 0


def _share(context: Context, options: Any) -> int:
    """Mark or unmark a next action; the audience says with whom it was agreed (FR-10)."""
    if options.audience == "internal":
        raise InputError("--share goes with --audience partner or customer")
    if options.path or (options.share and options.unshare):
        raise InputError("--share and --unshare stand alone; write the file with a call of its own")
    partner = options.partner
    if options.audience == "partner" and partner is None:
        partner = sharing.only_partner(context)
    elif options.audience == "customer" and partner is not None:
        raise InputError("--partner goes with --audience partner")
    changes = sharing.agree(
        context, options.share or options.unshare, partner=partner, shared=bool(options.share)
    )
    return say_done(changes.sentence, as_json=options.json)


def _calendar(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("--json", action="store_true", help="say what was written as JSON")
    parser.add_argument("-o", metavar="FILE.ics", dest="path", required=True)
    options = parser.parse_args(arguments)
    with watched("Writing the calendar", quiet=options.json) as progress:
        shared, count = calendars.write_calendar(call.context(), Path(options.path), progress)
    if options.json:
        say_json({"paths": [str(shared.path)], "entries": count, "warnings": []})
    else:
        noun = "entry" if count == 1 else "entries"
        say(f"Wrote {shared.path}: {count} {noun}")
    return 0


def report(shared: Shared, *, as_json: bool = False) -> None:
    """Say which files were written, and what the user should know of them."""
    paths = [str(shared.path), *map(str, shared.others)]
    if as_json:
        say_json({"paths": paths, "warnings": list(shared.warnings)})
        return
    for path in paths:
        say(f"Wrote {path}")
    for warning in shared.warnings:
        say(f"warning: {warning}")
