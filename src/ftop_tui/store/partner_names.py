"""Which partners the store knows by name, and the row that stands for one (FR-01)."""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from ftop_tui.text import fold

if TYPE_CHECKING:
    from ftop_tui.store.unit_of_work import UnitOfWork


def read_partners(connection: sqlite3.Connection) -> list[str]:
    """The names of partners on record or registered on a workload, each once."""
    rows = connection.execute(
        "SELECT name FROM partner "
        "UNION SELECT partner FROM workload WHERE partner IS NOT NULL ORDER BY 1"
    )
    names: dict[str, str] = {}
    for (name,) in rows:
        names.setdefault(fold(name), name)
    return list(names.values())


def row_of(unit: "UnitOfWork", name: str, new_id: Callable[[], str]) -> str:
    """The id of the partner's row, which is made where there is none."""
    # Deferred for start-up speed: this module is read by lists as well.
    from sqlmodel import select  # noqa: PLC0415

    from ftop_tui.store.tables import Partner  # noqa: PLC0415

    for partner in unit.session.exec(select(Partner)):
        if fold(partner.name) == fold(name):
            return partner.id
    made = Partner(id=new_id(), name=name)
    unit.session.add(made)
    unit.session.flush()
    return made.id
