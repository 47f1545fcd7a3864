"""The rows of the reviews screen: meetings, nominated customers, what FTOP says."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from ftop_tui.playbook.days import long_day
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.readiness import Readiness
from ftop_tui.playbook.reviews import Hint, Meeting, Nomination
from ftop_tui.playbook.urgency import Ranked
from ftop_tui.playbook.wording import reason
from ftop_tui.services.portfolio import opening_of
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.tenant_text import opening_content

_HINTS_SHOWN = 4
_NAME_WIDTH = 40
_INDENT = "  "


def meeting_row(meeting: Meeting, today: date) -> Content:
    """A meeting: its day, how many are nominated, and what is odd about it."""
    past = meeting.day < today
    weekday, _, rest = long_day(meeting.day.toordinal()).partition(" ")
    day = Content.styled(f"{weekday} {rest:>11}", looks.MUTED if past else "")
    count = len(meeting.nominations)
    said = Content(f"  {count:>2}" if count else "   ·")
    mark = "  off rhythm" if meeting.off_rhythm else "  today" if meeting.day == today else ""
    return Content.assemble(day, said, Content.styled(mark, looks.MUTED))


def day_line(meeting: Meeting | None, today: date) -> Content:
    """The meeting whose agenda is shown."""
    if meeting is None:
        return Content("")
    left = (meeting.day - today).days
    when = "today" if left == 0 else f"in {left} days" if left > 0 else f"{-left} days ago"
    parts = [when.replace("1 days", "1 day") if abs(left) == 1 else when]
    if meeting.region:
        parts.append(meeting.region)
    if meeting.off_rhythm:
        parts.append("off the weekly rhythm")
    head = Content.styled(long_day(meeting.day.toordinal()), looks.STRONG)
    return Content.assemble(head, "  ", foreign_line(", ".join(parts), looks.MUTED))


def agenda_row(
    meeting: Meeting, each: Nomination, readiness: Readiness | None, today: date, width: int
) -> Content:
    """A nominated customer with its readiness below, in so many cells (RA-15, RA-16, RA-24)."""
    open_still = not each.presented and meeting.day >= today
    state = Content.styled(
        meeting.standing(each, today), "$ftop-late" if open_still else looks.MUTED
    )
    more = []
    if each.short_notice:
        more.append(f"short notice, nominated {each.nominated_on}")
    if each.earliest_usual is not None:
        more.append(f"sooner than usual ({each.earliest_usual})")
    said = Content.styled("".join(f"  {word}" for word in more), looks.MUTED)
    name = foreign_line(fit(each.name, _NAME_WIDTH).rstrip(), looks.STRONG)
    below = _ready_line(readiness).wrap(max(_NAME_WIDTH, width - len(_INDENT)))
    return Content("\n").join(
        [Content.assemble(name, "  ", state, said), *(Content(_INDENT) + line for line in below)]
    )


def _ready_line(readiness: Readiness | None) -> Content:
    if readiness is None:
        return Content.styled("…", looks.MUTED)
    style = "$ftop-green" if readiness.complete else looks.MISSING
    line = foreign_line(readiness.line)
    word = len("complete") if readiness.complete else len("missing:")
    return line.stylize(style, 0, word)


def about_nominee(ranked: Ranked, today: date, pack: Pack) -> Content:
    """What is said first of a nominated customer, and why it stands where it stands (RA-17)."""
    facts, found = ranked.facts, ranked.assessment
    states = Content.assemble(
        Content.styled("Health ", looks.MUTED), looks.health(facts.health).full,
        Content.styled(" · Enterprise status ", looks.MUTED), looks.enterprise(facts.status).full,
        Content.styled(" · ", looks.MUTED), looks.band(found.band).content, "  ",
        foreign_line(reason(found, today.toordinal()), looks.MUTED),
    )  # fmt: skip
    opening = opening_content(opening_of(facts, today, pack), pack)
    return Content("\n").join([opening, states])


def hint_lines(hints: Sequence[Hint]) -> Content:
    """The customers of whom FTOP names a date and that nobody has nominated."""
    lines = [
        Content.assemble(
            Content.styled(f"{hint.words}: ", looks.MUTED),
            foreign_line(fit(hint.name, _NAME_WIDTH).rstrip()),
            Content.styled("  not nominated", looks.MUTED),
        )
        for hint in hints[:_HINTS_SHOWN]
    ]
    if len(hints) > _HINTS_SHOWN:
        lines.append(Content.styled(f"and {len(hints) - _HINTS_SHOWN} more", looks.MUTED))
    return Content("\n").join(lines)
