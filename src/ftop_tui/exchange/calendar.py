"""Writes entries as an iCalendar file (RFC 5545): all-day events that a second import updates."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from ftop_tui.playbook.calendar_entries import Entry

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def calendar_bytes(entries: Iterable[Entry], *, now: datetime, version: str) -> bytes:
    """The file. `now` stamps every event; a later file has higher sequence numbers."""
    # Deferred for start-up speed: only this file needs it.
    from icalendar import Calendar, Event  # noqa: PLC0415

    stamp = now.astimezone(UTC).replace(microsecond=0)
    sequence = max(0, int((stamp - _EPOCH).total_seconds() // 60))
    calendar = Calendar()
    calendar.add("prodid", f"-//ftop-tui//{version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "FTOP")
    events = []
    for each in entries:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", sequence)
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(days=1))
        event.add("summary", each.title)
        event.add("categories", [each.kind])
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        events.append(event.to_ical())
    head, end, tail = calendar.to_ical().partition(b"END:VCALENDAR")
    written: bytes = b"".join([head, *events, end, tail])
    return written
