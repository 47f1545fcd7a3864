"""The unit of work: every write to the store is one, journalled, with its facts drawn anew.

    with writer.unit("post", "Posted the Enterprise note of Contoso") as unit:
        unit.session.add(...)

On leaving the block, one transaction holds the rows, the journal's step and the facts of every
customer touched. An exception leaves nothing behind.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, event, inspect, update
from sqlalchemy import select as select_rows
from sqlalchemy.orm import Session as PlainSession
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.store import facts
from ftop_tui.store.bulk import BulkTable
from ftop_tui.store.journal import (
    ChangeLog,
    MadeRows,
    Pages,
    Row,
    RowChange,
    UnreadableStepError,
    pack_changes,
    unpack_changes,
)
from ftop_tui.store.tables import Step
from ftop_tui.store.touched import touched_customers

_UNJOURNALLED = frozenset({"step", "meta"}) | facts.DERIVED
_TOLD = 250
"""Rows after which it is told how far the work is."""


class UnitOfWork:
    """One transaction: a session for single rows, `upsert` for many, and what they touched."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self.changes = ChangeLog()
        self.sentence = ""
        self.journalled = True
        self.merge_key: str | None = None
        self._pages: Pages | None = None
        """What `settle` has journalled."""
        self.progress: Progress = unheard
        """Told how far `upsert` is with its rows, then `finish`."""
        event.listen(session, "before_flush", self._note_changes)

    def _note_changes(self, session: PlainSession, *_: object) -> None:
        for row in session.new:
            self._note(row, None, _values(row))
        for row in session.dirty:
            if session.is_modified(row):
                self._note(row, _committed(row), _values(row))
        for row in session.deleted:
            self._note(row, {**_values(row), **_committed(row)}, None)

    def _note(self, row: Any, before: Row | None, after: Row | None) -> None:
        table = inspect(row).mapper.local_table
        if table.name in _UNJOURNALLED:
            return
        names = [column.name for column in table.primary_key.columns]
        key = {name: getattr(row, name) for name in names}
        self.changes.add(_change(table.name, key, before, after))

    def upsert(self, model: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Make or change many rows at once, by key; only what is given is changed.

        Returns how many were created, updated and left as they were.
        """
        self.session.flush()
        table: Any = inspect(model).local_table
        bulk = BulkTable(self.session, table)
        given = {tuple([row[name] for name in bulk.keys]): row for row in rows}
        stored = self._stored(bulk, given)
        new: list[list[Any]] = []
        changed: list[tuple[tuple[Any, ...], Row]] = []
        told = between(self.progress, 0, 0.5)
        for place, row in counted(given.items(), len(given), told, _TOLD):
            old = stored.get(place)
            if old is None:
                new.append([*map(row.get, bulk.names)])
            elif different := {name: v for name, v in row.items() if old[name] != v}:
                key = dict(zip(bulk.keys, place, strict=True))
                changed.append((place, different))
                before = {name: old[name] for name in different}
                self.changes.add(RowChange(table.name, key, before, different))
        bulk.bind(new)
        self.changes.add_made(MadeRows(table.name, bulk.names, bulk.keys, new))
        bulk.insert(new, between(self.progress, 0.5, 1))
        bulk.update(changed)
        self.session.expire_all()
        same = len(given) - len(new) - len(changed)
        return {"created": len(new), "updated": len(changed), "unchanged": same}

    def change(self, table: Table, ids: Iterable[str], values: Row) -> None:
        """Set the same columns of some rows, named by their ids."""
        for row_id in ids:
            where = table.c.id == row_id
            old = self.session.execute(select_rows(table).where(where)).mappings().one()
            before = {name: old[name] for name in values}
            self.changes.add(RowChange(table.name, {"id": row_id}, before, values))
            self.session.execute(update(table).where(where).values(**values))
        self.session.expire_all()

    @staticmethod
    def _stored(
        bulk: BulkTable, given: Mapping[tuple[Any, ...], Any]
    ) -> dict[tuple[Any, ...], Row]:
        """The stored rows that have one of the given keys."""
        if bulk.is_empty():
            return {}
        found = bulk.read(bulk.keys[0], {place[0] for place in given})
        return {tuple([row[name] for name in bulk.keys]): row for row in found}

    def finish(self, verb: str, at: datetime) -> None:
        """Journal what changed and draw the facts anew; called once, before the commit."""
        self.session.flush()
        if not self.changes and self._pages is None:
            return
        if self.journalled:
            self._journal(verb, at)
        self.progress(0.15)
        if self.changes:
            self._draw_facts()

    def settle(self) -> None:
        """Have done with what changed so far: into the journal's step, and the facts drawn anew.

        So very many rows can be written in one transaction, batch by batch, none of which changes
        a row of another.
        """
        self.session.flush()
        if not self.changes:
            return
        if self.journalled:
            self._pages = self._pages or Pages()
            self._pages.add(self.changes.single, self.changes.made)
        self.progress(0.15)
        self._draw_facts()
        self.changes, self.progress = ChangeLog(), unheard

    def _draw_facts(self) -> None:
        touched = touched_customers(self.session, self.changes.single, self.changes.made)
        facts.refresh(self.session, touched, self.today, between(self.progress, 0.2, 1))

    def _journal(self, verb: str, at: datetime) -> None:
        self._drop_redo()
        if not self._merge_into_last():
            pages = self._pages or Pages()
            pages.add(self.changes.single, self.changes.made)
            step = Step(
                at=at.isoformat(),
                verb=verb,
                sentence=self.sentence,
                merge_key=self.merge_key,
                changes=pages.packed(),
            )
            self.session.add(step)
            self.session.flush()

    def _drop_redo(self) -> None:
        """What was undone cannot be done again once something else was done."""
        self.session.execute(delete(Step).where(col(Step.undone)))

    def _merge_into_last(self) -> bool:
        """One step for many saves of the same draft, so that undo takes back an editing session."""
        if self.merge_key is None:
            return False
        last = self.session.exec(last_step()).first()
        if last is None or last.merge_key != self.merge_key:
            return False
        try:
            before = unpack_changes(last.changes)
        except UnreadableStepError:
            return False  # a step of its own can be taken back
        log = ChangeLog()
        for change in (*before, *self.changes):
            log.add(change)
        last.changes = pack_changes(list(log))
        last.sentence = self.sentence
        self.session.add(last)
        self.session.flush()
        return True


def last_step() -> SelectOfScalar[Step]:
    """The step that undo would take back."""
    return select(Step).where(~col(Step.undone)).order_by(col(Step.id).desc()).limit(1)


def first_undone() -> SelectOfScalar[Step]:
    """The step that redo would do again."""
    return select(Step).where(col(Step.undone)).order_by(col(Step.id)).limit(1)


def _change(table: str, key: Row, before: Row | None, after: Row | None) -> RowChange:
    def rest(row: Row | None) -> Row | None:
        return None if row is None else {n: v for n, v in row.items() if n not in key}

    if before is not None and after is not None:
        after = {name: after[name] for name in before if after[name] != before[name]}
        before = {name: before[name] for name in after}
    return RowChange(table, key, rest(before), rest(after))


def _values(row: Any) -> Row:
    """A row's columns as they will be written."""
    return {
        attribute.key: getattr(row, attribute.key) for attribute in inspect(row).mapper.column_attrs
    }


def _committed(row: Any) -> Row:
    """The columns of a row that were changed, as they are stored."""
    state = inspect(row)
    old = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].load_history()
        if history.deleted:
            old[attribute.key] = history.deleted[0]
        elif history.added:
            old[attribute.key] = None
    return old
