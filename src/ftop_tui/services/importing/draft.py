"""The plan while it is made: the rows as they would be, and what is to be said of them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import InitVar, dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from ftop_tui.exchange.parsed import Reject, RowWarning
from ftop_tui.playbook.pack import Pack
from ftop_tui.progress import Progress, unheard
from ftop_tui.services.context import Context
from ftop_tui.services.importing.state import Row, State

KINDS = ("customers", "tenants", "workloads", "usage", "subscriptions", "notes", "records")
"""The kinds of thing that an import counts."""

Item = TypeVar("Item")
_TOLD = 250
"""Things planned after which it is told how far the plan is."""


@dataclass
class Draft:
    """The rows to write, by table and key, and the counts, rejects and warnings on the way."""

    context: InitVar[Context]
    state: State
    today: date = field(init=False)
    now: datetime = field(init=False)
    instant: str = field(init=False)
    """`now` as it is stored."""
    pack: Pack = field(init=False)
    new_id: Callable[[], str] = field(init=False)
    accept_removals: bool = False
    by_hand: bool = False
    """Typed rather than imported: what is given counts, whichever tenant it was given for."""
    cleared: frozenset[str] = frozenset()
    """Fields that were emptied by hand."""
    rows: dict[str, dict[Any, Row]] = field(default_factory=dict)
    moved: list[tuple[str, str, str]] = field(default_factory=list)
    """Tenants that go from one customer to another: tenant, from, to; winners first."""
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {
            outcome: Counter() for outcome in ("created", "updated", "unchanged")
        }
    )
    rejects: list[Reject] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)
    progress: Progress = unheard
    to_plan: int = 0
    """How many things `each` will give in all."""
    _planned: int = 0

    def __post_init__(self, context: Context) -> None:
        self.today, self.now = context.today(), context.now()
        self.instant = self.now.isoformat()
        self.pack, self.new_id = context.pack, context.new_id

    def each(self, items: Collection[Item]) -> Iterator[Item]:
        """The items one by one; how far the plan is with them is told now and then."""
        for item in items:
            yield item
            self._planned += 1
            if self._planned % _TOLD == 0:
                self.progress(min(self._planned / max(self.to_plan, 1), 1.0))

    def put(self, table: str, key: Any, row: Row) -> None:
        """Have a row written, which is the plan's from then on; what was planned is added to."""
        rows = self.rows.setdefault(table, {})
        planned = rows.setdefault(key, row)
        if planned is not row:
            planned.update(row)

    def count(self, kind: str, outcome: str) -> None:
        """Count a thing as created, updated or unchanged."""
        self.counts[outcome][kind] += 1

    def warn(self, file: str, row: int, column: str | None, rule: str | None, message: str) -> None:
        """Say something that stops nothing."""
        self.warnings.append(RowWarning(file, row, column, rule, message))

    def reject(self, file: str, row: int, column: str | None, reason: str) -> None:
        """Keep a row out, and say why; once, however many things of the row it keeps out."""
        reject = Reject(file, row, column, reason)
        if self.rejects[-1:] != [reject]:
            self.rejects.append(reject)


def differing(old: Row, new: Row) -> Row:
    """What of `new` is known and not yet so in `old`: an empty cell never erases."""
    return {name: v for name, v in new.items() if v is not None and old.get(name) != v}
