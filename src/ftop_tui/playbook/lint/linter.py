"""The linter: a text and its context in, grade and findings out."""

from collections.abc import Sequence

from ftop_tui.playbook.lint.context import Judgement, NoteContext
from ftop_tui.playbook.lint.grade import grade
from ftop_tui.playbook.lint.pack import LintPack
from ftop_tui.playbook.lint.parse import ParsedNote, Parser
from ftop_tui.playbook.lint.rules import RULES, blank, explanation
from ftop_tui.playbook.lint.vocabulary import Vocabulary
from ftop_tui.playbook.pack import Workload
from ftop_tui.playbook.templates import Templates
from ftop_tui.playbook.values import Finding, Grade, Severity

_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Linter:
    """Judges entitlement notes (EN-01 to EN-20); build it once, its patterns are compiled then."""

    def __init__(
        self, pack: LintPack, templates: Templates, workloads: tuple[Workload, ...]
    ) -> None:
        self.pack = pack
        self.templates = templates
        self._parser = Parser(pack, templates, Vocabulary(pack, workloads))

    def judge(self, text: str, context: NoteContext) -> Judgement:
        """The grade of a note and its findings, sorted by place and then severity.

        Any text is fine; offsets are into the text as given.
        """
        note = self._parser.parse(text, context)
        findings = list(blank(note)) or [f for rule in RULES for f in rule(note)]
        grade_ = grade(note)
        findings += _explained(note, grade_, findings)
        return Judgement(grade_, tuple(sorted(findings, key=_place)))


def _place(finding: Finding) -> tuple[int, int, str]:
    return (finding.start, _ORDER[finding.severity], finding.rule)


def _explained(note: ParsedNote, given: Grade, findings: Sequence[Finding]) -> list[Finding]:
    """EN-16: a grade below great always shows what lowers it."""
    lowering = [f for f in findings if f.severity is not Severity.INFO]
    if given is Grade.GREAT or lowering:
        return []
    return [explanation(note)]


def replaced(text: str, finding: Finding) -> str:
    """The text with a finding's suggestion in its place, without a doubled or a stranded blank."""
    if finding.suggestion is None:
        return text
    before, after = text[: finding.start], text[finding.end :]
    if not finding.suggestion:
        if after[:1] in {" ", ""} or not after[:1].isalnum():
            before = before.rstrip(" ") if after[:1] != " " else before
        if before.endswith(" ") or not before:
            after = after.removeprefix(" ")
    return before + finding.suggestion + after
