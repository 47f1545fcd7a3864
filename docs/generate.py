"""Writes the parts of the docs that come from the code: `python dev.py docs`.

docs/commands.md  every command with its arguments, from the parsers that read them
docs/keys.md      every key of every screen, from their bindings
docs/settings.md  every setting, from the table that they are read by
docs/formats.md   the columns of each import format, from what reads them
docs/json.md      the shape of each JSON document, from the demo portfolio
pack/keys.toml    the keys of each screen and the themes, by which a user's own are checked
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

from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget

sys.path.insert(0, str(Path(__file__).parent))
from formats import page as formats_page
from shapes import shapes

from ftop_tui import screens, widgets
from ftop_tui.app import FtopApp
from ftop_tui.cli.commands import COMMANDS, GROUPS
from ftop_tui.cli.parsers import metavar_of, parsers_of, subparsers
from ftop_tui.exchange.pack_file import shipped
from ftop_tui.playbook.rules import Rule, read_rules
from ftop_tui.playbook.shown import Shown
from ftop_tui.services.configuring import commented, key_name
from ftop_tui.settings import SETTINGS
from ftop_tui.widgets.themes import THEMES
from ftop_tui.widgets.triage_list import TriageList

HERE = Path(__file__).parent
_MADE = "<!-- Written by `python dev.py docs` from the code; changes here are lost. -->"


_SHORT = 40
"""A first sentence of fewer letters says too little by itself."""

_TOLD_ELSEWHERE = (argparse._HelpAction, argparse._SubParsersAction)


def commands() -> str:
    """The page of the commands."""
    lines = [_MADE, "# Commands", "", "`ftop-tui [options] COMMAND …`; the options before the"]
    lines += ["command, exit statuses and JSON are in [reference.md](reference.md). The examples"]
    lines += ["work on the demo portfolio.", ""]
    for group in GROUPS:
        lines += [f"# {_sentence(group).removesuffix('.')}", ""]
        for command in (each for each in COMMANDS if each.group == group):
            lines += [f"## {command.name}", "", f"{_sentence(command.about)}", ""]
            if command.examples:
                calls = [f"ftop-tui {call}" for call in command.examples]
                lines += ["```sh", *calls, "```", ""]
            for parser in parsers_of(command):
                lines += _of_parser(parser, f"ftop-tui {command.name}")
    return "\n".join(lines).rstrip() + "\n"


def _of_parser(parser: argparse.ArgumentParser, call: str) -> Iterator[str]:
    verbs = subparsers(parser)
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
            name = ", ".join(action.option_strings) or metavar_of(action)
            yield f"| `{_cell(name)}` | {_cell(action.help or '')} |"
        yield ""


def _usage(action: argparse.Action) -> str:
    value = metavar_of(action)
    if action.option_strings:
        name = action.option_strings[-1]
        many = (
            "…" if action.nargs in {"*", "+"} or isinstance(action, argparse._AppendAction) else ""
        )
        text = name if action.nargs == 0 else f"{name} {value}{many}"
        return text if action.required else f"[{text}]"
    shapes = {"*": f"[{value} …]", "+": f"{value} …", "?": f"[{value}]"}
    return shapes.get(str(action.nargs), value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("%%", "%")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def screen_classes() -> list[type[Screen[object]]]:
    """Every screen and dialog there is, by the name of its class."""
    found: set[type[Screen[object]]] = set()
    for package in (screens, widgets):
        for info in iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{info.name}")
            for _, value in inspect.getmembers(module, inspect.isclass):
                if issubclass(value, Screen) and value.__module__ == module.__name__:
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


SAME = {
    "j": ("One row down; in the presenter's view a page", {"down", "next", "page"}),
    "k": ("One row up; in the presenter's view a page back", {"up", "previous", "back"}),
    "g": ("The first row", {"first"}),
    "G": ("The last row", {"last"}),
    "enter": (
        "Open, choose or take what the cursor is on",
        {"open", "choose", "edit", "copy", "close", "page"},
    ),
    "space": ("Mark or tick the row; in a form the next choice", {"mark", "tick", "next", "page"}),
    "slash": ("Filter the list by words in any order", {"filter"}),
    "u": ("Take the last change back", {"undo"}),
    "U": ("Do again what was undone", {"redo"}),
    "ctrl+s": ("Save, write or apply", {"save", "write", "apply", "done"}),
    "f12": ("Delete, once asked", {"delete"}),
    "escape": (
        "Marks off, filter off, then back; closes a dialog and changes nothing",
        {"leave", "close", "clear", "off"},
    ),
    "q": ("Back, where no text is typed; on the list of tenants it leaves", {"leave", "quit"}),
    "question_mark": ("Help", {"help", "leave"}),
    "f1": ("Help, also in forms and dialogs", {"help", "leave"}),
    "colon": ("The palette", {"commands", "palette"}),
    "ctrl+p": ("The palette, also in forms", {"palette"}),
    "ctrl+q": ("Save and leave", {"quit"}),
}  # fmt: skip
"""What a key means wherever it has a meaning, and how the names of its actions end."""


def same_keys() -> list[str]:
    """The keys that mean the same on every screen."""
    rows = [f"| `{key}` | {_cell(says)} |" for key, (says, _) in SAME.items()]
    return ["## The same on every screen", "", "| key | does |", "| --- | --- |", *rows, ""]


def keys() -> str:
    """The page of the keys."""
    lines = [_MADE, "# Keys", "", "`?` or F1 shows the keys of the screen you are on. The names in"]
    lines += ["the last column are what a key is remapped by.", "", *same_keys()]
    for title, cls in (("Everywhere", FtopApp), ("The list", TriageList)):
        lines += _keys_of(title, cls)
    for screen in screen_classes():
        lines += _keys_of(_title(screen), screen)
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


def settings() -> str:
    """The page of the settings."""
    lines = [
        _MADE,
        "# Settings",
        "",
        "`config.toml` holds the settings; `ftop-tui locate` says where it is, what is in force",
        "and where from. `ftop-tui config init` writes it with every setting as a comment,",
        "`config set NAME VALUE` changes one and leaves your comments, `config check` names file,",
        "line and key of each mistake in it and in `pack.toml` (exit status 0 or 2).",
        "Theme, mine or all, panel and the days of This week are kept when you change them in the",
        "app. A letter moved onto a screen with text fields acts only outside of them.",
        "",
        "| setting | environment | what | without it |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{s.name}` | `{s.variable}` | {_cell(s.about)} | {_cell(s.default)} |" for s in SETTINGS
    ]
    lines += ["", "The environment goes before the file. Only there:", ""]
    lines += ["| environment | what |", "| --- | --- |"]
    lines += [f"| `{name}` | {what} |" for name, what in _ENVIRONMENT.items()]
    lines += ["", "## The file", "", "```toml", commented().rstrip(), "```"]
    return "\n".join(lines) + "\n"


_ENVIRONMENT = {
    "FTOP_TUI_DATA_DIR": "the folder of the store; `--data-dir` goes before it",
    "FTOP_TUI_CONFIG_DIR": "the folder of `config.toml` and `pack.toml`",
    "FTOP_TUI_TODAY": "the day taken as today, YYYY-MM-DD; `--today` goes before it",
    "NO_COLOR": "no colours, as `--no-color`",
    "VISUAL`, `EDITOR": "your own editor, for ctrl+o in a form",
}


def key_table() -> str:
    """The keys of each screen, with the app's and those of the widgets that its module names."""
    lines = ["# Written by `python dev.py docs` from the code; changes here are lost."]
    everywhere = bindings(FtopApp)
    typed = {b.id for b in everywhere if b.priority}
    places: dict[str, dict[str, str]] = {}
    for cls in screen_classes():
        found = [*everywhere] if not issubclass(cls, ModalScreen) else []
        for widget in (w for w in vars(sys.modules[cls.__module__]).values() if _is_ours(w)):
            found += bindings(widget)
        found += bindings(cls)
        if not found:  # others are built on it
            continue
        typed |= {b.id for b in found if b.priority}
        place = places.setdefault(_title(cls), {})
        for binding in found:
            keys = ",".join(key_name(key) for key in binding.key.split(","))
            place[str(binding.id)] = keys
    quoted = ", ".join(f'"{name}"' for name in sorted(map(str, typed)))
    lines.append(f"while_typing = [{quoted}]")
    known = sorted({*BUILTIN_THEMES, *(theme.name for theme in THEMES)})
    lines.append("themes = [" + ", ".join(f'"{name}"' for name in known) + "]")
    for name, place in places.items():
        lines += ["", f'[place."{name}"]', *(f'"{id_}" = "{keys}"' for id_, keys in place.items())]
    return "\n".join(lines) + "\n"


def _is_ours(value: object) -> bool:
    """Whether this is a widget of ours, and no screen."""
    return (
        inspect.isclass(value)
        and issubclass(value, Widget)
        and not issubclass(value, Screen)
        and value.__module__.startswith("ftop_tui.")
    )


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


def formats() -> str:
    """The page of the import formats."""
    return "\n".join([_MADE, "# Files that can be imported", "", *formats_page()]) + "\n"


PAGES = {
    "commands.md": commands, "formats.md": formats, "json.md": documents, "keys.md": keys,
    "playbook.md": playbook, "settings.md": settings, "../src/ftop_tui/pack/keys.toml": key_table,
}  # fmt: skip
"""Each page by its name in this folder, with what makes it."""


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), "utf-8")
        print((HERE / name).resolve().relative_to(HERE.parent))


if __name__ == "__main__":
    main()
