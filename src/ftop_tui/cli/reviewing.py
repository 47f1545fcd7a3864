"""`review` and `brief`: the twins of the review screens."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ftop_tui.cli.framework import Call, Command, complain, subparser, verbs_of
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say, say_json, say_table
from ftop_tui.cli.progress_line import watched
from ftop_tui.errors import InputError
from ftop_tui.playbook.brief import Brief
from ftop_tui.playbook.brief_text import markdown, plain
from ftop_tui.playbook.readiness import Gap
from ftop_tui.playbook.reviews import Meeting, Nomination
from ftop_tui.services import brief_files, briefs, portfolio, reviews
from ftop_tui.services.context import Context

_NOBODY = "nobody is nominated for {day}; `ftop-tui review nominate TENANT --date {day}` does"
_NOBODY_WAS = "nobody was nominated for {day}"
_NO_MEETING = "no review meeting is coming; `ftop-tui review nominate TENANT --date D` makes one"


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `review` with one of its verbs, or `brief`."""
    return (_brief if command.name == "brief" else _review)(command, arguments, call)


def _review(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    verbs = verbs_of(parser)
    listed = verbs.add_parser("list", help="the meetings, who must present, what FTOP says")
    ready = verbs.add_parser("readiness", help="what is missing of the briefs of a meeting")
    ready.add_argument("--date", metavar="D", help="the meeting: the next")
    for verb in (listed, ready):
        verb.add_argument("--json", action="store_true", help="one JSON document")
    chosen = verbs.add_parser("nominate", help="have a customer presented at a meeting")
    chosen.add_argument("--on", metavar="D", help="when that was decided: today")
    chosen.add_argument("--off-rhythm", action="store_true", help="the meeting is an extra one")
    back = verbs.add_parser("withdraw", help="take a nomination back")
    moved = verbs.add_parser("move", help="have a nomination stand for another meeting")
    moved.add_argument("--to", metavar="D", required=True, help="the day of the other meeting")
    done = verbs.add_parser("presented", help="mark as presented, once the meeting was")
    done.add_argument("--no", action="store_true", help="it was not presented after all")
    for verb in (chosen, back, moved, done):
        verb.add_argument("tenant", metavar="TENANT", help="tenant id, TPID, or a name")
        verb.add_argument("--date", metavar="D", required=True, help="the day of the meeting")
    options = parser.parse_args(arguments)
    return _VERBS[options.verb](options, call.context())


def _needed_day(options: argparse.Namespace) -> date:
    day = read_day("--date", options.date)
    assert day is not None  # noqa: S101 - the option is required
    return day


def _tenant(context: Context, name: str) -> str:
    return portfolio.find(portfolio.load(context), name).facts.tenant_id


def _list(options: argparse.Namespace, context: Context) -> int:
    meetings, hints = reviews.meetings(context), reviews.hints(context)
    if options.json:
        say_json([_meeting(meeting) for meeting in meetings])
        return 0
    say_table(
        (
            meeting.day,
            "off rhythm" if meeting.off_rhythm else "",
            each.name,
            _state(meeting, each, context.today()),
        )
        for meeting in meetings
        for each in meeting.nominations
    )
    for hint in hints:
        say(f"{hint.day}  {hint.name}: not nominated, {hint.words}")
    if not hints and not any(meeting.nominations for meeting in meetings):
        say("Nobody is nominated.")
    return 0


def _state(meeting: Meeting, each: Nomination, today: date) -> str:
    """What there is to say of a nomination, in words (RA-15, RA-16)."""
    words = [meeting.standing(each, today)]
    if each.short_notice:
        words.append(f"short notice (nominated {each.nominated_on})")
    if each.earliest_usual is not None:
        words.append(f"earliest usual date {each.earliest_usual}")
    return ", ".join(words)


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "date": meeting.day,
        "region": meeting.region,
        "off_rhythm": meeting.off_rhythm,
        "nominations": [
            {
                "id": each.id,
                "tenant_id": each.tenant_id,
                "customer": each.name,
                "nominated_on": each.nominated_on,
                "must_present": not each.presented,
                "presented": each.presented,
                "short_notice": each.short_notice,
                "earliest_usual": each.earliest_usual,
            }
            for each in meeting.nominations
        ],
    }


