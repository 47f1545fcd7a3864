"""What is done for a customer beside notes: records, contacts, escalations, plan, partner."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ftop_tui.playbook.forecasts import coming_quarter_ends
from ftop_tui.playbook.plan import PRIORITY, year_of
from ftop_tui.playbook.week import mark
from ftop_tui.services.demo.names import squeeze
from ftop_tui.services.demo.rows import Dice
from ftop_tui.services.demo.scene import Scene
from ftop_tui.store import tables as t

_MAIL = "example.com"
_QUARTERS = 2
_A_MONTH = 2.0  # points of usage that an owner expects a month
_HELD_BACK = 4
_FORTNIGHT = 14
_SET = 30
"""How many days ago the reviews with partners were entered."""


def add_care(scene: Scene) -> None:
    """Everything beside the notes."""
    _add_records(scene)
    _add_forecasts(scene)
    _add_contacts(scene)
    for place, entry in enumerate(scene.plan.escalations):
        _add_escalation(scene, place, *entry)
    _add_activities(scene)
    _add_support(scene)
    _add_partnership(scene)
    _add_nominations(scene)


def _record(scene: Scene, kind: str, ago: int, **values: Any) -> None:
    day = scene.ago(ago)
    given = {"tenant_id": scene.winner[0], **values}
    scene.batch.add(
        t.Record,
        id=scene.dice.id(),
        kind=kind,
        customer_id=scene.customer_id,
        day=day,
        source="app",
        created_at=scene.dice.instant(day),
        **given,
    )


def _add_records(scene: Scene) -> None:
    """What starts and clears the clocks: a record of each kind, as often as the plan has it."""
    plan = scene.plan
    recurring = {
        "progress": plan.progress,
        "perspective": plan.perspective,
        "forecast": plan.forecasts[:1],
        "frp-review": plan.frp_reviews,
    }
    for kind, days in recurring.items():
        for ago in days:
            _record(scene, kind, ago, who=plan.fm)
    for ago, text in plan.events:
        _record(scene, "event", ago, text=text)
    for ago, who in plan.requests:
        _record(scene, "exec-request", ago, who=who)
    for tenant_id, workload in scene.workloads:
        for ago in workload.data:
            _record(
                scene, "frp-data", ago, tenant_id=tenant_id, tag=workload.tag, who=workload.partner
            )


def _add_forecasts(scene: Scene) -> None:
    """RA-07: what the owner expects of the health workloads at the next two quarter ends.

    Those made longer ago are drawn apart, so that they change nothing else of the customer.
    """
    latest, earlier = scene.plan.forecasts[:1], scene.plan.forecasts[1:]
    for ago in latest:
        _forecast(scene, ago)
    aside = replace(scene, dice=Dice("forecasts", scene.customer_id))
    for ago in earlier:
        _forecast(aside, ago)
        _record(aside, "forecast", ago, who=scene.plan.fm)


def _forecast(scene: Scene, ago: int) -> None:
    """What was expected on a day: the last month known then, and steady growth from it."""
    tenant_id, tenant = scene.winner
    made = scene.ago(ago)
    chosen = [w for w in tenant.workloads if w.tag in scene.pack.health_tags][:_HELD_BACK]
    for workload in chosen:
        months = scene.months[tenant_id, workload.tag]
        known = [month for month in months if month.as_of < made] or months[:1]
        paid = round(tenant.users * workload.share)
        for month in coming_quarter_ends(made, _QUARTERS):
            ahead = (month - known[-1].month).days / 30
            percent = min(100.0, known[-1].percent + _A_MONTH * ahead)
            scene.batch.add(
                t.Forecast,
                id=scene.dice.id(),
                tenant_id=tenant_id,
                tag=workload.tag,
                month=month,
                active_users=int(paid * percent / 100),
                made_on=made,
            )


def _person(scene: Scene) -> str:
    pool = scene.data.pool
    return f"{scene.dice.pick(pool['first_names'])} {scene.dice.pick(pool['last_names'])}"


def _add_contacts(scene: Scene) -> None:
    """RA-09 and RA-10: one of each kind that the plan has, the customer's first one twice."""
    kinds = scene.data.texts["contact"]
    for kind, verified in zip(kinds, scene.plan.contacts, strict=False):
        if verified < 0:
            continue
        person = _person(scene)
        repeat = scene.plan.duplicate_contact and kind["section"] == "customer"
        for days in (verified, 200)[: 2 if repeat else 1]:
            _add_contact(scene, kind, person, days)


