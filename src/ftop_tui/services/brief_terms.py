"""The terms of reviews and briefs, of the pack in force."""

from functools import lru_cache
from pathlib import Path

from ftop_tui.exchange.pack_file import load_part
from ftop_tui.playbook.brief_terms import BriefTerms
from ftop_tui.services.context import Context


def brief_terms(context: Context) -> BriefTerms:
    """Weekday, titles and numbers of `brief.toml`; read once."""
    return _terms(context.paths.pack)


@lru_cache(maxsize=4)
def _terms(pack_file: Path) -> BriefTerms:
    return BriefTerms.read(load_part("brief", pack_file))
