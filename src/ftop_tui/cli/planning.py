"""`plan`: a customer's plan by lifecycle phase, its steps, and links to the year's priorities."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ftop_tui.cli.framework import Call, Command, Parser, subparser, verbs_of
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.errors import InputError
from ftop_tui.playbook.plan import OWN, Crossed, Line, Plan, Suggestion, after_crossing
from ftop_tui.playbook.values import Phase
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.plan_reading import of_tenant
from ftop_tui.services.plan_terms import plan_terms
from ftop_tui.text import clean, clean_line

if TYPE_CHECKING:
    from ftop_tui.services.changes import Changes

Told = tuple["Changes", Suggestion | None, tuple[str, ...]]
"""What a verb changed, what it suggests next, and what it warns of."""


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Show a plan, or run one of its verbs."""
    if arguments and arguments[0] in _VERBS:
        return _change(command, arguments, call)
    parser = subparser(command)
    parser.tell(f"verbs: {', '.join(_VERBS)} (`plan VERB --help` tells more of each)")
    parser.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    plan = _plan(context, options.tenant)
    if options.json:
        say_json(_document(context, plan))
    else:
        _print(context, plan)
    return 0


def _plan(context: Context, tenant: str) -> Plan:
    ranked = portfolio.find(portfolio.load(context), tenant)
    return of_tenant(context, ranked.facts.tenant_id)


def _document(context: Context, plan: Plan) -> dict[str, Any]:
    following = plan.next
    return {
        "tenant_id": plan.tenant_id,
        "name": plan.tenant_name,
        "phase": plan.phase.value if plan.phase else None,
        "year": plan.year,
        "steps": [_entry(line) for line in plan.lines],
        "next": following.key if following else None,
        "priorities": [
            {"priority": link.priority, "text": link.text or None} for link in plan.links
        ],
        "crossed": [_crossing(context, crossed) for crossed in plan.crossed],
    }


def _entry(line: Line) -> dict[str, Any]:
    entry = line._asdict()
    del entry["activity_id"]
    return {
        **entry,
        "phase": line.phase.value,
        "state": line.state.value,
        "planned": line.activity_id is not None,
        "text": line.text or None,
    }


def _crossing(context: Context, crossed: Crossed) -> dict[str, Any]:
    suggestion = after_crossing(crossed, plan_terms(context))
    return {
        "tenant_id": crossed.tenant_id,
        "workload": crossed.crossing.tag,
        "percent": crossed.crossing.percent,
        "month": crossed.crossing.month,
        "suggestion": suggestion.title if suggestion else None,
    }


def _print(context: Context, plan: Plan) -> None:
    phase = plan.phase.word if plan.phase else "no phase"
    say(f"{plan.name}  {phase}  {plan.year}")
    for crossed in plan.crossed:
        suggestion = after_crossing(crossed, plan_terms(context))
        what = f" Plan next: {suggestion.title}" if suggestion else " Plan what comes next."
        tag, percent, _ = crossed.crossing
        say(f"! {crossed.crossing.sentence}{what} (`plan add ... --after {tag}:{percent}`)")
    following = plan.next
    for where, lines in groupby(plan.lines, key=lambda line: line.phase):
        say(where.word.upper())
        say_table(_row(line, is_next=line is following) for line in lines)
    say(f"PRIORITIES OF {plan.year}")
    say_table((f"  {link.priority}", link.text or "no awareness linked") for link in plan.links)


def _row(line: Line, *, is_next: bool) -> tuple[object, ...]:
    mark = {"done": "[x]", "open": "[ ]", "recurs": " o "}[line.state.value]
    return (f"{'>' if is_next else ' '} {mark}", line.key, line.title, line.rule, standing(line))


def standing(line: Line) -> str:
    """Where a line stands, in a few words."""
    if line.done_on and line.state.value == "done":
        again = f", again by {line.due_on.isoformat()}" if line.due_on else ""
        return f"done {line.done_on.isoformat()}{again}"
    if line.due_on:
        return f"due {line.due_on.isoformat()}"
    if line.state.value == "recurs":
        return "not started"
    if line.state.value == "done":
        return "done"
    return "planned" if line.activity_id else "not planned"


