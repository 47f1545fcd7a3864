"""What the panel says of one tenant: the opening sentence, why it stands there, its workloads."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from ftop_tui.playbook.contacts import Contact
from ftop_tui.playbook.days import day_of, day_text
from ftop_tui.playbook.detail import NoteSummary, TenantDetail, WorkloadDetail
from ftop_tui.playbook.escalations import Escalation
from ftop_tui.playbook.health_strip import HealthMonth
from ftop_tui.playbook.opening import MARK_WORDS, OpeningSentence
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.plan import Activity
from ftop_tui.playbook.roles import accountable_role
from ftop_tui.playbook.urgency import Factor, Ranked
from ftop_tui.playbook.usage import spark, trend, whole
from ftop_tui.playbook.values import Band, NoteState
from ftop_tui.playbook.wording import words
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.strips import dated_strip
from ftop_tui.widgets.text_panel import BLANK, Block

_SPARK_MONTHS = 6
_RENEWALS = 3
_NOTES = 6
_STALE = 3


def opening_content(opening: OpeningSentence, pack: Pack) -> Content:
    """The opening sentence with what is missing made to stand out (RA-17)."""
    content = foreign_line(opening.sentence)
    for name in opening.missing:
        bracket = f"[{pack.opening.placeholders[name]}]"
        start = content.plain.find(bracket)
        while start >= 0:
            content = content.stylize(looks.MISSING, start, start + len(bracket))
            start = content.plain.find(bracket, start + len(bracket))
    return content


def opening_blocks(opening: OpeningSentence, pack: Pack) -> Iterator[Block]:
    """The opening sentence and what is odd about it (RA-17, RA-18)."""
    yield Block(opening_content(opening, pack))
    for mark in opening.marks:
        said = Content.styled(MARK_WORDS[mark], "$ftop-late")
        yield Block(said, 2, Content.styled("!", "$ftop-late"))


def tenant_blocks(
    ranked: Ranked,
    detail: TenantDetail,
    opening: OpeningSentence,
    today: date,
    pack: Pack,
    *,
    escalations: Sequence[Escalation] = (),
    stale: Sequence[Contact] = (),
    step: Activity | None = None,
    months: Sequence[HealthMonth] = (),
) -> list[Block]:
    """Everything that the panel shows of a tenant, top first what is said first.

    With its open escalations their titles come with workload, days and PSM (FR-03, RA-08); with
    its stale contacts these are named (RA-09). `step` is the plan's next one (RA-04), `months` the
    customer's colour by month.
    """
    return [
        *_head(ranked, pack),
        BLANK,
        *opening_blocks(opening, pack),
        *_months(months),
        BLANK,
        *_why(ranked, today),
        *_workloads(detail, pack),
        *_also(ranked, today),
        *_dates(detail, ranked, step, today),
        *_people(detail, escalations, stale, today),
        *_gaps(ranked, today),
        *_notes(detail.notes),
    ]


def _heading(text: str, more: str = "") -> Block:
    tail = Content.styled(f"  {more}", looks.MUTED) if more else Content("")
    return Block(Content.styled(text, "bold $ftop-key") + tail)


def _head(ranked: Ranked, pack: Pack) -> Iterator[Block]:
    facts = ranked.facts
    tpid = f"TPID {facts.tpid}" if facts.tpid else "no TPID"
    place = "winner tenant" if facts.winner else "not the winner tenant"
    yield Block(
        Content.assemble(
            foreign_line(facts.name, looks.STRONG),
            "  ",
            foreign_line(tpid, looks.MUTED),
            Content.styled(f"  {place}", looks.MUTED),
        )
    )
    role = accountable_role(facts.s_rank, pack)
    parts = [
        Content("Health ") + looks.health(facts.health).full,
        Content("Enterprise status ") + looks.enterprise(facts.status).full,
    ]
    if role:
        parts.append(Content(f"rank {facts.s_rank}, {role.word} accountable"))
    people = [f"{name} {who}" for name, who in (("FM", facts.fm), ("FTA", facts.fta)) if who]
    parts += [foreign_line(person) for person in people]
    if facts.winner:
        yield Block(Content(" · ").join(parts))


def _months(months: Sequence[HealthMonth]) -> Iterator[Block]:
    if months:
        yield Block(dated_strip(months))


def _why(ranked: Ranked, today: date) -> Iterator[Block]:
    found = ranked.assessment
    band = looks.band(found.band)
    total = f"{found.urgency} points" if found.urgency != 1 else "1 point"
    yield Block(
        Content.assemble(
            Content.styled("WHY", "bold $ftop-key"), "  ", band.content,
            Content.styled(f"  {total}", looks.MUTED),
        )
    )  # fmt: skip
    telling = [factor for factor in found.factors if _tells(factor, found.band)]
    for factor in telling:
        yield from _factor(factor, today)
    if not telling:
        yield Block(Content.styled("Nothing asks for attention.", looks.MUTED), 2)
    yield BLANK


def _tells(factor: Factor, band: Band) -> bool:
    """Whether a factor says why the tenant is in its band; of a watched one, its clocks do."""
    return factor.band is not Band.WATCH or (band is Band.WATCH and factor.sort == "clock")


def _also(ranked: Ranked, today: date) -> Iterator[Block]:
    found = ranked.assessment
    factors = [f for f in found.factors if not _tells(f, found.band) and f.sort != "gap"]
    if factors:
        yield _heading("ALSO COUNTS", "orders within the band")
        for factor in factors:
            yield from _factor(factor, today)
        yield BLANK


def _factor(factor: Factor, today: date) -> Iterator[Block]:
    said = words(factor, today.toordinal())
    yield Block(foreign_line(said.fact) + _rule(factor), 5, _points(factor))
    if factor.points:
        yield Block(foreign_line(said.clears, looks.MUTED), 7, Content("     → "))


def _gaps(ranked: Ranked, today: date) -> Iterator[Block]:
    gaps = [factor for factor in ranked.assessment.factors if factor.sort == "gap"]
    if not gaps:
        return
    yield _heading("GAPS", "what the record lacks")
    for factor in gaps:
        said = words(factor, today.toordinal())
        fact = said.fact.removeprefix("Gap: ")
        clears = Content.styled(" → ", looks.MUTED) + foreign_line(said.clears, looks.MUTED)
        yield Block(foreign_line(fact) + clears + _rule(factor), 5, _points(factor))
    yield BLANK


def _points(factor: Factor) -> Content:
    return Content.styled(f"{'+' + str(factor.points):>4} ", looks.band(factor.band).style)


def _rule(factor: Factor) -> Content:
    return Content.styled(f" {factor.rule}", looks.MUTED)


def _workloads(detail: TenantDetail, pack: Pack) -> Iterator[Block]:
    if not detail.workloads:
        return
    yield _heading("WORKLOADS")
    for workload in detail.workloads:
        yield Block(_workload(workload, pack))
        if workload.partner:
            yield Block(foreign_line(f"FRP {workload.partner}", "$ftop-draft"), 7)
    yield BLANK


def _workload(workload: WorkloadDetail, pack: Pack) -> Content:
    status = looks.entitlement(workload.status)
    now = workload.current
    percent = whole(now.percent) if now and now.percent is not None else "–"
    change = trend(workload.usage, level=pack.thresholds.trend_points)
    arrow = "" if change is None else (f"▲{change}" if change > 0 else f"▼{-change}")
    parts = [
        Content.styled(f"{workload.tag:<7}", looks.STRONG),
        Content.styled(f"{status.word:<15}", status.style),
        Content.styled(f" {spark(workload.usage, _SPARK_MONTHS)}", "$ftop-key"),
        Content(f" {percent:>4} "),
        Content.styled(f"{'=' if change == 0 else arrow:<4}", looks.MUTED),
    ]
    return Content("").join(parts)


def _dates(
    detail: TenantDetail, ranked: Ranked, step: Activity | None, today: date
) -> Iterator[Block]:
    lines: list[tuple[str, str]] = []
    if ranked.assessment.due is not None:
        lines.append(("Next due", _when(day_of(ranked.assessment.due), today)))
    if ranked.facts.next_update is not None:
        lines.append(("Next Update", _when(date.fromordinal(ranked.facts.next_update), today)))
    if step is not None:
        when = f"{_when(step.due_on, today)}: " if step.due_on else "no date: "
        lines.append(("Plan step", f"{when}{step.title}"))
    if detail.review_date:
        label = "Next review" if detail.review_date >= today else "Last review"
        lines.append((label, _when(detail.review_date, today)))
    for renewal in [r for r in detail.renewals if r.day >= today][:_RENEWALS]:
        product = f"  {renewal.product}" if renewal.product else ""
        seats = f", {renewal.seats} seats" if renewal.seats else ""
        lines.append(("Renewal", f"{_when(renewal.day, today)}{product}{seats}"))
    yield from _named_lines("DATES", lines)


def _people(
    detail: TenantDetail, escalations: Sequence[Escalation], stale: Sequence[Contact], today: date
) -> Iterator[Block]:
    """What is escalated, and whom nobody has verified lately."""
    said = [each.summary(today) for each in escalations] or detail.escalations
    lines = [("Escalation", text) for text in said]
    for contact in stale[:_STALE]:
        about = f", {contact.title}" if contact.title else ""
        lines.append(("Stale", f"{contact.name}{about}: {contact.seen_text}"))
    if len(stale) > _STALE:
        lines.append(("", f"and {len(stale) - _STALE} more contacts to verify"))
    yield from _named_lines("PEOPLE", lines)


def _named_lines(heading: str, lines: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """A section of lines, each with its name in the margin; nothing without any."""
    if not lines:
        return
    yield _heading(heading)
    for name, text in lines:
        yield Block(foreign_line(text), 12, Content.styled(name, looks.MUTED))
    yield BLANK


def _when(day: date, today: date) -> str:
    left = (day - today).days
    if left == 0:
        return f"{day.isoformat()}, today"
    many = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    return f"{day.isoformat()}, in {many}" if left > 0 else f"{day.isoformat()}, {many} ago"


def _notes(notes: Sequence[NoteSummary]) -> Iterator[Block]:
    if not notes:
        return
    waiting = sum(note.state is NoteState.DRAFT for note in notes)
    yield _heading(
        "NOTES", f"{waiting} draft{'' if waiting == 1 else 's'} waiting" if waiting else ""
    )
    for note in notes[:_NOTES]:
        look = looks.state(note.state)
        day = day_text(note.posted_on.toordinal()) if note.posted_on else note.updated_at[:10]
        tag = f" {note.tag}" if note.tag else ""
        said = f"{day} {note.kind.word}{tag}"
        text = foreign_line(note.text[:_EXCERPT], looks.MUTED)
        yield Block(Content.assemble(foreign_line(said), "  ", text), 7, look.content)


_EXCERPT = 160
