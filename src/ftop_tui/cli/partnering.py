"""`partner`: FastTrack Ready Partners with checklist, reviews, inputs, and what was missed."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, Parser, subparser, verbs_of
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.cli.partner_text import entry, page, say_page
from ftop_tui.errors import InputError, NotFoundError
from ftop_tui.playbook.partnering import Partnership, counted
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import partner_inputs, partners, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.partnerships import terms

_KINDS = tuple(kind.value for kind in partner_inputs.KINDS)
_YES = {"yes": True, "y": True, "no": False, "n": False}


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `partner` with one of its verbs."""
    parser = subparser(command)
    parser.tell(partners.ASSIGNED_ELSEWHERE)
    verbs = verbs_of(parser)

    def verb(name: str, about: str, *, of_tenant: bool = True) -> Parser:
        added = verbs.add_parser(name, help=about, description=f"{about[:1].upper()}{about[1:]}.")
        if of_tenant:
            added.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
            added.add_argument("--partner", metavar="NAME", help="needed where there are several")
        added.add_argument("--json", action="store_true", help="one JSON document")
        return added

    listed = verb("list", "the partners of a customer or of all", of_tenant=False)
    listed.add_argument("tenant", metavar="TENANT", nargs="?", help="tenant id, TPID, or a name")
    verb("show", "all that is known of a partner at a customer")
    _add_writing(verb)
    options = parser.parse_args(arguments)
    return _VERBS[options.verb](options, call.context())


def _add_writing(verb: Callable[..., Parser]) -> None:
    named = verb("psm", "say who the PSM of a partner is, at all customers", of_tenant=False)
    named.add_argument("name", metavar="NAME", help="the partner")
    named.add_argument("psm", metavar="PSM", help="its Partner Success Manager; '' clears it")
    step = verb("step", "tick a step of the checklist off")
    step.add_argument("step", metavar="STEP", help="its key, as `show` has it")
    step.add_argument("--undo", action="store_true", help="open it again")
    _on(step)
    _on(verb("agree", "the partner agreed to status reviews and data for FTOP"))
    review = verb("review", "set a status review, or say that one was held or missed")
    review.add_argument("--on", metavar="YYYY-MM-DD", required=True, help="the day of the review")
    state = review.add_mutually_exclusive_group()
    for name, about in (
        ("set", "it is to be on that day; so without any of these"),
        ("held", "it was held; that moves FR-05's clock"),
        ("missed", "it was scheduled and not held"),
        ("cancel", "it was called off: nobody missed it"),
    ):
        state.add_argument(f"--{name}", dest="state", action="store_const", const=name, help=about)
    given = verb("input", "log what the partner gave, and make a note of it where that is wanted")
    given.add_argument("--text", metavar="T", required=True, help="what was said or sent")
    given.add_argument("--source", metavar="S", required=True, help="a mail, a call ...")
    given.add_argument("--to-note", metavar="KIND", help=f"a draft: {' or '.join(_KINDS)}")
    given.add_argument("--workload", metavar="TAG", help="of an entitlement note")
    _on(given)
    note = verb("note", "make a draft of an input that is logged")
    note.add_argument("input", metavar="INPUT_ID", help="as `show` has it")
    note.add_argument("kind", metavar="KIND", help=" or ".join(_KINDS))
    note.add_argument("--workload", metavar="TAG", help="of an entitlement note")
    _on(verb("informed", "the PSM was told how it goes"))
    access = verb("access", "whether the partner can write into FTOP itself")
    access.add_argument("access", metavar="yes|no")


