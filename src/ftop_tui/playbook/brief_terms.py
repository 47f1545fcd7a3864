"""What the pack says of reviews and briefs: the weekday, the parts' titles, a few numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class BriefTerms:
    """The part `brief` of the pack."""

    weekday: int
    """Of the weekly meeting, 0 is Monday (RA-15)."""
    coming_weeks: int
    first_review_days: int
    """How many days a customer that was never presented looks back."""
    usage_points: int
    """A change of usage of so many points is significant (RA-21)."""
    longest_text: int
    titles: Mapping[str, str]
    """The parts of the brief by their key, in the order of the brief."""
    empty: str

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From the tables of `brief.toml`."""
        rest = {name: value for name, value in data.items() if name not in {"titles", "words"}}
        return cls(**rest, titles=data["titles"], empty=data["words"]["empty"])
