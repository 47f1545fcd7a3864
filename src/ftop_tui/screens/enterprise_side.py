"""What stands beside the Enterprise form: what is missing, and what the record knows around it."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from ftop_tui.playbook.detail import TenantDetail
from ftop_tui.playbook.facts import TenantFacts
from ftop_tui.playbook.lint.fields import risk_lines
from ftop_tui.playbook.next_colour import next_colour
from ftop_tui.playbook.notes import EnterpriseBody
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.posting import obstacles
from ftop_tui.playbook.roles import accountable_role
from ftop_tui.playbook.usage import whole
from ftop_tui.playbook.values import EntitlementStatus, NoteState, Role
from ftop_tui.services.enterprise_forms import Around, OtherTenant
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.retelling import same_content
from ftop_tui.widgets.text_panel import BLANK, Block

_IN = 2
_TAG = 9


def side_blocks(
    body: EnterpriseBody, facts: TenantFacts, around: Around, today: date, pack: Pack
) -> list[Block]:
    """All that stands below the preview, in the order in which it is needed."""
    return [
        *_missing(body, today, pack),
        *_accountable(facts, pack),
        *_colour(facts, around, inserts=bool(risk_lines(body, around.record, pack))),
        *_milestones(body, around),
        *_others(around),
    ]


def same_blocks(some: Sequence[Block], others: Sequence[Block]) -> bool:
    """Whether both say the same and look the same: then nothing is to be drawn."""
    return len(some) == len(others) and all(
        one.indent == other.indent
        and same_content(one.content, other.content)
        and same_content(one.lead, other.lead)
        for one, other in zip(some, others, strict=True)
    )


def _heading(text: str, more: str = "") -> Block:
    tail = Content.styled(f"  {more}", looks.MUTED) if more else Content("")
    return Block(Content.styled(text, f"bold {looks.KEY}") + tail)


def _muted(text: str) -> Block:
    return Block(foreign_line(text, looks.MUTED), _IN)


def _missing(body: EnterpriseBody, today: date, pack: Pack) -> Iterator[Block]:
    """What blocks posting (ES-06 to ES-14), and how many objectives are ticked (ES-16)."""
    found = obstacles(body, today)
    yield _heading("BEFORE POSTING")
    for obstacle in found:
        yield Block(foreign_line(obstacle.message), _IN + 6, Content(f"  {obstacle.rule}"))
    if not found:
        yield _muted("Nothing that FTOP requires is missing.")
    ticked = sum(objective in body.objectives for objective in pack.enterprise.objectives)
    yield _muted(f"{ticked} of {len(pack.enterprise.objectives)} objectives ticked")
    yield BLANK


def _accountable(facts: TenantFacts, pack: Pack) -> Iterator[Block]:
    """ES-01, and the preconditions of editing in FTOP (ES-05)."""
    yield _heading("WHO MAY WRITE")
    role = accountable_role(facts.s_rank, pack)
    if role is None:
        yield _muted("no rank among the S1500: nobody is accountable by rank")
    else:
        person = facts.fta if role is Role.FTA else facts.fm
        named = f", {person}" if person else ""
        yield Block(foreign_line(f"{role.word} accountable at rank {facts.s_rank}{named}"), _IN)
    level = "not set" if facts.level is None else f"Level {facts.level}"
    fits = facts.level in pack.enterprise.levels
    parts = [Content("Enterprise flag "), Content.styled(level, "" if fits else looks.MISSING)]
    if facts.assigned is None:
        parts.append(Content.styled(", not known if you are assigned", looks.MUTED))
    elif facts.assigned:
        parts.append(Content(", you are assigned"))
    else:
        parts += [Content(", you are "), Content.styled("not assigned", looks.MISSING)]
    yield Block(Content.assemble(*parts), _IN)
    yield BLANK


def _colour(facts: TenantFacts, around: Around, *, inserts: bool) -> Iterator[Block]:
    """RA-13: the next colour up, the groups below it, and what blocks the way (ES-12)."""
    target = next_colour(facts)
    yield _heading("NEXT COLOUR", "for Risks · F4 there inserts" if inserts else "for Risks")
    if target.colour is None:
        unset = "Customer Health is not set" if facts.health is None else "Blue already"
        yield _muted(unset)
    else:
        numbers = list(map(str, target.groups_below))
        below = f"group{'' if len(numbers) == 1 else 's'} {' and '.join(numbers[-2:])}"
        if len(numbers) > 2:
            below = f"groups {', '.join(numbers[:-1])} and {numbers[-1]}"
        yield Block(
            Content.assemble(
                looks.health(facts.health).full, " → ", looks.health(target.colour).full,
                f"  {below} below" if numbers else "  no group is below",
            ),
            _IN,
        )  # fmt: skip
    blocked = looks.entitlement(EntitlementStatus.BLOCKED)
    for place in around.record.blocked:
        where = "" if place.tenant == around.tenant_name else f"on {place.tenant}"
        yield _tagged(place.tag, blocked.content, where)
    for escalation in around.record.escalations:
        yield _tagged("escalated", foreign_line(escalation.title), escalation.tag or "")
    yield BLANK


def _tagged(tag: str, words: Content, more: str = "") -> Block:
    """A line with a tag in front; texts that are not ours go through `foreign_line` before."""
    tail = Content.assemble("  ", foreign_line(more, looks.MUTED)) if more else Content("")
    lead = Content("  ") + foreign_line(tag, looks.STRONG)
    return Block(words + tail, _IN + _TAG + 1, lead)


def _milestones(body: EnterpriseBody, around: Around) -> Iterator[Block]:
    """RA-14: what was crossed since the last note, and whether Awareness says it."""
    if not around.milestones:
        return
    since = f"since {around.last_day.isoformat()}" if around.last_day else "on record"
    yield _heading("MILESTONES", f"{since} · F4 inserts")
    for crossing in around.milestones:
        told = crossing.sentence in body.awareness
        mark = Content.styled("✓ ", looks.MUTED) if told else Content("+ ")
        yield Block(foreign_line(crossing.sentence, looks.MUTED if told else ""), _IN, mark)
    yield BLANK


def _others(around: Around) -> Iterator[Block]:
    """RA-11: what the other tenants of the TPID hold."""
    if not around.others:
        return
    yield _heading("OTHER TENANTS", f"{len(around.others)} more of the TPID")
    for other in around.others:
        yield from _tenant(other)
    yield BLANK


def _tenant(other: OtherTenant) -> Iterator[Block]:
    yield Block(foreign_line(other.name, looks.STRONG), _IN)
    told = [workload for workload in other.detail.workloads if workload.status]
    for workload in told:
        look = looks.entitlement(workload.status)
        current = workload.current
        share = current.percent if current else None
        more = whole(share) if share is not None else ""
        yield _tagged(workload.tag, look.content, more)
    if not told:
        yield _muted("no workload with a status")
    open_items = _open_items(other.detail)
    if open_items:
        yield _muted("open: " + ", ".join(open_items))
    for action in other.actions:
        day = action.day.isoformat() if action.day else "no date"
        yield _muted(f"next: {action.action}, {day}")


def _open_items(detail: TenantDetail) -> Sequence[str]:
    """What waits on a tenant: drafts, and workloads without their DIBS (EN-19)."""
    items = []
    drafts = sum(note.state is NoteState.DRAFT for note in detail.notes)
    if drafts:
        items.append(f"{drafts} draft{'' if drafts == 1 else 's'}")
    bare = [workload.tag for workload in detail.workloads if workload.missing_dibs]
    if bare:
        items.append(f"DIBS of {', '.join(bare)}")
    return items
