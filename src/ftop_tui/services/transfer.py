"""Import: files to a plan that can be shown, and the plan to the store in one transaction.

All or nothing: with a rejected row nothing goes in, unless the rest is asked for (`partial`). The
plan that is applied is made anew inside the transaction, so that it stands on what is stored then.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ftop_tui.errors import InputError, RefusedError
from ftop_tui.exchange.days import DateOrder
from ftop_tui.exchange.formats import parse_sources
from ftop_tui.exchange.packed import PackedRows, Rows
from ftop_tui.exchange.parsed import ImportOptions, ImportRow, Parsed, Reject, Source
from ftop_tui.exchange.portfolio import PORTFOLIO
from ftop_tui.progress import Progress, between, unheard
from ftop_tui.services import backups
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.importing.batches import batches
from ftop_tui.services.importing.draft import Draft
from ftop_tui.services.importing.planning import Plan, Tally, draft_of
from ftop_tui.services.importing.state import Reader, State, load_state
from ftop_tui.services.importing.whose import named_among, tenant_in_store
from ftop_tui.store.bulk import BulkTable
from ftop_tui.store.journal import table_of
from ftop_tui.store.repositories import MODELS, move_tenant, reader, remove_if_deserted
from ftop_tui.store.unit_of_work import UnitOfWork

__all__ = ("Plan", "RejectedError", "apply", "plan", "read_files")

_READ = 0.6
"""The part of making a plan that reading the files is."""
_PLANNED, _WRITTEN = 0.3, 0.6
"""The parts of an import after which it is planned, and its rows are written."""


class RejectedError(RefusedError):
    """Rows are rejected and the rest was not asked for; `planned` is what would have been done."""

    def __init__(self, planned: Plan) -> None:
        rows = planned.rejected_rows
        noun = "row is" if rows == 1 else "rows are"
        super().__init__(
            f"{rows} {noun} rejected, so nothing was imported",
            details=[describe(reject) for reject in planned.rejected],
        )
        self.planned = planned


def read_files(
    context: Context,
    sources: Sequence[Source],
    *,
    format: str = "auto",  # noqa: A002 - the option's name
    tenant: str | None = None,
    dates: str | None = None,
    progress: Progress = unheard,
) -> Parsed:
    """The rows of the files. `dates` is dmy, mdy or ymd; `tenant` names one in any of its ways.

    The tenant is looked for in the store, then taken as an id, then looked for in the files: a
    portfolio and the report of one of its tenants may come in one call.

    Raises:
        InputError: a file cannot be read or lacks something, or the tenant is nowhere; the message
            names it. AmbiguousError: the tenant's name fits several; they are listed.
    """
    known = None if tenant is None else tenant_in_store(context, tenant)
    options = ImportOptions(
        today=context.today(),
        pack=context.pack,
        format=format,
        tenant=known or tenant,
        dates=_order(dates),
    )
    with _all_kept():
        parsed = parse_sources(sources, options, progress)
    return parsed if tenant is None or known else named_among(parsed, tenant)


def _order(dates: str | None) -> DateOrder | None:
    if dates is None:
        return None
    try:
        return DateOrder(dates.lower())
    except ValueError as error:
        known = ", ".join(order.value for order in DateOrder)
        raise InputError(f"{dates!r} is no order of dates; it is one of {known}") from error


def plan(
    context: Context,
    parsed: Parsed,
    *,
    accept_removals: bool = False,
    progress: Progress = unheard,
) -> Plan:
    """What the rows would do to the store; nothing is written, nor is a store made."""
    if not context.store.exists():
        return _looked_at(context, parsed, accept_removals, progress)[0]
    with context.writer().looking() as session:
        return _looked_at(context, parsed, accept_removals, progress, reader(session))[0]


def _looked_at(
    context: Context,
    parsed: Parsed,
    accept_removals: bool,
    progress: Progress,
    read: Reader | None = None,
) -> tuple[Plan, Draft | None]:
    """The plan, with its draft where one holds all of it; `read` reads the store that there is."""
    tally = Tally(parsed, accept_removals=accept_removals)
    draft = None
    for rows, told in _shares(parsed.rows, read, progress):
        draft = None  # before the next is made: each takes much room
        state = load_state(read, rows, told) if read else State()
        draft = draft_of(context, state, rows, accept_removals=accept_removals, progress=told)
        tally.add(draft)
    return tally.plan(), None if isinstance(parsed.rows, PackedRows) else draft


def _shares(
    rows: Rows, read: Reader | None, progress: Progress
) -> Iterator[tuple[Sequence[ImportRow], Progress]]:
    """The batches of the rows, each with the progress of its share of the work."""
    total, done = max(len(rows), 1), 0
    for batch in batches(rows, read, progress):
        next_done = done + len(batch)
        yield batch, between(progress, done / total, next_done / total if batch else 1.0)
        done = next_done


def apply(
    context: Context,
    parsed: Parsed,
    *,
    partial: bool = False,
    accept_removals: bool = False,
    progress: Progress = unheard,
) -> Plan:
    """Write what the rows mean, in one transaction, and tell what was done.

    A store that was there is backed up first, where anything is written to it. What `progress`
    raises takes all back but that backup; it is not told any more once the commit has begun.

    Raises:
        RejectedError: a row is rejected and the rest was not asked for; nothing was written.
        InputError: no backup can be made; nothing was written.
    """
    with _all_kept():
        return _apply(
            context, parsed, partial=partial, accept_removals=accept_removals, progress=progress
        )


@contextmanager
def _all_kept() -> Iterator[None]:
    """While rows by the thousand are made, all of them in use, Python looks for no garbage."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _apply(
    context: Context, parsed: Parsed, *, partial: bool, accept_removals: bool, progress: Progress
) -> Plan:
    ready = None
    was_there = context.store.exists()
    if not was_there and not _goes_in(parsed):  # no store is made for what does not go into it
        first = between(progress, 0, _PLANNED)
        planned, ready = _looked_at(context, parsed, accept_removals, first)
        _refuse(planned, partial=partial)
        if not planned.changes_something:
            return planned
        progress = between(progress, _PLANNED, 1)
    with context.writer().unit("import") as unit:
        tally = Tally(parsed, accept_removals=accept_removals)
        _write_all(context, unit, tally, ready, partial=partial, progress=progress)
        planned = tally.plan()
        _refuse(planned, partial=partial)
        unit.sentence = _sentence(planned)
        if was_there and planned.changes_something:
            backups.before(context, "import")  # of what is committed: nothing of this is
    return planned


