"""The playbook's lines for entitlement notes and their slots (EN-06 to EN-10)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

from ftop_tui.playbook.values import EntitlementStatus

_BRACKETS = re.compile(r"\[([^\[\]\n]*)\]")


class Slot(NamedTuple):
    """A place to be typed over: offsets into its text (end exclusive) and what belongs there."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """One line of the source, verbatim, with its slots in order.

    `select` is a plain word of the line that is selected, ready to be typed over (EN-09). It is
    among the slots, and leaving it as it stands is no mistake.
    """

    status: EntitlementStatus
    line: str
    slots: tuple[Slot, ...]
    select: str | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The template from its TOML table."""
        line, select = data["line"], data.get("select")
        slots = [Slot(m.start(), m.end(), m[1]) for m in _BRACKETS.finditer(line)]
        if select:
            start = line.index(select)
            slots.append(Slot(start, start + len(select), select))
        return cls(EntitlementStatus(data["status"]), line, tuple(sorted(slots)), select)


@dataclass(frozen=True)
class Templates:
    """All template lines in the source's order, and what the form asks for each status."""

    lines: tuple[Template, ...]
    prompts: Mapping[EntitlementStatus, str]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The templates from the tables of `templates.toml`."""
        return cls(
            lines=tuple(Template.read(entry) for entry in data["template"]),
            prompts={EntitlementStatus(k): text for k, text in data["prompts"].items()},
        )

    def for_status(self, status: EntitlementStatus) -> tuple[Template, ...]:
        """The lines offered for a status; Duplicate/Invalid has a prompt instead (EN-10)."""
        return tuple(template for template in self.lines if template.status is status)

    def prompt_for(self, status: EntitlementStatus) -> str:
        """The question that the form asks beside the lines."""
        return self.prompts[status]

    def slots_in(self, text: str) -> tuple[Slot, ...]:
        """The slots of any line that still stand unfilled in a text (EN-06), in any letter case.

        Only the names that the lines use count, so a workload tag such as `[EXO]` is none.
        """
        if "[" not in text:
            return ()
        found = ((m, " ".join(m[1].lower().split())) for m in _BRACKETS.finditer(text))
        return tuple(Slot(m.start(), m.end(), name) for m, name in found if name in self._names)

    def stops_in(self, text: str) -> tuple[Slot, ...]:
        """Where the tab key stops: unfilled slots, and the selected word of an untouched line."""
        stops = list(self.slots_in(text))
        for template in self.lines:
            at = text.find(template.line) if template.select else -1
            if at >= 0:
                stops += [Slot(at + s.start, at + s.end, s.name) for s in template.slots]
        return tuple(sorted(set(stops)))

    def next_slot(self, text: str, cursor: int) -> Slot | None:
        """The first stop at or after the cursor, else the first of all; None without any."""
        stops = self.stops_in(text)
        return next((slot for slot in stops if slot.start >= cursor), stops[0] if stops else None)

    def previous_slot(self, text: str, cursor: int) -> Slot | None:
        """The last stop that ends before the cursor, else the last of all; None without any."""
        stops = self.stops_in(text)
        before = [slot for slot in stops if slot.end < cursor]
        return before[-1] if before else (stops[-1] if stops else None)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(m[1].lower() for t in self.lines for m in _BRACKETS.finditer(t.line))
