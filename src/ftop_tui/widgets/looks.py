"""The one visual language: how each value of the playbook looks, everywhere it is shown.

A look is a letter, a word and a colour, so that a screen reads without colour too. Styles name
theme variables (`widgets.themes`), never colours.
"""

from typing import NamedTuple

from textual.content import Content

from ftop_tui.playbook.values import (
    Band,
    EnterpriseStatus,
    EntitlementStatus,
    Grade,
    Health,
    NoteState,
    Severity,
)


class Look(NamedTuple):
    """How a value is shown: its letter, its word, and the style of both."""

    letter: str
    word: str
    style: str

    @property
    def content(self) -> Content:
        """The word in its colour."""
        return Content.styled(self.word, self.style)

    @property
    def full(self) -> Content:
        """The letter and the word in their colour."""
        return Content.styled(f"{self.letter} {self.word}", self.style)


MUTED = "$ftop-muted"
"""Style: what may be overlooked."""

STRONG = "bold"
"""Style: a heading within a text."""

KEY = "$ftop-key"
"""Style: a key that can be pressed."""

MISSING = "bold $ftop-missing"
"""Style: what is not known and should be."""

_UNSET = Look("-", "Unset", MUTED)

_HEALTH = {
    Health.RED: Look("R", "Red", "$ftop-red"),
    Health.YELLOW: Look("Y", "Yellow", "$ftop-yellow"),
    Health.GREEN: Look("G", "Green", "$ftop-green"),
    Health.BLUE: Look("B", "Blue", "$ftop-blue"),
}
_ENTERPRISE = {
    EnterpriseStatus.RED: _HEALTH[Health.RED],
    EnterpriseStatus.YELLOW: _HEALTH[Health.YELLOW],
    EnterpriseStatus.GREEN: _HEALTH[Health.GREEN],
}
_BAND = {
    Band.BREACH: Look("!", "breach", "bold $ftop-breach"),
    Band.LATE: Look("+", "late", "$ftop-late"),
    Band.DUE: Look(">", "due", "$ftop-due"),
    Band.BLOCKED: Look("x", "blocked", "$ftop-blocked"),
    Band.WATCH: Look(".", "watch", MUTED),
}
_ENTITLEMENT = {
    EntitlementStatus.IN_PROGRESS: Look("I", "In Progress", "$ftop-green"),
    EntitlementStatus.BLOCKED: Look("B", "Blocked", "$ftop-blocked"),
    EntitlementStatus.NO_INTENT: Look("N", "No Intent", "$ftop-late"),
    EntitlementStatus.UNKNOWN: Look("U", "Status Unknown", "$ftop-yellow"),
    EntitlementStatus.DUPLICATE: Look("D", "Duplicate/Invalid", MUTED),
}
_GRADE = {
    Grade.GREAT: Look("G", "great", "$ftop-green"),
    Grade.MARGINAL: Look("M", "marginal", "$ftop-yellow"),
    Grade.POOR: Look("P", "poor", "$ftop-red"),
}
_SEVERITY = {
    Severity.ERROR: Look("E", "error", "$ftop-red"),
    Severity.WARN: Look("W", "warn", "$ftop-yellow"),
    Severity.INFO: Look("I", "info", "$ftop-blue"),
}
_STATE = {
    NoteState.DRAFT: Look("D", "draft", "$ftop-draft"),
    NoteState.POSTED: Look("P", "posted", MUTED),
}


def health(value: Health | str | None) -> Look:
    """How a customer's colour looks; a text as the store holds it is read first (ES-08)."""
    read = Health.read(value) if isinstance(value, str) else value
    return _HEALTH[read] if read else _UNSET


def enterprise(value: EnterpriseStatus | str | None) -> Look:
    """How the Enterprise status looks: the owner's judgement, not the health (ES-07)."""
    read = EnterpriseStatus.read(value) if isinstance(value, str) else value
    return _ENTERPRISE[read] if read else _UNSET


def band(value: Band) -> Look:
    """How a band looks."""
    return _BAND[value]


def entitlement(value: EntitlementStatus | None) -> Look:
    """How a workload's status looks (EN-20)."""
    return _ENTITLEMENT[value] if value else Look("-", "No status", MUTED)


def grade(value: Grade) -> Look:
    """How a note's grade looks (EN-16)."""
    return _GRADE[value]


def severity(value: Severity) -> Look:
    """How much a finding weighs, to the eye."""
    return _SEVERITY[value]


def state(value: NoteState) -> Look:
    """Whether a note is a draft or posted."""
    return _STATE[value]
