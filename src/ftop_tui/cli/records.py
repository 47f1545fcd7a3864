"""`record`, `undo` and `redo`."""

from collections.abc import Sequence
from dataclasses import asdict

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say_done, say_json, say_table
from ftop_tui.cli.tenants import json_option
from ftop_tui.services import history, portfolio, records
from ftop_tui.services.context import Context
from ftop_tui.text import clean


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    if command.name == "record":
        return _record(command, arguments, call)
    if command.name == "undo":
        return _undo(command, arguments, call)
    return _redo(command, arguments, call)


def _undo(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("--list", action="store_true", help="the last changes; nothing is undone")
    json_option(parser)
    options = parser.parse_args(arguments)
    if options.list:
        return _list_steps(call.context(), as_json=options.json)
    sentence = history.undo(call.context())
    said = f"Undone: {sentence}" if sentence else "There is nothing to undo."
    return say_done(sentence, as_json=options.json, said=said)


def _redo(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    json_option(parser)
    options = parser.parse_args(arguments)
    sentence = history.redo(call.context())
    said = f"Done again: {sentence}" if sentence else "There is nothing to do again."
    return say_done(sentence, as_json=options.json, said=said)


def _list_steps(context: Context, *, as_json: bool) -> int:
    steps = history.steps(context)
    if as_json:
        say_json([asdict(step) for step in steps])
    else:
        say_table(
            (step.at[:16].replace("T", " "), "undone" if step.undone else "", step.sentence)
            for step in steps
        )
    return 0


def _record(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    parser.add_argument("kind", metavar="KIND", help=f"one of {', '.join(records.KINDS)}")
    parser.add_argument("--workload", metavar="TAG", help="the workload it is about")
    parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day: today")
    parser.add_argument("--by", metavar="WHO", default="", help="who asked, gave or did it")
    parser.add_argument("--text", metavar="T", default="", help="what there is to say")
    json_option(parser)
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
    return say_done(done.sentence, as_json=options.json)
