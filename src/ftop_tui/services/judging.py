"""The linter and the templates of the pack in force, for forms and command line alike."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ftop_tui.errors import PackError
from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.lint import Judgement, Linter, LintPack, NoteContext, OtherNote
from ftop_tui.playbook.notes import EntitlementBody
from ftop_tui.playbook.pack import Workload
from ftop_tui.playbook.templates import Templates
from ftop_tui.playbook.values import EntitlementStatus
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


def judge(
    context: Context,
    tag: str,
    body: EntitlementBody,
    others: Sequence[tuple[str, str]] = (),
) -> Judgement:
    """Grade and findings of an entitlement note; `others` are texts by tag of the same tenant."""
    around = NoteContext(
        workload=tag,
        status=body.status,
        others=tuple(OtherNote(other, text) for other, text in others),
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
