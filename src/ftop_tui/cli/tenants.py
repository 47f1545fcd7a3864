"""`set` and `add`: tenants and customers by hand."""

from collections.abc import Sequence

from ftop_tui.cli.framework import Call, Command, Parser, subparser
from ftop_tui.cli.output import say_done
from ftop_tui.errors import InputError
from ftop_tui.services import portfolio, tenants


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    parser = subparser(command)
    fields = f"one of: {', '.join(tenants.COLUMNS[1:])}"
    if command.name == "set":
        parser.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
        parser.add_argument("fields", metavar="FIELD=VALUE", nargs="+", help=fields)
        json_option(parser)
        options = parser.parse_args(arguments)
        context = call.context()
        ranked = portfolio.find(portfolio.load(context), options.tenant)
        values = pairs(options.fields)
        done = tenants.edit(context, ranked.facts.tenant_id, dict(values))
        return say_done(done.sentence, as_json=options.json)
    parser.add_argument("tenant_id", metavar="TENANT_ID", help="the tenant's GUID")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("fields", metavar="FIELD=VALUE", nargs="*", help=fields)
    json_option(parser)
    options = parser.parse_args(arguments)
    values = pairs(options.fields)
    done = tenants.add(call.context(), options.tenant_id, options.name, dict(values))
    return say_done(done.sentence, as_json=options.json)


def json_option(parser: Parser) -> None:
    """Give a command that says in a sentence what it did the choice of a document."""
    parser.add_argument("--json", action="store_true", help="one JSON document")


def pairs(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Arguments of the form NAME=VALUE.

    Raises:
        InputError: one has no equals sign.
    """
    found = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise InputError(f"{text!r}: write FIELD=VALUE")
        found.append((name.strip(), value))
    return found