def _change(command: Command, arguments: Sequence[str], call: Call) -> int:
    """`plan done|add|move|link|drop`; each is one step of undo."""
    parser = subparser(command)
    verbs = verbs_of(parser)
    added: dict[str, Parser] = {}
    for name, (about, *operands) in _VERBS.items():
        verb = added[name] = verbs.add_parser(name, help=about, description=f"{about}.")
        verb.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
        for operand in operands:
            verb.add_argument(operand.lower(), metavar=operand)
        verb.add_argument("--json", action="store_true", help="one JSON document")
    added["done"].add_argument("--on", metavar="YYYY-MM-DD", help="the day: today")
    added["done"].add_argument("--text", metavar="T", default="", help="the awareness, say")
    added["add"].add_argument("--phase", metavar="PHASE", help=f"one of {', '.join(Phase)}")
    added["add"].add_argument("--after", metavar="TAG:PERCENT", help="the milestone it answers")
    added["add"].add_argument("--due", metavar="YYYY-MM-DD", help="by when")
    options = parser.parse_args(arguments)
    context = call.context()
    told, suggestion, warnings = _CARRY_OUT[options.verb](
        context, _plan(context, options.tenant), options
    )
    if options.json:
        following = suggestion._asdict() if suggestion else None
        say_json({"done": told.sentence, "next": following, "warnings": list(warnings)})
        return 0
    say(told.sentence)
    for warning in warnings:
        say(f"Note: {warning}")
    if suggestion:
        say(f"Next: {suggestion.title} (`plan move TENANT {suggestion.key} DATE` plans it)")
    return 0


_VERBS: Mapping[str, tuple[str, ...]] = {
    "done": ("Complete a step; what comes next is printed", "STEP"),
    "add": ("Put a step of your own, or one by its key, on the plan", "TITLE"),
    "move": ("Give a step a due date; 'none' takes it off", "STEP", "DATE"),
    "link": ("Link awareness to a priority of the year; '' unlinks", "PRIORITY", "TEXT"),
    "drop": ("Take a step off the plan, or a crossed milestone as TAG:PERCENT", "STEP"),
}
"""Each verb's help and what it is given after the tenant."""


def _done(context: Context, plan: Plan, options: Any) -> Told:
    # Deferred for start-up speed: the ORM loads with the first write.
    from ftop_tui.services import plans  # noqa: PLC0415

    done = plans.complete(
        context, plan.customer_id, options.step, on=read_day("--on", options.on),
        text=clean(options.text),
    )  # fmt: skip
    return done.changes, done.suggestion, done.warnings


def _add(context: Context, plan: Plan, options: Any) -> Told:
    from ftop_tui.services import plans  # noqa: PLC0415 - deferred, as above

    phase = Phase.read(options.phase) if options.phase else None
    if options.phase and phase is None:
        raise InputError(f"--phase: {options.phase!r} is none of: {', '.join(Phase)}")
    step = plan_terms(context).step(options.title)
    changes = plans.add(
        context, plan.customer_id, clean_line(step.title if step else options.title),
        key=step.key if step else OWN, phase=phase, due_on=read_day("--due", options.due),
        answers=_answered(plan, options.after),
    )  # fmt: skip
    return changes, None, ()


def _crossed(plan: Plan, text: str) -> Crossed | None:
    """The crossed milestone that TAG:PERCENT names."""
    wanted = text.upper().rstrip("%")
    found = [c for c in plan.crossed if f"{c.crossing.tag}:{c.crossing.percent}" == wanted]
    return found[0] if found else None


def _answered(plan: Plan, text: str | None) -> Crossed | None:
    """The crossed milestone that a step answers (RA-04)."""
    found = _crossed(plan, text) if text is not None else None
    if text is not None and found is None:
        raise InputError(f"--after: {text!r} was not crossed since the last planning")
    return found


def _move(context: Context, plan: Plan, options: Any) -> Told:
    from ftop_tui.services import plans  # noqa: PLC0415 - deferred, as above

    day = None if options.date == "none" else read_day("DATE", options.date)
    return plans.move(context, plan.customer_id, options.step, day), None, ()


def _link(context: Context, plan: Plan, options: Any) -> Told:
    from ftop_tui.services import plans  # noqa: PLC0415 - deferred, as above

    text = clean(options.text)
    return plans.link_priority(context, plan.customer_id, options.priority, text), None, ()


def _drop(context: Context, plan: Plan, options: Any) -> Told:
    from ftop_tui.services import plans  # noqa: PLC0415 - deferred, as above

    crossed = _crossed(plan, options.step)
    if crossed is not None:
        return plans.answer(context, plan.customer_id, crossed), None, ()
    return plans.drop(context, plan.customer_id, options.step), None, ()


_CARRY_OUT: Mapping[str, Callable[[Context, Plan, Any], Told]] = {
    "done": _done,
    "add": _add,
    "move": _move,
    "link": _link,
    "drop": _drop,
}
