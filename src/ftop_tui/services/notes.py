"""Drafts and notes: open, save, post, delete. A draft counts for nothing until it is posted."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import ConflictError, InputError, RefusedError
from ftop_tui.playbook.lint import Others
from ftop_tui.playbook.lint.ignored import IgnoredFinding as IgnoredFinding  # noqa: PLC0414 - a draft has them
from ftop_tui.playbook.lint.ignored import those_aside
from ftop_tui.playbook.notes import EntitlementBody, NoteBody
from ftop_tui.playbook.posting import Obstacle, obstacles
from ftop_tui.playbook.render import render
from ftop_tui.playbook.values import Finding, NoteKind, NoteState
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.judging import judge, prepared
from ftop_tui.services.posted import carry_over, keep_figures
from ftop_tui.services.starting import starting_body
from ftop_tui.store import repositories
from ftop_tui.store.bodies import from_json, set_aside_of, to_ignored, to_json
from ftop_tui.store.note_links import release_note
from ftop_tui.store.tables import Note
from ftop_tui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as a form holds it. `version` 0: not stored yet; it grows with every save.

    A new draft that is `alone` began where no other one waited; if one does when it is first
    stored, two people write the same note.
    """

    id: str
    kind: NoteKind
    tenant_id: str
    tag: str | None
    body: NoteBody
    version: int = 0
    ignored: tuple[IgnoredFinding, ...] = ()
    alone: bool = False

    def with_body(self, body: NoteBody) -> "Draft":
        """The draft with another body."""
        return replace(self, body=body)


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as it is in the store, draft or posted."""

    draft: Draft
    state: NoteState
    tenant_name: str
    text: str
    posted_on: date | None
    anyway: str | None


@dataclass(frozen=True, slots=True)
class NoteAsText:
    """A note by all but its fields, so that it can be read whatever became of these."""

    id: str
    kind: str
    """As it is stored, like `state`: a newer version may have written it."""
    tenant_id: str
    tag: str | None
    state: str
    tenant_name: str
    text: str
    created_at: str
    updated_at: str
    posted_on: date | None
    anyway: str | None
    source: str

    @property
    def called(self) -> str:
        """Its kind in words."""
        kind = NoteKind.read(self.kind)
        return kind.word if kind else self.kind


def open_draft(
    context: Context, kind: NoteKind, tenant_id: str, tag: str | None = None,
    beside: str | None = None,
) -> Draft:  # fmt: skip
    """The draft that waits in that place, or a new one, filled in from the record, not stored yet.

    `beside` is the id of one that is not meant.

    Raises:
        RefusedError: an Enterprise note for a tenant that is not the winner (ES-02).
    """
    with context.stored().looking() as session:
        stored = repositories.find_draft(session, tenant_id, kind, tag, beside)
        if stored is not None:
            return _draft(stored)
    return replace(new_draft(context, kind, tenant_id, tag), alone=True)


def new_draft(context: Context, kind: NoteKind, tenant_id: str, tag: str | None = None) -> Draft:
    """A new draft, filled in from the record and not stored yet, whatever drafts there are.

    Raises:
        RefusedError: an Enterprise note for a tenant that is not the winner (ES-02).
    """
    with context.stored().looking() as session:
        body = starting_body(context, session, kind, tenant_id, tag)
    return Draft(context.new_id(), kind, tenant_id, tag, body)


def correct(context: Context, note_id: str) -> Draft:
    """A new draft that holds what a posted note does, not stored yet: a posted note is a fact.

    Raises:
        NotFoundError: there is no such note. RefusedError: it is a draft, which can be changed.
    """
    with context.stored().looking() as session:
        note = repositories.get_note(session, note_id)
        draft = _draft(note)
    if note.state != NoteState.POSTED.value:
        raise RefusedError(f"the note {note.id} is a draft; change it as it is")
    return replace(draft, id=context.new_id(), version=0)


def load(context: Context, note_id: str) -> StoredNote:
    """A note by its id, or by the first characters of it.

    Raises:
        NotFoundError: there is none, or several begin so. RefusedError: a newer version wrote it.
    """
    with context.stored().looking() as session:
        note = repositories.get_note(session, note_id)
        tenant = repositories.get_tenant(session, note.tenant_id)
        return StoredNote(
            draft=_draft(note),
            state=NoteState(note.state),
            tenant_name=tenant.name,
            text=note.text,
            posted_on=note.posted_on,
            anyway=note.anyway,
        )


def read(context: Context, note_id: str) -> NoteAsText:
    """A note by its id, or by the first characters of it, also where its fields are damaged.

    Raises:
        NotFoundError: there is none, or several begin so.
    """
    with context.stored().looking() as session:
        note = repositories.get_note(session, note_id)
        return NoteAsText(
            id=note.id,
            kind=note.kind,
            tenant_id=note.tenant_id,
            tag=note.tag,
            state=note.state,
            tenant_name=repositories.get_tenant(session, note.tenant_id).name,
            text=note.text,
            created_at=note.created_at,
            updated_at=note.updated_at,
            posted_on=note.posted_on,
            anyway=note.anyway,
            source=note.source,
        )


def _kind_of(note: Note) -> NoteKind:
    kind = NoteKind.read(note.kind)
    if kind is None or NoteState.read(note.state) is None:
        raise RefusedError(
            f"the note {note.id} is of a kind that this ftop-tui does not know; it was left alone"
        )
    return kind


def _draft(note: Note) -> Draft:
    kind = _kind_of(note)
    return Draft(
        id=note.id,
        kind=kind,
        tenant_id=note.tenant_id,
        tag=note.tag,
        body=from_json(kind, note.body, note.text, note.id),
        version=note.version,
        ignored=set_aside_of(note.ignored) or (),
    )


def save_draft(context: Context, draft: Draft) -> Draft:
    """Store a draft, whatever its state; what is returned holds its new version.

    Raises:
        ConflictError: it was changed, posted or deleted elsewhere since; nothing was overwritten,
            and `details` holds the other text.
    """
    with context.stored().unit("draft", merge_key=f"draft {draft.id}") as unit:
        tenant = repositories.get_tenant(unit.session, draft.tenant_id)
        unit.sentence = f"Wrote the draft of {_name(draft.kind, draft.tag, tenant.name)}"
        note = unit.session.get(Note, draft.id)
        now = context.now().isoformat()
        if note is None:
            if draft.version:
                raise ConflictError("the draft was deleted elsewhere; your text is still here")
            if draft.alone:
                _refuse_if_begun(unit.session, draft)
            note = Note(
                id=draft.id,
                kind=draft.kind.value,
                customer_id=tenant.customer_id,
                tenant_id=draft.tenant_id,
                tag=draft.tag,
                state=NoteState.DRAFT.value,
                created_at=now,
                source="app",
                body="",
                text="",
                updated_at=now,
                version=0,
            )
        _refuse_if_changed(note, draft)
        note.text = render(draft.body, context.pack)
        note.body = to_json(draft.body, note.text)
        if draft.ignored or set_aside_of(note.ignored):  # what cannot be read stays
            note.ignored = to_ignored(draft.ignored)
        note.updated_at = now
        note.version += 1
        unit.session.add(note)
        return replace(draft, version=note.version)


def _refuse_if_begun(session: "Session", draft: Draft) -> None:
    other = repositories.find_draft(session, draft.tenant_id, draft.kind, draft.tag)
    if other is not None:
        raise ConflictError(
            "a draft of the same note was begun elsewhere meanwhile", details=[other.text]
        )


def _refuse_if_changed(note: Note, draft: Draft) -> None:
    if note.state != NoteState.DRAFT.value:
        raise ConflictError(
            "the note was marked posted meanwhile; a posted note is not changed, "
            "a correction is a new one",
            details=[note.text],
        )
    if note.version != draft.version:
        raise ConflictError("the same draft was changed elsewhere meanwhile", details=[note.text])


def _name(kind: NoteKind, tag: str | None, tenant: str) -> str:
    called = tag if kind is NoteKind.ENTITLEMENT and tag else kind.word
    return f"{tenant}, {called}"


def delete_draft(context: Context, note_id: str) -> Changes:
    """Remove a draft; undo brings it back.

    Raises:
        NotFoundError: there is none. RefusedError: the note is posted, which is a fact.
    """
    with context.stored().unit("delete") as unit:
        note = repositories.get_note(unit.session, note_id)
        if note.state != NoteState.DRAFT.value:
            raise RefusedError(f"the note {note.id} is posted; only drafts are deleted")
        tenant = repositories.get_tenant(unit.session, note.tenant_id)
        unit.sentence = f"Deleted the draft of {_name(_kind_of(note), note.tag, tenant.name)}"
        release_note(unit, note.id)
        unit.session.delete(note)
        return Changes(unit.sentence, rank=True, notes=True, tenants=frozenset({tenant.id}))


def blockers(
    context: Context, draft: Draft, on: date, others: Others | None = None
) -> list[Obstacle]:
    """What keeps the draft from being marked posted on that day; `others` as in `open_findings`."""
    return obstacles(draft.body, on, open_findings(context, draft, others))


def open_findings(context: Context, draft: Draft, others: Others | None = None) -> list[Finding]:
    """The linter's findings on an entitlement note that the writer has not set aside.

    `others` are the notes on the tenant's other workloads (EN-13), read where they are not given.
    """
    if not isinstance(draft.body, EntitlementBody) or draft.tag is None:
        return []
    if others is None:
        others = other_texts(context, draft.tenant_id, draft.tag)
    found = judge(context, draft.tag, draft.body, others).findings
    aside = those_aside(found, draft.body.text, draft.ignored)
    return [finding for finding in found if finding not in aside]


def other_texts(context: Context, tenant_id: str, tag: str) -> Others:
    """What stands on the tenant's other workloads, draft before posted, made ready (EN-13)."""
    with context.stored().looking() as session:
        return _others(context, session, tenant_id, tag)


