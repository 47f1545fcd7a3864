"""A customer's plan: completing, adding, moving and dropping steps, linking (RA-02 to RA-04).

Completing a step, and a milestone of usage that was crossed, ask for the next step: the answer of
`complete` and the plan's `crossed` carry what the playbook suggests.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ftop_tui.errors import AmbiguousError, InputError, NotFoundError, RefusedError
from ftop_tui.playbook.plan import (
    ALIGNMENT,
    AWARENESS,
    OWN,
    PRIORITY,
    Crossed,
    Line,
    Plan,
    State,
    Suggestion,
    after,
    year_of,
)
from ftop_tui.playbook.values import Phase
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.plan_reading import next_steps, of_tenant, plan_of, read
from ftop_tui.services.plan_terms import plan_terms
from ftop_tui.store.plans import ANSWERED, seen_by
from ftop_tui.store.tables import Activity, Record
from ftop_tui.text import clean, clean_line, fold

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing a step changed, what is to be said, and what could come next (RA-04)."""

    changes: Changes
    suggestion: Suggestion | None = None
    warnings: tuple[str, ...] = ()


def complete(
    context: Context, customer_id: str, key: str, *, on: date | None = None, text: str = ""
) -> Completed:
    """Complete a step; one that recurs is done for this time (RA-02, RA-03).

    `text` is what there is to say: of situational awareness, the awareness itself. Aligning it to
    the year without a link to one of its priorities is allowed and told.

    Raises:
        NotFoundError: no step of that key. RefusedError: a clock says when it is due, or it is done
            already. InputError: a day to come.
    """
    day = on or context.today()
    if day > context.today():
        raise InputError(f"{day.isoformat()} is still to come; complete it when it is done")
    with context.stored().unit("complete") as unit:
        plan = plan_of(context, seen_by(unit.session), customer_id)
        line = find_line(plan, key)
        _refuse_clock(line)
        if line.state is State.DONE and line.every != "refresh":
            raise RefusedError(f"{line.title} is done already, on {line.done_on}")
        row = _waiting(unit.session, line) or _new(context, plan, line)
        row.done_on, row.year = day, year_of(day, context.pack) if line.every == "year" else None
        row.text = clean(text).strip() or row.text
        unit.session.add(row)
        unit.session.flush()
        unit.sentence = f"{plan.name}: completed {line.title}"
        changes = Changes(unit.sentence, rank=True)
        suggestion = after(line, plan.lines, plan_terms(context))
        return Completed(changes, suggestion, tuple(_warnings(plan, line)))


def following(context: Context, customer_id: str, key: str) -> Suggestion | None:
    """What could come after a step that was completed (RA-04); None where nothing is left."""
    plan = read(context, customer_id)
    return after(find_line(plan, key), plan.lines, plan_terms(context))


def _warnings(plan: Plan, line: Line) -> list[str]:
    if line.key == ALIGNMENT and not plan.linked:
        return [f"no awareness is linked to a priority of {plan.year} yet"]
    if line.key == AWARENESS and plan.linked:
        return ["see whether what is new bears on the year's priorities"]
    return []


def add(
    context: Context,
    customer_id: str,
    title: str,
    *,
    key: str = OWN,
    phase: Phase | None = None,
    due_on: date | None = None,
    answers: Crossed | None = None,
) -> Changes:
    """Put a step on the plan: one of one's own, or with its key one that the playbook asks for.

    `answers` is the crossed milestone that asked for it (RA-04).

    Raises:
        InputError: no title, or a day that is past. RefusedError: that step of the playbook is on
            the plan already.
    """
    words = clean_line(title)
    if not words:
        raise InputError("a step needs a title")
    _refuse_past(context, due_on)
    step = plan_terms(context).step(key)
    with context.stored().unit("plan") as unit:
        plan = plan_of(context, seen_by(unit.session), customer_id)
        if step is not None:
            line = find_line(plan, key)
            _refuse_clock(line)
            if _waiting(unit.session, line) is not None:
                raise RefusedError(f"{line.title} is on the plan already")
        here = phase or (step.phase if step else plan.phase) or Phase.INITIATE
        row = Activity(
            id=context.new_id(),
            customer_id=customer_id,
            sort=key if step is not None else OWN,
            title=words,
            phase=here.value,
            due_on=due_on,
        )
        unit.session.add(row)
        if answers is not None:
            unit.session.add(_answer(context, customer_id, answers))
        unit.session.flush()
        by = f" by {due_on.isoformat()}" if due_on else ""
        unit.sentence = f"{plan.name}: planned {words}{by}"
        return Changes(unit.sentence, rank=True)


def answer(context: Context, customer_id: str, crossed: Crossed) -> Changes:
    """Say that a crossed milestone asks for no further step (RA-04)."""
    with context.stored().unit("plan") as unit:
        unit.session.add(_answer(context, customer_id, crossed))
        unit.sentence = f"Nothing to plan: {crossed.crossing.sentence}"
        return Changes(unit.sentence, rank=True)


