"""What the keys mean for each sort of item of This week, and what answers it."""

from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App
from textual.content import Content

from ftop_tui.playbook.week import Sort
from ftop_tui.screens import ways
from ftop_tui.widgets import looks

TEXTS = frozenset({Sort.PROGRESS, Sort.PERSPECTIVE})

OPENS: Mapping[Sort, Callable[[App[Any], str], None]] = {
    Sort.ENTERPRISE: ways.enterprise,
    Sort.EVENT: ways.enterprise,
    Sort.NEXT_UPDATE: ways.enterprise,
    Sort.REQUEST: ways.exec_summary,
    Sort.FORECAST: ways.forecasts,
    Sort.MILESTONE: ways.forecasts,
    Sort.CONTACTS: ways.contacts,
    Sort.FRP_REVIEW: ways.partners,
    Sort.FRP_DATA: ways.partners,
    Sort.MEETING: ways.partners,
    Sort.PSM: ways.partners,
    Sort.REVIEW: ways.brief,
    Sort.RENEWAL: ways.brief,
    Sort.ACTION: ways.overall,
    Sort.STEP: ways.plan,
    Sort.AWARENESS: ways.plan,
}
"""The screen that answers an item; Progress and Perspective are asked for in a line."""


def key_words(sort: Sort, width: int, *, asleep: bool) -> Content:
    """What the keys do with an item, in the most words that fit into so many cells."""
    moves = "sets another date" if sort.owns else "plans a day, moves no clock"
    ways = (
        ("   ", moves, "answers it", "wakes it"),
        ("   ", "sets a date" if sort.owns else "plans a day", "answers", "wakes"),
        ("  ", "moves", "opens", "wakes"),
    )
    lines = (_line(gap, sort.done, *words, asleep=asleep) for gap, *words in ways)
    return next((line for line in lines if line.cell_length <= width), Content(""))


def _line(gap: str, done: str, moves: str, answers: str, wakes: str, *, asleep: bool) -> Content:
    words = {"d": done, "m": moves, "enter": answers, **({"w": wakes} if asleep else {})}
    each = [Content.assemble((f"{key} ", looks.KEY), said) for key, said in words.items()]
    return Content(gap).join(each)
