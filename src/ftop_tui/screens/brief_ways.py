"""From a brief to the forms that it comes from: what closes a gap, where a part is written."""

from typing import Any

from textual.app import App

from ftop_tui.playbook.pack import Pack
from ftop_tui.playbook.readiness import Form, Gap
from ftop_tui.screens import ways

BY_PART = {
    "risks": ways.enterprise,
    "opportunities": ways.enterprise,
    "changes": ways.enterprise,
    "issues": ways.escalations,
    "successes": ways.escalations,
    "forecast": ways.forecasts,
    "milestones": ways.forecasts,
    "wins": ways.forecasts,
    "challenges": ways.forecasts,
    "asks": ways.exec_summary,
    "opening": ways.tenant_form,
    "renewals": ways.tenant_form,
}
"""Where each part is written; the others are about workloads, of which one is asked for."""


COLUMNS = {
    "name": "CustomerName",
    "overall_health": "Health",
    "group_1": "Group1Health",
    "group_2": "Group2Health",
    "group_3": "Group3Health",
    "forecast_health": "ForecastHealth",
    "forecast_month": "ForecastMonth",
    "renewal_date": "RenewalDate",
    "business_reason": "BusinessReason",
}
"""Where in the tenant form each gap is filled in."""


def close_gap(app: App[Any], gap: Gap) -> None:
    """Open the form that closes a gap (RA-24)."""
    if gap.form is Form.ENTERPRISE:
        ways.enterprise(app, gap.tenant_id)
    elif gap.form is Form.FORECASTS:
        ways.forecasts(app, gap.tenant_id)
    elif gap.form is Form.ENTITLEMENT and gap.tag:
        ways.entitlement(app, gap.tenant_id, gap.tag)
    else:
        ways.tenant_form(app, gap.tenant_id, COLUMNS.get(gap.key))


def open_part(app: App[Any], pack: Pack, tenant_id: str, key: str) -> None:
    """Open what a part comes from; of parts about workloads one is asked for."""
    way = BY_PART.get(key)
    if way is not None:
        way(app, tenant_id)
        return
    every = [(workload.tag, workload.name) for workload in pack.workloads]
    ways.workload_choice(
        app, every, "Which workload?", lambda tag: ways.entitlement(app, tenant_id, tag)
    )
