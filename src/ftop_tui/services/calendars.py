"""The calendar: due updates, reviews, renewals, milestones, next actions and steps of plans."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ftop_tui import __version__
from ftop_tui.exchange.atomic import write_file
from ftop_tui.playbook.calendar_entries import Entry, entry, in_order, updates
from ftop_tui.playbook.milestones import Milestone
from ftop_tui.playbook.opening import shown_name
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services import portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.own_files import check_target
from ftop_tui.services.reading import reading
from ftop_tui.services.sharing import Shared
from ftop_tui.store import exports
from ftop_tui.store.exports import Row
from ftop_tui.store.milestones import read_milestones
from ftop_tui.store.next_actions import read_open_actions
from ftop_tui.store.reviews import HintRow, read_hints

_TABLES = (
    "subscription", "tenant", "activity", "review", "nomination", "partnership", "partner_meeting",
)  # fmt: skip
_GATHERED = 0.3


def entries(
    context: Context, progress: Progress = unheard, customer_ids: Collection[str] | None = None
) -> list[Entry]:
    """The entries of some customers or of all, by day.

    What is over (a review, a renewal) is left out; what is late is not. A meeting for which nobody
    is nominated is no customer's own.
    """
    if not context.store.exists():
        return []
    every = portfolio.load(context).ranked
    ranked = [r for r in every if customer_ids is None or r.facts.customer_id in customer_ids]
    names = {
        r.facts.tenant_id: shown_name(r.facts.brand, r.facts.customer, r.facts.name) or ""
        for r in ranked
    }
    customers = {r.facts.customer_id: names[r.facts.tenant_id] for r in ranked}
    customers |= {r.facts.customer_id: names[r.facts.tenant_id] for r in ranked if r.facts.winner}
    today = context.today()
    progress(0.4)
    with reading(context) as connection:
        rows = exports.read_tables(connection, _TABLES, progress=between(progress, 0.4, 0.6))
        milestones = read_milestones(connection, None, today)
        progress(0.7)
        hints = read_hints(connection, today)
        actions = [a for a in read_open_actions(connection, None) if a.day is not None]
    found = [
        *updates(ranked),
        *_reviews(rows, customers, today, empty=customer_ids is None),
        *_hinted(hints, customers),
        *_renewals(rows, names, today),
        *_milestones(milestones, names),
        *_steps(rows, customers),
    ]
    found += [
        entry("next-action", action.note_id, action.day, "Next action", names[action.tenant_id])
        for action in actions
        if action.day is not None and action.tenant_id in names
    ]
    progress(0.9)
    return in_order(found)


def _reviews(
    rows: Mapping[str, list[Row]], customers: Mapping[str, str], today: date, *, empty: bool
) -> Iterator[Entry]:
    """Review meetings to come, an entry a nominated customer (RA-15), and partners' (FR-05).

    With `empty` those for which nobody is nominated as well.
    """
    days = {row["id"]: row["day"] for row in rows["review"] if row["day"] and row["day"] >= today}
    taken = set()
    for row in rows["nomination"]:
        day = days.get(row["review_id"])
        if day is not None and row["customer_id"] in customers:
            taken.add(row["review_id"])
            name = customers[row["customer_id"]]
            yield entry("review", row["id"], day, "Customer Review", name)
    for review_id, day in days.items() if empty else ():
        if review_id not in taken:
            yield entry("review", review_id, day, "Customer Review", "")
    whose = {row["id"]: row["customer_id"] for row in rows["partnership"]}
    for row in rows["partner_meeting"]:
        customer = customers.get(whose.get(row["partnership_id"], ""))
        if row["held"] is None and row["day"] and row["day"] >= today and customer is not None:
            yield entry(
                "partner-review", row["id"], row["day"], "Review with the partner", customer
            )


def _hinted(hints: Iterable[HintRow], customers: Mapping[str, str]) -> Iterator[Entry]:
    """Review dates that FTOP names for customers that are nominated for no meeting to come."""
    for hint in hints:
        if hint.customer_id in customers:
            name = customers[hint.customer_id]
            yield entry("review", hint.customer_id, hint.day, "Customer Review", name)


def _renewals(
    rows: Mapping[str, list[Row]], names: Mapping[str, str], today: date
) -> Iterator[Entry]:
    """Renewals to come (RA-19); a tenant's own date where no subscription ends on it."""
    ends = set()
    for row in rows["subscription"]:
        day = row["ends_on"]
        ends.add((row["tenant_id"], day))
        if day and day >= today and row["tenant_id"] in names:
            yield entry("renewal", row["id"], day, "Renewal", names[row["tenant_id"]])
    for row in rows["tenant"]:
        day = row["renewal_date"]
        if day and day >= today and (row["id"], day) not in ends and row["id"] in names:
            yield entry("renewal", row["id"], day, "Renewal", names[row["id"]])


def _milestones(known: Iterable[Milestone], names: Mapping[str, str]) -> Iterator[Entry]:
    """Milestones that are dated and not reached (RA-04, FR-08)."""
    for each in known:
        if each.due_on and not each.reached and each.tenant_id in names:
            what = f"Milestone {each.tag} {each.percent}%"
            yield entry("milestone", each.id, each.due_on, what, names[each.tenant_id])


def _steps(rows: Mapping[str, list[Row]], customers: Mapping[str, str]) -> Iterator[Entry]:
    """Open steps of plans (RA-04)."""
    for row in rows["activity"]:
        if row["due_on"] and not row["done_on"] and row["customer_id"] in customers:
            name = customers[row["customer_id"]]
            yield entry("step", row["id"], row["due_on"], "Step of the plan", name)


def write_calendar(
    context: Context,
    path: Path,
    progress: Progress = unheard,
    customer_ids: Collection[str] | None = None,
) -> tuple[Shared, int]:
    """Write the calendar of some customers or of all; the file and how many entries it has.

    Raises:
        InputError: the path cannot be written.
    """
    # Deferred for start-up speed: only this file needs it.
    from ftop_tui.exchange.calendar import calendar_bytes  # noqa: PLC0415

    check_target(context, path)
    found = entries(context, between(progress, 0, _GATHERED), customer_ids)
    told = counted(found, len(found), between(progress, _GATHERED, 1))
    write_file(path, calendar_bytes(told, now=context.now(), version=__version__))
    return Shared(path), len(found)