def _on(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day: today")


def _tenant(options: Any, context: Context) -> str:
    return portfolio.find(portfolio.load(context), options.tenant).facts.tenant_id


def _list(options: Any, context: Context) -> int:
    customer = None
    if options.tenant is not None:
        found = portfolio.find(portfolio.load(context), options.tenant)
        customer = found.facts.customer_id
    everyone, today = partners.read(context, customer), context.today()
    if options.json:
        say_json([entry(each, today) for each in everyone])
        return 0
    say_table(
        (_line(each, context) for each in everyone),
        ("partner", "customer", "workloads", "next review", "missed"),
        empty="No partner is registered.",
    )
    return 0


def _line(here: Partnership, context: Context) -> tuple[object, ...]:
    coming = here.next_review(context.today())
    return (
        here.partner,
        here.customer,
        "former" if here.former else " ".join(here.tags),
        coming.day if coming else "not set",
        "; ".join(
            (
                counted(here.missed_reviews, "missed review"),
                counted(here.missing_inputs, "missing input"),
            )
        ),
    )


def _show(options: Any, context: Context) -> int:
    here = partners.one(context, _tenant(options, context), options.partner)
    document = page(here, context.today())
    if options.json:
        say_json(document)
    else:
        say_page(here, context.today())
    return 0


def _psm(options: Any, context: Context) -> int:
    return _say(options, partners.set_psm(context, options.name, options.psm))


def _step(options: Any, context: Context) -> int:
    keys = terms(context).keys
    step = options.step.strip().lower().replace("_", "-")
    if step not in keys:
        raise InputError(f"{options.step!r} is no step; there are: {', '.join(keys)}")
    tenant_id, on = _tenant(options, context), read_day("--on", options.on)
    if options.undo and on is not None:
        raise InputError("--on does not go with --undo")
    if options.undo:
        return _say(options, partners.step_undo(context, tenant_id, options.partner, step))
    return _say(options, partners.step_done(context, tenant_id, options.partner, step, on=on))


def _agree(options: Any, context: Context) -> int:
    on = read_day("--on", options.on)
    return _say(options, partners.agree(context, _tenant(options, context), options.partner, on=on))


def _review(options: Any, context: Context) -> int:
    day = read_day("--on", options.on)
    if day is None:
        raise InputError("--on: say the day of the review, as YYYY-MM-DD")
    does = {
        "held": partners.hold,
        "missed": partners.miss,
        "cancel": partners.cancel,
    }.get(options.state, partners.schedule)
    return _say(options, does(context, _tenant(options, context), options.partner, day))


def _input(options: Any, context: Context) -> int:
    tenant_id, on = _tenant(options, context), read_day("--on", options.on)
    if options.workload and not options.to_note:
        raise InputError("--workload goes with --to-note")
    kind = _kind(options.to_note) if options.to_note else None
    if kind is not None:  # nothing is logged where the note could not be made
        here = partners.one(context, tenant_id, options.partner)
        partner_inputs.check_place(context, here, tenant_id, kind, options.workload)
    added = partner_inputs.add_input(
        context, tenant_id, options.partner, options.text, options.source, on=on
    )
    if kind is None:
        return _say(options, added.changes, input_id=added.input_id, note_id=None)
    turned = partner_inputs.input_to_note(
        context, tenant_id, options.partner, added.input_id, kind, options.workload
    )
    return _say(options, turned.changes, input_id=added.input_id, note_id=turned.note_id)


def _note(options: Any, context: Context) -> int:
    tenant_id = _tenant(options, context)
    here = partners.one(context, tenant_id, options.partner)
    fitting = [each.id for each in here.inputs if each.id.startswith(options.input)]
    if len(fitting) != 1:
        raise NotFoundError(
            f"no single input of {here.partner} has an id that begins with {options.input!r}; "
            "`ftop-tui partner show` has them"
        )
    turned = partner_inputs.input_to_note(
        context, tenant_id, options.partner, fitting[0], _kind(options.kind), options.workload
    )
    return _say(options, turned.changes, input_id=fitting[0], note_id=turned.note_id)


def _kind(text: str) -> NoteKind:
    kind = NoteKind.read(text)
    if kind not in partner_inputs.KINDS:
        raise InputError(f"input becomes a note of kind {' or '.join(_KINDS)}, not {text!r}")
    return kind


def _informed(options: Any, context: Context) -> int:
    on = read_day("--on", options.on)
    return _say(
        options, partners.psm_informed(context, _tenant(options, context), options.partner, on=on)
    )


def _access(options: Any, context: Context) -> int:
    has_it = _YES.get(options.access.strip().lower())
    if has_it is None:
        raise InputError(f"{options.access!r} is neither yes nor no")
    return _say(
        options, partners.access(context, _tenant(options, context), options.partner, has_it)
    )


def _say(options: Any, changes: Changes, **more: str | None) -> int:
    """What was done; ids that a script needs for what comes next."""
    if options.json:
        say_json({"done": changes.sentence, **more})
        return 0
    say(changes.sentence)
    for name, value in more.items():
        if value is not None:
            say(f"{name.removesuffix('_id')}: {value}")
    return 0


_VERBS: Mapping[str, Callable[[Any, Context], int]] = {
    "list": _list,
    "show": _show,
    "psm": _psm,
    "step": _step,
    "agree": _agree,
    "review": _review,
    "input": _input,
    "note": _note,
    "informed": _informed,
    "access": _access,
}
