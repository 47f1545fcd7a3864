"""`contact`: add, edit, verify, merge, delete, list (RA-09, RA-10)."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ftop_tui.cli.framework import PROGRAM, Call, Command, Parser, subparser, verbs_of
from ftop_tui.cli.options import demand_change, read_day
from ftop_tui.cli.output import say, say_done, say_json, say_table
from ftop_tui.errors import InputError
from ftop_tui.playbook.contacts import Contact, email_problem, is_stale, twins
from ftop_tui.services import contacts, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.people import terms
from ftop_tui.text import clean_line


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `contact` with one of its verbs."""
    options = _parser(command).parse_args(arguments)
    return _VERBS[options.verb](options, call.context())


def _parser(command: Command) -> Parser:
    parser = subparser(command)
    verbs = verbs_of(parser)
    added = verbs.add_parser("add", help="add one; prints its id")
    added.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    added.add_argument("--section", metavar="S", required=True,
                       help="microsoft, customer or partner")  # fmt: skip
    added.add_argument("--name", metavar="N", required=True, help="who it is")
    _fields(added)
    edited = verbs.add_parser("edit", help="change one; an empty text clears")
    edited.add_argument("id", metavar="ID", help="its id, or the first characters of it")
    edited.add_argument("--section", metavar="S", help="microsoft, customer or partner")
    edited.add_argument("--name", metavar="N", help="who it is")
    _fields(edited)
    verified = verbs.add_parser("verify", help="say that some, or all of a customer, were checked")
    verified.add_argument("ids", metavar="ID", nargs="*", help="ids, or the first characters")
    verified.add_argument("--all", metavar="TENANT", help="all contacts of its customer")
    verified.add_argument("--on", metavar="YYYY-MM-DD", help="the day: today")
    joined = verbs.add_parser("merge", help="make one of several that are the same person")
    joined.add_argument("ids", metavar="ID", nargs="+", help="ids, or the first characters")
    deleted = verbs.add_parser("delete", help="remove one; undo brings it back")
    deleted.add_argument("id", metavar="ID", help="its id, or the first characters of it")
    listed = verbs.add_parser("list", help="by section, of a tenant's customer or of all")
    listed.add_argument("tenant", metavar="TENANT", nargs="?", help="tenant id, TPID, or a name")
    listed.add_argument("--stale", action="store_true", help="only those to be verified again")
    listed.add_argument("--duplicates", action="store_true", help="only those listed twice")
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def _fields(verb: Parser) -> None:
    verb.add_argument("--title", metavar="T", help="free text, such as 'Intune CAT' or 'GTP'")
    verb.add_argument("--role", metavar="R", help="csm, psm, poc ...")
    verb.add_argument("--email", metavar="E", help="address of mail")
    verb.add_argument("--phone", metavar="P", help="number")
    verb.add_argument("--partner", metavar="NAME", help="the partner that the person is of")
    verb.add_argument("--verified", metavar="YYYY-MM-DD", help="the day it was last checked")


def _add(options: Any, context: Context) -> int:
    tenant = portfolio.find(portfolio.load(context), options.tenant).facts
    made = context.new_id()
    contacts.add(
        context,
        tenant.tenant_id,
        options.section,
        options.name,
        title=options.title or "",
        role=options.role or "",
        email=options.email or "",
        phone=options.phone or "",
        partner=options.partner or "",
        verified=read_day("--verified", options.verified),
        contact_id=made,
    )
    _warn(options.email)
    if options.json:
        return _say_one(made, context)
    say(made)
    return 0


def _edit(options: Any, context: Context) -> int:
    given = {
        "section": options.section,
        "name": options.name,
        "title": options.title,
        "role": options.role,
        "email": options.email,
        "phone": options.phone,
        "partner": options.partner,
        "verified": read_day("--verified", options.verified),
    }
    demand_change(given, "--name")
    done = contacts.edit(context, options.id, **given)
    _warn(options.email)
    if options.json:
        return _say_one(options.id, context)
    say(done.sentence)
    return 0


def _warn(email: str | None) -> None:
    problem = email_problem(email)
    if problem:
        print(f"{PROGRAM}: warning: {clean_line(problem)}", file=sys.stderr)


def _verify(options: Any, context: Context) -> int:
    day = read_day("--on", options.on)
    if bool(options.ids) == (options.all is not None):
        raise InputError("name contacts by their ids, or a tenant with --all")
    if options.all is None:
        return say_done(
            contacts.verify(context, options.ids, on=day).sentence, as_json=options.json
        )
    tenant = portfolio.find(portfolio.load(context), options.all).facts
    done = contacts.verify_all(context, tenant.tenant_id, on=day)
    return say_done(done.sentence, as_json=options.json)


def _merge(options: Any, context: Context) -> int:
    return say_done(contacts.merge(context, options.ids).sentence, as_json=options.json)


def _delete(options: Any, context: Context) -> int:
    return say_done(contacts.delete(context, options.id).sentence, as_json=options.json)


def _say_one(contact_id: str, context: Context) -> int:
    contact = contacts.find(context, contact_id)
    around = contacts.read(context, contact.customer_id)
    say_json(_document(contact, twins(around), context))
    return 0


def _list(options: Any, context: Context) -> int:
    customer_id = None
    found = portfolio.load(context)
    if options.tenant is not None:
        customer_id = portfolio.find(found, options.tenant).facts.customer_id
    every = contacts.read(context, customer_id)
    same = twins(every)
    shown = [
        contact
        for contact in every
        if (not options.stale or _stale(contact, context))
        and (not options.duplicates or contact.id in same)
    ]
    if options.json:
        say_json([_document(contact, same, context) for contact in shown])
        return 0
    names = {r.facts.customer_id: r.facts.name for r in found.ranked if r.facts.winner}
    words = terms(context)
    rows = (
        (
            contact.id,
            names.get(contact.customer_id, "-"),
            words.section(contact.section),
            contact.name,
            contact.title or words.role(contact.role) or "-",
            contact.email or "-",
            contact.verified_on or "never verified",
            ", ".join(_marks(contact, same, context)),
        )
        for contact in shown
    )
    say_table(rows, empty="No contact.")
    return 0


def _stale(contact: Contact, context: Context) -> bool:
    return is_stale(contact, context.today(), context.pack.thresholds.contact_stale_days)


def _marks(
    contact: Contact, same: Mapping[str, tuple[Contact, ...]], context: Context
) -> list[str]:
    marks = ["stale"] if _stale(contact, context) else []
    return [*marks, "duplicate"] if contact.id in same else marks


def _document(
    contact: Contact, same: Mapping[str, tuple[Contact, ...]], context: Context
) -> dict[str, Any]:
    return {
        "id": contact.id,
        "customer_id": contact.customer_id,
        "section": contact.section,
        "name": contact.name,
        "title": contact.title,
        "role": contact.role,
        "email": contact.email,
        "phone": contact.phone,
        "partner": contact.partner,
        "verified_on": contact.verified_on,
        "created_on": contact.created_on,
        "stale": _stale(contact, context),
        "duplicates": [other.id for other in same.get(contact.id, ())],
    }


_VERBS: Mapping[str, Callable[[Any, Context], int]] = {
    "add": _add,
    "edit": _edit,
    "verify": _verify,
    "merge": _merge,
    "delete": _delete,
    "list": _list,
}
