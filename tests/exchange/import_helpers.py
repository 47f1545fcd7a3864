"""What the tests of the imports share: a fixed day, the shipped pack, and short ways to parse."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ftop_tui.exchange.days import DateOrder
from ftop_tui.exchange.formats import parse_sources
from ftop_tui.exchange.pack_file import load_pack
from ftop_tui.exchange.parsed import ImportOptions, Parsed, Source

TODAY = date(2026, 11, 21)
SAMPLES = Path(__file__).parent / "samples"
ONE = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0001"
TWO = "7f1c2c1e-6a0b-4c0e-9a53-0d3f6a1b0002"


def options(
    format: str = "auto",  # noqa: A002
    tenant: str | None = None,
    dates: DateOrder | None = None,
) -> ImportOptions:
    """How to read, on the tests' day with the shipped pack."""
    return ImportOptions(TODAY, load_pack(), format, tenant, dates)


def parse(*files: str | bytes, **asked: Any) -> Parsed:
    """The import of files with these contents, named a.csv, b.csv and so on."""
    sources = [
        Source(f"{letter}.csv", content.encode() if isinstance(content, str) else content)
        for letter, content in zip("abcdef", files, strict=False)
    ]
    return parse_sources(sources, options(**asked))


def portfolio(column: str, value: str, **asked: Any) -> Parsed:
    """The import of one tenant with one more column."""
    return parse(f'TenantId,TenantName,{column}\n{ONE},Contoso,"{value}"\n', **asked)


def reasons(parsed: Parsed) -> list[str]:
    """Why rows were rejected."""
    return [reject.reason for reject in parsed.rejects]


def messages(parsed: Parsed) -> list[str]:
    """What was warned of."""
    return [warning.message for warning in parsed.warnings]


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX workbook with these sheets."""
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
