"""`config`: the settings file made, looked over and changed."""

import os
from collections.abc import Sequence

from ftop_tui.cli.framework import Call, Command, subparser, verbs_of
from ftop_tui.cli.output import say, say_json
from ftop_tui.services import configuring
from ftop_tui.settings import Paths, find_paths
from ftop_tui.text import clean_line


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of the command's verbs. No context is made: it asks for settings without mistakes."""
    parser = subparser(command)
    verbs = verbs_of(parser)
    check = verbs.add_parser("check", help="name file, line and key of each mistake")
    check.add_argument("--json", action="store_true", help="one JSON document")
    verbs.add_parser("init", help="write the commented settings file where there is none")
    setting = verbs.add_parser("set", help="set one setting; comments in the file stay")
    setting.add_argument("name", metavar="NAME", help="such as theme, or keys.home.copy")
    setting.add_argument("value", metavar="VALUE", help="such as ftop-light; several names with ;")
    options = parser.parse_args(arguments)
    paths = find_paths(os.environ, call.data_dir)
    if options.verb == "check":
        return _check(paths, as_json=options.json)
    if options.verb == "init":
        written = configuring.init(paths)
        say(f"{'Written' if written else 'There already'}: {paths.config}")
    else:
        configuring.set_value(paths, options.name, options.value)
        say(f"{options.name} is {clean_line(options.value)} in {paths.config}")
    return 0


def _check(paths: Paths, *, as_json: bool) -> int:
    found = configuring.mistakes(paths)
    if as_json:
        say_json([{"file": m.place, "line": m.line, "key": m.key, "says": m.says} for m in found])
    else:
        for mistake in found:
            say(mistake.told)
        if not found:
            looked = [path for path in (paths.config, paths.pack) if path.exists()]
            say("No mistakes in " + " and ".join(map(str, looked)) if looked
                else f"Nothing is set: there is no {paths.config} and no {paths.pack}")  # fmt: skip
    return 2 if found else 0