def _others(context: Context, session: "Session", tenant_id: str, tag: str) -> Others:
    return prepared(context, repositories.texts_of_other_workloads(session, tenant_id, tag))


def post(context: Context, note_id: str, *, on: date | None = None, anyway: str = "") -> Changes:
    """Mark a draft as posted in FTOP, today or on an earlier day; that resets its clock.

    Raises:
        InputError: the day is still to come. RefusedError: something required is missing and no
            reason was given to post it anyway; `details` names all of it.
    """
    today = context.today()
    day = on or today
    if day > today:
        raise InputError(f"{day.isoformat()} is still to come; a note is posted today or earlier")
    with context.stored().unit("post") as unit:
        note = repositories.get_note(unit.session, note_id)
        draft = _draft(note)
        if note.state != NoteState.DRAFT.value:
            raise RefusedError(f"the note {note.id} is posted already, on {note.posted_on}")
        others = _others(context, unit.session, draft.tenant_id, draft.tag or "")
        found = blockers(context, draft, day, others)
        if found and not anyway.strip():
            raise RefusedError(
                "the note cannot be marked posted yet",
                details=[f"{obstacle.rule}: {obstacle.message}" for obstacle in found],
            )
        _mark(context, unit, note, day, anyway.strip() if found else "")
        carry_over(context, unit, draft, day)
        tenant = repositories.get_tenant(unit.session, note.tenant_id)
        unit.sentence = (
            f"Marked {_name(draft.kind, draft.tag, tenant.name)} as posted on {day.isoformat()}"
        )
        return Changes(unit.sentence, rank=True, notes=True, tenants=frozenset({tenant.id}))


def _mark(context: Context, unit: UnitOfWork, note: Note, day: date, anyway: str) -> None:
    instant = context.now().isoformat()
    note.state = NoteState.POSTED.value
    note.posted_on = day
    note.posted_at = instant
    note.updated_at = instant
    note.anyway = anyway or None
    note.version += 1
    keep_figures(unit, note)
    unit.session.add(note)
    unit.session.flush()
