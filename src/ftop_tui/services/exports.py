"""The whole portfolio as a file: for ourselves, or what a partner or a customer may see (FR-10)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ftop_tui.errors import InputError
from ftop_tui.exchange.atomic import write_files
from ftop_tui.exchange.export_tables import (
    OutTable,
    csv_bytes,
    json_bytes,
    stages,
    xlsx_bytes,
)
from ftop_tui.playbook.audience import Audience, View
from ftop_tui.progress import Progress, between, unheard
from ftop_tui.services.context import Context
from ftop_tui.services.own_export import Whole, document, tables_of
from ftop_tui.services.own_files import check_target
from ftop_tui.services.reading import reading
from ftop_tui.services.sharing import Shared, customers_of, view
from ftop_tui.store import exports

FORMS = ("csv", "xlsx", "json")
"""The forms of an export."""

_GATHERED, _READ = 0.5, 0.6
"""The parts of an export after all is gathered, and of the gathering after the rows are read."""
_TABLES = ("customer", "tenant", "workload", "usage", "note", "record")


def form_of(path: Path, form: str | None = None) -> str:
    """The form that is asked for, else the one that the file's name tells.

    Raises:
        InputError: nothing says it.
    """
    if form in FORMS:
        return str(form)
    told = path.suffix.lower().lstrip(".")
    if form is None and told in FORMS:
        return told
    raise InputError(f"{path}: which form? Say --format {'|'.join(FORMS)}, or end the name so")


def export(
    context: Context,
    path: Path,
    *,
    form: str | None = None,
    audience: str = "internal",
    partner: str | None = None,
    tenant_ids: Sequence[str] | None = None,
    progress: Progress = unheard,
) -> Shared:
    """Write the portfolio with its notes, or a part of it that others may see (FR-10, ES-08).

    A file of our own for CSV holds the portfolio; workloads, notes and what else there is stand
    beside it. All of them are written or none, also where `progress` calls it off. `tenant_ids`
    narrow it to their customers.

    Raises:
        InputError: path, form or partner cannot be used. RefusedError: a text for those outside
            says what is internal. NotFoundError: there is no such tenant.
    """
    form = form_of(path, form)
    check_target(context, path)
    chosen = None if tenant_ids is None else set(customers_of(context, tenant_ids))
    if Audience(audience) is Audience.INTERNAL:
        if partner is not None:
            raise InputError("--partner goes with --audience partner")
        content, tables, warnings = _own(context, chosen, form, between(progress, 0, _GATHERED))
    else:
        stage = between(progress, 0, _GATHERED)
        found = view(context, Audience(audience), partner, chosen, stage)
        tables, warnings = outside_tables(found), _remarks(found)
        content = outside_document(found, context)
    writing = between(progress, _GATHERED, 1)
    if form == "csv":
        return _write_csv(context, path, tables, warnings, writing)
    data = json_bytes(content, writing) if form == "json" else xlsx_bytes(tables, writing)
    write_files({path: data})
    return Shared(path, tuple(warnings))


def _own(
    context: Context, chosen: set[str] | None, form: str, progress: Progress
) -> tuple[Mapping[str, Any], list[OutTable], list[str]]:
    """What an export for ourselves is made of: a document, or tables and what is said of them."""
    whole = read_whole(context, chosen, between(progress, 0, _READ))
    progress = between(progress, _READ, 1)
    if form == "json":
        return document(whole, context.today(), progress), [], []
    excel = form == "xlsx"
    tables, warnings = tables_of(
        whole, context.pack, context.today(), for_excel=excel, progress=progress
    )
    return {}, tables, warnings


def _write_csv(
    context: Context,
    path: Path,
    tables: Sequence[OutTable],
    warnings: Sequence[str],
    progress: Progress,
) -> Shared:
    """The first table at the path, the others beside it, named after it."""
    suffix = path.suffix or ".csv"
    others = [path.with_name(f"{path.stem}-{table.name}{suffix}") for table in tables[1:]]
    if path.exists() and not path.is_file() and not path.is_dir():
        others = []  # a pipe has no place beside it
        left = ", ".join(table.name for table in tables[1:])
        warnings = [*warnings, f"only {tables[0].name} was written; left out: {left}"]
    for other in others:
        check_target(context, other)
    paths = [path, *others]
    wanted = tables[: len(paths)]
    told = stages([len(table.rows) for table in wanted], progress)
    data = [csv_bytes(table, stage) for table, stage in zip(wanted, told, strict=True)]
    write_files(dict(zip(paths, data, strict=True)))
    return Shared(path, tuple(warnings), tuple(others))


def read_whole(
    context: Context, customer_ids: set[str] | None = None, progress: Progress = unheard
) -> Whole:
    """All rows of the portfolio, of some customers or of all; none where there is no store.

    Raises:
        StoreError: there is a store and it cannot be used.
    """
    if not context.store.exists():
        return Whole({name: [] for name in _TABLES})
    with reading(context) as connection:
        return Whole(exports.read_tables(connection, _TABLES, customer_ids, progress))


def count_whole(
    context: Context, names: Sequence[str], customer_ids: set[str] | None = None
) -> dict[str, int]:
    """How many rows of some tables an export for ourselves holds.

    Raises:
        StoreError: there is a store and it cannot be used.
    """
    if not context.store.exists():
        return dict.fromkeys(names, 0)
    with reading(context) as connection:
        return {name: exports.count_rows(connection, name, customer_ids) for name in names}


def outside_tables(found: View) -> list[OutTable]:
    """What an audience sees, a table a kind; the workloads first, then as the pack lists them."""
    kinds = sorted(found.columns, key=lambda kind: kind != "workloads")
    return [
        OutTable(
            kind,
            tuple(_heading(field) for field in found.columns[kind]),
            [tuple(row[field] for field in found.columns[kind]) for row in found.table(kind)],
            frozenset({"Month", "Usage month"}),
        )
        for kind in kinds
    ]


def _heading(field: str) -> str:
    return field.replace("_", " ").capitalize().replace(" id", " ID")


def outside_document(found: View, context: Context) -> Mapping[str, Any]:
    """The same as one document."""
    return {
        "made_on": context.today(),
        "audience": found.audience.value,
        "partner": found.partner,
        **{kind: found.table(kind) for kind in found.columns},
    }


def _remarks(found: View) -> list[str]:
    count = len(found.customers)
    if found.audience is Audience.CUSTOMER and count > 1:
        return [f"this holds {count} customers: give each only its own (--tenant narrows it)"]
    return []
