"""Writes the parts of the docs that come from the code: `python dev.py docs`.

docs/commands.md  every command with its arguments, from the parsers that read them
docs/keys.md      every key of every screen, from their bindings
docs/json.md      the shape of each JSON document, from the demo portfolio
docs/playbook.md  where the demo portfolio shows each rule of the playbook, from the pack

A test holds them against the code, so that they cannot drift.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NoReturn

from textual.binding import Binding
from textual.screen import Screen

sys.path.insert(0, str(Path(__file__).parent))
from shapes import shapes

from ftop_tui import screens
from ftop_tui.app import FtopApp
from ftop_tui.cli.framework import COMMANDS, Call, Command, Parser
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rules import Rule, read_rules
from ftop_tui.playbook.shown import Shown
from ftop_tui.widgets.triage_list import TriageList

HERE = Path(__file__).parent
_MADE = "<!-- Written by `python dev.py docs` from the code; changes here are lost. -->"


_SHORT = 40
"""A first sentence of fewer letters says too little by itself."""

_TOLD_ELSEWHERE = (argparse._HelpAction, argparse._SubParsersAction)


class _GotParser(BaseException):
    """Carries a command's parser out of it."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser


def parser_of(command: Command) -> Parser:
    """The parser that a command reads its arguments with; nothing is carried out."""

    def caught(self: Parser, *_: object, **__: object) -> NoReturn:
        raise _GotParser(self)

    def no_context(**_: object) -> NoReturn:
        raise AssertionError(f"{command.name} makes its context before it reads its arguments")

    usual = Parser.parse_args, Parser.parse_intermixed_args
    try:
        Parser.parse_args = Parser.parse_intermixed_args = caught  # type: ignore[assignment, method-assign]
        module = import_module(f"ftop_tui.cli.{command.module}")
        module.carry_out(command, [], Call(no_context, None, None, no_color=False, debug=False))
    except _GotParser as got:
        return got.parser
    finally:
        Parser.parse_args, Parser.parse_intermixed_args = usual  # type: ignore[method-assign]
    raise AssertionError(f"{command.name} reads no arguments")


def commands() -> str:
    """The page of the commands."""
    lines = [_MADE, "# Commands", "", "`ftop-tui [options] COMMAND …`; the options before the"]
    lines += ["command, exit statuses and JSON are in [reference.md](reference.md).", ""]
    for command in COMMANDS:
        lines += [f"## {command.name}", "", f"{_sentence(command.about)}", ""]
        lines += _of_parser(parser_of(command), f"ftop-tui {command.name}")
    return "\n".join(lines).rstrip() + "\n"


def _of_parser(parser: argparse.ArgumentParser, call: str) -> Iterator[str]:
    verbs = next((a for a in parser._actions if isinstance(a, argparse._SubParsersAction)), None)
    given = [a for a in parser._actions if not isinstance(a, _TOLD_ELSEWHERE)]
    if verbs is None:
        yield from _table(call, given)
        return
    abouts = {choice.dest: choice.help or "" for choice in verbs._choices_actions}
    for name, verb in verbs.choices.items():
        of_verb = [a for a in verb._actions if not isinstance(a, argparse._HelpAction)]
        yield from _table(f"{call} {name}", [*given, *of_verb], abouts.get(name, ""))


def _table(call: str, given: list[argparse.Action], about: str = "") -> Iterator[str]:
    told = [action for action in given if action.help != argparse.SUPPRESS]
    usage = " ".join([call, *(_usage(action) for action in told)])
    yield f"`{usage}`" + (f" — {about}" if about else "")
    yield ""
    if told:
        yield "| | |"
        yield "| --- | --- |"
        for action in told:
            name = ", ".join(action.option_strings) or _metavar(action)
            yield f"| `{_cell(name)}` | {_cell(action.help or '')} |"
        yield ""


def _usage(action: argparse.Action) -> str:
    value = _metavar(action)
    if action.option_strings:
        name = action.option_strings[-1]
        many = (
            "…" if action.nargs in {"*", "+"} or isinstance(action, argparse._AppendAction) else ""
        )
        text = name if action.nargs == 0 else f"{name} {value}{many}"
        return text if action.required else f"[{text}]"
    shapes = {"*": f"[{value} …]", "+": f"{value} …", "?": f"[{value}]"}
    return shapes.get(str(action.nargs), value)


