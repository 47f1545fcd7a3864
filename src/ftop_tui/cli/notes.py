"""`note`: drafts and notes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ftop_tui.cli.checking import check
from ftop_tui.cli.framework import Call, Command, Parser, subparser, verbs_of
from ftop_tui.cli.linting import read_text
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say, say_done, say_json, say_table
from ftop_tui.cli.tenants import pairs
from ftop_tui.cli.walking import fields
from ftop_tui.errors import InputError, RefusedError
from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.notes import MAIN_TEXT, NoteBody, with_fields
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services import note_history, notes, portfolio
from ftop_tui.services.checking import warnings_before_posting
from ftop_tui.services.context import Context
from ftop_tui.services.notes import Draft, NoteAsText
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.text import clean


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Run `note` with one of its verbs."""
    parser = subparser(command)
    verbs = verbs_of(parser)
    add = verbs.add_parser("add", help="make a draft; prints its id")
    add.add_argument("tenant", metavar="TENANT")
    add.add_argument("--kind", metavar="KIND", required=True, help=f"one of {', '.join(NoteKind)}")
    add.add_argument("--workload", metavar="TAG", help="the workload of an entitlement note")
    _content(add)
    edit = verbs.add_parser("edit", help="change a draft")
    edit.add_argument("id", metavar="ID")
    _content(edit)
    shown = verbs.add_parser("show", help="the note as FTOP gets it")
    shown.add_argument("id", metavar="ID")
    walked = verbs.add_parser("fields", help="the note as FTOP's fields, in FTOP's order")
    walked.add_argument("id", metavar="ID")
    listed = verbs.add_parser("list", help="the notes and drafts")
    listed.add_argument("tenant", metavar="TENANT", nargs="?")
    checked = verbs.add_parser("check", help="what keeps it from being posted, and the findings")
    checked.add_argument("id", metavar="ID")
    deleted = verbs.add_parser("delete", help="remove a draft")
    deleted.add_argument("id", metavar="ID")
    posted = verbs.add_parser("post", help="mark a draft as posted in FTOP")
    posted.add_argument("id", metavar="ID")
    posted.add_argument("--on", metavar="YYYY-MM-DD", help="the day it was posted: today")
    posted.add_argument("--anyway", metavar="REASON", default="", help="although parts are missing")
    corrected = verbs.add_parser("correct", help="a new draft from a posted note; prints its id")
    corrected.add_argument("id", metavar="ID")
    past = verbs.add_parser("history", help="all notes of a kind in one place, newest first")
    past.add_argument("tenant", metavar="TENANT")
    past.add_argument("--kind", metavar="KIND", required=True, help=f"one of {', '.join(NoteKind)}")
    past.add_argument("--workload", metavar="TAG", help="the workload of entitlement notes")
    compared = verbs.add_parser("diff", help="what differs between two notes")
    compared.add_argument("id", metavar="ID")
    compared.add_argument("other", metavar="ID2", nargs="?", help="else the one posted before ID")
    for verb in (
        add, edit, shown, walked, listed, deleted, posted, checked, corrected, past, compared,
    ):  # fmt: skip
        verb.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    return _VERBS[options.verb](options, call.context())


def _content(parser: Parser) -> None:
    parser.add_argument("--status", metavar="S", help="the entitlement status")
    parser.add_argument(
        "--field",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="one of the note's fields",
    )
    parser.add_argument("--text", metavar="FILE", help="the main text from a file; - is stdin")


def _add(options: Any, context: Context) -> int:
    kind = read_kind(options.kind)
    tag = _workload(options.workload, kind, context)
    ranked = portfolio.find(portfolio.load(context), options.tenant)
    draft = notes.new_draft(context, kind, ranked.facts.tenant_id, tag)
    saved = notes.save_draft(context, draft.with_body(_filled(draft.body, options, context)))
    return _say_id(saved, context, as_json=options.json)


def read_kind(text: str) -> NoteKind:
    """The kind of note that an argument means.

    Raises:
        InputError: it is none; those that there are are named.
    """
    kind = NoteKind.read(text)
    if kind is None:
        raise InputError(f"{text!r} is no kind of note; there are: {', '.join(NoteKind)}")
    return kind


def _say_id(saved: Draft, context: Context, *, as_json: bool) -> int:
    if as_json:
        say_json(_document(notes.read(context, saved.id)))
    else:
        say(saved.id)
    return 0


def _workload(name: str | None, kind: NoteKind, context: Context) -> str | None:
    if kind is not NoteKind.ENTITLEMENT:
        if name is not None:
            raise InputError(f"--workload: a note of kind {kind} is on no single workload")
        return None
    tag = context.pack.tag_of(name or "")
    if tag is None:
        known = ", ".join(context.pack.by_tag)
        what = f"{name!r} is no workload" if name else "an entitlement note needs one"
        raise InputError(f"--workload: {what}; there are: {known}")
    return tag


