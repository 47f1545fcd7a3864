"""Empty import files with their headers and one sample row (the `template` command)."""

import csv
import io
from datetime import date
from typing import Literal

from ftop_tui.exchange.portfolio import PORTFOLIO
from ftop_tui.exchange.tables import Cell
from ftop_tui.exchange.workloads import WORKLOADS

BlankFormat = Literal["portfolio", "workloads"]
BlankKind = Literal["csv", "xlsx"]

_TENANT = "00000000-0000-4000-8000-000000000001"
_COLUMNS = {format_.name: format_.columns for format_ in (PORTFOLIO, WORKLOADS)}
_SAMPLES: dict[str, dict[str, Cell]] = {
    PORTFOLIO.name: {
        "TenantId": _TENANT,
        "TenantName": "contoso.onmicrosoft.com",
        "TPID": "600001",
        "CustomerName": "Contoso Ltd",
        "BrandName": "Contoso",
        "WinnerTenant": "Y",
        "SRank": 900,
        "Users": 8000,
        "EnterpriseLevel": 3,
        "Assigned": "Y",
        "FM": "Ana Bauer",
        "FTA": "Kim Lund",
        "Priority": "Medium",
        "Industry": "Retail",
        "Health": "Yellow",
        "Group1Health": "Green",
        "Group2Health": "Yellow",
        "Group3Health": "Red",
        "ForecastHealth": "Green",
        "ForecastMonth": "2027-03",
        "EnterpriseStatus": "Yellow",
        "LastEnterpriseNote": date(2025, 1, 14),
        "LastCustomerProgress": date(2025, 1, 14),
        "LastCustomerPerspective": date(2025, 1, 14),
        "NextUpdate": date(2025, 1, 28),
        "RenewalDate": date(2027, 6, 30),
        "TelemetryBlocked": "N",
        "BusinessReason": "Retire the data centre",
        "ReviewDate": date(2027, 1, 14),
        "Phase": "Enable",
    },
    WORKLOADS.name: {
        "TenantId": _TENANT,
        "Workload": "EXO",
        "Status": "In Progress",
        "PrimaryRM": "Ana Bauer",
        "PaidUnits": 8000,
        "ActiveUsers": 3500,
        "Note": "Customer is moving forward with deployment. They are in the adoption phase.",
        "DueDate": date(2027, 2, 26),
        "Intent": "Yes",
        "BusinessReason": "Retire the data centre",
        "SuccessOwner": "IT director",
    },
}


def blank(format_: BlankFormat, kind: BlankKind) -> bytes:
    """The file's bytes: every column of the format, and one made-up row that imports as it is."""
    header = [column.name for column in _COLUMNS[format_]]
    sample = [_SAMPLES[format_][name] for name in header]
    return _csv(header, sample) if kind == "csv" else _xlsx(format_, header, sample)


def _csv(header: list[str], sample: list[Cell]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, sample])
    return out.getvalue().encode()


def _xlsx(name: str, header: list[str], sample: list[Cell]) -> bytes:
    # Deferred for start-up speed: only a template or an export as a workbook needs it.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    sheet = book.create_sheet(name, 0)
    del book["Sheet"]
    sheet.append(header)
    sheet.append(sample)
    for place, value in enumerate(sample, 1):
        sheet.cell(1, place).font = Font(bold=True)
        cell = sheet.cell(2, place)
        cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "@"
        if isinstance(value, int):
            cell.number_format = "0"
        sheet.column_dimensions[cell.column_letter].width = max(14, len(header[place - 1]) + 2)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
