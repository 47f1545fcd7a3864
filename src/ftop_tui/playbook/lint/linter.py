"""The linter: a text and its context in, grade and findings out."""

from collections.abc import Iterable, Sequence

from ftop_tui.playbook.lint.context import Judgement, NoteContext, OtherNote, Others
from ftop_tui.playbook.lint.grade import grade
from ftop_tui.playbook.lint.pack import LintPack
from ftop_tui.playbook.lint.parse import Parser
from ftop_tui.playbook.lint.parsed import ParsedNote
from ftop_tui.playbook.lint.rules import RULES, blank, explanation, prepared
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
        self._vocabulary = Vocabulary(pack, workloads)
        self._parser = Parser(pack, templates, self._vocabulary)

    def judge(self, text: str, context: NoteContext) -> Judgement:
        """The grade of a note and its findings, sorted by place and then severity.

        Any text is fine; offsets are into the text as given.
        """
        note = self._parser.parse(text, context)
        findings = list(blank(note)) or [f for rule in RULES for f in rule(note)]
        grade_ = grade(note)
        findings += _explained(note, grade_, findings)
        return Judgement(grade_, tuple(sorted(findings, key=_place)))

    def others(self, notes: Iterable[OtherNote]) -> Others:
        """The notes on the other workloads, prepared once for many judgements (EN-13)."""
        return prepared(self._vocabulary, notes, self.pack.limits)

    def is_safe(self, finding: Finding) -> bool:
        """Whether its rewrite keeps the meaning, so that it may be taken over unread."""
        return finding.suggestion is not None and finding.rule in self.pack.safe_fixes

    def made_safe(self, text: str, findings: Iterable[Finding]) -> str:
        """The text with every safe rewrite among these findings in place; offsets are into it."""
        for finding in sorted(findings, key=lambda f: -f.start):
            if self.is_safe(finding):
                text = replaced(text, finding)
        return text


def _place(finding: Finding) -> tuple[int, int, str]:
    return (finding.start, _ORDER[finding.severity], finding.rule)


def _explained(note: ParsedNote, given: Grade, findings: Sequence[Finding]) -> list[Finding]:
    """EN-16: a grade below great always shows what lowers it."""
    lowering = [f for f in findings if f.severity is not Severity.INFO]
    if given is Grade.GREAT or lowering:
        return []
    return [explanation(note)]


def replaced(text: str, finding: Finding) -> str:
    """The text with a finding's suggestion in its place, without a doubled or a stranded blank.

    What takes the place of a capital has one too.
    """
    if finding.suggestion is None:
        return text
    before, after = text[: finding.start], text[finding.end :]
    suggestion = finding.suggestion
    capital = text[finding.start : finding.start + 1].isupper()
    if capital and suggestion:
        suggestion = suggestion[:1].upper() + suggestion[1:]
    if not suggestion:
        if after[:1] in {" ", ""} or not after[:1].isalnum():
            before = before.rstrip(" ") if after[:1] != " " else before
        if before.endswith(" ") or not before:
            after = after.removeprefix(" ")
        if capital and after[:1].isalpha():
            after = after[:1].upper() + after[1:]
    return before + suggestion + after
