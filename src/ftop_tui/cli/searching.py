"""`search`: full text over all notes."""

from collections.abc import Sequence
from typing import Any

from ftop_tui.cli.framework import Call, Command, subparser
from ftop_tui.cli.options import read_day
from ftop_tui.cli.output import say_json, say_table
from ftop_tui.errors import InputError
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.searching import LIMIT, Hit, search


def carry_out(command: Command, arguments: Sequence[str], call: Call) -> int:
    """Find notes by their words; to find none is no failure."""
    parser = subparser(command)
    parser.add_argument(
        "words", metavar="WORDS", nargs="*",
        help="all of them, the last to its end or only begun; none: the newest",
    )  # fmt: skip
    parser.add_argument("--kind", metavar="KIND", help=f"one of {', '.join(NoteKind)}")
    parser.add_argument("--tenant", metavar="TENANT", help="tenant id, TPID, or a name")
    parser.add_argument("--workload", metavar="TAG", help="the workload of an entitlement note")
    parser.add_argument("--since", metavar="YYYY-MM-DD", help="posted, or last written, from then")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="posted, or last written, till then")
    parser.add_argument("--limit", metavar="N", type=int, default=LIMIT, help=f"at most: {LIMIT}")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_intermixed_args([_as_word(each) for each in arguments])
    if options.limit < 0:
        raise InputError(f"--limit: {options.limit} is no number of notes")
    return _say(_search(options, call.context()), as_json=options.json)


def _as_word(argument: str) -> str:
    """A word such as `-x` is no option here; a blank before it tells the parser so."""
    short = argument.startswith("-") and not argument.startswith("--")
    return f" {argument}" if short and argument != "-h" else argument


def _search(options: Any, context: Context) -> list[Hit]:
    kind = NoteKind.read(options.kind) if options.kind is not None else None
    if options.kind is not None and kind is None:
        known = ", ".join(NoteKind)
        raise InputError(f"--kind: {options.kind!r} is no kind of note; there are: {known}")
    tag = context.pack.tag_of(options.workload) if options.workload is not None else None
    if options.workload is not None and tag is None:
        known = ", ".join(context.pack.by_tag)
        raise InputError(f"--workload: {options.workload!r} is no workload; there are: {known}")
    tenant_id = None
    if options.tenant is not None:
        found = portfolio.find(portfolio.load(context), options.tenant)
        tenant_id = found.facts.tenant_id
    return search(
        context,
        " ".join(options.words),
        kind=kind,
        tenant_id=tenant_id,
        tag=tag,
        since=read_day("--since", options.since),
        until=read_day("--until", options.until),
        limit=options.limit,
    )


def _say(hits: Sequence[Hit], *, as_json: bool) -> int:
    if as_json:
        say_json([_entry(hit) for hit in hits])
    else:
        rows = (
            (
                hit.note.id,
                hit.note.posted_on or "draft",
                hit.tenant_name,
                hit.note.tag or hit.note.kind.word,
                hit.snippet,
            )
            for hit in hits
        )
        say_table(rows, empty="No note has these words.")
    return 0


def _entry(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.note.id,
        "kind": hit.note.kind.value,
        "tenant_id": hit.note.tenant_id,
        "name": hit.tenant_name,
        "workload": hit.note.tag,
        "state": hit.note.state.value,
        "posted_on": hit.note.posted_on,
        "snippet": hit.snippet,
    }
