"""This week: what is due, by day, over all customers (RA-01 to RA-07, FR-05 to FR-08).

Items are drawn from the factors behind the ranking, so that nothing that is late there is missing
here, and from what else owns a date. Snoozing hides an item from this list and touches nothing
else; a planned day says when something is meant to be done and moves no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from ftop_tui.playbook.days import month_end
from ftop_tui.playbook.values import Band


class Sort(Enum):
    """The kinds of item: key, words, what "done" means, and whether it owns its date."""

    ENTERPRISE = ("enterprise", "Enterprise note", "records the note as posted in FTOP")
    EVENT = ("event", "Update after an event", "records an Enterprise note as posted in FTOP")
    NEXT_UPDATE = (
        "next-update", "Next Update", "records an Enterprise note as posted in FTOP", True,
    )  # fmt: skip
    REQUEST = ("exec-request", "Exec Summary", "records the Exec Summary as posted in FTOP")
    PROGRESS = ("progress", "Customer Progress", "records it as updated in FTOP")
    PERSPECTIVE = ("perspective", "Customer Perspective", "records it as updated in FTOP")
    FORECAST = ("forecast", "Usage forecast", "records it as updated")
    REVIEW = ("review", "Review meeting", "marks the customer as presented", True)
    FRP_REVIEW = ("frp-review", "Partner review", "records the review as held")
    MEETING = ("meeting", "Partner meeting", "marks the meeting as held", True)
    FRP_DATA = ("frp-data", "Partner data", "records the data as received")
    PSM = ("psm-informed", "PSM informed", "records that the PSM was told how it goes")
    ACTION = ("action", "Next action", "ticks the action off")
    STEP = ("step", "Plan step", "completes the step", True)
    AWARENESS = ("awareness", "Awareness", "records the awareness as refreshed")
    MILESTONE = ("milestone", "Milestone", "marks the milestone as reached", True)
    CONTACTS = ("contacts", "Contacts check", "verifies all contacts of the customer")
    RENEWAL = ("renewal", "Renewal", "marks it as seen until it comes nearer")

    def __init__(self, key: str, word: str, done: str, owns: bool = False) -> None:
        self.key = key
        self.word = word
        self.done = done
        self.owns = owns

    @classmethod
    def of(cls, key: str) -> "Sort | None":
        """The sort with that key."""
        return next((sort for sort in cls if sort.key == key), None)


NOTES = frozenset({Sort.ENTERPRISE, Sort.PROGRESS, Sort.PERSPECTIVE})
"""What counts as a note when a quarter's end is to be spread."""

ORDER = {sort: place for place, sort in enumerate(Sort)}


OF_TENANTS = frozenset({Sort.FRP_DATA, Sort.MILESTONE})
"""What each tenant of a customer has for itself."""


def mark(what: str, occurrence: object) -> str:
    """The mark of an item (`Item.mark`)."""
    return f"{what}/{occurrence}" if occurrence else what


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is due for a customer."""

    sort: Sort
    tenant_id: str
    customer_id: str
    name: str
    """The tenant's name."""
    customer: str | None
    rule: str
    text: str
    due: date | None = None
    """None where there is no day yet: a note that was never written."""
    late: bool = False
    band: Band = Band.WATCH
    tag: str | None = None
    ref: str = ""
    """The id of the row it stands for, where there is one."""
    percent: int | None = None
    partner: str | None = None
    """Whom a meeting is with."""
    occurrence: str = ""
    """What tells this time from the next: of a clock, the day it was last done."""
    planned: date | None = None
    woken: str | None = None
    """Why it was snoozed, once it is back."""
    until: date | None = None
    """The day on which it wakes, where it is snoozed."""
    reason: str | None = None
    """Why it is snoozed now."""

    @property
    def key(self) -> str:
        """How the item is named from outside: the same from day to day until it is done."""
        return f"{self.what}@{self.tenant_id}"

    @property
    def what(self) -> str:
        """The key without the tenant: it tells apart what is due for one tenant."""
        return f"{self.sort.key}:{self.ref}" if self.ref else self.sort.key

    @property
    def mark(self) -> str:
        """What a snooze or a planned day is kept under, beside the customer.

        It names the occurrence, so that what was put off once does not hide the next one.
        """
        return mark(self.key if self.sort in OF_TENANTS else self.what, self.occurrence)

    @property
    def plan_is_late(self) -> bool:
        """Whether it is planned for a day on which it is overdue already."""
        return self.planned is not None and self.due is not None and self.planned > self.due

    def place(self, today: date) -> date | None:
        """The day under which it stands; None for what is overdue."""
        if self.late:
            return None
        days = [day for day in (self.due, self.planned) if day is not None]
        wanted = today if self.woken is not None or not days else min(days)
        return max(today, wanted)

    def days_left(self, today: date) -> int | None:
        """Days until it is due, negative when that is past."""
        return None if self.due is None else (self.due - today).days


