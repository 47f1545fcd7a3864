"""`rules` and `locate`: what the app knows, and where it keeps things."""

from collections.abc import Mapping, Sequence

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.errors import NotFoundError
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rule_notes import RuleNotes
from ftop_tui.playbook.rules import Rule, read_rules
from ftop_tui.playbook.shown import Shown
from ftop_tui.settings import ENVIRONMENT, FILE, SETTINGS, Paths, Setting


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
    for place in map(Shown.read, shipped("shown")["shown"]):
        if place.rule == rule.id:
            whose = f"{place.customer}: " if place.customer else ""
            say(f"demo:   {whose}{place.screen}")


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
    settings = context.settings
    values = {setting.name: getattr(settings, setting.name) for setting in SETTINGS}
    if options.json:
        told = {
            name: {"value": value, "from": settings.origins[name]} for name, value in values.items()
        }
        say_json({**places, "settings": told})
        return 0
    say_table((name.replace("_", " "), place) for name, place in places.items())
    say("")
    say_table(
        (setting.name, _in_words(values[setting.name]) or setting.default,
         _from(settings.origins[setting.name], setting, context.paths))
        for setting in SETTINGS
    )  # fmt: skip
    return 0


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {key}" for name, key in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _from(origin: str, setting: Setting, paths: Paths) -> str:
    """Where a value is from, by the name of the place."""
    return {ENVIRONMENT: setting.variable, FILE: str(paths.config)}.get(origin, origin)
