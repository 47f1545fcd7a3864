"""What is said of a partnership: its row in the list, and its page."""

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from ftop_tui.playbook.partnering import (
    Input,
    PartnerMilestone,
    Partnership,
    Step,
    WorkloadData,
    counted,
)
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign, foreign_line
from ftop_tui.widgets.text_panel import BLANK, Block

LEGEND = "✓ done or held   · open or set   ! missed   ? nobody has said"
"""The marks, explained."""

_MARGIN = 14
_DONE, _OPEN, _MISSED, _UNSAID = "✓", "·", "!", "?"
_DATE_CELLS = 10
_NAME_CELLS = 26
_RECENT = 8
"""So many reviews are shown at the most, the latest ones."""


def row(here: Partnership, today: date) -> Content:
    """A partnership in the list: partner and customer, workloads and next review, misses."""
    name = foreign(fit(here.partner, _NAME_CELLS), looks.MUTED if here.former else looks.STRONG)
    tags = foreign(fit("former" if here.former else " ".join(here.tags), _NAME_CELLS), looks.MUTED)
    return Content("\n").join(
        [
            Content.assemble(name, " ", foreign(fit(here.customer, _NAME_CELLS))),
            Content.assemble(tags, " ", _coming(here, today)),
            Content.assemble(" " * (_NAME_CELLS + 1), _misses(here)),
        ]
    )


def _coming(here: Partnership, today: date) -> Content:
    coming = here.next_review(today)
    if coming is not None:
        return Content(f"next review {coming.day.isoformat()}")
    return Content.styled("" if here.former else "no next review set", looks.MUTED)


def _misses(here: Partnership) -> Content:
    """The two counts, reviews first (FR-12)."""
    counts = ((here.missed_reviews, "review"), (here.missing_inputs, "input"))
    said = ", ".join(
        f"{len(missed)} {noun}{'' if len(missed) == 1 else 's'}"
        for missed, noun in counts
        if missed
    )
    return Content(f"missed {said}") if said else Content.styled("nothing missed", looks.MUTED)


def page(here: Partnership, today: date, *, talk: bool = False) -> list[Block]:
    """All that is known of a partnership; with `talk` the points of every step, done or not."""
    blocks = [
        *_head(here),
        BLANK,
        *_people(here, today),
        BLANK,
        *_checklist(here, talk=talk),
        *_facts(here),
        *_reviews(here, today),
        *_workloads(here),
        *_inputs(here),
    ]
    return [*blocks, Block(Content.styled(LEGEND, looks.MUTED))]


def _heading(text: str, more: str = "") -> Block:
    tail = Content.styled(f"  {more}", looks.MUTED) if more else Content("")
    return Block(Content.styled(text, "bold $ftop-key") + tail)


def _named(name: str, value: Content) -> Block:
    return Block(value, _MARGIN, Content.styled(name, looks.MUTED))


def _head(here: Partnership) -> Iterator[Block]:
    """Who and where; assignments are not changed here, and the page says who does (FR-02)."""
    yield Block(
        Content.assemble(
            foreign_line(here.partner, looks.STRONG), "  at  ",
            foreign_line(here.customer, looks.STRONG),
        )
    )  # fmt: skip
    if here.former:
        said = "Registered on none of its workloads any more; this is what was."
        yield Block(Content.styled(said, looks.MUTED))
        return
    yield Block(Content("  ").join([foreign_line(f"[{tag}]", looks.KEY) for tag in here.tags]))
    said = "Changed only through the team manager and the PSM. FR-02"
    yield Block(Content.styled(said, looks.MUTED))


def _people(here: Partnership, today: date) -> Iterator[Block]:
    """PSM, PoC, who comes to the reviews, and when the PSM is to hear again (FR-03)."""
    yield _heading("PEOPLE")
    note = Content.styled("  first to escalate to; not at reviews", looks.MUTED)
    yield _named("PSM", _person(here.psm, "not known; p names the PSM") + note)
    yield _named("PoC", _person(here.poc, "not known; c opens the contacts"))
    yield _named("At reviews", foreign_line(", ".join(here.attendees) or "-"))
    access = {
        True: Content("writes into FTOP itself"),
        False: Content("no access: its input goes through the FM"),
        None: Content.styled("not known whether it has access", looks.MUTED),
    }[here.access]
    yield _named("FTOP", access)
    yield _named("PSM informed", _informed(here, today))


def _person(name: str | None, missing: str) -> Content:
    return foreign_line(name) if name else Content.styled(missing, looks.MISSING)


def _informed(here: Partnership, today: date) -> Content:
    last = Content(here.informed[-1].isoformat() if here.informed else "never")
    by = here.inform_psm_by
    if by is None:
        return last
    return last + Content.styled(f", next by {by.isoformat()}", "$ftop-late" if by < today else "")


