"""What an Exec Summary says of the customer, and which of the four things it leaves out (OS-06)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Describing:
    """The four things in the playbook's order, each with what gives it away in a text."""

    signs: Mapping[str, re.Pattern[str]]

    @classmethod
    def read(cls, data: Mapping[str, Any], covers: Sequence[str]) -> Self:
        """From the tables of `describing.toml`; a thing without signs is never called missing."""
        parts = data["parts"]
        return cls({name: _pattern(parts[name]) for name in covers if name in parts})

    def missing(self, text: str, industry: str | None = None) -> tuple[str, ...]:
        """Which of the four a reader cannot find; `industry` is how the record names it."""
        known = " ".join((industry or "").split()).casefold()
        plain = " ".join(text.split())
        return tuple(
            name
            for name, sign in self.signs.items()
            if not sign.search(plain)
            and not (name == "industry" and known and known in plain.casefold())
        )


def _pattern(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})", re.IGNORECASE)
