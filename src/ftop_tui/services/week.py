"""This week: what is due, by day, over all customers; and doing, moving or snoozing it.

Whatever is done to several items at once is one transaction and one step of undo: it holds for all
of them or for none.
"""

from collections.abc import Sequence
from datetime import date

from ftop_tui.errors import AmbiguousError, FtopError, InputError, NotFoundError
from ftop_tui.playbook.query import is_mine
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.week import Item, Sort, Week, arrange, late_plans, put_off, quarter_end
from ftop_tui.playbook.week_items import all_items, psm_rows
from ftop_tui.services import partnerships, portfolio
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.plan_terms import plan_terms
from ftop_tui.services.reading import reading
from ftop_tui.store import week as rows
from ftop_tui.text import fold

USUAL = 7
"""Days ahead that are shown where no number is given."""

_FARTHEST = 36_525
"""A century; the calendar itself ends somewhere beyond."""


def week(context: Context, *, days: int = USUAL, mine: bool = False) -> Week:
    """All that is due within so many days, and all that is overdue.

    `mine` leaves out the customers whose FM or FTA is another.

    Raises:
        InputError: a negative number of days, or over a century. StoreError: the store cannot be
            used.
    """
    if not 0 <= days <= _FARTHEST:
        raise InputError(f"{days} is no number of days ahead")
    return arrange(items(context, mine=mine), context.today(), days)


def items(context: Context, *, mine: bool = False) -> list[Item]:
    """Every item there is, whenever it is due, with what was planned and snoozed."""
    if not context.store.exists():
        return []
    today, kept = context.today(), plan_terms(context).renewal_kept_days
    ranked = _shown(context, mine=mine)
    with reading(context) as connection:
        dated = [*rows.read_dated(connection), *psm_rows(partnerships.read(context))]
        snoozes, planned = rows.read_snoozes(connection), rows.read_planned(connection)
    found = all_items(ranked, dated, today, context.pack, kept=kept)
    return put_off(found, snoozes, planned, today, kept=kept)


def _shown(context: Context, *, mine: bool) -> Sequence[Ranked]:
    ranked = portfolio.load(context).ranked
    if not mine:
        return ranked
    names = frozenset(fold(name) for name in context.settings.me)
    return [each for each in ranked if is_mine(each.facts, names)]


def days_to_quarter_end(today: date) -> int:
    """How far ahead the end of the quarter is, in days (ES-04)."""
    return (quarter_end(today) - today).days


def find(every: Sequence[Item], name: str, ranked: Sequence[Ranked] = ()) -> Item:
    """The item that a key means: in whole, by its beginning, or with the tenant by name after @.

    Raises:
        NotFoundError: none. AmbiguousError: several; their keys are listed.
    """
    wanted = name.strip()
    hits = [item for item in every if item.key == wanted]
    hits = hits or [item for item in every if wanted and item.key.startswith(wanted)]
    if not hits and "@" in wanted:
        what, _, tenant = wanted.partition("@")
        try:
            tenant_id = portfolio.choose(tenant, ranked, lambda each: each.facts).facts.tenant_id
        except FtopError as error:
            raise NotFoundError(f"no item is named {name!r}: {error.message}") from error
        mine = [item for item in every if item.tenant_id == tenant_id]
        hits = [item for item in mine if item.what == what] or [
            item for item in mine if item.what.startswith(what)
        ]
    if not hits:
        raise NotFoundError(f"no item is named {name!r}; `ftop-tui week` shows them with their key")
    if len(hits) > 1:
        keys = [item.key for item in hits]
        raise AmbiguousError(f"{name!r} fits {len(hits)} items", details=keys)
    return hits[0]


def done(context: Context, chosen: Sequence[Item], *, on: date | None = None) -> Changes:
    """Record that items are done, each as its sort means it (`Sort.done`).

    Raises:
        InputError: no item, or a day to come. RefusedError: one of them cannot be done so; nothing
            was changed.
    """
    from ftop_tui.services import week_doing  # noqa: PLC0415 - see there

    return week_doing.done(context, chosen, on or context.today())


def move(context: Context, chosen: Sequence[Item], to: date) -> Changes:
    """Have items done on another day: those that own a date get it, the rest a planned day.

    A planned day moves no clock; one that comes after the due day is told (`late_plans`).

    Raises:
        InputError: no item, or a day that is past. RefusedError: one of them cannot be moved.
    """
    from ftop_tui.services import week_doing  # noqa: PLC0415 - see there

    return week_doing.move(context, chosen, to)


def warnings(chosen: Sequence[Item], to: date) -> list[str]:
    """What there is to say about planning items for a day."""
    return late_plans(chosen, to)


__all__ = [
    "USUAL",
    "Sort",
    "days_to_quarter_end",
    "done",
    "find",
    "items",
    "move",
    "warnings",
    "week",
]
