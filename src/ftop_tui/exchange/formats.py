"""From files to typed rows: finds each table's format by its columns and parses it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from ftop_tui.errors import InputError
from ftop_tui.exchange import license_usage, portfolio, service_users, subscriptions, workloads
from ftop_tui.exchange.csv_table import read_csv
from ftop_tui.exchange.days import order_in
from ftop_tui.exchange.gathering import Gathered
from ftop_tui.exchange.license_usage import LICENSE_USAGE
from ftop_tui.exchange.parsed import ImportOptions, Parsed, RowWarning, Source
from ftop_tui.exchange.portfolio import PORTFOLIO
from ftop_tui.exchange.reading import Format, dated_cells
from ftop_tui.exchange.service_users import SERVICE_USERS
from ftop_tui.exchange.subscriptions import SUBSCRIPTIONS
from ftop_tui.exchange.tables import Table, column_key, shown
from ftop_tui.exchange.workloads import WORKLOADS
from ftop_tui.exchange.xlsx_table import is_workbook, read_xlsx
from ftop_tui.progress import Progress, between, unheard

AUTO = "auto"

_FORMATS: Mapping[str, tuple[Format, Callable[[Table, ImportOptions, Progress], Parsed]]] = {
    # Workloads before portfolio: a sheet with TenantId, TenantName and Workload has a row a
    # workload, and a name beside it.
    WORKLOADS.name: (WORKLOADS, workloads.parse),
    PORTFOLIO.name: (PORTFOLIO, portfolio.parse),
    LICENSE_USAGE.name: (LICENSE_USAGE, license_usage.parse),
    SUBSCRIPTIONS.name: (SUBSCRIPTIONS, subscriptions.parse),
    SERVICE_USERS.name: (SERVICE_USERS, service_users.parse),
}
FORMAT_NAMES = (
    PORTFOLIO.name,
    WORKLOADS.name,
    LICENSE_USAGE.name,
    SUBSCRIPTIONS.name,
    SERVICE_USERS.name,
)
"""The formats that `--format` takes beside `auto`."""
_SHEETS = (PORTFOLIO.name, WORKLOADS.name)
_READ = 0.3
"""The part of the work on a file that reading its table is; the rest is understanding it."""
_MANY = 10
"""Parts of a table after which half of it is taken to be understood; nobody knows how many come."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A table with its format; `label` names its sheet where several sheets are read."""

    table: Table
    format: str
    label: str = ""


def parse_sources(
    sources: Sequence[Source], options: ImportOptions, progress: Progress = unheard
) -> Parsed:
    """All that the files hold, as one import.

    Raises:
        InputError: a file cannot be read, is of no known format, lacks a required column, or
            nothing says in which order its dates stand. The message names the file.
    """
    gathered = Gathered()
    for number, source in enumerate(sources):
        first, last = (place / len(sources) for place in (number, number + 1))
        for part in _parse_source(source, options, between(progress, first, last)):
            gathered.add(part)
    return gathered.whole([source.name for source in sources])


def read_tables(source: Source, progress: Progress = unheard) -> tuple[Table, ...]:
    """The tables of a file: one of CSV or text, one a sheet of a workbook; told by its content.

    Raises:
        InputError: the file cannot be read, or is neither.
    """
    data = source.data
    if data is None:
        try:
            data = Path(source.name).read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{source.name}: cannot be read: {reason}") from error
    if is_workbook(data):
        return read_xlsx(source.name, data, progress)
    return (read_csv(source.name, data, progress),)


def _parse_source(source: Source, options: ImportOptions, progress: Progress) -> Iterator[Parsed]:
    """What each part of each table of a file holds."""
    tables = read_tables(source, between(progress, 0, _READ))
    chosen, warnings = _choose(source.name, tables, options.format)
    yield Parsed("", (), warnings=tuple(warnings))
    if options.dates is None:
        cells = chain.from_iterable(
            dated_cells(each.table, _FORMATS[each.format][0].columns) for each in chosen
        )
        options = replace(options, dates=order_in(source.name, cells))
    step = (1 - _READ) / len(chosen)
    for n, each in enumerate(chosen):
        yield from _parse_table(
            each, options, between(progress, _READ + n * step, _READ + (n + 1) * step)
        )


def _parse_table(chosen: _Chosen, options: ImportOptions, progress: Progress) -> Iterator[Parsed]:
    if chosen.format == SERVICE_USERS.name and options.tenant is None:
        raise InputError(
            f"{chosen.table.source}: the {SERVICE_USERS.name} report does not say whose it is; "
            "give its tenant (Tenant id in the app, --tenant on the command line)"
        )
    format_, parse = _FORMATS[chosen.format]
    if chosen.format == LICENSE_USAGE.name:
        parse = partial(license_usage.parse, left_out=set())
    seen = _Seen(chosen.table, format_)
    for part, told in _told(chosen.table, progress):
        seen.look(part)
        yield _labelled(chosen.label, parse(part, options, told))
    yield _labelled(chosen.label, Parsed(chosen.format, (), warnings=tuple(seen.warnings())))


def _told(table: Table, progress: Progress) -> Iterator[tuple[Table, Progress]]:
    """The parts of a table with the progress of each; of several it is told as each is begun."""
    if table.again is None:
        yield table, progress
        return
    for number, part in enumerate(table.parts()):
        done, next_done = (place / (place + _MANY) for place in (number, number + 1))
        yield part, between(progress, done, next_done)
    progress(1.0)


