"""`demo`: the app on a made-up portfolio, in a folder that is thrown away."""

import shutil
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from ftop_tui.cli.framework import Call, Command, OpenApp, subparser
from ftop_tui.cli.output import say
from ftop_tui.cli.progress_line import watched
from ftop_tui.errors import InputError
from ftop_tui.files import BESIDE
from ftop_tui.progress import CalledOffError
from ftop_tui.services import demo, portfolio
from ftop_tui.services.context import Context

_MOST = 10_000


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int | OpenApp:
    """Make the demo store, and open the app on it unless it was to be kept."""
    parser = subparser(command)
    parser.add_argument("--customers", metavar="N", type=int, default=12, help="how many: 12")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="another portfolio")
    parser.add_argument("--into", metavar="DIR", help="make the store there and exit")
    options = parser.parse_args(arguments)
    if not 1 <= options.customers <= _MOST:
        raise InputError(f"--customers: {options.customers} is not between 1 and {_MOST:,}")
    if options.into is not None:
        if not options.into.strip():
            raise InputError("--into: name the folder to make the store in")
        context = call.make_context(data_dir=options.into, today=call.today)
        _make_to_keep(context, options)
        many = "1 customer" if options.customers == 1 else f"{options.customers:,} customers"
        say(f"Made a demo portfolio of {many} in {options.into}")
        return 0
    folder = tempfile.mkdtemp(prefix="ftop-tui-demo-")
    context = call.make_context(data_dir=folder, today=call.today)

    def clean_up() -> None:
        context.writer().close()
        shutil.rmtree(folder, ignore_errors=True)

    try:
        _make(context, options)
    except BaseException:  # Ctrl+C as well: nobody would ever look into the folder again
        clean_up()
        raise
    # The demo's customers are nobody's: the setting `me` would hide them all.
    shown = replace(context, settings=replace(context.settings, me=()))
    return OpenApp(shown, call.debug, afterwards=clean_up)


def _make(context: Context, options: Namespace) -> None:
    with watched("Making the demo portfolio") as progress:
        demo.build(context, options.customers, options.seed, progress)


def _make_to_keep(context: Context, options: Namespace) -> None:
    """Make the store in a folder of the user's; of what is called off nothing is left there."""
    store = context.store
    was_there = store.exists()
    new = [folder for folder in store.parents if not folder.exists()]
    try:
        _make(context, options)
    except (CalledOffError, KeyboardInterrupt):
        context.writer().close()
        if not was_there and not portfolio.load(context).ranked:
            for tail in ("", *BESIDE):
                store.with_name(store.name + tail).unlink(missing_ok=True)
            for folder in new:
                with suppress(OSError):  # somebody put something there meanwhile
                    folder.rmdir()
        raise
