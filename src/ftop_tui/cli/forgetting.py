"""`forget`: delete a note or a tenant for good."""

from argparse import Namespace
from collections.abc import Sequence

from ftop_tui.cli.framework import Call, Command, Parser, subparser
from ftop_tui.cli.output import say
from ftop_tui.errors import RefusedError
from ftop_tui.services import forgetting, notes, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.forgetting import Forgotten
from ftop_tui.services.held import Held

_FOR_GOOD = "for good and empties what undo could take back"


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run the command."""
    options = _parser(command).parse_args(arguments)
    context = call.context()
    if options.wipe:
        if options.backups_too:
            _demand_yes(options, "all backups and makes a new one")
        held = forgetting.wipe(context)
        say("Nothing that was deleted is left in the store's file.")
    else:
        done = (
            _forget_tenant(context, options) if options.tenant else _forget_note(context, options)
        )
        held = done.held
        say(f"{done.changes.sentence}.")
    _tell(context, held, options)
    return 0


def _parser(command: Command) -> Parser:
    parser = subparser(command)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--tenant", metavar="TENANT", help="a tenant with all that is its own")
    what.add_argument("--note", metavar="ID", help="a note, posted or not")
    what.add_argument("--wipe", action="store_true", help="clear what is unused in the file")
    parser.add_argument("--yes", action="store_true", help="do it; it cannot be undone")
    parser.add_argument(
        "--backups-too", action="store_true", help="delete the backups as well and make a new one"
    )
    return parser


def _forget_tenant(context: Context, options: Namespace) -> Forgotten:
    facts = portfolio.find(portfolio.load(context), options.tenant).facts
    _demand_yes(options, f"{facts.name} with all its notes and records {_FOR_GOOD}")
    return forgetting.forget_tenant(context, facts.tenant_id)


def _forget_note(context: Context, options: Namespace) -> Forgotten:
    note = notes.read(context, options.note)
    _demand_yes(options, f"the {note.called} note {note.id} {_FOR_GOOD}")
    return forgetting.forget_note(context, note.id)


def _demand_yes(options: Namespace, what: str) -> None:
    """Nothing is deleted for good by a slip of the finger."""
    if not options.yes:
        raise RefusedError(f"this deletes {what}; say --yes")


def _tell(context: Context, held: Held, options: Namespace) -> None:
    """Say what may still hold it, once the backups are replaced where that is asked for."""
    if options.backups_too and held.ours:
        made = forgetting.drop_backups(context)
        were = "1 backup was" if len(held.ours) == 1 else f"{len(held.ours)} backups were"
        say(f"{were} deleted; the new one is {made}.")
    elif held.ours:
        _tell_ours(held)
    for path in held.strangers:
        say(f"{path} was left and may still hold it: delete it by hand if it does.")


def _tell_ours(held: Held) -> None:
    if number := len(held.backups):
        hold = "1 backup" if number == 1 else f"{number} backups"
        say(f"{hold} in {held.backups[0].parent} may still hold it: delete by hand what you must.")
    for part in held.parts:
        say(f"{part} is of a backup that was ended, and may still hold it: delete it by hand.")
    for path in held.others:
        say(f"{path} may still hold it: delete it by hand.")