def _checklist(here: Partnership, *, talk: bool) -> Iterator[Block]:
    """The steps; what to say is below the next one, or below all (FR-03, FR-04)."""
    done = sum(step.done_on is not None for step in here.steps)
    more = "" if talk or here.next_step else "t shows the talking points"
    yield _heading("CHECKLIST", f"{done} of {len(here.steps)}  {more}".rstrip())
    for step in here.steps:
        day = f"{_DONE} {step.done_on.isoformat()}" if step.done_on else f"{_OPEN} open"
        style = looks.MUTED if step.done_on else ""
        yield Block(foreign_line(step.title, style), _MARGIN, Content.styled(day, style))
        if talk or (step == here.next_step and not here.former):
            yield from _talk(step)
    yield BLANK


def _talk(step: Step) -> Iterator[Block]:
    if step.about:
        yield Block(foreign_line(step.about, looks.MUTED), _MARGIN)
    for point in step.talking_points:
        yield Block(foreign_line(point), _MARGIN + 2, Content(f"{'-':>{_MARGIN + 1}}"))


def _facts(here: Partnership) -> Iterator[Block]:
    """The counts with their days, as facts and no more (FR-12)."""
    missed = (*here.missed_reviews, *here.missing_inputs)
    yield _heading("MISSED")
    for each, noun in (
        (here.missed_reviews, "missed review"),
        (here.missing_inputs, "missing input"),
    ):
        said = counted(each, noun)
        yield Block(Content.styled(f"{said[:1].upper()}{said[1:]}.", "" if each else looks.MUTED))
    for miss in sorted(missed, reverse=True)[:_RECENT]:
        lead = Content.styled(f"{_MISSED} {miss.day.isoformat()}", "$ftop-late")
        yield Block(foreign_line(miss.why, looks.MUTED), _MARGIN, lead)
    yield BLANK


def _reviews(here: Partnership, today: date) -> Iterator[Block]:
    """What is set, then the latest reviews, held and missed (FR-05)."""
    days = dict.fromkeys(here.reviews, (_DONE, "held", ""))
    for meeting in here.meetings:
        if meeting.held is False:
            days[meeting.day] = (_MISSED, "missed", "$ftop-late")
        elif meeting.day not in days and meeting.day >= today:
            days[meeting.day] = (_OPEN, "set", looks.STRONG)
        elif meeting.day not in days:
            days[meeting.day] = (_UNSAID, "was it held? r says so", looks.MISSING)
    due = here.review_due
    yield _heading("STATUS REVIEWS", f"due by {due.isoformat()}" if due else "")
    if not days:
        yield Block(Content.styled("None yet. r sets one, or records one.", looks.MUTED))
    for day in sorted(days, reverse=True)[:_RECENT]:
        mark, word, style = days[day]
        lead = Content.styled(f"{mark} {day.isoformat()}", style)
        yield Block(Content.styled(word, style), _MARGIN, lead)
    yield BLANK


def _workloads(here: Partnership) -> Iterator[Block]:
    """Data and milestones of each of the partner's workloads (FR-07, FR-08)."""
    if not here.data:
        return
    yield _heading("DATA AND MILESTONES")
    several = len({data.tenant_id for data in here.data}) > 1
    for data in here.data:
        steps = [m for m in here.milestones if (m.tenant_id, m.tag) == (data.tenant_id, data.tag)]
        said = Content("   ").join([_data(data), *map(_milestone, steps)])
        yield _named(data.tag, said)
        if several:
            yield Block(foreign_line(data.tenant, looks.MUTED), _MARGIN)
    yield BLANK


def _data(data: WorkloadData) -> Content:
    if data.last is None:
        return Content.styled("no data yet  ", looks.MISSING)
    return Content(f"data {data.last.isoformat()}")


def _milestone(step: PartnerMilestone) -> Content:
    name = f"{step.percent}% "
    match step.state:
        case "reached":
            return Content.styled(f"{name}reached", looks.MUTED)
        case "missing":
            return Content.styled(f"{name}no date", looks.MISSING)
        case "missed":
            return Content.styled(f"{name}missed {step.due}", "$ftop-late")
        case _:
            return Content(f"{name}by {step.due}")


def _inputs(here: Partnership) -> Iterator[Block]:
    """What the partner gave, the latest first, and whether it is in a note (FR-09)."""
    yield _heading("INPUTS", "" if here.inputs else "i logs what the partner says or sends")
    for each in here.inputs:
        yield from _input(each)
    yield BLANK


def _input(each: Input) -> Iterator[Block]:
    mark = _DONE if each.note_id else _OPEN
    note = "  in a note" if each.note_id else "  n makes it a note"
    yield Block(
        foreign_line(each.source or "no source", looks.STRONG) + Content.styled(note, looks.MUTED),
        _MARGIN,
        Content(f"{mark} {each.day.isoformat()}"),
    )
    yield Block(foreign(each.text), _MARGIN)
