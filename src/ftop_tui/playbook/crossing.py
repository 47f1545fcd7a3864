"""Milestones of usage that were crossed since a day, for Awareness (RA-04, RA-14)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.days import month_text
from ftop_tui.playbook.usage import UsagePoint


class Crossing(NamedTuple):
    """A share of usage, in percent, and the first month that reached it."""

    tag: str
    percent: int
    month: date

    @property
    def sentence(self) -> str:
        """How Awareness says it."""
        return f"{self.tag} reached {self.percent}% of usage in {month_text(self.month)}."


def crossed(
    tag: str, usage: Sequence[UsagePoint], milestones: Iterable[int], since: date | None
) -> list[Crossing]:
    """The milestones of a workload that its usage, oldest month first, crossed since a day.

    A month's figures are known when it is over, so those of the day's own month are news. What
    was reached before, or in the first month known, was not crossed since.
    """
    known = [(point.month, point.percent) for point in usage if point.percent is not None]
    start = since.replace(day=1) if since else date.min
    before = [place for place, (month, _) in enumerate(known) if month < start]
    base = before[-1] if before else 0
    reached = max((percent for _, percent in known[: base + 1]), default=0.0)
    found = []
    for mark in sorted(milestones):
        month = next((month for month, share in known[base + 1 :] if share >= mark), None)
        if reached < mark and month is not None:
            found.append(Crossing(tag, mark, month))
    return found
