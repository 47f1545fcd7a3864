"""`week`: all that is due, by day; doing, moving and snoozing it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser, verbs_of
from ftop_tui.cli.options import check_me, read_day
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.week import Item, Week
from ftop_tui.services import portfolio
from ftop_tui.services import week as weekly
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.text import clean_line


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Show the week, or run one of its verbs."""
    if arguments and arguments[0] in _VERBS:
        return _change(command, arguments, call)
    parser = subparser(command)
    parser.tell(f"verbs: {', '.join(_VERBS)} (`week VERB --help` tells more of each)")
    parser.add_argument("--days", metavar="N", type=int, default=weekly.USUAL,
                        help=f"days ahead ({weekly.USUAL})")  # fmt: skip
    parser.add_argument("--quarter", action="store_true", help="up to the end of the quarter")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--mine", action="store_true", help="only where I am the FM or the FTA")
    whose.add_argument("--all", action="store_true", help="of all customers, as without it")
    parser.add_argument("--snoozed", action="store_true", help="what is snoozed, and why")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    check_me(context, mine=options.mine)
    days = weekly.days_to_quarter_end(context.today()) if options.quarter else options.days
    shown = weekly.week(context, days=days, mine=options.mine)
    if options.json:
        found = shown.snoozed if options.snoozed else shown.items
        say_json(list(_entries(shown, found)))
    elif options.snoozed:
        say_table((item.key, item.until, item.name, item.text, item.reason)
                  for item in shown.snoozed)  # fmt: skip
    else:
        _print(shown)
    return 0


def _entries(week: Week, shown: Sequence[Item]) -> Iterator[dict[str, Any]]:
    """A day an entry; what is overdue stands under the day on which it was due."""
    by_day: dict[Any, list[Item]] = {}
    for item in shown:
        day = item.until or item.place(week.today) or item.due or week.today
        by_day.setdefault(day, []).append(item)
    for day in sorted(by_day):
        yield {
            "date": day,
            "weekday": long_day(day.toordinal())[:3],
            "overdue": day < week.today,
            "notes": week.notes_on(day),
            "items": [_entry(item, week) for item in by_day[day]],
        }


def _entry(item: Item, week: Week) -> dict[str, Any]:
    return {
        "key": item.key,
        "tenant_id": item.tenant_id,
        "name": item.name,
        "customer": item.customer,
        "rule": item.rule,
        "sort": item.sort.key,
        "what": f"{item.sort.word}: {item.text}",
        "workload": item.tag,
        "due": item.due,
        "planned": item.planned,
        "days_left": item.days_left(week.today),
        "overdue": item.late,
        "band": item.band.value,
        "woken": item.woken,
        "snoozed_until": item.until,
        "reason": item.reason,
    }


def _print(week: Week) -> None:
    if not week.items:
        say(f"Nothing is due within {week.days} days.")
    if week.overdue:
        say(f"OVERDUE ({len(week.overdue)})")
        say_table(_row(item) for item in week.overdue)
    for day in week.by_day:
        notes = week.notes_on(day.day)
        falls = f"   {notes} note{'' if notes == 1 else 's'} due" if notes else ""
        say(f"{long_day(day.day.toordinal())}{falls}")
        say_table(_row(item) for item in day.items)
    loads = [load for load in week.load if load.notes]
    if loads:
        say("NOTES DUE BY DAY")
        say_table((f"  {long_day(load.day.toordinal())}", load.notes) for load in loads)
    if week.snoozed:
        say(f"{len(week.snoozed)} snoozed (`week --snoozed` shows them)")


def _row(item: Item) -> tuple[object, ...]:
    said = item.text
    if item.planned is not None:
        said += f"; planned for {item.planned.isoformat()}"
        said += ", after it is due" if item.plan_is_late else ""
    if item.woken is not None:
        said += f"; woken: {item.woken}"
    due = item.due.isoformat() if item.due else "no date"
    return (f"  {due}", item.rule, item.name, item.sort.word, said, item.key)


def _change(command: Command, arguments: Sequence[str], call: Call) -> int:
    """`week done|move|snooze|wake`: several items are one change."""
    parser = subparser(command)
    verbs = verbs_of(parser)
    for name, (about, option, needed) in _VERBS.items():
        verb = verbs.add_parser(name, help=about, description=f"{about.capitalize()}.")
        verb.add_argument("items", metavar="ITEM", nargs="+",
                          help="its key, or the beginning of it, or WHAT@TENANT")  # fmt: skip
        if option:
            verb.add_argument(option, metavar="YYYY-MM-DD", dest="day", required=needed)
        if name == "snooze":
            verb.add_argument("--reason", metavar="R", required=True, help="shown when it wakes")
        verb.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    every = weekly.items(context)
    ranked = portfolio.load(context).ranked
    found = {item.key: item for item in (weekly.find(every, n, ranked) for n in options.items)}
    told, warnings = _CARRY_OUT[options.verb](context, list(found.values()), options)
    if options.json:
        say_json({"done": told.sentence, "items": list(found), "warnings": warnings})
    else:
        say(told.sentence)
    return 0


_VERBS: Mapping[str, tuple[str, str, bool]] = {
    "done": ("record items as done", "--on", False),
    "move": ("have items done on another day; a clock gets a planned day", "--to", True),
    "snooze": ("hide items from This week until a day", "--until", True),
    "wake": ("show snoozed items again", "", False),
}
"""Each verb's help, its option for a day, and whether that is needed."""

Told = tuple[Changes, list[str]]


def _done(context: Context, items: list[Item], options: Any) -> Told:
    return weekly.done(context, items, on=read_day("--on", options.day)), []


def _move(context: Context, items: list[Item], options: Any) -> Told:
    to = read_day("--to", options.day) or context.today()
    return weekly.move(context, items, to), weekly.warnings(items, to)


def _snooze(context: Context, items: list[Item], options: Any) -> Told:
    # Deferred for start-up speed: the ORM loads with the first write.
    from ftop_tui.services.snoozes import snooze  # noqa: PLC0415

    until = read_day("--until", options.day) or context.today()
    return snooze(context, items, until, clean_line(options.reason)), []


def _wake(context: Context, items: list[Item], options: Any) -> Told:
    # Deferred for start-up speed: as above.
    from ftop_tui.services.snoozes import wake  # noqa: PLC0415

    return wake(context, items), []


_CARRY_OUT: Mapping[str, Callable[[Context, list[Item], Any], Told]] = {
    "done": _done,
    "move": _move,
    "snooze": _snooze,
    "wake": _wake,
}
