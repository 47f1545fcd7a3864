"""Which rows This week has: heads and items, of all that is due or of what fits some words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.week import Item, Week


class Row(NamedTuple):
    """A line of the list: a head, or an item."""

    head: str = ""
    item: Item | None = None
    alarming: bool = False


def said_of(item: Item) -> str:
    """All that a row says of an item, and whom it is about, for words to be looked for in."""
    decided = item.until or item.planned
    said = (
        item.name, item.customer, item.sort.word, item.rule, item.text, item.reason, item.woken,
        item.due.isoformat() if item.due else "no date", decided.isoformat() if decided else "",
    )  # fmt: skip
    return " ".join(filter(None, said))


def only(week: Week, fitting: Callable[[Sequence[Item]], Sequence[Item]], *, snoozed: bool) -> Week:
    """The week with those items alone that fit, of the ones that are shown; its load stays."""
    if snoozed:
        return replace(week, snoozed=tuple(fitting(week.snoozed)))
    kept = {item.key for item in fitting(week.items)}
    days = (
        day._replace(items=tuple(item for item in day.items if item.key in kept))
        for day in week.by_day
    )
    return replace(
        week,
        overdue=tuple(item for item in week.overdue if item.key in kept),
        by_day=tuple(day for day in days if day.items),
    )


def week_rows(week: Week, *, snoozed: bool = False) -> list[Row]:
    """The rows of a week: overdue ones under their own head, then day by day."""
    if snoozed:
        heads = [Row(f"Snoozed · {len(week.snoozed)}")] if week.snoozed else []
        return [*heads, *(Row(item=item) for item in week.snoozed)]
    rows = []
    if week.overdue:
        rows.append(Row(f"Overdue · {len(week.overdue)}", alarming=True))
        rows += [Row(item=item) for item in week.overdue]
    for day in week.by_day:
        notes = week.notes_on(day.day)
        falls = f" · {notes} note{'' if notes == 1 else 's'} due" if notes else ""
        today = " · today" if day.day == week.today else ""
        rows.append(Row(f"{long_day(day.day.toordinal())}{today}{falls}"))
        rows += [Row(item=item) for item in day.items]
    return rows
