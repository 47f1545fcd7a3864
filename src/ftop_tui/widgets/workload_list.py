"""The seventeen workloads of a tenant: status, and whether a draft waits or a note is posted."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ftop_tui.playbook.detail import WorkloadDetail
from ftop_tui.playbook.pack import Workload
from ftop_tui.playbook.values import NoteState
from ftop_tui.widgets import looks
from ftop_tui.widgets.cells import fit

_TAG_CELLS = 7
_STATUS_CELLS = 14


class Marks(NamedTuple):
    """What there is of notes on a workload."""

    draft: bool = False
    posted: bool = False


class WorkloadList(OptionList):
    """One row a workload in the playbook's order; those without a record are dim."""

    DEFAULT_CSS = """
    WorkloadList, WorkloadList:focus { border: none; padding: 0 1; background: $background; }
    """

    class Chosen(Message):
        """The user wants to write on another workload."""

        def __init__(self, tag: str) -> None:
            super().__init__()
            self.tag = tag

    def __init__(self, workloads: Sequence[Workload], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self.tags = tuple(workload.tag for workload in workloads)

    def fill(
        self, records: Mapping[str, WorkloadDetail], marks: Mapping[str, Marks], present: str
    ) -> None:
        """Show where each workload stands; the present one is highlighted."""
        self.clear_options()
        self.add_options(
            [Option(_row(tag, records.get(tag), marks.get(tag, Marks()))) for tag in self.tags]
        )
        self.highlighted = self.tags.index(present) if present in self.tags else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.tags[event.option_index]))


def _row(tag: str, record: WorkloadDetail | None, marks: Marks) -> Content:
    name = Content.styled(fit(tag, _TAG_CELLS), looks.STRONG if record else looks.MUTED)
    status = (
        looks.entitlement(record.status) if record else looks.Look(" ", "no record", looks.MUTED)
    )
    words = Content.styled(fit(f"{status.letter} {status.word}", _STATUS_CELLS), status.style)
    draft, posted = looks.state(NoteState.DRAFT), looks.state(NoteState.POSTED)
    return Content.assemble(
        name, words, " ",
        Content.styled(draft.letter if marks.draft else " ", draft.style),
        Content.styled(posted.letter if marks.posted else " ", posted.style),
    )  # fmt: skip
