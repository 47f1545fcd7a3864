"""What a note form opens with: the draft, and what the record knows around it."""

from dataclasses import dataclass, replace

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.detail import NoteSummary, TenantDetail
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.notes import Draft, open_draft, save_draft
from ftop_tui.store import read_model
from ftop_tui.store.schema import reading


@dataclass(frozen=True, slots=True)
class FormStart:
    """One note to write, with its tenant."""

    draft: Draft
    facts: TenantFacts
    detail: TenantDetail

    def latest_posted(self, tag: str | None = None) -> NoteSummary | None:
        """The note of this kind and place that stands in FTOP."""
        return self._latest(NoteState.POSTED, tag)

    def waiting(self, tag: str | None = None) -> NoteSummary | None:
        """The draft of this kind and place that the store holds."""
        return self._latest(NoteState.DRAFT, tag)

    def other_texts(self) -> tuple[tuple[str, str], ...]:
        """What stands on the tenant's other workloads, draft before posted (EN-13)."""
        texts: dict[str, str] = {}
        for state in (NoteState.POSTED, NoteState.DRAFT):
            for note in self.detail.notes:
                if note.kind is self.draft.kind and note.state is state and note.tag:
                    texts[note.tag] = note.text
        texts.pop(self.draft.tag or "", None)
        return tuple(texts.items())

    def _latest(self, state: NoteState, tag: str | None) -> NoteSummary | None:
        fits = (
            note
            for note in self.detail.notes
            if (note.kind, note.state, note.tag) == (self.draft.kind, state, tag)
        )
        return next(fits, None)


def start(context: Context, kind: NoteKind, tenant_id: str, tag: str | None = None) -> FormStart:
    """What a form of that kind and place opens with.

    Raises:
        NotFoundError: there is no such tenant.
    """
    draft = open_draft(context, kind, tenant_id, tag)
    with reading(context.store) as connection:
        facts = next(
            (f for f in read_model.read_facts(connection) if f.tenant_id == tenant_id), None
        )
        if facts is None:
            raise NotFoundError(f"there is no tenant {tenant_id}")
        return FormStart(draft, facts, read_model.read_detail(connection, tenant_id, context.pack))


def to_overall(context: Context, tenant_id: str, text: str) -> Changes:
    """Put words that belong there at the end of the tenant's Overall draft (EN-12, EN-15).

    Without such a draft, one is made.
    """
    draft = open_draft(context, NoteKind.OVERALL, tenant_id)
    assert isinstance(draft.body, OverallBody)  # noqa: S101 - the kind that was asked for
    joined = "\n".join(part for part in (draft.body.text.rstrip(), text.strip()) if part)
    save_draft(context, replace(draft, body=replace(draft.body, text=joined)))
    sentence = "Moved to the draft of the Overall note"
    return Changes(sentence, rank=True, notes=True, tenants=frozenset({tenant_id}))