def _add_contact(scene: Scene, kind: Mapping[str, str], person: str, verified: int) -> None:
    of_partner = kind["section"] == "partner" and scene.partner
    scene.batch.add(
        t.Contact,
        id=scene.dice.id(),
        customer_id=scene.customer_id,
        section=kind["section"],
        name=person,
        title=kind["title"],
        role=kind["role"] or None,
        email=f"{'.'.join(map(squeeze, person.split()))}@{_MAIL}",
        phone=f"+1 555 01{scene.dice.between(0, 99):02}",
        partner_id=scene.shared.partners[of_partner] if of_partner else None,
        verified_on=scene.ago(verified),
        created_on=scene.ago(verified + 60),
    )


def _add_escalation(scene: Scene, place: int, which: int, raised: int, resolved: int) -> None:
    """RA-08, FR-13: raised, heard, followed, and resolved where the plan says so."""
    text = scene.data.texts["escalation"][which]
    escalation_id = scene.dice.id()
    partner = scene.partner if text.get("partner") else None
    tags = {workload.tag for workload in scene.winner[1].workloads}
    tag = text["tag"] if text["tag"] in tags else None
    scene.batch.add(
        t.Escalation,
        id=escalation_id,
        customer_id=scene.customer_id,
        tenant_id=scene.winner[0] if tag else None,
        tag=tag,
        partner_id=scene.shared.partners[partner] if partner else None,
        title=text["title"],
        raised_by=text["raised_by"],
        raised_on=scene.ago(raised),
        internal=text["internal"],
        resolved_on=scene.ago(resolved) if resolved else None,
        resolution=text["resolution"] if resolved else None,
    )
    for step, (sort, who, entry, *at) in enumerate(text["entries"]):
        day = scene.ago(max(resolved, raised - 2 * step - place))
        scene.batch.add(
            t.EscalationEntry,
            id=scene.dice.id(),
            escalation_id=escalation_id,
            sort=sort,
            day=day,
            at=at[0] if at else None,
            who=who,
            text=entry,
            created_at=scene.dice.instant(day),
        )


def _add_activities(scene: Scene) -> None:
    """RA-02 to RA-04: the plan, done and open; and what is hidden from This week for a while."""
    for which, done, due in scene.plan.activities:
        text = scene.data.texts["activity"][which]
        done_on = scene.ahead(done) if done else None
        scene.batch.add(
            t.Activity,
            id=scene.dice.id(),
            customer_id=scene.customer_id,
            sort=text["sort"],
            title=text["title"],
            phase=text["phase"],
            year=year_of(done_on or scene.today, scene.pack) if text.get("yearly") else None,
            due_on=scene.ahead(due) if due else None,
            done_on=done_on,
            text=text.get("text") if done else None,
        )
        if done_on:
            _add_links(scene, text.get("links", ()), done_on)
    for what, days, reason in scene.plan.snoozes:
        scene.batch.add(
            t.Snooze,
            id=scene.dice.id(),
            customer_id=scene.customer_id,
            what=mark(what, scene.ago(_last(scene)[what])),
            until=scene.ahead(days),
            reason=reason,
        )


def _add_links(scene: Scene, texts: Sequence[str], day: date) -> None:
    """RA-03: the awareness beside the priorities of that day's fiscal year."""
    year = year_of(day, scene.pack)
    for priority, text in zip(scene.pack.priorities.get(year, ()), texts, strict=False):
        scene.batch.add(
            t.Activity,
            id=scene.dice.id(),
            customer_id=scene.customer_id,
            sort=PRIORITY,
            title=priority,
            year=year,
            done_on=day,
            text=text,
        )


