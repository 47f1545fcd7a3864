"""The store and its data looked over: what is wrong, how bad it is, and what to do about it."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ftop_tui import files
from ftop_tui.errors import StoreError
from ftop_tui.playbook.roles import is_ranked, winner_problem
from ftop_tui.playbook.values import (
    EnterpriseStatus,
    EntitlementStatus,
    Health,
    NoteKind,
    NoteState,
    Phase,
    Priority,
    Severity,
)
from ftop_tui.services import backups, editing
from ftop_tui.services.context import Context
from ftop_tui.services.reading import reading
from ftop_tui.services.thinning import is_ahead
from ftop_tui.store import backup as copies
from ftop_tui.store import examining, outside, read_model, shape

if TYPE_CHECKING:
    from sqlite3 import Connection

_NAMED = 5
_RESTORE = "restore a backup (`ftop-tui restore`)"


class Finding(NamedTuple):
    """One thing that is not as it should be: which check says so, how bad, and the sentence."""

    check: str
    severity: Severity
    message: str


_VOCABULARIES: tuple[tuple[str, str, type[StrEnum]], ...] = (
    *(
        ("customer", column, Health)
        for column in ("health", "group_1", "group_2", "group_3", "forecast_health")
    ),
    ("customer", "status", EnterpriseStatus),
    ("customer", "priority", Priority),
    ("customer", "phase", Phase),
    ("workload", "status", EntitlementStatus),
    ("note", "kind", NoteKind),
    ("note", "state", NoteState),
)


def examine(context: Context) -> list[Finding]:
    """Everything that is found wrong, the worst first; nothing where there is no store yet.

    Raises:
        StoreError: the store cannot be opened at all.
    """
    if not context.store.exists():
        return []
    with reading(context) as connection:
        found = [finding for check in _CHECKS for finding in _findings(check, context, connection)]
    found += _outside(context)  # once it is closed: see `outside.head_is_sound`
    found += [*_way_back(context, found), *_backups(context), *_permissions(context)]
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _outside(context: Context) -> Iterator[Finding]:
    """What SQLite says nothing of, and yet refuses to write for."""
    if beside := outside.in_the_way(context.store):
        yield Finding("integrity", Severity.ERROR, f"nothing can be written: {beside}")
    elif not outside.head_is_sound(context.store):
        fact = "the file is damaged: its first bytes are not those of a store"
        yield Finding("integrity", Severity.ERROR, f"{fact}; {_RESTORE}")


def _way_back(context: Context, found: list[Finding]) -> Iterator[Finding]:
    """The backup to put back, where the file is damaged."""
    if any(finding.check == "integrity" for finding in found):
        newest = backups.newest_good(context)
        said = backups.cure_by(newest) if newest else "there is no good backup"
        yield Finding("backups", Severity.INFO, said)


def _findings(check: "_Check", context: Context, connection: "Connection") -> Iterator[Finding]:
    """What one check finds; a damaged page ends that check alone."""
    found, stopped = examining.gathered(check(context, connection))
    yield from found
    if stopped is not None:
        name = check.__name__.strip("_")
        yield Finding("integrity", Severity.ERROR, f"the check of {name} stopped: {stopped}")


def _file(context: Context, connection: "Connection") -> Iterator[Finding]:
    """Pages, indexes, and rows that point to others."""
    for told in examining.faults_of_file(connection):
        yield Finding("integrity", Severity.ERROR, f"the file is damaged: {told}; {_RESTORE}")
    for table, rows in examining.rows_that_point_nowhere(connection).items():
        fact = f"{rows} of {table} belong to something that is not there"
        yield Finding("foreign-keys", Severity.ERROR, f"{fact}; restore a backup")


def _shape(context: Context, connection: "Connection") -> Iterator[Finding]:
    """Every table, column, index and trigger of this version is there, and the search's index."""
    for part in shape.missing(connection):
        yield Finding("integrity", Severity.ERROR, f"{part} is not there; {_RESTORE}")
    if not shape.index_of_search_is_sound(connection):
        yield Finding(
            "integrity", Severity.ERROR, f"the index of the search is damaged; {_RESTORE}"
        )


def _facts(context: Context, connection: "Connection") -> Iterator[Finding]:
    """What the list is ranked from says what the rows say."""
    names = examining.stale_facts(connection)
    if names:
        cure = "any change of the tenant draws them anew"
        yield Finding(
            "facts",
            Severity.ERROR,
            f"the facts behind the rank are stale of {_some(names)}; {cure}",
        )


def _notes(context: Context, connection: "Connection") -> Iterator[Finding]:
    """Notes that cannot be found, or are posted on a day to come."""
    missing = examining.notes_not_searchable(connection)
    if missing:
        fact = f"{missing} notes are missing from the search"
        yield Finding("search", Severity.WARN, f"{fact}; restore a backup, or edit and save them")
    for note_id, name in examining.posted_later_than(connection, context.today()):
        fact = f"note {note_id} of {name} counts as posted on a day to come"
        yield Finding("notes", Severity.WARN, f"{fact}; was the clock of this machine wrong?")


