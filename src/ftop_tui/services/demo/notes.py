"""The notes of a customer: all four kinds, drafts and posted, with what came before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ftop_tui.playbook.notes import (
    EnterpriseBody,
    EntitlementBody,
    ExecSummaryBody,
    NoteBody,
    OverallBody,
)
from ftop_tui.playbook.render import render
from ftop_tui.playbook.roles import accountable_role, is_ranked
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Role
from ftop_tui.services.demo.customers import posted_next_update
from ftop_tui.services.demo.data import WorkloadPlan
from ftop_tui.services.demo.scene import Scene
from ftop_tui.store import tables as t
from ftop_tui.store.bodies import to_json

_DEPLOYED = {"red": 0, "yellow": 1, "green": 1, "blue": 2}
"""How far a customer of each colour has got, as the place in the pack's choices (OS-08)."""

_EARLIER = 45  # days between two notes on one workload


def add_notes(scene: Scene) -> None:
    """Every note and draft that the plan asks for."""
    _add_enterprise(scene)
    _add_entitlements(scene)
    _add_overall(scene)
    _add_exec_summaries(scene)


def _add(
    scene: Scene, tenant_id: str, body: NoteBody, written: date, *,
    tag: str | None = None, draft: bool = False,
) -> str:  # fmt: skip
    instant = scene.dice.instant(written)
    note_id = scene.dice.id()
    text = render(body, scene.pack)
    scene.batch.add(
        t.Note,
        id=note_id,
        kind=body.kind.value,
        customer_id=scene.customer_id,
        tenant_id=tenant_id,
        tag=tag,
        state="draft" if draft else "posted",
        body=to_json(body, text),
        text=text,
        created_at=instant,
        updated_at=instant,
        posted_on=None if draft else written,
        posted_at=None if draft else instant,
        source="app",
        version=1,
    )
    return note_id


def _add_enterprise(scene: Scene) -> None:
    """ES-06 ff.: the plan's story, told at each of its days; a draft holds only its start."""
    plan = scene.plan
    story = next(s for s in scene.data.texts["enterprise"] if s["story"] == plan.story)
    tenant_id, _ = scene.winner
    for place, ago in enumerate(plan.enterprise):
        posted = scene.ago(ago)
        body = _enterprise(scene, story, posted, latest=place == 0)
        _add(scene, tenant_id, body, posted)
    if plan.draft:
        start = EnterpriseBody(topic=story["topic"], description=story["description"])
        _add(scene, tenant_id, start, scene.ago(1), draft=True)


def _enterprise(
    scene: Scene, story: Mapping[str, str], posted: date, *, latest: bool
) -> EnterpriseBody:
    plan, terms = scene.plan, scene.pack.enterprise
    ranked = is_ranked(plan.rank, scene.pack)
    due = posted_next_update(scene, posted)
    if latest and plan.next_update is not None:
        due = scene.ago(plan.next_update)
    return EnterpriseBody(
        reason=(terms.ranked_reason if ranked else scene.dice.pick(scene.data.pool["reasons"]),),
        status=EnterpriseStatus.read(plan.status or story["status"]),
        topic=story["topic"],
        description=story["description"],
        impact=story["impact"],
        actions=story["actions"],
        progress=story["progress"] if latest else "",
        overview=story["overview"],
        ftc_exo=story["exo"],
        ftc_spo=story["spo"],
        ftc_opp=story["opp"],
        risks=story["risks"],
        brand=plan.brand or "",
        next_update=due,
        awareness=story["awareness"],
        objectives=terms.objectives[: plan.ticked] if latest else terms.objectives[:2],
        author_role=accountable_role(plan.rank, scene.pack) or Role.FM,
    )