def _last(scene: Scene) -> dict[str, int]:
    """How many days ago each thing that can be snoozed was done last; contacts, the stalest."""
    plan = scene.plan
    last = {
        "enterprise": min(plan.enterprise, default=0),
        "progress": min(plan.progress, default=0),
        "perspective": min(plan.perspective, default=0),
    }
    return {**last, "contacts": max(plan.contacts, default=0)}


def _add_support(scene: Scene) -> None:
    """OS-13: open ones are asks of the brief."""
    for which, opened, closed in scene.plan.support:
        scene.batch.add(
            t.SupportRequest,
            id=scene.dice.id(),
            customer_id=scene.customer_id,
            text=scene.data.texts["exec_summary"]["support"][which],
            opened_on=scene.ago(opened),
            closed_on=scene.ago(closed) if closed else None,
        )


def _add_partnership(scene: Scene) -> None:
    """FR-03, FR-04, FR-09: the agreement, the checklist, and what the partner sent."""
    plan, partner = scene.plan.partnership, scene.partner
    if plan is None or partner is None:
        return
    partnership_id = scene.dice.id()
    agreed = min([plan.agreed, *plan.steps])  # not before the first meeting
    scene.batch.add(
        t.Partnership,
        id=partnership_id,
        partner_id=scene.shared.partners[partner],
        customer_id=scene.customer_id,
        agreed_on=scene.ago(agreed),
        access_to_ftop=plan.access,
    )
    texts = scene.data.texts["partner"]
    for step, ago in zip(texts["steps"], plan.steps, strict=False):
        scene.batch.add(
            t.PartnerStep, partnership_id=partnership_id, step=step, done_on=scene.ago(ago)
        )
    for text, ago in zip(texts["input"], plan.inputs, strict=False):
        scene.batch.add(
            t.PartnerInput,
            id=scene.dice.id(),
            partnership_id=partnership_id,
            day=scene.ago(ago),
            source=text["source"],
            text=text["text"],
        )
    _add_meetings(scene, partnership_id, partner, agreed)


def _add_meetings(scene: Scene, partnership_id: str, partner: str, agreed: int) -> None:
    """FR-03, FR-05, FR-12: reviews set, held and missed, and when the PSM was informed.

    What is not written by hand had its reviews in time. Ids are drawn apart, so that those of other
    rows stay what they are.
    """
    dice = Dice(partnership_id, "meetings")
    at = scene.data.texts["partner"]["at"].get(scene.plan.name)
    informed = at["informed"] if at else [dice.between(1, _FORTNIGHT - 2)]
    records = [("psm-informed", ago) for ago in informed]
    if at is None:
        latest = max(scene.plan.frp_reviews, default=1)
        usual = range(latest + _FORTNIGHT, agreed, _FORTNIGHT)
        records += [("frp-review", ago) for ago in usual]
    for kind, ago in records:
        day = scene.ago(ago)
        scene.batch.add(
            t.Record,
            id=dice.id(),
            kind=kind,
            customer_id=scene.customer_id,
            tenant_id=scene.winner[0],
            day=day,
            who=partner,
            source="app",
            created_at=dice.instant(day),
        )
    for ago, state in at["meetings"] if at else ():
        row = {
            "id": dice.id(),
            "partnership_id": partnership_id,
            "day": scene.ago(ago),
            "held": {"held": True, "missed": False, "set": None}[state],
            "text": None,
        }
        scene.batch.moves.append((_SET, t.PartnerMeeting, row))


def _add_nominations(scene: Scene) -> None:
    """RA-15, RA-16: meetings to come, and those where the customer was presented."""
    for week, decided in scene.plan.nominated:
        meeting, _ = scene.shared.meetings[week]
        scene.batch.add(
            t.Nomination,
            id=scene.dice.id(),
            review_id=meeting,
            customer_id=scene.customer_id,
            nominated_on=scene.ago(decided),
            presented=week < 0,
        )
