"""What the linter says of a note: the grade, and each finding with its rule and place."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ftop_tui.playbook.values import Finding, Grade
from ftop_tui.widgets import looks
from ftop_tui.widgets.foreign import foreign_line

_SHOWN = 40
"""Characters of the marked words that a finding repeats."""


class Findings(Vertical):
    """The grade on top, a line a finding below; enter or a click on one asks what to do."""

    DEFAULT_CSS = """
    Findings { height: auto; }
    Findings > .grade { height: 1; padding: 0 1; }
    Findings > OptionList {
        height: auto; max-height: 8; border: none; padding: 0 1; background: transparent;
    }
    Findings > OptionList:focus { border: none; }
    """

    class Chosen(Message):
        """The user wants to do something about a finding."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.findings: tuple[Finding, ...] = ()
        self.grade: Grade | None = None

    def compose(self) -> ComposeResult:
        """The two parts."""
        yield Static("", classes="grade")
        yield OptionList(markup=False)

    def show(
        self,
        grade: Grade,
        findings: Sequence[Finding],
        text: str,
        aside: Mapping[Finding, str] = MappingProxyType({}),
    ) -> None:
        """Show a judgement; `aside` gives the writer's reasons for those that may stay."""
        self.findings, self.grade = tuple(findings), grade
        self.query_one(".grade", Static).update(_headline(grade, self.findings, len(aside)))
        rows = self.query_one(OptionList)
        kept = rows.highlighted
        rows.clear_options()
        rows.add_options([Option(_row(f, text, aside.get(f))) for f in self.findings])
        rows.display = bool(self.findings)
        if self.findings and kept is not None and rows.has_focus:
            rows.highlighted = min(kept, len(self.findings) - 1)

    def on_descendant_focus(self) -> None:
        """The first finding is the one that enter takes."""
        rows = self.query_one(OptionList)
        if rows.highlighted is None and self.findings:
            rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.findings[event.option_index]))


def _headline(grade: Grade, findings: Sequence[Finding], aside: int) -> Content:
    count = len(findings) - aside
    words = f"{count} finding{'' if count == 1 else 's'}" + (
        f", {aside} set aside" if aside else ""
    )
    return Content.assemble(
        "Grade  ", looks.grade(grade).full, Content.styled(f"   {words}", looks.MUTED)
    )


def _row(finding: Finding, text: str, reason: str | None) -> Content:
    marked = text[finding.start : finding.end]
    words = f"{marked[:_SHOWN]}…" if len(marked) > _SHOWN else marked
    said = words.strip("[] \n").casefold()
    told = not said or said in finding.message.casefold()
    place = Content("") if told else Content.assemble("  “", foreign_line(words), "”")
    if reason is not None:
        return Content.assemble(
            "- set aside  ", finding.rule, "  ", foreign_line(reason), place
        ).stylize(looks.MUTED)
    return Content.assemble(
        looks.severity(finding.severity).full,
        Content.styled(f"  {finding.rule}  ", looks.STRONG),
        foreign_line(finding.message),
        place.stylize(looks.MUTED),
    )
