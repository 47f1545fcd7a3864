"""`escalation`: raise, log, resolve, reopen, edit, delete, list, show (RA-08, FR-13)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ftop_tui.cli.framework import Call, Command, Parser, subparser, verbs_of
from ftop_tui.cli.options import demand_change, read_day
from ftop_tui.cli.output import say, say_done, say_json, say_table
from ftop_tui.playbook.escalations import Escalation, read_told
from ftop_tui.playbook.people import PeopleTerms
from ftop_tui.services import escalations, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.people import terms


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `escalation` with one of its verbs."""
    options = _parser(command).parse_args(arguments)
    return _VERBS[options.verb](options, call.context())


def _parser(command: Command) -> Parser:
    parser = subparser(command)
    verbs = verbs_of(parser)
    added = verbs.add_parser("add", help="raise one; prints its id")
    added.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    added.add_argument("--title", metavar="T", required=True, help="what it is about")
    _itself(added)
    added.add_argument("--heard", metavar="WHO", nargs="+", action="extend", default=[],
                       help="parties that were heard")  # fmt: skip
    added.add_argument("--notified", metavar="WHO@HH:MM", nargs="+", action="extend", default=[],
                       help="parties that were notified, and when on that day")  # fmt: skip
    added.add_argument("--text", metavar="T", default="", help="what is known so far")
    logged = _named(verbs, "log", "write a line into its log")
    logged.add_argument("--sort", metavar="SORT", required=True,
                        help="heard, notified, progress or resource")  # fmt: skip
    logged.add_argument("--who", metavar="W", default="", help="the party or resource")
    logged.add_argument("--text", metavar="T", default="", help="what there is to say")
    _on(logged, "the day: today")
    logged.add_argument("--at", metavar="HH:MM", default="", help="the time of that day")
    resolved = _named(verbs, "resolve", "say that it is resolved, and how")
    resolved.add_argument("--text", metavar="RESOLUTION", required=True, help="what resolved it")
    _on(resolved, "the day: today")
    _named(verbs, "reopen", "open a resolved one again")
    edited = _named(verbs, "edit", "change what it says of itself; an empty text clears")
    edited.add_argument("--title", metavar="T", help="what it is about")
    _itself(edited)
    _named(verbs, "delete", "remove it with its log; undo brings both back")
    listed = verbs.add_parser("list", help="the open ones, of a tenant's customer or of all")
    listed.add_argument("tenant", metavar="TENANT", nargs="?", help="tenant id, TPID, or a name")
    listed.add_argument("--all", action="store_true", help="the resolved ones as well")
    _named(verbs, "show", "one with its log")
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def _named(verbs: Any, name: str, about: str) -> Parser:
    verb: Parser = verbs.add_parser(name, help=about)
    verb.add_argument("id", metavar="ID", help="its id, or the first characters of it")
    return verb


def _itself(verb: Parser) -> None:
    """What an escalation says of itself, its title apart."""
    verb.add_argument("--by", metavar="WHO", help="who raised it")
    origin = verb.add_mutually_exclusive_group()
    origin.add_argument("--internal", action="store_true", default=None, dest="internal",
                        help="raised within Microsoft")  # fmt: skip
    origin.add_argument("--external", action="store_false", default=None, dest="internal",
                        help="raised by the customer or a partner")  # fmt: skip
    verb.add_argument("--workload", metavar="TAG", help="the workload that it is about")
    verb.add_argument("--partner", metavar="NAME", help="the partner that is part of it")
    _on(verb, "the day it was raised")


def _on(verb: Parser, about: str) -> None:
    verb.add_argument("--on", metavar="YYYY-MM-DD", help=about)


def _add(options: Any, context: Context) -> int:
    tenant = portfolio.find(portfolio.load(context), options.tenant).facts
    made = context.new_id()
    escalations.add(
        context,
        tenant.tenant_id,
        options.title,
        raised_by=options.by or "",
        internal=options.internal,
        tag=options.workload,
        partner=options.partner,
        on=read_day("--on", options.on),
        heard=options.heard,
        notified=[read_told(text) for text in options.notified],
        text=options.text,
        escalation_id=made,
    )
    if options.json:
        return _say_one(made, context, as_json=True)
    say(made)
    return 0


