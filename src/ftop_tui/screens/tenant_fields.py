"""The fields of the tenant form: the portfolio's columns, in the order in which one thinks."""

from typing import NamedTuple

from ftop_tui.playbook.values import EnterpriseStatus, Health, Phase, Priority

_COLOURS = tuple(health.value for health in Health)
_YES_NO = ("yes", "no")
_DAY = "YYYY-MM-DD"


class Field(NamedTuple):
    """A column of the portfolio with its label, what may be typed, and a hint."""

    column: str
    label: str
    choices: tuple[str, ...] = ()
    hint: str = ""

    @property
    def shown_hint(self) -> str:
        """What stands in the empty field."""
        return " / ".join(self.choices) if self.choices else self.hint


GROUPS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (
        "Health",
        (
            Field("Health", "Overall health", _COLOURS),
            Field("Group1Health", "Group 1", _COLOURS),
            Field("Group2Health", "Group 2", _COLOURS),
            Field("Group3Health", "Group 3", _COLOURS),
            Field("ForecastHealth", "Forecast health", _COLOURS),
            Field("ForecastMonth", "Forecast month", hint="YYYY-MM"),
        ),
    ),
    (
        "Customer",
        (
            Field("CustomerName", "Customer name"),
            Field("BrandName", "Brand name", hint="where the names above do not tell"),
            Field("TPID", "TPID", hint="a number; the customer's key"),
            Field("SRank", "S rank", hint="1 and up; says who is accountable"),
            Field("Industry", "Industry"),
            Field("Priority", "Priority", tuple(priority.value for priority in Priority)),
            Field("Phase", "Phase", tuple(phase.value for phase in Phase)),
            Field("BusinessReason", "Business reason", hint="why they move to the cloud"),
            Field("ReviewDate", "Review date", hint=_DAY),
        ),
    ),
    ("People", (Field("FM", "FM"), Field("FTA", "FTA"))),
    (
        "Enterprise",
        (
            Field("EnterpriseStatus", "Status", tuple(status.value for status in EnterpriseStatus)),
            Field("EnterpriseLevel", "Flag level", hint="on the flags tab: 'Is Enterprise'"),
            Field("Assigned", "I am assigned", _YES_NO),
            Field("NextUpdate", "Next Update", hint=_DAY),
        ),
    ),
    (
        "Tenant",
        (
            Field("TenantName", "Tenant name"),
            Field("WinnerTenant", "Winner tenant", _YES_NO),
            Field("Users", "Users", hint="a number"),
            Field("RenewalDate", "Renewal date", hint=_DAY),
            Field("TelemetryBlocked", "Telemetry blocked", _YES_NO),
        ),
    ),
    (
        "Recorded in FTOP",
        (
            Field("LastEnterpriseNote", "Enterprise note", hint=_DAY),
            Field("LastCustomerProgress", "Progress", hint=_DAY),
            Field("LastCustomerPerspective", "Perspective", hint=_DAY),
        ),
    ),
)

FIELDS: tuple[Field, ...] = tuple(field for _, fields in GROUPS for field in fields)
"""All of them."""
