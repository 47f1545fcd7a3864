"""The arguments of every command, from the very parsers that read them."""

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple, NoReturn

from ftop_tui.cli.commands import COMMANDS, Command
from ftop_tui.cli.framework import Call, Parser, frame

FILES = ("FILE", "PATH", "DIR", "FILE.ics", "OUT.md")
"""The names of values that are paths."""

_ONE_OF = re.compile(r"^(?:only )?(?:one of:? )?((?:[\w-]+, )*[\w-]+(?:,| or) [\w-]+)$")


class Option(NamedTuple):
    """An option, or an operand, which has no names."""

    names: tuple[str, ...]
    about: str
    metavar: str
    """What stands for its value; empty where it takes none."""
    values: tuple[str, ...]
    """What the value can be, where that is known."""
    many: bool = False

    @property
    def is_path(self) -> bool:
        """Whether its value names a file or a folder."""
        return self.metavar in FILES


class Place(NamedTuple):
    """What can be written after some words: a command's name, and its verb where it has verbs."""

    path: tuple[str, ...]
    about: str
    options: tuple[Option, ...]
    operands: tuple[Option, ...]
    words: tuple[tuple[str, str], ...]
    """The commands or verbs that can follow, each with what it does."""


class _GotParser(BaseException):
    """Carries a command's parser out of it."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser


def parser_of(command: Command, *arguments: str) -> Parser:
    """The parser that a command reads its arguments with; nothing is carried out."""

    def caught(self: Parser, *_: object, **__: object) -> NoReturn:
        raise _GotParser(self)

    def no_context(**_: object) -> NoReturn:
        raise AssertionError(f"{command.name} makes its context before it reads its arguments")

    call = Call(no_context, None, None, no_color=False, debug=False)
    usual = Parser.parse_args, Parser.parse_intermixed_args
    try:
        Parser.parse_args = Parser.parse_intermixed_args = caught  # type: ignore[assignment, method-assign]
        module = import_module(f"ftop_tui.cli.{command.module}")
        module.carry_out(command, arguments, call)
    except _GotParser as got:
        return got.parser
    finally:
        Parser.parse_args, Parser.parse_intermixed_args = usual  # type: ignore[method-assign]
    raise AssertionError(f"{command.name} reads no arguments")


def parsers_of(command: Command) -> tuple[Parser, ...]:
    """All parsers of a command: one, or a second one for its verbs."""
    first = parser_of(command)
    return (first, parser_of(command, command.verb)) if command.verb else (first,)


def places(tags: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every place of a command line: its start, after each command, and after each verb.

    `tags` are the workloads of the playbook in use, which options that take one can be.
    """
    for place in _places():
        options = (o._replace(values=tags) if o.metavar == "TAG" else o for o in place.options)
        yield place._replace(options=tuple(options))


def _places() -> Iterator[Place]:
    start = frame()
    yield Place((), "", _options(start), (), tuple((c.name, c.about) for c in COMMANDS))
    for command in COMMANDS:
        found = [_of(parser, (command.name,), command.about) for parser in parsers_of(command)]
        own, verbs = found[0], [each for more in found for each in more[1:]]
        words = tuple((verb.path[-1], verb.about) for verb in verbs)
        yield own[0]._replace(words=words)
        yield from verbs


def _of(parser: argparse.ArgumentParser, path: tuple[str, ...], about: str) -> list[Place]:
    """The place after a command, and those after its verbs."""
    verbs = subparsers(parser)
    own = Place(path, about, _options(parser), _operands(parser), ())
    if verbs is None:
        return [own]
    abouts = {choice.dest: choice.help or "" for choice in verbs._choices_actions}
    return [
        own,
        *(
            Place((*path, name), abouts.get(name, ""), _options(verb), _operands(verb), ())
            for name, verb in verbs.choices.items()
        ),
    ]


def subparsers(
    parser: argparse.ArgumentParser,
) -> "argparse._SubParsersAction[argparse.ArgumentParser] | None":
    """The verbs of a parser, where it has some."""
    return next((a for a in parser._actions if isinstance(a, argparse._SubParsersAction)), None)


def _options(parser: argparse.ArgumentParser) -> tuple[Option, ...]:
    return tuple(_option(a) for a in parser._actions if a.option_strings and _is_told(a))


def _operands(parser: argparse.ArgumentParser) -> tuple[Option, ...]:
    hidden = argparse._SubParsersAction
    given = (a for a in parser._actions if not a.option_strings and not isinstance(a, hidden))
    return tuple(_option(action) for action in given if _is_told(action))


def _is_told(action: argparse.Action) -> bool:
    return action.help != argparse.SUPPRESS


def _option(action: argparse.Action) -> Option:
    takes = action.nargs != 0
    metavar = metavar_of(action) if takes else ""
    many = action.nargs in {"*", "+"} or isinstance(action, argparse._AppendAction)
    values = values_of(action) if takes else ()
    return Option(tuple(action.option_strings), action.help or "", metavar, values, many)


def metavar_of(action: argparse.Action) -> str:
    """What stands for an argument's value in its help."""
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices:
        return "|".join(str(choice) for choice in action.choices)
    return action.dest.upper()


def values_of(action: argparse.Action) -> tuple[str, ...]:
    """What a value can be: the parser's choices, or those that its help lists."""
    if action.choices:
        return tuple(str(choice) for choice in action.choices)
    listed = _ONE_OF.match(action.help or "")
    if listed is None:
        return ()
    words = tuple(re.split(r", | or ", listed[1]))
    pair = isinstance(action.metavar, str) and action.metavar.endswith("=VALUE")
    return tuple(f"{word}=" for word in words) if pair else words