def move(context: Context, customer_id: str, key: str, due_on: date | None) -> Changes:
    """Give a step another due date, or none; one that is not planned yet is planned by it.

    Raises:
        NotFoundError: no step of that key. InputError: the day is past. RefusedError: a clock says
            when it is due, or it is done already.
    """
    _refuse_past(context, due_on)
    with context.stored().unit("plan") as unit:
        plan = plan_of(context, seen_by(unit.session), customer_id)
        line = find_line(plan, key)
        _refuse_clock(line)
        if line.state is State.DONE:
            raise RefusedError(f"{line.title} is done already, on {line.done_on}")
        row = _waiting(unit.session, line) or _new(context, plan, line)
        row.due_on = due_on
        unit.session.add(row)
        unit.session.flush()
        to = f"due {due_on.isoformat()}" if due_on else "without a date"
        unit.sentence = f"{plan.name}: {line.title} is {to}"
        return Changes(unit.sentence, rank=True)


def _refuse_past(context: Context, due_on: date | None) -> None:
    if due_on is not None and due_on < context.today():
        raise InputError(f"{due_on.isoformat()} is past; name a day from today on")


def drop(context: Context, customer_id: str, key: str) -> Changes:
    """Take a step off the plan; one that the playbook asks for stays there as not planned.

    Raises:
        NotFoundError: no step of that key. RefusedError: it was never planned.
    """
    with context.stored().unit("plan") as unit:
        plan = plan_of(context, seen_by(unit.session), customer_id)
        line = find_line(plan, key)
        row = unit.session.get(Activity, line.activity_id) if line.activity_id else None
        if row is None:
            raise RefusedError(f"{line.title} is not planned; there is nothing to drop")
        unit.session.delete(row)
        unit.sentence = f"{plan.name}: dropped {line.title}"
        return Changes(unit.sentence, rank=True)


def link_priority(context: Context, customer_id: str, priority: str, text: str) -> Changes:
    """Link awareness to a priority of this fiscal year; an empty text takes the link off (RA-03).

    Raises:
        NotFoundError: the year has no such priority. AmbiguousError: several begin so.
    """
    words = clean(text).strip()
    with context.stored().unit("link") as unit:
        plan = plan_of(context, seen_by(unit.session), customer_id)
        link = plan.links[_priority(plan, priority)]
        row = unit.session.get(Activity, link.activity_id) if link.activity_id else None
        if not words and row is None:
            raise RefusedError(f"nothing is linked to {link.priority}")
        if words:
            row = row or Activity(
                id=context.new_id(),
                customer_id=customer_id,
                sort=PRIORITY,
                title=link.priority,
                year=plan.year,
            )
            # A link is no open step: it is done on the day it was made.
            row.text, row.done_on = words, context.today()
            unit.session.add(row)
        elif row is not None:
            unit.session.delete(row)
        verb = "linked awareness to" if words else "took the link off"
        unit.sentence = f"{plan.name}: {verb} {link.priority} ({plan.year})"
        return Changes(unit.sentence, rank=True)


def _priority(plan: Plan, name: str) -> int:
    wanted = fold(name)
    titles = [fold(link.priority) for link in plan.links]
    hits = [n for n, title in enumerate(titles) if title == wanted]
    hits = hits or [n for n, title in enumerate(titles) if wanted and wanted in title]
    named = [link.priority for link in plan.links]
    if not hits:
        raise NotFoundError(
            f"{plan.year} has no priority {name!r}; there are: {', '.join(named) or 'none'}"
        )
    if len(hits) > 1:
        raise AmbiguousError(f"{name!r} fits {len(hits)} priorities", details=named)
    return hits[0]


def find_line(plan: Plan, key: str) -> Line:
    """The line that a key, the beginning of an id, or a part of a title means.

    Raises:
        NotFoundError: none. AmbiguousError: several; they are listed.
    """
    wanted = fold(key)
    for hits in (
        [line for line in plan.lines if key in {line.key, line.activity_id}],
        [line for line in plan.lines if wanted and line.key.startswith(wanted)],
        [line for line in plan.lines if wanted and wanted in fold(line.title)],
    ):
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = [f"{line.key}: {line.title}" for line in hits]
            raise AmbiguousError(f"{key!r} fits {len(hits)} steps", details=listed)
    raise NotFoundError(f"no step of {plan.name} is named {key!r}; `ftop-tui plan` shows them")


def _refuse_clock(line: Line) -> None:
    if line.state is State.CLOCK:
        raise RefusedError(
            f"{line.title} recurs by its clock: record it, or mark it done in This week"
        )


def _waiting(session: "Session", line: Line) -> Activity | None:
    """The stored row of an open step."""
    row = session.get(Activity, line.activity_id) if line.activity_id else None
    return row if row is not None and row.done_on is None else None


def _new(context: Context, plan: Plan, line: Line) -> Activity:
    """A row for a step of the playbook that nobody had planned."""
    return Activity(
        id=context.new_id(),
        customer_id=plan.customer_id,
        sort=line.key,
        title=line.title,
        phase=line.phase.value,
    )


def _answer(context: Context, customer_id: str, crossed: Crossed) -> Record:
    return Record(
        id=context.new_id(),
        kind=ANSWERED,
        customer_id=customer_id,
        tenant_id=crossed.tenant_id,
        tag=crossed.crossing.tag,
        day=context.today(),
        text=crossed.mark,
        source="app",
        created_at=context.now().isoformat(),
    )


__all__ = [
    "Completed",
    "add",
    "answer",
    "complete",
    "drop",
    "find_line",
    "following",
    "link_priority",
    "move",
    "next_steps",
    "of_tenant",
    "read",
]
