"""Input that a partner gives to the FM: logged with day and source, and turned into a note."""

from dataclasses import dataclass, replace
from datetime import date

from ftop_tui.errors import InputError, NotFoundError, RefusedError
from ftop_tui.playbook.notes import EntitlementBody, OverallBody
from ftop_tui.playbook.partnering import Partnership
from ftop_tui.playbook.values import NoteKind
from ftop_tui.services import notes
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.notes import Draft
from ftop_tui.services.partners import done_day, one, writing
from ftop_tui.store import tables
from ftop_tui.text import clean, clean_line

KINDS = (NoteKind.ENTITLEMENT, NoteKind.OVERALL)
"""The kinds of note that input becomes (FR-09)."""


@dataclass(frozen=True, slots=True)
class Added:
    """What logging an input came to: its id, and the change."""

    input_id: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Turned:
    """The draft that an input became."""

    note_id: str
    kind: NoteKind
    tenant_id: str
    tag: str | None
    changes: Changes


def add_input(
    context: Context,
    tenant_id: str,
    partner: str | None,
    text: str,
    source: str,
    *,
    on: date | None = None,
) -> Added:
    """Log what a partner said or sent, with its day and where it came from (FR-09).

    Raises:
        InputError: there is no text or no source, or the day is still to come.
    """
    day = done_day(context, on)
    said, where = clean(text).strip(), clean_line(source)
    if not said:
        raise InputError("the input has no text")
    if not where:
        raise InputError("say where the input came from, such as a mail or a call (FR-09)")
    with writing(context, "partner-input", tenant_id, partner) as place:
        row = tables.PartnerInput(
            id=context.new_id(), partnership_id=place.row.id, day=day, source=where, text=said
        )
        place.unit.session.add(row)
        return Added(row.id, place.done(f"input of {day.isoformat()} by {where}"))


def input_to_note(
    context: Context,
    tenant_id: str,
    partner: str | None,
    input_id: str,
    kind: NoteKind,
    tag: str | None = None,
) -> Turned:
    """Make a draft of an input, and remember which one it became (FR-09).

    The draft is a new one, whatever waits in its place. Draft and link are one step of undo.

    Raises:
        NotFoundError: no such input. InputError: another kind, or a workload that is not the
            partner's. RefusedError: it was turned into a note before.
    """
    here = one(context, tenant_id, partner)
    given = next((each for each in here.inputs if each.id == input_id), None)
    if given is None:
        raise NotFoundError(f"{here.partner} gave no input with the id {input_id!r}")
    if given.note_id is not None:
        raise RefusedError(f"this input is in the note {given.note_id} already")
    where, workload = check_place(context, here, tenant_id, kind, tag)
    draft = notes.save_draft(context, _draft(context, where, kind, workload, given.text))
    # The same key as the draft's: one step of the journal, so that undo takes both back.
    with context.stored().unit("draft", merge_key=f"draft {draft.id}") as unit:
        row = unit.session.get_one(tables.PartnerInput, input_id)
        row.note_id = draft.id
        unit.session.add(row)
        name = workload or kind.word
        day = given.day.isoformat()
        unit.sentence = f"{here.customer}, {here.partner}: the input of {day} is a draft, {name}"
    changes = Changes(unit.sentence, rank=True, notes=True, tenants=frozenset({where}))
    return Turned(draft.id, kind, where, workload, changes)


def check_place(
    context: Context, here: Partnership, tenant_id: str, kind: NoteKind, tag: str | None
) -> tuple[str, str | None]:
    """The tenant and the workload of the note that an input becomes.

    An entitlement note is on one of the partner's workloads: on the tenant that was named where it
    has it, else on the first that does.

    Raises:
        InputError: another kind of note, or a workload that is not the partner's.
    """
    if kind not in KINDS:
        raise InputError(f"input becomes a note of kind {' or '.join(KINDS)}, not {kind}")
    if kind is NoteKind.OVERALL:
        if tag is not None:
            raise InputError("an overall note has no workload")
        return tenant_id, None
    known = context.pack.tag_of(tag) if tag else None
    tenants = [tenant for tenant, its in here.workloads if its == known]
    if known is None or not tenants:
        tags = ", ".join(here.tags) or "none"
        said = f"{tag!r} is no workload of {here.partner}" if tag else "the note needs a workload"
        raise InputError(f"{said}; there are: {tags}")
    return (tenant_id if tenant_id in tenants else tenants[0]), known


def _draft(context: Context, tenant_id: str, kind: NoteKind, tag: str | None, text: str) -> Draft:
    draft = notes.new_draft(context, kind, tenant_id, tag)
    if isinstance(draft.body, EntitlementBody | OverallBody):
        return draft.with_body(replace(draft.body, text=text))
    raise AssertionError(kind)
