"""The way to write into one store: units of work, undo and redo, each one transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ftop_tui.errors import StoreError
from ftop_tui.store import facts
from ftop_tui.store.engine import version_of
from ftop_tui.store.journal import RowChange, UnreadableStepError, unpack_changes
from ftop_tui.store.journal import apply as apply_changes
from ftop_tui.store.schema import VERSION, unusable
from ftop_tui.store.shape import demand_complete
from ftop_tui.store.tables import Meta, Step
from ftop_tui.store.touched import touched_customers
from ftop_tui.store.unit_of_work import UnitOfWork, first_undone, last_step
from ftop_tui.store.verifying import demand_whole


def _which_file(path: Path) -> tuple[int, int]:
    """What tells the file at a path from another that takes its place.

    Raises:
        StoreError: there is none any more.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise StoreError(
            f"{path}: the store is no longer there ({error.strerror}). Nothing was written; put it "
            "back, or `restore` a backup."
        ) from error
    return found.st_dev, found.st_ino


class Writer:
    """The way to write into one store. Made by bootstrap, with its clock."""

    def __init__(
        self, engine: Engine, today: Callable[[], date], now: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._today = today
        self._now = now
        self._file = _which_file(self._path)
        self._looked_through = False

    @property
    def _path(self) -> Path:
        return Path(self._engine.url.database or "")

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A transaction that writes; before the first one the store is seen to be whole."""
        self._follow()
        if not self._looked_through:
            demand_whole(self._path, demand_complete)
            self._looked_through = True
        with self._transaction() as session:
            yield session
        if _which_file(self._path) != self._file:
            raise StoreError(
                f"{self._path}: it was replaced by another program this moment. "
                "What was to be written may not be in it; do it again."
            )

    def _follow(self) -> None:
        """Go on with the file that a restore has put in the place of the one that is open.

        What is written into that would be gone with it: it has no name any more, or another one.
        """
        file = _which_file(self._path)
        if file == self._file:
            return
        if version_of(self._path) < VERSION:
            raise StoreError(
                f"{self._path}: it was replaced by one of an earlier version. Nothing was written; "
                "start ftop-tui anew to bring it up to date."
            )
        self._engine.dispose()
        self._file, self._looked_through = file, False

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as error:
            raise unusable(self._path, error.orig or error) from error
        except sqlite3.Error as error:  # of what `bulk` writes by plain SQL
            raise unusable(self._path, error) from error

    @contextmanager
    def unit(
        self, verb: str, sentence: str = "", *, merge_key: str | None = None
    ) -> Iterator[UnitOfWork]:
        """One journalled transaction; `sentence` is what undo will say it took back.

        Raises:
            StoreError: the store is locked, read-only or damaged; nothing was written.
        """
        with self._writing() as session:
            unit = UnitOfWork(session, self._today())
            unit.sentence, unit.merge_key = sentence, merge_key
            yield unit
            unit.finish(verb, self._now())

    @contextmanager
    def bulk(self, verb: str) -> Iterator[UnitOfWork]:
        """A transaction that cannot be undone, for filling a store that was empty."""
        with self.unit(verb) as unit:
            unit.journalled = False
            yield unit

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """A session to read with, through the models."""
        self._follow()
        with self._transaction() as session:
            yield session

    def remember(self, name: str, value: str) -> None:
        """Keep one of the store's own small facts; no step, nothing to undo."""
        with self._writing() as session:
            session.merge(Meta(name=name, value=value))

    def close(self) -> None:
        """Let go of the file; Windows deletes and replaces none that is open."""
        self._engine.dispose()

    def undo(self) -> str | None:
        """Take the last step back; what it was, or None where there is nothing to undo.

        Raises:
            ConflictError: what it touched has changed since. UnreadableStepError: nobody can tell
                what it touched.
        """
        return self._step(undo=True)

    def redo(self) -> str | None:
        """Do the step that was undone last again; what it was, or None."""
        return self._step(undo=False)

    def _step(self, *, undo: bool) -> str | None:
        with self._writing() as session:
            query = last_step() if undo else first_undone()
            step = session.exec(query).first()
            if step is None:
                return None
            changes = _changes_of(step)
            if undo:
                changes = [change.inverse() for change in reversed(changes)]
            session.connection().execute(text("PRAGMA defer_foreign_keys = ON"))
            before = touched_customers(session, changes)
            apply_changes(session.connection(), changes, step.sentence)
            step.undone = undo
            session.add(step)
            session.flush()
            touched = sorted({*before, *touched_customers(session, changes)})
            facts.refresh(session, touched, self._today())
            return str(step.sentence)


def _changes_of(step: Step) -> list[RowChange]:
    try:
        return unpack_changes(step.changes)
    except UnreadableStepError as error:
        raise UnreadableStepError(
            f"{step.sentence!r} cannot be taken back or done again, nor what is beyond it: "
            "what it changed can no longer be read. All that is stored stays as it is. What you do "
            "from now on can be undone; `ftop-tui backup --list` names copies of what was before"
        ) from error
