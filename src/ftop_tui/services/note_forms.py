"""What a note form opens with: the draft, and what the record knows around it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ftop_tui.errors import NotFoundError
from ftop_tui.playbook.detail import NoteSummary, TenantDetail
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.lint import Others
from ftop_tui.playbook.notes import OverallBody
from ftop_tui.playbook.values import NoteKind, NoteState
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.notes import Draft, open_draft, other_texts, save_draft
from ftop_tui.store import read_model
from ftop_tui.store.schema import reading


class SummaryRequest(NamedTuple):
    """The oldest request for an Exec Summary that no posted one has answered (OS-03)."""

    on: date
    by: str | None


@dataclass(frozen=True, slots=True)
class FormStart:
    """One note to write, with its tenant."""

    draft: Draft
    facts: TenantFacts
    detail: TenantDetail
    others: Others = Others()  # noqa: RUF009 - frozen and empty
    """What stands on the tenant's other workloads, of an entitlement note (EN-13)."""
    request: SummaryRequest | None = None

    def latest_posted(self, tag: str | None = None) -> NoteSummary | None:
        """The note of this kind and place that stands in FTOP."""
        return self._latest(NoteState.POSTED, tag)

    def waiting(self, tag: str | None = None) -> NoteSummary | None:
        """The draft of this kind and place that the store holds."""
        return self._latest(NoteState.DRAFT, tag)

    def posted_texts(self) -> dict[str, str]:
        """What stands in FTOP on each workload, by tag."""
        return {
            note.tag: note.text
            for note in self.detail.notes
            if note.tag and (note.kind, note.state) == (NoteKind.ENTITLEMENT, NoteState.POSTED)
        }

    def _latest(self, state: NoteState, tag: str | None) -> NoteSummary | None:
        fits = (
            note
            for note in self.detail.notes
            if (note.kind, note.state, note.tag) == (self.draft.kind, state, tag)
        )
        return next(fits, None)


def start(
    context: Context, kind: NoteKind, tenant_id: str, tag: str | None = None,
    beside: str | None = None,
) -> FormStart:  # fmt: skip
    """What a form of that kind and place opens with, beside a draft of that id.

    Raises:
        NotFoundError: there is no such tenant.
    """
    draft = open_draft(context, kind, tenant_id, tag, beside)
    is_judged = kind is NoteKind.ENTITLEMENT and draft.tag is not None
    others = other_texts(context, tenant_id, draft.tag or "") if is_judged else Others()
    with reading(context.store) as connection:
        everyone = read_model.read_facts(connection)
        facts = next((f for f in everyone if f.tenant_id == tenant_id), None)
        if facts is None:
            raise NotFoundError(f"there is no tenant {tenant_id}")
        detail = read_model.read_detail(connection, tenant_id, context.pack)
    return FormStart(draft, facts, detail, others, _request(everyone, facts.customer_id))


def request(context: Context, tenant_id: str) -> SummaryRequest | None:
    """The open request for an Exec Summary of the tenant's customer, read anew (OS-03)."""
    with reading(context.store) as connection:
        everyone = read_model.read_facts(connection)
    customer = next((f.customer_id for f in everyone if f.tenant_id == tenant_id), None)
    return _request(everyone, customer)


def _request(everyone: Iterable[TenantFacts], customer: str | None) -> SummaryRequest | None:
    """The customer's open request, which stands with its winner tenant."""
    tenants = (f for f in everyone if f.customer_id == customer)
    asked = ((f.request, f.request_by) for f in tenants if f.request is not None)
    return next((SummaryRequest(date.fromordinal(day), who) for day, who in asked), None)


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
