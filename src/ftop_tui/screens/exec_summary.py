"""The Exec Summary form: the sections of OS-05 in their order, with the note beside them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.notes import ExecSummaryBody, NoteBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.note_screen import NoteScreen, note_keys
from ftop_tui.services.describing import describing
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.preview import Preview
from ftop_tui.widgets.workload_lines import WorkloadLines

_TEXTS = ("customer", "relationship")
_CHOICES = ("engagement", "deployment")


class ExecSummaryScreen(NoteScreen):
    """Writes the Exec Summary of a tenant's customer (OS-05 to OS-10, OS-13)."""

    TITLE_LINE = "Exec Summary"
    CSS_PATH = ["note_screen.tcss", "exec_summary.tcss"]  # noqa: RUF012 - as Textual does
    BINDINGS: ClassVar[list[BindingType]] = note_keys(side="Preview")
    kind = NoteKind.EXEC_SUMMARY

    def compose_form(self) -> ComposeResult:
        """The sections left, the note as FTOP gets it right."""
        terms = self.context.pack.exec_summary
        with Horizontal(id="body"):
            with VerticalScroll(id="form", can_focus=False):
                yield _label(terms.customer)
                yield NoteArea(id="customer")
                yield Static("", classes="hint", id="covers")
                yield _label(terms.engagement)
                yield ChoiceRow([RowChoice(c, c) for c in terms.engagement_choices],
                                id="engagement")  # fmt: skip
                yield _label(terms.deployment)
                yield ChoiceRow([RowChoice(c, c) for c in terms.deployment_choices],
                                id="deployment")  # fmt: skip
                yield _label(terms.relationship)
                yield NoteArea(id="relationship")
                yield _label(terms.snapshot)
                yield Static(
                    "Status now and next action; an empty line is left out.", classes="hint"
                )
                yield WorkloadLines(self.context.pack.workloads, id="workloads")
                yield _label(terms.support)
                yield Static("One a line.", classes="hint")
                yield NoteArea(id="support")
            yield Preview(id="side")

    def harmless(self, body: NoteBody) -> NoteBody:
        """The body as the fields show it."""
        assert isinstance(body, ExecSummaryBody)  # noqa: S101 - the kind of this form
        return replace(
            body,
            customer=clean(body.customer),
            engagement=clean_line(body.engagement),
            deployment=clean_line(body.deployment),
            relationship=clean(body.relationship),
            workloads={t: line for t, text in body.workloads.items() if (line := clean_line(text))},
            support=_requests(body.support),
        )

    @property
    def summary(self) -> ExecSummaryBody:
        """What is typed."""
        body = self.body
        assert isinstance(body, ExecSummaryBody)  # noqa: S101 - the kind of this form
        return body

    def fill(self) -> None:
        """Every section from the held draft."""
        assert self.opened is not None  # noqa: S101 - called once it is read
        body = self.summary
        for name in _TEXTS:
            self.query_one(f"#{name}", NoteArea).fill(getattr(body, name))
        for name in _CHOICES:
            self.query_one(f"#{name}", ChoiceRow).fill(getattr(body, name))
        records = {workload.tag: workload for workload in self.opened.detail.workloads}
        self.query_one("#workloads", WorkloadLines).fill(body.workloads, records)
        self.query_one("#support", NoteArea).fill("\n".join(body.support))

    def repaint(self) -> None:
        """The preview, and which of the four things the customer's description lacks (OS-06)."""
        assert self.opened is not None  # noqa: S101 - called once it is read
        self.query_one("#side", Preview).show(self.plain_text())
        industry = self.opened.detail.industry
        missing = describing(self.context).missing(self.summary.customer, industry)
        self.query_one("#covers", Static).update(
            Content.assemble("not yet said: ", foreign_line(", ".join(missing), looks.MISSING))
            if missing
            else Content("industry, structure, size and news: all there")
        )

    def typed(self) -> ExecSummaryBody:
        """What the fields hold; lines of workloads that this pack does not know stay."""
        lines = self.query_one("#workloads", WorkloadLines).texts
        others = {tag: t for tag, t in self.summary.workloads.items() if tag not in lines}
        support = self.query_one("#support", NoteArea).text
        changes: dict[str, Any] = {n: self.query_one(f"#{n}", NoteArea).text for n in _TEXTS}
        changes |= {n: self.query_one(f"#{n}", ChoiceRow).chosen for n in _CHOICES}
        return replace(
            self.summary,
            workloads={**others, **{tag: text for tag, text in lines.items() if text.strip()}},
            support=_requests(support.split("\n")),
            **changes,
        )


def _requests(lines: Iterable[str]) -> tuple[str, ...]:
    """Requests for support, one a line (OS-13)."""
    return tuple(text for line in lines if (text := clean_line(line)))


def _label(section: str) -> Static:
    """A section's name as the playbook writes it, without its dash and colon."""
    return Static(foreign_line(section.strip("- :").strip()), classes="label")
