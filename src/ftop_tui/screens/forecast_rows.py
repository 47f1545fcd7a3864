"""What is said of a workload's forecast: its row in the list, and its page beside the plot."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from ftop_tui.playbook.days import month_text
from ftop_tui.playbook.forecasts import accuracy_words
from ftop_tui.playbook.milestones import Milestone, Standing, standing
from ftop_tui.playbook.projection import Fate, Projection
from ftop_tui.playbook.usage import spark
from ftop_tui.services.forecasts import WorkloadForecast
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.text_panel import BLANK, Block

_ROOMY = 110
"""Cells from which the forecast has columns of its own."""
_TAG, _USED, _NEXT, _LIKELY, _RANGE, _DUE, _OWN = 6, 5, 4, 10, 19, 17, 17
_SPARK = {True: 16, False: 8}
_BETWEEN = {True: "  ", False: " "}
_STANDS = {
    Standing.REACHED: "$ftop-green",
    Standing.MISSED: "$ftop-late",
    Standing.DUE: "",
    Standing.UNDATED: looks.MUTED,
}
"""How each standing of a milestone looks; its word is always beside it."""


def header(width: int) -> Content:
    """The names of the columns, as wide as they are."""
    months = _SPARK[width >= _ROOMY]
    names = [("", _TAG), (f"{months} months", months), (" used", _USED), ("next", _NEXT),
             ("projected", _LIKELY), ("80% range", _RANGE), ("due", _DUE)]  # fmt: skip
    if width >= _ROOMY:
        names += [("your forecast", _OWN), ("off by", 6)]
    return Content(_BETWEEN[width >= _ROOMY].join(name.ljust(cells) for name, cells in names))


def row(each: WorkloadForecast, today: date, width: int) -> Content:
    """A workload in one line: usage, the next milestone with its projection, the forecast."""
    one = _next(each.projections, each.milestones)
    months = _SPARK[width >= _ROOMY]
    parts = [
        Content.styled(fit(each.tag, _TAG), looks.STRONG),
        Content.styled(fit(spark(each.usage, months), months), "$ftop-key"),
        Content(_used(each).ljust(_USED)),
        Content(fit(f"{one.percent}%" if one else "all", _NEXT)),
        _likely(one),
        Content.styled(fit(_range(one), _RANGE), looks.MUTED),
        _due(one, each, today),
    ]
    if width >= _ROOMY:
        off = f"{each.accuracy.mean_error:.1f}" if each.accuracy else ""
        parts += [Content(_own(each, today).ljust(_OWN)), Content(f"{off:>6}")]
    return Content(_BETWEEN[width >= _ROOMY]).join(parts)


def _next(projections: Sequence[Projection], known: Sequence[Milestone]) -> Projection | None:
    """The lowest milestone that is still ahead."""
    by_hand = {each.percent for each in known if each.reached}
    ahead = (p for p in projections if p.fate is not Fate.REACHED and p.percent not in by_hand)
    return next(ahead, None)


def _used(each: WorkloadForecast) -> str:
    shares = [point.percent for point in each.usage if point.percent is not None]
    return f"{shares[-1]:4.0f}%" if shares else "    -"


def _likely(one: Projection | None) -> Content:
    if one is None:
        return Content.styled(fit("reached", _LIKELY), "$ftop-green")
    if one.likely is not None:
        return Content.styled(fit(_month(one.likely), _LIKELY), "$ftop-draft")
    words = {Fate.UNKNOWN: "unknown", Fate.NOT_REACHED: "not reached"}.get(one.fate, "not likely")
    return Content.styled(fit(words.replace("not reached", "not ahead"), _LIKELY), looks.MUTED)


def _range(one: Projection | None) -> str:
    if one is None:
        return ""
    if one.earliest is None:
        return one.reason
    last = _month(one.latest) if one.latest else "open"
    return f"{_month(one.earliest)} - {last}"


def _due(one: Projection | None, each: WorkloadForecast, today: date) -> Content:
    """When the next milestone is due; a missing date of a partner's workload stands out (FR-08)."""
    found = next((m for m in each.milestones if one and m.percent == one.percent), None)
    if found is not None and found.due_on is not None:
        stands = standing(found, today)
        word = " missed" if stands is Standing.MISSED else ""
        return Content.styled(fit(f"{found.due_on.isoformat()}{word}", _DUE), _STANDS[stands])
    if any(one and gap.percent == one.percent for gap in each.missing):
        return Content.styled(fit("ask the partner", _DUE), looks.MISSING)
    return Content.styled(fit("" if one is None else "no date", _DUE), looks.MUTED)