def _labelled(label: str, parsed: Parsed) -> Parsed:
    if not label:
        return parsed
    rejects = tuple(r._replace(reason=f"{label}: {r.reason}") for r in parsed.rejects)
    warnings = tuple(w._replace(message=f"{label}: {w.message}") for w in parsed.warnings)
    return replace(parsed, rejects=rejects, warnings=warnings)


class _Seen:
    """What is to be said of a table as a whole, once its parts were looked at."""

    def __init__(self, table: Table, format_: Format) -> None:
        self._table, self._format = table, format_
        self._unnamed = [place for place, name in enumerate(table.header) if not name]
        self._filled: set[int] = set()
        self._is_empty = True

    def look(self, part: Table) -> None:
        """Look at a part of the table."""
        self._is_empty = self._is_empty and not part.rows and not part.misfits
        for place in self._unnamed:
            if any(row.cells[place] is not None for row in part.rows):
                self._filled.add(place)

    def warnings(self) -> Iterator[RowWarning]:
        """What there is to warn of."""
        source, header_row = self._table.source, self._table.header_row
        for remark in self._table.remarks:
            yield RowWarning(source, None, None, None, remark)
        for name in self._format.unknown(self._table.header):
            message = (
                f"the column {shown(name)} is not part of the {self._format.name} format; left out"
            )
            yield RowWarning(source, header_row, name, None, message)
        for place in sorted(self._filled):
            message = f"column {place + 1} has no name; left out"
            yield RowWarning(source, header_row, None, None, message)
        if self._is_empty:
            message = "there is nothing below the names of the columns"
            yield RowWarning(source, header_row, None, None, message)


def _choose(
    name: str, tables: tuple[Table, ...], wanted: str
) -> tuple[list[_Chosen], list[RowWarning]]:
    """The tables to read, each with its format, and warnings about sheets that are left out."""
    if wanted not in (AUTO, *FORMAT_NAMES):
        raise InputError(f"{shown(wanted)} is no format; known are auto, {', '.join(FORMAT_NAMES)}")
    if len(tables) == 1:
        return [_Chosen(tables[0], _format_of(tables[0], wanted))], []
    taken = _named_sheets(tables, wanted) or _recognised_sheets(name, tables, wanted)
    for each in taken:
        _check_columns(each.table, each.format)
    sheets_taken = {each.table.sheet for each in taken}
    warnings = [
        RowWarning(name, None, None, None, f"the sheet {shown(table.sheet)} was left out")
        for table in tables
        if table.sheet not in sheets_taken
    ]
    if len(taken) > 1:
        taken = [replace(each, label=f"sheet {each.format}") for each in taken]
    return taken, warnings


def _named_sheets(tables: Sequence[Table], wanted: str) -> list[_Chosen]:
    """The sheets called as the formats that a workbook may hold together."""
    keys = [(table, column_key(table.sheet or "")) for table in tables]
    return [_Chosen(table, key) for table, key in keys if key in _SHEETS and wanted in (AUTO, key)]


def _recognised_sheets(name: str, tables: Sequence[Table], wanted: str) -> list[_Chosen]:
    """The one sheet that is told by its columns.

    Raises:
        InputError: there is none, or there are several and nothing says which is meant.
    """
    if wanted == AUTO:
        known = [(table, _recognised(table.header)) for table in tables]
    else:
        missing = _FORMATS[wanted][0].missing
        known = [(table, None if missing(table.header) else wanted) for table in tables]
    taken = [_Chosen(table, found) for table, found in known if found]
    if len(taken) > 1:
        sheets = ", ".join(shown(each.table.sheet) for each in taken)
        raise InputError(
            f"{name}: several sheets could be meant ({sheets}); call the ones to be read "
            "'portfolio' and 'workloads', or delete the others"
        )
    if not taken:
        kind = "a known format" if wanted == AUTO else f"the {wanted} format"
        raise InputError(f"{name}: no sheet has the columns of {kind}")
    return taken


def _format_of(table: Table, wanted: str) -> str:
    """The format of a table that stands alone: the one asked for, or the one its columns tell."""
    if wanted == AUTO:
        found = _recognised(table.header)
        if found is None:
            raise InputError(_unrecognised(table))
        return found
    _check_columns(table, wanted)
    return wanted


def _recognised(header: Sequence[str]) -> str | None:
    """The first format all of whose required columns are there."""
    return next((name for name, (f, _) in _FORMATS.items() if not f.missing(header)), None)


def _check_columns(table: Table, name: str) -> None:
    if table.fault:
        raise InputError(table.fault)
    missing = _FORMATS[name][0].missing(table.header)
    if missing:
        sheet = f", sheet {shown(table.sheet)}" if table.sheet else ""
        raise InputError(
            f"{table.source}{sheet}: the {name} format needs the column {' and '.join(missing)}, "
            f"and it is not there"
        )


def _unrecognised(table: Table) -> str:
    """What to tell of a table that is of no format: the nearest one and what it lacks."""
    if table.fault:
        return table.fault

    def known(name: str) -> int:
        format_ = _FORMATS[name][0]
        return len(table.header) - len(format_.unknown(table.header))

    nearest = max(FORMAT_NAMES, key=known)
    if not known(nearest):
        return (
            f"{table.source}: none of the columns is known (the first is "
            f"{shown(table.header[0])}); the first row must hold the names of the columns of one "
            f"of the formats {', '.join(FORMAT_NAMES)}"
        )
    missing = " and ".join(_FORMATS[nearest][0].missing(table.header))
    return f"{table.source}: this is most like the {nearest} format, but lacks the column {missing}"
