"""The brief of a customer: read, edited part by part, and taken back to what is generated."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ftop_tui.errors import ConflictError, InputError, NotFoundError, RefusedError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.brief import Brief, Edit, Head, generate, make_brief, mark
from ftop_tui.playbook.brief_parts import Making
from ftop_tui.playbook.brief_source import BriefSource, Place
from ftop_tui.playbook.days import later
from ftop_tui.playbook.detail import TenantDetail
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.projection import ProjectionTerms
from ftop_tui.playbook.reviews import last_before
from ftop_tui.playbook.stored import json_of
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services.brief_terms import brief_terms
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.portfolio import opening_of
from ftop_tui.services.reading import reading
from ftop_tui.store import briefs, nominations, read_model
from ftop_tui.store.reviews import NominationRow, read_nominations
from ftop_tui.store.tables import BriefPart
from ftop_tui.text import clean

if TYPE_CHECKING:
    from sqlite3 import Connection

_MADE = 0.2
"""The part of the briefs after all is read for them."""
BASE = ":base"
"""Ends the name of the row that holds the mark of what was generated when a part was written."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A brief in the making, for whom, and what was edited of it."""

    making: Making
    head: Head
    edits: Mapping[str, Edit]


def brief(context: Context, tenant_id: str, *, review_day: date | None = None) -> Brief:
    """The brief of a tenant's customer for the meeting of a day (RA-17 to RA-24).

    By default for the next one that it is nominated for, else as it stands today.

    Raises:
        NotFoundError: there is no such tenant. StoreError: the store cannot be used.
    """
    return read_briefs(context, [tenant_id], review_day=review_day)[0]


def read_briefs(
    context: Context,
    tenant_ids: Sequence[str],
    *,
    review_day: date | None = None,
    progress: Progress = unheard,
) -> list[Brief]:
    """The briefs of several tenants' customers, in that order.

    Raises:
        NotFoundError: there is no such tenant. StoreError: the store cannot be used.
    """
    if not context.store.exists():
        raise NotFoundError(f"there is no portfolio yet; it would be in {context.store}")
    with reading(context) as connection:
        told = counted(tenant_ids, len(tenant_ids), between(progress, 0, _MADE))
        made = [_make(context, connection, tenant, review_day) for tenant in told]
    return [
        make_brief(each.making, each.head, each.edits, context.pack)
        for each in counted(made, len(made), between(progress, _MADE, 1))
    ]


def edit(
    context: Context, tenant_id: str, key: str, text: str, *, review_day: date | None = None,
    seen: str | None = None,
) -> Changes:  # fmt: skip
    """Keep a part of a nomination's brief as it was written (RA-22, RA-23).

    A mark of what was generated is kept beside it, to see later that the facts have changed.
    Saving it as it is generated takes the edit back. Many saves in a row are one step of undo.
    `seen` is what the writer began from or last saved: another text is not overwritten.

    Raises:
        ConflictError: somebody else has written it since; their text is in the details.
        RefusedError: the customer is not nominated. InputError: there is no such part.
        NotFoundError: there is no such tenant.
    """
    made = _nominated(context, tenant_id, review_day)
    nomination_id = made.head.nomination_id or ""
    if key not in made.making.terms.titles:
        raise InputError(f"a brief has no part {key!r}")
    written, generated = _as_kept(text), generate(made.making, key)
    if written == generated:
        return reset(context, tenant_id, key, review_day=review_day, seen=seen)
    before = made.edits.get(key)
    if before is not None and before.text == written:
        return Changes()
    base = json.dumps({"day": made.making.today.isoformat(), "mark": mark(generated)})
    merge_key = f"brief {nomination_id} {key}"
    with context.stored().unit("brief", merge_key=merge_key) as unit:
        nominations.get_nomination(unit.session, nomination_id)
        _demand_seen(unit.session.get(BriefPart, (nomination_id, key)), seen, written)
        for name, value in ((key, written), (f"{key}{BASE}", base)):
            row = unit.session.get(BriefPart, (nomination_id, name))
            row = row or BriefPart(nomination_id=nomination_id, part=name, text="")
            row.text = value
            unit.session.add(row)
        unit.sentence = f"Edited {made.making.terms.titles[key]!r} of {made.head.shown_name}"
        return Changes(unit.sentence, tenants=frozenset({tenant_id}))


def _as_kept(text: str) -> str:
    """A text as it is stored."""
    return clean(text).strip("\n").rstrip()


def _demand_seen(row: BriefPart | None, seen: str | None, written: str) -> None:
    """Refuse to overwrite what the writer has not seen; a part taken back holds nothing."""
    if row is not None and seen is not None and row.text not in {_as_kept(seen), written}:
        raise ConflictError("the same part was written elsewhere meanwhile", details=[row.text])