def _goes_in(parsed: Parsed) -> bool:
    """Whether very many rows go into a new store without a look: tenants, all of them sound."""
    is_sound = parsed.format == PORTFOLIO.name and not parsed.rejects
    return isinstance(parsed.rows, PackedRows) and is_sound


def _write_all(
    context: Context,
    unit: UnitOfWork,
    tally: Tally,
    ready: Draft | None,
    *,
    partial: bool,
    progress: Progress,
) -> None:
    """Plan and write batch by batch; from a refused row on the rest is only planned, to be told of.

    `ready` is the plan of few rows for an empty store, where one was made.
    """
    rows, read = tally.parsed.rows, reader(unit.session)
    known = None if BulkTable(unit.session, table_of("tenant")).is_empty() else read
    for batch, told in _shares(rows, known, progress):
        planning = between(told, 0, _PLANNED)
        state = load_state(read, batch, planning)
        if ready is None or state != State():
            ready = draft_of(
                context, state, batch, accept_removals=tally.accept_removals, progress=planning
            )
        tally.add(ready)
        if partial or not tally.rejects:
            write(unit, ready, between(told, _PLANNED, _WRITTEN))
            unit.progress = between(told, _WRITTEN, 1)
            if isinstance(rows, PackedRows):
                unit.settle()
        ready = None  # before the next is made: each takes much room


def plan_files(
    context: Context,
    paths: Sequence[str],
    *,
    dates: str | None = None,
    tenant: str | None = None,
    accept_removals: bool = False,
    progress: Progress = unheard,
) -> Plan:
    """The plan of files named by their paths."""
    sources = [Source(path) for path in paths]
    reading, planning = between(progress, 0, _READ), between(progress, _READ, 1)
    parsed = read_files(context, sources, dates=dates, tenant=tenant, progress=reading)
    return plan(context, parsed, accept_removals=accept_removals, progress=planning)


def plan_text(
    context: Context,
    text: str,
    *,
    dates: str | None = None,
    tenant: str | None = None,
    accept_removals: bool = False,
    progress: Progress = unheard,
) -> Plan:
    """The plan of a table that was pasted, from Excel say."""
    source = Source("pasted table", text.encode("utf-8", "replace"))
    reading, planning = between(progress, 0, _READ), between(progress, _READ, 1)
    parsed = read_files(context, [source], dates=dates, tenant=tenant, progress=reading)
    return plan(context, parsed, accept_removals=accept_removals, progress=planning)


def apply_plan(
    context: Context, planned: Plan, *, partial: bool = False, progress: Progress = unheard
) -> Changes:
    """Write a plan that was shown."""
    done = apply(
        context,
        planned.parsed,
        partial=partial,
        accept_removals=planned.accept_removals,
        progress=progress,
    )
    return Changes(_sentence(done), rank=True, notes=True)


def _refuse(planned: Plan, *, partial: bool) -> None:
    if planned.rejected and not partial:
        raise RejectedError(planned)


def describe(reject: Reject) -> str:
    """A rejected row in one line."""
    column = f", {reject.column}" if reject.column else ""
    return f"{reject.file}, row {reject.row}{column}: {reject.reason}"


def write(unit: UnitOfWork, draft: Draft, progress: Progress = unheard) -> None:
    """Write the rows of a plan, parents first; what a moved tenant leaves behind goes with it."""
    total, done = max(sum(map(len, draft.rows.values())), 1), 0
    for name, model in MODELS.items():
        rows = draft.rows.get(name, {})
        unit.progress = between(progress, done / total, (done + len(rows)) / total)
        unit.upsert(model, rows.values())
        done += len(rows)
    for tenant_id, old, new in draft.moved:
        move_tenant(unit, tenant_id, old, new)
    for old in dict.fromkeys(old for _, old, _ in draft.moved):
        remove_if_deserted(unit, old)


def amount(number: int, kind: str) -> str:
    """A number of things of a kind, as it is said."""
    return f"{number:,} {kind.removesuffix('s') if number == 1 else kind}"


def _sentence(planned: Plan) -> str:
    parts = []
    for outcome, counts in (("created", planned.created), ("updated", planned.updated)):
        things = [amount(number, kind) for kind, number in counts.items() if number]
        if things:
            parts.append(f"{outcome} {', '.join(things)}")
    return f"Imported: {'; '.join(parts)}" if parts else "Imported: nothing was new"
