"""What the letters, marks and colours mean, wherever they stand."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from ftop_tui.playbook.values import EntitlementStatus, Grade, NoteState, Severity
from ftop_tui.widgets import looks
from ftop_tui.widgets.looks import Look
from ftop_tui.widgets.strips import UNKNOWN
from ftop_tui.widgets.text_panel import Block


def legend(indent: int) -> Iterator[Block]:
    """The looks beside bands and health, a line a family; `indent` is how wide the lead is."""

    def line(name: str, *said: Content) -> Block:
        return Block(Content("  ").join(said), indent, Content(name))

    yield line("Workloads", *_each(map(looks.entitlement, EntitlementStatus)))
    yield line("Notes", *_each(map(looks.state, NoteState)))
    yield line("Findings", *_each(map(looks.severity, Severity)))
    yield line("Grades", *_each(map(looks.grade, Grade)))
    yield line("Partners", Content.styled("FRP name", "$ftop-draft"), Content("registered there"))
    yield line(
        "Missing",
        Content.styled("due date", looks.MISSING), Content.styled("[group 1]", looks.MISSING),
        Content("not known, and should be"),
    )  # fmt: skip
    yield line("Usage", Content.styled("▁▃▅█", looks.KEY), Content("a bar a month, full at 100%"))
    yield line(
        "Months",
        Content("RYGB"), Content("the colour by month"), Content("-"), Content("none was set"),
        Content(UNKNOWN), Content("nothing was recorded"),
    )  # fmt: skip


def _each(told: Iterable[Look]) -> Iterator[Content]:
    return (look.full for look in told)