def _metavar(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices:
        return "|".join(str(choice) for choice in action.choices)
    return action.dest.upper()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("%%", "%")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def screen_classes() -> list[type[Screen[object]]]:
    """Every screen there is, by the name of its class."""
    found: set[type[Screen[object]]] = set()
    for info in iter_modules(screens.__path__):
        module = import_module(f"ftop_tui.screens.{info.name}")
        for _, value in inspect.getmembers(module, inspect.isclass):
            if issubclass(value, Screen) and value.__module__.startswith("ftop_tui."):
                found.add(value)
    return sorted(found, key=lambda cls: cls.__name__)


def bindings(cls: type) -> list[Binding]:
    """The keys of a screen or widget, its own and those it takes from classes of ours."""
    found: dict[str, Binding] = {}
    for part in reversed(cls.__mro__):
        if part.__module__.startswith("ftop_tui."):
            for binding in part.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.tooltip:
                    found[binding.id or binding.key] = binding
    return list(found.values())


def keys() -> str:
    """The page of the keys."""
    lines = [_MADE, "# Keys", "", "`?` or F1 shows the keys of the screen you are on. The names in"]
    lines += ["the last column are what a key is remapped by.", ""]
    for title, cls in (("Everywhere", FtopApp), ("The list", TriageList)):
        lines += _keys_of(title, cls)
    for cls in screen_classes():
        lines += _keys_of(_title(cls), cls)
    return "\n".join(lines).rstrip() + "\n"


def _title(cls: type) -> str:
    name = cls.__name__.removesuffix("Screen")
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return f"{spaced[:1].upper()}{spaced[1:]}"


def _keys_of(title: str, cls: type) -> list[str]:
    found = bindings(cls)
    if not found:
        return []
    rows = [
        f"| `{_cell(b.key_display or b.key)}` | {_cell(b.tooltip)} | {b.id or ''} |" for b in found
    ]
    return [f"## {title}", "", "| key | does | name |", "| --- | --- | --- |", *rows, ""]


def documents() -> str:
    """The page of the JSON documents."""
    lines = [
        _MADE,
        "# JSON",
        "",
        "What each command prints with `--json`, by its shape on the demo",
    ]
    lines += [
        "portfolio. Ids and TPIDs are text, days `YYYY-MM-DD`, instants ISO 8601 with offset;"
    ]
    lines += ["every key is present, unknown is `null`. [reference.md](reference.md) says what the"]
    lines += ["less obvious ones mean.", ""]
    for call, shape in shapes():
        lines += [f"## {call}", "", "```text", shape, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def playbook() -> str:
    """The page of the playbook's rules."""
    rules, places = read_rules(shipped("rules")), shipped("shown")["shown"]
    lines = [
        _MADE,
        "# The playbook, rule by rule",
        "",
        "What each document says, what ftop-tui does",
    ]
    lines += [
        "about it, and where the demo portfolio shows it: `ftop-tui --today 2026-11-21 demo`."
    ]
    lines += [
        "Keys stand in parentheses; the commands change nothing. `ftop-tui rules ID` tells the"
    ]
    lines += ["whole of a rule, with a bad and a good example.", ""]
    for key, title in shipped("rules")["documents"].items():
        lines += [f"## {title}", "", "| rule | says | ftop-tui | in the demo |"]
        lines += ["| --- | --- | --- | --- |"]
        for rule in rules:
            if rule.doc == key:
                shown = [Shown.read(place) for place in places if place["rule"] == rule.id]
                lines.append(_rule_row(rule, shown))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _rule_row(rule: Rule, shown: list[Shown]) -> str:
    places = "<br>".join(
        f"{_cell(f'{place.customer}: ' if place.customer else '')}{_cell(place.screen)}"
        f"<br>`{_cell(place.line)}`"
        for place in shown
    )
    return f"| {rule.id} | {_cell(rule.says)} | {_cell(_in_short(rule.does))} | {places} |"


def _in_short(text: str) -> str:
    """The first sentence, which says the most; a short one with the next."""
    sentences = re.split(r"(?<=[.)])\s+(?=[A-Z'])", text)
    end = 1 if len(sentences[0]) >= _SHORT else 2
    return " ".join(sentences[:end])


PAGES = {
    "commands.md": commands, "json.md": documents, "keys.md": keys, "playbook.md": playbook,
}  # fmt: skip
"""Each page by its name in this folder, with what makes it."""


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), "utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
