"""The closed vocabularies of the playbook: what is stored, and the word that is shown."""

from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, Self


class _Vocabulary(StrEnum):
    """A closed list of values, read in any letter case and with any separator."""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The value a cell or an option means, in its own or in FTOP's word; None if none."""
        found: Self | None = _spellings(cls).get(_key(text))
        return found

    @property
    def word(self) -> str:
        """The value as it is written in a sentence."""
        return self.value.replace("_", " ").replace("-", " ").capitalize()

    @property
    def letter(self) -> str:
        """Its first letter, for the list."""
        return self.value[0].upper()


def _key(text: str) -> str:
    """A value without letter case and whatever stands between its words."""
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").replace("/", " ").split())


@cache
def _spellings(vocabulary: type[_Vocabulary]) -> dict[str, Any]:
    words = {_key(value.word): value for value in vocabulary}
    return words | {_key(value.value): value for value in vocabulary}


class Health(_Vocabulary):
    """A customer's colour by usage, worst first. Not the Enterprise status (ES-08)."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"

    @property
    def level(self) -> int:
        """0 for Red up to 3 for Blue: the higher the healthier."""
        return _LEVELS[self]


_LEVELS = {health: level for level, health in enumerate(Health)}


class EnterpriseStatus(_Vocabulary):
    """The owner's judgement of the engagement (ES-07); there is no Blue."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class EntitlementStatus(_Vocabulary):
    """Where a workload's entitlements stand: L1 of the playbook (EN-20)."""

    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    NO_INTENT = "no_intent"
    UNKNOWN = "unknown"
    DUPLICATE = "duplicate"

    @property
    def word(self) -> str:
        """The status as FTOP writes it."""
        return _STATUS_WORDS[self]


_STATUS_WORDS = {
    EntitlementStatus.IN_PROGRESS: "In Progress",
    EntitlementStatus.BLOCKED: "Blocked",
    EntitlementStatus.NO_INTENT: "No Intent",
    EntitlementStatus.UNKNOWN: "Status Unknown",
    EntitlementStatus.DUPLICATE: "Duplicate/Invalid",
}


class NoteKind(_Vocabulary):
    """The kinds of note (OS-01); the Exec Summary is an Overall note of special form."""

    ENTITLEMENT = "entitlement"
    OVERALL = "overall"
    EXEC_SUMMARY = "exec-summary"
    ENTERPRISE = "enterprise"

    @property
    def word(self) -> str:
        """The kind as the playbook writes it."""
        return "Exec Summary" if self is NoteKind.EXEC_SUMMARY else self.value.capitalize()


class NoteState(_Vocabulary):
    """A draft counts for nothing until it is posted in FTOP and marked so."""

    DRAFT = "draft"
    POSTED = "posted"


class Priority(_Vocabulary):
    """A customer's priority in the programme."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Phase(_Vocabulary):
    """The FastTrack lifecycle."""

    INITIATE = "initiate"
    ASSESS = "assess"
    REMEDIATE = "remediate"
    ENABLE = "enable"
    DRIVE_VALUE = "drive_value"


class Role(_Vocabulary):
    """Who writes a note (OS-01, OS-12)."""

    FM = "fm"
    FTA = "fta"
    SME = "sme"
    ADOPTION_SME = "adoption_sme"

    @property
    def word(self) -> str:
        """The role as it is spoken."""
        return "Adoption SME" if self is Role.ADOPTION_SME else self.value.upper()


class Grade(_Vocabulary):
    """What a note is worth to those who read it (EN-16)."""

    GREAT = "great"
    MARGINAL = "marginal"
    POOR = "poor"


class Severity(_Vocabulary):
    """How much a finding weighs: an error blocks marking posted, the others do not."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Band(_Vocabulary):
    """How urgent a tenant is at all, most urgent first; points only order within a band."""

    BREACH = "breach"
    LATE = "late"
    DUE = "due"
    BLOCKED = "blocked"
    WATCH = "watch"

    @property
    def order(self) -> int:
        """0 for breach up to 4 for watch."""
        return _BAND_ORDER[self]


_BAND_ORDER = {band: order for order, band in enumerate(Band)}


class Finding(NamedTuple):
    """One remark of the linter: what, where, and what would cure it.

    `start` and `end` are character offsets into the text as given, end exclusive. `suggestion` is
    the text that would replace that span, or None where no machine can write it.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str | None = None
