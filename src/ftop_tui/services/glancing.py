"""The portfolio at a glance: reads only, and without the ORM."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ftop_tui.playbook.glance import GlanceRow, rows_of
from ftop_tui.playbook.health_strip import HealthMonth, Stand, health_months
from ftop_tui.playbook.urgency import rank
from ftop_tui.playbook.values import Band, Health
from ftop_tui.progress import Progress, unheard
from ftop_tui.services.context import Context
from ftop_tui.services.portfolio import Portfolio
from ftop_tui.services.reading import reading
from ftop_tui.store import pictures, read_model


@dataclass(frozen=True)
class Glance:
    """All customers, the most urgent first, and what their colours were."""

    portfolio: Portfolio
    tags: tuple[str, ...]
    """The workloads, in the pack's order: the columns."""
    rows: tuple[GlanceRow, ...]
    stands: Mapping[str, list[Stand]]

    def months(self, row: GlanceRow) -> tuple[HealthMonth, ...]:
        """The customer's colour month by month."""
        before = self.stands.get(row.winner.tenant_id, ())
        return health_months(row.winner.health, before, self.portfolio.today)

    @cached_property
    def bands(self) -> Mapping[Band, int]:
        """How many customers are in each band."""
        found = [row.band for row in self.rows]
        return {band: found.count(band) for band in Band}

    @cached_property
    def colours(self) -> Mapping[Health | None, int]:
        """How many customers have each colour; None: not set."""
        found = [row.health for row in self.rows]
        return {health: found.count(health) for health in (*Health, None)}


def read(context: Context, progress: Progress = unheard) -> Glance:
    """All customers as they stand today; none where there is no store yet."""
    today = context.today()
    tags = tuple(workload.tag for workload in context.pack.workloads)
    if not context.store.exists():
        return Glance(Portfolio(today, ()), tags, (), {})
    with reading(context) as connection:
        facts = read_model.read_facts(connection, to_rank=True)
        progress(0.2)
        uses = pictures.read_uses(connection)
        progress(0.5)
        stands = pictures.read_stands(connection)
        progress(0.6)
    found = Portfolio(today, tuple(rank(facts, today.toordinal(), context.pack)))
    progress(0.9)
    return Glance(found, tags, rows_of(found.ranked, uses, tags), stands)