def _nominate(options: argparse.Namespace, context: Context) -> int:
    on = read_day("--on", options.on)
    day = _needed_day(options)
    done = reviews.nominate(
        context, _tenant(context, options.tenant), day, on=on, off_rhythm=options.off_rhythm
    )
    return _said(done)


def _said(done: reviews.Nominated) -> int:
    say(done.changes.sentence)
    for warning in done.warnings:
        say(f"  {warning}")
    return 0


def _move(options: argparse.Namespace, context: Context) -> int:
    to = read_day("--to", options.to)
    assert to is not None  # noqa: S101 - the option is required
    found = reviews.find(context, _tenant(context, options.tenant), _needed_day(options))
    return _said(reviews.move(context, found.id, to))


def _withdraw(options: argparse.Namespace, context: Context) -> int:
    found = reviews.find(context, _tenant(context, options.tenant), _needed_day(options))
    say(reviews.withdraw(context, found.id).sentence)
    return 0


def _presented(options: argparse.Namespace, context: Context) -> int:
    found = reviews.find(context, _tenant(context, options.tenant), _needed_day(options))
    say(reviews.mark_presented(context, found.id, not options.no).sentence)
    return 0


def _readiness(options: argparse.Namespace, context: Context) -> int:
    """RA-24: a line for each nominated customer."""
    day = read_day("--date", options.date)
    found = _nominated(context, day)
    if options.json:
        say_json([_readiness_entry(brief) for brief in found])
    else:
        say_table((brief.shown_name, brief.readiness.line) for brief in found)
    return 0 if found and all(brief.complete for brief in found) else 1


def _readiness_entry(brief: Brief) -> dict[str, Any]:
    def told(gaps: Sequence[Gap]) -> list[dict[str, str | None]]:
        return [
            {"key": gap.key, "words": gap.words, "tenant_id": gap.tenant_id, "workload": gap.tag}
            for gap in gaps
        ]

    return {
        "tenant_id": brief.tenant_id,
        "name": brief.name,
        "review_date": brief.review_day,
        "complete": brief.complete,
        "missing": told(brief.readiness.missing),
        "advised": told(brief.readiness.advised),
        "line": brief.readiness.line,
    }


_VERBS: Mapping[str, Callable[[argparse.Namespace, Context], int]] = {
    "list": _list,
    "nominate": _nominate,
    "withdraw": _withdraw,
    "move": _move,
    "presented": _presented,
    "readiness": _readiness,
}


def _nominated(context: Context, day: date | None) -> list[Brief]:
    """The briefs of those nominated for a meeting, the next by default; says where nobody is."""
    meeting = reviews.meeting_of(context, day) if day else reviews.next_meeting(context)
    if meeting is None or not meeting.nominations:
        missing = meeting.day if meeting else day
        told = _NOBODY_WAS if missing and missing < context.today() else _NOBODY
        complain(told.format(day=missing) if missing else _NO_MEETING)
        return []
    tenants = [each.tenant_id for each in meeting.nominations]
    return _read(context, tenants, meeting.day)


def _read(context: Context, tenants: Sequence[str], day: date | None) -> list[Brief]:
    with watched("Reading the briefs") as progress:
        return briefs.read_briefs(context, tenants, review_day=day, progress=progress)


