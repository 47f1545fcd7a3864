"""Rows on their way to the store, and the one source of chance that they are made with."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from ftop_tui.store import tables as t
from ftop_tui.store.journal import table_of
from ftop_tui.store.unit_of_work import UnitOfWork

T = TypeVar("T")

_OWNERS = (t.Customer, t.Tenant)
"""Written through the unit of work, which so knows whose facts to draw."""

_ORDER: tuple[type[Any], ...] = (
    t.Partner, t.Review, *_OWNERS, t.Workload, t.Usage, t.Subscription, t.Note, t.Record, t.Contact,
    t.Escalation, t.EscalationEntry, t.Forecast, t.Milestone, t.Nomination, t.Partnership,
    t.PartnerStep, t.PartnerInput, t.Activity, t.Snooze, t.SupportRequest,
)  # fmt: skip
"""Parents before children."""


class Dice:
    """Everything that looks like chance, repeatable: the same words give the same draws."""

    def __init__(self, *words: object) -> None:
        self.random = Random("/".join(map(str, words)))  # noqa: S311 - made-up data, no secret

    def id(self) -> str:
        """A random UUID."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self.random.random() * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.random.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in that share of the draws."""
        return self.random.random() < share

    def weighted(self, weights: dict[T, float]) -> T:
        """One of the keys, by weight."""
        left = self.random.random() * sum(weights.values())
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice
        return next(reversed(weights))

    def instant(self, day: date) -> str:
        """A moment early in a day, as it is stored: what a user does that day comes later."""
        return f"{day}T00:{self.between(0, 59):02}:{self.between(0, 59):02}+00:00"


class Batch:
    """Rows by table; those of a few hundred customers at a time keep the memory small."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._rows: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
        self.moves: list[tuple[int, type[Any], dict[str, Any]]] = []
        """Changes made some days ago to rows written earlier, for what moved."""

    def ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=days)

    def add(self, model: type[Any], **values: Any) -> None:
        """Keep a row; columns that are not given are empty."""
        self._rows[model].append(dict.fromkeys(model.model_fields) | values)

    def write(self, unit: UnitOfWork) -> None:
        """Insert what was gathered, and forget it.

        Only customers and tenants pass through the unit's own log: nothing is journalled here, and
        a log of a million rows of usage would only fill the memory.
        """
        for model in _ORDER:
            rows = self._rows.pop(model, [])
            if not rows:
                continue
            if model in _OWNERS:
                unit.upsert(model, rows)
            else:
                unit.session.execute(table_of(model.__tablename__).insert(), rows)
        assert not self._rows, "a table is missing in _ORDER"  # noqa: S101 - a slip of ours
