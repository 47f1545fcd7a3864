"""A customer's status as a text for a partner or a customer: Markdown or plain (FR-10)."""

from collections.abc import Iterable, Iterator

from ftop_tui.playbook.markdown import escaped, escaped_cell
from ftop_tui.playbook.status_slide import (
    SlideWorkload,
    StatusSlide,
    action_line,
    percent_words,
    usage_words,
)

_HEADINGS = ("Workload", "Status", "Active / paid", "Usage", "Due", "Owner")


def brief_text(slides: Iterable[StatusSlide], *, markdown: bool) -> str:
    """The status of these customers, one after the other; ends with a line feed."""
    one = _markdown if markdown else _plain
    return "\n\n".join("\n".join(one(slide)) for slide in slides) + "\n"


def _cells(workload: SlideWorkload) -> tuple[str, ...]:
    name = f"{workload.tag} {workload.name}".strip()
    return (
        f"{name}, {workload.tenant}" if workload.tenant else name,
        workload.status or "no status",
        usage_words(workload),
        percent_words(workload),
        workload.due.isoformat() if workload.due else "–",
        workload.owner or "–",
    )


def _parts(slide: StatusSlide) -> Iterator[tuple[str, list[str]]]:
    """The lists under their headings; empty ones are left out."""
    parts = (
        ("Actions", [action_line(action) for action in slide.actions]),
        ("Risks", list(slide.risks)),
        ("Partner input", list(slide.inputs or ())),
        ("Partner contact", [slide.contact] if slide.contact else []),
    )
    return ((heading, lines) for heading, lines in parts if lines)


def _markdown(slide: StatusSlide) -> Iterator[str]:
    yield f"# {escaped(slide.customer)}"
    yield from ("", escaped(slide.made_for), "")
    yield from (f"- {escaped(line)}" for line in slide.status)
    if slide.workloads:
        yield from ("", "## Workloads", "")
        yield from _rows([_HEADINGS, tuple("---" for _ in _HEADINGS)], escape=False)
        yield from _rows(map(_cells, slide.workloads), escape=True)
    for heading, lines in _parts(slide):
        yield from ("", f"## {heading}", "")
        yield from (f"- {escaped(line)}" for line in lines)


def _rows(rows: Iterable[tuple[str, ...]], *, escape: bool) -> Iterator[str]:
    for row in rows:
        yield f"| {' | '.join(escaped_cell(cell) if escape else cell for cell in row)} |"


def _plain(slide: StatusSlide) -> Iterator[str]:
    yield slide.customer
    yield "=" * min(len(slide.customer), 80)
    yield slide.made_for
    yield ""
    yield from slide.status
    if slide.workloads:
        rows = [_HEADINGS, *map(_cells, slide.workloads)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADINGS))]
        yield from ("", "Workloads")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield f"  {'  '.join(cells)}".rstrip()
    for heading, lines in _parts(slide):
        yield from ("", heading)
        yield from (f"  - {line}" for line in lines)