def _brief(command: Command, arguments: Sequence[str], call: Call) -> int:
    parser = subparser(command)
    parser.add_argument("tenant", metavar="TENANT", nargs="*", help="those nominated, if none is")
    parser.add_argument("--date", metavar="DATE", help="the meeting: the next")
    parser.add_argument("--format", choices=("md", "txt", "pptx"), help="by PATH's ending, else md")
    parser.add_argument(
        "--audience", choices=("internal", "partner", "customer"), default="internal",
        help="whom it is for: internal",
    )  # fmt: skip
    parser.add_argument("--partner", metavar="NAME", help="the partner it is for")
    parser.add_argument("--template", metavar="FILE", help="a PowerPoint file to fill in")
    parser.add_argument("--json", action="store_true", help="the briefs as one JSON document")
    parser.add_argument("-o", "--output", metavar="PATH", help="the file to write")
    options = parser.parse_args(arguments)
    form = _form(options)
    _refuse_what_does_not_fit(options, form)
    context = call.context()
    found = _found(options, context)
    outward = options.audience != "internal"
    if options.json and not (outward and found):
        say_json([_entry(brief) for brief in found])
    if not found:
        return 1
    if form != "pptx" and not outward:
        _internal(options, context, found, form)
    else:
        _shared(options, context, found, form)
    if outward:  # what our own brief lacks is none of their business, and none of it is in there
        return 0
    for brief in found:
        if not brief.complete:
            words = ", ".join(gap.words for gap in brief.readiness.missing)
            complain(f"the brief of {brief.shown_name} is not complete; missing: {words}")
    return 0 if all(brief.complete for brief in found) else 1


def _form(options: argparse.Namespace) -> str:
    if options.format:
        return str(options.format)
    ending = Path(options.output or "").suffix.lower()
    return {".txt": "txt", ".pptx": "pptx"}.get(ending, "md")


def _refuse_what_does_not_fit(options: argparse.Namespace, form: str) -> None:
    if form == "pptx" and not options.output:
        raise InputError("a status slide needs a file to write: -o PATH")
    if options.audience != "internal" and not options.output:
        raise InputError(f"a brief for a {options.audience} needs a file to write: -o PATH")
    if options.partner and options.audience != "partner":
        raise InputError("--partner goes with --audience partner")
    if options.template and form != "pptx":
        raise InputError("--template goes with --format pptx")


def _found(options: argparse.Namespace, context: Context) -> list[Brief]:
    day = read_day("--date", options.date)
    if not options.tenant:
        return _nominated(context, day)
    loaded = portfolio.load(context)
    tenants = [portfolio.find(loaded, name).facts.tenant_id for name in options.tenant]
    found = _read(context, tenants, day)
    return list({brief.tenant_id: brief for brief in found}.values())


def _internal(
    options: argparse.Namespace, context: Context, found: Sequence[Brief], form: str
) -> None:
    text = plain(found) if form == "txt" else markdown(found)
    if options.output:
        path = brief_files.write(Path(options.output), text)
        if not options.json:
            say(f"Wrote {path}")
    elif not options.json:
        say(text.rstrip("\n"))


def _shared(
    options: argparse.Namespace, context: Context, found: Sequence[Brief], form: Any
) -> None:
    """What is for somebody else, or a slide: `services.sharing` decides what may be told."""
    # Deferred for start-up speed: slides bring a library of their own.
    from ftop_tui.cli.exporting import report  # noqa: PLC0415
    from ftop_tui.services import sharing  # noqa: PLC0415

    with watched("Writing", quiet=options.json) as progress:
        shared = sharing.write_brief(
            context,
            [brief.tenant_id for brief in found],
            form=form,
            audience=options.audience,
            partner=options.partner,
            path=Path(options.output),
            template=Path(options.template) if options.template else None,
            review_day=found[0].review_day if len({b.review_day for b in found}) == 1 else None,
            progress=progress,
        )
    if options.audience != "internal" or not options.json:
        report(shared, as_json=options.json)
        return
    for warning in shared.warnings:  # beside the document of the briefs
        complain(warning)


def _entry(brief: Brief) -> dict[str, Any]:
    return {
        "tenant_id": brief.tenant_id,
        "name": brief.name,
        "review_date": brief.review_day,
        "complete": brief.complete,
        "missing": list(brief.missing),
        "parts": [
            {
                "key": part.key,
                "title": part.title,
                "text": part.text,
                "edited": part.edited,
                "stale": part.stale,
            }
            for part in brief.parts
        ],
    }
