"""Briefs as files: Markdown or plain text by the ending of the name, written whole."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ftop_tui.exchange.atomic import write_file
from ftop_tui.files import at_home
from ftop_tui.playbook.brief_text import markdown, plain
from ftop_tui.progress import Progress, between, counted, unheard
from ftop_tui.services.briefs import read_briefs
from ftop_tui.services.context import Context

_READ = 0.9


def default_name(day: date | None) -> str:
    """The name that is offered for the briefs of a meeting."""
    return f"brief-{day.isoformat()}.md" if day else "brief.md"


def write(path: Path, text: str) -> Path:
    """Write a text as it is; the path it was written to.

    Raises:
        InputError: it cannot be written; the message names the path.
    """
    target = at_home(path)
    write_file(target, text.encode("utf-8", "replace"))
    return target


def export(
    context: Context,
    tenant_ids: Sequence[str],
    path: Path,
    *,
    review_day: date | None = None,
    progress: Progress = unheard,
) -> Path:
    """Write the internal briefs of some customers: text where the name ends in .txt, else Markdown.

    Raises:
        InputError: it cannot be written. NotFoundError: there is no such tenant.
    """
    reading, writing = between(progress, 0, _READ), between(progress, _READ, 1)
    found = read_briefs(context, tenant_ids, review_day=review_day, progress=reading)
    told = counted(found, len(found), writing)
    text = plain(told) if path.suffix.lower() == ".txt" else markdown(told)
    return write(path, text)
