"""Deleting for good: nothing of it is left in the store, and undo cannot bring it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ftop_tui.errors import StoreError
from ftop_tui.files import remove
from ftop_tui.services import backups
from ftop_tui.services.changes import Changes
from ftop_tui.services.context import Context
from ftop_tui.services.held import Held, held
from ftop_tui.store import backup as copies
from ftop_tui.store import forgetting, repositories, unfinished


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted for good: the sentence, rows by table, and where it may still be held."""

    changes: Changes
    rows: Mapping[str, int]
    held: Held


def forget_note(context: Context, note_id: str) -> Forgotten:
    """Delete a note for good, posted or not; an input that it was made from stays.

    Raises:
        NotFoundError: there is no such note. StoreError: it is deleted, but another program keeps
            the file from being wiped.
    """
    with context.stored().bulk("forget") as unit:
        note = repositories.get_note(unit.session, note_id)
        tenant = repositories.get_tenant(unit.session, note.tenant_id)
        sentence = f"Deleted for good: {note.kind} note {note.id} of {tenant.name}"
        rows = forgetting.forget(
            unit.session, "note", note.id, note.customer_id, [], context.today()
        )
        unfinished.drop_of(unit.session, [tenant.id])
    return _wiped(context, Changes(sentence, rank=True, notes=True), rows)


def forget_tenant(context: Context, tenant_id: str) -> Forgotten:
    """Delete a tenant for good with all that is its own; with its last tenant a customer goes.

    Raises:
        NotFoundError: there is no such tenant. StoreError: as above.
    """
    with context.stored().bulk("forget") as unit:
        tenant = repositories.get_tenant(unit.session, tenant_id)
        customer_id = tenant.customer_id
        alone = len(repositories.tenants_of(unit.session, customer_id)) == 1
        sentence = f"Deleted for good: {tenant.name}{' and its customer' if alone else ''}"
        table, row_id = ("customer", customer_id) if alone else ("tenant", tenant_id)
        rows = forgetting.forget(
            unit.session, table, row_id, customer_id, [tenant_id], context.today()
        )
        unfinished.drop_of(unit.session, [tenant_id])
    return _wiped(context, Changes(sentence, rank=True, notes=True), rows)


def _wiped(context: Context, changes: Changes, rows: Mapping[str, int]) -> Forgotten:
    try:
        forgetting.wipe(context.store)
    except StoreError as error:
        raise StoreError(
            f"{changes.sentence}. But its text is still in unused parts of the file, for another "
            "program uses it: close that one and run `ftop-tui forget --wipe`."
        ) from error
    return Forgotten(changes, rows, held(context))


def wipe(context: Context) -> Held:
    """Clear what is unused in the store's file, where an earlier deletion could not.

    Where what was deleted may still be held.
    """
    context.stored()
    forgetting.wipe(context.store)
    return held(context)


def drop_backups(context: Context) -> Path:
    """Delete all backups, which still hold what was deleted, and make a new one; its path.

    Whatever is like one goes too (see `Held.ours`). An unfinished one that another program is
    writing would hold it, and fails there.

    Raises:
        InputError, StoreError: no new one can be made, or one could not be deleted; it is named.
    """
    old = held(context).ours
    made = backups.backup(context)
    for path in old:
        try:
            remove(path)
            remove(copies.sum_of(path))
        except OSError as error:
            raise StoreError(f"{path}: it could not be deleted: {error.strerror}") from error
    return made
