"""The playbook's rules as they can be read: id, source, what it says, what the app does."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self


class Rule(NamedTuple):
    """One rule. `doc` is the key of its document, `source` that document's title."""

    id: str
    doc: str
    area: str
    says: str
    does: str
    source: str

    @classmethod
    def read(cls, data: Mapping[str, Any], documents: Mapping[str, str]) -> Self:
        """A rule from its TOML table."""
        return cls(
            data["id"],
            data["doc"],
            data["area"],
            data["says"],
            data["does"],
            documents[data["doc"]],
        )


def read_rules(data: Mapping[str, Any]) -> tuple[Rule, ...]:
    """All rules of `rules.toml`, in its order."""
    return tuple(Rule.read(entry, data["documents"]) for entry in data["rule"])
