"""Hiding items of This week until a day, with the reason; and taking that back.

A snooze hides from This week only: it is no factor, so that it can change no band.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ftop_tui.errors import InputError, RefusedError
from ftop_tui.playbook.week import Item
from ftop_tui.services import backups
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Planned, Snooze
from ftop_tui.store.unit_of_work import UnitOfWork
from ftop_tui.store.week_rows import planned_of, snoozes_of
from ftop_tui.text import clean_line


def snooze(context: Context, items: Sequence[Item], until: date, reason: str) -> Changes:
    """Hide items until a day to come; an earlier snooze of the same is replaced.

    Raises:
        InputError: no item, no reason, or a day that is not to come.
    """
    why = clean_line(reason)
    if not why:
        raise InputError("a snooze needs a reason; it is shown when the item wakes")
    if until <= context.today():
        raise InputError(f"{until.isoformat()} is not to come; name the day on which it wakes")
    named = named_items(items)
    with context.stored().unit("snooze") as unit:
        backups.before_several(context, len(items))
        for item in items:
            hide(context, unit, item, until, why)
        unit.sentence = f"Snoozed until {until.isoformat()}: {named}"
        return Changes(unit.sentence)


def wake(context: Context, items: Sequence[Item]) -> Changes:
    """Show items again that are snoozed, or forget that they were.

    Raises:
        InputError: no item. RefusedError: none of them is snoozed.
    """
    named = named_items(items)
    with context.stored().unit("wake") as unit:
        found = [row for item in items for row in _rows(unit, item)]
        if not found:
            raise RefusedError(f"not snoozed: {named}")
        backups.before_several(context, len(found))
        for row in found:
            unit.session.delete(row)
        unit.sentence = f"Woken: {named}"
        return Changes(unit.sentence)


def hide(context: Context, unit: UnitOfWork, item: Item, until: date, reason: str) -> None:
    """Keep one snooze, in the place of an earlier one of the same item."""
    rows = _rows(unit, item)
    for row in rows[1:]:
        unit.session.delete(row)
    row = rows[0] if rows else _new(context, item)
    row.until, row.reason = until, reason
    unit.session.add(row)


def plan(context: Context, unit: UnitOfWork, item: Item, day: date) -> None:
    """Keep the day on which an item is meant to be done; no clock moves."""
    row = planned_of(unit.session, item.customer_id, item.mark)
    if row is None:
        row = Planned(id=context.new_id(), customer_id=item.customer_id, what=item.mark, day=day)
    row.day = day
    unit.session.add(row)


def _new(context: Context, item: Item) -> Snooze:
    return Snooze(
        id=context.new_id(),
        customer_id=item.customer_id,
        what=item.mark,
        until=context.today(),
        reason="",
    )


def _rows(unit: UnitOfWork, item: Item) -> Sequence[Snooze]:
    return snoozes_of(unit.session, item.customer_id, item.mark)


def named_items(items: Iterable[Item]) -> str:
    """Some items in a few words, for undo.

    Raises:
        InputError: there is none.
    """
    every = list(items)
    if not every:
        raise InputError("no item was named; `ftop-tui week` shows them with their keys")
    first = every[0]
    more = f" and {len(every) - 1} more" if len(every) > 1 else ""
    return f"{first.sort.word} of {first.name}{more}"