def _own(each: WorkloadForecast, today: date) -> str:
    """The next forecast of the owner that is still ahead."""
    ahead = [f for f in each.forecasts if f.month >= today.replace(day=1)]
    return f"{_month(ahead[0].month)} {ahead[0].active_users:>8,}" if ahead else "none"


def _month(day: date) -> str:
    name, year = month_text(day).split()
    return f"{name[:3]} {year}"


def page(each: WorkloadForecast, quarters: Sequence[date], today: date) -> list[Block]:
    """Milestones, forecasts and how good they were, in words."""
    return [
        *_milestones(each, today),
        BLANK,
        *_forecasts(each, quarters),
        BLANK,
        *_judged(each),
    ]


def _heading(text: str) -> Block:
    return Block(Content.styled(text, "bold $ftop-key"))


def _milestones(each: WorkloadForecast, today: date) -> Iterator[Block]:
    yield _heading("MILESTONES")
    for one in each.projections:
        lead = Content.styled(f"{one.percent}%", looks.STRONG)
        found = next((m for m in each.milestones if m.percent == one.percent), None)
        if one.fate is not Fate.REACHED and found is not None and found.reached:
            day = found.reached_on.isoformat() if found.reached_on else ""
            yield Block(Content.styled(f"marked as reached on {day}", "$ftop-green"), 5, lead)
        else:
            yield Block(Content(one.sentence), 5, lead)
        if found is not None and found.due_on is not None:
            stands = standing(found, today)
            due = Content.styled(f"due {found.due_on.isoformat()}, {stands.value}", _STANDS[stands])
            who = foreign_line(f"by {found.given_by}", looks.MUTED) if found.given_by else ""
            yield Block(Content.assemble(due, "  ", who), 5)
        for gap in each.missing:
            if gap.percent == one.percent:
                yield Block(foreign_line(f"no date yet: ask {gap.partner}", looks.MISSING), 5)


def _forecasts(each: WorkloadForecast, quarters: Sequence[date]) -> Iterator[Block]:
    paid = each.paid_units
    yield _heading("YOUR FORECAST")
    if paid is not None:
        yield Block(Content.styled(f"of {paid:,} paid units", looks.MUTED))
    known = {f.month: f for f in each.forecasts}
    for month in sorted({*quarters, *(m for m in known if m >= min(quarters))}):
        lead = Content(_month(month))
        made = known.get(month)
        if made is None:
            yield Block(Content.styled("none yet", looks.MUTED), 10, lead)
            continue
        share = f" {100 * made.active_users / paid:3.0f}%" if paid else ""
        text = Content(f"{made.active_users:>9,}{share}")
        told = Content.styled(f"  made {made.made_on.isoformat()}", looks.MUTED)
        yield Block(text + told, 10, lead)


def _judged(each: WorkloadForecast) -> Iterator[Block]:
    yield _heading("HOW GOOD THEY WERE")
    yield Block(Content.styled(accuracy_words(each.accuracy), looks.MUTED))
    for one in reversed(each.outcomes):
        text = f"{one.forecast:>9,} came {one.actual:>9,}  {one.error:+.1f}"
        yield Block(Content(text), 10, Content(_month(one.month)))
