"""All that is to be said of a stored note: what keeps it from being posted, and the findings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ftop_tui.playbook.lint.fields import text_of
from ftop_tui.playbook.lint.ignored import those_aside
from ftop_tui.playbook.lint.record import FieldFinding, RecordContext
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


def warnings_before_posting(
    context: Context, draft: notes.Draft, on: date | None = None
) -> list[str]:
    """What does not block posting a draft on a day, and is to be said all the same (ES-05)."""
    record = record_context(context, draft.tenant_id)
    record = replace(record, posting_day=on or record.posting_day)
    _, found = _judged(context, draft, record)
    unread = getattr(draft.body, "unread", "")
    said = [f"“{unread}” is no date and is left out; write it as YYYY-MM-DD"] if unread else []
    return said + [f"{f.rule}: {f.message}" for _, f in found if f.severity is Severity.WARN]


def check_note(context: Context, note_id: str) -> NoteCheck:
    """Check a note against the playbook and the record; a posted one as of its day.

    Raises:
        NotFoundError: there is none, or several begin so.
    """
    note = notes.load(context, note_id)
    draft = note.draft
    record = record_context(context, draft.tenant_id)
    record = replace(record, posting_day=note.posted_on or record.posting_day)
    grade, found = _judged(context, draft, record)
    is_draft = note.state is NoteState.DRAFT
    obstacles = notes.blockers(context, draft, record.posting_day) if is_draft else []
    return NoteCheck(note, grade, tuple(obstacles), found)


def _judged(
    context: Context, draft: notes.Draft, record: RecordContext
) -> tuple[Grade | None, tuple[FieldFinding, ...]]:
    """The grade of an entitlement note, and the findings that the writer has not set aside."""
    others = _other_texts(context, draft.tenant_id, draft.tag)
    grade, found = judge_note(context, draft.body, draft.tag, record, others)
    return grade, _open(draft, found)


def _other_texts(context: Context, tenant_id: str, tag: str | None) -> list[tuple[str, str]]:
    """What stands on the tenant's other workloads (EN-13)."""
    if tag is None:
        return []
    with context.stored().looking() as session:
        return repositories.texts_of_other_workloads(session, tenant_id, tag)


def _open(draft: notes.Draft, found: Sequence[FieldFinding]) -> tuple[FieldFinding, ...]:
    """The findings that the writer has not set aside, told apart as the form does."""
    aside: set[FieldFinding] = set()
    for field in {each.field for each in found}:
        of_field = [each.finding for each in found if each.field == field]
        hidden = those_aside(of_field, text_of(draft.body, field), draft.ignored)
        aside |= {FieldFinding(field, finding) for finding in hidden}
    return tuple(each for each in found if each not in aside)
