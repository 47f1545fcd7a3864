"""`forecast` and `milestone`: projected usage, how good it was, and the milestones of usage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser, verbs_of
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say, say_done, say_json, say_table
from ftop_tui.errors import InputError
from ftop_tui.playbook.forecasts import Accuracy, Outcome, accuracy_words
from ftop_tui.playbook.milestones import Milestone, Standing, standing
from ftop_tui.playbook.projection import Projection
from ftop_tui.playbook.usage import whole
from ftop_tui.services import forecasts, milestones, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.forecasts import TenantForecasts, WorkloadForecast
from ftop_tui.text import clean_line


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `forecast` or `milestone` with one of its verbs."""
    parser = subparser(command)
    verbs = verbs_of(parser)
    offer = _offer_forecast if command.name == "forecast" else _offer_milestone
    offer(verbs)
    options = parser.parse_args(arguments)
    return _VERBS[command.name, options.verb](options, call.context())


def _offer_forecast(verbs: Any) -> None:
    made = verbs.add_parser("set", help="say how many active users are expected (RA-07)")
    made.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    made.add_argument("--workload", metavar="TAG", required=True, help="the workload")
    made.add_argument("values", metavar="YYYY-MM=USERS", nargs="+", help="active users of a month")
    made.add_argument(
        "--guidance-read",
        action="store_true",
        help="the awareness guidance was read; asked before the first forecast",
    )
    shown = verbs.add_parser("show", help="history, forecasts and projections of the workloads")
    shown.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    shown.add_argument("--workload", metavar="TAG", help="of this one only")
    judged = verbs.add_parser("accuracy", help="what was forecast against what came")
    judged.add_argument("tenant", metavar="TENANT", nargs="?", help="of this one only")
    for verb in (made, shown, judged):
        verb.add_argument("--json", action="store_true", help="one JSON document")


def _offer_milestone(verbs: Any) -> None:
    dated = verbs.add_parser("set", help="set the day by which a share is due, or take it away")
    reached = verbs.add_parser("reach", help="mark one as reached")
    for verb in (dated, reached):
        verb.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
        verb.add_argument("--workload", metavar="TAG", required=True, help="the workload")
        verb.add_argument("--percent", metavar="P", type=int, required=True, help="the share")
    dated.add_argument("--due", metavar="YYYY-MM-DD|none", required=True, help="the day, or none")
    dated.add_argument("--by", metavar="WHO", default="", help="who gave it: the partner's PoC")
    reached.add_argument("--on", metavar="YYYY-MM-DD", help="the day: today")
    listed = verbs.add_parser("list", help="those of a tenant or of all")
    listed.add_argument("tenant", metavar="TENANT", nargs="?", help="of this one only")
    only = listed.add_mutually_exclusive_group()
    only.add_argument("--missing", action="store_true",
                      help="those that a partner still has to date (FR-08)")  # fmt: skip
    only.add_argument("--missed", action="store_true", help="those past their day and not reached")
    for verb in (dated, reached, listed):
        verb.add_argument("--json", action="store_true", help="one JSON document")


def _tenant(context: Context, name: str) -> str:
    return portfolio.find(portfolio.load(context), name).facts.tenant_id


def _optional_tenant(context: Context, name: str | None) -> str | None:
    return None if name is None else _tenant(context, name)


def _tag(context: Context, name: str) -> str:
    tag = context.pack.tag_of(name)
    if tag is None:
        raise InputError(f"{name!r} is no workload; there are: {', '.join(context.pack.by_tag)}")
    return tag


def _told(options: Any, done: Changes) -> int:
    return say_done(done.sentence, as_json=options.json)


# ---------------------------------------------------------------- forecast


def _set(options: Any, context: Context) -> int:
    tag = _tag(context, options.workload)
    values = {(tag, month): users for month, users in map(_value, options.values)}
    if len(values) < len(options.values):
        raise InputError("a month is given twice")
    tenant = _tenant(context, options.tenant)
    done = forecasts.save(context, tenant, values, guidance_read=options.guidance_read)
    return _told(options, done)


def _value(text: str) -> tuple[date, int]:
    """A month and its users, as they are typed: 2026-12=4500."""
    month, _, users = text.partition("=")
    try:
        day = date.fromisoformat(
            f"{month.strip()}-01" if len(month.strip()) == 7 else month.strip()
        )
        return day.replace(day=1), int(users.replace(",", ""))
    except ValueError as error:
        raise InputError(f"{text!r} is no forecast; write it as 2026-12=4500") from error


def _show(options: Any, context: Context) -> int:
    found = forecasts.overview(context, _tenant(context, options.tenant))
    workloads = found.workloads
    if options.workload is not None:
        tag = _tag(context, options.workload)
        workloads = tuple(each for each in workloads if each.tag == tag)
        if not workloads:
            raise InputError(f"{tag}: {clean_line(found.name)} has no such workload")
    if options.json:
        say_json(_document(found, workloads, context.today()))
        return 0
    say(found.name)
    for each in workloads:
        _say_workload(each, context.today())
    say(f"Forecasts so far: {accuracy_words(found.accuracy)}")
    return 0


def _document(
    found: TenantForecasts, workloads: Sequence[WorkloadForecast], today: date
) -> Mapping[str, Any]:
    return {
        "tenant_id": found.tenant_id,
        "name": found.name,
        "accuracy": _accuracy(found.accuracy),
        "workloads": [_workload(each, today) for each in workloads],
    }


