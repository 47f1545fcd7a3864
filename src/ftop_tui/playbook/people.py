"""The pack's words for people: sections and roles of contacts, sorts of entries of a log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ftop_tui.errors import InputError
from ftop_tui.text import fold


@dataclass(frozen=True, slots=True)
class EntrySort:
    """A sort of entry of an escalation's log (RA-08, FR-13)."""

    label: str
    key: str
    """The letter that adds one on the screen."""
    ask: str
    needs: tuple[str, ...]
    """Which of who and text may not be empty."""


@dataclass(frozen=True, slots=True)
class PeopleTerms:
    """What the part `people` of the pack says."""

    sections: Mapping[str, str]
    """Labels of the sections of contacts by their keys, in the order in which they are shown."""
    roles: Mapping[str, str]
    sorts: Mapping[str, EntrySort]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The part from `people.toml`."""
        sorts = {
            key: EntrySort(sort["label"], sort["key"], sort["ask"], tuple(sort["needs"]))
            for key, sort in data["sorts"].items()
        }
        return cls(dict(data["sections"]), dict(data["roles"]["words"]), sorts)

    def section(self, key: str) -> str:
        """A section's label; one that is not known says its key."""
        return self.sections.get(key, key)

    def role(self, key: str | None) -> str:
        """A role's label; one that is not known says its key, none is empty."""
        return self.roles.get(key or "", key or "")

    def sort(self, key: str) -> str:
        """The label of a sort of entry; one that is not known says its key."""
        known = self.sorts.get(key)
        return known.label if known else key

    def read_section(self, text: str) -> str:
        """The section that is meant, by key or label (RA-09).

        Raises:
            InputError: it is none; those that there are are named.
        """
        return _meant("section", text, self.sections)

    def read_role(self, text: str) -> str | None:
        """The role that is meant, by key or label; None for an empty text (RA-09).

        Raises:
            InputError: it is none; those that there are are named.
        """
        return _meant("role", text, self.roles) if text.strip() else None

    def read_sort(self, text: str) -> str:
        """The sort of entry that is meant, by key or label (RA-08).

        Raises:
            InputError: it is none; those that there are are named.
        """
        return _meant("sort of entry", text, {k: sort.label for k, sort in self.sorts.items()})


def _meant(what: str, text: str, labels: Mapping[str, str]) -> str:
    wanted = fold(text).replace("-", "_").replace(" ", "_")
    for key, label in labels.items():
        if wanted in {fold(key), fold(label).replace(" ", "_")}:
            return key
    raise InputError(f"{text!r} is no {what}; there are: {', '.join(labels)}")