def _add_entitlements(scene: Scene) -> None:
    """EN-01 ff.: a note a workload, no text twice on one tenant (EN-13), and earlier ones."""
    used: set[tuple[str, str]] = set()
    for tenant_id, workload in scene.workloads:
        if workload.draft:
            begun = EntitlementBody(
                EntitlementStatus.read(workload.status), workload.draft,
                **scene.dibs[tenant_id, workload.tag],
            )  # fmt: skip
            _add(scene, tenant_id, begun, scene.ago(0), tag=workload.tag, draft=True)
        if not workload.grade:
            continue
        phrase = _phrase(scene, tenant_id, workload, used)
        if phrase is None:
            continue
        written = workload.written
        if written is None:
            written = scene.dice.between(0, min(workload.since, 75))
        _add(
            scene, tenant_id, _entitlement(scene, workload, phrase),
            scene.ago(written), tag=workload.tag,
        )  # fmt: skip
        for past in range(1, scene.plan.past_notes + 1):
            earlier = scene.dice.pick(scene.data.phrases["in_progress", "marginal"])
            body = EntitlementBody(status=EntitlementStatus.IN_PROGRESS, text=earlier["text"])
            day = scene.ago(max(written, workload.since) + past * _EARLIER)
            _add(scene, tenant_id, body, day, tag=workload.tag)


def _phrase(
    scene: Scene, tenant_id: str, workload: WorkloadPlan, used: set[tuple[str, str]]
) -> Mapping[str, Any] | None:
    """A text for the status and grade, one made for the workload before a general one."""
    fitting = [
        phrase
        for phrase in scene.data.phrases.get((workload.status, workload.grade), ())
        if workload.tag in phrase.get("tags", (workload.tag,))
        and (tenant_id, phrase["text"]) not in used
    ]
    own = [phrase for phrase in fitting if "tags" in phrase]
    if not fitting:
        return None
    chosen = scene.dice.pick(own or fitting)
    used.add((tenant_id, chosen["text"]))
    return chosen


def _entitlement(
    scene: Scene, workload: WorkloadPlan, phrase: Mapping[str, Any]
) -> EntitlementBody:
    l2 = phrase.get("l2", "")
    return EntitlementBody(
        status=EntitlementStatus.read(workload.status),
        text=phrase["text"],
        l2=l2,
        l3=phrase.get("l3", ""),
        blocker_kind=l2 if workload.status == "blocked" else "",
        author_role=Role.FM if scene.plan.fm else Role.FTA,
    )


def _add_overall(scene: Scene) -> None:
    """OS-02 and OS-11: calls worth tracking, on the winner tenant."""
    for which, ago in scene.plan.overall:
        text = scene.data.texts["overall"][which]
        day = scene.ago(ago)
        body = OverallBody(
            text=text["text"],
            next_action=text["next_action"],
            action_date=date.fromordinal(day.toordinal() + text["days"]) if text["days"] else None,
            action_owner=text["owner"],
            attendees=text["attendees"],
            author_role=Role.read(text.get("role", "fm")),
        )
        _add(scene, scene.winner[0], body, day)


def _add_exec_summaries(scene: Scene) -> None:
    """OS-05: those posted with their request for support (OS-13), and a draft."""
    for ago, request in scene.plan.exec_summaries:
        support = scene.data.texts["exec_summary"]["support"][request]
        body = _exec_summary(scene, (support,))
        _add(scene, scene.winner[0], body, scene.ago(ago))
    if scene.plan.exec_draft:
        _add(scene, scene.winner[0], _exec_summary(scene, ()), scene.ago(1), draft=True)


def _exec_summary(scene: Scene, support: tuple[str, ...]) -> ExecSummaryBody:
    dice, texts, terms = scene.dice, scene.data.texts["exec_summary"], scene.pack.exec_summary
    _, tenant = scene.winner
    lines = {
        workload.tag: texts["workload"].format(
            status=EntitlementStatus(workload.status).word, action=dice.pick(texts["actions"])
        )
        for workload in tenant.workloads
        if workload.status in {"in_progress", "blocked"}
    }
    return ExecSummaryBody(
        customer=texts["customer"].format(
            industry=scene.plan.industry,
            users=tenant.users,
            countries=dice.between(2, 30),
            structure=dice.pick(texts["structures"]),
            news=dice.pick(texts["news"]),
        ),
        engagement=terms.engagement_choices[-1],
        deployment=_deployment(scene),
        relationship=dice.pick(texts["relationships"]),
        workloads=lines,
        support=support,
        author_role=Role.FM,
    )


def _deployment(scene: Scene) -> str:
    choices = scene.pack.exec_summary.deployment_choices
    return choices[min(_DEPLOYED.get(scene.plan.health or "", 1), len(choices) - 1)]
