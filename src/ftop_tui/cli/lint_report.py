"""The findings of many notes as a Markdown page: counts first, then each note."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ftop_tui.playbook.lint import Judgement
from ftop_tui.playbook.markdown import escaped
from ftop_tui.playbook.values import EntitlementStatus, Finding, Grade
from ftop_tui.text import clean, clean_line


class JudgedNote(NamedTuple):
    """A note as it was given, and what the linter says of it."""

    tag: str
    status: EntitlementStatus
    text: str
    judgement: Judgement


def report(notes: Sequence[JudgedNote]) -> str:
    """The page; text of the notes stands in it as it is, and is no Markdown (EN-16)."""
    return "\n".join(
        [*_counts(notes), *(line for n, x in enumerate(notes, 1) for line in _note(n, x))]
    )


def _counts(notes: Sequence[JudgedNote]) -> Iterator[str]:
    """How many notes have each grade, and how many findings and notes there are by rule."""
    yield from (
        "# Findings",
        "",
        f"{len(notes)} notes judged.",
        "",
        "| grade | notes |",
        "| --- | --- |",
    )
    grades = Counter(note.judgement.grade for note in notes)
    yield from (f"| {grade.value} | {grades[grade]} |" for grade in Grade)
    yield from ("", "| rule | severity | findings | notes |", "| --- | --- | --- | --- |")
    found = Counter((f.rule, f.severity.value) for note in notes for f in note.judgement.findings)
    hit = Counter(
        key
        for note in notes
        for key in {(f.rule, f.severity.value) for f in note.judgement.findings}
    )
    for key in sorted(found):
        yield f"| {key[0]} | {key[1]} | {found[key]} | {hit[key]} |"
    yield ""


def _note(number: int, note: JudgedNote) -> Iterator[str]:
    yield f"## {number}. {note.tag}, {note.status.word}: {note.judgement.grade.value}"
    yield ""
    lines = clean(note.text).splitlines() or ["(blank)"]
    yield from (f"    {line}" for line in lines)  # code: a note's marks are not Markdown's
    yield ""
    for finding in note.judgement.findings:
        yield f"- **{finding.severity.value} {finding.rule}** {escaped(_said(finding))}"
    if note.judgement.findings:
        yield ""


def _said(finding: Finding) -> str:
    """The message, and what to write instead where that is known."""
    said = clean_line(finding.message)
    if finding.suggestion is None:
        return said
    return f"{said} Write: “{clean_line(finding.suggestion)}”" if finding.suggestion else said
