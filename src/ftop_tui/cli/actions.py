"""`action`: the next actions of Overall notes."""

from collections.abc import Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser, verbs_of
from ftop_tui.cli.output import say_done, say_json, say_table
from ftop_tui.services import next_actions, portfolio
from ftop_tui.services.context import Context


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `action` with one of its verbs."""
    parser = subparser(command)
    verbs = verbs_of(parser)
    listed = verbs.add_parser("list", help="the open ones, of a tenant or of all")
    listed.add_argument("tenant", metavar="TENANT", nargs="?", help="tenant id, TPID, or a name")
    done = verbs.add_parser("done", help="tick one off; undo opens it again")
    done.add_argument("id", metavar="NOTE_ID", help="the note that names it, as `list` shows it")
    for verb in (listed, done):
        verb.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    return (_list if options.verb == "list" else _done)(options, call.context())


def _list(options: Any, context: Context) -> int:
    tenant_id = None
    if options.tenant is not None:
        found = portfolio.find(portfolio.load(context), options.tenant)
        tenant_id = found.facts.tenant_id
    actions = next_actions.open_actions(context, tenant_id)
    if options.json:
        say_json([action._asdict() for action in actions])
        return 0
    say_table(
        ((each.note_id, each.day or "no date", each.tenant_name, each.owner or "no owner",
         each.action)
        for each in actions),
        empty="No next action is open.",
    )  # fmt: skip
    return 0


def _done(options: Any, context: Context) -> int:
    return say_done(next_actions.tick_off(context, options.id).sentence, as_json=options.json)
