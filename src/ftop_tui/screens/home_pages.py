"""The panel's pages on the list's screen; those a key away are ready before it is pressed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ftop_tui.playbook.urgency import Ranked
from ftop_tui.services import panel, portfolio
from ftop_tui.services.context import Context
from ftop_tui.services.reading import KeptReading, State, state
from ftop_tui.widgets.tenant_text import tenant_blocks
from ftop_tui.widgets.text_panel import Block, Page, TextPanel


class _Ready(NamedTuple):
    ranked: Ranked
    state: State
    page: Page


class TenantPages:
    """Reads what is known of a tenant and lays it out for the panel.

    What was made ready is used only where nothing has been written to the store since.
    """

    def __init__(self, panel: TextPanel) -> None:
        self._panel = panel
        self._kept = KeptReading()
        self._ready: dict[str, _Ready] = {}

    def of(self, context: Context, today: date, ranked: Ranked) -> Page:
        """The page of a tenant as the store is now.

        Raises:
            StoreError: the store cannot be used.
        """
        now = state(context, self._kept)  # before the rest is read, so that no write is missed
        found = self._ready.get(ranked.facts.tenant_id)
        if found is None or found.ranked is not ranked or found.state != now:
            page = self._panel.page(self._blocks(context, today, ranked))
            found = self._ready[ranked.facts.tenant_id] = _Ready(ranked, now, page)
        return found.page

    def prepare(self, context: Context, today: date, around: Sequence[Ranked]) -> None:
        """Make the pages of these tenants ready, and forget all others.

        Raises:
            StoreError: the store cannot be used.
        """
        for ranked in around:
            self._panel.prepare(self.of(context, today, ranked))
        kept = {ranked.facts.tenant_id for ranked in around}
        self._ready = {tenant: found for tenant, found in self._ready.items() if tenant in kept}

    def close(self) -> None:
        """Let go of the store's file."""
        self._ready.clear()
        self._kept.close()

    def _blocks(self, context: Context, today: date, ranked: Ranked) -> Sequence[Block]:
        told = panel.read(context, ranked.facts, self._kept)
        opening = portfolio.opening_of(ranked.facts, today, context.pack)
        return tenant_blocks(
            ranked, told.detail, opening, today, context.pack, escalations=told.escalations,
            stale=told.stale, step=told.step, months=told.months,
        )  # fmt: skip