def _log(options: Any, context: Context) -> int:
    done = escalations.log(
        context,
        options.id,
        options.sort,
        who=options.who,
        text=options.text,
        on=read_day("--on", options.on),
        at=options.at,
    )
    return _say_done(done, options, context)


def _resolve(options: Any, context: Context) -> int:
    day = read_day("--on", options.on)
    done = escalations.resolve(context, options.id, options.text, on=day)
    return _say_done(done, options, context)


def _reopen(options: Any, context: Context) -> int:
    return _say_done(escalations.reopen(context, options.id), options, context)


def _edit(options: Any, context: Context) -> int:
    given = {
        "title": options.title,
        "raised_by": options.by,
        "internal": options.internal,
        "tag": options.workload,
        "partner": options.partner,
        "on": read_day("--on", options.on),
    }
    demand_change(given, "--title")
    done = escalations.edit(context, options.id, **given)
    return _say_done(done, options, context)


def _delete(options: Any, context: Context) -> int:
    return say_done(escalations.delete(context, options.id).sentence, as_json=options.json)


def _say_done(done: Changes, options: Any, context: Context) -> int:
    if options.json:
        return _say_one(options.id, context, as_json=True)
    say(done.sentence)
    return 0


def _list(options: Any, context: Context) -> int:
    customer_id = None
    if options.tenant is not None:
        found = portfolio.find(portfolio.load(context), options.tenant)
        customer_id = found.facts.customer_id
    every = escalations.read(context, customer_id, open_only=not options.all)
    if options.json:
        say_json([document(each, context) for each in every])
        return 0
    today = context.today()
    say_table(
        ((each.id, each.state(today), each.tenant_name, each.tag or "-", each.title,
         " · ".join(filter(None, (each.partner, each.psm_text))))
        for each in every),
        empty="No escalation yet." if options.all else "No escalation is open.",
    )  # fmt: skip
    return 0


def _show(options: Any, context: Context) -> int:
    return _say_one(options.id, context, as_json=options.json)


def _say_one(escalation_id: str, context: Context, *, as_json: bool) -> int:
    escalation = escalations.find(context, escalation_id)
    if as_json:
        say_json(document(escalation, context))
    else:
        _say(escalation, terms(context), context.today())
    return 0


def _say(escalation: Escalation, words: PeopleTerms, today: date) -> None:
    say(escalation.title)
    rows = [
        ("tenant", escalation.tenant_name),
        ("workload", escalation.tag),
        ("raised", f"{escalation.raised_on.isoformat()}, by {escalation.raised_by or 'unknown'}"),
        ("origin", escalation.origin),
        ("partner", escalation.partner),
        ("first contact", escalation.psm_text),
        ("state", escalation.state(today)),
        ("resolution", escalation.resolution),
    ]
    say_table(row for row in rows if row[1])
    if escalation.entries:
        say()
    say_table(
        (entry.day, entry.at or "", words.sort(entry.sort), entry.who or "", entry.text or "")
        for entry in escalation.entries
    )


def document(escalation: Escalation, context: Context) -> dict[str, Any]:
    """An escalation as `--json` shows it; `psm` is the first contact of its partner (FR-03)."""
    return {
        "id": escalation.id,
        "customer_id": escalation.customer_id,
        "tenant_id": escalation.tenant_id,
        "name": escalation.tenant_name,
        "workload": escalation.tag,
        "title": escalation.title,
        "raised_by": escalation.raised_by,
        "raised_on": escalation.raised_on,
        "origin": escalation.origin or None,
        "partner": escalation.partner,
        "psm": escalation.psm,
        "open": escalation.is_open,
        "days": escalation.days(context.today()),
        "resolved_on": escalation.resolved_on,
        "resolution": escalation.resolution,
        "entries": [entry._asdict() for entry in escalation.entries],
    }


_VERBS: Mapping[str, Callable[[Any, Context], int]] = {
    "add": _add,
    "log": _log,
    "resolve": _resolve,
    "reopen": _reopen,
    "edit": _edit,
    "delete": _delete,
    "list": _list,
    "show": _show,
}
