"""Finding notes by their words."""

from dataclasses import dataclass
from datetime import date

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.detail import NoteSummary
from ftop_tui.playbook.note_query import NoteQuery
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import past, read_model
from ftop_tui.store.search import NoteFilter, Span, find_notes
from ftop_tui.text import fold

LIMIT = 50
"""How many hits there are at most, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that was found, its tenant's name, and the part of its text that fits."""

    note: NoteSummary
    tenant_name: str
    snippet: str
    spans: tuple[Span, ...]
    """What was found, as spans of the snippet."""


def search(
    context: Context,
    text: str,
    *,
    kind: NoteKind | None = None,
    tenant_id: str | None = None,
    tag: str | None = None,
    since: date | None = None,
    until: date | None = None,
    state: NoteState | None = None,
    limit: int = LIMIT,
) -> list[Hit]:
    """The notes that hold all the words of a text, newest first; any text will do.

    The last word may be the beginning of one; such notes fill what those that hold it as it is
    leave of the limit. Without words these are the newest notes. The days are the day a note was
    posted, of a draft the day it was written last.
    """
    narrow = NoteFilter(
        kinds=None if kind is None else {kind.value},
        tenants=None if tenant_id is None else {tenant_id},
        tags=None if tag is None else {tag},
        since=since,
        until=until,
        state=state,
    )
    return _search(context, text, narrow, limit)


def search_typed(
    context: Context, query: NoteQuery, *, tenant_id: str | None = None, limit: int = LIMIT
) -> list[Hit]:
    """The same for a query as it is typed, of one tenant or of those that it names."""
    tenants = None if tenant_id is None else {tenant_id}
    if query.tenant:
        named = _tenants_named(context, query.tenant)
        tenants = named if tenants is None else named & tenants
    narrow = NoteFilter(
        kinds=None if query.kinds is None else {kind.value for kind in query.kinds},
        tenants=tenants,
        tags=_tags(context, query.tag) if query.tag else None,
        since=query.since,
        until=query.until,
        state=query.state,
    )
    return _search(context, query.words, narrow, limit)


def tenant_name(context: Context, tenant_id: str) -> str:
    """The name of a tenant.

    Raises:
        NotFoundError: there is none of that id.
    """
    with reading(context) as connection:
        name = past.tenant_name(connection, tenant_id)
    if name is None:
        raise NotFoundError(f"there is no tenant {tenant_id}")
    return name


def _search(context: Context, text: str, narrow: NoteFilter, limit: int) -> list[Hit]:
    if not context.store.exists():
        return []
    with reading(context) as connection:
        found = find_notes(connection, text, narrow, limit)
    return [Hit(*each) for each in found]


def _tenants_named(context: Context, part: str) -> set[str]:
    if not context.store.exists():
        return set()
    with reading(context) as connection:
        facts = read_model.read_facts(connection)
    return {
        each.tenant_id
        for each in facts
        if part in fold(" ".join(filter(None, (each.name, each.customer, each.brand))))
        or part in {each.tpid, each.tenant_id}
    }


def _tags(context: Context, begun: str) -> set[str]:
    """The workloads that a name not yet typed to its end may mean."""
    exact = context.pack.tag_of(begun)
    if exact is not None:
        return {exact}
    return {tag for tag in context.pack.by_tag if fold(tag).startswith(begun)}
