"""All that is to be said of a stored note: what keeps it from being posted, and the findings."""

from dataclasses import dataclass, replace

from ftop_tui.playbook.lint.fields import text_of
from ftop_tui.playbook.lint.record import FieldFinding
from ftop_tui.playbook.notes import NoteBody
from ftop_tui.playbook.posting import Obstacle
from ftop_tui.playbook.values import Grade, NoteState, Severity
from ftop_tui.services import notes
from ftop_tui.services.context import Context
from ftop_tui.services.judging import judge_note
from ftop_tui.services.record_context import record_context
from ftop_tui.store import repositories


@dataclass(frozen=True, slots=True)
class NoteCheck:
    """A note with its obstacles and the findings that its writer has not set aside."""

    note: notes.StoredNote
    grade: Grade | None
    obstacles: tuple[Obstacle, ...]
    """What keeps a draft from being marked posted today; a posted note has none."""
    findings: tuple[FieldFinding, ...]

    @property
    def is_clear(self) -> bool:
        """Whether nothing blocks and no error was found; warnings do not count."""
        errors = [f for _, f in self.findings if f.severity is Severity.ERROR]
        return not self.obstacles and not errors


def check_note(context: Context, note_id: str) -> NoteCheck:
    """Check a note against the playbook and the record.

    Raises:
        NotFoundError: there is none, or several begin so.
    """
    note = notes.load(context, note_id)
    draft = note.draft
    record = record_context(context, draft.tenant_id)
    record = replace(record, posting_day=note.posted_on or record.posting_day)
    others = _other_texts(context, draft.tenant_id, draft.tag)
    grade, found = judge_note(context, draft.body, draft.tag, record, others)
    aside = {(each.rule, each.words) for each in draft.ignored}
    kept = [each for each in found if (each.finding.rule, _words(draft.body, each)) not in aside]
    is_draft = note.state is NoteState.DRAFT
    obstacles = notes.blockers(context, draft, record.posting_day) if is_draft else []
    return NoteCheck(note, grade, tuple(obstacles), tuple(kept))


def _other_texts(context: Context, tenant_id: str, tag: str | None) -> list[tuple[str, str]]:
    """What stands on the tenant's other workloads (EN-13)."""
    if tag is None:
        return []
    with context.stored().looking() as session:
        return repositories.texts_of_other_workloads(session, tenant_id, tag)


def _words(body: NoteBody, found: FieldFinding) -> str:
    """The words that a finding marks."""
    return text_of(body, found.field)[found.finding.start : found.finding.end]
