"""`list`, `why`, `show`, `opening` and `moved`: the twins of the list and the panel."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.options import check_me, read_day
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.errors import InputError
from ftop_tui.playbook.days import day_text, iso_day
from ftop_tui.playbook.detail import TenantDetail, WorkloadDetail
from ftop_tui.playbook.opening import MARK_WORDS
from ftop_tui.playbook.outdated import outdated_by
from ftop_tui.playbook.roles import accountable_role, proposed_level
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.values import Band, Health, NoteKind
from ftop_tui.playbook.wording import reason, words
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.portfolio import Portfolio

_NO_TENANT = "No tenant yet; `ftop-tui import FILE` takes in what you have."


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run one of this module's commands."""
    return _COMMANDS[command.name](command, arguments, call)


def _list(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("--limit", metavar="N", type=int, help="only the first N")
    parser.add_argument("--band", metavar="BAND", help=f"only one of {', '.join(Band)}")
    parser.add_argument("--mine", action="store_true", help="only where I am the FM or the FTA")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    band = _band(options.band)
    if options.limit is not None and options.limit < 0:
        raise InputError(f"--limit: {options.limit} is no number of tenants")
    context = call.context()
    check_me(context, mine=options.mine)
    few = options.limit is not None and not options.mine and band is None
    found = portfolio.beginning(context, options.limit) if few else portfolio.load(context)
    shown = [
        ranked
        for ranked in found.matching("mine" if options.mine else "", context.settings.me)
        if band is None or ranked.assessment.band is band
    ][: options.limit]
    today = found.today.toordinal()
    if options.json:
        say_json([_entry(ranked, today) for ranked in shown])
    else:
        say_table(
            ([*_line(ranked, today)] for ranked in shown),
            ("#", "health", "name", "band", "due", "reason"),
            empty=_NO_TENANT if not found.ranked and options.limit != 0 else "No tenant fits.",
        )
    return 0


def _band(text: str | None) -> Band | None:
    band = Band.read(text) if text else None
    if text and band is None:
        raise InputError(f"--band: {text!r} is none of: {', '.join(Band)}")
    return band


def _entry(ranked: Ranked, today: int) -> dict[str, Any]:
    facts, found = ranked.facts, ranked.assessment
    posted = facts.enterprise if facts.winner else None
    return {
        "rank": ranked.rank,
        "tenant_id": facts.tenant_id,
        "name": facts.name,
        "tpid": facts.tpid,
        "customer": facts.customer,
        "winner": bool(facts.winner),
        "health": facts.health,
        "status": facts.status,
        "band": found.band.value,
        "urgency": found.urgency,
        "due": day_text(found.due) if found.due else None,
        "days_since_note": today - posted if posted else None,
        "days_left": found.due - today if found.due else None,
        "reason": reason(found, today),
    }


def _line(ranked: Ranked, today: int) -> tuple[object, ...]:
    facts, found = ranked.facts, ranked.assessment
    health = Health.read(facts.health or "")
    colour = f"{health.letter} {health.word}" if health else "- not set"
    due = day_text(found.due) if found.due else "-"
    return (ranked.rank, colour, facts.name, found.band.value, due, reason(found, today))


def _named(
    command: Command, arguments: Sequence[str], call: Call
) -> tuple[Context, Portfolio, Ranked, bool]:
    """The tenant that the call names, and whether JSON is wanted."""
    parser = subparser(command)
    parser.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    found = portfolio.load(context)
    return context, found, portfolio.find(found, options.tenant), options.json


def _why(command: Command, arguments: Sequence[str], call: Call) -> int:
    _, found, ranked, as_json = _named(command, arguments, call)
    today, assessed = found.today.toordinal(), ranked.assessment
    factors = [
        {"rule": f.rule, "fact": said.fact, "points": f.points, "clears": said.clears}
        for f in assessed.factors
        for said in (words(f, today),)
    ]
    if as_json:
        say_json(
            {
                "tenant_id": ranked.facts.tenant_id,
                "name": ranked.facts.name,
                "band": assessed.band.value,
                "urgency": assessed.urgency,
                "factors": factors,
            }
        )
        return 0
    say(f"{ranked.facts.name}: {assessed.band.value}, urgency {assessed.urgency}, #{ranked.rank}")
    say_table(
        ((f"+{f['points']}", f["rule"], f["fact"], f["clears"]) for f in factors),
        ("points", "rule", "fact", "what clears it"),
    )
    return 0


def _opening(command: Command, arguments: Sequence[str], call: Call) -> int:
    context, found, ranked, as_json = _named(command, arguments, call)
    opening = portfolio.opening_of(ranked.facts, found.today, context.pack)
    if as_json:
        say_json(
            {
                "tenant_id": ranked.facts.tenant_id,
                "sentence": opening.sentence,
                "complete": opening.complete,
                "missing": list(opening.missing),
                "marks": list(opening.marks),
            }
        )
    else:
        say(opening.sentence)
        if opening.missing:
            say(f"missing: {', '.join(opening.missing)}")
        for mark in opening.marks:
            say(f"note: {MARK_WORDS[mark]}")
    return 0 if opening.complete else 1


def _show(command: Command, arguments: Sequence[str], call: Call) -> int:
    # Deferred for start-up speed: `list` tells of no people.
    from ftop_tui.cli.people_report import people_document  # noqa: PLC0415

    context, found, ranked, as_json = _named(command, arguments, call)
    detail = portfolio.detail(context, ranked.facts.tenant_id)
    document = {
        **_entry(ranked, found.today.toordinal()),
        **_record(ranked, detail, context),
        "workloads": [_workload(w, detail, context) for w in detail.workloads],
        "notes": [
            {
                "id": note.id,
                "kind": note.kind.value,
                "workload": note.tag,
                "state": note.state.value,
                "posted_on": note.posted_on,
                "text": note.text,
            }
            for note in detail.notes
        ],
        "due_dates": _due_dates(ranked),
        "gaps": _gaps(ranked, found.today.toordinal()),
        "renewals": [
            {"day": r.day, "product": r.product, "seats": r.seats, "auto_renew": r.auto_renew}
            for r in detail.renewals
        ],
        "escalations": list(detail.escalations),
        **people_document(context, ranked.facts.customer_id),
    }
    if as_json:
        say_json(document)
    else:
        del document["escalations"]  # their titles stand in what comes after them
        _say_document(document)
    return 0


def _record(ranked: Ranked, detail: TenantDetail, context: Context) -> dict[str, Any]:
    facts = ranked.facts
    role = accountable_role(facts.s_rank, context.pack)
    month = iso_day(facts.forecast_month)
    return {
        "brand": facts.brand,
        "industry": detail.industry,
        "s_rank": facts.s_rank,
        "accountable": role.word if role else None,
        "fm": facts.fm,
        "fta": facts.fta,
        "users": facts.users,
        "enterprise_level": facts.level,
        "proposed_level": proposed_level(facts.users, context.pack),
        "assigned": None if facts.assigned is None else bool(facts.assigned),
        "telemetry_blocked": (
            None if facts.telemetry_blocked is None else bool(facts.telemetry_blocked)
        ),
        "priority": facts.priority,
        "phase": facts.phase,
        "groups": [facts.group_1, facts.group_2, facts.group_3],
        "forecast_health": facts.forecast_health,
        "forecast_month": month.isoformat()[:7] if month else None,
        "business_reason": facts.business_reason,
        "review_date": detail.review_date,
        "frp": bool(facts.has_frp),
    }


def _workload(workload: WorkloadDetail, detail: TenantDetail, context: Context) -> dict[str, Any]:
    """A workload with what its DIBS lack (EN-19) and what its note no longer says (EN-18)."""
    current = workload.current
    percent = current.percent if current else None
    return {
        "workload": workload.tag,
        "status": workload.status.value if workload.status else None,
        "status_since": workload.status_since,
        "primary_rm": workload.primary_rm,
        "partner": workload.partner,
        "paid_units": current.paid_units if current else None,
        "active_users": current.active_users if current else None,
        "usage_percent": None if percent is None else round(percent, 1),
        "due_date": workload.due_date,
        "intent": workload.intent,
        "business_reason": workload.business_reason,
        "success_owner": workload.success_owner,
        "missing_dibs": list(workload.missing_dibs),
        "outdated": [
            change
            for note in detail.notes
            if (note.kind, note.tag) == (NoteKind.ENTITLEMENT, workload.tag) and note.posted_on
            for change in outdated_by(note.posted_on, workload, context.pack, note.own)
        ],
    }


def _due_dates(ranked: Ranked) -> list[dict[str, Any]]:
    """Every running clock; one that never had a post has no due day and comes first."""
    running = [factor.clock for factor in ranked.assessment.factors if factor.clock]
    return [
        {
            "rule": clock.rule,
            "what": clock.what,
            "state": clock.state.name.lower(),
            "due": day_text(clock.due) if clock.due else None,
            "limit": day_text(clock.limit) if clock.limit else None,
        }
        for clock in sorted(running, key=lambda clock: clock.due or 0)
    ]


def _gaps(ranked: Ranked, today: int) -> list[dict[str, str]]:
    """What the record lacks; a health that is not set (ES-03) is a factor of its own and a gap."""
    said = [
        (factor, words(factor, today))
        for factor in ranked.assessment.factors
        if factor.sort in {"gap", "no_health"}
    ]
    return [
        {"rule": factor.rule, "gap": told.fact.removeprefix("Gap: "), "clears": told.clears}
        for factor, told in said
    ]


def _say_document(document: Mapping[str, Any]) -> None:
    """The same document as plain text: single values first, then each list under its name."""
    single = {k: v for k, v in document.items() if not isinstance(v, list)}
    say_table((name.replace("_", " "), _cell(value)) for name, value in single.items())
    for name, values in document.items():
        if isinstance(values, list) and values:
            say()
            say(f"{name.replace('_', ' ').upper()}")
            _say_entries(values)


def _say_entries(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, Mapping):
            parts = [f"{k.replace('_', ' ')}: {_cell(v)}" for k, v in value.items() if v]
            say(f"  {'  '.join(parts)}")
        else:
            say(f"  {_cell(value)}")


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return str(value)


def _moved(command: Command, arguments: Sequence[str], call: Call) -> int:
    # Deferred for start-up speed: `list` tells of no movements.
    from ftop_tui.services.moved import moved  # noqa: PLC0415

    parser = subparser(command)
    parser.add_argument("--since", metavar="YYYY-MM-DD", help="the day to compare with: yesterday")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    context = call.context()
    since = read_day("--since", options.since)
    if since is not None and since > context.today():
        raise InputError(f"--since: {since.isoformat()} is still to come")
    movements = moved(context, since)
    if options.json:
        say_json([movement._asdict() for movement in movements])
    else:
        for movement in movements:
            say(movement.sentence)
        if not movements:
            say("Nothing moved.")
    return 0


_COMMANDS: Mapping[str, Callable[[Command, Sequence[str], Call], int]] = {
    "list": _list,
    "why": _why,
    "show": _show,
    "opening": _opening,
    "moved": _moved,
}