class Snoozed(NamedTuple):
    """A snooze as it is kept: until when, and why."""

    until: date
    reason: str


class WeekDay(NamedTuple):
    """A day with what is to be done on it."""

    day: date
    items: tuple[Item, ...]


class Load(NamedTuple):
    """How many notes fall due, or are planned, on a day."""

    day: date
    notes: int


@dataclass(frozen=True, slots=True)
class Week:
    """What is due from today on, for so many days."""

    today: date
    days: int
    overdue: tuple[Item, ...] = ()
    """Most urgent first."""
    by_day: tuple[WeekDay, ...] = ()
    """Only days that hold something, the earliest first."""
    snoozed: tuple[Item, ...] = ()
    """What is hidden, by the day on which it wakes."""
    load: tuple[Load, ...] = ()
    """Every day up to the end of the quarter, notes of all shown customers counted."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is shown, in its order."""
        return (*self.overdue, *(item for day in self.by_day for item in day.items))

    def notes_on(self, day: date) -> int:
        """How many notes fall due, or are planned, on that day."""
        return next((load.notes for load in self.load if load.day == day), 0)


Marks = tuple[str, str]
"""A customer's id and an item's mark."""


def put_off(
    items: Iterable[Item],
    snoozes: Mapping[Marks, Snoozed],
    planned: Mapping[Marks, date],
    today: date,
    *,
    kept: int,
) -> list[Item]:
    """The items with what is known of them: planned, snoozed, woken.

    A renewal that woke is shown for `kept` days, as one that came near; anything else until it is
    done or snoozed anew.
    """
    return [_put_off(item, snoozes, planned, today, kept) for item in items]


def _put_off(
    item: Item,
    snoozes: Mapping[Marks, Snoozed],
    planned: Mapping[Marks, date],
    today: date,
    kept: int,
) -> Item:
    place = (item.customer_id, item.mark)
    day, snooze = planned.get(place), snoozes.get(place)
    if day is None and snooze is None:
        return item
    woken = reason = until = None
    if snooze is not None and snooze.until > today:
        until, reason = snooze.until, snooze.reason
    elif snooze is not None:
        lapsed = item.sort is Sort.RENEWAL and (today - snooze.until).days > kept
        woken = None if lapsed else snooze.reason
    return replace(item, planned=day, woken=woken, until=until, reason=reason)


def arrange(items: Iterable[Item], today: date, days: int) -> Week:
    """The items by day: overdue ones first, then so many days from today on, both ends counted.

    What was snoozed and woke stands on today, whenever it is due.
    """
    overdue: list[Item] = []
    by_day: dict[date, list[Item]] = {}
    snoozed: list[Item] = []
    every = list(items)
    last = today + timedelta(days=days)
    for item in every:
        day = item.place(today)
        if item.until is not None:
            snoozed.append(item)
        elif day is None:
            overdue.append(item)
        elif day <= last:
            by_day.setdefault(day, []).append(item)
    return Week(
        today=today,
        days=days,
        overdue=tuple(sorted(overdue, key=_urgency)),
        by_day=tuple(
            WeekDay(day, tuple(sorted(by_day[day], key=_order))) for day in sorted(by_day)
        ),
        snoozed=tuple(sorted(snoozed, key=lambda item: (item.until or date.max, *_order(item)))),
        load=tuple(loads(every, today)),
    )


def _order(item: Item) -> tuple[object, ...]:
    return (ORDER[item.sort], item.name.casefold(), item.key)


def _urgency(item: Item) -> tuple[object, ...]:
    return (item.band.order, item.due or date.min, *_order(item))


def loads(items: Iterable[Item], today: date) -> list[Load]:
    """How many notes fall due on each day up to the end of the quarter, two weeks at the least.

    A note that is planned counts on that day, one that is overdue and not planned on none; a snooze
    changes nothing here.
    """
    counted: dict[date, int] = {}
    for item in items:
        if item.sort in NOTES:
            day = item.planned or (None if item.late else item.due)
            if day is not None:
                counted[day] = counted.get(day, 0) + 1
    last = max(quarter_end(today), today + timedelta(days=_LEAST_DAYS - 1))
    count = (last - today).days + 1
    every = (today + timedelta(days=number) for number in range(count))
    return [Load(day, counted.get(day, 0)) for day in every]


_LEAST_DAYS = 14
_QUARTER = 3


def quarter_end(day: date) -> date:
    """The last day of the quarter that the day lies in (ES-04)."""
    return month_end(date(day.year, -(-day.month // _QUARTER) * _QUARTER, 1))


def late_plans(items: Sequence[Item], day: date) -> list[str]:
    """A warning for each item that would be planned for a day on which it is overdue already."""
    return [
        f"{item.name}: {item.sort.word} is due {item.due.isoformat()}, "
        f"before {day.isoformat()}; the clock goes on"
        for item in items
        if not item.sort.owns and item.due is not None and item.due < day
    ]
