"""The plan's part of the pack in force; read without the ORM."""

from functools import lru_cache
from pathlib import Path

from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.plan import PlanTerms
from ftop_tui.services.context import Context


def plan_terms(context: Context) -> PlanTerms:
    """The activities of each phase, and what comes next (RA-02 to RA-04)."""
    return _terms(context.paths.pack)


@lru_cache(maxsize=4)
def _terms(pack_file: Path) -> PlanTerms:
    return PlanTerms.read(load_part("plan", pack_file))
