"""Dossiers: all that is known of each customer as rows by kind, before an audience is chosen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ftop_tui.playbook.audience import Dossier, Row
from ftop_tui.playbook.milestones import Milestone
from ftop_tui.playbook.opening import shown_name
from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.roles import WinnerCandidate, winner_of
from ftop_tui.playbook.stored import json_of
from ftop_tui.playbook.usage import UsagePoint
from ftop_tui.playbook.values import EnterpriseStatus, EntitlementStatus, Health
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.store import exports
from ftop_tui.store.exports import AGREED
from ftop_tui.store.exports import Row as Stored
from ftop_tui.store.milestones import read_milestones
from ftop_tui.store.next_actions import NextAction, read_open_actions
from ftop_tui.store.read_model import own_figures, with_present

_TABLES = (
    "customer", "tenant", "workload", "usage", "escalation", "partner", "partnership",
    "partner_input", "contact", "record", "note",
)  # fmt: skip
_READ = 0.6


class _Rows:
    """The store's rows by what they hang on."""

    def __init__(
        self,
        tables: Mapping[str, list[Stored]],
        milestones: Iterable[Milestone],
        actions: Iterable[NextAction],
    ) -> None:
        self.customers = tables["customer"]
        self.partners = {row["id"]: row["name"] for row in tables["partner"]}
        self.tenants = _by(tables["tenant"], "customer_id")
        self.workloads = _by(tables["workload"], "tenant_id")
        self.usage = _by(tables["usage"], "tenant_id")
        self.milestones: dict[str, list[Milestone]] = defaultdict(list)
        for milestone in milestones:
            self.milestones[milestone.tenant_id].append(milestone)
        self.escalations = _by(tables["escalation"], "customer_id")
        self.contacts = _by(tables["contact"], "customer_id")
        self.partnerships = _by(tables["partnership"], "customer_id")
        self.inputs = _by(tables["partner_input"], "partnership_id")
        self.risks = {
            note["customer_id"]: note["body"]
            for note in tables["note"]  # in the order of their posting: the last one stays
            if note["kind"] == "enterprise" and note["state"] == "posted"
        }
        self.agreed = _by((r for r in tables["record"] if r["kind"] == AGREED), "text")
        self.actions: dict[str, list[NextAction]] = defaultdict(list)
        for action in actions:
            self.actions[action.tenant_id].append(action)


def _by(rows: Iterable[Stored], column: str) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def read(
    context: Context,
    customer_ids: Collection[str] | None = None,
    *,
    months: int = 0,
    progress: Progress = unheard,
) -> list[Dossier]:
    """The dossiers of some customers or of all, by shown name; none where there is no store.

    `months` is how many of the latest months of usage each workload comes with.
    """
    if not context.store.exists():
        return []
    with reading(context) as connection:
        rows = _Rows(
            exports.read_tables(connection, _TABLES, customer_ids, between(progress, 0, _READ)),
            read_milestones(connection, None, context.today()),
            read_open_actions(connection, None),
        )
    dossiers = [
        _dossier(customer, rows, context.pack, months)
        for customer in counted(rows.customers, len(rows.customers), between(progress, _READ, 1))
        if rows.tenants[customer["id"]]
    ]
    return sorted(dossiers, key=lambda dossier: (dossier.name.casefold(), dossier.customer_id))


def registered(context: Context) -> dict[str, set[str]]:
    """The partners that are registered on a workload (FR-01), each with its customers' ids."""
    if not context.store.exists():
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    with reading(context) as connection:
        for partner, customer_id in exports.read_partners(connection):
            found[partner].add(customer_id)
    return found


