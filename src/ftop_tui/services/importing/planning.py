"""Plans rows for a store: all that the planners of the single things do, and what came of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ftop_tui.exchange.parsed import ImportRow, Parsed, Reject, RowWarning, rejected_rows
from ftop_tui.progress import Progress
from ftop_tui.services.context import Context
from ftop_tui.services.importing.draft import KINDS, Draft
from ftop_tui.services.importing.state import State
from ftop_tui.services.importing.tenants import plan_stricter, plan_tenants
from ftop_tui.services.importing.workloads import plan_subscriptions, plan_usage, plan_workloads


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, or did: counts by kind of thing, and what is to be said."""

    parsed: Parsed
    created: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    rejected: tuple[Reject, ...]
    warnings: tuple[RowWarning, ...]
    accept_removals: bool = False

    @property
    def rejected_rows(self) -> int:
        """How many rows do not go in, however many faults each has."""
        return rejected_rows(self.rejected)

    @property
    def changes_something(self) -> bool:
        """Whether anything would be written."""
        return any(self.created.values()) or any(self.updated.values())


def draft_of(
    context: Context,
    state: State,
    rows: Sequence[ImportRow],
    *,
    accept_removals: bool,
    progress: Progress,
) -> Draft:
    """What the rows mean for what is stored of them, which is `state`."""
    parsed = Parsed("", tuple(rows))
    tenants = parsed.tenants
    draft = Draft(
        context,
        state,
        accept_removals=accept_removals,
        progress=progress,
        to_plan=len(rows) + len(tenants),
    )
    before = state.cadence()
    plan_tenants(draft, tenants)
    plan_workloads(draft, parsed.workloads)
    plan_usage(draft, parsed.usage)
    plan_subscriptions(draft, parsed.subscriptions)
    plan_stricter(draft, before)
    progress(1.0)
    return draft


class Tally:
    """What the drafts of an import come to."""

    def __init__(self, parsed: Parsed, *, accept_removals: bool) -> None:
        self.parsed = parsed
        self.accept_removals = accept_removals
        self._counts: dict[str, Counter[str]] = {
            outcome: Counter() for outcome in ("created", "updated", "unchanged")
        }
        self.rejects = list(parsed.rejects)
        self._warnings = list(parsed.warnings)

    def add(self, draft: Draft) -> None:
        """Count a draft in."""
        for outcome, counter in draft.counts.items():
            self._counts[outcome].update(counter)
        self.rejects += draft.rejects
        self._warnings += draft.warnings

    def plan(self) -> Plan:
        """The plan that all drafts make."""
        created, updated, unchanged = (
            {kind: counter[kind] for kind in KINDS} for counter in self._counts.values()
        )
        return Plan(
            self.parsed,
            created,
            updated,
            unchanged,
            rejected=tuple(self.rejects),
            warnings=tuple(self._warnings),
            accept_removals=self.accept_removals,
        )
