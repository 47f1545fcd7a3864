"""The portfolio format: a row a tenant."""

from ftop_tui.exchange.cells import QUICK_POSITIVE, QUICK_TPID, choice, level, positive, tpid
from ftop_tui.exchange.parsed import ImportOptions, Parsed, Reject
from ftop_tui.exchange.reading import (
    Column,
    Format,
    build,
    day,
    each,
    month,
    number,
    plain,
    read,
    tenant_id,
    text,
    yes_no,
)
from ftop_tui.exchange.rows import TenantRow
from ftop_tui.exchange.tables import Table
from ftop_tui.playbook.values import EnterpriseStatus, Health, Phase, Priority
from ftop_tui.progress import Progress, unheard

_HEALTH = plain(choice(Health, "health"))

PORTFOLIO = Format(
    "portfolio",
    (
        tenant_id("TenantId"),
        text("TenantName", "tenant_name", required=True),
        Column("TPID", "tpid", plain(tpid), quick=QUICK_TPID),
        text("CustomerName", "customer_name"),
        text("BrandName", "brand_name"),
        yes_no("WinnerTenant", "winner_tenant"),
        Column("SRank", "s_rank", plain(positive), quick=QUICK_POSITIVE),
        number("Users", "users"),
        Column("EnterpriseLevel", "enterprise_level", plain(level)),
        yes_no("Assigned", "assigned"),
        text("FM", "fm"),
        text("FTA", "fta"),
        Column("Priority", "priority", plain(choice(Priority, "priority"))),
        text("Industry", "industry"),
        Column("Health", "health", _HEALTH),
        Column("Group1Health", "group_1_health", _HEALTH),
        Column("Group2Health", "group_2_health", _HEALTH),
        Column("Group3Health", "group_3_health", _HEALTH),
        Column("ForecastHealth", "forecast_health", _HEALTH),
        month("ForecastMonth", "forecast_month"),
        Column(
            "EnterpriseStatus",
            "enterprise_status",
            plain(choice(EnterpriseStatus, "Enterprise status")),
        ),
        day("LastEnterpriseNote", "last_enterprise_note", past=True),
        day("LastCustomerProgress", "last_customer_progress", past=True),
        day("LastCustomerPerspective", "last_customer_perspective", past=True),
        day("NextUpdate", "next_update"),
        day("RenewalDate", "renewal_date"),
        yes_no("TelemetryBlocked", "telemetry_blocked"),
        text("BusinessReason", "business_reason"),
        day("ReviewDate", "review_date"),
        Column("Phase", "phase", plain(choice(Phase, "phase"))),
    ),
)


def parse(table: Table, options: ImportOptions, progress: Progress = unheard) -> Parsed:
    """The tenants of one table; the same tenant twice is for `repeats` to find."""
    found = read(table, PORTFOLIO.columns, options, progress)
    built = [build(TenantRow, values, table.source, row) for row, values in each(found, progress)]
    rows = tuple(row for row in built if not isinstance(row, Reject))
    late = tuple(row for row in built if isinstance(row, Reject))
    return Parsed(PORTFOLIO.name, rows, found.rejects + late)
