"""A brief as Markdown and as plain text; the same values always give the same bytes."""

import re
from collections.abc import Iterable

from ftop_tui.playbook.brief import Brief
from ftop_tui.playbook.markdown import escaped
from ftop_tui.text import clean, clean_line

_WIDTH = 72


def markdown(briefs: Iterable[Brief]) -> str:
    """The internal brief of some customers as Markdown; text of others is only text in it."""
    return "\n\n".join(map(_markdown, briefs)) + "\n"


def plain(briefs: Iterable[Brief]) -> str:
    """The internal brief of some customers as plain text."""
    return ("\n\n" + "=" * _WIDTH + "\n\n").join(map(_plain, briefs)) + "\n"


def when(brief: Brief) -> str:
    """For which meeting it is, and as of which day."""
    meeting = f"Customer Review of {brief.review_day}" if brief.review_day else "Customer Review"
    return f"{meeting}, as of {brief.today}"


def _missing(brief: Brief) -> str | None:
    if brief.complete:
        return None
    return f"Missing: {', '.join(gap.words for gap in brief.readiness.missing)}"


def _markdown(brief: Brief) -> str:
    blocks = [f"# {escaped(clean_line(brief.shown_name))}", when(brief)]
    missing = _missing(brief)
    if missing:
        blocks.append(f"**{escaped(missing)}**")
    for part in brief.parts:
        blocks.append(f"## {escaped(part.title)}")
        blocks.append(_markdown_text(part.text))
        if part.stale:
            blocks.append("*The facts have changed since this was written.*")
    return "\n\n".join(blocks)


def _markdown_text(text: str) -> str:
    """Lines of a part: a hyphen begins a list, everything else is text."""
    lines = []
    for line in clean(text).strip().split("\n"):
        item = re.match(r"^(\s*- +)(.*)$", line)
        lines.append(f"- {escaped(item[2])}" if item else escaped(line.strip()))
    return "\n".join(lines)


def _plain(brief: Brief) -> str:
    name = clean_line(brief.shown_name)
    lines = [name, "=" * min(_WIDTH, len(name)), when(brief)]
    missing = _missing(brief)
    if missing:
        lines.append(clean_line(missing))
    for part in brief.parts:
        lines += ["", part.title.upper(), clean(part.text).strip()]
        if part.stale:
            lines.append("(The facts have changed since this was written.)")
    return "\n".join(lines)
