"""The linter and the templates of the pack in force, for forms and command line alike."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.lint import Judgement, Linter, LintPack, NoteContext, OtherNote, Others
from ftop_tui.playbook.lint.checks import Checks
from ftop_tui.playbook.lint.fields import judge_fields
from ftop_tui.playbook.lint.record import FieldFinding, RecordContext
from ftop_tui.playbook.notes import EntitlementBody, NoteBody
from ftop_tui.playbook.pack import Workload
from ftop_tui.playbook.templates import Templates
from ftop_tui.playbook.values import EntitlementStatus, Grade
from ftop_tui.services.context import Context


def templates(context: Context) -> Templates:
    """The template lines of entitlement notes (EN-06 to EN-09)."""
    return _templates(context.paths.pack)


def linter(context: Context) -> Linter:
    """The linter; made once, for its patterns are compiled then."""
    return _linter(context.paths.pack, context.pack.workloads)


@lru_cache(maxsize=4)
def _templates(pack_file: Path) -> Templates:
    return Templates.read(load_part("templates", pack_file))


@lru_cache(maxsize=4)
def _linter(pack_file: Path, workloads: tuple[Workload, ...]) -> Linter:
    try:
        lint_pack = LintPack.read(load_part("lint", pack_file))
        return Linter(lint_pack, _templates(pack_file), workloads)
    except re.error as error:
        raise PackError(
            f"{pack_file}: lint: {error.pattern!r} is no pattern: {error.msg}"
        ) from error


def checks(context: Context) -> Checks:
    """What the checks of the notes' fields look for, of the pack in force; compiled once."""
    return _checks(context.paths.pack)


@lru_cache(maxsize=4)
def _checks(pack_file: Path) -> Checks:
    try:
        return Checks.read(load_part("checks", pack_file))
    except re.error as error:
        raise PackError(
            f"{pack_file}: checks: {error.pattern!r} is no pattern: {error.msg}"
        ) from error
    except ValueError as error:
        raise PackError(f"{pack_file}: checks.writers: {error}") from error


class NoteJudgement(NamedTuple):
    """What is to be said of a note: the grade of an entitlement note (EN-16), and the findings."""

    grade: Grade | None
    findings: tuple[FieldFinding, ...]


def judge_note(
    context: Context,
    body: NoteBody,
    tag: str | None,
    record: RecordContext,
    others: Others | Sequence[tuple[str, str]] = (),
) -> NoteJudgement:
    """Grade and findings of a note of any kind, field by field.

    Only an entitlement note on a workload is graded; the linter's findings stand at its `text`.
    """
    around = judge_fields(body, record, context.pack)
    if not isinstance(body, EntitlementBody) or tag is None:
        return NoteJudgement(None, around)
    grade, findings = judge(context, tag, body, others)
    return NoteJudgement(grade, (*(FieldFinding("text", found) for found in findings), *around))


def prepared(context: Context, texts: Sequence[tuple[str, str]]) -> Others:
    """The texts of a tenant's other workloads by tag, made ready for many judgements (EN-13)."""
    return linter(context).others(OtherNote(tag, text) for tag, text in texts)


def judge(
    context: Context,
    tag: str,
    body: EntitlementBody,
    others: Others | Sequence[tuple[str, str]] = (),
) -> Judgement:
    """Grade and findings of an entitlement note; `others` are texts by tag of the same tenant."""
    around = NoteContext(
        workload=tag,
        status=body.status,
        others=others if isinstance(others, Others) else prepared(context, others),
        l2=body.l2 or None,
        l3=body.l3 or None,
        blocker_kind=body.blocker_kind or None,
    )
    return linter(context).judge(body.text, around)


def judge_text(
    context: Context, text: str, *, tag: str, status: EntitlementStatus | None
) -> Judgement:
    """The same for a text that is no note of the store."""
    return linter(context).judge(text, NoteContext(workload=tag, status=status))
