"""What is told to the linter beside the text, and what it answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ftop_tui.playbook.values import EntitlementStatus, Finding, Grade


class OtherNote(NamedTuple):
    """The note on another workload of the same tenant (EN-13)."""

    tag: str
    text: str


class ComparableNote(NamedTuple):
    """The same made ready for comparing: its words without names of workloads, and their count."""

    tag: str
    words: tuple[str, ...]
    counts: Counter[str]
    letters: int
    """Characters in all the words."""


@dataclass(frozen=True, slots=True)
class Others:
    """The notes on the other workloads, prepared once for all the keys of one note (EN-13)."""

    notes: tuple[ComparableNote, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteContext:
    """The facts around a note: its workload's tag, its status (L1), and what cross-checks need.

    `workload_names` gives spellings of workloads by tag on top of those that the linter knows;
    `l2`, `l3` and `blocker_kind` are the fields beside the text (EN-07, EN-20).
    """

    workload: str
    status: EntitlementStatus | None = None
    others: tuple[OtherNote, ...] | Others = ()
    l2: str | None = None
    l3: str | None = None
    blocker_kind: str | None = None
    workload_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Judgement(NamedTuple):
    """The grade of a note (EN-16) and the findings, in the order of the text."""

    grade: Grade
    findings: tuple[Finding, ...]
