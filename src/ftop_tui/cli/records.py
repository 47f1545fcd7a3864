"""`record`, `undo` and `redo`."""

from collections.abc import Sequence

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.listing import read_day
from ftop_tui.cli.output import say
from ftop_tui.services import history, portfolio, records
from ftop_tui.text import clean


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    parser = subparser(command)
    if command.name == "record":
        return _record(command, arguments, call)
    parser.parse_args(arguments)
    if command.name == "undo":
        sentence = history.undo(call.context())
        say(f"Undone: {sentence}" if sentence else "There is nothing to undo.")
    else:
        sentence = history.redo(call.context())
        say(f"Done again: {sentence}" if sentence else "There is nothing to do again.")
    return 0


def _record(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    parser.add_argument("kind", metavar="KIND", help=f"one of {', '.join(records.KINDS)}")
    parser.add_argument("--workload", metavar="TAG", help="the workload it is about")
    parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day: today")
    parser.add_argument("--by", metavar="WHO", default="", help="who asked, gave or did it")
    parser.add_argument("--text", metavar="T", default="", help="what there is to say")
    options = parser.parse_args(arguments)
    context = call.context()
    ranked = portfolio.find(portfolio.load(context), options.tenant)
    done = records.record(
        context,
        ranked.facts.tenant_id,
        options.kind,
        tag=options.workload,
        on=read_day("--on", options.on),
        by=clean(options.by),
        text=clean(options.text),
    )
    say(done.sentence)
    return 0