def _dossier(customer: Stored, rows: _Rows, pack: Pack, months: int) -> Dossier:
    customer_id = customer["id"]
    tenants = rows.tenants[customer_id]
    winner = winner_of(
        [WinnerCandidate(t["id"], bool(t["winner_marked"]), t["users"]) for t in tenants]
    )
    tenants = sorted(tenants, key=lambda tenant: tenant["id"] != winner)
    name = shown_name(customer["brand"], customer["name"], tenants[0]["name"]) or ""
    partners = rows.partners
    return Dossier(
        customer_id,
        name,
        {
            "tenants": [_tenant(name, customer, tenant) for tenant in tenants],
            "workloads": list(_workloads(name, tenants, rows, pack)),
            "usage": list(_usage(name, tenants, rows, months)),
            "milestones": [
                {**_place(name, tenant), "workload": each.tag, "percent": each.percent,
                 "due_on": each.due_on, "reached_on": each.reached_on, "given_by": each.given_by}
                for tenant in tenants for each in rows.milestones[tenant["id"]]
            ],
            "actions": [_action(name, tenant, action, rows)
                        for tenant in tenants for action in rows.actions[tenant["id"]]],
            "escalations": [
                {"customer": name, "title": row["title"], "raised_on": row["raised_on"],
                 "resolved_on": row["resolved_on"], "partner": partners.get(row["partner_id"]),
                 "internal": bool(row["internal"])}
                for row in rows.escalations[customer_id]
            ],
            "inputs": [
                {"customer": name, "partner": partners.get(each["partner_id"]), "day": row["day"],
                 "source": row["source"], "text": row["text"]}
                for each in rows.partnerships[customer_id] for row in rows.inputs[each["id"]]
            ],
            "contacts": [
                {"customer": name, "partner": partners.get(row["partner_id"]),
                 "name": row["name"], "title": row["title"]}
                for row in rows.contacts[customer_id]
                if row["section"] == "partner" and row["role"] == "poc"
            ],
            "risks": [{"customer": name, "text": text}
                      for text in _risks(rows.risks.get(customer_id))],
        },
    )  # fmt: skip


def _place(name: str, tenant: Stored) -> dict[str, str]:
    return {"customer": name, "tenant": tenant["name"], "tenant_id": tenant["id"]}


def _tenant(name: str, customer: Stored, tenant: Stored) -> Row:
    """Health and Enterprise status are two fields, for they say two things (ES-08)."""
    health = Health.read(customer["health"] or "")
    status = EnterpriseStatus.read(customer["status"] or "")
    return {
        **_place(name, tenant),
        "health": health.word if health else None,
        "enterprise_status": status.word if status else None,
    }


def _workloads(name: str, tenants: Sequence[Stored], rows: _Rows, pack: Pack) -> Iterator[Row]:
    last = len(pack.tag_order)
    for tenant in tenants:
        own, usage = rows.workloads[tenant["id"]], _by(rows.usage[tenant["id"]], "tag")
        for row in sorted(own, key=lambda r: (pack.tag_order.get(r["tag"], last), r["tag"])):
            point = _present(row, usage[row["tag"]])
            status = EntitlementStatus.read(row["status"] or "")
            workload = pack.by_tag.get(row["tag"])
            percent = point.percent if point else None
            yield {
                **_place(name, tenant),
                "workload": row["tag"],
                "name": workload.name if workload else None,
                "partner": row["partner"],
                "status": status.word if status else None,
                "paid_units": point.paid_units if point else None,
                "active_users": point.active_users if point else None,
                "usage_percent": None if percent is None else round(percent, 1),
                "usage_month": point.month if point else None,
                "due_date": row["due_date"],
                "intent": row["intent"],
                "business_reason": row["business_reason"],
                "success_owner": row["success_owner"],
            }


def _present(row: Stored, months: Sequence[Stored]) -> UsagePoint | None:
    points = [UsagePoint(m["month"], m["paid_units"], m["active_users"]) for m in months]
    own = own_figures(row["paid_units"], row["active_users"], row["usage_as_of"])
    known = with_present(points, own)
    return known[-1] if known else None


def _usage(name: str, tenants: Sequence[Stored], rows: _Rows, months: int) -> Iterator[Row]:
    """Month by month; of two reports of a month licence usage counts, which is read last."""
    for tenant in tenants:
        for tag, reported in _by(rows.usage[tenant["id"]], "tag").items():
            latest = list({row["month"]: row for row in reported}.items())
            for month, row in latest[max(0, len(latest) - months) :]:
                yield {
                    **_place(name, tenant),
                    "workload": tag,
                    "month": month,
                    "paid_units": row["paid_units"],
                    "active_users": row["active_users"],
                }


def _action(name: str, tenant: Stored, action: NextAction, rows: _Rows) -> Row:
    """A next action (OS-02), and with whom it was agreed: only then may they see it (FR-10)."""
    agreed = [record["who"] for record in rows.agreed[action.note_id]]
    return {
        **_place(name, tenant),
        "action": action.action,
        "owner": action.owner or None,
        "day": action.day,
        "agreed_with": "\n".join(who for who in agreed if who),
        "agreed_with_customer": any(not who for who in agreed),
    }


def _risks(body: str | None) -> list[str]:
    """The lines of the Risks field of an Enterprise note (ES-12)."""
    found = json_of(body)
    text = found.get("risks") if isinstance(found, dict) else None
    lines = text.splitlines() if isinstance(text, str) else []
    return [line.strip() for line in lines if line.strip()]
