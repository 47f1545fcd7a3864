"""Import: files to a plan that can be shown, and the plan to the store in one transaction.

All or nothing: with a rejected row nothing goes in, unless the rest is asked for (`partial`). The
plan that is applied is made anew inside the transaction, so that it stands on what is stored then.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ftop_tui.errors import InputError, RefusedError
from ftop_tui.exchange.days import DateOrder
from ftop_tui.exchange.formats import parse_sources
from ftop_tui.exchange.parsed import (
    ImportOptions,
    Parsed,
    Reject,
    RowWarning,
    Source,
    rejected_rows,
)
from ftop_tui.progress import Progress, between, unheard
from ftop_tui.services import backups
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.importing.draft import KINDS, Draft
from ftop_tui.services.importing.state import State, load_state
from ftop_tui.services.importing.tenants import plan_stricter, plan_tenants
from ftop_tui.services.importing.whose import named_among, tenant_in_store
from ftop_tui.services.importing.workloads import plan_subscriptions, plan_usage, plan_workloads
from ftop_tui.store.repositories import MODELS, move_tenant, reader, remove_if_deserted
from ftop_tui.store.unit_of_work import UnitOfWork

_READ = 0.6
"""The part of making a plan that reading the files is."""
_PLANNED, _WRITTEN = 0.3, 0.6
"""The parts of an import after which it is planned, and its rows are written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, or did: counts by kind of thing, and what is to be said."""

    parsed: Parsed
    created: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    rejected: tuple[Reject, ...]
    warnings: tuple[RowWarning, ...]
    accept_removals: bool = False

    @property
    def rejected_rows(self) -> int:
        """How many rows do not go in, however many faults each has."""
        return rejected_rows(self.rejected)

    @property
    def changes_something(self) -> bool:
        """Whether anything would be written."""
        return any(self.created.values()) or any(self.updated.values())


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
        return _plan(context, State(), parsed, accept_removals, progress)[1]
    with context.writer().looking() as session:
        state = load_state(reader(session), parsed.rows, progress)
        return _plan(context, state, parsed, accept_removals, progress)[1]


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
    planning = between(progress, 0, _PLANNED)
    first = None
    was_there = context.store.exists()
    if not was_there:  # no store is made for what does not go into it
        first = _plan(context, State(), parsed, accept_removals, planning)
        _refuse(first[1], partial=partial)
        if not first[1].changes_something:
            return first[1]
    with context.writer().unit("import") as unit:
        state = load_state(reader(unit.session), parsed.rows, planning)
        if first is None or state != State():
            first = _plan(context, state, parsed, accept_removals, planning)
        draft, planned = first
        _refuse(planned, partial=partial)
        unit.sentence = _sentence(planned)
        if was_there and planned.changes_something:
            backups.before(context, "import")
        write(unit, draft, between(progress, _PLANNED, _WRITTEN))
        unit.progress = between(progress, _WRITTEN, 1)
    return planned


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


def _plan(
    context: Context, state: State, parsed: Parsed, accept_removals: bool, progress: Progress
) -> tuple[Draft, Plan]:
    draft = Draft(
        state=state,
        today=context.today(),
        now=context.now(),
        pack=context.pack,
        new_id=context.new_id,
        accept_removals=accept_removals,
        progress=progress,
        to_plan=len(parsed.rows) + len(parsed.tenants),
    )
    before = state.cadence()
    plan_tenants(draft, parsed.tenants)
    plan_workloads(draft, parsed.workloads)
    plan_usage(draft, parsed.usage)
    plan_subscriptions(draft, parsed.subscriptions)
    plan_stricter(draft, before)
    progress(1.0)
    counts = {
        outcome: {kind: counter[kind] for kind in KINDS}
        for outcome, counter in draft.counts.items()
    }
    return draft, Plan(
        parsed,
        counts["created"],
        counts["updated"],
        counts["unchanged"],
        rejected=(*parsed.rejects, *draft.rejects),
        warnings=(*parsed.warnings, *draft.warnings),
        accept_removals=accept_removals,
    )


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
