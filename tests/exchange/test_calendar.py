"""The calendar file: all-day events with lasting names, and nothing secret in a title."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from sqlmodel import select

from ftop_tui.exchange.calendar import calendar_bytes
from ftop_tui.playbook.calendar_entries import entry, in_order
from ftop_tui.services import calendars, demo, milestones, portfolio, reviews
from ftop_tui.services.context import Context
from ftop_tui.store.tables import Milestone
from house import FABRIKAM, by_hand, import_text, on

NOW = datetime(2026, 11, 21, 8, 0, 30, 55, UTC)


def events(data: bytes) -> list[Any]:
    calendar: Any = Calendar.from_ical(data)
    return list(calendar.walk("VEVENT"))


def test_an_event_has_all_that_a_calendar_needs() -> None:
    made = entry("renewal", "s1", date(2026, 12, 31), "Renewal", "A;B, \n\x1b[31m\\ 株")
    (event,) = events(calendar_bytes([made], now=NOW, version="1"))
    assert str(event["uid"]) == made.uid
    assert event["dtstart"].dt == date(2026, 12, 31)
    assert event["dtend"].dt == date(2027, 1, 1)
    assert event["dtstamp"].dt == NOW.replace(microsecond=0)
    assert str(event["summary"]) == "Renewal: A;B, \\ 株"
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LAST-MODIFIED",
                          "SEQUENCE", "CATEGORIES", "TRANSP", "CLASS"}  # fmt: skip


def test_a_later_file_updates_what_an_earlier_one_made() -> None:
    """The id lasts while the day moves; the sequence number grows."""
    first = entry("update", "enterprise|c1", date(2026, 12, 1), "Enterprise note due", "Contoso")
    moved = replace(first, day=date(2026, 12, 15))
    (old,) = events(calendar_bytes([first], now=NOW, version="1"))
    (new,) = events(calendar_bytes([moved], now=NOW + timedelta(hours=1), version="1"))
    assert old["uid"] == new["uid"]
    assert new["sequence"] > old["sequence"]
    assert entry("update", "enterprise|c2", first.day, "", "").uid != first.uid
    assert entry("step", "enterprise|c1", first.day, "", "").uid != first.uid


def test_the_calendar_of_a_portfolio_names_kinds_and_customers_alone(
    context: Context, tmp_path: Path
) -> None:
    demo.build(context, 12, 1)
    found = calendars.entries(context)
    assert found == in_order(found)
    assert len({each.uid for each in found}) == len(found)
    kinds = {each.kind for each in found}
    assert {"update", "review", "renewal", "milestone", "next-action"} <= kinds
    with by_hand(context.store) as store:
        names = {
            name
            for row in store.execute(
                "SELECT c.brand, c.name, t.name FROM tenant t JOIN customer c ON c.id=t.customer_id"
            )
            for name in row
        }
        (people,) = zip(*store.execute("SELECT fm FROM customer WHERE fm <> ''"), strict=True)
    for each in found:
        what, _, whose = each.title.partition(": ")
        assert whose in names or not whose
        assert not any(person in what for person in people)
    shared, count = calendars.write_calendar(context, tmp_path / "c.ics")
    assert count == len(found) == len(events(shared.path.read_bytes()))


def test_the_calendars_of_each_customer_are_that_of_all_taken_apart(context: Context) -> None:
    """But for meetings for which nobody is nominated: they are no customer's own."""
    demo.build(context, 12, 1)
    every = {each.uid: each.title for each in calendars.entries(context)}
    whose = {r.facts.customer_id for r in portfolio.load(context).ranked}
    found = [each for one in whose for each in calendars.entries(context, customer_ids={one})]
    assert len({each.uid for each in found}) == len(found)
    assert set(every) - {each.uid for each in found} == {
        uid for uid, title in every.items() if title == "Customer Review"
    }
    assert {each.uid for each in found} <= set(every)


def test_the_days_of_a_calendar_move_and_its_names_stay(context: Context) -> None:
    demo.build(context, 12, 1)
    today = {each.uid: each for each in calendars.entries(context)}
    with context.writer().unit("test") as unit:
        unit.sentence = "moved"
        rows = unit.session.exec(select(Milestone)).all()
        milestone = next(row for row in rows if row.due_on and not row.reached_on)
        milestone.due_on = date(2027, 6, 1)
    moved = {each.uid: each for each in calendars.entries(context)}
    assert set(moved) == set(today)
    changed = [uid for uid in today if today[uid] != moved[uid]]
    assert [moved[uid].day for uid in changed] == [date(2027, 6, 1)]


def test_what_is_over_is_left_out_and_what_is_late_is_not(context: Context) -> None:
    demo.build(context, 12, 1)
    later = calendars.entries(on(context, date(2027, 11, 1)))
    assert not [e for e in later if e.kind in {"review", "renewal"} and e.day < date(2027, 11, 1)]
    assert [e for e in later if e.kind == "update" and e.day < date(2027, 11, 1)]


def test_a_milestone_that_usage_has_reached_is_no_entry(stocked: Context) -> None:
    """FR-08: nobody need mark it by hand."""
    import_text(stocked, f"TenantId,Workload,PaidUnits,ActiveUsers\n{FABRIKAM},SDS,100,15\n")
    for percent in (15, 40):
        milestones.set_date(stocked, FABRIKAM, "SDS", percent, date(2026, 12, 20))
    told = [e.title for e in calendars.entries(stocked) if "SDS" in e.title]
    assert [title.split(":")[0] for title in told] == ["Milestone SDS 40%"]


def test_a_review_date_of_ftop_is_an_entry_until_the_customer_is_nominated(
    stocked: Context,
) -> None:
    """RA-15: the column ReviewDate; what is over is none."""
    import_text(stocked, f"TenantId,TenantName,ReviewDate\n{FABRIKAM},fabrikam,2026-12-03\n")

    def days(context: Context) -> list[date]:
        return [
            e.day
            for e in calendars.entries(context)
            if e.kind == "review" and "Fabrikam" in e.title
        ]

    assert days(stocked) == [date(2026, 12, 3)]
    assert days(on(stocked, "2026-12-04")) == []
    reviews.nominate(stocked, FABRIKAM, date(2026, 12, 10))
    assert days(stocked) == [date(2026, 12, 10)]


def test_an_empty_store_gives_an_empty_calendar(context: Context, tmp_path: Path) -> None:
    shared, count = calendars.write_calendar(context, tmp_path / "c.ics")
    assert (count, events(shared.path.read_bytes())) == (0, [])
    assert not context.store.exists()


def test_a_day_that_means_never_is_no_entry(stocked: Context, tmp_path: Path) -> None:
    """9999-12-31 stands for an end that never comes; it has no day after it."""
    milestones.set_date(stocked, FABRIKAM, "EXO", 40, date.max)
    shared, count = calendars.write_calendar(stocked, tmp_path / "c.ics")
    assert count == len(events(shared.path.read_bytes()))
    assert date.max not in {each.day for each in calendars.entries(stocked)}