def _workload(each: WorkloadForecast, today: date) -> Mapping[str, Any]:
    return {
        "workload": each.tag,
        "partner": each.partner,
        "paid_units": each.paid_units,
        "history": [
            {**point._asdict(), "percent": _rounded(point.percent)} for point in each.usage
        ],
        "forecasts": [
            {"month": f.month, "active_users": f.active_users, "made_on": f.made_on}
            for f in each.forecasts
        ],
        "projection": [
            {name: value if name == "month" else _rounded(value)
             for name, value in month._asdict().items()}
            for month in each.outlook.months
        ],
        "milestones": [_projection(one, each, today) for one in each.projections],
        "accuracy": _accuracy(each.accuracy),
    }  # fmt: skip


def _projection(one: Projection, each: WorkloadForecast, today: date) -> Mapping[str, Any]:
    set_one = next((m for m in each.milestones if m.percent == one.percent), None)
    return {
        "percent": one.percent,
        "due_on": set_one.due_on if set_one else None,
        "given_by": set_one.given_by if set_one else None,
        "standing": standing(set_one, today).value if set_one else None,
        "projected": one.fate.value,
        "likely": one.likely,
        "earliest": one.earliest,
        "latest": one.latest,
        "reached_on": one.reached_on or (set_one.reached_on if set_one else None),
        "reason": one.reason,
    }


def _say_workload(each: WorkloadForecast, today: date) -> None:
    known = [(p.percent, p.paid_units) for p in each.usage if p.percent is not None]
    share = f"{whole(known[-1][0])} of {known[-1][1]:,} paid" if known else "usage unknown"
    say()
    say(f"{each.tag}  {share}" + (f"  partner {each.partner}" if each.partner else ""))
    say_table([("  " + f"{f.month:%Y-%m}", f"{f.active_users:,}", f"forecast {f.made_on}")
               for f in each.forecasts])  # fmt: skip
    for one in each.projections:
        entry = _projection(one, each, today)
        due = f", due {entry['due_on']} ({entry['standing']})" if entry["due_on"] else ""
        say(f"  {one.percent}%: {one.sentence}{due}")
    if each.outcomes:
        say(f"  forecasts: {accuracy_words(each.accuracy)}")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _accuracy(found: Accuracy | None) -> Mapping[str, Any] | None:
    if found is None:
        return None
    return {"judged": found.judged, "mean_error": _rounded(found.mean_error),
            "bias": _rounded(found.bias)}  # fmt: skip


def _judge(options: Any, context: Context) -> int:
    found = forecasts.judge(context, _optional_tenant(context, options.tenant))
    if options.json:
        say_json({
            "overall": _accuracy(found.overall),
            "workloads": [
                {"tenant_id": tenant, "name": found.names.get(tenant), "workload": tag,
                 **(_accuracy(one) or {})}
                for (tenant, tag), one in found.workloads.items()
            ],
            "outcomes": [_outcome(one, found.names) for one in found.outcomes],
        })  # fmt: skip
        return 0
    say_table(
        (found.names.get(one.tenant_id), one.tag, f"{one.month:%Y-%m}", f"{one.forecast:,}",
         f"{one.actual:,}", f"{one.error:+.1f}", one.made_on)
        for one in found.outcomes
    )  # fmt: skip
    say(f"In all: {accuracy_words(found.overall)}")
    return 0


def _outcome(one: Outcome, names: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "tenant_id": one.tenant_id, "name": names.get(one.tenant_id), "workload": one.tag,
        "month": one.month, "made_on": one.made_on, "forecast": one.forecast,
        "actual": one.actual, "paid_units": one.paid_units, "error": _rounded(one.error),
    }  # fmt: skip


# ---------------------------------------------------------------- milestone


def _date_it(options: Any, context: Context) -> int:
    due = None if options.due.strip().lower() == "none" else read_day("--due", options.due)
    tenant, tag = _tenant(context, options.tenant), _tag(context, options.workload)
    by = clean_line(options.by)
    return _told(
        options, milestones.set_date(context, tenant, tag, options.percent, due, given_by=by)
    )


def _reach(options: Any, context: Context) -> int:
    on = read_day("--on", options.on)
    tenant, tag = _tenant(context, options.tenant), _tag(context, options.workload)
    return _told(options, milestones.reach_percent(context, tenant, tag, options.percent, on=on))


def _list(options: Any, context: Context) -> int:
    tenant = _optional_tenant(context, options.tenant)
    names = {r.facts.tenant_id: r.facts.name for r in portfolio.load(context).ranked}
    if options.missing:
        gaps = milestones.missing(context, tenant)
        if options.json:
            say_json([{**gap._asdict(), "name": names.get(gap.tenant_id)} for gap in gaps])
        else:
            say_table((names.get(g.tenant_id), g.tag, f"{g.percent}%", g.partner) for g in gaps)
        return 0
    today = context.today()
    found = milestones.read(context, tenant)
    if options.missed:
        found = [each for each in found if standing(each, today) is Standing.MISSED]
    if options.json:
        say_json([_milestone(each, names, today) for each in found])
        return 0
    say_table(
        (names.get(m.tenant_id), m.tag, f"{m.percent}%", m.due_on or "no date",
         standing(m, today).value, m.given_by)
        for m in found
    )  # fmt: skip
    return 0


def _milestone(each: Milestone, names: Mapping[str, str], today: date) -> Mapping[str, Any]:
    return {
        **asdict(each), "name": names.get(each.tenant_id), "standing": standing(each, today).value,
    }  # fmt: skip


_VERBS: Mapping[tuple[str, str], Callable[[Any, Context], int]] = {
    ("forecast", "set"): _set,
    ("forecast", "show"): _show,
    ("forecast", "accuracy"): _judge,
    ("milestone", "set"): _date_it,
    ("milestone", "reach"): _reach,
    ("milestone", "list"): _list,
}
