"""The demo portfolio: made up, and the same for the same number of customers, seed and day."""

from collections.abc import Iterator
from itertools import count

from ftop_tui.errors import InputError, RefusedError
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services.context import Context
from ftop_tui.services.demo.care import add_care
from ftop_tui.services.demo.customers import CREATED, add_customer
from ftop_tui.services.demo.data import Scenario, demo_data
from ftop_tui.services.demo.draw import draw
from ftop_tui.services.demo.names import company_names
from ftop_tui.services.demo.notes import add_notes
from ftop_tui.services.demo.rows import Batch, Dice
from ftop_tui.services.demo.scene import Scene, Shared
from ftop_tui.services.demo.shared import add_shared
from ftop_tui.store import facts
from ftop_tui.store.journal import table_of
from ftop_tui.store.unit_of_work import UnitOfWork

MOST = 10_000
"""The largest portfolio that is made up."""

USUAL = 12
"""How many customers there are where no number is given: those written by hand."""

_AT_A_TIME = 200
_MADE, _MOVED = 0.8, 0.95
"""The parts of the work after the rows, and after what moved lately."""


def build(context: Context, customers: int, seed: int, progress: Progress = unheard) -> None:
    """Fill an absent or empty store with so many made-up customers, in one transaction.

    Raises:
        InputError: not between 1 and 10,000 customers. RefusedError: the store has tenants.
        StoreError: the store cannot be used.
    """
    if not 1 <= customers <= MOST:
        raise InputError(f"a demo has 1 to {MOST:,} customers, not {customers:,}")
    with context.writer().bulk("demo") as unit:
        if unit.session.execute(table_of("tenant").select().limit(1)).first() is not None:
            raise RefusedError(
                f"{context.store} holds a portfolio already; a demo is made only in an empty store"
            )
        _fill(context, unit, customers, seed, progress)
        unit.progress = between(progress, _MOVED, 1)


def _fill(
    context: Context, unit: UnitOfWork, customers: int, seed: int, progress: Progress
) -> None:
    data = demo_data()
    batch = Batch(unit.today)
    shared = add_shared(Dice(seed, "shared"), batch, data)
    ids = []
    made = counted(range(customers), customers, between(progress, 0, _MADE))
    for index, plan in zip(made, _plans(context, seed), strict=False):
        ids.append(_add(context, batch, shared, seed, index, plan))
        if len(ids) % _AT_A_TIME == 0:
            batch.write(unit)
    batch.write(unit)
    _move(unit, batch, ids, between(progress, _MADE, _MOVED))


def _plans(context: Context, seed: int) -> Iterator[Scenario]:
    """The customers written by hand, then as many drawn ones as are asked for."""
    data = demo_data()
    yield from data.scenarios
    taken = {plan.name for plan in data.scenarios}
    names = company_names(data.pool, Dice(seed, "names"), taken)
    for index, name in zip(count(), names, strict=False):
        yield draw(Dice(seed, "plan", index), name, data, context.pack)


def _add(
    context: Context, batch: Batch, shared: Shared, seed: int, index: int, plan: Scenario
) -> str:
    """The rows of one customer; its id."""
    dice = Dice(seed, "customer", index)
    scene = Scene(
        dice=dice,
        batch=batch,
        pack=context.pack,
        data=demo_data(),
        shared=shared,
        plan=plan,
        customer_id=dice.id(),
        tenant_ids=tuple(dice.id() for _ in plan.tenants),
    )
    add_customer(scene, index)
    add_notes(scene)
    add_care(scene)
    return scene.customer_id


def _move(unit: UnitOfWork, batch: Batch, ids: list[str], progress: Progress) -> None:
    """Let the last days' changes happen day by day, so that there is something that moved."""
    facts.refresh(unit.session, ids, batch.ago(CREATED), progress)
    for days in sorted({days for days, _, _ in batch.moves}, reverse=True):
        for ago, model, row in batch.moves:
            if ago == days:
                unit.upsert(model, [row])
        facts.refresh(unit.session, ids[: len(demo_data().scenarios)], batch.ago(days))
