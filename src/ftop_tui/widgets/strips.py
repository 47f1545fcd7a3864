"""Small pictures in one line: a customer's colour by month, a portfolio by band or colour."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from ftop_tui.playbook.health_strip import HealthMonth
from ftop_tui.widgets import looks
from ftop_tui.widgets.looks import Look

UNKNOWN = "·"
"""A month of which nothing was recorded."""


def health_letters(months: Sequence[HealthMonth]) -> Sequence[tuple[str, str]]:
    """A letter and its style for each month; a month without a record is a dot, never a guess."""
    return [
        (looks.health(each.health).letter, looks.health(each.health).style)
        if each.known
        else (UNKNOWN, looks.MUTED)
        for each in months
    ]


def health_strip(months: Sequence[HealthMonth]) -> Content:
    """The customer's colour by month, oldest first."""
    return Content("").join(Content.styled(*letter) for letter in health_letters(months))


def dated_strip(months: Sequence[HealthMonth]) -> Content:
    """The customer's colour by month between the names of the first and the last."""
    first, last = (each.month.isoformat()[:7] for each in (months[0], months[-1]))
    return Content.assemble(
        Content.styled(f"Health  {first} ", looks.MUTED),
        health_strip(months),
        Content.styled(f" {last}", looks.MUTED),
    )


class Share(NamedTuple):
    """How many there are of something that has a look."""

    look: Look
    number: int


def bar(shares: Iterable[Share], width: int) -> Content:
    """The shares in so many cells, each by its letter; what there is gets one cell at least.

    A letter is one of them where all of them fit; otherwise the lengths are in proportion.
    """
    present = [share for share in shares if share.number]
    if not present or width < len(present):
        return Content("")
    cells = _cells([share.number for share in present], width)
    return Content("").join(
        Content.styled(share.look.letter * many, share.look.style)
        for share, many in zip(present, cells, strict=True)
    )


def _cells(numbers: Sequence[int], width: int) -> list[int]:
    """How many cells each number gets: equal ones as many, greater ones no less, `width` at most.

    What equal numbers could not share evenly stays empty.
    """
    total = sum(numbers)
    if total <= width:
        return list(numbers)
    cells = [max(1, number * width // total) for number in numbers]
    if sum(cells) > width:  # many small ones had to be seen: the longest pay for it
        while sum(cells) > width:
            longest = max(cells)
            cells = [each - 1 if each == longest else each for each in cells]
        return cells
    rests = {number: number * width % total for number in numbers if number * width >= total}
    for number in sorted(rests, key=rests.__getitem__, reverse=True):
        if sum(cells) + numbers.count(number) > width:
            break
        cells = [each + (n == number) for each, n in zip(cells, numbers, strict=True)]
    return cells


def counted(shares: Iterable[Share]) -> Content:
    """The shares in words: letter, number, word."""
    return Content("  ").join(
        Content.styled(f"{share.look.letter} {share.number:,} {share.look.word}", share.look.style)
        for share in shares
        if share.number
    )
