"""The Exec Summary form: the sections of OS-05 in their order, with the note beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ftop_tui.playbook.notes import ExecSummaryBody, NoteBody
from ftop_tui.playbook.values import NoteKind
from ftop_tui.screens.following import Step
from ftop_tui.screens.note_keys import note_keys
from ftop_tui.screens.note_screen import NoteScreen
from ftop_tui.services.describing import describing
from ftop_tui.services.note_forms import SummaryRequest, request
from ftop_tui.services.records import record
from ftop_tui.text import clean, clean_line
from ftop_tui.widgets import looks
from ftop_tui.widgets.choice_row import ChoiceRow, RowChoice
from ftop_tui.widgets.dialogs import Prompt
from ftop_tui.widgets.foreign import foreign_line
from ftop_tui.widgets.note_area import NoteArea
from ftop_tui.widgets.note_line import NoteLine
from ftop_tui.widgets.preview import Preview
from ftop_tui.widgets.retelling import retell
from ftop_tui.widgets.workload_lines import WorkloadLines

_TEXTS = ("customer", "relationship")
_CHOICES = ("engagement", "deployment")


class ExecSummaryScreen(NoteScreen):
    """Writes the Exec Summary of a tenant's customer (OS-05 to OS-10, OS-13)."""

    TITLE_LINE = "Exec Summary"
    CSS_PATH = ["note_screen.tcss", "exec_summary.tcss"]  # noqa: RUF012 - as Textual does
    BINDINGS: ClassVar[list[BindingType]] = note_keys(
        Binding("f4", "take", "Take over", id="summary.take",
                tooltip="Put what FTOP says of the workload into the line you are at"),
        Binding("f5", "take_all", "Take all", id="summary.take-all",
                tooltip="Put what FTOP says of each workload into the lines that are empty"),
        Binding("ctrl+r", "request", "Requested", id="summary.request",
                tooltip="Note who asked for an Exec Summary today"),
        side="Preview",
    )  # fmt: skip
    kind = NoteKind.EXEC_SUMMARY
    proposals: Mapping[str, str] = MappingProxyType({})
    """What stands in FTOP by tag, one line each."""

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
                yield Static("", classes="hint", id="offered")
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
        self._offer()

    def _offer(self) -> None:
        """What stands in FTOP of each workload, dim in its line: nothing is written unasked."""
        assert self.opened is not None  # noqa: S101 - called once it is read
        self.proposals = {
            tag: line
            for tag, text in self.opened.posted_texts().items()
            if (line := clean_line(text))
        }
        for tag, field in self._lines().items():
            field.placeholder = self.proposals.get(tag, "")
        asked = "Status now and next action; an empty line is left out."
        offer = "\nDim: the latest posted note; F4 takes it over." if self.proposals else ""
        self.query_one("#offered", Static).update(Content(f"{asked}{offer}"))

    def _lines(self) -> dict[str, NoteLine]:
        """The line of each workload."""
        shown = self.query_one("#workloads", WorkloadLines)
        lines = shown.query(NoteLine)
        return {work.tag: line for work, line in zip(shown.workloads, lines, strict=True)}

    def _at(self) -> str | None:
        """The workload whose line has the focus."""
        return next((tag for tag, line in self._lines().items() if line.has_focus), None)

    # The keys.

    def why_not(self, action: str) -> str:
        """Why a key is grey: the record proposes nothing."""
        if self.saver is not None and action == "take":
            return (
                "Nothing is proposed for this place; go to a workload's line that has a proposal."
            )
        if self.saver is not None and action == "take_all":
            return "The record proposes nothing for the workloads."
        return super().why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is nothing to take over, the key is grey."""
        if action in {"take", "take_all", "request"} and self.opened is None:
            return None
        if action == "take":
            return True if self._at() in self.proposals else None
        if action == "take_all":
            return True if self.proposals else None
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """The proposal into the line one is at, where it does not take the place of anything."""
        tag = self._at() or ""
        line = self._lines()[tag]
        if line.value.strip():
            self.say("This line has a text; empty it first.")
            return
        line.fill(self.proposals[tag])
        line.action_end()

    def action_take_all(self) -> None:
        """The proposals into all lines that are empty."""
        for tag, line in self._lines().items():
            if not line.value.strip():
                line.fill(self.proposals.get(tag, ""))

    def action_request(self) -> None:
        """Ask who wants an Exec Summary (OS-03)."""
        prompt = Prompt("Exec Summary requested", "By whom?", placeholder="a name", ok="Note it")
        self.app.push_screen(prompt, self._note_request)

    def _note_request(self, who: str | None) -> None:
        if who is None:
            return
        self.write(
            lambda: record(self.context, self.tenant_id, "exec-request", by=clean_line(who)),
            lambda _: self._read_request(),
        )

    def _read_request(self) -> None:
        """The head anew; what is typed stays as it is."""

        def known(asked: SummaryRequest | None) -> None:
            assert self.opened is not None  # noqa: S101 - the key is grey until it is read
            self.opened = replace(self.opened, request=asked)
            self._show_title()

        self.run_service(lambda: request(self.context, self.tenant_id), known)

    def title_details(self) -> Content:
        """Who asked for it and when (OS-03)."""
        asked = self.opened.request if self.opened else None
        if asked is None:
            return Content("")
        by = Content.assemble(" by ", foreign_line(asked.by, looks.STRONG)) if asked.by else ""
        return Content.assemble(
            Content.styled("  requested", looks.MISSING), by, f" on {asked.on.isoformat()}"
        )

    def steps(self) -> Sequence[Step]:
        """The preview, then what the customer's description lacks."""
        return (self._show_preview, self._show_missing)

    def _show_preview(self) -> None:
        self.query_one("#side", Preview).show(self.plain_text())

    def _show_missing(self) -> None:
        """Which of the four things the customer's description lacks (OS-06)."""
        assert self.opened is not None  # noqa: S101 - called once it is read
        industry = self.opened.detail.industry
        missing = describing(self.context).missing(self.summary.customer, industry)
        retell(
            self.query_one("#covers", Static),
            Content.assemble("not yet said: ", foreign_line(", ".join(missing), looks.MISSING))
            if missing
            else Content("industry, structure, size and news: all there"),
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
