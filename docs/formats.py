"""The columns of the import formats, from the code that reads them, for docs/formats.md."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ftop_tui.exchange.blank_files import blank
from ftop_tui.exchange.cells import CellError
from ftop_tui.exchange.license_usage import LICENSE_USAGE
from ftop_tui.exchange.pack_file import load_pack
from ftop_tui.exchange.parsed import ImportOptions
from ftop_tui.exchange.portfolio import PORTFOLIO
from ftop_tui.exchange.reading import Column, Format
from ftop_tui.exchange.service_users import SERVICE_USERS
from ftop_tui.exchange.subscriptions import SUBSCRIPTIONS
from ftop_tui.exchange.workloads import WORKLOADS

_PORTFOLIO = (
    "A row a tenant, from a list that you keep or fill in: `ftop-tui template portfolio`. What "
    "belongs to a customer is taken from the row of its winner tenant. The examples are the "
    "template's."
)
_WORKLOADS = (
    "A row a tenant and workload: `ftop-tui template workloads`. `Note` is the text that stands in "
    "FTOP; where it differs from the latest posted one it is kept as posted on the day of the "
    "import, and moves no clock."
)
_SERVICE_USERS = (
    "Microsoft Graph's active users by service, of one tenant over 30 days. The file does not say "
    "whose it is; `--tenant` does."
)

ABOUT: tuple[tuple[Format, str], ...] = (
    (PORTFOLIO, _PORTFOLIO),
    (WORKLOADS, _WORKLOADS),
    (LICENSE_USAGE, "Partner Center's report of licences and their use, a row a month."),
    (SUBSCRIPTIONS, "Partner Center's subscription details, for the renewal dates."),
    (SERVICE_USERS, _SERVICE_USERS),
)
"""Each format with where such a file comes from."""

_RULES = """
`ftop-tui import FILE …` reads CSV, TSV and Excel, and knows a format by its columns. Their order
does not matter, nor do letter case, spaces, underscores and hyphens in their names. Columns of no
format are reported and left out; an empty cell erases nothing. One workbook may hold the sheets
`portfolio` and `workloads`. A row that cannot be read is named with its file, row, column and
reason; then nothing of the call goes in, unless `--partial` says so.

Days may stand in any order that is plain from the file; where it is not, `--dates dmy`, `mdy` or
`ymd` says it."""


def page() -> Iterator[str]:
    """The lines of the page, below its title."""
    yield from _RULES.strip().splitlines()
    pack = load_pack(Path("no pack of one's own"))
    options = ImportOptions(today=date(2026, 11, 21), pack=pack)
    for format_, about in ABOUT:
        yield from ("", f"## {format_.name}", "", about, "")
        samples = _samples(format_)
        head = ("column", "needed", "takes", *(("for example",) if samples else ()))
        yield from (f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}")
        for column in format_.columns:
            cells = [f"`{column.name}`", _needed(column), _takes(column, options)]
            if samples:
                cells.append(samples[column.name])
            yield f"| {' | '.join(cells)} |"
        if format_.unstored:
            yield from ("", f"Known and left out: {', '.join(format_.unstored)}.")


def _samples(format_: Format) -> dict[str, str]:
    """The cells of the template's row, where the format has a template."""
    if format_ is PORTFOLIO:
        text = blank("portfolio", "csv").decode()
    elif format_ is WORKLOADS:
        text = blank("workloads", "csv").decode()
    else:
        return {}
    return next(csv.DictReader(io.StringIO(text)))


def _needed(column: Column) -> str:
    if column.required:
        return "in every row"
    return "the column" if column.present else ""


def _takes(column: Column, options: ImportOptions) -> str:
    """What a cell can hold: by what is said of one that cannot be."""
    try:
        column.make(options)("nonsense")
    except CellError as refusal:
        return str(refusal).partition("; accepted ")[2].removeprefix("is ").removeprefix("are ")
    return "text of several lines" if column.long else "text"