def _values(context: Context, connection: "Connection") -> Iterator[Finding]:
    """Values that this version does not know; they are shown as not set."""
    known = [(table, column, [v.value for v in words]) for table, column, words in _VOCABULARIES]
    known.append(("workload", "tag", list(context.pack.by_tag)))
    for table, column, words in known:
        for stray in examining.strays(connection, table, column, words):
            fact = f"{_place(stray)} is none of {', '.join(words)}"
            yield Finding("values", Severity.WARN, f"{fact}; set it anew, or update ftop-tui")


def _kinds(context: Context, connection: "Connection") -> Iterator[Finding]:
    """Days, numbers, yes or no that are none, which count as missing, and bytes for a text."""
    for kind, strays in (
        ("day", examining.unreadable_days(connection)),
        ("number", examining.unreadable_numbers(connection)),
        ("yes or no", examining.unreadable_flags(connection)),
        ("text", examining.unreadable_texts(connection)),
    ):
        for stray in strays:
            fact = f"{_place(stray)} is no {kind}"
            yield Finding("values", Severity.WARN, f"{fact}; set it anew, or restore a backup")


def _texts(context: Context, connection: "Connection") -> Iterator[Finding]:
    """Texts that are no UTF-8; they are shown with a mark for what cannot be read."""
    for odd in examining.odd_texts(connection):
        fact = f"{odd.column} of {odd.table} {odd.row} is no UTF-8 and shown in part"
        yield Finding("values", Severity.WARN, f"{fact}; set it anew, or restore a backup")


def _place(stray: examining.Stray) -> str:
    """The column, table and rows of what does not belong there, which is not quoted."""
    return f"{stray.column} of {stray.table} {_some(stray.rows)}"


def _packed(context: Context, connection: "Connection") -> Iterator[Finding]:
    """What is packed into a text or bytes of ours, and cannot be unpacked."""
    # Deferred for start-up speed: the ORM comes along, and the rest of this family needs none.
    from ftop_tui.services import packed_values  # noqa: PLC0415

    for odd, bad, cure in packed_values.unreadable(connection):
        fact = f"{odd.column} of {odd.table} {odd.row} cannot be read"
        yield Finding("values" if bad is Severity.WARN else "notes", bad, f"{fact}; {cure}")


def _winners(context: Context, connection: "Connection") -> Iterator[Finding]:
    """ES-02: each customer has one winner tenant; else one stands in, and this says so."""
    for name, tenants in examining.candidates(connection):
        problem = winner_problem(tenants)
        if problem is not None:
            yield Finding("winner", Severity.WARN, f"{name}: {problem} (ES-02)")
    for customer_id in examining.customers_without_tenant(connection):
        fact = f"the customer {customer_id} has no tenant"
        yield Finding("winner", Severity.WARN, f"{fact}; its rows are seen nowhere")


def _people(context: Context, connection: "Connection") -> Iterator[Finding]:
    """FR-14: an S1500 customer has an FM or an FTA who is accountable."""
    for facts in read_model.read_facts(connection):
        if facts.winner and is_ranked(facts.s_rank, context.pack) and not (facts.fm or facts.fta):
            fact = f"{facts.customer or facts.name} has neither an FM nor an FTA (FR-14)"
            yield Finding("accountable", Severity.WARN, f"{fact}; name who is accountable")


_Check = Callable[[Context, "Connection"], Iterator[Finding]]

_CHECKS: tuple[_Check, ...] = (
    _file, _shape, _facts, _notes, _values, _kinds, _texts, _packed, _winners, _people,
)  # fmt: skip


def _backups(context: Context) -> Iterator[Finding]:
    """Every backup is as it was written, none was left unfinished, and new ones can be made."""
    place = backups.folder(context)
    if os.path.lexists(place) and not place.is_dir():
        fact = f"{place} is no folder, so that no backup can be made"
        yield Finding("backups", Severity.ERROR, f"{fact}; move it away")
    tomorrow = context.now() + timedelta(days=1)  # what is less ahead is soon past
    for each in backups.backups(context):
        if is_ahead(each, tomorrow):
            fact = f"{each.path} is dated ahead of the clock, which was wrong then or is now"
            yield Finding("backups", Severity.WARN, f"{fact}; it stays until you delete it")
        try:
            copies.examine(each.path)
        except StoreError as error:
            yield Finding("backups", Severity.WARN, f"{error.message} Do not rely on it.")
    for left in editing.left_open(context.paths.data_dir):
        fact = f"{left} is what your own editor has open, or had when the app ended"
        yield Finding("unfinished", Severity.WARN, f"{fact}; take from it what you need, delete it")
    for part in backups.parts(context):
        fact = f"{part} is what a backup or restore left that was ended, and holds your data"
        yield Finding("backups", Severity.WARN, f"{fact}; delete it, unless one runs right now")


def _permissions(context: Context) -> Iterator[Finding]:
    """The store can be written, and is its owner's alone where the platform knows such things."""
    for place in outside.read_only(context.store):
        fact = f"nothing can be written: {place} may only be read"
        yield Finding("permissions", Severity.WARN, f"{fact}; make it writable")
    if files.WINDOWS:  # the folder of a profile is its owner's; a mode says nothing of it
        return
    for path, wanted in ((context.store, 0o600), (context.paths.data_dir, 0o700)):
        mode = stat.S_IMODE(Path(path).stat().st_mode)
        if mode & ~wanted:
            cure = f"chmod {wanted:o} {files.quoted(path)}"
            yield Finding(
                "permissions", Severity.WARN, f"{path} can be read by others ({mode:o}); {cure}"
            )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"
