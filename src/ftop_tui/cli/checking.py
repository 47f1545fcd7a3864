"""`note check`: what keeps a note from being posted, and what is to be said of it."""

from typing import Any

from ftop_tui.cli.linting import finding_document
from ftop_tui.cli.output import say, say_json
from ftop_tui.services.checking import NoteCheck, check_note
from ftop_tui.services.context import Context


def check(options: Any, context: Context) -> int:
    """Print the check of the note with that id: exit status 1 where it is not clear."""
    found = check_note(context, options.id)
    if options.json:
        say_json(_document(found))
    else:
        _say(found)
    return 0 if found.is_clear else 1


def _document(found: NoteCheck) -> dict[str, Any]:
    draft = found.note.draft
    return {
        "id": draft.id,
        "kind": draft.kind.value,
        "workload": draft.tag,
        "state": found.note.state.value,
        "grade": found.grade.value if found.grade else None,
        "blocks": [obstacle._asdict() for obstacle in found.obstacles],
        "findings": [
            {"field": field, **finding_document(finding)} for field, finding in found.findings
        ],
    }


def _say(found: NoteCheck) -> None:
    if found.grade:
        say(f"grade: {found.grade.value}")
    for rule, field, message in found.obstacles:
        say(f"blocks {rule}  {field}: {message}")
    for field, finding in found.findings:
        say(f"{finding.severity.value:<6} {finding.rule}  {field}: {finding.message}")
    if not found.obstacles and not found.findings:
        say("nothing found")
