"""The brief of a Customer Review: generated part by part, and never over what somebody wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from ftop_tui.playbook.brief_changes import changes
from ftop_tui.playbook.brief_heads import HEADS
from ftop_tui.playbook.brief_parts import PARTS, Lines, Making
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.readiness import Readiness, readiness

MAKERS: Mapping[str, Callable[[Making], Lines]] = {**PARTS, **HEADS, "changes": changes}
"""How each part is generated, by its key."""

_PLAIN = frozenset({"opening"})
"""Parts that are sentences; the others are lists."""


class Edit(NamedTuple):
    """A part as somebody wrote it, and the mark of what was generated on the day of writing."""

    text: str
    day: date
    base: str


def mark(text: str) -> str:
    """A text as it is remembered: enough to see that it changed, and not to read it by.

    A brief quotes notes; one that is deleted for good must not live on beside an edit.
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a brief; lines that begin with a hyphen are a list."""

    key: str
    title: str
    text: str
    """What is presented: what was written, else what is generated."""
    generated: str
    edited: bool = False
    stale: bool = False
    """The facts have changed since it was written."""
    empty: bool = False
    """There is nothing on record for it."""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that is presented of a customer, for a review or as it stands today."""

    tenant_id: str
    """The winner tenant's."""
    customer_id: str
    name: str
    """The tenant's name."""
    shown_name: str
    """The customer's, as sentences, brief and slide have it (ES-13)."""
    today: date
    review_day: date | None
    nomination_id: str | None
    """The nomination that edited parts belong to; None: it cannot be edited yet."""
    last_review: date | None
    health: str | None
    parts: tuple[Part, ...]
    readiness: Readiness

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that a review asks for (RA-24)."""
        return self.readiness.complete

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, by the names that JSON has for it."""
        return tuple(gap.key for gap in self.readiness.missing)

    def part(self, key: str) -> Part:
        """A part by its key; KeyError where there is none."""
        found = {part.key: part for part in self.parts}
        return found[key]


class Head(NamedTuple):
    """Whose brief it is, and for which meeting."""

    tenant_name: str
    shown_name: str
    review_day: date | None
    nomination_id: str | None


def make_brief(making: Making, head: Head, edits: Mapping[str, Edit], pack: Pack) -> Brief:
    """The brief with every part in the pack's order (RA-17 to RA-24).

    An edited part stays as it was written; it says so where the facts have changed since: what is
    generated from today's record for the day of the edit differs from what was generated then.
    """
    source = making.source
    return Brief(
        tenant_id=source.facts.tenant_id,
        customer_id=source.facts.customer_id,
        name=head.tenant_name,
        shown_name=head.shown_name,
        today=making.today,
        review_day=head.review_day,
        nomination_id=head.nomination_id,
        last_review=source.last_review,
        health=source.facts.health,
        parts=tuple(_part(making, key, edits.get(key)) for key in making.terms.titles),
        readiness=readiness(making, pack),
    )


def _part(making: Making, key: str, edit: Edit | None) -> Part:
    lines = list(MAKERS[key](making)) if key in MAKERS else []
    generated = generate(making, key)
    title = making.terms.titles[key]
    if edit is None:
        return Part(key, title, generated, generated, empty=not lines)
    then = generate(_on(making, edit.day), key)
    return Part(key, title, edit.text, generated, edited=True, stale=mark(then) != edit.base,
                empty=not edit.text.strip())  # fmt: skip


def _on(making: Making, day: date) -> Making:
    """The same record looked at on another day."""
    return Making(making.source, day, making.terms, making.projection, making.opening)


def generate(making: Making, key: str) -> str:
    """The text of a part as the record gives it."""
    lines = list(MAKERS[key](making)) if key in MAKERS else []
    if not lines:
        return making.terms.empty
    if key in _PLAIN:
        return "\n".join(lines)
    return "\n".join(f"- {line}" for line in lines)
