"""The snapshot of an Exec Summary: one line for each of the seventeen workloads (OS-09)."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.pack import Workload
from ftop_tui.playbook.usage import spark, whole
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.note_line import NoteLine

_MONTHS = 6
"""How many months of usage are drawn."""


def usage_of(detail: WorkloadDetail | None) -> Content:
    """The usage of a workload: its months as bars, and the present share."""
    current = detail.current if detail else None
    if detail is None or current is None or current.percent is None:
        return Content.styled("no usage known", looks.MUTED)
    bars = spark(detail.usage, min(_MONTHS, len(detail.usage)))
    return Content.styled(f"{bars} {whole(current.percent)}", looks.MUTED)


def record_of(detail: WorkloadDetail | None) -> Content:
    """What the entitlement record holds: status and usage, dim."""
    if detail is None:
        return Content.styled("no record", looks.MUTED)
    status = looks.entitlement(detail.status)
    return Content.assemble(
        Content.styled(status.word, looks.MUTED), Content.styled(" · ", looks.MUTED),
        usage_of(detail),
    )  # fmt: skip


class WorkloadLines(Vertical):
    """Tag, name and record of each workload, and a line to type below; empty ones are left out."""

    DEFAULT_CSS = """
    WorkloadLines { height: auto; }
    WorkloadLines > .workload { height: 1; padding: 0 1; }
    WorkloadLines .name { width: 1fr; height: 1; }
    WorkloadLines .record { width: auto; height: 1; margin-left: 2; }
    """

    def __init__(self, workloads: Sequence[Workload], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.workloads = tuple(workloads)

    def compose(self) -> ComposeResult:
        """Two lines a workload."""
        for place, workload in enumerate(self.workloads):
            with Horizontal(classes="workload"):
                name = Content.assemble(
                    foreign_line(f"[{workload.tag}]", looks.STRONG), "  ",
                    foreign_line(workload.name),
                )  # fmt: skip
                yield Static(name, classes="name")
                yield Static("", classes="record", id=f"record-{place}")
            yield NoteLine(id=f"line-{place}")

    def fill(self, texts: Mapping[str, str], records: Mapping[str, WorkloadDetail]) -> None:
        """Show texts by tag, each beside what the record holds."""
        for place, workload in enumerate(self.workloads):
            self.query_one(f"#line-{place}", NoteLine).fill(texts.get(workload.tag, ""))
            record = record_of(records.get(workload.tag))
            self.query_one(f"#record-{place}", Static).update(record)

    @property
    def texts(self) -> Mapping[str, str]:
        """What the lines hold, by tag, the empty ones too."""
        return {
            workload.tag: self.query_one(f"#line-{place}", NoteLine).value
            for place, workload in enumerate(self.workloads)
        }
