"""What is typed into dialogs and not yet taken: small facts of the store, by dialog and tenant.

They are no steps: undo does not know them, no export has them, and they go when the tenant does.
Plain SQL, so that a dialog that opens need not wait for the ORM to look.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ftop_tui.playbook.stored import json_of
from ftop_tui.store.read_model import read_meta

if TYPE_CHECKING:
    from sqlmodel import Session

PREFIX = "unfinished:"
"""How the names of these small facts begin."""


class Place(NamedTuple):
    """Where it is kept: a dialog's own mark, without `:`, and the tenant, "" for no one's."""

    mark: str
    tenant_id: str

    @property
    def name(self) -> str:
        """The name of the small fact."""
        return f"{PREFIX}{self.mark}:{self.tenant_id}"


class Kept(NamedTuple):
    """The instant at which it was kept, in UTC as ISO 8601, and what stood in the fields."""

    at: str
    fields: Mapping[str, str]


def find(connection: sqlite3.Connection, place: Place) -> Kept | None:
    """What is kept there; None also where it cannot be read."""
    return _read(read_meta(connection, place.name))


def _read(value: str | None) -> Kept | None:
    try:
        kept = json_of(value)
        fields = {str(name): str(text) for name, text in kept["fields"].items()}
        return Kept(str(kept["at"]), fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def is_readable(value: str) -> bool:
    """Whether what is kept can be put back."""
    return _read(value) is not None


def put(session: "Session", place: Place, kept: Kept) -> None:
    """Keep it in place of what was there; nothing of a tenant that is gone."""
    session.connection().exec_driver_sql(
        "INSERT INTO meta (name, value) SELECT ?, ? "
        "WHERE ? = '' OR EXISTS (SELECT 1 FROM tenant WHERE id = ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (place.name, json.dumps(kept._asdict()), place.tenant_id, place.tenant_id),
    )


def drop(session: "Session", names: Collection[str]) -> None:
    """Keep no longer what has these names."""
    for name in names:
        session.connection().exec_driver_sql("DELETE FROM meta WHERE name = ?", (name,))


def drop_of(session: "Session", tenant_ids: Collection[str]) -> None:
    """Drop what is kept of these tenants, and what says of no tenant whose it is."""
    whose = {"", *tenant_ids}
    drop(session, [name for name, _ in _all(session) if name.split(":", 2)[2] in whose])


def drop_before(session: "Session", instant: str) -> None:
    """Drop what was kept before an instant, written as in `Kept`, and what cannot be read."""
    known = [(name, _read(value)) for name, value in _all(session)]
    drop(session, [name for name, kept in known if kept is None or kept.at < instant])


def _all(session: "Session") -> list[tuple[str, str]]:
    rows = session.connection().exec_driver_sql(
        "SELECT name, value FROM meta WHERE name GLOB ?", (f"{PREFIX}*:*",)
    )
    return [(str(name), str(value)) for name, value in rows]
