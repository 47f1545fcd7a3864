"""What is told of a rule beside its text: examples, and what is still to come."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self


class RuleNotes(NamedTuple):
    """Examples of a rule and its state; a text is None where there is none of its kind.

    `workload` and `status` are there where the examples are entitlement notes that the linter
    tells apart by this rule.
    """

    bad: str | None = None
    good: str | None = None
    sees: str | None = None
    workload: str | None = None
    status: str | None = None
    pending: str | None = None
    """What is to come of a rule that is not carried out at all."""
    partly: str | None = None
    """What is to come of a rule that is carried out but for this."""

    @classmethod
    def read(
        cls, rule: str, examples: Mapping[str, Any], to_come: Mapping[str, Mapping[str, str]]
    ) -> Self:
        """The notes on a rule from the tables of `examples.toml` and `pending.toml`."""
        return cls(
            **examples.get(rule, {}),
            pending=to_come["pending"].get(rule),
            partly=to_come["partly"].get(rule),
        )

    @property
    def state(self) -> str:
        """In a sentence how far the app carries the rule out."""
        if self.pending:
            return f"not carried out yet: {self.pending}"
        if self.partly:
            return f"carried out, not yet: {self.partly}"
        return "carried out"