def _filled(body: NoteBody, options: Any, context: Context) -> NoteBody:
    values = [(name, clean(value)) for name, value in pairs(options.field)]
    if options.status is not None:
        if body.kind is not NoteKind.ENTITLEMENT:
            raise InputError("--status is for entitlement notes; use --field status=…")
        values.append(("status", options.status))
    if options.text is not None:
        values.append((MAIN_TEXT[body.kind], clean(read_text(options.text)).strip("\n")))
    return with_fields(body, values, context.pack)


def _edit(options: Any, context: Context) -> int:
    note = notes.load(context, options.id)
    draft = note.draft
    if note.state is not NoteState.DRAFT:
        raise RefusedError(
            f"the note {draft.id} is posted and stays as it is; "
            f"`ftop-tui note correct {draft.id[:8]}` begins a new one from it"
        )
    notes.save_draft(context, draft.with_body(_filled(draft.body, options, context)))
    return _say_note(notes.read(context, draft.id), as_json=options.json)


def _show(options: Any, context: Context) -> int:
    return _say_note(notes.read(context, options.id), as_json=options.json)


def _say_note(note: NoteAsText, *, as_json: bool) -> int:
    if as_json:
        say_json(_document(note))
    else:
        say(note.text)
    return 0


def _document(note: NoteAsText) -> dict[str, Any]:
    return {
        "id": note.id,
        "kind": note.kind,
        "tenant_id": note.tenant_id,
        "name": note.tenant_name,
        "workload": note.tag,
        "state": note.state,
        "posted_on": note.posted_on,
        "anyway": note.anyway,
        "created_at": note.created_at,
        "updated_at": note.updated_at,
        "source": note.source,
        "text": note.text,
    }


def _list(options: Any, context: Context) -> int:
    tenant_id = None
    found = portfolio.load(context)
    if options.tenant is not None:
        tenant_id = portfolio.find(found, options.tenant).facts.tenant_id
    return _say_notes(portfolio.notes(context, tenant_id), found, as_json=options.json)


def _say_notes(listed: Sequence[NoteSummary], found: Portfolio, *, as_json: bool) -> int:
    names = {ranked.facts.tenant_id: ranked.facts.name for ranked in found.ranked}
    if as_json:
        say_json(
            [
                {
                    "id": note.id,
                    "kind": note.kind.value,
                    "tenant_id": note.tenant_id,
                    "name": names.get(note.tenant_id),
                    "workload": note.tag,
                    "state": note.state.value,
                    "posted_on": note.posted_on,
                    "updated_at": note.updated_at,
                    "text": note.text,
                }
                for note in listed
            ]
        )
        return 0
    rows = (
        (
            note.id,
            note.posted_on or "draft",
            names.get(note.tenant_id),
            note.tag or note.kind.word,
            note.text[:60],
        )
        for note in listed
    )
    say_table(rows, empty="No note or draft yet.")
    return 0


def _delete(options: Any, context: Context) -> int:
    return say_done(notes.delete_draft(context, options.id).sentence, as_json=options.json)


def _post(options: Any, context: Context) -> int:
    day = read_day("--on", options.on)
    warnings = warnings_before_posting(context, notes.load(context, options.id).draft, day)
    done = notes.post(context, options.id, on=day, anyway=options.anyway)
    if options.json:
        say_json({"done": done.sentence, "warnings": warnings})
    else:
        say(done.sentence)
        for warning in warnings:
            say(f"warning: {warning}")
    return 0


def _correct(options: Any, context: Context) -> int:
    saved = notes.save_draft(context, notes.correct(context, options.id))
    return _say_id(saved, context, as_json=options.json)


def _history(options: Any, context: Context) -> int:
    kind = read_kind(options.kind)
    tag = _workload(options.workload, kind, context)
    found = portfolio.load(context)
    tenant_id = portfolio.find(found, options.tenant).facts.tenant_id
    listed = note_history.history(context, tenant_id, kind, tag)
    return _say_notes(listed, found, as_json=options.json)


def _diff(options: Any, context: Context) -> int:
    """With one id against the note before it; with two, from the first to the second."""
    if options.other is None:
        old, new = note_history.before(context, options.id).id, options.id
    else:
        old, new = options.id, options.other
    lines = note_history.diff(context, old, new)
    if options.json:
        ids = {"old": notes.read(context, old).id, "new": notes.read(context, new).id}
        say_json({**ids, "lines": [line._asdict() for line in lines]})
    else:
        for line in lines:
            say(f"{_SIGNS[line.sort]} {line.text}".rstrip())
    return 0


_SIGNS = {"same": " ", "added": "+", "removed": "-"}


_VERBS: Mapping[str, Callable[[Any, Context], int]] = {
    "add": _add,
    "edit": _edit,
    "show": _show,
    "fields": fields,
    "list": _list,
    "check": check,
    "delete": _delete,
    "post": _post,
    "correct": _correct,
    "history": _history,
    "diff": _diff,
}
