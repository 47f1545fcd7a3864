"""The command line's frame: global options, the table of commands, errors in one line.

Only the module of the command that was named is imported, so that each starts as fast as it can.
"""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol

from ftop_tui import __version__
from ftop_tui.cli.commands import COMMANDS, GROUPS, Command
from ftop_tui.cli.ending import INTERRUPTED, orderly
from ftop_tui.cli.help_layout import HelpLayout
from ftop_tui.cli.stdout import write
from ftop_tui.errors import FtopError, InputError, StoreError, traced

if TYPE_CHECKING:
    from ftop_tui.services.context import Context

__all__ = (
    "COMMANDS",
    "INTERRUPTED",
    "PROGRAM",
    "Call",
    "Command",
    "OpenApp",
    "Parser",
    "complain",
    "frame",
    "one_line",
    "run",
    "subparser",
)

PROGRAM = "ftop-tui"

_NO_NAMES = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.EILSEQ, errno.EINVAL})
"""What a platform says of a name that no file can have; the first to look at it may be anybody."""

_WITHOUT_STORE = {
    "config", "restore", "template", "rules", "locate", "completion", "demo",
}  # fmt: skip
"""The commands that need none, or put one back."""


class MakeContext(Protocol):
    """How a command gets its house; made by `bootstrap`, handed in by `__main__`."""

    def __call__(self, *, data_dir: str | None = ..., today: str | None = ...) -> "Context":
        """The context for these options."""


class Call(NamedTuple):
    """What a command is handed: how to make its context, and the options given before it."""

    make_context: MakeContext
    data_dir: str | None
    today: str | None
    no_color: bool
    debug: bool
    looks: bool = False
    """The place of a store that is not there is looked at: the command reads or makes it."""

    def context(self) -> "Context":
        """The context for the given options."""
        context = self.make_context(data_dir=self.data_dir, today=self.today)
        if self.looks:
            # Deferred for start-up speed: `--help` looks at no place.
            from ftop_tui.services.reading import demand_place  # noqa: PLC0415

            demand_place(context)
        return context


class OpenApp(NamedTuple):
    """A command's answer that the app is to be opened, and what to do once it is closed."""

    context: "Context"
    debug: bool = False
    afterwards: Callable[[], None] = lambda: None


class _Verbs(argparse._SubParsersAction):  # type: ignore[type-arg]
    """The verbs of a command; each one's help begins with what the verb does."""

    def add_parser(self, name: str, **options: Any) -> Any:
        about = str(options.get("help") or "")
        options.setdefault("description", f"{about[:1].upper()}{about[1:]}." if about else None)
        return super().add_parser(name, **options)


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are errors like all others: one line, exit status 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.register("action", "parsers", _Verbs)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call."""
        raise InputError(f"{message} (see `{self.prog} --help`)")

    def tell(self, text: str) -> None:
        """Add a line to the help, before the examples."""
        self.epilog = f"{text}\n\n{self.epilog}" if self.epilog else text

    def _print_message(self, message: str, file: object = None) -> None:
        """Print help as all output is printed: in UTF-8, whatever the terminal is set to."""
        write(message.encode())


_MANUAL = """\
A tenant is named by its tenant id, its TPID, or a part of its name that fits
one only. With --json a command prints one JSON document. Exit status: 0 done;
1 done, and something was found or is incomplete; 2 the call or its input is
wrong, nothing was changed; 3 the store cannot be used, nothing was changed.

