"""The next note that is due, so that many can be written in a row. Reads only, without the ORM."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ftop_tui.playbook.clocks import State
from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.query import is_mine
from ftop_tui.playbook.urgency import Factor, Ranked
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.playbook.wording import words
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import read_model
from ftop_tui.text import fold

if TYPE_CHECKING:
    from sqlite3 import Connection


class DueNote(NamedTuple):
    """A note that is due: on which tenant, of which kind and workload, and why."""

    tenant_id: str
    name: str
    """The tenant's name."""
    kind: NoteKind
    tag: str | None
    """The workload of an entitlement note; None for the others."""
    reason: str
    called: str
    """The customer as the screens call it: the brand, its name, or the tenant's."""


def next_due(context: Context, after: str | None = None, me: Sequence[str] = ()) -> DueNote | None:
    """The next note that is due, most urgent tenant first; None where nothing is.

    Due is an Enterprise note whose clock is late, in breach or due soon (ES-03, ES-04, FR-06),
    after an event (RA-06) or when its Next Update is reached (ES-14); an Exec Summary that was
    requested (OS-03); an entitlement note of a blocked workload that is older than the status, or
    missing (EN-18); a draft that waits. What was posted today is not due again.

    With `after` the search goes on behind that tenant, round to it at last; with `me` it sees only
    tenants whose FM or FTA is one of these names.
    """
    found = portfolio.load(context)
    mine = frozenset(fold(name) for name in me)
    listed = [r for r in found.ranked if not mine or is_mine(r.facts, mine)]
    places = {ranked.facts.tenant_id: place for place, ranked in enumerate(listed, start=1)}
    first = places.get(after or "", 0)
    if not listed:
        return None
    with reading(context) as connection:
        for ranked in (*listed[first:], *listed[:first]):
            due = next(_due_of(context, connection, ranked), None)
            if due is not None:
                return due
    return None


def _due_of(context: Context, connection: "Connection", ranked: Ranked) -> Iterator[DueNote]:
    """What is due on one tenant, weightiest first, drafts last."""
    facts, today = ranked.facts, context.today()
    wanted = [factor for factor in ranked.assessment.factors if _asks_for_a_note(factor)]
    if not wanted and not facts.drafts:
        return
    notes = read_model.read_notes(connection, facts.tenant_id)
    fresh = {(note.kind, note.tag) for note in notes if _was_posted_today(context, note)}
    for factor in wanted:
        kind, tag = _place(factor)
        if (kind, tag) in fresh:
            continue
        said = words(factor, today.toordinal()).short
        if kind is NoteKind.ENTITLEMENT:
            lack = _lacks(context, connection, notes, facts.tenant_id, tag)
            if lack is None:
                continue
            said = f"{said}, {lack}"
        yield _due_note(facts, kind, tag, f"{said[:1].upper()}{said[1:]}")
    for note in notes:
        if note.state is NoteState.DRAFT and (note.kind, note.tag) not in fresh:
            yield _due_note(facts, note.kind, note.tag, "A draft waits")


def _due_note(facts: TenantFacts, kind: NoteKind, tag: str | None, reason: str) -> DueNote:
    return DueNote(facts.tenant_id, facts.name, kind, tag, reason, called(facts))


def called(facts: TenantFacts) -> str:
    """How the screens call a tenant: as its customer where it stands for it, else by its name."""
    shown = shown_name(facts.brand, facts.customer, facts.name) if facts.winner else None
    return shown or facts.name


def _asks_for_a_note(factor: Factor) -> bool:
    """Whether a note clears the factor now."""
    if factor.clock is not None:
        return factor.clock.what == "enterprise" and factor.clock.state is not State.ON_TRACK
    return factor.sort in {"event", "next_update", "request", "blocked"}


def _place(factor: Factor) -> tuple[NoteKind, str | None]:
    """The kind of note, and the workload, that such a factor asks for."""
    if factor.sort == "blocked":
        return NoteKind.ENTITLEMENT, str(factor.data[0])
    return (NoteKind.EXEC_SUMMARY if factor.sort == "request" else NoteKind.ENTERPRISE), None


def _was_posted_today(context: Context, note: NoteSummary) -> bool:
    """Posted as of today, or marked so today as of an earlier day."""
    if note.state is not NoteState.POSTED:
        return False
    marked = note.updated_at[:10] == context.now().date().isoformat()
    return note.posted_on == context.today() or marked


def _lacks(
    context: Context,
    connection: "Connection",
    notes: Sequence[NoteSummary],
    tenant_id: str,
    tag: str | None,
) -> str | None:
    """What the posted note of a blocked workload lacks (EN-18), or None where it is up to date."""
    posted = [
        note.posted_on
        for note in notes
        if (note.kind, note.state, note.tag) == (NoteKind.ENTITLEMENT, NoteState.POSTED, tag)
    ]
    if not posted or posted[0] is None:
        return "and no note says so"
    workloads = read_model.read_detail(connection, tenant_id, context.pack).workloads
    since = next((w.status_since for w in workloads if w.tag == tag), None)
    return "its note is older" if since is not None and posted[0] < since else None
