"""`rules` and `locate`: what the app knows, and where it keeps things."""

from collections.abc import Sequence

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.errors import NotFoundError
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rule_notes import RuleNotes
from ftop_tui.playbook.rules import Rule, read_rules


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    runs = {"rules": _rules, "locate": _locate}
    return runs[command.name](command, arguments, call)


def _rules(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("id", metavar="ID", nargs="?", help="one rule, such as EN-04")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    rules = read_rules(shipped("rules"))
    if options.id is not None:
        rules = tuple(rule for rule in rules if rule.id == options.id.strip().upper())
        if not rules:
            raise NotFoundError(f"{options.id!r} is no rule; `ftop-tui rules` lists them")
    if options.json:
        say_json([{k: getattr(r, k) for k in ("id", "doc", "area", "says", "does")} for r in rules])
    elif options.id is not None:
        _say_rule(rules[0])
    else:
        say_table((rule.id, rule.area, rule.says) for rule in rules)
    return 0


def _say_rule(rule: Rule) -> None:
    say(f"{rule.id}  ({rule.area})")
    notes = RuleNotes.read(rule.id, shipped("examples"), shipped("pending"))
    lines = {
        "source": rule.source,
        "says": rule.says,
        "does": rule.does,
        "bad": notes.bad,
        "good": notes.good,
        "seen": notes.sees,
        "state": notes.state,
    }
    for name, text in lines.items():
        if text is not None:
            say(f"{name + ':':<8}{text}")


def _locate(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    places = {
        "data_dir": str(context.paths.data_dir),
        "store": str(context.store),
        "config": str(context.paths.config),
        "pack": str(context.paths.pack),
    }
    if options.json:
        say_json(places)
    else:
        say_table((name.replace("_", " "), place) for name, place in places.items())
    return 0