def reset(
    context: Context, tenant_id: str, key: str, *, review_day: date | None = None,
    seen: str | None = None,
) -> Changes:  # fmt: skip
    """Take a part back to what is generated; undo brings the written text back.

    Raises:
        ConflictError: as for `edit`. RefusedError: the customer is not nominated.
        NotFoundError: there is no such tenant.
    """
    made = _nominated(context, tenant_id, review_day)
    nomination_id = made.head.nomination_id or ""
    if key not in made.edits:
        return Changes()
    with context.stored().unit("reset brief") as unit:
        _demand_seen(unit.session.get(BriefPart, (nomination_id, key)), seen, "")
        for row in nominations.parts_of(unit.session, nomination_id):
            if row.part in {key, f"{key}{BASE}"}:
                unit.session.delete(row)
        unit.sentence = f"Took {made.making.terms.titles[key]!r} of {made.head.shown_name} back"
        return Changes(unit.sentence, tenants=frozenset({tenant_id}))


def _nominated(context: Context, tenant_id: str, review_day: date | None) -> _Made:
    with reading(context) as connection:
        made = _make(context, connection, tenant_id, review_day)
    if made.head.nomination_id is None:
        raise RefusedError(
            f"{made.head.shown_name} is not nominated; a brief is edited for a review"
        )
    return made


def _make(
    context: Context, connection: "Connection", tenant_id: str, review_day: date | None
) -> _Made:
    tenants = briefs.read_tenants(connection, tenant_id)
    if not tenants:
        raise NotFoundError(f"there is no tenant {tenant_id}")
    facts, today, terms = tenants[0], context.today(), brief_terms(context)
    rows = read_nominations(connection, facts.customer_id)
    chosen = _chosen(rows, review_day, today)
    day = review_day or (chosen.day if chosen else None)
    last = last_before((row.day for row in rows if row.presented), day or today + _DAY)
    since = last or later(day or today, -terms.first_review_days)
    source = _source(context, connection, tenants, since, last)
    making = Making(
        source, today, terms, _projection(context.paths.pack),
        opening_of(facts, today, context.pack),
    )  # fmt: skip
    called = shown_name(facts.brand, facts.customer, facts.name) or facts.name
    head = Head(facts.name, called, day, chosen.id if chosen else None)
    return _Made(making, head, _edits(connection, chosen))


_DAY = timedelta(days=1)


def _chosen(
    rows: Sequence[NominationRow], review_day: date | None, today: date
) -> NominationRow | None:
    """The nomination that is meant: that of the day, else the next one."""
    if review_day is not None:
        return next((row for row in rows if row.day == review_day), None)
    return next((row for row in rows if row.day >= today), None)


def _source(
    context: Context,
    connection: "Connection",
    tenants: list[TenantFacts],
    since: date,
    last: date | None,
) -> BriefSource:
    facts = tenants[0]
    details = [read_model.read_detail(connection, each.tenant_id, context.pack) for each in tenants]
    places = tuple(_places(tenants, details))
    labels = {(each.tenant_id, each.detail.tag): each.label for each in places}
    note = briefs.read_enterprise(connection, facts.customer_id)
    return BriefSource(
        facts=facts,
        tenants=tuple(tenants),
        then=briefs.tenants_at(connection, tenants, since),
        since=since,
        last_review=last,
        renewals=details[0].renewals,
        places=places,
        noted_on=note.posted_on,
        risks=note.risks,
        objectives=note.objectives,
        troubles=tuple(briefs.read_troubles(connection, facts.customer_id, labels)),
        targets=tuple(briefs.read_targets(connection, facts.customer_id, labels)),
        expectations=tuple(briefs.read_expectations(connection, facts.customer_id, labels)),
        asks=tuple(briefs.read_asks(connection, facts.customer_id)),
        events=tuple(briefs.read_events(connection, facts.customer_id)),
    )


def _places(tenants: Sequence[TenantFacts], details: Sequence[TenantDetail]) -> Iterable[Place]:
    """All workloads, the winner tenant's first, each with its latest posted note."""
    for facts, detail in zip(tenants, details, strict=True):
        notes = {
            note.tag: note
            for note in detail.notes
            if note.kind is NoteKind.ENTITLEMENT and note.state is NoteState.POSTED
        }
        for workload in detail.workloads:
            note = notes.get(workload.tag)
            label = workload.tag if len(tenants) == 1 else f"{workload.tag} ({facts.name})"
            yield Place(
                facts.tenant_id, label, workload,
                note.text if note else None, note.posted_on if note else None,
            )  # fmt: skip


def _edits(connection: "Connection", chosen: NominationRow | None) -> dict[str, Edit]:
    if chosen is None:
        return {}
    rows = briefs.read_parts(connection, chosen.id)
    return {
        key: _edit(text, rows.get(f"{key}{BASE}"))
        for key, text in rows.items()
        if not key.endswith(BASE)
    }


def _edit(text: str, base: str | None) -> Edit:
    """An edit with what it was made from; one that cannot be read counts as changed since."""
    return Edit(text, *(base_of(base or "") or (date.min, "")))


def base_of(stored: str) -> tuple[date, str] | None:
    """The day and the mark of what an edit was made from; None where they cannot be read."""
    try:
        kept = json_of(stored)
        return date.fromisoformat(kept["day"]), str(kept["mark"])
    except (ValueError, TypeError, KeyError):
        return None


@lru_cache(maxsize=4)
def _projection(pack_file: Path) -> ProjectionTerms:
    return ProjectionTerms.read(load_part("forecasts", pack_file)["projection"])