`ftop-tui COMMAND --help` tells more of a command, with examples."""


def _manual() -> str:
    """The commands by their groups, and what holds for all of them."""
    width = max(len(command.name) for command in COMMANDS)
    parts = []
    for group in GROUPS:
        told = [f"  {c.name:<{width}}  {c.about}" for c in COMMANDS if c.group == group]
        parts.append("\n".join([f"{group}:", *told]))
    return "\n\n".join([*parts, _MANUAL])


def frame() -> Parser:
    """The parser of what stands before the command."""
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [options] [command ...]",
        description="Which customer needs you first, and why. Without a command the app opens.",
        epilog=_manual(),
        formatter_class=HelpLayout,
    )
    parser.add_argument(
        "--data-dir", metavar="DIR", help="where the store lives (environment: FTOP_TUI_DATA_DIR)"
    )
    parser.add_argument(
        "--today", metavar="YYYY-MM-DD", help="the day taken as today (FTOP_TUI_TODAY)"
    )
    parser.add_argument("--no-color", action="store_true", help="no colour (NO_COLOR)")
    parser.add_argument("--debug", action="store_true", help="show tracebacks")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def run(arguments: Sequence[str], make_context: MakeContext) -> int | OpenApp:
    """Carry a command line out; the exit status, or the app to be opened."""
    with orderly() as ending:
        outcome = _outcome(arguments, make_context)
    return ending.status if outcome == INTERRUPTED else outcome


def _outcome(arguments: Sequence[str], make_context: MakeContext) -> int | OpenApp:
    debug = "--debug" in arguments
    try:
        return _dispatch(arguments, make_context)
    except FtopError as error:
        _complain_of(error, one_line(error), debug=debug)
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError as error:
        said = "there is not enough memory for so much at once; nothing was changed. A file can be "
        _complain_of(error, f"{said}imported in parts", debug=debug)
        return InputError.exit_status
    except Exception as error:
        # The message of a library's error may hold a customer's text; its kind does not.
        _complain_of(error, _unexpected(error), debug=debug)
        return InputError.exit_status


def _unexpected(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in _NO_NAMES and error.filename:
        return f"{error.filename}: {error.strerror}"
    return f"unexpected {type(error).__name__}; run again with --debug to see where"


def _complain_of(error: Exception, message: str, *, debug: bool) -> None:
    """Say the error in one line; with `--debug` by its traceback."""
    if debug:
        print(traced(error), file=sys.stderr)
    else:
        complain(message)


def _dispatch(arguments: Sequence[str], make_context: MakeContext) -> int | OpenApp:
    try:
        return _carry_out(frame().parse_args(arguments), make_context)
    except SystemExit:
        sys.stdout.flush()  # `--help` has been printed: whether anyone reads it shows here
        raise


def _carry_out(options: argparse.Namespace, make_context: MakeContext) -> int | OpenApp:
    if options.no_color:
        os.environ["NO_COLOR"] = "1"
    call = Call(make_context, options.data_dir, options.today, options.no_color, options.debug)
    try:
        return _run_command(options, call)
    except StoreError as error:
        raise _with_way_back(error, call) from error
    except PermissionError as error:
        raise _shut_out(error, call) from error


def _shut_out(error: PermissionError, call: Call) -> Exception:
    """The error of a store in a folder that may not even be looked into."""
    folder = call.context().paths.data_dir
    # Deferred for start-up speed: `--help` names no place.
    from pathlib import Path  # noqa: PLC0415

    if folder not in (place := Path(str(error.filename))).parents and place != folder:
        return error
    said = "the folder may not be looked into; make it readable or choose another with --data-dir"
    return StoreError(f"{folder}: {said}. Nothing was changed.")


def _with_way_back(error: StoreError, call: Call) -> StoreError:
    """An error of the store with the newest good backup, where there is one."""
    # Deferred for start-up speed: asked for only when something is wrong.
    from ftop_tui.services.backups import offer  # noqa: PLC0415

    return offer(call.context(), error)


def _run_command(options: argparse.Namespace, call: Call) -> int | OpenApp:
    if options.command is None:
        # A folder that is closed to us, or holds remains, is said here, not by the app.
        return OpenApp(call._replace(looks=True).context(), options.debug)
    command = next((c for c in COMMANDS if c.name == options.command), None)
    if command is None:
        names = ", ".join(c.name for c in COMMANDS)
        raise InputError(f"{options.command!r} is no command; there are: {names}")
    module = import_module(f"ftop_tui.cli.{command.module}")
    carry_out: Callable[[Command, Sequence[str], Call], int | OpenApp] = module.carry_out
    looks = command.name not in _WITHOUT_STORE
    return carry_out(command, options.rest, call._replace(looks=looks))


def verbs_of(parser: Parser) -> "argparse._SubParsersAction[Parser]":
    """Where the verbs of a command are added; one has to be given, and is `verb` then."""
    return parser.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=Parser)


def subparser(command: Command) -> Parser:
    """A parser for what follows the command's name; its help ends with examples."""
    about = f"{command.about[:1].upper()}{command.about[1:]}."
    calls = "\n".join(f"  {PROGRAM} {call}" for call in command.examples)
    return Parser(
        prog=f"{PROGRAM} {command.name}",
        description=about,
        epilog=f"examples:\n{calls}" if calls else None,
        formatter_class=HelpLayout,
    )


def one_line(error: FtopError) -> str:
    """An error with its details, as one line."""
    untold = [detail for detail in error.details if detail not in error.message]
    if not untold:
        return error.message
    if error.message.endswith("."):
        return f"{error.message} {' '.join(f'{told[:1].upper()}{told[1:]}' for told in untold)}"
    return f"{error.message}: {'; '.join(untold)}"


def complain(message: str) -> None:
    """Say an error in one line on stderr."""
    # Deferred for start-up speed: `--help` says nothing that is not our own.
    from ftop_tui.text import clean_line  # noqa: PLC0415

    print(f"{PROGRAM}: error: {clean_line(message)}", file=sys.stderr)
